"""A phone's KML and KMZ: every word comes in, each kind of shape is chosen, bad files say what is wrong."""

import zipfile
from pathlib import Path

import pytest
import shapely

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange import kml, xml_text
from geohazard_desktop.exchange.contents import layers_inside
from geohazard_desktop.exchange.importer import import_file
from geohazard_desktop.exchange.layer_export import export_layer
from geohazard_desktop.exchange.layer_order import LayerOrder
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.workspace.edits import create_features
from geohazard_desktop.workspace.feature import Feature, new_uid

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>'
)
TAIL = "</Document></kml>"
HOLE = "<innerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing></innerBoundaryIs>"
ZONE = (
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>106.70,39.50,0 106.72,39.50,0 106.72,39.52,0 106.70,39.52,0 "
    "106.70,39.50,0</coordinates></LinearRing></outerBoundaryIs>"
    + HOLE.format("106.705,39.505 106.710,39.505 106.710,39.510 106.705,39.505")
    + "</Polygon>"
)
ROUTE = "<LineString><coordinates>\n 106.70,39.50,1102.5\n 106.71, 39.51,1100\n</coordinates></LineString>"


def placemark(name: str, *inside: str) -> str:
    return f"<Placemark><name>{name}</name>{''.join(inside)}</Placemark>"


def point(longitude: float = 106.7, latitude: float = 39.5) -> str:
    return f"<Point><coordinates>{longitude},{latitude}</coordinates></Point>"


def write(path: Path, *inside: str, encoding: str = "utf-8") -> Path:
    path.write_bytes((HEAD + "".join(inside) + TAIL).encode(encoding))
    return path


def said(table) -> str:
    return "".join(one.sentence for one in table.evidence)


def test_every_word_of_a_placemark_is_read(tmp_path):
    table = open_source(
        write(
            tmp_path / "外业.kml",
            "<name>外业</name><Folder><name>七月</name><Folder><name>沟口</name>",
            placemark(
                "示例沟",
                "<description><![CDATA[雨后有<b>泥痕</b><br>宽 3 米<img src='a.jpg'/>]]></description>",
                "<TimeStamp><when>2026-07-18T08:30:00Z</when></TimeStamp>",
                '<ExtendedData><Data name="灾种"><displayName>种</displayName><value>滑坡</value></Data>'
                '<SchemaData schemaUrl="#s"><SimpleData name="人数">12</SimpleData></SchemaData>'
                '<Data name="空的"><value/></Data></ExtendedData>',
                ZONE,
            ),
            "</Folder></Folder>",
        )
    )
    assert table.row(0) == {
        "名称": "示例沟",
        "说明": "雨后有泥痕\n宽 3 米",
        "文件夹": "七月/沟口",
        "时间": "2026-07-18T08:30:00Z",
        "灾种": "滑坡",
        "人数": "12",
    }
    assert table.subjects == ["外业", "七月/沟口"]
    assert "1 张图片没有导入" in said(table)
    zone = table.geometries[0]
    assert not zone.has_z, "a height of 0 says nothing"
    assert len(zone.interiors) == 1
    assert zone.area == pytest.approx(0.0004 - 0.0000125)
    assert (table.crs.to_epsg(), table.crs_sentence) == (4326, "KML 按标准是")


def test_the_kinds_of_a_file_are_chosen_from_and_nothing_is_left_unsaid(tmp_path):
    both = f"<MultiGeometry>{ZONE}{point()}{ZONE}</MultiGeometry>"
    path = write(
        tmp_path / "混.kml",
        placemark("区", both),
        placemark("路", ROUTE),
        placemark("点", point()),
        placemark("只有名字"),
        "<NetworkLink><name>别处</name></NetworkLink>",
    )
    assert layers_inside(path) == ["面", "线", "点"]
    with pytest.raises(ImportRefused, match="3 个图层"):
        open_source(path)
    zones = open_source(path, layer="面")
    assert zones.columns["名称"] == ["区", "只有名字"]
    assert zones.labels == ["第 1 个要素", "第 4 个要素"]
    assert zones.geometries[0].geom_type == "MultiPolygon"
    assert zones.geometries[1] is None
    told = said(zones)
    assert "文件里有面 1 个、线 1 个、点 2 个，这里读的是面" in told
    assert "1 个要素还带着别的图形（如区）" in told
    assert "网络链接 1 处没有读" in told
    assert [one.geom_type for one in open_source(path, layer="点").geometries] == ["Point", "Point"]
    assert open_source(path, layer="线").geometries[0].has_z


def test_a_track_is_a_line_with_its_first_and_last_moment(tmp_path):
    track = (
        "<gx:Track><when>2026-07-18T08:00:00Z</when><when>2026-07-18T08:20:00Z</when>"
        "<gx:coord>106.70 39.50 1100</gx:coord><gx:coord>106.71 39.51 1101</gx:coord></gx:Track>"
    )
    table = open_source(write(tmp_path / "轨迹.kml", placemark("走过的", track)))
    assert shapely.get_coordinates(table.geometries[0]).tolist() == [[106.70, 39.50], [106.71, 39.51]]
    assert table.row(0) == {
        "名称": "走过的",
        "开始时间": "2026-07-18T08:00:00Z",
        "结束时间": "2026-07-18T08:20:00Z",
    }
    assert "1 条轨迹各点的时间没有导入" in said(table)


def test_gbk_under_a_heading_that_says_utf8_is_read(tmp_path):
    path = write(tmp_path / "老软件.kml", placemark("示例沟口的危险区边界", point()), encoding="gbk")
    table = open_source(path)
    assert table.encoding == "GBK"
    assert table.columns["名称"] == ["示例沟口的危险区边界"]


def test_heights_and_a_possible_shift_are_told_once(workspace, tmp_path):
    path = write(tmp_path / "路线.kml", placemark("甲", ROUTE), placemark("乙", ROUTE))
    report = import_file(workspace, path, "evacuation_route")
    assert report.imported == 2
    told = [one.sentence for one in report.evidence]
    assert sum("2 个要素带高程" in one for one in told) == 1
    assert sum("火星坐标" in one for one in told) == 1
    assert sum("KML 按标准是 EPSG:4326" in one for one in told) == 1
    workspace.undo()
    assert workspace.count("evacuation_route") == 0


def test_a_shape_that_cannot_be_read_is_told_by_name_and_the_others_come_in(workspace, tmp_path):
    outline = (
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    )
    path = write(
        tmp_path / "路.kml",
        placemark("好的", ROUTE),
        placemark("错字", "<LineString><coordinates>106.7，39.5 106.8,39.6</coordinates></LineString>"),
        placemark("一点", "<LineString><coordinates>106.7,39.5</coordinates></LineString>"),
    )
    report = import_file(workspace, path, "evacuation_route")
    assert (report.imported, report.skipped) == (1, 2)
    sentences = [one.sentence for one in report.problems]
    assert any("路.kml" in one and "错字" in one and "坐标“106.7，39.5”读不懂，没有导入" in one for one in sentences)
    assert any("一点" in one and "线上只有 1 个点" in one for one in sentences)

    table = open_source(
        write(
            tmp_path / "面.kml",
            placemark("没闭合", outline.format("106.70,39.50 106.72,39.50 106.72,39.52")),
            placemark("两点", outline.format("106.70,39.50 106.72,39.50")),
            placemark("没有边", "<Polygon/>"),
        )
    )
    assert table.geometries[0].area == pytest.approx(0.0002)
    assert [one.kind for one in table.problems] == ["repaired", "skipped", "skipped"]
    assert "没有外边线" in table.problems[2].sentence


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no markup at all", "第 1 行第 1 个字符处不合 KML 的写法"),
        ((HEAD + placemark("甲", point()))[:-9].encode(), "可能没有拷完整"),
        (b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaa">]><kml>&a;</kml>', "DOCTYPE"),
        (b'<?xml version="1.0"?><gpx/>', "内容不是 KML"),
        ((HEAD + placemark("甲") + TAIL).encode(), "没有点、线、面（共 1 个要素）"),
        ((HEAD + TAIL).encode(), "没有点、线、面"),
        (b"PK\x03\x04 and nothing more", "没有拷完整"),
    ],
)
def test_a_bad_file_is_one_sentence_and_nothing_is_changed(workspace, tmp_path, content, says):
    path = tmp_path / "坏.kml"
    path.write_bytes(content)
    assert layers_inside(path) == []
    with pytest.raises(ImportRefused, match=r"坏\.kml") as caught:
        import_file(workspace, path, "danger_zone")
    assert says in caught.value.sentence
    assert caught.value.remedy
    assert len(workspace.history()) == 1


def test_the_document_of_a_kmz_is_read_and_its_other_files_are_told(tmp_path):
    path = tmp_path / "外业.kmz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("files/a.png", b"a picture")
        archive.writestr("files/other.kml", HEAD + TAIL)
        archive.writestr("doc.kml", HEAD + placemark("示例沟", point()) + TAIL)
    table = open_source(path)
    assert table.columns["名称"] == ["示例沟"]
    assert "另有 1 个 .kml 没有读，如 files/other.kml" in said(table)


def test_a_kmz_without_a_document_or_far_too_large_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "包.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.png", b"a picture")
    with pytest.raises(ImportRefused, match=r"没有 \.kml 文件"):
        open_source(path)
    monkeypatch.setattr(kml, "MOST_BYTES", 1 << 20)
    monkeypatch.setattr(xml_text, "MOST_BYTES", 1 << 20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", HEAD + " " * (1 << 21) + TAIL)
    with pytest.raises(ImportRefused, match="超过 1 MB"):
        open_source(path)
    path.write_bytes(b"<kml/>")
    assert path.suffix == ".kmz"
    with pytest.raises(ImportRefused, match="没有点、线、面"):
        open_source(path)


def test_what_this_program_exports_as_kml_comes_back(workspace, tmp_path):
    area = shapely.box(36_388_000, 4_376_000, 36_388_300, 4_376_200)
    area = area.difference(shapely.box(36_388_100, 4_376_050, 36_388_150, 4_376_100))
    far = shapely.box(36_388_500, 4_376_000, 36_388_600, 4_376_100)
    values = [
        {"name": '示例"沟" & <口>', "hazard_type": "滑坡", "must_move_people": 12, "surveyed_on": "2026-07-18"},
        {"hazard_type": "崩塌", "remark": "两处\n相邻"},
    ]
    shapes = [area, shapely.union_all([area, far])]
    features = [
        Feature(
            "danger_zone", new_uid(), shapely.multipolygons(shapely.get_parts(shape)), {**one, "id": f"SL-W-000{n}"}
        )
        for n, (one, shape) in enumerate(zip(values, shapes, strict=True), 1)
    ]
    workspace.apply(create_features(workspace.definitions, features))
    before = list(workspace.table("danger_zone"))
    path = tmp_path / "危险区.kml"
    export_layer(workspace, LayerOrder("danger_zone", "kml", profile="internal"), path)
    workspace.undo()
    assert workspace.count("danger_zone") == 0
    report = import_file(workspace, path, "danger_zone")
    assert (report.imported, report.repaired, report.skipped) == (2, 0, 0)
    for old, new in zip(before, workspace.table("danger_zone"), strict=True):
        assert old.geometry.symmetric_difference(new.geometry).area < 0.1
        for name in ("id", "name", "hazard_type", "must_move_people", "surveyed_on", "remark"):
            assert new[name] == old[name], name


def test_a_zip_with_one_kml_is_chosen_from_and_two_mixed_ones_say_to_unpack(tmp_path):
    mixed = HEAD + placemark("区", ZONE) + placemark("路", ROUTE) + TAIL
    path = tmp_path / "外业.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("七月/外业.kml", mixed)
    assert layers_inside(path) == ["面", "线"]
    assert open_source(path, layer="线").columns["名称"] == ["路"]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("八月/外业.kml", HEAD + placemark("点", point()) + TAIL)
    assert layers_inside(path) == ["七月/外业", "八月/外业"]
    assert open_source(path, layer="八月/外业").columns["名称"] == ["点"]
    with pytest.raises(ImportRefused, match=r"外业\.zip 里的 外业\.kml 有面、线") as caught:
        open_source(path, layer="七月/外业")
    assert "解压" in caught.value.remedy


def test_places_that_are_no_numbers_and_odd_markup_stop_nothing(workspace, tmp_path):
    line = "<LineString><coordinates>106.7,39.5 nan,inf</coordinates></LineString>"
    odd = "<description>&lt;![foo]&gt;一句话</description>"
    path = write(tmp_path / "路.kml", placemark("好的", odd, ROUTE), placemark("坏的", line))
    report = import_file(workspace, path, "evacuation_route")
    assert (report.imported, report.skipped) == (1, 1)
    assert any("坏的" in one.sentence and "坐标“nan,inf”读不懂" in one.sentence for one in report.problems)
    outline = (
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    )
    rings = ("nan,nan 106.7,39.5 106.8,39.5 106.7,39.6", "106.7,39.5 106.8,39.5 106.7,39.6 106.7,39.5")
    marks = (placemark(name, outline.format(one)) for name, one in zip(("坏面", "好面"), rings, strict=True))
    table = open_source(write(tmp_path / "面.kml", *marks))
    assert [one.kind for one in table.problems] == ["skipped"]
