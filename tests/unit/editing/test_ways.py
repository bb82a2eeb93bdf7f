"""画法: what each way stores is valid and where the hand meant it, no corner twice; all ways end and go back alike."""

import math

import pytest
import shapely
from desk import EAST, NORTH, Desk, at, click, drag, press_key
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shapely import Polygon

from geohazard_desktop.domain.drawing_rules import circle_rule, freehand_rule, regular_polygon_rule
from geohazard_desktop.editing.all_ways import make_ways
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.tool import Button, Modifier, ToolEvent
from geohazard_desktop.workspace.edits import geometry_fault


def drawing(desk, way, layer="danger_zone"):
    return DrawTool(desk.context(layer), way=make_ways()[way])


def only(desk, layer="danger_zone"):
    (one,) = list(desk.ws.table(layer))
    return one.geometry


def ring(geometry):
    (part,) = shapely.get_parts(geometry)
    return [(east - EAST, north - NORTH) for east, north in part.exterior.coords[:-1]]


def stream(tool, path):
    tool.press(at(*path[0]))
    for place in path[1:]:
        tool.move(at(*place))
    tool.release(at(*path[-1]))


# -- each way, once --------------------------------------------------------------------------------------------------


def test_a_rectangle_is_two_clicks(desk):
    tool = drawing(desk, "rectangle")
    click(tool, 10, 20)
    tool.move(at(110, 80, Button.NONE))
    assert tool.preview().label == "东西 100.00 米 × 南北 60.00 米"
    assert tool.preview().judgement.planar_area_m2 == pytest.approx(6000)
    click(tool, 110, 80)
    assert ring(only(desk)) == [(10, 20), (110, 20), (110, 80), (10, 80)]
    assert not tool.busy


def test_shift_makes_the_rectangle_a_square(desk):
    tool = drawing(desk, "rectangle")
    click(tool, 0, 0)
    click(tool, -30, 80, Modifier.SHIFT)
    assert only(desk).area == pytest.approx(6400)


def test_a_slanted_rectangle_has_right_angles_and_the_typed_width(desk):
    tool = drawing(desk, "slanted_rectangle")
    click(tool, 0, 0)
    click(tool, 30, 40)
    tool.move(at(60, 10, Button.NONE))
    tool.constrain(length=20)
    shape = only(desk)
    assert shape.area == pytest.approx(1000, rel=1e-4)
    assert shape.minimum_rotated_rectangle.area == pytest.approx(1000, rel=1e-4)
    assert shape.centroid.x > EAST + 15, "on the side of the pointer"


def test_a_circle_says_how_many_corners_it_becomes_and_how_far_it_is_from_round(desk):
    tool = drawing(desk, "circle")
    click(tool, 0, 0)
    tool.move(at(50, 0, Button.NONE))
    assert "存成 52 个拐点，离真圆最多 0.09 米" in tool.hint()
    tool.constrain(length=80)
    corners = ring(only(desk))
    assert all(math.hypot(*one) == pytest.approx(80, abs=2e-3) for one in corners)


def test_three_places_give_a_circle_and_three_in_a_line_are_refused(desk):
    tool = drawing(desk, "circle_three")
    click(tool, 0, 0)
    click(tool, 100, 0)
    click(tool, 200, 0)
    assert "一条线上" in desk.messages[-1]
    assert len(tool.places) == 2
    click(tool, 50, 50)
    shape = only(desk)
    assert shapely.Point(EAST + 50, NORTH).distance(shape.centroid) < 0.01
    assert shape.area == pytest.approx(math.pi * 2500, rel=5e-3)


def test_up_and_down_change_the_sides_and_the_next_polygon_keeps_them(desk):
    tool = drawing(desk, "regular_polygon")
    click(tool, 0, 0)
    press_key(tool, "Up")
    press_key(tool, "Up")
    click(tool, 0, 50)
    assert len(ring(only(desk))) == regular_polygon_rule().sides + 2
    for _step in range(40):
        press_key(tool, "Down")
    assert "正 3 边形" in tool.hint()


@pytest.mark.parametrize("how", ["drag", "clicks"])
def test_freehand_by_dragging_or_by_two_clicks(desk, how):
    tool = drawing(desk, "freehand", "evacuation_route")
    path = [(step, 20 * math.sin(step / 15)) for step in range(0, 300, 2)]
    if how == "drag":
        stream(tool, path)
    else:
        click(tool, *path[0])
        for place in path:
            tool.move(at(*place, Button.NONE))
        assert "收笔" in tool.hint()
        click(tool, *path[-1])
    assert press_key(tool, "Enter")
    line = only(desk, "evacuation_route")
    assert 8 < shapely.get_num_coordinates(line) < len(path) / 2
    truth = shapely.LineString([(EAST + east, NORTH + north) for east, north in path])
    assert shapely.hausdorff_distance(line, truth, densify=0.02) <= freehand_rule().tolerance_pixels + 0.01


def test_a_freehand_outline_that_comes_back_to_its_start_is_stored_at_once(desk):
    tool = drawing(desk, "freehand")
    stream(tool, [(100 * math.cos(one / 30), 100 * math.sin(one / 30)) for one in range(187)])
    assert only(desk).area == pytest.approx(math.pi * 10_000, rel=0.02)


def test_a_small_loop_at_the_pens_end_goes_and_is_said(desk):
    tool = drawing(desk, "freehand")
    start = [(0, 6), (0, 100), (100, 100), (100, 0), (-6, 2), (-4, 12), (6, 14)]
    path = [start[0]]
    for place in start[1:]:
        path += [
            (path[-1][0] + (place[0] - path[-1][0]) * part, path[-1][1] + (place[1] - path[-1][1]) * part)
            for part in (0.25, 0.5, 0.75)
        ] + [place]
    stream(tool, path)
    tool.finish()
    assert only(desk).is_valid
    assert "小圈" in desk.messages[-1]


def test_a_figure_of_eight_by_hand_is_not_mended_but_refused(desk):
    tool = drawing(desk, "freehand")
    stream(tool, [(0, 0), (100, 100), (100, 0), (0, 100)])
    assert not tool.finish()
    assert "交叉" in desk.messages[-1]
    assert tool.busy


def test_corners_and_freehand_mix_in_one_stroke_and_go_back_step_by_step(desk):
    ways = make_ways()
    tool = DrawTool(desk.context(), way=ways["corners"])
    click(tool, 0, 0)
    click(tool, 100, 0)
    assert tool.take_way(ways["freehand"])
    stream(tool, [(100, 0), (110, 20), (90, 50), (105, 80), (100, 100)])
    before = len(tool.places)
    assert tool.take_way(ways["corners"])
    click(tool, 0, 100)
    press_key(tool, "Backspace")
    assert len(tool.places) == before
    press_key(tool, "Backspace")
    assert len(tool.places) == 2, "the freehand piece goes at once"


def test_a_whole_shape_is_not_begun_over_an_unfinished_stroke_but_takes_its_first_corner(desk):
    ways = make_ways()
    tool = DrawTool(desk.context(), way=ways["corners"])
    click(tool, 0, 0)
    assert tool.take_way(ways["circle"])
    click(tool, 30, 0)
    assert desk.ws.count("danger_zone") == 1
    assert tool.take_way(ways["corners"])
    click(tool, 0, 0)
    click(tool, 50, 0)
    assert not tool.take_way(ways["rectangle"])
    assert "还没画完" in desk.messages[-1]
    assert len(tool.places) == 2


def test_a_line_layer_gets_a_closed_line(desk):
    tool = drawing(desk, "rectangle", "evacuation_route")
    click(tool, 0, 0)
    click(tool, 40, 30)
    line = only(desk, "evacuation_route")
    assert line.length == pytest.approx(140)


@pytest.mark.parametrize("way", ["rectangle", "slanted_rectangle", "circle", "circle_three", "regular_polygon"])
def test_whole_shapes_go_back_and_end_like_corners(desk, way):
    tool = drawing(desk, way)
    click(tool, 0, 0)
    press_key(tool, "Enter")
    assert "还差" in desk.messages[-1]
    assert press_key(tool, "Backspace")
    assert not tool.busy
    click(tool, 0, 0)
    assert press_key(tool, "Escape")
    assert not tool.busy
    assert not press_key(tool, "Escape")
    assert desk.ws.count("danger_zone") == 0


def test_a_refused_shape_stays_and_enter_tries_again(desk):
    tool = drawing(desk, "circle")
    desk.refuse = True
    click(tool, 0, 0)
    click(tool, 50, 0)
    assert desk.ws.count("danger_zone") == 0
    assert tool.busy
    desk.refuse = False
    assert press_key(tool, "Enter")
    assert desk.ws.count("danger_zone") == 1


def test_signs_are_set_by_a_click_whatever_the_way(desk):
    tool = drawing(desk, "circle", "warning_sign")
    click(tool, 5, 5)
    assert desk.ws.count("warning_sign") == 1


# -- whatever the hand does ------------------------------------------------------------------------------------------

numbers = st.floats(-500, 500, allow_nan=False).map(lambda one: round(one, 2))
spots = st.tuples(numbers, numbers)
quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def long_desk():
    """One workspace for all tries; each looks only at what it drew itself."""
    found = Desk()
    yield found
    found.close()


def drawn_by(desk, tool, spots, held=Modifier.NONE):
    """The stored outline of clicks at `spots`, or None where the shape was refused."""
    desk.drawn.clear()
    desk.messages.clear()
    for spot in spots:
        click(tool, *spot, held)
        tool.preview()
        assert tool.hint()
    if len(set(spots)) == len(spots):  # a second click at the same place counts once
        assert bool(desk.drawn) != bool(desk.messages), "stored, or said why not"
    if not desk.drawn:
        return None
    geometry = desk.now(*desk.drawn[0]).geometry
    assert geometry_fault("polygon", geometry) is None
    corners = ring(geometry)
    assert len(set(corners)) == len(corners)
    return corners


@quick
@given(spots, spots, st.booleans())
def test_any_two_corners_give_the_rectangle_between_them(long_desk, one, other, square):
    corners = drawn_by(
        long_desk, drawing(long_desk, "rectangle"), [one, other], Modifier.SHIFT if square else Modifier.NONE
    )
    if corners is None:
        assert min(abs(one[0] - other[0]), abs(one[1] - other[1])) < 0.011 or square
        return
    assert len({round(east, 3) for east, _north in corners}) == 2
    if not square:
        assert Polygon(corners).bounds == pytest.approx(
            shapely.box(*map(min, one, other), *map(max, one, other)).bounds
        )


@quick
@given(spots, spots, spots)
def test_any_three_places_give_a_rectangle_with_right_angles(long_desk, one, two, three):
    corners = drawn_by(long_desk, drawing(long_desk, "slanted_rectangle"), [one, two, three])
    assume(corners is not None)
    assert corners[0] == pytest.approx(one, abs=2e-3)
    assert corners[1] == pytest.approx(two, abs=2e-3)
    a, b, c = (complex(*place) for place in corners[:3])
    assert abs(((b - a).conjugate() * (c - b)).real) <= 2e-3 * (abs(b - a) + abs(c - b)) + 1e-5


@quick
@given(spots, st.floats(0.05, 3000))
def test_any_circle_is_inside_its_tolerance(long_desk, centre, radius):
    corners = drawn_by(long_desk, drawing(long_desk, "circle"), [centre, (centre[0] + radius, centre[1])])
    rule = circle_rule()
    away = [math.dist(one, centre) for one in corners]
    assert max(away) - min(away) < 3e-3
    inside = min(away) - Polygon(corners).exterior.distance(shapely.Point(centre))
    assert inside <= rule.largest_deviation_m + 2e-3 or len(corners) == rule.most_corners


@quick
@given(spots, spots, spots)
def test_any_three_places_lie_on_their_circle(long_desk, one, two, three):
    corners = drawn_by(long_desk, drawing(long_desk, "circle_three"), [one, two, three])
    assume(corners is not None)
    outline = Polygon(corners).exterior
    size = math.sqrt(Polygon(corners).area)
    for place in (one, two, three):
        assert outline.distance(shapely.Point(place)) <= max(circle_rule().largest_deviation_m, size / 500) + 2e-3


@quick
@given(spots, spots, st.integers(3, 30))
def test_any_regular_polygon_has_equal_sides(long_desk, centre, corner, sides):
    assume(math.dist(centre, corner) > 1)
    tool = drawing(long_desk, "regular_polygon")
    tool.way.set_sides(sides)
    corners = drawn_by(long_desk, tool, [centre, corner])
    assert len(corners) == sides
    lengths = [math.dist(one, other) for one, other in zip(corners, corners[1:] + corners[:1], strict=True)]
    assert max(lengths) - min(lengths) < 4e-3


@quick
@given(st.lists(spots, min_size=2, max_size=30), st.floats(0.2, 20))
def test_any_freehand_stroke_is_within_its_tolerance(long_desk, path, pixel):
    long_desk.drawn.clear()
    tool = drawing(long_desk, "freehand", "evacuation_route")

    def event(place, button=Button.LEFT):
        return ToolEvent(EAST + place[0], NORTH + place[1], button, Modifier.NONE, pixel)

    tool.press(event(path[0]))
    for place in path[1:]:
        tool.move(event(place))
        tool.preview()
    tool.release(event(path[-1]))
    press_key(tool, "Enter")
    for key in long_desk.drawn:
        line = long_desk.now(*key).geometry
        assert geometry_fault("line", line) is None
        corners = shapely.get_coordinates(line)
        assert (abs(corners[1:] - corners[:-1]).sum(axis=1) > 0).all()
        truth = shapely.LineString([(EAST + east, NORTH + north) for east, north in path])
        off = shapely.hausdorff_distance(line, truth, densify=0.1)
        assert off <= (freehand_rule().tolerance_pixels + 0.5) * pixel + 0.01


def test_dragging_with_another_way_sets_no_second_corner(desk):
    tool = drawing(desk, "circle")
    drag(tool, (0, 0), (40, 0))
    assert len(tool.places) == 1
