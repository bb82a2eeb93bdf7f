"""A layer that leaves: the same shapes and values come back, nothing personal goes along, nothing is lost unsaid."""

import csv
import errno
import math
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely
from fresh import fresh_workspace
from hypothesis import given
from hypothesis import strategies as st
from look_alikes import EAST, NORTH
from pyproj import CRS
from shapely import LineString, MultiPoint, Point, Polygon, box

from geohazard_desktop.common import whole_files
from geohazard_desktop.common.errors import ExportRefused, UsageWrong
from geohazard_desktop.domain.district import read_district
from geohazard_desktop.exchange.crs import mover
from geohazard_desktop.exchange.importer import plan_import
from geohazard_desktop.exchange.layer_export import WRITERS, export_layer
from geohazard_desktop.exchange.layer_order import FORMATS, LayerOrder, LayerReport, format_of
from geohazard_desktop.exchange.layer_rows import Leaving
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.workspace import blob
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits import create_features
from geohazard_desktop.workspace.feature import Edit, Feature, FeatureTable, inserted, new_uid
from geohazard_desktop.workspace.workspace import Workspace

TENTH_OF_A_MILLIMETRE = 1e-4
HOSTILE = "# $ \\ <script>alert('1')</script> & \"引号\" 㐂 𠮷 ᠮᠣᠩᠭᠣᠯ 😀 %%u"
LONG = "长" * 300
ZONES = [
    {
        "id": "SL-W-0001",
        "name": HOSTILE,
        "source": "示意",
        "hazard_type": "滑坡",
        "reason": LONG,
        "must_move_people": 12,
        "potential_loss_wan": 0.1,
        "surveyed_on": "2026-07-18",
        "schematic": True,
        "patrol_person": "甲某某",
        "patrol_phone": "139 0000 0001",
        "remark": "找甲某某，电话 13900000001",
    },
    {"id": "SL-W-0002", "hazard_type": "崩塌", "schematic": False, "source": "示意"},
    {"id": "SL-W-0003", "name": "没有图形", "hazard_type": "崩塌"},
]


def zone(east: float = 0, north: float = 0) -> Polygon:
    shell = [(0, 0), (100.1234567, 0), (120, 90.5), (0, 80)]
    hole = [(20, 20), (40, 20), (40, 40), (20, 40)]
    return Polygon(
        [(EAST + east + x, NORTH + north + y) for x, y in shell],
        [[(EAST + east + x, NORTH + north + y) for x, y in hole]],
    )


@pytest.fixture
def zones(ws):
    shapes = [shapely.MultiPolygon([zone(1000, 1000), zone(2000, 1000)]), zone(3000, 3000), None]
    features = [Feature("danger_zone", new_uid(), shape, values) for shape, values in zip(shapes, ZONES, strict=True)]
    # As another program would have stored them: an edit of ours refuses a zone without a shape.
    ws.apply(Edit("放进", [inserted(one) for one in features]))
    return ws


def ordered(form: str, **more) -> LayerOrder:
    return LayerOrder(more.pop("layer", "danger_zone"), form, more.pop("profile", "internal"), **more)


def came_back(path: Path, layer: str, target: Workspace, *, epsg: int | None = None) -> list[Feature]:
    return plan_import(target, open_source(path, epsg=epsg), layer).features


@pytest.fixture
def elsewhere(tmp_path, district):
    """A second office's workspace, with the same district."""
    with fresh_workspace(tmp_path / "别处.gpkg", district) as found:
        outline = box(EAST, NORTH, EAST + 10_000, NORTH + 10_000)
        found.apply(create_features(found.definitions, [Feature("district", new_uid(), outline, {"name": "示例区"})]))
        yield found


@pytest.mark.parametrize("form", ["gpkg", "shp", "shp-utf8", "geojson"])
@pytest.mark.parametrize("titles", [True, False])
def test_what_leaves_comes_back_the_same(zones, elsewhere, tmp_path, form, titles):
    path = tmp_path / f"区 & #1{FORMATS[form].suffix}"
    report = export_layer(zones, ordered(form, titles=titles), path)
    assert (report.features, report.files[-1]) == (3, path)
    assert any("1 个没有图形" in one for one in report.notes)
    found = {one["id"]: one for one in came_back(path, "danger_zone", elsewhere)}
    for before in list(zones.table("danger_zone"))[:2]:
        after = found[before["id"]]
        assert after.uid == before.uid, "whoever brings it back keeps its identity"
        assert shapely.hausdorff_distance(before.geometry, after.geometry) < TENTH_OF_A_MILLIMETRE
        assert shapely.get_num_geometries(after.geometry) == shapely.get_num_geometries(before.geometry)
        names = [one.name for one in zones.definition("danger_zone").fields]
        cut = {"reason"} if form.startswith("shp") else set()
        differing = {name for name in names if before[name] != after[name] and name not in cut}
        assert not differing
    if form in ("gpkg", "shp"):
        same = [one.geometry.normalize() for one in (found["SL-W-0001"], zone_of(zones, 0))]
        assert same[0].equals_exact(same[1], 0.0), "to the last bit"


def zone_of(ws: Workspace, at: int) -> Feature:
    return ws.table("danger_zone").feature(at)


def test_every_layer_of_the_demo_comes_back_the_same(demo_path, tmp_path):
    with Workspace.open(demo_path, read_only=True) as demo:
        filled = [one for one in demo.definitions.values() if not one.helper and one.geometry != "none"]
        filled = [one.table for one in filled if demo.count(one.table)]
        assert len(filled) > 20
        meant = {field.target for one in filled for field in demo.definition(one).fields if field.target}
        # What others refer to stands in the target; what is looked at does not: it would be there already.
        with target_of(demo, meant, tmp_path / "一起.gpkg") as bare:
            for layer in filled:
                if layer not in meant:
                    compare(demo, layer, bare, tmp_path)
        for layer in meant & set(filled):
            with target_of(demo, meant - {layer}, tmp_path / f"{layer}.target.gpkg") as bare:
                compare(demo, layer, bare, tmp_path)


def target_of(demo: Workspace, layers: set[str], path: Path) -> Workspace:
    made = Workspace.create(path, read_district())
    features = [one for layer in sorted(layers | {"district"}) for one in demo.table(layer)]
    made.apply(Edit("别的图层", [inserted(one) for one in features]))
    return made


def compare(demo: Workspace, layer: str, bare: Workspace, folder: Path) -> None:
    told = list(demo.table(layer))[:60]
    for form in ("gpkg", "shp", "geojson"):
        path = folder / f"{layer}{FORMATS[form].suffix}"
        export_layer(demo, ordered(form, layer=layer, uids=tuple(one.uid for one in told)), path)
        found = {one.uid: one for one in came_back(path, layer, bare)}
        assert layer == "district" or len(found) == len(told)
        for before in told if layer != "district" else ():
            after = found[before.uid]
            assert shapely.hausdorff_distance(before.geometry, after.geometry) < TENTH_OF_A_MILLIMETRE, (layer, form)
            for one in demo.definition(layer).fields:
                assert before[one.name] == after[one.name], (layer, form, one.name)


def test_text_too_long_for_a_shapefile_is_cut_between_characters_and_told(zones, tmp_path):
    path = tmp_path / "区.shp"
    report = export_layer(zones, ordered("shp"), path)
    assert path.with_suffix(".cpg").read_text() == "GB18030"
    assert path.with_suffix(".dbf").read_bytes()[29] == 0x4D
    table = open_source(path)
    assert table.columns["划定理由"][0] == "长" * 127
    assert any("1 格截短了（划定理由）" in one for one in report.notes)
    whole = list(csv.reader((tmp_path / "区_全文.csv").open(encoding="utf-8-sig", newline="")))
    assert whole[1] == ["1", "SL-W-0001", "划定理由", LONG]
    names = list(csv.reader((tmp_path / "区_列名对照.csv").open(encoding="utf-8-sig", newline="")))
    assert all(len(row[0].encode("gb18030")) <= 10 for row in names[1:])
    assert len({row[0] for row in names[1:]}) == len(names) - 1
    assert table.columns["巡查责任人电话"][0] == "139 0000 0001", "whole names come back from the file beside"
    assert any("GBK 没有的字" in one for one in report.notes)


@pytest.mark.parametrize("form", list(FORMATS))
def test_nothing_personal_leaves_in_public(zones, tmp_path, form):
    path = tmp_path / f"区{FORMATS[form].suffix}"
    report = export_layer(zones, ordered(form, profile="public"), path)
    assert report.left_out == ["巡查责任人", "巡查责任人电话"]
    assert any("1 处文字里的人名或电话盖成了" in one for one in report.notes)
    for one in report.files:
        content = one.read_bytes()
        if one.suffix == ".xlsx":
            sheet = openpyxl.load_workbook(one)
            content = "".join(str(cell.value) for page in sheet for row in page for cell in row).encode()
        for word in ("甲某某", "13900000001", "139 0000 0001", zone_of(zones, 0).uid):
            for codec in ("utf-8", "gb18030", "utf-16-le"):
                assert word.encode(codec) not in content, (one.name, word)


def test_homes_and_people_stay_in_the_office(ws, tmp_path):
    ws.apply(
        create_features(
            ws.definitions,
            [
                Feature(
                    "household",
                    new_uid(),
                    Point(EAST + 5, NORTH + 5),
                    {"id": "SL-H-0001", "head": "乙某某", "at_home": "夜里没人"},
                )
            ],
        )
    )
    ws.apply(create_features(ws.definitions, [Feature("person", new_uid(), None, {"name": "丙某某"})]))
    with pytest.raises(ExportRefused, match="整层都是个人信息"):
        export_layer(ws, ordered("xlsx", layer="person", profile="public"), tmp_path / "人.xlsx")
    with pytest.raises(ExportRefused, match="位置就是住址"):
        export_layer(ws, ordered("gpkg", layer="household", profile="public"), tmp_path / "户.gpkg")
    report = export_layer(ws, ordered("csv", layer="household", profile="public"), tmp_path / "户.csv")
    text = (tmp_path / "户.csv").read_text(encoding="utf-8-sig")
    assert "SL-H-0001" in text
    assert "北" not in text
    assert "夜里没人" not in text
    assert not report.coordinates
    with pytest.raises(UsageWrong, match="没有图形"):
        export_layer(ws, ordered("kml", layer="person"), tmp_path / "人.kml")


def test_numbers_for_people_stay_texts_in_tables(ws, elsewhere, tmp_path):
    values = {"id": "0012345678", "unified_code": "990101010001", "name": "=1+1", "hazard_type": "滑坡"}
    values |= {"threatened_people": 3, "closed_on": "2026-07-18", "schematic": True}
    ws.apply(
        create_features(ws.definitions, [Feature("hazard_point", new_uid(), Point(EAST + 1.5, NORTH + 2.25), values)])
    )
    path = tmp_path / "点.xlsx"
    export_layer(ws, ordered("xlsx", layer="hazard_point"), path)
    sheet = openpyxl.load_workbook(path)["隐患点"]
    row = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (row["编号"].value, row["编号"].number_format) == ("0012345678", "@")
    assert row["名称"].data_type == "s"
    assert (row["X（北）"].value, row["Y（东）"].value) == (NORTH + 2.25, EAST + 1.5)
    back = came_back(path, "hazard_point", elsewhere, epsg=4524)[0]
    assert all(back[name] == value for name, value in values.items())
    table = tmp_path / "点.csv"
    report = export_layer(ws, ordered("csv", layer="hazard_point"), table)
    assert table.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel knows UTF-8 by its mark"
    assert '"0012345678"' in table.read_text(encoding="utf-8-sig")
    assert table.with_suffix(".csvt").read_text().startswith('"String","String"')
    assert any("丢掉开头的 0" in one for one in report.notes)
    back = came_back(table, "hazard_point", elsewhere, epsg=4524)[0]
    assert back["unified_code"] == "990101010001"
    assert shapely.hausdorff_distance(back.geometry, Point(EAST + 1.5, NORTH + 2.25)) < TENTH_OF_A_MILLIMETRE


def test_shapes_of_tables_are_wkt_in_the_system_asked_for(zones, tmp_path):
    path = tmp_path / "区.csv"
    export_layer(zones, ordered("csv", epsg=4490), path)
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    shape = shapely.from_wkt(rows[1]["WKT"])
    assert shape.geom_type == "Polygon"
    assert 106 < shape.centroid.x < 109
    assert rows[2]["WKT"] == ""
    export_layer(zones, ordered("csv", coordinates=False), tmp_path / "表.csv")
    assert "WKT" not in (tmp_path / "表.csv").read_text(encoding="utf-8-sig")


def test_a_kml_says_names_and_attributes_whatever_stands_in_them(zones, tmp_path):
    path = tmp_path / "区.kml"
    report = export_layer(zones, ordered("kml"), path)
    assert report.features == 2
    assert any("1 个没有图形的没有写" in one for one in report.notes)
    space = {"k": "http://www.opengis.net/kml/2.2"}
    places = ElementTree.parse(path).getroot().findall(".//k:Placemark", space)
    assert places[0].find("k:name", space).text == HOSTILE
    assert "&lt;script&gt;" in places[0].find("k:description", space).text
    assert places[1].find("k:name", space).text == "SL-W-0002"
    assert len(places[0].findall(".//k:innerBoundaryIs", space)) == 2
    assert pyogrio.read_info(path)["features"] == 2


def test_a_drawing_has_a_layer_for_each_class_and_chinese_that_cad_reads(zones, tmp_path):
    path = tmp_path / "区.dxf"
    report = export_layer(zones, ordered("dxf"), path)
    raw = path.read_bytes()
    assert raw.decode("cp936").count("\r\n") == raw.count(b"\n")
    assert b"AC1015" in raw
    assert "拟划的危险区".encode("gbk") in raw
    text = raw.decode("cp936")
    assert "\\U+D842\\U+DFB7" in text, "what 16 bits don't hold is a pair"
    assert "% %u" in text
    lines = text.split("\r\n")
    numbers = [value for code, value in zip(lines[::2], lines[1::2], strict=False) if 10 <= int(code or 0) <= 59]
    assert all(math.isfinite(float(one)) for one in numbers), "groups 10 to 59 are numbers"
    meta, _fids, wkb, values = pyogrio.raw.read(path)
    layers = dict(zip(meta["fields"], values, strict=True))["Layer"]
    assert list(layers).count("危险区-拟划的危险区") == 6, "three areas and their three holes"
    shapes = [shapely.from_wkb(one) for one in wkb]
    corner = min(shapely.get_coordinates(shapes[0]).tolist())
    assert math.dist(corner, (EAST + 1000, NORTH + 1000)) < TENTH_OF_A_MILLIMETRE
    assert any("1 个没有图形的没有写" in one for one in report.notes)
    assert any("3 个洞" in one for one in report.notes)
    with pytest.raises(UsageWrong, match="CAD 图用米"):
        export_layer(zones, ordered("dxf", epsg=4490), path)
    assert path.read_bytes() == raw


def test_lines_of_a_drawing_come_back_through_our_own_importer(ws, elsewhere, tmp_path):
    line = LineString([(EAST + 1, NORTH + 1), (EAST + 50.1234, NORTH + 80)])
    ws.apply(create_features(ws.definitions, [Feature("river", new_uid(), line, {"name": "示例沟"})]))
    path = tmp_path / "河.dxf"
    export_layer(ws, ordered("dxf", layer="river"), path)
    chosen = next(one for one in ("河道中心线-河道", "河道中心线") if one in path.read_bytes().decode("cp936"))
    found = plan_import(elsewhere, open_source(path, layer=chosen, epsg=4524), "river").features
    assert shapely.hausdorff_distance(found[0].geometry, line) < TENTH_OF_A_MILLIMETRE


def test_only_what_is_chosen_or_in_sight_leaves(zones, tmp_path):
    chosen = zone_of(zones, 1).uid
    report = export_layer(zones, ordered("gpkg", uids=(chosen,)), tmp_path / "选.gpkg")
    assert report.features == 1
    seen = (EAST + 900, NORTH + 900, EAST + 1300, NORTH + 1300)
    report = export_layer(zones, ordered("gpkg", bounds=seen), tmp_path / "见.gpkg")
    assert report.features == 1
    assert "不是整层" in (tmp_path / "见_gpkg_说明.txt").read_text(encoding="utf-8-sig")
    # In a hole, and beside the shape within its box: the boxes meet, the shapes don't.
    hole = (EAST + 1025, NORTH + 1025, EAST + 1035, NORTH + 1035)
    with pytest.raises(ExportRefused, match="没有要导出的要素"):
        export_layer(zones, ordered("gpkg", bounds=hole), tmp_path / "洞.gpkg")
    assert not (tmp_path / "洞.gpkg").exists()


def test_field_names_carry_their_titles_as_the_standard_says(zones, tmp_path):
    path = tmp_path / "区.gpkg"
    export_layer(zones, ordered("gpkg", titles=False), path)
    with closing(sqlite3.connect(path)) as sql:
        told = dict(sql.execute("SELECT column_name, name FROM gpkg_data_columns WHERE table_name = 'danger_zone'"))
    assert told["must_move_people"] == "需转移人数（人）"


def test_broken_corners_are_told_and_the_attributes_leave(zones, tmp_path):
    broken = shapely.MultiPolygon([Polygon([(EAST, NORTH), (math.nan, NORTH), (EAST + 5, NORTH + 9)])])
    crossing = [(EAST, NORTH), (EAST + 9, NORTH + 9), (EAST + 9, NORTH), (EAST, NORTH + 9)]
    stored_by_others(zones, {"SL-W-0001": broken, "SL-W-0002": shapely.MultiPolygon([Polygon(crossing)])})
    report = export_layer(zones, ordered("gpkg"), tmp_path / "错.gpkg")
    assert report.features == 3
    assert any("坐标不是数" in one and "SL-W-0001" in one for one in report.notes)
    assert any("自己相交" in one and "SL-W-0002" in one for one in report.notes)
    shapes = open_source(tmp_path / "错.gpkg").geometries
    assert [one is None for one in shapes] == [True, False, True]


def stored_by_others(ws: Workspace, shapes: dict[str, shapely.Geometry]) -> None:
    """What another program wrote, past the edits that would refuse it."""
    with closing(sqlite3.connect(ws.path)) as sql, sql:
        blob.register(sql)
        for number, shape in shapes.items():
            sql.execute("UPDATE danger_zone SET geom = ? WHERE id = ?", (blob.encode(shape, ws.epsg), number))
    ws.poll()


def test_a_full_disk_leaves_what_was_there(zones, tmp_path, monkeypatch):
    path = tmp_path / "区.shp"
    export_layer(zones, ordered("shp"), path)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir() if one.name.startswith("区")}
    moved = os.replace

    def refuse(source, target):
        if Path(target).name == "区.dbf" and ".part" in str(source) and "before" not in str(source):
            raise OSError(errno.ENOSPC, "full")
        moved(source, target)

    monkeypatch.setattr(whole_files.os, "replace", refuse)
    with pytest.raises(ExportRefused, match=r"没有写成 区\.dbf：磁盘满了"):
        export_layer(zones, ordered("shp", uids=(zone_of(zones, 1).uid,)), path)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir() if one.name.startswith("区")} == before
    assert not list(tmp_path.glob(".*"))


def test_a_stop_leaves_nothing(zones, tmp_path):
    class Stopped(Exception):
        pass

    def stop(_done, _all, _words=""):
        raise Stopped

    with pytest.raises(Stopped):
        export_layer(zones, ordered("gpkg"), tmp_path / "停.gpkg", stop)
    assert not list(tmp_path.glob("停*"))
    assert not list(tmp_path.glob(".*"))


def test_a_workspace_is_never_written_over(zones, elsewhere, tmp_path):
    for path in (zones.path, elsewhere.path):
        with pytest.raises(ExportRefused, match="是工作文件，不能盖掉"):
            export_layer(zones, ordered("gpkg"), path)
    assert zones.count("danger_zone") == 3


def test_the_name_and_the_encoding_say_the_format():
    assert format_of(Path("a.SHP")).key == "shp"
    assert format_of(Path("a.shp"), "utf-8").key == "shp-utf8"
    assert format_of(Path("a.csv"), "GBK").key == "csv-gb18030"
    assert format_of(Path("a.json")).key == "geojson"
    with pytest.raises(UsageWrong, match="不能导出成"):
        format_of(Path("a.tab"))
    with pytest.raises(UsageWrong, match="不能按编码"):
        format_of(Path("a.shp"), "big5")


PLACES = st.floats(0, 9000, allow_nan=False).map(lambda one: round(one, 4))


@st.composite
def areas(draw):
    made = []
    for _part in range(draw(st.integers(1, 3))):
        spots = draw(st.lists(st.tuples(PLACES, PLACES), min_size=4, max_size=12, unique=True))
        hull = MultiPoint([(EAST + 500 + x, NORTH + 500 + y) for x, y in spots]).convex_hull
        if hull.geom_type == "Polygon" and hull.area > 1:
            hole = hull.buffer(-5).intersection(hull.centroid.buffer(2, quad_segs=2))
            made.append(hull.difference(hole) if hole.geom_type == "Polygon" and not hole.is_empty else hull)
    shape = shapely.union_all(made) if made else box(EAST, NORTH, EAST + 1, NORTH + 1)
    return shapely.MultiPolygon([one for one in shapely.get_parts(shape) if one.geom_type == "Polygon"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("任意图形")


@given(shapes=st.lists(areas(), min_size=1, max_size=3), form=st.sampled_from(["gpkg", "shp", "geojson"]))
def test_any_shape_comes_back(folder, shapes, form):
    order = LayerOrder("danger_zone", form)
    plane = CRS.from_epsg(4524)
    target = CRS.from_epsg(order.format.epsg or 4524)
    table = FeatureTable.of("danger_zone", [Feature("danger_zone", new_uid(), one, {}) for one in shapes])
    moved = np.array(shapes, dtype=object)
    if target != plane:
        moved = shapely.transform(moved, mover(plane, target))
    found = Leaving(read_definitions()["danger_zone"], target, table.uids, [], moved, table)
    path = folder / f"{new_uid()}{order.format.suffix}"
    WRITERS[form](found, order, path, LayerReport(""))
    source = open_source(path)
    back = source.geometries if target == plane else shapely.transform(source.geometries, mover(target, plane))
    for before, after in zip(shapes, back, strict=True):
        assert shapely.hausdorff_distance(before, after) < TENTH_OF_A_MILLIMETRE
        assert shapely.get_num_coordinates(before) == shapely.get_num_coordinates(after)
        assert abs(before.area - after.area) < TENTH_OF_A_MILLIMETRE * before.length


def test_the_look_goes_along_under_the_columns_of_the_file(demo_path, tmp_path):
    with Workspace.open(demo_path, read_only=True) as demo:
        report = export_layer(demo, ordered("shp", profile="public"), tmp_path / "区.shp")
        assert tmp_path / "区.qml" in report.files
        look = (tmp_path / "区.qml").read_text(encoding="utf-8")
        root = ElementTree.fromstring(look)
        assert [one.tag for one in root] == ["renderer-v2", "labeling"]
        conditions = [one.get("filter", "") for one in root.iter("rule")]
        assert "\"状态\" IN ('已划定', '已公告', '已设警示')" in conditions
        assert '"state"' not in "".join(value for one in root.iter() for value in one.attrib.values())
        export_layer(demo, ordered("gpkg", titles=False), tmp_path / "区.gpkg")
        with closing(sqlite3.connect(tmp_path / "区.gpkg")) as sql:
            told = sql.execute("SELECT f_table_name, styleQML, useAsDefault FROM layer_styles").fetchall()
        assert [(one[0], one[2]) for one in told] == [("danger_zone", 1)]
        assert "&quot;state&quot; IN" in told[0][1]
        # 是 and 否 in a Shapefile are no numbers to the style's condition: it would draw every river as the other kind.
        report = export_layer(demo, ordered("shp", layer="river"), tmp_path / "河.shp")
        assert not any(one.suffix == ".qml" for one in report.files)


def test_what_spoke_of_the_file_before_goes_and_a_style_of_others_stays(zones, tmp_path):
    path = tmp_path / "区.shp"
    export_layer(zones, ordered("shp"), path)
    assert (tmp_path / "区_全文.csv").exists()
    (tmp_path / "区.qix").write_bytes(b"index of the file before")
    (tmp_path / "区.qml").write_text("<qgis/>", encoding="utf-8")
    export_layer(zones, ordered("shp", uids=(zone_of(zones, 1).uid,)), path)
    assert not (tmp_path / "区_全文.csv").exists()
    assert not (tmp_path / "区.qix").exists()
    assert (tmp_path / "区.qml").read_text(encoding="utf-8") == "<qgis/>"
