"""Geometry that is mended or left out, told feature by feature."""

import numpy as np
import pytest
import shapely
from look_alikes import bow_tie, square
from shapely import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)

from geohazard_desktop.exchange.geometry import repair
from geohazard_desktop.exchange.vector import decoded


def mend(kind, *geometries):
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return repair(array, kind, [f"第 {index + 1} 个要素" for index in range(len(geometries))], "甲.shp")


def only(found):
    assert len(found.problems) == 1
    return found.problems[0]


def test_sound_shapes_become_multi_and_nothing_is_said():
    found = mend("polygon", square(), MultiPolygon([square(300), square(600)]))
    assert [one.geom_type for one in found.geometries] == ["MultiPolygon"] * 2
    assert found.problems == []
    assert mend("line", LineString([(0, 0), (9, 9)])).geometries[0].geom_type == "MultiLineString"
    assert mend("point", Point(1, 2)).geometries[0] == MultiPoint([(1, 2)])


def test_a_bow_tie_is_taken_apart_and_both_halves_stay():
    found = mend("polygon", square(), bow_tie())
    assert found.geometries[1].is_valid
    assert found.geometries[1].area == pytest.approx(5000)
    problem = only(found)
    assert (problem.kind, problem.row, problem.feature) == ("repaired", 1, "第 2 个要素")
    assert problem.sentence.startswith("甲.shp 第 2 个要素：边线自己交叉了（在 X 北 ")
    assert "请" in problem.sentence


def test_holes_survive_the_repair():
    ring = list(square(0, 0, 100).exterior.coords)
    hole = list(square(20, 20, 10).exterior.coords)
    east, north = ring[0]
    spike = [*ring[:2], (east + 150, north + 50), (east + 150, north + 50.5), (east + 99, north - 20), *ring[2:]]
    found = mend("polygon", Polygon(spike, [hole]))
    assert found.geometries[0].is_valid
    assert shapely.get_num_interior_rings(shapely.get_parts(found.geometries[0])).sum() == 1


def test_overlapping_parts_are_joined_not_cut_out():
    both = MultiPolygon([square(0, 0, 100), square(50, 0, 100)])
    assert mend("polygon", both).geometries[0].area == pytest.approx(15_000)


def test_empty_shapes_are_left_out():
    problem = only(mend("polygon", Polygon()))
    assert problem.kind == "skipped"
    assert "没有图形" in problem.sentence


def test_wrong_kinds_are_left_out():
    found = mend("polygon", LineString([(0, 0), (9, 9)]), Point(1, 1))
    assert [one.kind for one in found.problems] == ["skipped", "skipped"]
    assert "图形是线，不是面" in found.problems[0].sentence
    assert list(found.geometries) == [None, None]


def test_closed_lines_become_areas():
    found = mend("polygon", LineString(square().exterior.coords))
    assert found.geometries[0].area == pytest.approx(10_000)
    assert "已转成面" in only(found).sentence


def test_of_a_mixture_the_right_kind_stays():
    found = mend("line", GeometryCollection([LineString([(0, 0), (9, 9)]), Point(1, 1)]))
    assert found.geometries[0] == MultiLineString([[(0, 0), (9, 9)]])
    assert "混有别的种类" in only(found).sentence


def test_height_is_dropped_and_said_once():
    found = mend("line", LineString([(0, 0, 5), (9, 9, 5)]), LineString([(0, 0, 5), (9, 9, 5)]))
    assert not shapely.has_z(found.geometries).any()
    assert found.problems == []
    assert "2 个要素带高程" in found.evidence[0].sentence


def test_repeated_corners_go_and_the_shape_stays():
    ring = list(square().exterior.coords)
    found = mend("polygon", Polygon([ring[0], ring[0], *ring[1:]]))
    assert found.geometries[0].equals(square())
    assert "1 个重复的拐点" in only(found).sentence


def test_slivers_go():
    tiny = square(500, 500, 0.05)
    found = mend("polygon", tiny, MultiPolygon([square(), tiny]))
    assert found.geometries[0] is None
    assert found.geometries[1].area == pytest.approx(10_000)
    assert ["面积几乎为零" in found.problems[0].sentence, "碎片" in found.problems[1].sentence] == [True, True]


def test_lines_without_length_go():
    found = mend("line", LineString([(1, 1), (1, 1)]), MultiLineString([[(0, 0), (9, 9)], [(1, 1), (1, 1)]]))
    assert found.geometries[0] is None
    assert found.geometries[1] == MultiLineString([[(0, 0), (9, 9)]])
    assert [one.kind for one in found.problems] == ["skipped", "repaired"]


def test_coordinates_that_are_no_numbers_are_left_out():
    found = mend("point", Point(np.inf, 1), Point(1, 1))
    assert found.geometries[0] is None
    assert "坐标不是数" in only(found).sentence


def test_open_rings_are_closed_when_read():
    corners = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    body = np.array(corners, dtype="<f8").tobytes()
    wkb = b"\x01" + (3).to_bytes(4, "little") + (1).to_bytes(4, "little") + (4).to_bytes(4, "little") + body
    broken = b"\x01" + (3).to_bytes(4, "little") + (1).to_bytes(4, "little") + (1).to_bytes(4, "little") + body[:16]
    geometries, problems = decoded(np.array([wkb, None, broken], dtype=object), ["甲", "乙", "丙"], "甲.shp")
    assert geometries[0].area == 100
    assert [(one.feature, one.kind) for one in problems] == [("甲", "repaired"), ("丙", "skipped")]
    assert "没有闭合" in problems[0].sentence
