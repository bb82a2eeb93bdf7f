"""The look of a layer is changed like everything else: an edit, with words in the history, that can be undone."""

import copy

import pytest

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits import change_style, reset_style
from geohazard_desktop.workspace.edits.style_text import style_text
from geohazard_desktop.workspace.feature import Edit, inserted
from geohazard_desktop.workspace.workspace import Workspace


def redder(ws, layer="danger_zone"):
    """The layer's style with another red for the first rule's outline."""
    mapping = copy.deepcopy(dict(ws.style(layer)))
    mapping["rule"][0]["symbol"][2]["color"] = "#B3001B"
    return mapping


def test_what_changed_stands_in_the_history_old_and_new(workspace):
    edit = change_style(workspace, "danger_zone", redder(workspace))
    assert edit.words == "样式：危险区 “地质灾害危险区”轮廓 #D7000F → #B3001B"
    workspace.apply(edit)
    assert workspace.history(1)[0].words == edit.words
    assert workspace.style("danger_zone")["rule"][0]["symbol"][2]["color"] == "#B3001B"


def test_a_change_is_undone_and_done_again_by_the_normal_history(workspace):
    default = workspace.style("danger_zone")
    workspace.apply(change_style(workspace, "danger_zone", redder(workspace)))
    workspace.undo()
    assert workspace.style("danger_zone") == default
    workspace.redo()
    assert workspace.style("danger_zone") == redder(workspace)


def test_the_default_comes_back_in_one_step_and_can_be_taken_back(workspace):
    workspace.apply(change_style(workspace, "danger_zone", redder(workspace)))
    edit = reset_style(workspace, "danger_zone")
    assert edit.words == "样式：危险区 恢复默认"
    workspace.apply(edit)
    assert workspace.style("danger_zone") == workspace.definitions["danger_zone"].style
    assert reset_style(workspace, "danger_zone").deltas == []
    workspace.undo()
    assert workspace.style("danger_zone")["rule"][0]["symbol"][2]["color"] == "#B3001B"


def test_the_same_style_again_is_no_step(workspace):
    assert change_style(workspace, "danger_zone", workspace.style("danger_zone")).deltas == []
    workspace.apply(change_style(workspace, "danger_zone", redder(workspace)))
    assert change_style(workspace, "danger_zone", redder(workspace)).deltas == []


def test_another_window_sees_the_change(workspace):
    with Workspace.open(workspace.path) as other:
        told = []
        other.subscribe(told.extend)
        other.poll()
        workspace.apply(change_style(workspace, "danger_zone", redder(workspace)))
        other.poll()
        assert [(one.layer, one.after.text("table_name")) for one in told] == [("style", "danger_zone")]
        assert other.style("danger_zone") == redder(workspace)


@pytest.mark.parametrize("layer", [name for name, one in read_definitions().items() if one.style])
def test_every_shipped_style_survives_writing_and_reading(workspace, layer):
    mapping = dict(workspace.definitions[layer].style)
    workspace.apply(Edit("样式", [inserted(_row(layer, style_text(mapping)))]))
    assert workspace.style(layer) == mapping


def test_an_experts_own_lines_stay_as_long_as_they_say_the_same(workspace):
    mapping = redder(workspace)
    text = "# 2026 年 6 月按分管领导意见改\n" + style_text(mapping)
    workspace.apply(change_style(workspace, "danger_zone", mapping, text=text))
    assert workspace.find("style", "table_name", "danger_zone")[0].text("toml") == text
    workspace.apply(change_style(workspace, "danger_zone", mapping | {"draw_order": 131}, text=text))
    assert "#" not in workspace.find("style", "table_name", "danger_zone")[0].text("toml").splitlines()[0]


def test_names_with_quotes_and_newlines_survive(workspace):
    mapping = {"rule": [{"label": '沟"甲"\\\n乙', "where": {"field": "name", "equals": "a'b\"c\t"}, "symbol": []}]}
    workspace.apply(change_style(workspace, "river", mapping))
    assert workspace.style("river") == mapping


def test_rows_that_another_program_doubled_become_one(workspace):
    text = style_text(redder(workspace))
    workspace.apply(Edit("样式", [inserted(_row("danger_zone", text)), inserted(_row("danger_zone", text))]))
    workspace.apply(change_style(workspace, "danger_zone", redder(workspace) | {"draw_order": 140}))
    assert len(workspace.find("style", "table_name", "danger_zone")) == 1
    assert workspace.style("danger_zone")["draw_order"] == 140


@pytest.mark.parametrize("layer", ["person", "style"])
def test_a_layer_without_a_look_is_refused(workspace, layer):
    with pytest.raises(EditRefused) as caught:
        change_style(workspace, layer, {"rule": []})
    assert "没有样式" in caught.value.sentence


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda m: m["rule"].pop(), "规则 3 → 2 条"),
        (lambda m: m["rule"].reverse(), "规则换了先后"),
        (lambda m: m.pop("label"), "不注记了"),
        (lambda m: m["label"].update(color="#000000"), "注记 #B3001B → #000000"),
        (lambda m: m["label"].update(size=12), "注记大小 9.5 → 12"),
        (lambda m: m.update(maximum_scale_denominator=50000), "最小比例尺 无 → 1:50000"),
        (lambda m: m["rule"][2]["symbol"].pop(1), "“拟划的危险区”符号层 底色、斜线、轮廓 → 底色、轮廓"),
        (lambda m: m["rule"][0]["symbol"][1].update(spacing=3), "“地质灾害危险区”斜线间距 1.7 → 3"),
        (lambda m: m["rule"][1]["symbol"][0].update(dash=[2, 1]), "“已撤销的危险区”轮廓虚线 1.2 1.2 → 2 1"),
    ],
)
def test_each_kind_of_change_has_its_words(workspace, change, words):
    mapping = copy.deepcopy(dict(workspace.style("danger_zone")))
    change(mapping)
    assert change_style(workspace, "danger_zone", mapping).words == f"样式：危险区 {words}"


def test_many_changes_are_counted(workspace):
    mapping = redder(workspace)
    for rule in mapping["rule"]:
        for symbol in rule["symbol"]:
            symbol["color"] = "#123456"
    assert change_style(workspace, "danger_zone", mapping).words.endswith("，共改 7 处")


def _row(layer, text):
    from geohazard_desktop.workspace.edits.style import _row as row

    return row(layer, text)
