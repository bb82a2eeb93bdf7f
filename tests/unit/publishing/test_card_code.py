"""The QR code of a card: what it says, that it is on the paper, and that it tells of nobody."""

from dataclasses import replace
from datetime import date

import numpy as np
import pypdfium2
import segno

from geohazard_desktop.publishing.cards.code import MODULES, code_svg, code_text, coded, with_code
from geohazard_desktop.publishing.cards.forms import HOUSEHOLD_CARD, HouseholdBack, HouseholdCard, Member
from geohazard_desktop.publishing.cards.made import Made
from geohazard_desktop.publishing.form_fields import Issue

CARD = HouseholdCard(
    head="赵示例",
    address="示例巷 17 号",
    head_phone="139 0000 0001",
    members=(Member(name="赵示例", age=76),),
    point_id="990101020001",
    route_id="SL-L-0002",
    back=HouseholdBack(),
    issue=Issue(version=2, check_code="K7M4-2QRT", issued_on=date(2026, 11, 28)),
)
MADE = Made(HOUSEHOLD_CARD, CARD, {}, "避险明白卡_1", "防灾避险明白卡")


def test_the_code_says_point_route_issue_and_day_and_nothing_of_a_person():
    text = code_text(CARD)
    assert text == "DZ/990101020001/SL-L-0002/2/K7M4-2QRT/20261128"
    for personal in ("赵", "示例巷", "139", "0001 ", "76"):
        assert personal not in text


def test_what_is_not_known_keeps_its_place():
    assert code_text(HouseholdCard()) == "DZ/////"


def test_the_printed_code_has_the_modules_of_this_text():
    """Read from the page's pixels, module by module."""
    made = coded(with_code(MADE))
    page = pypdfium2.PdfDocument(made.pdf())[1]
    scale = 300 / 72
    grey = np.asarray(page.render(scale=scale).to_pil().convert("L"))
    mm = 300 / 25.4
    # Below the frame of its box, above the words.
    box = grey[int(132 * mm) : int(160 * mm), int(246.5 * mm) : int(283.5 * mm)]
    dark = box < 128
    down, across = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    top, left, right = down[0], across[0], across[-1]
    module = (right - left + 1) / MODULES
    centres = ((np.arange(MODULES) + 0.5) * module).astype(int)
    read = dark[np.ix_(top + centres, left + centres)]
    wanted = np.array(segno.make(code_text(CARD), version=3, error="m", micro=False).matrix, dtype=bool)
    assert (read == wanted).all()
    assert module / mm > 0.5, "modules of half a millimetre and more"


def test_a_text_that_29_modules_do_not_hold_is_left_out_and_said():
    assert code_svg("长" * 60) is None
    made = with_code(replace(MADE, form=replace(CARD, point_id="一个很长的别家编号" * 4)))
    assert made.form.back is not None
    assert made.form.back.qr is None
    assert "二维码" in made.note


def test_the_code_before_the_issue_is_the_same_every_day():
    tomorrow = replace(MADE, form=replace(CARD, issue=replace(CARD.issue, issued_on=date(2026, 11, 29), version=3)))
    assert with_code(MADE).images == with_code(tomorrow).images
    assert coded(with_code(MADE)).images != coded(with_code(tomorrow)).images
    assert coded(MADE).images == {}, "who asked for no code gets none"
