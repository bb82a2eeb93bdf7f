"""An office brings its own files, with the faults they have, on the command line: the report says what became of each.

Exit status 0: all in; 1: some left out; 2: refused, and the workspace is as it was.
"""

import csv
import json
import shutil
from pathlib import Path

import geopandas
import numpy as np
import pytest
from fresh import fresh_workspace
from pyproj import Transformer
from shapely import LineString, Point, Polygon, transform

from geohazard_desktop.cli import run
from geohazard_desktop.exchange.gcj02 import gcj02_from_wgs84
from geohazard_desktop.workspace.workspace import Workspace

EAST, NORTH = 36_400_000.0, 4_370_000.0
TO_DEGREES = Transformer.from_crs(4524, 4490, always_xy=True)


@pytest.fixture
def work(tmp_path, district) -> Path:
    path = tmp_path / "本局 2026.gpkg"
    fresh_workspace(path, district).close()
    return path


@pytest.fixture
def command(work, capsys):
    def call(file: Path, layer: str, *words: str) -> tuple[int, dict, str]:
        status = run(["import", str(work), str(file), "--layer", layer, "--json", *words])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else {}, said.err

    return call


def area(east: float, north: float, side: float) -> Polygon:
    corners = [(0, 0), (side, 0), (side, side), (0, side)]
    return Polygon([(EAST + east + x, NORTH + north + y) for x, y in corners])


def degrees(geometry, *, shifted: bool = False):
    def move(points):
        longitude, latitude = TO_DEGREES.transform(points[:, 0], points[:, 1])
        return np.column_stack(gcj02_from_wgs84(longitude, latitude) if shifted else (longitude, latitude))

    return transform(geometry, move)


def write(path: Path, columns: dict, shapes: list, crs: int | None = 4524, **words) -> Path:
    geopandas.GeoDataFrame(columns, geometry=shapes, crs=crs).to_file(path, **words)
    return path


def test_an_office_fills_an_empty_workspace_from_its_own_files(work, command, tmp_path):
    """District from a shifted atlas, mined-out areas from old software, a river, a list: every layer stands."""
    atlas = write(tmp_path / "区界.geojson", {"name": ["示例区"]}, [degrees(area(0, 0, 9000), shifted=True)], 4326)
    status, report, _error = command(atlas, "district", "--crs", "GCJ02")
    assert (status, report["imported"], report["crs"]) == (0, 1, "GCJ-02")
    with Workspace.open(work) as ws:
        outline = ws.table("district").geometries[0]
        assert outline.symmetric_difference(area(0, 0, 9000)).area < 200  # of 81 km²

    shp = write(
        tmp_path / "采空区.shp",
        {"矿名": ["示例煤矿", "二号示例矿", "三号"], "采深": [120, 98, 7], "目前状态": ["活动", "已治理", "不明"]},
        [area(1000, 1000, 300), area(2000, 1000, 300), None],
        encoding="GBK",
    )
    shp.with_suffix(".cpg").unlink()
    status, report, _error = command(shp, "subsidence_area")
    assert status == 1
    assert (report["imported"], report["skipped"], report["encoding"]) == (2, 1, "GBK")
    assert "采空区.shp 第 3 个要素" in report["problems"][0]["sentence"]

    river = write(
        tmp_path / "河.gpkg", {"名称": ["示例河"]}, [LineString([(EAST, NORTH), (EAST + 900, NORTH + 900)])], layer="河"
    )
    assert command(river, "river", "--set", "seasonal=是")[0] == 0
    with (tmp_path / "隐患点.csv").open("w", encoding="gbk", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(["统一编号", "名称", "灾害类型", "X", "Y"])
        out.writerow(["990101040001", "示例塌陷", "塌陷", NORTH + 1200, EAST + 1200])
    status, report, _error = command(tmp_path / "隐患点.csv", "hazard_point")
    assert (status, report["imported"], report["encoding"], report["crs"]) == (0, 1, "GBK", "EPSG:4524")
    with Workspace.open(work) as ws:
        assert [ws.count(one) for one in ("district", "subsidence_area", "river", "hazard_point")] == [1, 2, 1, 1]
        assert next(iter(ws.table("river")))["seasonal"] is True
        assert len(ws.history()) == 5
        assert ws.verify_history() == []


@pytest.mark.filterwarnings("ignore:.crs. was not provided")
def test_what_is_refused_changes_nothing(work, command, tmp_path):
    line = LineString([(EAST, NORTH), (EAST + 9, NORTH)])
    cases = [
        (write(tmp_path / "点.shp", {"名称": ["甲"]}, [Point(EAST, NORTH)], None), "place", "没有坐标系"),
        (
            write(tmp_path / "线.gpkg", {"名称": ["甲"]}, [line]),
            "water",
            "线",
        ),
        (write(tmp_path / "区.gpkg", {"等级": ["高"]}, [area(0, 0, 9)]), "susceptibility_zone", "易发程度"),
        (tmp_path / "没有.gpkg", "water", "找不到"),
        (shutil.copy(__file__, tmp_path / "假.gpkg"), "water", "不是 GeoPackage"),
    ]
    before = work.read_bytes()
    for file, layer, says in cases:
        status, report, error = command(Path(file), layer)
        assert (status, report) == (2, {})
        assert Path(file).name in error
        assert says in error
        assert "Traceback" not in error
        assert error.strip().endswith("。")
    assert command(tmp_path / "没有.gpkg", "不存在")[0] == 2
    assert work.read_bytes() == before


def test_repairs_are_listed_and_are_no_failure(command, tmp_path):
    knot = Polygon([(EAST, NORTH), (EAST + 100, NORTH + 100), (EAST + 100, NORTH), (EAST, NORTH + 100)])
    file = write(tmp_path / "危险区.gpkg", {"灾种": ["滑坡"], "名称": ["示例沟口"]}, [knot])
    status, report, _error = command(file, "danger_zone")
    assert (status, report["imported"], report["repaired"], report["skipped"]) == (0, 1, 1, 0)
    assert report["problems"] == [{"feature": "第 1 个要素（示例沟口）", "sentence": report["problems"][0]["sentence"]}]
    assert "边线自己交叉了" in report["problems"][0]["sentence"]


def test_wrong_names_are_mapped_by_hand(command, tmp_path):
    file = write(tmp_path / "区.gpkg", {"DJ": ["高", "低"], "QM": ["甲", "乙"]}, [area(0, 0, 9), area(50, 0, 9)])
    assert command(file, "susceptibility_zone")[0] == 2
    status, report, _error = command(file, "susceptibility_zone", "--map", "class=DJ", "--map", "名称=QM")
    assert (status, report["imported"]) == (0, 2)


def test_some_of_a_file(command, tmp_path):
    file = write(tmp_path / "区.gpkg", {"name": ["示例区", "邻区"]}, [area(0, 0, 900), area(900, 0, 900)])
    status, report, _error = command(file, "district", "--only", "name=示例区")
    assert (status, report["imported"], report["skipped"]) == (0, 1, 0)
    assert any("另外 1 个没有读" in one for one in report["evidence"])


def test_words_for_people(work, tmp_path, capsys):
    file = write(tmp_path / "水.gpkg", {"名称": ["甲", "乙"]}, [area(0, 0, 9), Polygon()])
    assert run(["import", str(work), str(file), "--layer", "water"]) == 1
    said = capsys.readouterr().out
    assert "已导入 1 个到“水面”，其中修复 0 个，跳过 1 个。" in said
    assert "第 2 个要素（乙）" in said


def test_empty_tables_for_offices(tmp_path, capsys):
    assert run(["template", "household", "--out", str(tmp_path / "住户.xlsx")]) == 0
    assert (tmp_path / "住户.xlsx").stat().st_size > 3000
    assert run(["template", "river", "--out", str(tmp_path / "河.xlsx")]) == 2
    assert "没有“river”的空表" in capsys.readouterr().err
