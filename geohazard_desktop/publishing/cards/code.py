"""The QR code on the back of a card: what the card is, never who it is for.

Points, routes and issues have numbers; names, addresses and telephones have no place in it: anybody at the door can
photograph a code (个人信息保护法). Any telephone shows the text as it is.
"""

from dataclasses import replace

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.forms import HouseholdCard
from geohazard_desktop.publishing.cards.made import Made
from geohazard_desktop.publishing.form_fields import Issue

PICTURE = "code"
MODULES = 29  # version 3 (ISO/IEC 18004): with its margin 37 modules on 24 to 33 mm, 0.65 mm each and more
_VERSION = 3
_MARGIN = 4


def code_text(card: HouseholdCard) -> str:
    """DZ/point/route/issue/check code/date; what is not known stays empty, so that each part keeps its place."""
    issue = card.issue
    day = issue.issued_on
    parts = [
        card.point_id,
        card.route_id,
        None if issue.version is None else str(issue.version),
        issue.check_code if isinstance(issue.check_code, str) else None,
        day if isinstance(day, str) or day is None else day.strftime("%Y%m%d"),
    ]
    return "/".join(["DZ", *((one or "").strip() for one in parts)])


def code_svg(text: str) -> str | None:
    """The code with its margin as SVG, black on white; None for a text that MODULES modules can't hold."""
    import segno

    for error in ("m", "l"):
        try:
            made = segno.make(text, version=_VERSION, error=error, micro=False, boost_error=True)
        except segno.DataOverflowError:
            continue
        size = len(made.matrix) + 2 * _MARGIN
        runs = []
        for down, row in enumerate(made.matrix):
            across = 0
            while across < len(row):
                if not row[across]:
                    across += 1
                    continue
                end = across
                while end < len(row) and row[end]:
                    end += 1
                runs.append(f"M{across + _MARGIN} {down + _MARGIN}h{end - across}v1h-{end - across}z")
                across = end
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
            f'<rect width="{size}" height="{size}" fill="#FFFFFF"/><path fill="#000000" d="{"".join(runs)}"/></svg>'
        )
    return None


def with_code(made: Made) -> Made:
    """The card with a code of point and route, to which `coded` adds issue and day: a card that says the same must be
    the same tomorrow. One whose numbers are too long (another office's form) goes without, and its note says so."""
    form = made.form
    if not isinstance(form, HouseholdCard) or form.back is None:
        return made
    if code_svg(code_text(form)) is None:
        return replace(made, note=_("{name} 没有印二维码：编号太长，放不下。").format(name=made.name))
    return _drawn(made, code_text(replace(form, issue=Issue())))


def coded(made: Made) -> Made:
    """The card as it goes out: its code, if it has one, says issue and day too."""
    form = made.form
    if not isinstance(form, HouseholdCard) or form.back is None or form.back.qr is None:
        return made
    return _drawn(made, code_text(form))


def _drawn(made: Made, text: str) -> Made:
    form = made.form
    assert isinstance(form, HouseholdCard)
    assert form.back is not None
    picture = code_svg(text)
    if picture is None:
        images = {name: content for name, content in made.images.items() if name != PICTURE}
        return replace(made, form=replace(form, back=replace(form.back, qr=None)), images=images)
    if form.back.qr == PICTURE:
        return made.with_images(made.images | {PICTURE: picture})
    back = replace(form.back, qr=PICTURE)
    return replace(made, form=replace(form, back=back), images=made.images | {PICTURE: picture})
