"""Whatever prints the signal at which people run has one: of the zone, of its hazard point, or of the office."""

from collections.abc import Iterator

import shapely

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.analysis.printed_signals import printed_signals
from geohazard_desktop.analysis.warning_signal import KEY
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.common.texts import _

RULE = "signal_missing"
TITLE = _("没有预警信号")
WHOLE = ("setting", "danger_zone", "hazard_point")  # one signal serves many: each change is judged for all


def find(office: Office) -> Iterator[Finding]:
    if office.settings.get(KEY, "").strip():
        return  # then every paper has one
    for one in printed_signals(office.ws):
        if one.signal.words is not None:
            continue
        if one.place.layer == ZONES:
            words = _(
                "{name}没有预警信号，它的避险卡、门贴、警示牌和公告上这一格会空着。请填它的“预警信号”，或在单位设置里填全区的。"
            )
        else:
            words = _(
                "{name}没有预警信号，也不在危险区里，它的工作卡和预案表上这一格会空着。请填它的“预警信号”，或在单位设置里填全区的。"
            )
        yield office.finding(RULE, one.place, words.format(name=office.called(one.place)))
    beyond = _beyond(office)
    if beyond:
        words = _(
            "{count} 户不属于任何危险区，设置里也没有预警信号，这些户的卡和门贴上会空着。请在单位设置里填预警信号。"
        )
        yield office.layer_finding(RULE, "setting", words.format(count=beyond), about=KEY)


def _beyond(office: Office) -> int:
    """Households of no zone: their papers ask the office's settings alone."""
    if "household" not in office.ws.definitions:
        return 0
    free = [one for one in counted(office.features("household")) if not one.text("danger_zone")]
    zones = [zone.geometry for zone in office.zones]
    places = [shape for _one, shape in shaped(free)]
    if not zones or not places:
        return len(free)
    inside = shapely.STRtree(zones).query(places, predicate="intersects")[0]
    return len(free) - len(set(inside.tolist()))
