"""What the style editor is made of: the draft, the palette, dashes, markers, conditions, and styles from elsewhere."""

import copy
import errno
import os
import re
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QMenu

from geohazard_desktop.cartography.style import FITTING, KINDS, Style
from geohazard_desktop.common.errors import DefinitionInvalid, ExportRefused
from geohazard_desktop.desktop.styles.colours import families
from geohazard_desktop.desktop.styles.condition import read, read_number
from geohazard_desktop.desktop.styles.dashes import read_dash
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.files import export_style, import_style, take_text
from geohazard_desktop.desktop.styles.forms import FRESH
from geohazard_desktop.desktop.styles.label_fields import fill_field_menu
from geohazard_desktop.desktop.styles.limits_fit import graded, regraded, regraded_words
from geohazard_desktop.desktop.styles.markers import marker_families, marker_names, marker_words
from geohazard_desktop.desktop.styles.text import TextBroken, read_style
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits.style_text import style_text
from geohazard_desktop.workspace.feature import Feature, FeatureTable, new_uid

DEFINITIONS = read_definitions()


def draft(layer="danger_zone", *states):
    table = FeatureTable.of(layer, [Feature(layer, str(n), None, {"state": one}) for n, one in enumerate(states)])
    return StyleDraft(DEFINITIONS[layer], DEFINITIONS[layer].style, table)


def test_looking_at_a_style_changes_nothing():
    made = draft()
    for number in range(len(made.rules)):
        made.choose_rule(number)
        assert made.symbols
        assert made.current_symbol is not None
        assert made.sample(number)
    assert not made.dirty
    assert made.mapping == DEFINITIONS["danger_zone"].style


def test_the_definition_is_never_changed_through_the_draft():
    before = copy.deepcopy(dict(DEFINITIONS["danger_zone"].style))
    made = draft()
    made.symbols[0]["color"] = "#123456"
    made.touch()
    assert made.dirty
    assert DEFINITIONS["danger_zone"].style == before


def test_rules_count_their_features_and_those_that_none_names():
    made = draft("danger_zone", "已划定", "已公告", "已撤销", None)
    assert made.counts() == {0: 2, 1: 1, 2: 1}
    made.set_rules(made.rules[:2])
    assert made.counts() == {0: 2, 1: 1, -1: 1}


def test_what_cant_be_read_keeps_the_last_style_and_its_sentence():
    made = draft()
    made.symbols[0]["color"] = "rot"
    made.touch()
    assert made.fault is not None
    assert "危险区" in made.fault.sentence
    assert made.parsed_rule is None
    assert made.style.rules, "the last one that could be read"
    made.symbols[0]["color"] = "#FF0000"
    made.touch()
    assert made.fault is None


@pytest.mark.parametrize("geometry", FITTING)
def test_every_symbol_layer_that_is_offered_can_be_drawn_at_once(geometry):
    for kind in FITTING[geometry]:
        symbol = {"kind": kind} | dict(FRESH[kind])
        assert Style.parse({"rule": [{"symbol": [symbol]}]}, "x").rules[0].symbols[0].kind == kind


def test_all_thirteen_kinds_are_offered_somewhere():
    assert {kind for offered in FITTING.values() for kind in offered} == set(KINDS) == set(FRESH)


def test_the_layers_own_colours_come_first_and_each_colour_once():
    own, others = families(DEFINITIONS, "danger_zone")
    assert "#D7000F" in dict(own)
    assert not set(dict(own)) & set(dict(others))
    assert "撤离路线 线" in dict(others)["#1B6E45"]
    assert len(dict(others)) == len(others)


@pytest.mark.parametrize(
    ("text", "dash"),
    [
        ("", []),
        ("3 0.8 0.4 0.8", [3, 0.8, 0.4, 0.8]),
        ("2，1", [2, 1]),
        ("2、1；", [2, 1]),
        ("3", None),
        ("-1 2", None),
        ("a b", None),
        ("0 0", None),
        ("nan 1", None),
        ("1e9 1", None),
    ],
)
def test_a_dash_is_read_as_people_write_it(text, dash):
    assert read_dash(text) == dash


def test_a_family_of_markers_follows_a_field():
    found = dict(marker_families(DEFINITIONS["hazard_point"]))
    assert "hazard/{hazard_type}" in found
    assert "灾害类型" in found["hazard/{hazard_type}"]
    assert dict(marker_families(DEFINITIONS["road"])) == {}
    assert "mine" in marker_names()
    assert not any(one.startswith("_") for one in marker_names())
    assert marker_words("hazard/崩塌", DEFINITIONS["road"]) == "隐患点 崩塌"
    assert not [one for one in marker_names() if re.search("[A-Za-z]", marker_words(one, DEFINITIONS["road"]))]
    assert marker_words("landmark/{kind}", DEFINITIONS["facility"]) == "地标，按类别"
    assert marker_words("hazard/{hazard_type}", DEFINITIONS["road"]) == "隐患点，按没有的字段"
    assert marker_words("tower", DEFINITIONS["road"]) == "没有这个图案（tower）"


def test_examples_in_the_menu_of_fields_measure_a_few_shapes_however_many_there_are():
    asked: list[int] = []

    def measure(uids, names):
        asked.append(len(uids))
        return {name: [None, *[25_000.0] * (len(uids) - 1)] for name in names}

    features = [Feature("waste_heap", str(number), None, {}) for number in range(3_000)]
    table = FeatureTable.of("waste_heap", features)
    made = StyleDraft(DEFINITIONS["waste_heap"], DEFINITIONS["waste_heap"].style, table, measure)
    menu, inserted = QMenu(), []
    fill_field_menu(menu, made, inserted.append)
    area = next(one for one in menu.findChildren(QMenu) if one.title().startswith("面积"))
    area.aboutToShow.emit()
    area.aboutToShow.emit()
    assert asked
    assert max(asked) <= 20
    first = area.actions()[0]
    assert "25" in first.text()
    first.trigger()
    assert inserted == ["{面积:m²:0}"]
    assert "面积:m²" not in made.table.columns, "an example is no column of the layer"


def graded_heaps(values: list[float], limits: tuple[int, ...] = (20, 24)) -> StyleDraft:
    features = [Feature("waste_heap", new_uid(), None, {"depth_m": one}) for one in values]
    edges = [None, *limits, None]
    rules = [
        {
            "label": str(low),
            "where": {"field": "depth_m"} | {key: at for key, at in (("minimum", low), ("maximum", high)) if at},
            "symbol": [{"kind": "fill", "color": f"#{number:06d}"}],
        }
        for number, (low, high) in enumerate(pairwise(edges))
    ]
    rest = {"label": "没有填数", "symbol": [{"kind": "fill"}]}
    mapping = {"rule": [*rules, rest]}
    return StyleDraft(DEFINITIONS["waste_heap"], mapping, FeatureTable.of("waste_heap", features))


def test_limits_that_part_no_value_of_this_layer_are_told():
    draft = graded_heaps([2.0, 4.5])
    found = graded(draft)
    assert (found.field, found.parted) == ("depth_m", False)
    assert regraded_words(draft, found, 2) == "已按渣堆的“堆高”重新分成 2 级：带来的界限（20、24）一级也分不开。"
    assert graded(graded_heaps([2.0, 22.0])).parted
    assert graded(graded_heaps([])).parted
    assert graded(graded_heaps([3.0, 3.0])).parted


def test_limits_made_anew_keep_the_classes_looks_and_the_rest():
    draft = graded_heaps([1.0, 2.0, 5.0, 6.0, 9.0, 9.5])
    made = regraded(draft, graded(draft))
    assert [one["label"] for one in made] == ["< 5 m", "5–9 m", "≥ 9 m", "没有填数"]
    assert [one["symbol"][0].get("color") for one in made] == ["#000000", "#000001", "#000002", None]
    two = graded_heaps([1.0, 9.0])
    made = regraded(two, graded(two))
    assert [one["symbol"][0].get("color") for one in made] == ["#000000", "#000002", None], "both ends of the ramp"


def test_rules_that_are_no_classes_are_not_graded():
    draft = graded_heaps([1.0])
    draft.set_rules([{"where": {"field": "name", "contains": "甲"}, "symbol": []}, {"symbol": []}])
    assert graded(draft) is None


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("2.5", 2.5), ("1 000", 1000), ("x", None), ("inf", None)])
def test_numbers_of_a_condition(text, number):
    assert read_number(text) == number


def test_a_conditions_value_has_the_type_of_its_field():
    fields = DEFINITIONS["danger_zone"].by_name
    assert read("12", fields["must_move_people"]) == 12
    assert read("12", fields["name"]) == "12"
    assert read("是", fields["schematic"]) is True


def test_a_style_text_is_refused_with_line_and_what_stands_there():
    with pytest.raises(TextBroken) as caught:
        read_style('[style]\ndraw_order = 130\ncolor: "rot"\n')
    assert caught.value.place is not None
    assert caught.value.place[0] == 3
    assert 'color: "rot"' in caught.value.sentence
    for text in ("", "a = 1", "[style]\n", '[style]\ndraw_order = 1\n[other]\na = "b"'):
        with pytest.raises(TextBroken):
            read_style(text)


def test_a_style_for_points_is_refused_on_an_area_without_markers_and_nothing_changes():
    made = draft("facility")
    with pytest.raises(DefinitionInvalid) as caught:
        take_text(made, style_text(DEFINITIONS["susceptibility_zone"].style))
    assert "重要设施是点" in caught.value.sentence
    assert not made.dirty


def test_an_experts_comments_survive_export_and_import(tmp_path):
    made = draft()
    take_text(made, "# 分管领导定的\n" + style_text(dict(made.mapping) | {"draw_order": 131}))
    export_style(made, tmp_path / "危险区.toml")
    text = (tmp_path / "危险区.toml").read_text(encoding="utf-8")
    assert text.startswith("# 危险区的样式（面）")
    assert "# 分管领导定的" in text
    other = draft()
    import_style(other, tmp_path / "危险区.toml")
    assert other.mapping["draw_order"] == 131


def test_a_full_disk_keeps_the_style_that_was_exported_before(tmp_path, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "危险区.toml"
    path.write_bytes(b"before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportRefused, match="磁盘满了"):
        export_style(draft(), path)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_takes_nothing_is_named(tmp_path):
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(ExportRefused) as caught:
        export_style(draft(), tmp_path / "文件" / "危险区.toml")
    assert "危险区.toml" in caught.value.sentence
    with pytest.raises(DefinitionInvalid) as missing:
        import_style(draft(), tmp_path / "没有.toml")
    assert "没有.toml" in missing.value.sentence
