"""拐点表: corners with the sides between them, out to Excel and back in."""

import pytest
import shapely
from desk import EAST, NORTH

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.editing.corner_choice import CornerChoice
from geohazard_desktop.editing.corner_table import pasted, rows_of, text_of
from geohazard_desktop.workspace.edits import VertexRef


@pytest.fixture
def zone(desk):
    shape = shapely.Polygon([(EAST, NORTH), (EAST, NORTH + 40), (EAST + 30, NORTH + 40), (EAST + 30, NORTH)])
    one = desk.put("danger_zone", shape, hazard_type="滑坡")
    desk.select([("danger_zone", one.uid)])
    return one


def test_rows_as_a_surveyor_lists_them(zone):
    rows = rows_of(zone)
    assert rows[0].texts() == ("1", "4372000.000", "36388000.000", "40.00", "0°00′")
    assert rows[1].texts() == ("2", "4372040.000", "36388000.000", "30.00", "90°00′")
    assert rows[3].texts()[3:] == ("30.00", "270°00′"), "the last side leads back to the first corner"


def test_parts_holes_and_line_ends(desk):
    shape = shapely.box(EAST, NORTH, EAST + 9, NORTH + 9)
    hole = shapely.box(EAST + 3, NORTH + 3, EAST + 6, NORTH + 6)
    far = shapely.box(EAST + 20, NORTH, EAST + 29, NORTH + 9)
    one = desk.put("danger_zone", shapely.MultiPolygon([shape.difference(hole), far]), hazard_type="滑坡")
    assert [row.number for row in rows_of(one)][::4] == ["1-1", "1孔1-1", "2-1"]
    way = desk.put("evacuation_route", shapely.LineString([(EAST, NORTH), (EAST + 9, NORTH)]))
    assert rows_of(way)[-1].texts()[3:] == ("—", "—")


def test_what_is_copied_can_be_pasted(desk, zone):
    rows = rows_of(zone)
    text = text_of(rows)
    assert text.startswith("点号\tX 北（米）\tY 东（米）\t边长（米）\t方位角\n1\t4372000.000\t36388000.000")
    assert pasted(rows, 0, text, desk.ws.epsg, None)[0] == {}, "the same places: nothing to change"
    moved, _doubts = pasted(rows, 2, text.replace("36388000.000", "36388030.000").split("\n", 4)[1], desk.ws.epsg, None)
    assert moved == {VertexRef(0, 0, 2): (EAST + 30, NORTH)}
    with pytest.raises(EditRefused, match="粘贴的有 4 个点，从第 2 行起只有 3 个拐点"):
        pasted(rows, 1, text, desk.ws.epsg, None)


def test_a_typed_corner_takes_its_neighbours_along(desk, zone):
    other = desk.put("danger_zone", shapely.box(EAST + 30, NORTH, EAST + 60, NORTH + 40), hazard_type="崩塌")
    context = desk.context()
    context.sharing = True
    hand = CornerChoice(context)
    hand.refresh()
    assert hand.put(desk.selection[0], VertexRef(0, 0, 2), (EAST + 33.5, NORTH + 41))
    for one in (zone, other):
        assert [EAST + 33.5, NORTH + 41] in shapely.get_coordinates(desk.now("danger_zone", one.uid).geometry).tolist()
    assert not hand.put(desk.selection[0], VertexRef(0, 0, 2), (EAST - 50, NORTH + 20)), "across the other side"
    assert "交叉" in desk.messages[-1]
