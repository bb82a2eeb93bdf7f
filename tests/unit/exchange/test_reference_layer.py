"""Others' data as a layer of its own: what is made of the columns, what stays personal, what may be printed."""

import json
from pathlib import Path

import pytest

from geohazard_desktop.cartography.qgis_styles import QgisStyles
from geohazard_desktop.common.errors import EditRefused, ImportRefused
from geohazard_desktop.desktop.imports.work import Look, Wish, look, store
from geohazard_desktop.exchange.reference_layer import GROUP
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.workspace.definition import NEW_REFERENCE
from geohazard_desktop.workspace.edits import change_values, delete_features
from geohazard_desktop.workspace.edits.layer_words import change_source, print_layer, remove_layer, rename_layer
from geohazard_desktop.workspace.workspace import Workspace

HOSTILE = '示例矿 "#$\\ <script> 㐂𠮷 \x07\n二行 ' + "长" * 120


@pytest.fixture
def mines(tmp_path: Path) -> Path:
    rows = [("示例一矿", "李示例", 12.5, 120, 3.0), (HOSTILE, "王示例", None, 90, 4.0), ("", "", 7.25, None, 5.0)]
    features = [
        {
            "type": "Feature",
            "properties": {
                "矿山名称": name, "编号": f"C{at}", "权利人": owner, "面积（公顷）": area, "规模": size, "层数": layers,
                '坏"列\n名\\': at, "空列": None,
            },
            "geometry": {"type": "Polygon", "coordinates": [[[x, 39.5], [x + 0.01, 39.5], [x, 39.51], [x, 39.5]]]},
        }
        for at, (name, owner, area, size, layers) in enumerate(rows)
        for x in [106.7 + 0.02 * at]
    ]  # fmt: skip
    path = tmp_path / "采矿权.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def looked(ws: Workspace, path: Path, **wishes: object) -> Look:
    found = look(ws.path, Wish(path, NEW_REFERENCE, **wishes))
    assert found.refusal is None, found.refusal
    return found


def loaded(ws: Workspace, path: Path, **wishes: object) -> str:
    found = looked(ws, path, **wishes)
    store(ws, [found])
    ws.poll()
    return found.layer


def test_a_layer_is_made_of_the_columns_and_stays_in_the_file(workspace: Workspace, mines: Path):
    layer = loaded(workspace, mines, origin="示例市，2025 年")
    made = workspace.definitions[layer]
    assert (made.title, made.group, made.geometry, made.reference) == ("采矿权", GROUP, "polygon", True)
    own = {
        one.title: (one.type, one.personal)
        for one in made.fields
        if one.name.startswith("attribute") or one.name == "name"
    }
    assert own == {
        "矿山名称": ("text", False), "编号（原表）": ("text", False), "权利人": ("text", True),
        "面积（公顷）": ("real", False), "规模": ("integer", False), "层数": ("integer", False),
        '坏"列 名\\': ("integer", False),
    }  # fmt: skip
    assert made.style["label"]["text"] == "{name}"
    first, second, third = workspace.table(layer)
    assert (first["name"], second["name"], third["name"]) == ("示例一矿", second["name"], None)
    assert second.text("name").startswith('示例矿 "#$\\ <script> 㐂𠮷')
    path = workspace.path
    workspace.close()
    with Workspace.open(path) as again:
        assert again.definitions[layer].source == "示例市，2025 年"
        assert [one.uid for one in again.table(layer)] == [first.uid, second.uid, third.uid]


def test_the_second_file_gets_a_title_of_its_own(workspace: Workspace, mines: Path):
    first, second = loaded(workspace, mines), loaded(workspace, mines)
    assert first != second
    assert [workspace.definitions[one].title for one in (first, second)] == ["采矿权", "采矿权 2"]
    assert loaded(workspace, mines, title="危险区")
    assert workspace.definitions["reference_003"].title == "危险区 2"


def test_undo_takes_the_layer_away_and_redo_brings_it_back(workspace: Workspace, mines: Path):
    layer = loaded(workspace, mines)
    assert layer in {one.table for one in workspace.in_use()}
    workspace.undo()
    assert layer not in {one.table for one in workspace.in_use()}
    workspace.redo()
    assert workspace.count(layer) == 3
    gone = remove_layer(workspace, layer)
    assert gone.words == "移除参考图层“采矿权”（3 个要素）"
    workspace.apply(gone)
    assert layer not in {one.table for one in workspace.in_use()}
    workspace.undo()
    assert workspace.count(layer) == 3


def test_nobody_changes_what_is_others(workspace: Workspace, mines: Path):
    layer = loaded(workspace, mines)
    first = next(iter(workspace.table(layer)))
    with pytest.raises(EditRefused, match="采矿权是参考图层，只看不改。"):
        workspace.apply(change_values(workspace.definitions, [first], {"name": "别的"}))
    assert next(iter(workspace.table(layer)))["name"] == "示例一矿"
    workspace.apply(delete_features(workspace.definitions, [first]))  # the office's copy may go
    assert workspace.count(layer) == 2


def test_a_list_without_coordinates_and_a_file_without_shapes_are_refused(workspace: Workspace, tmp_path: Path):
    table = tmp_path / "名单.csv"
    table.write_text("名称,面积\n甲,1\n", encoding="utf-8")
    found = look(workspace.path, Wish(table, NEW_REFERENCE))
    assert isinstance(found.refusal, ImportRefused)
    assert "没有坐标" in str(found.refusal)
    empty = tmp_path / "空.geojson"
    empty.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":null}]}',
        encoding="utf-8",
    )
    assert "都没有图形" in str(look(workspace.path, Wish(empty, NEW_REFERENCE)).refusal)
    assert not [one for one in workspace.definitions.values() if one.reference]


def test_another_window_gets_the_layer_with_its_next_look(workspace: Workspace, mines: Path):
    with Workspace.open(workspace.path) as other:
        layer = loaded(workspace, mines)
        assert layer not in other.definitions
        told: list[str] = []
        other.subscribe(lambda deltas: told.extend(one.layer for one in deltas))
        other.poll()
        assert other.count(layer) == 3
        assert set(told) == {layer}


def test_it_is_on_paper_only_where_it_is_ticked_and_never_without_its_source(workspace: Workspace, mines: Path):
    layer = loaded(workspace, mines)

    def on(use: str) -> bool:
        return layer in {one.layer for one in MapLayers(workspace, references=use).pictures}

    assert not on("internal")
    assert not on("public")
    with pytest.raises(EditRefused, match="没有写资料来源，不能印在图上"):
        print_layer(workspace, layer, "internal")
    workspace.apply(change_source(workspace, layer, "示例市，2025 年"))
    workspace.apply(print_layer(workspace, layer, "internal"))
    assert on("internal")
    assert not on("public")
    assert not on("")
    workspace.apply(print_layer(workspace, layer, "public"))
    assert on("internal")
    assert on("public")
    assert not on("")
    with pytest.raises(EditRefused, match="正印在图上"):
        change_source(workspace, layer, " ")
    workspace.undo()
    assert on("internal")
    assert not on("public")
    workspace.apply(print_layer(workspace, layer, ""))
    assert not on("internal")
    with pytest.raises(EditRefused, match="不是参考图层"):
        print_layer(workspace, "danger_zone", "public")


def test_a_layers_own_title_holds_everywhere_and_is_undone(workspace: Workspace):
    edit = rename_layer(workspace, "river", "  季节\n河 ")
    assert edit.words == f"图层“{workspace.definitions['river'].title}”改名为“季节 河”"
    before = workspace.definitions["river"].title
    workspace.apply(edit)
    assert workspace.definitions["river"].title == "季节 河"
    with Workspace.open(workspace.path, read_only=True) as other:
        assert other.definitions["river"].title == "季节 河"
    assert not rename_layer(workspace, "river", "季节 河").deltas
    workspace.undo()
    assert workspace.definitions["river"].title == before
    workspace.redo()
    workspace.apply(rename_layer(workspace, "river", ""))
    assert workspace.definitions["river"].title == before


@pytest.mark.parametrize(
    ("layer", "title", "words"),
    [("zone_event", "甲", "是登记"), ("river", "危险区", "已经有一个图层叫"), ("river", "长" * 41, "太长")],
)
def test_a_title_that_may_not_be_is_refused(workspace: Workspace, layer: str, title: str, words: str):
    with pytest.raises(EditRefused, match=words):
        rename_layer(workspace, layer, title)


def test_qgis_finds_its_style_and_its_own_words_for_the_columns(workspace: Workspace, mines: Path):
    following = QgisStyles(workspace)
    layer = loaded(workspace, mines)
    qml = workspace.stored_styles()[layer]
    assert 'name="权利人"' in qml
    assert "LinePatternFill" in qml
    following.close()


def test_a_file_whose_columns_no_layer_knows_is_offered_as_one(workspace: Workspace, mines: Path, tmp_path: Path):
    rows = json.loads(mines.read_text(encoding="utf-8"))
    for one in rows["features"]:
        one["properties"] = {"DLBM": "0101", "TBMJ": 12.5, "QSDWDM": "1503"}
    plots = tmp_path / "图斑.geojson"
    plots.write_text(json.dumps(rows), encoding="utf-8")
    found = look(workspace.path, Wish(plots, "subsidence_area"))
    assert found.plan is not None
    assert found.fitting == [NEW_REFERENCE]
    for one in rows["features"]:
        one["properties"] = {"名称": "甲", "编号": "1", "备注": "乙"}
    plots.write_text(json.dumps(rows), encoding="utf-8")
    assert look(workspace.path, Wish(plots, "subsidence_area")).fitting == []
