"""What the map must not show as sound: told route by route, shelter by shelter, by the judgement of the papers."""

from datetime import date

import pytest
from fresh import fresh_workspace
from shapely import LineString, MultiLineString, Point, box

from geohazard_desktop.analysis.way_doubts import CONCERNED, way_doubts
from geohazard_desktop.publishing.doubtful_ways import DoubtfulWays
from geohazard_desktop.workspace.edits import change_geometry, change_values, create_feature
from geohazard_desktop.workspace.edits.endings import end, resume
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

E, N = 36_400_000.0, 4_370_000.0


class Village:
    """A zone with route 1 eastward to 广场 and route 2 westward to 小学."""

    def __init__(self, ws):
        self.ws = ws
        self.uids: dict[str, str] = {}
        zone = self.add("zone", "danger_zone", box(E, N, E + 200, N + 200), id="SL-W-0001", name="东坡",
                        hazard_type="崩塌")  # fmt: skip
        square = self.add("square", "shelter", Point(E + 600, N + 100), id="SL-A-0001", name="广场")
        school = self.add("school", "shelter", Point(E - 500, N + 100), id="SL-A-0002", name="小学")
        for key, number, end_x, goal in (("east", "1", 600, square), ("west", "2", -500, school)):
            line = LineString([(E + 100, N + 100), (E + end_x, N + 100)])
            self.add(key, "evacuation_route", line, id=f"SL-L-000{number}", number=number, danger_zone=zone,
                     shelter=goal)  # fmt: skip

    def add(self, key, layer, geometry=None, **values):
        edit = create_feature(self.ws.definitions, layer, geometry, values)
        self.ws.apply(edit)
        self.uids[key] = edit.deltas[0].uid
        return self.uids[key]

    def feature(self, key, layer):
        return self.ws.feature(layer, self.uids[key])

    def change(self, key, layer, **values):
        self.ws.apply(change_values(self.ws.definitions, [self.feature(key, layer)], values))

    def told(self):
        """(kind, why) by the key of whatever is in doubt."""
        names = {uid: key for key, uid in self.uids.items()}
        return {names[uid]: (one.kind, one.why) for (_layer, uid), one in way_doubts(self.ws).items()}


@pytest.fixture
def village(workspace):
    return Village(workspace)


def test_sound_ways_and_an_empty_workspace_have_no_doubt(village, tmp_path, district):
    assert village.told() == {}
    with fresh_workspace(tmp_path / "空.gpkg", district) as empty:
        assert way_doubts(empty) == {}


def test_a_route_to_a_closed_shelter_is_over_until_it_opens_again(village):
    square = village.feature("square", "shelter")
    village.ws.apply(end(village.ws.definitions, [square], date.today(), "改作工地"))
    assert village.told() == {"east": ("over", "路线 1 通往的避险安置点广场已经停用，不要再叫人往那里走。")}
    village.ws.apply(resume(village.ws.definitions, [village.feature("square", "shelter")]))
    assert village.told() == {}


def test_a_route_by_car_alone_is_asked_about(village):
    village.change("west", "evacuation_route", passable="车辆")
    assert village.told() == {"west": ("ask", "路线 2 登记为不能步行。")}


def test_a_route_over_water_without_a_bridge_is_asked_about_and_one_with_a_bridge_not(village):
    village.add("river", "river_corridor", box(E + 300, N - 500, E + 340, N + 500), name="支沟")
    assert village.told() == {"east": ("ask", "路线 1 横穿支沟，那里没有桥，汛期过不去。")}
    village.add("bridge", "bridge", Point(E + 320, N + 100), name="支沟桥")
    assert village.told() == {}


def test_a_route_through_another_zone_to_a_shelter_inside_it_is_asked_about_and_so_is_the_shelter(village):
    village.add("other", "danger_zone", box(E + 500, N, E + 700, N + 200), id="SL-W-0002", name="南坡")
    told = village.told()
    assert set(told) == {"east", "square"}
    assert told["east"][0] == told["square"][0] == "ask"
    assert "要穿过危险区南坡" in told["east"][1]
    assert told["square"][1] == "避险安置点广场在危险区南坡里面。"


def test_a_route_in_pieces_is_asked_about_and_one_that_is_not_drawn_is_nobodys(village):
    pieces = MultiLineString([[(E + 100, N + 100), (E + 200, N + 100)], [(E + 400, N + 100), (E + 600, N + 100)]])
    village.ws.apply(change_geometry(village.ws.definitions, village.feature("east", "evacuation_route"), pieces))
    undrawn = Feature("evacuation_route", new_uid(), None, {"number": "3"})
    village.ws.apply(Edit("导入", [inserted(undrawn)]))  # as a list brings it in
    assert set(village.told()) == {"east"}
    assert "不是连续的一条线" in village.told()["east"][1]


def test_what_belongs_to_a_lifted_zone_is_over_with_its_shelters(village):
    for step, day in (("已划定", "2026-03-01"), ("已公告", "2026-03-05"), ("已撤销", "2026-06-01")):
        facts = {"document_no": "示〔2026〕1号", "date": day, "actor": "示例区人民政府", "reason": "工程治理"}
        village.add(step, "zone_event", None, danger_zone=village.uids["zone"], step=step, **facts)
    told = village.told()
    assert {key: kind for key, (kind, _why) in told.items()} == dict.fromkeys(
        ("east", "west", "square", "school"), "over"
    )
    assert told["west"][1] == "路线 2 属于已撤销的危险区，不再用。"


def test_map_and_papers_judge_a_route_alike(village):
    village.add("river", "river_corridor", box(E + 300, N - 500, E + 340, N + 500), name="支沟")
    papers = DoubtfulWays(village.ws)
    for key in ("east", "west"):
        route = village.feature(key, "evacuation_route")
        assert (papers.asking(route) is not None) == (key in village.told())


def test_every_layer_that_a_way_is_judged_by_is_followed(village):
    assert set(village.ws.definitions) >= CONCERNED
