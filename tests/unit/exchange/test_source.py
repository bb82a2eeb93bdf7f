"""Reading other people's files: every companion that may be missing, every fault said with the file's name."""

import dataclasses
import json
import sqlite3
import zipfile

import geopandas
import pytest
import shapely
from look_alikes import frame, gbk_shapefile, in_degrees, square, zipped
from shapely import LineString, Point

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.source import open_source, picked


@pytest.fixture
def shp(tmp_path):
    columns = {"矿名": ["示例煤矿", "二号示例矿"], "采深": [120.5, 98.0], "状态": ["活动", "已治理"]}
    return gbk_shapefile(tmp_path / "采空 区.shp", columns, [square(), square(500)])


def sentences(table) -> str:
    return "".join(one.sentence for one in table.evidence)


def test_a_gbk_shapefile_without_cpg(shp):
    table = open_source(shp)
    assert table.columns == {"矿名": ["示例煤矿", "二号示例矿"], "采深": [120.5, 98.0], "状态": ["活动", "已治理"]}
    assert table.encoding == "GBK"
    assert "按 GBK 读" in sentences(table)
    assert table.crs.to_epsg() == 4524
    assert len(table) == 2
    assert table.labels == ["第 1 个要素", "第 2 个要素"]


def test_a_cpg_that_lies(tmp_path):
    path = gbk_shapefile(tmp_path / "甲.shp", {"矿名": ["示例煤矿"]}, [square()], cpg="UTF-8")
    assert open_source(path).columns["矿名"] == ["示例煤矿"]


@pytest.mark.filterwarnings("ignore:.*field name")
def test_headings_cut_to_ten_bytes_are_read(tmp_path):
    frame({"地质灾害类型": ["滑坡"]}, [Point(36_400_100, 4_370_100)]).to_file(tmp_path / "点.shp", encoding="UTF-8")
    assert next(iter(open_source(tmp_path / "点.shp").columns)).startswith("地质灾")


def test_the_encoding_can_be_said(shp):
    assert open_source(shp, encoding="GBK").columns["矿名"][0] == "示例煤矿"
    with pytest.raises(ImportRefused, match=r"采空 区\.shp 按 UTF-8 读有"):
        open_source(shp, encoding="UTF-8")


def test_without_prj_the_crs_is_unknown(shp):
    shp.with_suffix(".prj").unlink()
    assert open_source(shp).crs is None


def test_without_shx_the_index_is_made_again_beside_nothing_of_the_source(shp):
    shp.with_suffix(".shx").unlink()
    before = sorted(shp.parent.iterdir())
    table = open_source(shp)
    assert len(table) == 2
    assert table.columns["矿名"][1] == "二号示例矿"
    assert ".shx" in sentences(table)
    assert sorted(shp.parent.iterdir()) == before


def test_without_dbf_the_shapes_still_come(shp):
    shp.with_suffix(".dbf").unlink()
    table = open_source(shp)
    assert len(table) == 2
    assert not shapely.is_missing(table.geometries).any()
    assert "没有 .dbf 文件" in sentences(table)


def test_any_of_its_files_means_the_shapefile(shp):
    assert len(open_source(shp.with_suffix(".dbf"))) == 2
    shp.unlink()
    with pytest.raises(ImportRefused, match=r"没有同名的 \.shp"):
        open_source(shp.with_suffix(".dbf"))


def test_shapes_and_rows_that_do_not_belong_together_are_refused(shp, tmp_path):
    gbk_shapefile(tmp_path / "b.shp", {"矿名": ["一"]}, [square()])
    shp.with_suffix(".dbf").write_bytes((tmp_path / "b.dbf").read_bytes())
    with pytest.raises(ImportRefused, match="有 2 个图形，属性却有 1 条"):
        open_source(shp)


def test_a_zipped_shapefile(shp):
    table = open_source(zipped(shp))
    assert table.name == "采空 区.zip"
    assert table.columns["矿名"][0] == "示例煤矿"


def test_a_geopackage_of_several_layers_asks_which(tmp_path):
    path = tmp_path / "甲.gpkg"
    frame({"名称": ["a"]}, [square()]).to_file(path, layer="危险区")
    frame({"名称": ["b"]}, [LineString([(36_400_000, 4_370_000), (36_400_100, 4_370_100)])]).to_file(path, layer="河")
    with pytest.raises(ImportRefused, match=r"甲\.gpkg 里有 2 个图层.*危险区、河"):
        open_source(path)
    with pytest.raises(ImportRefused, match=r"没有图层“路”.*危险区、河"):
        open_source(path, layer="路")
    assert open_source(path, layer="河").columns["名称"] == ["b"]


@pytest.mark.filterwarnings("ignore:.crs. was not provided")
def test_a_geopackage_without_crs_has_none(tmp_path):
    path = tmp_path / "甲.gpkg"
    frame({"名称": ["a"]}, [square()], crs=None).to_file(path)
    assert open_source(path).crs is None


def test_reading_changes_nothing(shp, tmp_path):
    path = tmp_path / "甲.gpkg"
    frame({"名称": ["a"]}, [square()]).to_file(path)
    before = {one: one.read_bytes() for one in tmp_path.iterdir()}
    open_source(path)
    open_source(shp)
    assert {one: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_geojson_is_in_degrees_by_its_standard(tmp_path):
    path = tmp_path / "甲.geojson"
    frame({"名称": ["示例"]}, [in_degrees(square())], crs=4490).to_file(path)
    data = json.loads(path.read_text(encoding="utf-8"))
    data.pop("crs", None)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="gbk")
    table = open_source(path)
    assert table.columns["名称"] == ["示例"]
    assert table.encoding == "GBK"
    assert table.crs.to_epsg() == 4326
    assert "按标准" in table.crs_sentence


def test_a_bare_array_of_features(tmp_path):
    feature = {"type": "Feature", "properties": {"名称": "甲"}, "geometry": {"type": "Point", "coordinates": [107, 39]}}
    (tmp_path / "甲.json").write_text(json.dumps([feature, {**feature, "geometry": None}]), encoding="utf-8")
    table = open_source(tmp_path / "甲.json")
    assert len(table) == 2
    assert table.geometries[1] is None


def test_mojibake_inside_is_undone_and_told(tmp_path):
    path = tmp_path / "甲.gpkg"
    broken = ["示例煤矿".encode("gbk").decode("latin-1"), "东岸".encode("gbk").decode("latin-1")]
    frame({"矿名": broken}, [square(), square(500)]).to_file(path)
    table = open_source(path)
    assert table.columns["矿名"] == ["示例煤矿", "东岸"]
    assert "乱码" in sentences(table)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("没有.shp", None, "找不到文件"),
        ("空.gpkg", b"", "0 字节"),
        ("假.gpkg", b"hello, this is text", "内容不是 GeoPackage"),
        ("假.shp", b"hello, this is text", "内容不是 Shapefile"),
        ("假.xlsx", b"hello, this is text", "内容不是 Excel 工作簿"),
        ("断.geojson", b'{"type": "FeatureCollection", "features": [', "不合 JSON 的写法"),
        ("数.geojson", b"12", "不是 GeoJSON"),
        ("旧.xls", b"\xd0\xcf\x11\xe0", "另存为 .xlsx"),
        ("图.dwg", b"AC1027", "读不了"),
        ("坏.zip", b"PK\x03\x04 nothing", "没有拷完整"),
    ],
)
def test_files_that_can_not_be_read(tmp_path, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportRefused, match=says) as refusal:
        open_source(tmp_path / name)
    assert name in refusal.value.sentence
    assert refusal.value.remedy.endswith("。")


def test_a_database_that_is_no_geopackage(tmp_path):
    sqlite3.connect(tmp_path / "甲.gpkg").execute("CREATE TABLE a (b)").connection.close()
    with pytest.raises(ImportRefused, match=r"甲\.gpkg 是数据库文件，但不是 GeoPackage"):
        open_source(tmp_path / "甲.gpkg")


def test_a_truncated_shapefile_never_passes_in_silence(shp):
    shp.write_bytes(shp.read_bytes()[:150])
    table = open_source(shp)
    assert shapely.is_missing(table.geometries).tolist() == [True, True]


def test_some_features_can_be_picked(shp):
    table = picked(open_source(shp), {"状态": "已治理"})
    assert table.columns["矿名"] == ["二号示例矿"]
    assert table.labels == ["第 2 个要素"]
    assert "另外 1 个没有读" in sentences(table)
    with pytest.raises(ImportRefused, match="没有 状态=火星 的要素") as refusal:
        picked(table, {"状态": "火星"})
    assert refusal.value.remedy == "请核对这个条件。"
    yes_and_no = dataclasses.replace(table, columns={"在区内": [True, False, True, False]}, labels=["甲"] * 4)
    with pytest.raises(ImportRefused) as refusal:
        picked(yes_and_no, {"在区内": "1"})
    assert refusal.value.remedy.endswith("“在区内”列里有：是、否。")


def test_dates_and_gaps_come_as_plain_values(tmp_path):
    import pandas

    data = geopandas.GeoDataFrame(
        {"日期": pandas.to_datetime(["2024-06-01", None]), "数": [1.5, None], "文": ["甲", None]},
        geometry=[square(), square(500)],
        crs=4524,
    )
    data.to_file(tmp_path / "甲.gpkg")
    table = open_source(tmp_path / "甲.gpkg")
    assert str(table.columns["日期"][0]).startswith("2024-06-01")
    assert [table.columns[one][1] for one in ("日期", "数", "文")] == [None, None, None]


class GbkName(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits


def test_a_zip_of_several_asks_which_and_mixes_nothing_up(tmp_path):
    """As Windows packs it: Chinese names in GBK without a flag, the same name in two folders."""
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
        for folder, word in (("一", "甲"), ("二", "乙")):
            (tmp_path / folder).mkdir()
            path = gbk_shapefile(tmp_path / folder / "区.shp", {"名称": [word]}, [square()])
            for one in path.parent.iterdir():
                archive.writestr(GbkName(f"{folder}/{one.name}"), one.read_bytes())
    with pytest.raises(ImportRefused, match=r"包\.zip 里有 2 个文件.*一/区、二/区"):
        open_source(tmp_path / "包.zip")
    assert open_source(tmp_path / "包.zip", layer="二/区").columns["名称"] == ["乙"]


def test_an_archive_can_not_write_elsewhere(tmp_path):
    with zipfile.ZipFile(tmp_path / "恶.zip", "w") as archive:
        archive.writestr("../../跑出去.geojson", '{"type": "FeatureCollection", "features": []}')
    assert len(open_source(tmp_path / "恶.zip")) == 0
    assert not list(tmp_path.parent.rglob("跑出去*"))
