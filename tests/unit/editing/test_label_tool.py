"""A name under the hand: taken, dragged, nudged, given back; on the screen for every map, on a sheet for that sheet."""

import pytest
from desk import EAST, NORTH, Desk, at, click, drag, press_key
from shapely import LineString, Point, box

from geohazard_desktop.cartography.label_hand import label_anchor, manual_positions, sheet_positions
from geohazard_desktop.cartography.labels import place_labels
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.editing.label_tool import LabelsInSight, LabelTool, SheetName
from geohazard_desktop.editing.tool import Button
from geohazard_desktop.workspace.edits import delete_features
from geohazard_desktop.workspace.edits.labels import with_labels

SCALE = 10_000.0  # 10 m a millimetre


class Table:
    """The desk with a map on it: 200 by 150 mm, its lower left corner the desk's."""

    def __init__(self, desk: Desk, sheet: SheetName | None = None) -> None:
        self.desk, self.sheet = desk, sheet
        self.view = MapView((EAST + 1000, NORTH + 750), SCALE, 200.0, 150.0, 96.0)
        self.sight: LabelsInSight | None = None
        context = desk.context()
        context.labels = lambda: self.sight
        self.tool = LabelTool(context)
        self.paint()

    def paint(self) -> None:
        ws = self.desk.ws
        layers = ("place", "river", "danger_zone")
        pictures = [LayerPicture(ws.definition(one), Style.parse(ws.style(one), one), ws.table(one)) for one in layers]
        fixed = sheet_positions(ws, self.sheet.paper, self.sheet.profile) if self.sheet else manual_positions(ws)
        self.sight = LabelsInSight(self.view, place_labels(self.view, pictures, fixed).labels, self.sheet)

    def where(self, uid: str) -> tuple[float, float]:
        """The middle of a name, in metres from the desk's corner."""
        assert self.sight is not None
        label = next(one for one in self.sight.labels if one.uid == uid)
        east, north = self.view.from_mm(*label.centre)
        return east - EAST, north - NORTH


@pytest.fixture
def table(desk: Desk) -> Table:
    desk.put("place", Point(EAST + 1000, NORTH + 700), name="五虎山")
    return Table(desk)


def the_place(table: Table):
    return next(iter(table.desk.ws.table("place")))


def test_a_dragged_name_is_stored_and_stands_there_in_the_next_map(table):
    uid = the_place(table).uid
    start = table.where(uid)
    end = start[0] + 250, start[1] + 180
    drag(table.tool, start, end)
    (edit,) = table.desk.edits
    assert edit.words == "移动注记 地名 五虎山"
    table.paint()
    assert table.where(uid) == pytest.approx(end, abs=0.01)
    assert table.sight.labels[0].by_hand
    table.desk.ws.undo()
    table.paint()
    assert table.where(uid) == pytest.approx(start, abs=0.01)


def test_what_is_carried_is_shown_with_a_leader_and_escape_leaves_it(table):
    start = table.where(the_place(table).uid)
    table.tool.move(at(*start, Button.NONE))
    assert table.tool.preview().boxes
    assert table.tool.preview().leader is None
    assert table.tool.cursor == "move"
    table.tool.press(at(*start))
    table.tool.move(at(start[0] + 300, start[1] + 300))
    carried = table.tool.preview()
    assert carried.label == "五虎山"
    assert carried.leader is not None
    assert carried.leader[1] == pytest.approx((EAST + 1000, NORTH + 700))
    assert table.tool.busy
    assert press_key(table.tool, "Escape")
    table.tool.release(at(start[0] + 300, start[1] + 300))
    assert not table.desk.edits


def test_a_click_without_a_drag_moves_nothing(table):
    click(table.tool, *table.where(the_place(table).uid))
    assert not table.desk.edits
    assert table.tool.held == ("place", the_place(table).uid)


def test_arrow_keys_nudge_by_half_a_millimetre_even_before_the_map_is_painted_anew(table):
    uid = the_place(table).uid
    start = table.where(uid)
    click(table.tool, *start)
    assert press_key(table.tool, "Up")
    assert press_key(table.tool, "Up")
    assert press_key(table.tool, "Right")
    table.paint()
    assert table.where(uid) == pytest.approx((start[0] + 5, start[1] + 10), abs=0.01)
    assert len(list(table.desk.ws.table("label_position"))) == 1


def test_nothing_is_nudged_without_a_name_in_the_hand(table):
    assert not press_key(table.tool, "Up")
    assert press_key(table.tool, "Delete"), "Delete must not reach the selected features"
    assert not table.desk.edits
    assert "先单击" in table.desk.messages[-1]


@pytest.mark.parametrize("way", ["right click", "Delete"])
def test_a_name_is_given_back_to_the_search(table, way):
    uid = the_place(table).uid
    start = table.where(uid)
    drag(table.tool, start, (start[0] + 250, start[1] + 180))
    table.paint()
    if way == "Delete":
        assert press_key(table.tool, "Delete")
    else:
        table.tool.press(at(*table.where(uid), Button.RIGHT))
    assert not table.tool.preview().boxes, "no frame stays where the name was"
    table.paint()
    assert table.where(uid) == pytest.approx(start, abs=0.01)
    assert table.desk.edits[-1].words == "放回注记 地名 五虎山"
    assert not list(table.desk.ws.table("label_position"))


def test_a_name_that_was_never_moved_can_not_be_given_back(table):
    table.tool.press(at(*table.where(the_place(table).uid), Button.RIGHT))
    assert not table.desk.edits
    assert "没有手动放过" in table.desk.messages[-1]


def test_a_name_moved_on_a_sheet_holds_for_that_sheet_alone(table):
    uid = the_place(table).uid
    free = table.where(uid)
    drag(table.tool, free, (free[0] + 100, free[1] + 100))
    sheet = Table(table.desk, SheetName("A3", "internal", "A3 警示图（内部）"))
    everywhere = sheet.where(uid)
    assert everywhere == pytest.approx((free[0] + 100, free[1] + 100), abs=0.01), "moved on the screen, moved on sheets"
    drag(sheet.tool, everywhere, (everywhere[0] - 300, everywhere[1]))
    assert table.desk.edits[-1].words == "移动注记 地名 五虎山（只在 A3 警示图（内部）上）"
    sheet.paint()
    table.paint()
    assert sheet.where(uid) == pytest.approx((everywhere[0] - 300, everywhere[1]), abs=0.01)
    assert table.where(uid) == pytest.approx(everywhere, abs=0.01)
    assert Table(table.desk, SheetName("A3", "public", "A3 警示图（公开）")).where(uid) == pytest.approx(everywhere)
    drag(sheet.tool, sheet.where(uid), everywhere)
    assert len(list(table.desk.ws.table("sheet"))) == 1
    press_key(sheet.tool, "Delete")
    assert len(list(table.desk.ws.table("label_position"))) == 1, "the place on every map is left"


def test_a_name_from_the_list_is_placed_by_the_next_click(table):
    uid = the_place(table).uid
    table.tool.place_by_hand(("place", uid), "五虎山", 12.0, 4.0)
    assert "五虎山" in table.tool.hint()
    table.tool.move(at(600, 400, Button.NONE))
    assert table.tool.preview().leader is not None
    click(table.tool, 600, 400)
    table.paint()
    assert table.where(uid) == pytest.approx((600, 400), abs=0.01)


def test_the_name_goes_along_with_its_feature_and_is_gone_with_it(table):
    ws = table.desk.ws
    place = the_place(table)
    start = table.where(place.uid)
    drag(table.tool, start, (start[0] + 250, start[1] + 180))
    rows = list(ws.table("label_position"))
    ws.apply(with_labels(delete_features(ws.definitions, [place]), rows))
    table.paint()
    assert not table.sight.labels
    assert not list(ws.table("label_position")), "no ghost is left in the file either"
    ws.undo()
    table.paint()
    assert table.where(place.uid) == pytest.approx((start[0] + 250, start[1] + 180), abs=0.01)


def test_a_feature_that_vanished_under_the_hand_is_said(table):
    ws = table.desk.ws
    start = table.where(the_place(table).uid)
    ws.apply(delete_features(ws.definitions, [the_place(table)]))
    drag(table.tool, start, (start[0] + 250, start[1]))
    assert "已经不在" in table.desk.messages[-1]
    assert not list(ws.table("label_position"))


def test_a_river_s_name_follows_its_line_where_the_hand_puts_it(desk):
    line = LineString([(EAST + 100, NORTH + 500), (EAST + 1900, NORTH + 560)])
    river = desk.put("river", line, name="乌尔特河")
    table = Table(desk)
    start = table.where(river.uid)
    drag(table.tool, start, (start[0] + 400, start[1] + 40))
    table.paint()
    (label,) = table.sight.labels
    assert label.by_hand
    assert label.lines[0].curved
    assert table.where(river.uid)[0] == pytest.approx(start[0] + 400, abs=15)


def test_a_zone_s_name_leads_to_its_zone_from_afar(desk):
    zone = desk.put("danger_zone", box(EAST + 900, NORTH + 700, EAST + 1100, NORTH + 800), name="五虎山东采空塌陷")
    table = Table(desk)
    east, north = label_anchor(zone.geometry)
    drag(table.tool, table.where(zone.uid), (east - EAST + 500, north - NORTH))
    table.paint()
    (label,) = table.sight.labels
    assert label.leader is not None
    foot = table.view.from_mm(*label.leader[2:])
    assert zone.geometry.contains(Point(foot))


def test_a_map_without_names_says_so(desk):
    assert "没有注记" in Table(desk).tool.hint()
