"""Repairs of shapes: each says what it costs in metres or square metres."""

from collections.abc import Mapping

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from geohazard_desktop.analysis.channels import channels_of
from geohazard_desktop.analysis.crossings import crossings
from geohazard_desktop.analysis.evacuation import route_line
from geohazard_desktop.analysis.measures import geodesic_area, geodesic_length
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.zone_recording import life_of_zone
from geohazard_desktop.analysis.zone_states import in_force
from geohazard_desktop.checks.bench import (
    Bench,
    Maker,
    Repair,
    area_change_words,
    area_words,
    metres_words,
    shapes_after,
)
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, has_shape
from geohazard_desktop.checks.shapes import mended, misplaced, without_doubles
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import states
from geohazard_desktop.workspace.edits import change_geometry, delete_features
from geohazard_desktop.workspace.edits.wording import called, followed
from geohazard_desktop.workspace.feature import Edit, Feature

_INSIDE_M = 1.0  # how far within its zone a prolonged route begins


def _make_valid(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    made = mended(one.geometry) if one.geometry is not None else None
    if made is None:
        raise _gone()
    edit = _reshape(bench, one, made, _("理顺{name}自己交叉的边线"))
    parts = len(shapely.get_parts(made))
    # What the area was before can't be said: lobes that run round in opposite directions cancel each other out.
    price = _("理顺后 {area}").format(area=area_words(geodesic_area(made, bench.ws.epsg)))
    if parts > 1:
        price = _("{price}，成为 {parts} 块").format(price=price, parts=parts)
    return Repair(_("理顺边线"), price, shapes_after(edit), edit)


def _thin_corners(bench: Bench, finding: Finding) -> Repair:
    one = _shaped(bench, finding)
    made = without_doubles(one.geometry, parameter("duplicate_corners", "apart_m"))
    fewer = 0 if made is None else shapely.get_num_coordinates(one.geometry) - shapely.get_num_coordinates(made)
    if made is None or fewer <= 0:
        raise _gone()
    edit = _reshape(bench, one, made, _("去掉{name}重复的拐点"))
    price = _("少 {count} 个拐点，形状不变").format(count=int(fewer))
    return Repair(_("去掉重复拐点"), price, shapes_after(edit), edit)


def _drop_crumbs(bench: Bench, finding: Finding) -> Repair:
    one = _shaped(bench, finding)
    widest, largest = parameter("sliver", "width_m"), parameter("sliver", "largest_m2")
    parts = list(shapely.get_parts(one.geometry))
    kept = [part for part in parts if part.area > largest or 2.0 * part.area / max(part.length, 1e-9) > widest]
    if not kept or len(kept) == len(parts):
        raise _gone()
    made = shapely.MultiPolygon(kept)
    edit = _reshape(bench, one, made, _("去掉{name}的碎屑"))
    price = area_change_words(made.area - one.geometry.area)  # type: ignore[union-attr]
    return Repair(_("去掉碎屑"), price, shapes_after(edit), edit)


def _cut_overlap(bench: Bench, finding: Finding) -> Repair:
    """The narrow overlap stays with one of the two. With which: see `_keeper`."""
    first, second = _shaped(bench, finding), bench.feature(finding.layer, finding.others[0])
    if not has_shape(second):
        raise _gone()
    keeper, loser = _keeper(bench, first, second)
    common = keeper.geometry.intersection(loser.geometry)  # type: ignore[union-attr]
    if common.area <= 0:
        raise _gone()
    made = _areas(loser.geometry.difference(keeper.geometry))  # type: ignore[union-attr]
    if made is None:
        raise EditRefused(
            _("{name}会被整个裁掉。").format(name=called(bench.definitions, loser)), _("请核对后删去或合并。")
        )
    edit = _reshape(bench, loser, made, _("裁去{name}与邻面重叠的窄条"))
    price = _("{name}{price}").format(
        name=followed(_short(bench, loser)),
        price=area_change_words(made.area - loser.geometry.area),  # type: ignore[union-attr]
    )
    return Repair(_("裁去重叠"), price, shapes_after(edit), edit)


_CLASSES = ("高易发区", "中易发区", "低易发区", "不发育区")


def _keeper(bench: Bench, first: Feature, second: Feature) -> tuple[Feature, Feature]:
    """Who keeps the ground of an overlap: the higher susceptibility, the zone further in its life
    by its register; else the earlier."""
    if first.layer == "susceptibility_zone":
        ranks = [_CLASSES.index(one.text("class")) if one.text("class") in _CLASSES else 9 for one in (first, second)]
    else:
        ranks = [-states().index(life_of_zone(bench.ws, one.uid).state) for one in (first, second)]
    return (second, first) if ranks[1] < ranks[0] else (first, second)


def _fill_gap(bench: Bench, finding: Finding) -> Repair:
    """The gap goes to the area that the finding names: the one with the longest border along it."""
    from geohazard_desktop.checks.gaps import gaps

    owner = _shaped(bench, finding)
    areas = [owner, *(bench.feature(finding.layer, uid) for uid in finding.others)]
    found = list(gaps(areas, parameter(finding.rule, "widest_m"), parameter(finding.rule, "least_m2")))
    if finding.place is not None:
        found = [one for one in found if one.shape.distance(finding.place) < 1.0]
    if not found:
        raise _gone()
    made = _areas(shapely.union_all([owner.geometry, *(one.shape for one in found)], grid_size=0.001))
    if made is None:
        raise _gone()
    edit = _reshape(bench, owner, made, _("把缝隙并入{name}"))
    price = _("{name}{price}").format(
        name=followed(_short(bench, owner)),
        price=area_change_words(made.area - owner.geometry.area),  # type: ignore[union-attr]
    )
    return Repair(_("对齐共用边"), price, shapes_after(edit), edit)


def _end_to_shelter(bench: Bench, finding: Finding) -> Repair:
    route = _shaped(bench, finding)
    shelter = bench.feature("shelter", route.text("shelter"))
    line = route_line(route, shelter)
    if line is None or shelter.geometry is None or shelter.geometry.is_empty:
        raise _gone()
    aim = nearest_points(shelter.geometry, Point(line.coords[-1]))[0]
    return _longer(bench, route, LineString([line.coords[-1], aim.coords[0]]), line, at_end=True)


def _start_to_zone(bench: Bench, finding: Finding) -> Repair:
    route = _shaped(bench, finding)
    zone = bench.feature("danger_zone", route.text("danger_zone"))
    shelter = bench.ws.feature("shelter", route.text("shelter")) if route.text("shelter") else None
    line = route_line(route, shelter)
    if line is None or zone.geometry is None or zone.geometry.is_empty:
        raise _gone()
    start = Point(line.coords[0])
    core = zone.geometry.buffer(-_INSIDE_M)
    aim = nearest_points(zone.geometry if core.is_empty else core, start)[0]
    return _longer(bench, route, LineString([aim.coords[0], start.coords[0]]), line, at_end=False)


def _longer(bench: Bench, route: Feature, leg: LineString, line: LineString, *, at_end: bool) -> Repair:
    """`line` with a straight leg more, which may cross no danger zone but the route's own."""
    zones = in_force(bench.ws, (one for one in bench.ws.table("danger_zone", bounds=leg.bounds) if has_shape(one)))
    for crossing in crossings(leg, [one for one in zones if one.uid != route.text("danger_zone")]):
        raise EditRefused(
            _("直线接上会穿过{zone}。").format(zone=called(bench.definitions, crossing.area)), _("请用“改拐点”绕开它。")
        )
    for channel in channels_of(bench.ws, leg.bounds):
        if channel.geometry is not None and channel.geometry.intersects(leg):
            raise EditRefused(
                _("直线接上会进入{river}。").format(river=called(bench.definitions, channel)),
                _("请用“改拐点”绕开它。"),
            )
    places = [*line.coords, leg.coords[-1]] if at_end else [leg.coords[0], *line.coords]
    made = LineString([(round(east, 3), round(north, 3)) for east, north in places])
    words = _("把{name}接到安置点") if at_end else _("把{name}接进危险区")
    edit = _reshape(bench, route, made, words)
    price = metres_words(geodesic_length(leg, bench.ws.epsg))
    return Repair(_("接到安置点") if at_end else _("接进危险区"), price, shapes_after(edit), edit)


def _join_end(bench: Bench, finding: Finding) -> Repair:
    """The loose end goes on to the nearest place of the other line."""
    one, other = _shaped(bench, finding), bench.feature(finding.layer, finding.others[0])
    if finding.place is None or not has_shape(other):
        raise _gone()
    parts = [list(part.coords) for part in shapely.get_parts(one.geometry)]
    near, part, at = min(
        (Point(coords[end]).distance(finding.place), index, end)
        for index, coords in enumerate(parts)
        for end in (0, -1)
    )
    if near > 0.5:
        raise _gone()
    loose = Point(parts[part][at])
    aim = nearest_points(other.geometry, loose)[0]
    metres = loose.distance(aim)
    if metres <= parameter("dangle", "touching_m"):
        return Repair(_("接上线头"), _("已经接上了"), (), Edit("", []))
    place = (round(aim.x, 3), round(aim.y, 3))
    parts[part] = [*parts[part], place] if at == -1 else [place, *parts[part]]
    edit = _reshape(bench, one, shapely.MultiLineString(parts), _("接上{name}的线头"))
    return Repair(_("接上线头"), metres_words(metres), shapes_after(edit), edit)


def _replace(bench: Bench, finding: Finding) -> Repair:
    one = _shaped(bench, finding)
    found = misplaced(Office(bench.ws), one.geometry)
    if found is None:
        raise _gone()
    edit = _reshape(bench, one, found.shape, _("改正{name}的坐标"))
    return Repair(_("改正坐标"), found.words, shapes_after(edit), edit)


def _delete_copy(bench: Bench, finding: Finding) -> Repair:
    one = bench.feature(finding.layer, finding.uid)
    bench.feature(finding.layer, finding.others[0])  # the one that stays must be there
    for definition in bench.definitions.values():
        for field in definition.fields:
            refers = field.type == "reference" and field.target == one.layer
            if refers and bench.ws.find(definition.table, field.name, one.uid):
                raise EditRefused(
                    _("{name}还被{title}引用，不能直接删。").format(
                        name=followed(called(bench.definitions, one)), title=definition.title
                    ),
                    _("请先把引用改到留下的那一个。"),
                )
    edit = delete_features(bench.definitions, [one])
    return Repair(_("删去重复的一个"), _("少 1 个"), (), edit)


def _reshape(bench: Bench, one: Feature, made: BaseGeometry, words: str) -> Edit:
    name = followed(called(bench.definitions, one))
    return change_geometry(bench.definitions, one, made, words=words.format(name=name))


def _shaped(bench: Bench, finding: Finding) -> Feature:
    one = bench.feature(finding.layer, finding.uid)
    if not has_shape(one):
        raise _gone()
    return one


def _areas(shape: BaseGeometry) -> BaseGeometry | None:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 1e-6]
    return shapely.MultiPolygon(parts) if parts else None


def _short(bench: Bench, one: Feature) -> str:
    return one.text("id") or one.text("class") or one.text("name") or called(bench.definitions, one)


def _gone() -> EditRefused:
    return EditRefused(_("这一处已经变了，原来的修法用不上。"), _("请再检查一次。"))


REPAIRS: Mapping[str, tuple[str, Maker]] = {
    "make_valid": (_("理顺边线"), _make_valid),
    "thin_corners": (_("去掉重复拐点"), _thin_corners),
    "drop_crumbs": (_("去掉碎屑"), _drop_crumbs),
    "cut_overlap": (_("裁去重叠"), _cut_overlap),
    "fill_gap": (_("对齐共用边"), _fill_gap),
    "end_to_shelter": (_("接到安置点"), _end_to_shelter),
    "start_to_zone": (_("接进危险区"), _start_to_zone),
    "join_end": (_("接上线头"), _join_end),
    "replace": (_("改正坐标"), _replace),
    "delete_copy": (_("删去重复的一个"), _delete_copy),
}
