"""Typed while drawing: as in CAD, with the survey's own order of coordinates, and a sentence for what is neither."""

import pytest
import shapely
from desk import EAST, EPSG, NORTH, at, click
from pyproj import Transformer

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.editing.all_ways import make_ways
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.tool import Button
from geohazard_desktop.editing.typed import Ground, read_typed

GROUND = Ground(
    EPSG,
    (EAST - 1000, NORTH - 1000, EAST + 1000, NORTH + 1000),
    shapely.box(EAST - 900, NORTH - 900, EAST + 900, NORTH + 900),
)


@pytest.fixture
def stroke(desk):
    """Two corners: the last side runs east."""
    tool = DrawTool(desk.context())
    click(tool, 0, 0)
    click(tool, 100, 0)
    tool.move(at(100, 50, Button.NONE))
    return tool


def first(text, stroke):
    return read_typed(text, GROUND, stroke)[0]


@pytest.mark.parametrize(
    ("text", "east", "north"),
    [
        ("@50<0", 100, 50),
        ("@50<90", 150, 0),
        ("50<180", 100, -50),
        ("＠50＜90", 150, 0),
        ("@50<89°60′", None, None),
        ("@30,40", 130, 40),
        ("@-30,-40", 70, -40),
        ("@30 40", 130, 40),
        ("@X40Y30", 130, 40),
        ("@50<+90", 100, -50),
        ("@50<右90", 100, -50),
        ("@50<左90", 100, 50),
        ("@50<-90", 100, 50),
        ("@50<+0", 150, 0),
        ("120", 100, 120),
        ("0.12千米", 100, 120),
    ],
)
def test_from_the_last_corner(stroke, text, east, north):
    if east is None:
        with pytest.raises(EditRefused):
            first(text, stroke)
        return
    found = first(text, stroke)
    assert found.place == pytest.approx((EAST + east, NORTH + north), abs=2e-3)
    assert "方位角" in found.words or "沿鼠标方向" in found.words


def test_a_bearing_is_held_for_the_next_side(stroke):
    found = first("<94.5", stroke)
    assert found.place is None
    assert found.bearing == pytest.approx(94.5)
    assert "94°30′" in found.words
    assert first("<右30", stroke).bearing == pytest.approx(120)


@pytest.mark.parametrize(
    "text",
    [
        "{north} {east}",
        "{north}, {plain}",
        "X={north} Y={east}",
        "X（北）{north} Y（东）{plain}",
        "{longitude}, {latitude}",
        "北纬{latitude}度 东经{longitude}度",
    ],
)
def test_coordinates_in_any_form_are_the_next_corner(stroke, text):
    place = EAST + 20.0, NORTH + 30.0
    longitude, latitude = Transformer.from_crs(EPSG, 4490, always_xy=True).transform(*place)
    typed = text.format(
        north=place[1],
        east=place[0],
        plain=place[0] - 36_000_000,
        longitude=f"{longitude:.9f}",
        latitude=f"{latitude:.9f}",
    )
    found = first(typed, stroke)
    assert found.place == pytest.approx(place, abs=0.01)
    assert found.warnings == ()


def test_the_wrong_order_and_a_place_outside_are_said(stroke):
    east, north = EAST + 20, NORTH + 30
    assert "先写的是东" in first(f"{east} {north}", stroke).warnings[0]
    assert "写反了" in first(f"X={east} Y={north}", stroke).warnings[0]
    assert "本区范围外 600 米" in first(f"{NORTH} {EAST + 1500}", stroke).warnings[0]
    assert "已经有一个拐点" in first(f"{NORTH} {EAST}", stroke).warnings[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@abc", "看不懂"),
        ("@12", "看不懂"),
        ("4372020", "半个坐标"),
        ("8边", "没有边数"),
        ("30x40", "不能键入长×宽"),
        ("@50<420", "不是方位角"),
        ("东一点", "看不懂坐标"),
    ],
)
def test_what_is_not_understood_is_said(stroke, text, said):
    with pytest.raises(EditRefused, match=said):
        first(text, stroke)


def test_nothing_to_count_from(desk):
    tool = DrawTool(desk.context())
    with pytest.raises(EditRefused, match="还没有第一点"):
        read_typed("@30,40", GROUND, tool)
    with pytest.raises(EditRefused, match="没有在画"):
        read_typed("120", GROUND, None)
    click(tool, 0, 0)
    with pytest.raises(EditRefused, match="还没有上一边"):
        read_typed("<+90", GROUND, tool)


def test_sizes_of_whole_shapes(desk):
    ways = make_ways()
    tool = DrawTool(desk.context(), way=ways["rectangle"])
    click(tool, 0, 0)
    tool.move(at(-5, 5, Button.NONE))
    assert first("120×80", tool).place == (EAST - 120, NORTH + 80)
    tool.take_way(ways["circle"])
    assert first("50", tool).place == pytest.approx((EAST - 35.355, NORTH + 35.355), abs=1e-3)
    tool.take_way(ways["regular_polygon"])
    assert first("8边", tool).sides == 8


def test_closing_with_right_angles(desk):
    tool = DrawTool(desk.context())
    for place in ((0, 0), (80, 0), (80, 50)):
        click(tool, *place)
    assert tool.close_square()
    (one,) = list(desk.ws.table("danger_zone"))
    assert one.geometry.equals(shapely.box(EAST, NORTH, EAST + 80, NORTH + 50))
    for place in ((0, 0), (80, 0)):
        click(tool, *place)
    assert not tool.close_square()
    assert "三个拐点" in desk.messages[-1]
    assert len(tool.places) == 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("90 200", (200, 0)),
        ("90, 200", (200, 0)),
        ("90°0′ 200米", (200, 0)),
        ("方位90 距离200", (200, 0)),
        ("方位角：90°，距离：200 米", (200, 0)),
        ("距离200 方位角90", (200, 0)),
        ("180 1.2km", (0, -1200)),
    ],
)
def test_a_side_is_typed_as_it_stands_in_a_field_book(stroke, text, place):
    found = first(text, stroke)
    assert found.place == pytest.approx((EAST + 100 + place[0], NORTH + place[1]), abs=1e-3)
    assert "从正北顺时针" in found.words


def test_a_place_of_the_district_is_read_before_a_side(stroke):
    lonlat = Transformer.from_crs(EPSG, 4490, always_xy=True).transform(EAST, NORTH)
    found = read_typed(f"{lonlat[0]:.6f} {lonlat[1]:.6f}", GROUND, stroke)
    assert found[0].place == pytest.approx((EAST, NORTH), abs=0.2)
    assert "方位角" in found[-1].words
    with pytest.raises(EditRefused, match="第一点"):
        read_typed("方位90 距离200", GROUND, type(stroke)(stroke.context))
