"""A household's way: only along the route assigned to it, straight from the door, in plain words, with warnings."""

import math

import pytest
import shapely
from fresh import fresh_workspace
from shapely import LineString, MultiLineString, Point

from geohazard_desktop.analysis.directions import turn_words
from geohazard_desktop.analysis.evacuation import (
    BarredWay,
    HouseholdWay,
    NoWay,
    Surroundings,
    WayFinder,
    household_way,
    route_way,
)
from geohazard_desktop.domain.walking import walkers, walking_minutes
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Feature

EPSG = 4524
E, N = 36_389_000.0, 4_372_000.0


def feature(layer: str, geometry, **values) -> Feature:
    return Feature(layer, f"uid-{layer}-{values.get('id', values.get('name', ''))}", geometry, values)


def line(*places) -> LineString:
    return LineString([(E + east, N + north) for east, north in places])


def point(east: float, north: float) -> Point:
    return Point(E + east, N + north)


SHELTER = feature("shelter", point(700, 420), name="胜利广场")
BENT = line((0, 0), (400, 0), (400, 300), (700, 300), (700, 420))
ROUTE = feature("evacuation_route", BENT, number="3", id="WD-L-0003", start="村口")


def way(door=None, route=ROUTE, shelter=SHELTER, **around) -> HouseholdWay:
    note = around.pop("door_note", "")
    found = route_way(door or point(100, -50), route, shelter, epsg=EPSG, around=Surroundings(**around), door_note=note)
    assert isinstance(found, HouseholdWay)
    return found


@pytest.mark.parametrize(
    ("door", "note", "words", "brief"),
    [
        # at the shelter's door
        (
            (688, 420),
            "",
            "安置点就在门前：出门向东走约 10 米（直线），到胜利广场",
            "安置点就在门前，出门向东 10 米（直线）到胜利广场",
        ),
        ((700, 420), "", "安置点就在门口：出门就到胜利广场", "出门就到胜利广场"),
        # beyond it along the route, and beside its last metres
        ((700, 500), "", "出门向南走约 80 米（直线），到胜利广场", "出门向南 80 米（直线）到胜利广场"),
        ((750, 417), "", "出门向西走约 50 米（直线），到胜利广场", "出门向西 50 米（直线）到胜利广场"),
        ((750, 430), "出院门往西", "出院门往西（直线约 50 米），到胜利广场", "出院门往西（直线 50 米）到胜利广场"),
    ],
)
def test_who_lives_at_or_beyond_the_shelter_is_told_to_go_straight_to_it(door, note, words, brief):
    found = way(point(*door), door_note=note)
    (step,) = found.steps
    assert (step.words, step.brief) == (words, brief)
    assert found.direct
    assert found.metres_rounded == step.metres
    assert found.minutes[walkers()[0].key] == 1 + (step.metres > 60)


def test_who_lives_on_the_route_or_has_one_stretch_to_walk_is_told_of_the_route():
    for door, words in (
        ((0, 0), "出门就是 3 号路线，沿箭头向东走约 400 米，然后左转"),
        ((700, 400), "出门就是 3 号路线，沿箭头向北走约 20 米，到胜利广场"),
        ((712, 360), "出门就是 3 号路线，沿箭头向北走约 70 米，到胜利广场"),
    ):
        found = way(point(*door))
        assert found.steps[0].words == words
        assert not found.direct
    assert len(found.steps) == 1


def test_straight_to_the_nearest_place_of_the_route_then_along_it():
    found = way()
    assert found.join.equals(point(100, 0))
    assert list(found.door_leg.coords) == [(E + 100, N - 50), (E + 100, N)]
    assert list(found.route_line.coords) == list(line((100, 0), (400, 0), (400, 300), (700, 300), (700, 420)).coords)
    assert found.metres_door == pytest.approx(50, rel=3e-4)
    assert found.metres_route == pytest.approx(1020, rel=3e-4)


def test_minutes_are_whole_rounded_up_and_slower_walkers_need_longer():
    found = way()
    assert found.minutes == walking_minutes(found.metres_total)
    minutes = list(found.minutes.values())
    assert len(minutes) == 3
    assert minutes == sorted(minutes)
    assert minutes[0] * 60 >= found.metres_total / max(one.metres_per_second for one in walkers())


def test_steps_are_told_by_direction_turn_and_goal():
    landmarks = [
        feature("landmark", shapely.MultiPoint([point(410, 10)]), name="卫生室"),
        feature("landmark", shapely.MultiPoint([point(550, 310)]), name="超市"),
        feature("landmark", shapely.MultiPoint([point(550, 900)]), name="水塔"),
    ]
    words = [one.words for one in way(landmarks=landmarks).steps]
    assert words == [
        "出门向北走约 50 米（直线），到 3 号路线",
        "沿箭头向东走约 300 米，到卫生室旁左转",
        "沿箭头向北走约 300 米，然后右转",
        "沿箭头向东走约 300 米，经过超市，然后左转",
        "沿箭头向北走约 120 米，到胜利广场",
    ]


def test_the_metres_of_the_steps_add_up_to_the_printed_total():
    for offset in range(0, 390, 7):
        found = way(point(offset + 0.5, -13.7))
        assert sum(one.metres for one in found.steps) == found.metres_rounded


def test_a_route_drawn_from_the_shelter_is_walked_the_other_way():
    reversed_route = feature("evacuation_route", BENT.reverse(), number="3")
    assert way(route=reversed_route).route_line.equals_exact(way().route_line, 1e-6)


def test_a_route_in_touching_parts_is_one_line_and_one_with_a_gap_is_none():
    parts = MultiLineString([BENT.coords[:2], BENT.coords[1:]])
    assert way(route=feature("evacuation_route", parts)).metres_route == pytest.approx(way().metres_route)
    gap = MultiLineString([[(E, N), (E + 100, N)], [(E + 200, N), (E + 300, N)]])
    found = route_way(point(0, 5), feature("evacuation_route", gap, number="3"), SHELTER, epsg=EPSG)
    assert isinstance(found, NoWay)
    assert found.sentence == "路线 3 不是连续的一条线，不能量出走法。"


def test_a_house_on_the_route_has_no_door_step_and_reads_which_route_passes_it():
    found = way(point(100, 3))
    assert found.steps[0].words.startswith("出门就是 3 号路线，沿箭头向东走约 300 米")
    assert found.steps[0].brief.startswith("出门沿 3 号路线向东 300 米")
    unnumbered = feature("evacuation_route", BENT)
    assert way(point(100, 3), route=unnumbered).steps[0].words.startswith("出门就是撤离路线，沿箭头向东")
    assert sum(one.metres for one in found.steps) == found.metres_rounded


def test_a_house_at_the_end_has_only_a_door_leg():
    found = way(point(700, 460))
    assert found.metres_route == 0
    assert found.route_line.is_empty
    assert len(found.steps) == 1


def test_what_an_officer_noted_stands_instead_of_the_straight_line():
    assert way(door_note="穿过小巷到大路。").steps[0].words == "出门：穿过小巷到大路（直线约 50 米），到 3 号路线"


def test_a_note_that_says_how_one_leaves_is_not_led_in_by_the_same_word():
    (first, *_rest) = way(door_note="出门向左到沟边小路").steps
    assert first.words == "出门向左到沟边小路（直线约 50 米），到 3 号路线"
    assert (first.turn, first.direction) == (-90.0, "")
    (first, *_rest) = way(door_note="向东到小卖部，再右转").steps
    assert first.words == "出门：向东到小卖部，再右转（直线约 50 米），到 3 号路线"
    assert (first.turn, first.direction) == (None, "东")


def test_a_note_keeps_the_start_that_it_leads_to():
    """Whoever reads the note must know which of the routes he has come to; said once, also where the note names it."""
    route = feature("evacuation_route", line((0, 0), (400, 0)), number="2", start="沟口老榆树下")
    (first, *_rest) = way(point(0, -30), route=route, door_note="出门向左到沟边小路").steps
    assert first.words == "出门向左到沟边小路（直线约 30 米），到 2 号路线（沟口老榆树下）"
    (first, *_rest) = way(point(0, -30), route=route, door_note="向北到沟口老榆树下").steps
    assert first.words == "出门：向北到沟口老榆树下（直线约 30 米），到 2 号路线"
    (first, *_rest) = way(point(200, -30), route=route, door_note="出门向左到沟边小路").steps
    # whoever joins farther on never comes to its start
    assert first.words == "出门向左到沟边小路（直线约 30 米），到 2 号路线"


@pytest.mark.parametrize("other", ["13 号路线", "1-3 号路线"])
def test_a_note_that_names_another_route_is_followed_by_the_route_all_the_same(other):
    (first, *_rest) = way(door_note=f"出门沿 {other}走到大榆树").steps
    assert first.words.endswith("，到 3 号路线")


def test_a_note_is_followed_by_the_route_and_by_what_stands_where_one_comes_to_it():
    """Midway a route has no name of its own: its number and a landmark say that one has come to it."""
    well = feature("landmark", point(110, 5), name="老井台")
    (first, second, *_rest) = way(door_note="出院门走到沟沿巷", landmarks=[well]).steps
    assert first.words == "出院门走到沟沿巷（直线约 50 米），到 3 号路线（老井台旁）"
    assert first.brief == "出院门走到沟沿巷（直线 50 米）到 3 号路线"
    assert first.landmark is well
    assert "老井台" not in second.words
    (first, *_rest) = way(door_note="出门到老井台，上3号路线", landmarks=[well]).steps
    assert first.words == "出门到老井台，上3号路线（直线约 50 米）"
    (first, *_rest) = way(door_note="出门向东，上 3 号路线", landmarks=[well]).steps
    assert first.words == "出门向东，上 3 号路线（直线约 50 米），在老井台旁"
    (first, *_rest) = way(point(100, 0), door_note="出门向东").steps
    assert first.words == "出门向东，到 3 号路线", "a straight line of no length has no metres"


def test_nothing_is_passed_that_one_has_come_to_already():
    clinic = feature("landmark", point(105, 5), name="卫生室")
    shop = feature("landmark", point(200, 5), name="商店")
    bridge = feature("bridge", point(120, 0), name="便桥")
    goal = feature("landmark", point(690, 400), name="胜利广场")
    steps = way(landmarks=[clinic, shop, goal]).steps
    assert steps[0].words == "出门向北走约 50 米（直线），到 3 号路线（卫生室旁）"
    assert steps[1].words == "沿箭头向东走约 300 米，经过商店，然后左转"
    assert steps[-1].words == "沿箭头向北走约 120 米，到胜利广场"
    (_first, second, *_rest) = way(bridges=[bridge], door_note="过便桥到大路").steps
    assert "经过" not in second.words
    tree = feature("landmark", point(5, 5), name="老榆树")
    start = feature("evacuation_route", BENT, number="3", start="老榆树下")
    assert "经过" not in way(point(0, -50), route=start, landmarks=[tree]).steps[1].words


def test_a_start_is_named_to_whoever_comes_to_it_within_a_few_metres():
    assert way(point(3, -50)).steps[0].words == "出门向北走约 50 米（直线），到 3 号路线（村口）"
    assert way(point(8, -50)).steps[0].words == "出门向北走约 50 米（直线），到 3 号路线"


def test_a_winding_route_is_told_in_few_steps():
    places = [(index * 40.0, 60.0 * math.sin(index / 1.3)) for index in range(40)]
    winding = feature("evacuation_route", line(*places))
    found = way(point(0, 0), route=winding, shelter=None)
    assert 1 <= len(found.steps) <= 6
    assert sum(one.metres for one in found.steps) == found.metres_rounded


def test_a_start_inside_the_zone_is_no_fault_coming_back_is():
    own = feature("danger_zone", shapely.box(E - 50, N - 100, E + 200, N + 100), name="北坡")
    assert way(zones=[own]).warnings == ()
    bent_back = feature("danger_zone", shapely.box(E - 50, N - 100, E + 200, N + 100).union(
        shapely.box(E + 380, N + 100, E + 420, N + 200)), name="北坡")  # fmt: skip
    assert way(zones=[bent_back]).warnings == ("走路线 3 会再次走进危险区北坡。",)
    other = feature("danger_zone", shapely.box(E + 380, N + 100, E + 420, N + 200), name="南沟")
    assert way(zones=[other]).warnings == ("走路线 3 要穿过危险区南沟。",)


def test_a_channel_needs_a_bridge_above_the_flood():
    channel = feature("river_corridor", shapely.box(E + 500, N, E + 540, N + 900), name="支沟")
    assert way(corridors=[channel]).warnings == ("路线 3 横穿支沟，那里没有桥，汛期过不去。",)
    bridge = feature("bridge", point(520, 305), name="便桥")
    found = way(corridors=[channel], bridges=[bridge])
    assert found.warnings == ()
    assert "经过便桥" in found.steps[3].words
    flooded = feature("bridge", point(520, 305), name="漫水桥", flooded=True)
    assert len(way(corridors=[channel], bridges=[flooded]).warnings) == 1


def test_faults_at_the_end_and_at_the_door_are_said():
    far = feature("shelter", point(700, 600), name="胜利广场")
    assert way(shelter=far).warnings == ("路线 3 的终点离避险安置点胜利广场还有 180 米没有画。",)
    assert way(shelter=None).warnings == ("路线 3 没有写明避险安置点。",)
    zone = feature("danger_zone", shapely.box(E + 690, N + 410, E + 710, N + 430), name="南沟")
    assert "避险安置点胜利广场在危险区南沟里面。" in way(zones=[zone]).warnings
    assert way(point(100, -350)).warnings == ("家门到路线 3 的直线有 350 米，中间怎么走要现场核实。",)
    cars = feature("evacuation_route", BENT, number="3", passable="车辆")
    assert way(route=cars).warnings == ("路线 3 登记为不能步行。",)


@pytest.mark.parametrize(
    ("degrees", "words"),
    [
        (44, "稍向右拐"),
        (-44, "稍向左拐"),
        (45, "右转"),
        (46, "右转"),
        (-46, "左转"),
        (56, "右转"),  # a fork: whoever only bears slightly walks straight on
        (-56, "左转"),
        (90, "右转"),
        (160, "向右后方转"),
    ],
)
def test_turns(degrees, words):
    assert turn_words(degrees) == words


@pytest.fixture
def ws(tmp_path, district):
    with fresh_workspace(tmp_path / "a.gpkg", district) as found:
        yield found


def put(ws, layer, geometry, **values) -> Feature:
    edit = create_feature(ws.definitions, layer, geometry, values)
    ws.apply(edit)
    return ws.feature(layer, edit.deltas[0].uid)


def test_only_the_assigned_route_counts(ws):
    shelter = put(ws, "shelter", point(700, 420), name="胜利广场")
    route = put(ws, "evacuation_route", BENT, number="3", shelter=shelter.uid)
    free = put(ws, "household", point(100, -50), id="WD-H-0001", head="李示例")
    found = household_way(ws, free)
    assert isinstance(found, NoWay)
    assert found.sentence == "住户 WD-H-0001 还没有指定撤离路线。"
    assigned = put(ws, "household", point(100, -50), id="WD-H-0002", head="张示例", evacuation_route=route.uid)
    found = WayFinder(ws).way(assigned)
    assert isinstance(found, HouseholdWay)
    assert found.shelter.uid == shelter.uid
    gone = put(ws, "household", point(100, -50), head="王示例", evacuation_route="0" * 32)
    assert isinstance(household_way(ws, gone), NoWay)


def test_a_zone_that_the_register_lifted_warns_no_more(ws):
    zone = put(ws, "danger_zone", shapely.box(E + 380, N + 100, E + 420, N + 200), hazard_type="崩塌", state="已撤销")
    shelter = put(ws, "shelter", point(700, 420), name="胜利广场")
    route = put(ws, "evacuation_route", BENT, number="3", shelter=shelter.uid)
    house = put(ws, "household", point(100, -50), head="李示例", evacuation_route=route.uid)
    assert isinstance(household_way(ws, house), BarredWay), "its field alone lifts nothing"
    paper = {"date": "2026-05-02", "document_no": "示政发〔2026〕1号", "finding": "示例"}
    for step in ("已划定", "已撤销"):
        put(ws, "zone_event", None, danger_zone=zone.uid, step=step, **paper)
    assert household_way(ws, house).warnings == ()


def test_a_route_without_a_named_shelter_ends_at_the_one_it_reaches(ws):
    shelter = put(ws, "shelter", point(705, 425), name="胜利广场")
    route = put(ws, "evacuation_route", BENT)
    house = put(ws, "household", point(100, -50), head="李示例", evacuation_route=route.uid)
    assert household_way(ws, house).shelter.uid == shelter.uid
