"""The words of titles and headings: which datum, zone and meridian they speak of, and when they contradict."""

import pytest
from pyproj import CRS

from geohazard_desktop.domain.datums import datums, meridian_of, said_in


@pytest.mark.parametrize(
    ("words", "datum"),
    [
        ("1980西安坐标系", "xian80"),
        ("西安80坐标系，3度带", "xian80"),
        ("1980 年西安 坐标系", "xian80"),
        ("Xian_1980_3_Degree_GK_Zone_36", "xian80"),
        ("X(80)\tY(80)", "xian80"),
        ("80坐标系", "xian80"),
        ("北京54坐标系", "beijing54"),
        ("BJ54", "beijing54"),
        ("1954年北京坐标系", "beijing54"),
        ("54坐标系 三度带", "beijing54"),
        ("2000国家大地坐标系", "cgcs2000"),
        ("CGCS 2000 3度带", "cgcs2000"),
        ("80国家大地坐标系", "xian80"),
        ("坐标系：80", "xian80"),
        ("坐标系=1980", "xian80"),
        ("X坐标(80)", "xian80"),
        ("（80系）", "xian80"),
        ("比例尺 1:2000 坐标系 西安80", "xian80"),
        ("54坐标", "beijing54"),
        ("坐标系：54", "beijing54"),
        ("坐标基准：WGS-84", "wgs84"),
        ("高德地图拾取", "gcj02"),
        ("GCJ-02", "gcj02"),
        ("百度坐标", "bd09"),
    ],
)
def test_a_datum_is_known_by_its_names(words, datum):
    assert [one.key for one in said_in(words).datums] == [datum]


@pytest.mark.parametrize("words", ["", "1:2000 地形图", "2000 年拐点", "编号 1980", "80.5", "J80", "max80"])
def test_numbers_alone_name_no_datum(words):
    assert said_in(words).datums == ()


@pytest.mark.parametrize(
    ("words", "width", "zone", "meridian"),
    [
        ("2000国家大地坐标系 3度带 中央经线108°", 3, None, 108.0),
        ("CGCS2000 3度带 中央子午线108度", 3, None, 108.0),
        ("三度带36带", 3, 36, None),
        ("J48 五虎山 第 36 带", None, 36, None),
        ("几度分带=3\n带号=36", 3, 36, None),
        ("CGCS2000_3_Degree_GK_CM_108E", 3, None, 108.0),
        ("中央子午线106°30′", None, None, 106.5),
        ("6度带 18带", 6, 18, None),
        ("北京54 六度带 18度带", 6, 18, None),
        ("108度带", None, None, 108.0),
    ],
)
def test_zone_and_meridian_are_read(words, width, zone, meridian):
    said = said_in(words)
    assert (said.width, said.zone, said.meridian) == (width, zone, meridian)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("WGS84 UTM 48N", "UTM 投影"),
        ("WGS_1984_UTM_Zone_48N", "UTM 投影"),
        ("示例市独立坐标系", "地方独立坐标系"),
        ("城市坐标系 中央子午线106°45′", "地方独立坐标系"),
        ("2000国家大地坐标系", ""),
    ],
)
def test_a_system_without_parameters_is_known_by_its_names(words, title):
    assert said_in(words).unknown == title


def test_words_that_contradict_the_numbers_are_told():
    assert "带号却是 36" in said_in("第 35 带").odd_beside(36)
    assert "中央经线 105°" in said_in("中央经线105°").odd_beside(36)
    assert "6 度带" in said_in("6度带").odd_beside(36)
    assert said_in("3度带 36带 中央经线108°").odd_beside(36) == ""
    assert "对不上" in said_in("36带，中央经线105°").odd_itself()


def test_every_code_is_the_system_that_it_is_said_to_be():
    names = {"cgcs2000": "CGCS2000", "xian80": "Xian 1980", "beijing54": "Beijing 1954"}
    for key, one in datums().items():
        name = names.get(key, "CGCS2000")
        assert CRS.from_epsg(one.degrees).is_geographic
        for zone in (25, 36, 45):
            assert CRS.from_epsg(one.of_zone(zone)).name == f"{name} / 3-degree Gauss-Kruger zone {zone}"
            central = f"{meridian_of(zone):.0f}E"
            assert CRS.from_epsg(one.of_meridian(3.0 * zone)).name == f"{name} / 3-degree Gauss-Kruger CM {central}"
        for zone in (13, 23):
            assert CRS.from_epsg(one.of_zone(zone)).name == f"{name} / Gauss-Kruger zone {zone}"
        assert one.of_meridian(106.5) is None
        assert one.of_zone(24) is None
