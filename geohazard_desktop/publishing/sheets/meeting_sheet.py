"""The map that is printed before people leave a meeting: what was looked at, the objections as numbered pins, and the
lists beside it. For the office: A3, internal; no person's name is on it.
"""

from pathlib import Path

from geohazard_desktop.analysis.street_meeting import RouteLine, ShelterLine, StreetPage, ZoneLine, street_pages
from geohazard_desktop.analysis.street_register import without_outline
from geohazard_desktop.cartography import fonts
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.domain.quantities import grouped
from geohazard_desktop.publishing.map_layers import printed
from geohazard_desktop.publishing.pictures.ground import Ground
from geohazard_desktop.publishing.pictures.picture import Beside, PictureMaker
from geohazard_desktop.publishing.pictures.picture_forms import MAP_PICTURE, ListGroup, ListRow
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheets.objection_numbers import serial_of
from geohazard_desktop.publishing.typeset.typesetting import page_count, typeset
from geohazard_desktop.workspace.edits.objections import AREAS, OBJECTIONS
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_MARGIN = 9.0  # office printers cut 5 to 6 mm
_WITHIN_A3 = (420.0 - 2 * _MARGIN, 297.0 - 2 * _MARGIN)
_COLUMN = 118.0


def publish_meeting_sheet(
    ws: Workspace, out: Path, *, ground: str = "", street: str = "", zone: str = ""
) -> PublishReport:
    """Write the sheet to `out`, whole or not at all. `street` is the name of a 街道, "" the whole district; `zone` the
    uid of the one danger zone of it that was spoken of, "" all; `ground` what was looked at, "" the street or zone.
    Raises ExportRefused for a street or zone that is not there, FontMissing, TypesettingFailed."""
    fonts.ensure_application()
    page = next((one for one in street_pages(ws) if one.name == street), None)
    if page is None:
        raise ExportRefused(
            _("工作文件里没有街道“{street}”。").format(street=street),
            _("请在底图“街道（镇）”和危险区、隐患点的“街道（镇）”里核对名称。"),
        )
    if zone:
        if zone not in {one.uid for one in page.zones}:
            raise ExportRefused(
                _("{place}没有这个危险区，出不了它的意见图。").format(place=street or _("全区")),
                _("请回到会议模式，再选一次危险区。"),
            )
        page = page.of_zone(zone)
    objections = objections_in(ws, page)
    looked_at = Ground.parse(ground) or Ground(page.bounds)
    # The pins are the numbered discs; the outlines stay.
    seen = ws.definitions if looked_at.layers is None else looked_at.layers
    of_reference = [one.table for one in ws.in_use() if one.reference and not printed(one, "internal")]
    left_out = {OBJECTIONS, *(of_reference if looked_at.layers is None else ())}
    looked_at = Ground(looked_at.bounds, tuple({*seen, AREAS} - left_out))
    title = _("{place}地质灾害危险区意见图").format(place=street or ws.setting("district.name"))
    if zone:
        title = _("{zone}意见图").format(zone=page.zones[0].name)
    beside = _beside(page, objections)
    maker = PictureMaker(ws, "internal", _WITHIN_A3, looked_at, title=title, beside=beside, margin=_MARGIN)
    if page.registered:
        maker.report.notes.append(without_outline(page.name))
    pdf = typeset(MAP_PICTURE, maker.form().data(), maker.images, title=title)
    write_whole(out, pdf)
    maker.report.files.append(out)
    maker.report.pages = page_count(pdf)
    return maker.report


def objections_in(ws: Workspace, page: StreetPage) -> list[Feature]:
    """The objections of one step of the meeting, in the order in which they were said."""
    if OBJECTIONS not in ws.definitions:
        return []
    found = [
        one for one in ws.table(OBJECTIONS) if one.geometry is not None and page.holds(one.geometry, one.text("street"))
    ]
    return sorted(found, key=lambda one: (one.text("said_at"), one.text("id")))


def _beside(page: StreetPage, objections: list[Feature]) -> Beside:
    pins = []
    for one in objections:
        assert one.geometry is not None
        middle = one.geometry.centroid
        pins.append((serial_of(one), middle.x, middle.y))
    return Beside(
        _COLUMN,
        lists=(
            *(
                [ListGroup(title=_("本图范围"), rows=(ListRow(words=without_outline(page.name)),))]
                if page.registered
                else []
            ),
            *([ListGroup(title=_("安置点不够"), rows=tuple(map(_full, page.full)))] if page.full else []),
            ListGroup(title=_("意见"), rows=tuple(map(_objection, objections)), empty=_("还没有人提意见。")),
            ListGroup(title=_("危险区"), rows=tuple(map(_zone, page.zones)), empty=_("没有危险区。")),
            ListGroup(title=_("撤离路线"), rows=tuple(map(_route, page.routes)), empty=_("没有撤离路线。")),
        ),
        figures=(
            ListRow(words=str(len(page.zones)), note=_("危险区")),
            ListRow(words=grouped(page.people), note=_("需转移人数")),
            ListRow(words=str(len(page.shelters)), note=_("安置点")),
            ListRow(words=str(len(objections)), note=_("意见")),
        ),
        pins=tuple(pins),
    )


def _objection(one: Feature) -> ListRow:
    said = " · ".join(part for part in (one.text("role"), one.text("said_at").replace("T", " ")[:16]) if part)
    answer = one.text("answer")
    note = said + (("　" if said else "") + _("理由：{answer}").format(answer=answer) if answer else "")
    return ListRow(words=one.text("text"), number=serial_of(one), state=one.text("status"), note=note)


def _full(one: ShelterLine) -> ListRow:
    return ListRow(words=one.name, note=one.room_words())


def _zone(one: ZoneLine) -> ListRow:
    return ListRow(words=one.name, note=" · ".join((one.number, one.state, one.people_words)))


def _route(one: RouteLine) -> ListRow:
    words = _("路线 {number}").format(number=one.number)
    way = f"{one.zone or '—'} → {one.shelter or '—'}"
    if one.metres is None or one.minutes is None:
        return ListRow(words=words, note=way)
    times = _("{metres} 米，常人 {fast}、老人 {old}、慢行 {slow} 分钟").format(
        metres=grouped(one.metres), fast=one.minutes[0], old=one.minutes[1], slow=one.minutes[2]
    )
    return ListRow(words=words, note=f"{way}　{times}")
