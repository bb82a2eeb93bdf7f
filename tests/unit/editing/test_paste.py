"""Copy and paste: text that QGIS and Excel take, without personal fields; what is pasted is checked, and said."""

import json

import pytest
import shapely
from desk import EAST, NORTH, at, press_key
from pyproj import Transformer
from shapely import LineString, Point

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.editing.clipboard_text import read_text, text_of
from geohazard_desktop.editing.coordinate_lists import read_list
from geohazard_desktop.editing.copies import foreign_all, foreign_of
from geohazard_desktop.editing.paste import PasteTool, paste
from geohazard_desktop.workspace.edits import attach_photos, create_feature, delete_features, vertices_of


@pytest.fixture
def zone(desk):
    shape = shapely.box(EAST + 0.123456, NORTH, EAST + 100, NORTH + 40)
    values = {"hazard_type": "滑坡", "name": "东沟", "patrol_person": "某人", "patrol_phone": "139 0000 0001"}
    return desk.put("danger_zone", shape, reason="裂缝\t变宽\n见照片", must_move_people=12, **values)


def put(desk, sources, layer="danger_zone", by=(0.0, 0.0)):
    found = []
    done = paste(desk.context(layer), sources, by, lambda keys, lost, _told: found.append((keys, lost)))
    return found[0] if done else None


def test_the_text_is_a_table_without_personal_fields(desk, zone):
    heading, line = text_of(desk.ws, [zone]).split("\n")
    assert heading.startswith("wkt_geom\t图层\t坐标系\t编号\t名称\t")
    assert line.startswith("MULTIPOLYGON (((")
    assert len(line.split("\t")) == len(heading.split("\t"))
    assert "东沟" in line
    assert "某人" not in line
    assert "139" not in line
    assert "巡查责任人" not in heading


def test_the_text_of_another_window_comes_back_exactly(desk, zone):
    found = read_text(desk.ws, text_of(desk.ws, [zone]), "danger_zone")
    [(keys, lost)] = [put(desk, found.sources)]
    made = desk.now(*keys[0])
    assert made.geometry.equals_exact(zone.geometry, 0)
    assert (made.text("id"), made.text("name"), made["must_move_people"]) == ("SL-W-0002", "东沟", 12)
    assert made.text("reason") == "裂缝 变宽 见照片"
    assert not made.text("patrol_person")
    assert not lost
    assert desk.edits[-1].words == "粘贴危险区 SL-W-0002"


def test_within_the_layer_personal_values_stay_and_references_hold(desk, zone):
    house = desk.put("household", Point(EAST + 500, NORTH + 500), head="某户", danger_zone=zone.uid)
    [key], lost = put(desk, [foreign_of(desk.ws, house)], "household", (10.0, 0.0))
    made = desk.now(*key)
    assert (made.text("head"), made.text("danger_zone")) == ("某户", zone.uid)
    assert made.uid != house.uid
    assert lost == []


def test_to_another_layer_personal_values_and_strange_ones_stay_behind(desk, zone):
    [key], lost = put(desk, [foreign_of(desk.ws, zone)], "subsidence_area")
    made = desk.now(*key)
    assert made.text("name") == "东沟"
    assert "某人" not in [str(one) for one in made.values.values()]
    assert set(lost) <= {one.title for one in desk.ws.definition("subsidence_area").fields}


def test_an_area_becomes_a_line_and_a_closed_line_an_area(desk, zone):
    [key], _lost = put(desk, [foreign_of(desk.ws, zone)], "evacuation_route")
    line = desk.now(*key)
    assert line.geometry.length == zone.geometry.length
    [back], _lost = put(desk, [foreign_of(desk.ws, line)], "danger_zone")
    assert desk.now(*back).geometry.equals(zone.geometry)
    way = desk.put("evacuation_route", LineString([(EAST, NORTH), (EAST + 9, NORTH), (EAST + 9, NORTH + 9)]))
    assert put(desk, [foreign_of(desk.ws, way)], "danger_zone") is None
    assert "没有首尾相接，围不成危险区的面" in desk.messages[-1]
    assert put(desk, [foreign_of(desk.ws, zone)], "shelter") is None
    assert "不能变成避险安置点的点" in desk.messages[-1]


def test_copies_hang_at_the_pointer_and_snap(desk, zone):
    desk.put("shelter", Point(EAST + 300, NORTH + 300))
    done: list = []
    context = desk.context("danger_zone", snapping=True)
    tool = PasteTool(context, [foreign_of(desk.ws, zone)], lambda keys, _lost, _told: done.extend(keys), lambda: None)
    tool.move(at(297, 302))
    assert tool.preview().outlines
    assert tool.preview().snap is not None
    tool.press(at(297, 302))
    places = [place for _ref, place in vertices_of(desk.now(*done[0]).geometry)]
    assert (EAST + 300, NORTH + 300) in places, "the corner in the hand is set down exactly there"


def test_enter_pastes_in_place_and_escape_gives_up(desk, zone):
    done: list = []
    given: list = []
    tool = PasteTool(
        desk.context("danger_zone"),
        [foreign_of(desk.ws, zone)],
        lambda keys, _lost, _told: done.extend(keys),
        lambda: given.append(1),
    )
    assert press_key(tool, "Escape")
    assert given
    assert not desk.edits
    press_key(tool, "Enter")
    assert desk.now(*done[0]).geometry.equals_exact(zone.geometry, 0)


def test_wkt_of_any_origin(desk):
    desk.put("district", shapely.box(EAST - 1000, NORTH - 1000, EAST + 5000, NORTH + 5000))
    own = read_text(desk.ws, f"POLYGON (({EAST} {NORTH}, {EAST + 9} {NORTH}, {EAST} {NORTH + 9}, {EAST} {NORTH}))", "x")
    assert "EPSG:4524" in own.note
    bare = read_text(desk.ws, f"POINT ({EAST - 36e6 + 5} {NORTH})", "shelter")
    assert shapely.get_coordinates(bare.sources[0].geometry).tolist() == [[EAST + 5, NORTH]]
    assert bare.note == "坐标不带带号，按本区的带（36）读。"
    degrees = Transformer.from_crs(4524, 4490, always_xy=True).transform(EAST, NORTH)
    found = read_text(desk.ws, f"POINT ({degrees[0]} {degrees[1]})", "shelter")
    assert shapely.get_coordinates(found.sources[0].geometry)[0] == pytest.approx([EAST, NORTH], abs=0.002)
    assert "经纬度" in found.note
    other = f"wkt_geom\t坐标系\nPOINT ({EAST - 1e6} {NORTH})\tEPSG:4523"
    assert read_text(desk.ws, other, "shelter").note == "坐标从 EPSG:4523 换算。"


def test_geojson(desk):
    lonlat = Transformer.from_crs(4524, 4490, always_xy=True).transform(EAST, NORTH)
    data = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": lonlat}, "properties": {"name": "广场"}}
        ],
    }
    found = read_text(desk.ws, json.dumps(data), "shelter")
    [key], _lost = put(desk, found.sources, "shelter")
    assert desk.now(*key).text("name") == "广场"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "剪贴板是空的"),
        ("{不是", "GeoJSON 读不懂"),
        ('{"type": "FeatureCollection", "features": []}', "没有图形"),
        ("POINT (1 2)\n不是", "第 2 行“不是”不是 WKT"),
        ("今天下雨", "没有找到坐标"),
        ("4372000 36388000\n4372000", "第 2 行“4372000”不是坐标，一个点都没有取"),
        ("4372000 36388000\n4372100 36388000", "只有 2 个点，危险区至少要 3 个"),
        ("GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))", "混着几种图形"),
    ],
)
def test_what_is_no_feature_is_said(desk, text, words):
    with pytest.raises(EditRefused, match=words.replace("(", r"\(").replace(")", r"\)")):
        read_text(desk.ws, text, "danger_zone")


def test_lists_of_coordinates_as_others_send_them(desk):
    survey = (
        "点号,X,Y\nJ1,4372000.00,36388000.00\nJ2,4372000.00,36388100.00\nJ3,4372050,36388100\nJ1,4372000.00,36388000.00"
    )
    found = read_text(desk.ws, survey, "danger_zone")
    [key], _lost = put(desk, found.sources)
    assert desk.now(*key).geometry.area == 2500
    assert len(vertices_of(desk.now(*key).geometry)) == 3
    excel = "1\t4372000.000\t36388000.000\t100.00\t94°56′\n2\t4372010.000\t36388020.000\t—\t—"
    assert read_list(excel, 4524).places == ((36388000.0, 4372000.0), (36388020.0, 4372010.0))
    assert read_list("4372000.5 388000.25", 4524).places == ((36388000.25, 4372000.5),)


def test_members_and_photos_go_with_a_copy_and_who_points_at_it_is_told(desk):
    shelter = desk.put("shelter", Point(EAST, NORTH), name="示例广场")
    house = desk.put("household", Point(EAST + 500, NORTH + 500), head="某户")
    way = desk.put("evacuation_route", LineString([(EAST, NORTH), (EAST + 9, NORTH)]), shelter=shelter.uid)
    for name in ("某甲", "某乙"):
        values = {"household": house.uid, "name": name}
        desk.ws.apply(create_feature(desk.ws.definitions, "household_member", None, values))
    desk.ws.apply(attach_photos(desk.ws.definitions, house, [{"file_name": "门口.jpg", "digest": "0" * 64}]))
    told: list[str] = []
    sources = foreign_all(desk.ws, [house])
    assert paste(desk.context("household"), sources, (5.0, 0.0), lambda keys, _lost, words: told.extend([*keys, words]))
    copy = told[0][1]
    assert {one.text("name") for one in desk.ws.find("household_member", "household", copy)} == {"某甲", "某乙"}
    assert [one.text("digest") for one in desk.ws.find("attachment", "target_uid", copy)] == ["0" * 64]
    assert len(desk.ws.find("household_member", "household", house.uid)) == 2
    assert "人数会算两遍" in told[1]
    assert desk.edits[-1].words == "粘贴住户 SL-H-0002，连同 2 个家庭成员和 1 个附件"
    desk.ws.undo()
    assert desk.ws.count("household_member") == 2, "one step, taken back whole"
    # Cut and pasted: they come along from the clipboard, and nobody is there twice.
    desk.ws.apply(
        delete_features(
            desk.ws.definitions, [house], referring=desk.ws.find("household_member", "household", house.uid)
        )
    )
    assert paste(desk.context("household"), sources, (0.0, 0.0), lambda keys, _lost, words: told.extend([*keys, words]))
    assert len(desk.ws.find("household_member", "household", told[2][1])) == 2
    assert "两遍" not in told[3]
    # The route to a copied shelter stays with the shelter it led to.
    paste(
        desk.context("shelter"),
        foreign_all(desk.ws, [shelter]),
        (5.0, 0.0),
        lambda keys, _lost, words: told.append(words),
    )
    assert told[-1] == f"撤离路线 {way.text('id')} 还指着原来的，没有跟着复制。"
