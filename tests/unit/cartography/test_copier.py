"""What a copier would lose, and what can't be found, is said while a style is made."""

import copy

import pytest

from geohazard_desktop.cartography.copier import copier_warnings, doubts, grey, survives
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.workspace.definition import read_definitions

DEFINITIONS = read_definitions()


def told(layer, change, asked=copier_warnings):
    mapping = copy.deepcopy(dict(DEFINITIONS[layer].style))
    change(mapping)
    return asked(Style.parse(mapping, layer), DEFINITIONS[layer])


def test_the_greys_of_the_rules_for_paper():
    assert grey("#D7000F") == 66
    assert survives("#1B6CA8")
    assert not survives("#F5B73D")


@pytest.mark.parametrize("layer", [name for name, one in DEFINITIONS.items() if one.style])
def test_the_shipped_styles_survive_and_name_nothing_unknown(layer):
    assert told(layer, lambda _mapping: None) == []
    assert told(layer, lambda _mapping: None, doubts) == []


def test_a_pale_line_is_named_with_its_grey():
    words = told("danger_zone", lambda m: m["rule"][0]["symbol"][2].update(color="#FF9900"))
    assert len(words) == 1
    assert "地质灾害危险区" in words[0]
    assert "轮廓 #FF9900" in words[0]
    assert "灰度 166" in words[0]


def test_a_pale_fill_is_no_fault_but_classes_by_tint_alone_are():
    def by_tint(mapping):
        for number, rule in enumerate(mapping["rule"]):
            rule["symbol"] = [{"kind": "fill", "color": f"#FFF{number}C8"}]

    words = told("susceptibility_zone", by_tint)
    assert len(words) == 1
    assert "只靠颜色区分" in words[0]
    assert "高易发区" in words[0]


def test_a_pale_label_is_told():
    assert "注记" in told("danger_zone", lambda m: m["label"].update(color="#FF9900"))[0]


def test_many_pale_lines_are_counted():
    def pale(mapping):
        for rule in mapping["rule"]:
            for symbol in rule["symbol"]:
                symbol["color"] = "#EEEEEE"

    assert len(told("danger_zone", pale)) <= 5


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda m: m["rule"][0].update(where={"field": "grad", "equals": 1}), "grad"),
        (lambda m: m["label"].update(text="{nom}"), "nom"),
        (lambda m: m["label"].update(text="{patrol_phone}"), "个人信息（巡查责任人电话）"),
        (lambda m: m["rule"][0]["symbol"].append({"kind": "marker", "name": "没有这个"}), "没有这个"),
        (lambda m: m["rule"].insert(0, {"label": "全部"}), "第 1 条规则没有条件"),
        (lambda m: m["rule"][0]["symbol"].append({"kind": "start_ring"}), "起点圈"),
    ],
)
def test_what_is_not_there_is_told(change, named):
    assert named in told("danger_zone", change, doubts)[0]
