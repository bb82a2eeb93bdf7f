"""Changing shapes: what is cut adds up, what is merged is found again, and no result is a sliver or a gap."""

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits import create_feature, geometry_fault
from geohazard_desktop.workspace.edits.generalise import simplify, smooth
from geohazard_desktop.workspace.edits.line_ends import LineEnd, extend, reverse, trim
from geohazard_desktop.workspace.edits.merge import differences, keeper, merge
from geohazard_desktop.workspace.edits.offset import buffer, offset
from geohazard_desktop.workspace.edits.parts import (
    add_part,
    cut_hole,
    delete_part,
    explode,
    fill_hole,
    holes_at,
    part_at,
)
from geohazard_desktop.workspace.edits.reshape import reshape
from geohazard_desktop.workspace.edits.split import split
from geohazard_desktop.workspace.feature import Edit, Feature, new_uid

DEFINITIONS = read_definitions()
EAST, NORTH = 36_388_000.0, 4_372_000.0


def at(east: float, north: float) -> tuple[float, float]:
    return EAST + east, NORTH + north


def area(*places: tuple[float, float], holes=()) -> MultiPolygon:
    return MultiPolygon([Polygon([at(*one) for one in places], [[at(*one) for one in hole] for hole in holes])])


def way(*places: tuple[float, float]) -> LineString:
    return LineString([at(*one) for one in places])


SQUARE = area((0, 0), (100, 0), (100, 100), (0, 100))
BESIDE = area((100, 0), (200, 0), (200, 100), (100, 100))


def zone(shape=SQUARE, number="WD-W-0003", **values) -> Feature:
    return Feature("danger_zone", new_uid(), shape, {"id": number, "hazard_type": "滑坡", **values})


def route(shape, number="WD-L-0001", **values) -> Feature:
    return Feature("evacuation_route", new_uid(), MultiLineString([shape]), {"id": number, **values})


def after(edit: Edit) -> list[Feature]:
    return [one.after for one in edit.deltas if one.after is not None]


def shape_of(edit: Edit):
    return after(edit)[0].geometry


# -- any shape of the ground -------------------------------------------------------------------------------------------


@st.composite
def stars(draw) -> MultiPolygon:
    """A star-shaped area of 40 to 400 m radius, corners to the millimetre."""
    count = draw(st.integers(5, 14))
    gaps = np.array(draw(st.lists(st.floats(0.3, 1.0), min_size=count, max_size=count)))
    radii = draw(st.lists(st.floats(40, 400), min_size=count, max_size=count))
    turns = gaps.cumsum() / gaps.sum() * 2 * np.pi
    places = [
        (round(EAST + r * np.cos(a), 3), round(NORTH + r * np.sin(a), 3)) for r, a in zip(radii, turns, strict=True)
    ]
    return MultiPolygon([Polygon(places)])


@st.composite
def strokes(draw, most=4) -> LineString:
    count = draw(st.integers(2, most))
    number = st.floats(-500, 500)
    places = [(round(EAST + draw(number), 3), round(NORTH + draw(number), 3)) for _ in range(count)]
    assume(len(set(places)) == count)
    line = LineString(places)
    assume(line.is_simple and line.length > 10)
    return line


@given(stars(), strokes())
@settings(max_examples=60)
def test_the_pieces_of_a_split_are_valid_and_add_up_to_the_whole(shape, line):
    whole = zone(shape)
    try:
        edit = split(DEFINITIONS, [whole], line)
    except EditRefused:
        return
    pieces = [one.geometry for one in after(edit)]
    assert len(pieces) >= 2
    assert after(edit)[0].uid == whole.uid
    assert all(geometry_fault("polygon", one) is None for one in pieces)
    assert pieces[0].area == pytest.approx(max(one.area for one in pieces))
    assert sum(one.area for one in pieces) == pytest.approx(shape.area, abs=0.002 * shape.length)
    joined = shapely.union_all(pieces)
    assert joined.symmetric_difference(shape).area < 0.002 * shape.length
    for index, one in enumerate(pieces):
        for other in pieces[index + 1 :]:
            assert one.intersection(other).area < 1e-6, "neighbours share their border exactly"


@given(stars(), strokes())
@settings(max_examples=40)
def test_what_is_split_and_merged_again_is_what_it_was(shape, line):
    whole = zone(shape)
    try:
        cut = split(DEFINITIONS, [whole], line)
    except EditRefused:
        return
    edit = merge(DEFINITIONS, after(cut), several_parts=True)
    kept = after(edit)[0]
    assert kept.uid == whole.uid
    assert kept["id"] == whole["id"]
    assert kept.geometry.symmetric_difference(shape).area < 0.002 * shape.length
    assert len(shapely.get_parts(kept.geometry)) == 1
    assert len([one for one in edit.deltas if one.after is None]) == len(after(cut)) - 1


@given(stars(), st.floats(0.05, 0.6), st.floats(0, 6.28))
@settings(max_examples=40)
def test_a_hole_that_is_cut_and_filled_again_leaves_no_trace(shape, size, turn):
    whole = zone(shape)
    middle = shape.representative_point()
    radius = size * middle.distance(shape.boundary)
    assume(radius > 1.0)
    corners = [
        (round(middle.x + radius * np.cos(turn + step), 3), round(middle.y + radius * np.sin(turn + step), 3))
        for step in (0.0, 2.0, 4.0)
    ]
    cut = after(cut_hole(DEFINITIONS, whole, Polygon(corners)))[0]
    assert cut.geometry.area == pytest.approx(shape.area - Polygon(corners).area, rel=1e-9)
    found = holes_at(cut, Polygon(corners).representative_point().coords[0])
    assert found == (0, 0)
    assert shape_of(fill_hole(DEFINITIONS, cut, *found)).equals_exact(shape, 0.0)


@given(stars(), strokes())
@settings(max_examples=80)
def test_a_reshaped_area_is_valid_and_its_other_corners_stay(shape, line):
    whole = zone(shape)
    try:
        new = shape_of(reshape(DEFINITIONS, whole, line))
    except EditRefused:
        return
    assert geometry_fault("polygon", new) is None
    old = set(map(tuple, shapely.get_coordinates(shape)))
    come = set(map(tuple, shapely.get_coordinates(line)))
    crossings = [one for one in map(tuple, shapely.get_coordinates(new)) if one not in old | come]
    assert len(set(crossings)) <= 2, "only where the line meets the border are corners new"


@given(st.floats(0, 6.28), st.floats(20, 300), st.floats(-0.6, 0.6))
@settings(max_examples=40)
def test_a_line_extended_or_trimmed_ends_exactly_on_the_edge(turn, length, lean):
    start = at(0, 0)
    end = start[0] + length * np.cos(turn), start[1] + length * np.sin(turn)
    one = route(LineString([start, end]))
    wall_at = start[0] + 2 * length * np.cos(turn), start[1] + 2 * length * np.sin(turn)
    across = turn + np.pi / 2 + lean
    wall = LineString(
        [(wall_at[0] + side * 500 * np.cos(across), wall_at[1] + side * 500 * np.sin(across)) for side in (-1, 1)]
    )
    longer = shape_of(extend(DEFINITIONS, one, LineEnd(0, True), wall, 1000.0))
    tip = Point(shapely.get_coordinates(longer)[-1])
    assert wall.distance(tip) < 1e-6
    assert tuple(shapely.get_coordinates(longer)[0]) == start
    beyond = route(LineString([start, (start[0] + 3 * length * np.cos(turn), start[1] + 3 * length * np.sin(turn))]))
    shorter = shape_of(trim(DEFINITIONS, beyond, shapely.get_coordinates(beyond.geometry)[-1], wall))
    assert wall.distance(Point(shapely.get_coordinates(shorter)[-1])) < 1e-6
    assert shorter.length == pytest.approx(2 * length, abs=1e-5)


@given(stars(), st.floats(0.5, 60))
@settings(max_examples=40)
def test_shared_borders_stay_shared_when_areas_are_thinned_or_rounded(shape, tolerance):
    line = LineString([(EAST - 900, NORTH + 3), (EAST - 20, NORTH + 31), (EAST + 17, NORTH - 11), (EAST + 900, NORTH)])
    try:
        pieces = after(split(DEFINITIONS, [zone(shape)], line))
    except EditRefused:
        return
    for make in (simplify, smooth):
        try:
            found = make(DEFINITIONS, pieces[:1], tolerance, neighbours=pieces[1:], sharing=True)
        except EditRefused:
            continue
        new = {one.uid: one.geometry for one in pieces} | {one.uid: one.geometry for one in after(found.edit)}
        shapes = list(new.values())
        overlap = sum(a.intersection(b).area for i, a in enumerate(shapes) for b in shapes[i + 1 :])
        assert overlap < 1e-6
        rest = shapely.union_all(shapes)
        assert sum(len(part.interiors) for part in shapely.get_parts(rest)) == 0, "no gap opened"
        if make is smooth:
            assert found.deviation_m <= tolerance + 0.002


# -- split -------------------------------------------------------------------------------------------------------------


def test_the_larger_piece_keeps_uid_number_and_state_and_counts_are_not_copied():
    one = zone(state="已公告", must_move_people=128, reason="沟口", name="东沟")
    edit = split(DEFINITIONS, [one], way((30, -10), (30, 110)), fresh=lambda _one, count: [{"id": "WD-W-0009"}] * count)
    kept, new = after(edit)
    assert edit.words == "分割危险区 WD-W-0003 为 2 个"
    assert (kept.uid, kept["id"], kept["state"], kept["must_move_people"]) == (one.uid, "WD-W-0003", "已公告", 128)
    assert kept.geometry.area == pytest.approx(7000)
    assert new.uid != one.uid
    assert (new["id"], new["state"], new["must_move_people"], new["reason"]) == ("WD-W-0009", "拟划", None, "沟口")


def test_several_are_split_at_once_and_holes_are_respected():
    holed = zone(area((0, 0), (100, 0), (100, 100), (0, 100), holes=[[(40, 40), (60, 40), (60, 60), (40, 60)]]))
    other = zone(BESIDE, "WD-W-0004")
    edit = split(DEFINITIONS, [holed, other], way((-10, 50), (210, 50)))
    assert edit.words == "分割 2 个危险区为 4 个"
    assert sum(one.geometry.area for one in after(edit)) == pytest.approx(20_000 - 400)
    assert all(not part.interiors for one in after(edit) for part in shapely.get_parts(one.geometry))


def test_a_cut_puts_its_corner_into_the_neighbour_so_that_no_gap_opens():
    neighbour = zone(BESIDE, "WD-W-0004")
    edit = split(DEFINITIONS, [zone()], way((-10, 20.0004), (110, 33.3337)), neighbours=[neighbour])
    touched = next(one for one in after(edit) if one.uid == neighbour.uid)
    corners = {tuple(one) for one in shapely.get_coordinates(touched.geometry)}
    assert any(
        tuple(one) in corners for one in shapely.get_coordinates(after(edit)[0].geometry) if one[0] == EAST + 100
    )
    assert len(shapely.get_coordinates(touched.geometry)) == 6


def test_a_line_is_split_in_its_own_direction_and_the_longer_piece_stays():
    one = route(way((0, 0), (100, 0), (100, 50)))
    kept, new = after(split(DEFINITIONS, [one], way((30, -10), (30, 10))))
    assert [tuple(c) for c in shapely.get_coordinates(new.geometry)] == [at(0, 0), at(30, 0)]
    assert [tuple(c) for c in shapely.get_coordinates(kept.geometry)] == [at(30, 0), at(100, 0), at(100, 50)]


@pytest.mark.parametrize("line", [way((-10, 50), (90, 50)), way((-10, 200), (110, 200))])
def test_a_line_that_does_not_cross_is_refused_with_a_way_out(line):
    with pytest.raises(EditRefused) as refused:
        split(DEFINITIONS, [zone()], line)
    assert "没有穿过" in refused.value.sentence
    assert refused.value.remedy


def test_a_sliver_is_refused():
    with pytest.raises(EditRefused, match="碎片"):
        split(DEFINITIONS, [zone()], way((-10, 0.02), (110, 0.02)))


# -- merge -------------------------------------------------------------------------------------------------------------


def test_the_larger_one_stays_and_what_referred_to_the_other_refers_to_it():
    small, large = zone(BESIDE, "WD-W-0004"), zone(area((0, 0), (100, 0), (100, 200), (0, 200)))
    household = Feature("household", new_uid(), None, {"head": "赵示例", "danger_zone": small.uid})
    edit = merge(DEFINITIONS, [small, large], referring=[household])
    kept = after(edit)[0]
    assert kept.uid == large.uid
    assert len(shapely.get_parts(kept.geometry)) == 1
    assert after(edit)[1]["danger_zone"] == large.uid
    assert edit.words == "合并 2 个危险区为危险区 WD-W-0003，未编号的住户改为指向它"
    assert {one.uid for one in edit.deltas if one.after is None} == {small.uid}


def test_of_two_equally_large_ones_the_older_number_stays():
    old, new = zone(), zone(BESIDE, "WD-W-0004")
    assert keeper(DEFINITIONS, [new, old]) is old


def test_the_one_with_a_register_stays_and_two_of_them_are_refused():
    small, large = zone(BESIDE, "WD-W-0004"), zone(area((0, 0), (100, 0), (100, 200), (0, 200)))
    assert keeper(DEFINITIONS, [small, large], {small.uid}) is small
    with pytest.raises(EditRefused, match="都有登记"):
        merge(DEFINITIONS, [small, large], registered={small.uid, large.uid})
    event = Feature("zone_event", new_uid(), None, {"danger_zone": small.uid, "step": "已划定"})
    with pytest.raises(EditRefused, match="登记不能改"):
        merge(DEFINITIONS, [small, large], referring=[event])


def test_the_officer_chooses_where_values_differ():
    small, large = zone(BESIDE, "WD-W-0004", reason="乙"), zone(reason="甲", state="已公告")
    fields = {one.field.name for one in differences(DEFINITIONS, [small, large], large)}
    assert fields == {"reason"}
    assert after(merge(DEFINITIONS, [small, large], values={"reason": "乙"}))[0]["reason"] == "乙"


def test_what_does_not_touch_is_merged_only_after_being_told():
    far = zone(area((300, 0), (400, 0), (400, 100), (300, 100)), "WD-W-0004")
    with pytest.raises(EditRefused, match="互不相连"):
        merge(DEFINITIONS, [zone(), far])
    assert len(shapely.get_parts(shape_of(merge(DEFINITIONS, [zone(), far], several_parts=True)))) == 2


def test_lines_are_joined_end_to_end_in_the_direction_of_the_longer_one():
    long, short = route(way((100, 0), (0, 0))), route(way((130, 5), (100, 0)), "WD-L-0002")
    edit = merge(DEFINITIONS, [short, long])
    assert [tuple(c) for c in shapely.get_coordinates(shape_of(edit))] == [at(130, 5), at(100, 0), at(0, 0)]
    turned = route(way((100, 0), (130, 5)), "WD-L-0002")
    assert shape_of(merge(DEFINITIONS, [turned, long])).equals_exact(shape_of(edit), 0.0)


# -- reshape -----------------------------------------------------------------------------------------------------------


def test_a_stroke_outside_adds_and_one_inside_cuts_off():
    bigger = shape_of(reshape(DEFINITIONS, zone(), way((90, 20), (150, 20), (150, 80), (90, 80))))
    assert bigger.area == pytest.approx(10_000 + 50 * 60)
    smaller = shape_of(reshape(DEFINITIONS, zone(), way((110, 20), (70, 20), (70, 80), (110, 80))))
    assert smaller.area == pytest.approx(10_000 - 30 * 60)
    snapped = shape_of(reshape(DEFINITIONS, zone(), way((100, 20), (70, 20), (70, 80), (100, 80))))
    assert snapped.area == pytest.approx(smaller.area)


def test_a_hole_and_a_line_are_reshaped_too():
    holed = zone(area((0, 0), (100, 0), (100, 100), (0, 100), holes=[[(40, 40), (60, 40), (60, 60), (40, 60)]]))
    wider = shape_of(reshape(DEFINITIONS, holed, way((55, 45), (70, 45), (70, 55), (55, 55))))
    assert wider.area == pytest.approx(10_000 - 400 - 10 * 10)
    one = route(way((0, 0), (100, 0)))
    bent = shape_of(reshape(DEFINITIONS, one, way((60, -5), (60, 20), (40, 20), (40, -5))))
    assert [tuple(c) for c in shapely.get_coordinates(bent)] == [
        at(0, 0),
        at(40, 0),
        at(40, 20),
        at(60, 20),
        at(60, 0),
        at(100, 0),
    ]
    on = shape_of(reshape(DEFINITIONS, one, way((100, 0), (120, 30))))
    assert tuple(shapely.get_coordinates(on)[-1]) == at(120, 30)


def test_a_line_that_meets_the_border_once_is_refused():
    with pytest.raises(EditRefused, match="相交两次"):
        reshape(DEFINITIONS, zone(), way((50, 50), (150, 50)))


# -- holes and parts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hole", "said"),
    [
        (box(*at(-10, 40), *at(20, 60)), "不全在"),
        (box(*at(0, 40), *at(20, 60)), "碰到"),
        (box(*at(300, 40), *at(320, 60)), "不全在"),
        (box(*at(40, 40), *at(40.05, 90)), "碎片"),
    ],
)
def test_a_hole_that_is_none_is_refused(hole, said):
    with pytest.raises(EditRefused, match=said):
        cut_hole(DEFINITIONS, zone(), hole)


def test_parts_are_added_found_deleted_and_let_go():
    part = Polygon([at(200, 0), at(250, 0), at(250, 50)])
    two = after(add_part(DEFINITIONS, zone(), part))[0]
    assert part_at(two, at(230, 10), 1.0) == 1
    assert shape_of(delete_part(DEFINITIONS, two, 1)).equals_exact(SQUARE, 0.0)
    with pytest.raises(EditRefused, match="只有一个部分"):
        delete_part(DEFINITIONS, zone(), 0)
    with pytest.raises(EditRefused, match="重叠"):
        add_part(DEFINITIONS, zone(), Polygon([at(50, 50), at(150, 50), at(150, 90)]))
    edit = explode(DEFINITIONS, [two])
    assert edit.words == "拆开危险区 WD-W-0003 为 2 个"
    assert [one.geometry.area for one in after(edit)] == [10_000, 1250]
    with pytest.raises(EditRefused, match="不用拆"):
        explode(DEFINITIONS, [zone()])


# -- offset and buffer -------------------------------------------------------------------------------------------------


def test_an_offset_moves_a_border_or_puts_a_parallel_line():
    assert shape_of(offset(DEFINITIONS, zone(), 10, as_new=False)).area == pytest.approx(120 * 120)
    one = route(way((0, 0), (100, 0), (100, 80)))
    edit = offset(DEFINITIONS, one, 10, as_new=True, fresh=lambda _one, _count: [{"id": "WD-L-0002"}])
    left = shapely.get_coordinates(after(edit)[0].geometry)
    assert [tuple(c) for c in left] == [at(0, 10), at(90, 10), at(90, 80)]
    assert edit.words == "从撤离路线 WD-L-0001 偏移 10 米，画撤离路线 WD-L-0002"
    with pytest.raises(EditRefused, match="就没有了"):
        offset(DEFINITIONS, zone(), -60, as_new=False)
    bell = [(0, 0), (100, 0), (100, 100), (60, 100), (60, 40), (40, 40), (40, 0.5), (39, 0.5), (39, 100), (0, 100)]
    with pytest.raises(EditRefused, match="断成几块"):
        offset(DEFINITIONS, zone(area(*bell)), -12, as_new=False)


def test_a_buffer_keeps_what_it_was_made_from():
    river = Feature("river", new_uid(), MultiLineString([way((0, 0), (500, 0))]), {"name": "示例沟", "schematic": True})
    edit = buffer(DEFINITIONS, [river], "river_corridor", 50, width_source="测试")
    made = after(edit)[0]
    assert made.geometry.area == pytest.approx(500 * 100 + np.pi * 2500, rel=0.001)
    assert (made["width_m"], made["derived_from"], made["width_source"]) == (50, river.uid, "测试")
    assert made["schematic"] is True
    assert "50 米缓冲区" in made.text("source")
    other = Feature("river", new_uid(), MultiLineString([way((0, 60), (500, 60))]), {})
    assert len(buffer(DEFINITIONS, [river, other], "river_corridor", 50).deltas) == 2
    one = after(buffer(DEFINITIONS, [river, other], "river_corridor", 50, dissolve=True))
    assert len(one) == 1
    assert one[0]["derived_from"] is None
    with pytest.raises(EditRefused, match="大于零"):
        buffer(DEFINITIONS, [river], "river_corridor", 0)


def test_a_household_lends_its_name_to_no_area():
    house = (
        create_feature(DEFINITIONS, "household", Point(at(0, 0)), {"head": "钱示例", "name": "钱示例"}).deltas[0].after
    )
    made = after(buffer(DEFINITIONS, [house], "danger_zone", 20))[0]
    assert "钱示例" not in " ".join(str(value) for value in made.values.values())


# -- line ends ---------------------------------------------------------------------------------------------------------


def test_trimming_between_two_edges_and_extending_into_the_void_are_refused():
    one = route(way((0, 0), (100, 0)))
    edges = MultiLineString([way((30, -5), (30, 5)), way((60, -5), (60, 5))])
    with pytest.raises(EditRefused, match="断成两截"):
        trim(DEFINITIONS, one, at(45, 0), edges)
    assert shape_of(trim(DEFINITIONS, one, at(10, 0), edges)).length == pytest.approx(70)
    with pytest.raises(EditRefused, match="没有可以接上"):
        extend(DEFINITIONS, one, LineEnd(0, True), edges, 500)


def test_reversing_twice_changes_nothing():
    one = Feature("evacuation_route", new_uid(), MultiLineString([way((0, 0), (9, 3)), way((20, 0), (30, 3))]), {})
    turned = after(reverse(DEFINITIONS, [one]))[0]
    assert tuple(shapely.get_coordinates(turned.geometry)[0]) == at(30, 3)
    assert shape_of(reverse(DEFINITIONS, [turned])).equals_exact(one.geometry, 0.0)


# -- fewer and rounder corners -----------------------------------------------------------------------------------------


def test_thinning_says_corners_and_deviation():
    bumpy = area((0, 0), (50, 0.4), (100, 0), (100, 100), (50, 103), (0, 100))
    found = simplify(DEFINITIONS, [zone(bumpy)], 1.0)
    assert (found.before, found.after) == (6, 5)
    assert found.deviation_m == pytest.approx(0.4, abs=0.001)
    assert found.edit.words == "抽稀危险区 WD-W-0003（容差 1 米），拐点 6 个变 5 个"
    assert not simplify(DEFINITIONS, [zone()], 1.0).edit.deltas


def test_rounding_keeps_the_ends_of_a_line():
    found = smooth(DEFINITIONS, [route(way((0, 0), (50, 0), (50, 50)))], 3.0)
    corners = shapely.get_coordinates(shape_of(found.edit))
    assert tuple(corners[0]) == at(0, 0)
    assert tuple(corners[-1]) == at(50, 50)
    assert found.after > found.before
    assert found.deviation_m <= 3.0
