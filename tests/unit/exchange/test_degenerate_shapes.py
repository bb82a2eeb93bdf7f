"""Rings that are none, coordinates that are no numbers, degrees said to be metres: told, and the rest comes in."""

import json
import struct
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from look_alikes import TO_DEGREES, square
from look_alikes import in_degrees as degrees

from geohazard_desktop.checks.run import check
from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.importer import import_file, plan_import
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

GOOD = [list(one) for one in degrees(square()).exterior.coords]
CORNER = GOOD[0]


def geojson(path, *polygons):
    features = [
        {"type": "Feature", "properties": {"名称": f"坡{at + 1}"}, "geometry": {"type": kind, "coordinates": rings}}
        for at, (kind, rings) in enumerate(polygons)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.mark.parametrize("ring", [[CORNER] * 4, [CORNER, GOOD[2], CORNER, CORNER], [CORNER, GOOD[1], CORNER]])
def test_one_ring_that_encloses_nothing_does_not_stop_the_others(ws, tmp_path, ring):
    path = geojson(tmp_path / "甲.geojson", ("Polygon", [GOOD]), ("Polygon", [ring]))
    report = import_file(ws, path, "waste_heap")
    assert (report.imported, report.skipped) == (1, 1)
    (problem,) = report.problems
    assert problem.sentence.startswith("甲.geojson 第 2 个要素（坡2）：")
    assert problem.sentence.endswith("围不成面，没有导入。请在源文件里删去或重画。")


def test_of_a_feature_only_the_ring_that_is_none_goes(ws, tmp_path):
    path = geojson(tmp_path / "甲.geojson", ("MultiPolygon", [[GOOD, [CORNER] * 4], [[CORNER] * 5]]))
    report = import_file(ws, path, "waste_heap")
    assert (report.imported, report.repaired) == (1, 1)
    assert "有 2 圈边线上不同的拐点不到 3 个，围不成面，已去掉" in report.problems[0].sentence
    (stored,) = ws.table("waste_heap")
    assert stored.geometry.area == pytest.approx(10_000)


def test_a_coordinate_that_is_no_number_is_named_and_no_warning_of_python_is_seen(ws, tmp_path):
    broken = [*GOOD[:2], [float("nan"), CORNER[1]], *GOOD[3:]]
    path = geojson(tmp_path / "甲.geojson", ("Polygon", [broken]), ("Polygon", [GOOD]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = import_file(ws, path, "waste_heap")
    (problem,) = report.problems
    assert problem.sentence == (
        "甲.geojson 第 1 个要素（坡1）：第 3 个拐点的坐标不是数（NaN 或无穷大），没有导入。请在源文件里改正再导入。"
    )
    assert report.imported == 1


def test_a_line_does_not_lose_a_corner_that_is_no_number_in_silence(ws, tmp_path):
    path = geojson(tmp_path / "甲.geojson", ("LineString", [CORNER, [float("nan"), 1], GOOD[2]]))
    with pytest.raises(ImportRefused, match="第 2 个拐点的坐标不是数"):
        import_file(ws, path, "road")


@pytest.mark.parametrize("turned", [False, True])
def test_degrees_said_to_be_metres_are_a_wrong_crs_and_not_tiny_areas(ws, tmp_path, turned):
    ring = [one[::-1] for one in GOOD] if turned else GOOD
    path = geojson(tmp_path / "甲.geojson", ("Polygon", [ring]))
    with pytest.raises(ImportRefused, match="坐标系多半不对。按数值看，像是 EPSG:4490（经纬度"):
        import_file(ws, path, "waste_heap", epsg=4524)


def test_the_checks_stand_a_ring_that_shrinks_to_nothing(ws):
    ws.apply(Edit("画渣堆", [inserted(Feature("waste_heap", new_uid(), square(side=0.001), {"name": "坡"}))]))
    (finding,) = [one for one in check(ws) if one.rule == "duplicate_corners"]
    assert (finding.layer, finding.fix) == ("waste_heap", "")  # nothing would be left: it is not offered to thin it


# -- whatever rings a file holds -------------------------------------------------------------------------------------

_PLACES = st.sampled_from([tuple(one) for one in GOOD[:4]] + [tuple(TO_DEGREES.transform(36_401_050.0, 4_371_050.0))])
_RINGS = st.lists(_PLACES, min_size=0, max_size=6).map(lambda ring: [*ring, *ring[:1]])
_POLYGONS = st.lists(_RINGS, min_size=0, max_size=3)
_MULTIS = st.lists(_POLYGONS, min_size=0, max_size=3)


def wkb(multi) -> bytes:
    """As GDAL reads it: rings as they are, however short."""
    body = struct.pack("<BII", 1, 6, len(multi))
    for polygon in multi:
        body += struct.pack("<BII", 1, 3, len(polygon))
        for ring in polygon:
            body += struct.pack("<I", len(ring)) + b"".join(struct.pack("<2d", *one) for one in ring)
    return body


def write(path, shapes):
    """The shapes and one good square as the last feature, in the format of the file's name."""
    if path.suffix == ".geojson":
        return geojson(path, *(("MultiPolygon", one) for one in shapes), ("Polygon", [GOOD]))
    import numpy as np
    import pyogrio

    bodies = np.array([wkb(one) for one in (*shapes, [[GOOD]])], dtype=object)
    names = np.array([f"坡{at + 1}" for at in range(len(bodies))], dtype=object)
    drivers = {".shp": "ESRI Shapefile", ".gpkg": "GPKG"}
    pyogrio.raw.write(
        path, bodies, [names], ["名称"], crs="EPSG:4490", geometry_type="MultiPolygon", driver=drivers[path.suffix],
        encoding="UTF-8",
    )  # fmt: skip
    return path


@pytest.mark.parametrize("suffix", [".geojson", ".shp", ".gpkg"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(shapes=st.lists(_MULTIS, min_size=1, max_size=3))
def test_whatever_rings_a_file_holds_the_good_square_comes_in_and_each_other_is_told(
    ws, tmp_path_factory, suffix, shapes
):
    path = write(tmp_path_factory.mktemp("rings") / f"甲{suffix}", shapes)
    plan = plan_import(ws, open_source(path), "waste_heap")
    report = plan.report
    assert report.imported + report.skipped == len(shapes) + 1
    assert f"坡{len(shapes) + 1}" in {one["name"] for one in plan.features} or any(
        "一样" in one.sentence for one in report.problems
    )
    told = {one.row for one in report.problems if one.kind == "skipped"}
    assert len(told) == report.skipped
    assert all(one.geometry.is_valid and one.geometry.area > 0 for one in plan.features)
