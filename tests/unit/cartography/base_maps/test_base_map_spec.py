"""Base maps are rows of the workspace: each change is a step that can be undone, and no key is in the file."""

import json
import sqlite3

import pytest

from geohazard_desktop.cartography.base_maps.keys import family_of, key_of, store_key, without_key
from geohazard_desktop.cartography.base_maps.service_urls import PRESETS, service_of, tile_url
from geohazard_desktop.cartography.base_maps.spec import (
    BaseMap,
    BaseMapUnusable,
    add_base_maps,
    base_maps_of,
    change_base_map,
    is_base_map_row,
    move_base_map,
    remove_base_map,
)
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.feature import Edit, changed
from geohazard_desktop.workspace.workspace import Workspace


def titles(ws) -> list[str]:
    return [one.title for one in base_maps_of(ws)]


def add(ws, *names: str, **words) -> None:
    ws.apply(add_base_maps(ws, [BaseMap("", name, "raster", f"/影像/{name}.tif", **words) for name in names]))


def test_added_changed_moved_removed_and_all_of_it_undone(workspace):
    assert base_maps_of(workspace) == []
    add(workspace, "甲", "乙")
    add(workspace, "丙", attribution="某院 2024", opacity=0.4)
    assert titles(workspace) == ["甲", "乙", "丙"]
    third = base_maps_of(workspace)[2]
    assert (third.source, third.attribution, third.opacity, third.visible) == ("/影像/丙.tif", "某院 2024", 0.4, True)
    workspace.apply(move_base_map(workspace, third.id, -1))
    assert titles(workspace) == ["甲", "丙", "乙"]
    workspace.apply(change_base_map(workspace, third.id, visible=False))
    assert not base_maps_of(workspace)[1].visible
    assert base_maps_of(workspace)[1].id == third.id
    workspace.apply(remove_base_map(workspace, third.id))
    assert titles(workspace) == ["甲", "乙"]
    words = [one.words for one in workspace.history()][:4]
    assert words == ["移除底图丙", "收起底图丙", "下移底图丙", "添加底图丙"]
    for expected in (["甲", "丙", "乙"], ["甲", "丙", "乙"], ["甲", "乙", "丙"], ["甲", "乙"], []):
        workspace.undo()
        assert titles(workspace) == expected


def test_a_move_past_the_end_changes_nothing(workspace):
    add(workspace, "甲", "乙")
    assert move_base_map(workspace, base_maps_of(workspace)[1].id, 1).deltas == []
    assert move_base_map(workspace, base_maps_of(workspace)[0].id, -5).deltas == []


def test_a_base_map_that_has_gone_refuses_in_a_sentence(workspace):
    with pytest.raises(EditRefused, match="这幅底图已经不在工作文件里了。"):
        change_base_map(workspace, "0" * 32, visible=False)


def test_a_file_below_the_workspace_moves_with_it(workspace, tmp_path):
    below = tmp_path / "影像" / "正射.tif"
    workspace.apply(add_base_maps(workspace, [BaseMap("", "正射", "raster", str(below))]))
    (row,) = (one for one in workspace.table("setting") if is_base_map_row(one.text("key")))
    assert json.loads(row.text("value"))["source"] == "影像/正射.tif"
    assert base_maps_of(workspace)[0].source == str(below)
    workspace.close()
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    moved = workspace.path.rename(elsewhere / "搬走.gpkg")
    with Workspace.open(moved, read_only=True) as ws:
        assert base_maps_of(ws)[0].source == str(elsewhere / "影像" / "正射.tif")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "不是 JSON",
        "[]",
        '{"kind": "wms", "source": "a"}',
        '{"kind": "raster"}',
        '{"kind": "raster", "source": "a", "opacity": "x"}',
    ],
)
def test_a_row_that_can_not_be_read_is_a_base_map_without_a_source(workspace, value):
    add(workspace, "甲")
    id = base_maps_of(workspace)[0].id
    row = workspace.feature("setting", id)
    workspace.apply(Edit("改坏", [changed(row, row.with_values(value=value))]))
    assert base_maps_of(workspace) == [BaseMap(id, "甲", "raster", "")]


def test_the_key_is_kept_apart_from_the_file(workspace):
    pasted = "http://t0.tianditu.gov.cn/img_w/wmts?SERVICE=WMTS&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=SECRET42"
    one, key = service_of(pasted)
    assert key == "SECRET42"
    store_key(one.source, key)
    workspace.apply(add_base_maps(workspace, [one]))
    found = base_maps_of(workspace)[0]
    assert found.key == "SECRET42"
    assert found.source.endswith("&tk={key}")
    assert tile_url(found, 3, 6, 2).endswith("TILEMATRIX=3&TILEROW=2&TILECOL=6&tk=SECRET42")
    workspace.apply(change_base_map(workspace, found.id, opacity=0.5))
    workspace.close()
    assert b"SECRET42" not in workspace.path.read_bytes()
    with sqlite3.connect(workspace.path) as sql:
        assert not [line for line in sql.iterdump() if "SECRET42" in line]
    sql.close()


def test_one_key_serves_all_of_a_givers_hosts():
    store_key("https://t{s}.tianditu.gov.cn/img_w?tk={key}", " abc ")
    assert key_of("https://t3.tianditu.gov.cn/cia_w?tk={key}") == "abc"
    assert key_of("https://example.com/{z}?key={key}") == ""
    assert key_of("https://t3.tianditu.gov.cn/{z}") == ""
    assert family_of("http://10.1.2.3:8080/{z}") == "10.1.2.3"
    assert without_key("https://a.b/{z}/{x}/{y}?Token=q1&style=2") == (
        "https://a.b/{z}/{x}/{y}?Token={key}&style=2",
        "q1",
    )


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("tiles/{z}/{x}/{y}", "这不是网址：要以 http:// 或 https:// 开头。"),
        ("file:///etc/{z}/{x}/{y}", "这不是网址：要以 http:// 或 https:// 开头。"),
        ("https://example.com/{z}/{y}.png", "网址里没有 {x}，程序不知道取哪一块。"),
        ("https://webrd01.is.autonavi.com/appmaptile?x={x}&y={y}&z={z}", "高德的地图是加偏的"),
        ("https://www.google.cn/maps/vt?x={x}&y={y}&z={z}", "谷歌中国的地图是加偏的"),
    ],
)
def test_an_address_that_is_none_or_shifted_is_refused(address, sentence):
    with pytest.raises(BaseMapUnusable) as refused:
        service_of(address)
    assert refused.value.sentence.startswith(sentence)


def test_other_spellings_of_a_template():
    one, _key = service_of("https://example.com/{TileMatrix}/{TileRow}/{TileCol}.jpg")
    assert tile_url(one, 5, 3, 9) == "https://example.com/5/9/3.jpg"
    one, _key = service_of("https://{s}.example.com/{z}/{x}/{-y}.png")
    assert one.tms
    assert tile_url(one, 3, 1, 2) == "https://a.example.com/3/1/5.png"
    one, _key = service_of("https://t0.tianditu.gov.cn/vec_c/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}")
    assert (one.matrix, one.title) == ("c", "天地图")


def test_a_ready_made_service_has_its_names_above_it():
    pictures = PRESETS[0].base_maps(with_names=True)
    assert [one.title for one in pictures] == ["天地图影像", "天地图影像注记"]
    assert all("{key}" in one.source and not one.printed for one in pictures)
