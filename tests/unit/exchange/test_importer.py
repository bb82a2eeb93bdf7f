"""From a file to one step of the history."""

import geopandas
import pytest
import shapely
from fresh import fresh_workspace
from look_alikes import EAST, NORTH, bow_tie, frame, gbk_shapefile, in_degrees, square, swapped
from shapely import LineString, Point, Polygon, force_3d

from geohazard_desktop.common.errors import EditRefused, ImportRefused, WorkspaceReadOnly
from geohazard_desktop.exchange.gcj02 import gcj02_from_wgs84
from geohazard_desktop.exchange.importer import import_file, plan_import, run_import
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.identity import Identity
from geohazard_desktop.workspace.workspace import Workspace


def kinds(report) -> list[str]:
    return [one.kind for one in report.problems]


def told(report) -> str:
    return "".join(one.sentence for one in report.evidence)


@pytest.fixture
def zones(tmp_path):
    columns = {"易发性等": ["高", "中易发区", "低", "很低", ""], "名称": ["甲", "乙", "丙", "丁", "戊"]}
    shapes = [square(), bow_tie(), None, square(3000), square(4000)]
    return gbk_shapefile(tmp_path / "易发区.shp", columns, shapes)


def test_an_import_says_what_it_did_row_by_row(ws, zones):
    report = import_file(ws, zones, "susceptibility_zone")
    assert (report.imported, report.repaired, report.skipped) == (2, 1, 3)
    assert (report.encoding, report.crs) == ("GBK", "EPSG:4524")
    by_feature = {one.feature: one for one in report.problems}
    assert by_feature["第 2 个要素（乙）"].kind == "repaired"
    assert "没有图形" in by_feature["第 3 个要素（丙）"].sentence
    assert "没有“很低”这一项" in by_feature["第 4 个要素（丁）"].sentence
    assert "没有填“易发程度”" in by_feature["第 5 个要素（戊）"].sentence
    for one in report.problems:
        assert one.sentence.startswith("易发区.shp 第 ")
        assert "请" in one.sentence
    assert "高→高易发区（1 个）" in told(report)
    stored = list(ws.table("susceptibility_zone"))
    assert [one["class"] for one in stored] == ["高易发区", "中易发区"]
    assert stored[0]["source"] == "易发区.shp"
    assert stored[0].geometry.normalize().equals_exact(shapely.MultiPolygon([square()]).normalize(), 0.001)


def test_the_report_as_the_command_line_prints_it(ws, zones):
    data = import_file(ws, zones, "susceptibility_zone").to_json()
    assert set(data) == {"imported", "repaired", "skipped", "encoding", "crs", "evidence", "problems"}
    assert all(isinstance(one, str) for one in data["evidence"])
    assert all(set(one) == {"feature", "sentence"} for one in data["problems"])


def test_an_import_is_one_step_and_can_be_taken_back(ws, zones):
    steps = len(ws.history())
    import_file(ws, zones, "susceptibility_zone")
    assert len(ws.history()) == steps + 1
    assert ws.undo_words() == "从 易发区.shp 导入 2 个易发区"
    ws.undo()
    assert ws.count("susceptibility_zone") == 0
    ws.redo()
    assert ws.count("susceptibility_zone") == 2


def test_a_plan_changes_nothing_and_promises_exactly(ws, zones):
    before = ws.path.read_bytes()
    plan = plan_import(ws, open_source(zones), "susceptibility_zone")
    assert ws.path.read_bytes() == before
    assert plan.report.imported == len(plan.features) == 2
    assert run_import(ws, plan).imported == ws.count("susceptibility_zone") == 2


def test_a_required_column_that_is_missing_is_refused_with_the_way_out(ws, tmp_path):
    frame({"dengji": ["高"]}, [square()]).to_file(tmp_path / "甲.gpkg")
    before = ws.path.read_bytes()
    with pytest.raises(ImportRefused, match="没有能写入“易发程度”的列") as refusal:
        import_file(ws, tmp_path / "甲.gpkg", "susceptibility_zone")
    assert "dengji" in refusal.value.remedy
    assert ws.path.read_bytes() == before
    assert import_file(ws, tmp_path / "甲.gpkg", "susceptibility_zone", mapping={"class": "dengji"}).imported == 1


def test_constants_fill_and_are_not_overruled(ws, tmp_path):
    frame({"class": ["高", None], "a": [1, 2]}, [square(), square(500)]).to_file(tmp_path / "甲.gpkg")
    report = import_file(
        ws, tmp_path / "甲.gpkg", "susceptibility_zone", mapping={"class": "class"}, constants={"class": "低"}
    )
    assert report.imported == 2
    assert [one["class"] for one in ws.table("susceptibility_zone")] == ["高易发区", "低易发区"]


def test_nothing_left_is_a_refusal_that_says_why(ws, tmp_path):
    speck = shapely.box(EAST, NORTH, EAST + 0.0001, NORTH + 0.0001)
    frame({"名称": ["河"]}, [speck]).to_file(tmp_path / "河.gpkg")
    before = ws.path.read_bytes()
    with pytest.raises(ImportRefused, match=r"河\.gpkg 的 1 个要素一个也不能导入"):
        import_file(ws, tmp_path / "河.gpkg", "water")
    assert ws.path.read_bytes() == before


def test_a_whole_file_of_another_kind_is_one_sentence_with_the_layers_that_fit(ws, tmp_path):
    lines = [LineString([(EAST, NORTH + one), (EAST + 900, NORTH + one)]) for one in range(3)]
    frame({"名称": ["甲", "乙", "丙"]}, lines).to_file(tmp_path / "xx_rail.gpkg")
    with pytest.raises(ImportRefused) as told:
        import_file(ws, tmp_path / "xx_rail.gpkg", "district")
    assert str(told.value) == "xx_rail.gpkg 里的 3 个图形都是线，放不进“行政区”。看来是铁路，请改导入到“铁路”。"
    frame({"名称": ["甲", "乙", "丙"]}, lines).to_file(tmp_path / "线.gpkg")
    with pytest.raises(ImportRefused, match=r"能放的图层有：.*道路") as told:
        import_file(ws, tmp_path / "线.gpkg", "district")
    assert str(told.value).count("线，") == 1


def test_a_missing_crs_is_refused_and_can_be_said(ws, tmp_path):
    path = gbk_shapefile(tmp_path / "点.shp", {"名称": ["甲"]}, [Point(EAST + 100 - 36_000_000, NORTH + 100)])
    path.with_suffix(".prj").unlink()
    with pytest.raises(ImportRefused, match=r"点\.shp 没有坐标系.*EPSG:4545"):
        import_file(ws, path, "place")
    report = import_file(ws, path, "place", epsg=4545)
    assert report.crs == "EPSG:4545"
    assert next(iter(ws.table("place"))).geometry.distance(Point(EAST + 100, NORTH + 100)) < 0.001


def test_swapped_axes_are_repaired_for_all(ws, tmp_path):
    frame({"名称": ["甲", "乙"]}, [swapped(square()), swapped(square(500))]).to_file(tmp_path / "甲.gpkg")
    report = import_file(ws, tmp_path / "甲.gpkg", "water")
    assert (report.imported, report.repaired) == (2, 2)
    assert report.problems[0].feature == "全部 2 个要素"
    assert ws.bounds("water")[0] == pytest.approx(EAST + 500, abs=8)


def test_gcj02_comes_back_to_its_place(ws, tmp_path):
    def shift(points):
        return shapely.points(*gcj02_from_wgs84(points[:, 0], points[:, 1]))

    there = in_degrees(Point(EAST + 3000, NORTH + 3000))
    moved = shift(shapely.get_coordinates(there))[0]
    frame({"名称": ["甲"], "adcode": [1], "acroutes": ["1"], "subFeatureIndex": [0]}, [moved], crs=4326).to_file(
        tmp_path / "甲.geojson"
    )
    with pytest.raises(ImportRefused, match="火星坐标"):
        import_file(ws, tmp_path / "甲.geojson", "place")
    assert ws.count("place") == 0
    import_file(ws, tmp_path / "甲.geojson", "place", epsg=4326)  # whoever says so is believed
    assert ws.table("place").geometries[0].distance(Point(EAST + 3000, NORTH + 3000)) > 300
    ws.undo()
    report = import_file(ws, tmp_path / "甲.geojson", "place", epsg=4490, shift="gcj02")
    assert report.crs == "GCJ-02"
    assert ws.table("place").geometries[0].distance(Point(EAST + 3000, NORTH + 3000)) < 0.01


def test_height_is_dropped_and_said(ws, tmp_path):
    frame({"名称": ["甲"]}, [force_3d(square(), 1100.0)]).to_file(tmp_path / "甲.gpkg")
    report = import_file(ws, tmp_path / "甲.gpkg", "water")
    assert "1 个要素带高程" in told(report)
    assert report.repaired == 0
    assert not ws.table("water").geometries[0].has_z


def test_numbers_are_kept_where_free_and_given_where_not(ws, tmp_path):
    ring = Polygon([(EAST, NORTH), (EAST + 50, NORTH), (EAST, NORTH + 50)])
    ws.apply(
        Edit("画", [inserted(Feature("danger_zone", new_uid(), ring, {"id": "SL-W-0001", "hazard_type": "滑坡"}))])
    )
    columns = {"编号": ["SL-W-0001", "SL-W-0007", None, "SL-W-0007"], "灾种": ["滑坡"] * 4}
    frame(columns, [square(n * 300) for n in range(4)]).to_file(tmp_path / "甲.gpkg")
    report = import_file(ws, tmp_path / "甲.gpkg", "danger_zone", mapping={"id": "编号"})
    numbers = [one.text("id") for one in ws.table("danger_zone")]
    assert len(set(numbers)) == 5
    assert numbers[2] == "SL-W-0007"
    assert "" not in numbers
    assert sum("已改编新号" in one.sentence for one in report.problems) == 2


def test_the_same_file_twice_adds_nothing(ws, tmp_path):
    frame({"类型": ["滑坡", "崩塌"]}, [square(), square(500)]).to_file(tmp_path / "甲.gpkg")
    import_file(ws, tmp_path / "甲.gpkg", "danger_zone")
    with pytest.raises(ImportRefused, match="已经有一样的了"):
        import_file(ws, tmp_path / "甲.gpkg", "danger_zone")
    frame({"类型": ["滑坡", "崩塌", "崩塌"]}, [square(), square(500), square(900)]).to_file(tmp_path / "甲.gpkg")
    report = import_file(ws, tmp_path / "甲.gpkg", "danger_zone")
    assert (report.imported, report.skipped) == (1, 2)


def test_identities_of_another_workspace_are_kept(ws, tmp_path):
    uid = new_uid()
    frame({"uid": [uid], "名称": ["甲"]}, [square()]).to_file(tmp_path / "甲.gpkg")
    import_file(ws, tmp_path / "甲.gpkg", "water")
    assert ws.table("water").uids == [uid]


def test_references_are_found_by_number_and_name(ws, tmp_path):
    shelter = Feature("shelter", new_uid(), Point(EAST + 50, NORTH + 50), {"id": "SL-A-0001", "name": "示例广场"})
    ws.apply(Edit("放", [inserted(shelter)]))
    columns = {"名称": ["a", "b", "c"], "避险安置点": ["示例广场", "SL-A-0001", "不存在"]}
    lines = [LineString([(EAST + n, NORTH), (EAST + n + 90, NORTH + 90)]) for n in range(3)]
    frame(columns, lines).to_file(tmp_path / "甲.gpkg")
    report = import_file(ws, tmp_path / "甲.gpkg", "evacuation_route")
    assert [one["shelter"] for one in ws.table("evacuation_route")] == [shelter.uid, shelter.uid, None]
    assert "没有叫“不存在”的避险安置点" in report.problems[-1].sentence


def test_values_that_can_not_be_had_leave_the_feature_in(ws, tmp_path):
    columns = {"灾种": ["滑坡"], "调查日期": ["2024年6月"], "需转移人数": ["很多"]}
    frame(columns, [square()]).to_file(tmp_path / "甲.gpkg")
    report = import_file(ws, tmp_path / "甲.gpkg", "danger_zone")
    assert (report.imported, report.repaired, report.skipped) == (1, 1, 0)
    assert [one.feature for one in report.problems] == ["第 1 个要素"] * 2
    assert {one.sentence.split("“")[1].split("”")[0] for one in report.problems} == {"调查日期", "需转移人数"}


def test_the_district_far_away_is_told(ws, tmp_path):
    frame({"名称": ["甲", "乙"]}, [square(), square(400_000)]).to_file(tmp_path / "甲.gpkg")
    report = import_file(ws, tmp_path / "甲.gpkg", "water")
    assert report.imported == 2
    assert "1 个要素在示例区 100 公里以外" in told(report)


def test_what_lies_beyond_the_own_border_is_counted_and_left_out_where_that_is_asked(ws, tmp_path):
    (own,) = ws.table("district")
    west, south, east, north = own.geometry.bounds
    inside, edge = (
        Point((west + east) / 2, (south + north) / 2),
        LineString([(east - 10, north - 10), (east + 9000, north)]),
    )
    frame({"名称": ["内", "外", "远"]}, [inside, Point(east + 50, south), Point(east + 9000, south)]).to_file(
        tmp_path / "甲.gpkg"
    )
    plan = plan_import(ws, open_source(tmp_path / "甲.gpkg"), "landmark")
    assert (plan.beyond, len(plan.features)) == (2, 3)
    assert kinds(plan.report) == ["note"], "of the one that lies kilometres away"
    report = import_file(ws, tmp_path / "甲.gpkg", "landmark", within=True)
    assert [one["name"] for one in ws.table("landmark")] == ["内"]
    assert (report.imported, report.skipped, report.problems) == (1, 2, [])
    assert "2 个在示例区界外，按选的没有导入" in told(report)
    frame({"名称": ["外", "远"]}, [Point(east + 50, south), Point(east + 9000, south)]).to_file(tmp_path / "丙.gpkg")
    assert plan_import(ws, open_source(tmp_path / "丙.gpkg"), "landmark").beyond == 2
    with pytest.raises(ImportRefused, match="的 2 个要素都在示例区界外"):
        import_file(ws, tmp_path / "丙.gpkg", "landmark", within=True)
    frame({"名称": ["过境的", "界外的"]}, [edge, LineString([(east + 50, south), (east + 90, south)])]).to_file(
        tmp_path / "乙.gpkg"
    )
    import_file(ws, tmp_path / "乙.gpkg", "road", within=True)
    assert [one["name"] for one in ws.table("road")] == ["过境的"], "whole, as it crosses the border"
    (crossing,) = ws.table("road")
    assert crossing.geometry.length == pytest.approx(edge.length)


def test_without_a_border_nobody_can_tell_what_lies_within(empty, tmp_path):
    frame({"名称": ["甲", "乙"]}, [square(), square(9000)]).to_file(tmp_path / "甲.gpkg")
    assert plan_import(empty, open_source(tmp_path / "甲.gpkg"), "water").beyond == 0
    with pytest.raises(ImportRefused, match="还没有本区的边界"):
        import_file(empty, tmp_path / "甲.gpkg", "water", within=True)
    assert empty.count("water") == 0


def test_what_no_import_may_do(ws, zones):
    with pytest.raises(EditRefused, match="没有图层 zone"):
        import_file(ws, zones, "zone")
    with pytest.raises(ImportRefused, match="程序自己用的"):
        import_file(ws, zones, "style")
    with pytest.raises(ImportRefused, match="就是正在用的工作文件"):
        import_file(ws, ws.path, "water")


def test_an_empty_layer_is_refused(ws, tmp_path):
    geopandas.GeoDataFrame({"名称": []}, geometry=[], crs=4524).to_file(tmp_path / "甲.gpkg")
    with pytest.raises(ImportRefused, match="一个要素也没有"):
        import_file(ws, tmp_path / "甲.gpkg", "water")


def test_a_table_without_shapes_fills_layers_without_shapes(ws, tmp_path):
    frame({"姓名": ["周示例"], "职责": ["值班员，监测人"]}, [square()]).to_file(tmp_path / "甲.gpkg")
    report = import_file(ws, tmp_path / "甲.gpkg", "person")
    assert report.imported == 1
    assert "不存图形" in told(report)
    assert next(iter(ws.table("person")))["roles"] == "值班员、监测人"


def test_thousands_come_in_seconds(ws, tmp_path):
    count = 2000
    frame({"类型": ["滑坡"] * count}, [square(n % 90 * 100, n // 90 * 100, 50) for n in range(count)]).to_file(
        tmp_path / "甲.gpkg"
    )
    assert import_file(ws, tmp_path / "甲.gpkg", "danger_zone").imported == count
    assert ws.find("danger_zone", "id", f"SL-W-{count:04d}")


def test_a_field_can_be_left_empty_on_purpose(ws, tmp_path):
    frame({"名称": ["甲"]}, [square()]).to_file(tmp_path / "甲.gpkg")
    import_file(ws, tmp_path / "甲.gpkg", "water", mapping={"name": ""})
    assert next(iter(ws.table("water")))["name"] is None


def test_of_several_districts_only_the_own_one_is_taken(empty, tmp_path):
    columns = {"名称": ["甲区", "示例区", "乙区"], "adcode": ["990102", "990101", "990103"]}
    frame(columns, [square(), square(500), square(900)]).to_file(tmp_path / "甲.gpkg")
    with pytest.raises(ImportRefused, match="3 个行政区，只有 1 个是本区（示例区，990101）") as refusal:
        import_file(empty, tmp_path / "甲.gpkg", "district")
    assert "（--only adcode=990101），别的区导入到“邻区”" in refusal.value.remedy
    assert empty.count("district") == 0
    import_file(empty, tmp_path / "甲.gpkg", "district", only={"adcode": "990101"})
    assert [one["name"] for one in empty.table("district")] == ["示例区"]


def test_of_several_districts_the_own_one_is_no_neighbour(empty, tmp_path):
    columns = {"district_name": ["甲区", "示例区"], "district_adcode": ["990102", "990101"]}
    frame(columns, [square(), square(500)]).to_file(tmp_path / "甲.gpkg")
    report = import_file(empty, tmp_path / "甲.gpkg", "neighbour")
    assert [(one["name"], one["code"]) for one in empty.table("neighbour")] == [("甲区", "990102")]
    (problem,) = report.problems
    assert (problem.kind, problem.sentence) == (
        "skipped", "甲.gpkg 第 2 个要素是本区（示例区），“邻区”只放别的区，没有导入。")  # fmt: skip


def test_districts_of_which_none_is_the_own_one_are_refused_and_a_single_one_is_doubted(empty, tmp_path):
    frame({"名称": ["甲区", "乙区"]}, [square(), square(500)]).to_file(tmp_path / "甲.gpkg")
    with pytest.raises(ImportRefused, match=r"甲\.gpkg 里的 2 个行政区都不是"):
        import_file(empty, tmp_path / "甲.gpkg", "district")
    assert "1 个行政区都不是" in told(import_file(empty, tmp_path / "甲.gpkg", "district", only={"名称": "甲区"}))


def test_pieces_without_a_name_come_in_with_a_doubt(ws, tmp_path):
    frame({"备注": ["一", "二"]}, [square(), square(500)]).to_file(tmp_path / "甲.gpkg")
    assert "应只有本区，导入后有 3 个" in told(import_file(ws, tmp_path / "甲.gpkg", "district"))


def test_a_workspace_that_can_only_be_read_is_not_written(ws, tmp_path):
    frame({"名称": ["甲"]}, [square()]).to_file(tmp_path / "甲.gpkg")
    path = ws.path
    with Workspace.open(path, read_only=True) as other, pytest.raises(WorkspaceReadOnly):
        import_file(other, tmp_path / "甲.gpkg", "water")
    assert ws.count("water") == 0


def test_capital_letters_in_names_of_files(ws, tmp_path):
    path = gbk_shapefile(tmp_path / "a.shp", {"名称": ["示例湖"]}, [square()])
    for suffix in (".shp", ".dbf", ".shx", ".prj"):
        path.with_suffix(suffix).rename(tmp_path / f"A{suffix.upper()}")
    assert import_file(ws, tmp_path / "A.SHP", "water").crs == "EPSG:4524"
    assert next(iter(ws.table("water")))["name"] == "示例湖"


def test_a_layer_that_is_not_in_a_shapefile(ws, zones):
    with pytest.raises(ImportRefused, match="没有图层“河”"):
        import_file(ws, zones, "susceptibility_zone", source_layer="河")


def test_what_a_colleague_drew_comes_with_its_identity_and_its_references(ws, tmp_path, district):
    """Another officer's workspace is a GeoPackage like any other; what refers to what stays true."""
    shelter = Feature("shelter", new_uid(), Point(EAST + 50, NORTH + 50), {"id": "SL-A-0004", "name": "示例广场"})
    line = LineString([(EAST, NORTH), (EAST + 50, NORTH + 50)])
    route = Feature("evacuation_route", new_uid(), line, {"id": "SL-L-0002", "shelter": shelter.uid, "schematic": True})
    other = tmp_path / "同事.gpkg"
    with fresh_workspace(other, district, identity=Identity("乙", "b" * 32)) as theirs:
        theirs.apply(Edit("画", [inserted(shelter), inserted(route)]))
    for layer in ("shelter", "evacuation_route"):
        report = import_file(ws, other, layer, source_layer=layer)
        assert (report.imported, report.problems) == (1, [])
    mine = ws.feature("evacuation_route", route.uid)
    assert (mine["shelter"], mine["id"], mine["schematic"]) == (shelter.uid, "SL-L-0002", True)
    assert mine.geometry.equals_exact(ws.feature("evacuation_route", route.uid).geometry, 0)
    assert mine.geometry.geoms[0].equals_exact(line, 1e-6)
