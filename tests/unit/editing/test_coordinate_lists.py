"""Lists of coordinates in metres of the workspace: datum and zone by their words, never silently another."""

import pytest
from pyproj import Transformer

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.editing.clipboard_text import read_text
from geohazard_desktop.editing.coordinate_lists import read_list

RING = [(4375300.1, 36389500.25), (4375280.55, 36389820.4), (4375010.0, 36389870.0), (4374900.75, 36389640.33)]
OWN = tuple((east, north) for north, east in RING)


def text(title="", *, prefix=True, ring=RING):
    rows = [f"J{at}\t{north}\t{east if prefix else round(east - 36e6, 2)}" for at, (north, east) in enumerate(ring, 1)]
    return "\n".join([title, *rows])


def moved(code, ring=RING):
    way = Transformer.from_crs(code, 4524, always_xy=True)
    return [pytest.approx(way.transform(east, north), abs=0.001) for north, east in ring]


@pytest.mark.parametrize(
    "title", ["", "2000国家大地坐标系 3度带 中央经线108°", "CGCS2000 3度带 中央子午线108度", "WGS84 第36带"]
)
def test_a_title_adds_no_corner_and_moves_none(title):
    found = read_list(text(title), 4524)
    assert found.places == OWN
    assert not found.doubts
    assert bool(title) == ("第 1 行不是点" in found.told)


@pytest.mark.parametrize(
    ("title", "code", "name"),
    [
        ("1980西安坐标系", 2360, "1980 西安坐标系"),
        ("西安80坐标系，3度带", 2360, "1980 西安坐标系"),
        ("北京54坐标系", 2412, "1954 北京坐标系"),
        ("BJ54", 2412, "1954 北京坐标系"),
    ],
)
def test_an_old_datum_is_taken_and_told(title, code, name):
    found = read_list(text(title), 4524)
    assert list(found.places) == moved(code)
    assert found.places != OWN
    assert f"文字写的是 {name}，没有做参数转换，位置会偏几十到一百多米，不能用来划界。" in found.doubts
    assert found.mark == f"{name}，未做参数转换"
    assert name in found.form


@pytest.mark.parametrize(("title", "name"), [("WGS84 UTM 48N", "UTM 投影"), ("示例市独立坐标系", "地方独立坐标系")])
def test_a_system_without_parameters_is_asked_about(title, name):
    found = read_list(text(title, prefix=False), 4524)
    assert f"文字写的是{name}，程序没有换算它的参数" in found.doubts
    assert found.mark == f"{name}，未做参数转换"
    assert not read_list(f"{title}\n106.7079 39.4745", 4524).doubts  # degrees are degrees


def test_a_datum_that_was_chosen_wins_and_is_told():
    assert "按您选的 1954 北京坐标系" in read_list(text(), 4524, datum="beijing54").doubts
    found = read_list(text("1980西安坐标系"), 4524, datum="cgcs2000")
    assert found.places == OWN
    assert "文字写的是 1980 西安坐标系，按您选的 2000 国家大地坐标系 读" in found.doubts


def test_several_datums_are_asked_about():
    assert "写了几个坐标系" in read_list(text("西安80转2000系"), 4524).doubts


def test_what_the_title_says_of_the_zone_places_eastings_without_a_number():
    found = read_list(text("中央经线105°", prefix=False), 4524)
    way = Transformer.from_crs(4544, 4524, always_xy=True)
    assert found.places[0] == pytest.approx(way.transform(389500.25, 4375300.1), abs=0.001)
    assert read_list(text("3度带 36带", prefix=False), 4524).places == OWN
    assert read_list(text("西安80", prefix=False), 4524).places[0] == moved(2360)[0]
    with pytest.raises(EditRefused, match="不是 3 度带、6 度带的"):
        read_list(text("中央子午线106°30′", prefix=False), 4524)


def test_a_title_that_contradicts_the_numbers_is_asked_about():
    assert "带号却是 36" in read_list(text("3度带 第35带"), 4524).doubts


def test_shifted_degrees_are_moved_back_and_shifted_metres_refused():
    plain = read_list("106.7079 39.4745", 4524).places[0]
    shifted = read_list("火星坐标\n106.7079 39.4745", 4524).places[0]
    assert 300 < ((plain[0] - shifted[0]) ** 2 + (plain[1] - shifted[1]) ** 2) ** 0.5 < 800
    with pytest.raises(EditRefused, match="只会是经纬度"):
        read_list(text("GCJ02"), 4524)


def test_each_shape_becomes_a_zone_with_its_name_and_its_hole(workspace):
    south = [(north - 2000, east) for north, east in RING]
    found = read_text(workspace, text("甲沟") + "\n" + text("乙沟", ring=south), "danger_zone")
    assert [one.values.get("name") for one in found.sources] == ["甲沟", "乙沟"]
    assert [one.geometry.geom_type for one in found.sources] == ["MultiPolygon", "MultiPolygon"]
    rows = [f"J{at},1,{north},{east}" for at, (north, east) in enumerate([*RING, RING[0]], 1)]
    rows += ["K1,2,4375200,36389600", "K2,2,4375200,36389700", "K3,2,4375100,36389650"]
    survey = "\n".join(
        ["[属性描述]", "坐标系=2000国家大地坐标系", "带号=36", "[地块坐标]", "7,9,1,示例区块,面,,,,@", *rows]
    )
    (one,) = read_text(workspace, survey, "danger_zone").sources
    assert one.values == {"name": "示例区块"}
    assert len(one.geometry.geoms[0].interiors) == 1
    beside = survey + "\n" + "\n".join(f"M{at},3,{north - 2000},{east}" for at, (north, east) in enumerate(RING))
    (two,) = read_text(workspace, beside, "danger_zone").sources
    assert [len(area.interiors) for area in two.geometry.geoms] == [1, 0]
    (old,) = read_text(workspace, text("西安80"), "danger_zone").sources
    assert old.values == {"source": "粘贴的坐标（1980 西安坐标系，未做参数转换）"}
    with pytest.raises(EditRefused, match="“乙沟”只有 2 个点"):
        read_text(workspace, text("甲沟") + "\n\n" + text("乙沟", ring=south[:2]), "danger_zone")
