"""A danger zone is a draft until a document number stands in its register."""

from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.domain import lifecycle
from geohazard_desktop.workspace.definition import read_definitions


def event(step: str, document: str = "", **values: str) -> dict[str, object]:
    return {"step": step, "document_no": document, "date": "2026-07-01", **values}


DRAWN = event("拟划")
DELIMITED = event("已划定", "示政发〔2026〕1号")
ANNOUNCED = event("已公告", "示政发〔2026〕2号")
SIGNED = event("已设警示")
LIFTED = event("已撤销", "示政发〔2026〕9号")


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


def test_a_whole_life():
    events, states = [], []
    for one in (DRAWN, DELIMITED, ANNOUNCED, SIGNED, event("撤离"), event("返回"), LIFTED):
        events.append(one)
        states.append(lifecycle.state_of(events))
    assert states == ["拟划", "已划定", "已公告", "已设警示", "已设警示", "已设警示", "已撤销"]


def test_without_a_document_number_it_stays_a_draft():
    assert lifecycle.state_of([]) == "拟划"
    assert lifecycle.state_of([DRAWN, event("已划定")]) == "拟划"
    assert lifecycle.state_of([DRAWN, event("已划定", "  ")]) == "拟划"
    assert lifecycle.state_of([DRAWN, SIGNED]) == "拟划"
    assert lifecycle.state_of([DRAWN, event("已公告")]) == "拟划"


def test_a_lifting_without_a_document_leaves_the_zone_in_force():
    assert lifecycle.state_of([DELIMITED, event("已撤销")]) == "已划定"
    assert lifecycle.is_in_force(lifecycle.state_of([DELIMITED, event("已撤销")]))


def test_a_mistake_is_corrected_by_a_further_event():
    assert lifecycle.state_of([DELIMITED, LIFTED, DELIMITED]) == "已划定"
    assert lifecycle.state_of([DELIMITED, DRAWN]) == "拟划"


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


def test_why_a_step_cannot_be_entered():
    assert lifecycle.why_not("拟划", "已划定", DELIMITED) == ""
    assert lifecycle.why_not("拟划", "已划定", event("已划定")) == "“已划定”还缺文号，请先填上。"
    assert "要在已划定之后" in lifecycle.why_not("拟划", "已公告", ANNOUNCED)
    assert lifecycle.why_not("拟划", "已公告", {**ANNOUNCED, "text": "公告"}, correcting=True) == ""
    assert "公告内容" in lifecycle.why_not("已划定", "已公告", ANNOUNCED)
    assert "没有“作废”" in lifecycle.why_not("拟划", "作废", {})


def test_the_words_of_the_law():
    assert "爆破" in lifecycle.control_words()
    assert "20 万元" in lifecycle.penalty_words()


@given(st.lists(st.sampled_from([DRAWN, event("已划定"), event("已公告"), SIGNED, event("撤离"), event("已撤销")])))
def test_no_register_without_a_document_number_makes_a_zone_official(events):
    assert lifecycle.state_of(events) == "拟划"


@given(st.lists(st.sampled_from([DRAWN, DELIMITED, ANNOUNCED, SIGNED, LIFTED, event("已撤销"), event("返回"), {}])))
def test_every_register_has_a_state(events):
    assert lifecycle.state_of(events) in lifecycle.states()
