"""GPX: waypoints, routes and tracks are chosen from like layers; a track keeps its words, its start and its end."""

from pathlib import Path

import pytest

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.contents import layers_inside
from geohazard_desktop.exchange.importer import import_file
from geohazard_desktop.exchange.source import open_source

HEAD = '<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'


def place(tag: str, longitude: object, latitude: object, inside: str = "") -> str:
    return f'<{tag} lat="{latitude}" lon="{longitude}">{inside}</{tag}>'


TRACK = (
    "<trk><name>撤离走线</name><type>徒步</type><trkseg>"
    + place("trkpt", 106.70, 39.50, "<ele>1100</ele><time>2026-07-18T00:00:00Z</time>")
    + place("trkpt", 106.71, 39.50, "<ele>1101</ele><time>2026-07-18T00:10:00Z</time>")
    + "</trkseg><trkseg>"
    + place("trkpt", 106.72, 39.50)
    + "</trkseg><trkseg>"
    + place("trkpt", 106.73, 39.50)
    + place("trkpt", 106.74, 39.50)
    + "</trkseg></trk>"
)


def write(path: Path, *inside: str) -> Path:
    path.write_text(HEAD + "".join(inside) + "</gpx>", encoding="utf-8")
    return path


@pytest.fixture
def outing(tmp_path: Path) -> Path:
    waypoint = place("wpt", 106.7, 39.5, "<ele>1100.5</ele><name>裂缝一</name><desc>长 20 米</desc><sym>Flag</sym>")
    route = f"<rte><name>计划</name>{place('rtept', 106.70, 39.5)}{place('rtept', 106.71, 39.5)}</rte>"
    return write(tmp_path / "外业.gpx", waypoint, route, TRACK)


def test_waypoints_routes_and_tracks_are_chosen_from(outing):
    assert layers_inside(outing) == ["航点", "航线", "轨迹"]
    with pytest.raises(ImportRefused, match="3 个图层"):
        open_source(outing)
    points = open_source(outing, layer="航点")
    assert points.row(0) == {"名称": "裂缝一", "说明": "长 20 米", "GPX 符号": "Flag"}
    assert points.geometries[0].z == 1100.5
    assert open_source(outing, layer="航线").geometries[0].geom_type == "LineString"
    assert points.crs.to_epsg() == 4326


def test_a_track_keeps_its_segments_and_says_what_it_left(outing):
    table = open_source(outing, layer="轨迹")
    assert [len(one.coords) for one in table.geometries[0].geoms] == [2, 2]
    assert table.row(0) == {
        "名称": "撤离走线",
        "GPX 类型": "徒步",
        "开始时间": "2026-07-18T00:00:00Z",
        "结束时间": "2026-07-18T00:10:00Z",
    }
    told = "".join(one.sentence for one in table.evidence)
    assert "1 段只有一个点" in told
    assert "1 条轨迹各点的时间没有导入" in told


def test_a_track_becomes_a_route_in_one_step(outing, workspace):
    report = import_file(workspace, outing, "evacuation_route", source_layer="轨迹")
    assert (report.imported, report.crs) == (1, "EPSG:4326")
    assert next(iter(workspace.table("evacuation_route")))["name"] == "撤离走线"
    workspace.undo()
    assert workspace.count("evacuation_route") == 0


def test_bad_places_are_told_with_the_track_and_bad_files_with_a_sentence(tmp_path):
    path = write(
        tmp_path / "坏.gpx",
        f"<trk><name>甲</name><trkseg>{place('trkpt', 106.7, '')}{place('trkpt', 106.7, 39.6)}</trkseg></trk>",
        "<trk><name>空</name></trk>",
    )
    table = open_source(path)
    assert [one.sentence.split("，")[0] for one in table.problems] == [
        "坏.gpx 第 1 个轨迹：坐标“lon=106.7 lat=”或它的高程读不懂",
        "坏.gpx 第 2 个轨迹：线上只有 0 个点",
    ]
    path.write_text(HEAD, encoding="utf-8")
    with pytest.raises(ImportRefused, match="可能没有拷完整"):
        open_source(path)
    with pytest.raises(ImportRefused, match="没有点、线、面"):
        open_source(write(path))
