"""The steps of a danger zone's life and the words of their law."""

from geohazard_desktop.domain import lifecycle
from geohazard_desktop.workspace.definition import read_definitions


def test_states_and_steps_are_those_of_the_layers():
    definitions = read_definitions()
    assert lifecycle.states() == definitions["danger_zone"].by_name["state"].values
    assert tuple(one.name for one in lifecycle.steps()) == definitions["zone_event"].by_name["step"].values
    fields = definitions["zone_event"].by_name
    assert all(name in fields for one in lifecycle.steps() for name in one.needs)


def test_the_acts_of_the_government_need_a_document():
    assert [one.name for one in lifecycle.steps() if one.needs_document] == ["已划定", "已公告", "已撤销"]
    assert all(one.actor == "县级人民政府" for one in lifecycle.steps() if one.needs_document)
    assert all(one.source.words for one in lifecycle.steps())


def test_official_and_in_force():
    states = lifecycle.states()
    assert [one for one in states if lifecycle.is_official(one)] == [
        "已划定",
        "已公告",
        "已设警示",
        "已撤销",
    ]
    assert [one for one in lifecycle.states() if lifecycle.is_in_force(one)] == ["已划定", "已公告", "已设警示"]
    for word in ("", "撤离", "管控", "未知"):
        assert not lifecycle.is_official(word)
        assert not lifecycle.is_in_force(word)


def test_the_words_of_the_law():
    assert "爆破" in lifecycle.control_words()
    assert "20 万元" in lifecycle.penalty_brief()[0]
    assert lifecycle.sign_days()[0] == 10
    assert lifecycle.sign_spacing()[0] > 0


def test_a_step_calls_its_fields_by_what_they_are_there():
    announced, signed = lifecycle.step("已公告"), lifecycle.step("已设警示")
    assert announced is not None
    assert signed is not None
    assert announced.title("text") == "公告内容"
    assert signed.title("text") == "说明"
    assert announced.fields == ("date", "document_no", "actor", "text")
