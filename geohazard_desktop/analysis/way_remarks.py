"""What is to be said of a household's way, by how grave it is: the one judgement that every paper takes.

Each remark has two readers. The officer is told what to mend; who lives there is told a fact and what to do now, never
what the office still has to look at. A remark with `ask` is so grave that nobody may set out on the paper's word alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely.geometry import LineString, Point

from geohazard_desktop.analysis.channels import channel_word
from geohazard_desktop.analysis.crossings import crossings
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.water_crossings import unbridged
from geohazard_desktop.analysis.way_words import place_of, route_name, shelter_name, zone_name
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.workspace.edits.wording import followed
from geohazard_desktop.workspace.feature import Feature, split_list

if TYPE_CHECKING:
    from geohazard_desktop.analysis.route_ground import RouteGround

_RULE = "way"
_NOTE_CLEARS_NOTHING = _(
    "写了“到路口的走法”也不算：绕没绕开危险区，光看字判断不了，仍按家门到路线的直线算；真绕得开，请把绕开的路画成路线。"
)


@dataclass(frozen=True, slots=True)
class WayRemark:
    """`officer`: a sentence on what is to be mended; `household`: a fact without its full stop. `zone` is the danger
    zone that the way goes through, `outside` whether the house stands in no zone at all; `aside` says that it is the
    straight line that goes there although somebody noted how to walk: words that nobody drew clear no way of a zone."""

    officer: str
    household: str
    ask: bool = False
    zone: Feature | None = None
    outside: bool = False
    aside: str = ""

    @property
    def barred(self) -> bool:
        """Who is safe at home is sent through a danger zone: no paper may say so."""
        return self.zone is not None and self.outside


def way_remarks(
    leg: LineString, rest: LineString, ground: "RouteGround", *, metres_door: float, door_note: str
) -> tuple[WayRemark, ...]:
    """Remarks on the way `leg` + `rest` (metres of the CRS, in walking direction) along the route of `ground`."""
    name = followed(route_name(ground.route))
    found: list[WayRemark] = []
    # Where an officer wrote how to walk there, nobody is left with a straight line across whatever lies between.
    if metres_door > parameter(_RULE, "door_leg_far_m") and not door_note:
        told = _("家门到{name}的直线有 {metres} 米，中间怎么走要现场核实。")
        officer = told.format(name=name, metres=way_metres(metres_door))
        found.append(WayRemark(officer, _("从家门到路线这一段还没有量过，图上画的是直线")))
    on_leg = ground.near.met(leg)
    zones = ground.near.in_order([*on_leg.zones, *ground.zones])
    if zones:
        found += _through_zones(leg, rest, name, zones, noted=bool(door_note))
    # The straight line from the door too, unless it is noted how one walks there.
    door = Point(leg.coords[0])
    for part, corridors in ((leg, () if door_note else on_leg.corridors), (rest, ground.corridors)):
        bridges = ground.near.around(part).bridges if corridors else ()
        for one in unbridged(part, corridors, bridges, start=door):
            river = one.area.text("name") or channel_word(one.area)
            officer = _("{name}横穿{river}，那里没有桥，汛期过不去。") if part is rest else _(
                "家门到{name}的直线横穿{river}，那里没有桥，汛期过不去。"
            )  # fmt: skip
            told = _("这条路横穿{river}，那里没有桥，发水时过不去").format(river=river)
            found.append(WayRemark(officer.format(name=name, river=river), told, ask=True))
    found += ground.ends
    return tuple({one.officer: one for one in found}.values())


def end_remarks(
    line: LineString, route: Feature, shelter: Feature | None, zones: Sequence[Feature]
) -> tuple[WayRemark, ...]:
    """Remarks on the end of a route drawn as `line`, and on the route itself: the same for all who walk it."""
    name = followed(route_name(route))
    found = list(_at_the_end(line, shelter, name, zones))
    passable = split_list(route["passable"])
    if passable and "步行" not in passable:
        found.append(WayRemark(_("{name}登记为不能步行。").format(name=name), _("这条路不能步行"), ask=True))
    return tuple(found)


def _through_zones(
    leg: LineString, rest: LineString, name: str, zones: Sequence[Feature], *, noted: bool
) -> Iterator[WayRemark]:
    whole = LineString([*leg.coords, *rest.coords[1:]]) if rest.length > 0 else leg
    door = Point(leg.coords[0])
    outside = not any(one.geometry is not None and one.geometry.intersects(door) for one in zones)
    for one in crossings(whole, zones):
        if one.leading:
            continue  # whoever lives in a zone can't but start in it
        zone = followed(zone_name(one.area))
        own = one.area.geometry is not None and one.area.geometry.intersects(door)
        officer = _("走{name}会再次走进{zone}。") if own else _("走{name}要穿过{zone}。")
        told = _("这条路出了{zone}又走进去") if own else _("这条路要穿过{zone}")
        straight = noted and any(not met.leading for met in crossings(leg, [one.area]))
        aside = _NOTE_CLEARS_NOTHING if straight else ""
        yield WayRemark(
            officer.format(name=name, zone=zone) + aside,
            told.format(zone=zone),
            ask=True,
            zone=one.area,
            outside=outside,
            aside=aside,
        )


def _at_the_end(line: LineString, shelter: Feature | None, name: str, zones: Sequence[Feature]) -> Iterator[WayRemark]:
    place = place_of(shelter)
    if shelter is None or place is None:
        yield WayRemark(_("{name}没有写明避险安置点。").format(name=name), _("这条路通到哪个安置点还没有登记"))
        return
    goal = followed(shelter_name(shelter))
    gap = Point(line.coords[-1]).distance(place)
    if gap > parameter(_RULE, "shelter_end_m"):
        metres = way_metres(gap)
        officer = _("{name}的终点离{shelter}还有 {metres} 米没有画。").format(name=name, shelter=goal, metres=metres)
        told = _("画的路到头，离{shelter}还有约 {metres} 米").format(shelter=goal, metres=metres)
        yield WayRemark(officer, told)
    for zone in zones:
        if zone.geometry is not None and zone.geometry.intersects(place):
            fact = _("{shelter}在{zone}里面").format(shelter=goal, zone=followed(zone_name(zone)))
            yield WayRemark(_("{fact}。").format(fact=fact), fact, ask=True)
