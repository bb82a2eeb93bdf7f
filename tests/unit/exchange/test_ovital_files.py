"""What 奥维 exports: its KML is read as the shifted degrees that it holds; its own formats are refused, with a way."""

import os
import zipfile

import pytest

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange import marks, xml_text
from geohazard_desktop.exchange.contents import layers_inside
from geohazard_desktop.exchange.importer import import_file, plan_import
from geohazard_desktop.exchange.source import open_source

TEXT = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    "<Folder><name>红旗村/西沟</name><Placemark><name>示例井</name>"
    "<Point><coordinates>{lon:.7f},{lat:.7f},0</coordinates></Point></Placemark></Folder>"
    "<Placemark><name>示例路</name><LineString><coordinates>{lon:.7f},{lat:.7f} {lon:.7f},{north:.7f}</coordinates>"
    "</LineString></Placemark></Document></kml>"
)


@pytest.fixture
def brought(tmp_path):
    def write(name, lon=106.70, lat=39.50):
        path = tmp_path / name
        path.write_text(TEXT.format(lon=lon, lat=lat, north=lat + 0.01), encoding="utf-8")
        return path

    return write


def test_text_kml_of_ovital_is_moved_by_its_offset_and_says_so(ws, brought):
    path = brought("奥维.ovkml")
    assert layers_inside(path) == ["线", "点"]
    plain = plan_import(ws, open_source(brought("同样.kml"), layer="点"), "shelter")
    moved = plan_import(ws, open_source(path, layer="点"), "shelter")
    apart = plain.features[0].geometry.distance(moved.features[0].geometry)
    assert 200 < apart < 700
    (told,) = [one for one in moved.report.evidence if one.subject == "shift" and one.doubt]
    assert "奥维导出的，按火星坐标（GCJ-02）换算了" in told.sentence


def test_a_kmz_that_holds_an_ovkml_is_moved_too(ws, brought, tmp_path):
    path = tmp_path / "外业.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(brought("奥维.ovkml"), "外业.ovkml")
    moved = plan_import(ws, open_source(path, layer="点"), "shelter")
    plain = plan_import(ws, open_source(brought("同样.kml"), layer="点"), "shelter")
    assert 200 < plain.features[0].geometry.distance(moved.features[0].geometry) < 700
    assert any(one.subject == "shift" and one.doubt for one in moved.report.evidence)


def test_who_says_that_it_is_not_shifted_is_believed(ws, brought):
    path = brought("奥维.ovkml")
    plain = plan_import(ws, open_source(brought("同样.kml"), layer="点"), "shelter")
    asked = plan_import(ws, open_source(path, layer="点", epsg=4326), "shelter")
    assert plain.features[0].geometry.distance(asked.features[0].geometry) < 0.01
    assert not [one for one in asked.report.evidence if one.doubt and one.subject == "shift"]


def test_the_command_line_wants_it_said(ws, brought):
    path = brought("奥维.ovkml")
    with pytest.raises(ImportRefused, match="--crs GCJ02 或 --crs 4326"):
        import_file(ws, path, "shelter", source_layer="点")
    assert import_file(ws, path, "shelter", source_layer="点", shift="gcj02").imported == 1


@pytest.mark.parametrize("name", ["标签.ovobj", "标签.ovjsn"])
def test_formats_of_its_own_are_refused_with_the_way_out(brought, name):
    with pytest.raises(ImportRefused) as told:
        open_source(brought(name))
    assert str(told.value).startswith(f"{name} 是奥维自己的格式")
    assert "导出时格式选 .ovkml 或 .kml" in str(told.value)


def test_a_file_is_parsed_once_for_all_that_is_asked_of_it_and_anew_when_it_changed(brought, monkeypatch):
    parses = []
    parsed = xml_text.parsed

    def counted(*args):
        parses.append(args[1])
        return parsed(*args)

    monkeypatch.setattr("geohazard_desktop.exchange.kml.parsed", counted)
    monkeypatch.setattr(marks, "_last", None)
    path = brought("外业.kml")
    kinds = layers_inside(path)
    assert [len(open_source(path, layer=one)) for one in kinds * 2] == [1, 1, 1, 1]
    assert parses == ["外业.kml"]
    path.write_text(TEXT.replace("示例井", "另一口").format(lon=106.7, lat=39.5, north=39.51), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert open_source(path, layer="点").columns["名称"] == ["另一口"]
    assert len(parses) == 2


def test_a_folder_is_a_column_that_a_field_may_take(ws, brought):
    source = open_source(brought("外业.kml"), layer="点")
    assert source.columns["文件夹"] == ["红旗村/西沟"]
    plan = plan_import(ws, source, "shelter", mapping={"remark": "文件夹"})
    assert plan.features[0]["remark"] == "红旗村/西沟"
