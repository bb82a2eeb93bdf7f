"""QGIS's style is made from ours: colours, hatches, categories, labels, Chinese aliases."""

from xml.etree import ElementTree

import pytest

from geohazard_desktop.cartography.qml import style_qml
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.workspace.definition import read_definitions

DEFINITIONS = {table: one for table, one in read_definitions().items() if not one.helper}


def qml(table: str) -> ElementTree.Element:
    definition = DEFINITIONS[table]
    text = style_qml(Style.parse(definition.style, table), definition)
    return ElementTree.fromstring(text[text.index("<qgis") :])


def options(root: ElementTree.Element) -> set[str]:
    """Every value of a symbol layer's property, whatever the version's way of writing it."""
    return {str(one.get("value") or one.get("v")) for one in root.iter() if one.tag in {"Option", "prop"}}


@pytest.mark.parametrize("table", sorted(DEFINITIONS))
def test_every_layer_has_a_style_that_parses_and_chinese_aliases(table):
    root = qml(table)
    assert root.tag == "qgis"
    aliases = {one.get("field"): one.get("name") for one in root.iter("alias")}
    for field in DEFINITIONS[table].fields:
        assert (aliases.get(field.name) or "").startswith(field.title)


def test_a_danger_zone_keeps_colour_hatch_and_its_states():
    root = qml("danger_zone")
    classes = {one.get("class") for one in root.iter("layer")}
    assert {"SimpleLine", "LinePatternFill"} <= classes
    assert any(value.startswith("215,0,15") for value in options(root))
    rules = [one for one in root.iter("rule") if one.get("symbol") is not None]
    labels = {one.get("label") for one in rules}
    assert {"地质灾害危险区", "已撤销的危险区", "地质灾害危险区（拟划）"} <= labels
    assert any("已划定" in (one.get("filter") or "") for one in rules)


def test_a_hazard_point_gets_the_glyph_of_its_type():
    root = qml("hazard_point")
    by_label = {one.get("label"): one.get("symbol") for one in root.iter("rule")}
    symbols = {one.get("name"): ElementTree.tostring(one, encoding="unicode") for one in root.iter("symbol")}
    glyphs = {label: symbols[name] for label, name in by_label.items() if name in symbols and label in {"崩塌", "滑坡"}}
    assert len(glyphs) == 2
    assert glyphs["崩塌"] != glyphs["滑坡"]


def test_labels_are_switched_on_where_ours_are():
    assert qml("danger_zone").get("labelsEnabled") == "1"
    assert qml("haul_road_buffer").get("labelsEnabled") == "0"
