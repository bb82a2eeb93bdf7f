"""A route leads past houses, not through them: a line pulled straight across a settlement is a way nobody can walk."""

from collections.abc import Iterator

from shapely.geometry import LineString

from geohazard_desktop.analysis.crossings import Crossing, crossings
from geohazard_desktop.analysis.evacuation import place_of, route_line
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature

RULE = "route_crosses_building"
TITLE = _("路线穿过房屋")
_PLACES_TOLD = 5


def find(office: Office) -> Iterator[Finding]:
    for one in office.judged("evacuation_route"):
        shelter = office.referred(one, "shelter")
        line = route_line(one, shelter)
        if line is None:
            continue
        first = list(_first_of_each(line, office.meeting("building", line), shelter).values())
        if not first:
            continue
        at = "、".join(f"{crossing.start_m:.0f}" for crossing in first[:_PLACES_TOLD])
        words = _(
            "{name}穿过 {count} 处建筑（走到第 {at} 米{rest}处），人走不过去，请沿着路改画；"
            "有门洞、过道走得通的，现场看过再带理由搁置这一条。"
        )
        rest = _(" 等") if len(first) > _PLACES_TOLD else ""
        sentence = words.format(name=office.called(one), count=len(first), at=at, rest=rest)
        yield office.finding(RULE, one, sentence, first[0].place)


def _first_of_each(line: LineString, buildings: list[Feature], shelter: Feature | None) -> dict[str, Crossing]:
    """Where `line` first goes into each building that it goes through, by uid, in walking order. The house that it
    begins in, and the one that it leads to, it has to touch."""
    least, end, place = parameter(RULE, "least_m"), line.interpolate(line.length), place_of(shelter)
    goals = {
        one.uid
        for one in buildings
        if one.geometry is not None
        and (one.geometry.intersects(end) or (place is not None and one.geometry.intersects(place)))
    }
    found: dict[str, Crossing] = {}
    for crossing in crossings(line, buildings):
        if not crossing.leading and crossing.area.uid not in goals and crossing.end_m - crossing.start_m >= least:
            found.setdefault(crossing.area.uid, crossing)
    return found
