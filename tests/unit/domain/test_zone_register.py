"""A danger zone is a draft until a document number stands in its register, and every step has its turn."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.domain import lifecycle
from geohazard_desktop.domain.zone_register import (
    field_faults,
    life_of,
    may_follow,
    shown_state,
    state_of,
    step_fault,
    why_not,
    why_not_correct,
)

TODAY = date(2026, 8, 1)
COMPLETE = {
    "拟划": {},
    "已划定": {"document_no": "示政发〔2026〕1号"},
    "已公告": {"document_no": "示政告〔2026〕2号", "text": "划定示例沟危险区。"},
    "已设警示": {},
    "撤离": {"people_moved": 12, "signal": "鸣锣"},
    "返回": {"found_by": "示例专家组", "finding": "险情解除。"},
    "已撤销": {"document_no": "示政发〔2026〕9号", "finding": "治理合格。"},
}


def event(step: str, day: str = "2026-07-01", **values: object) -> dict[str, object]:
    return {"step": step, "date": day, **values}


def done(step: str, day: str = "2026-07-01", **values: object) -> dict[str, object]:
    """The step with everything that its rule asks for."""
    return event(step, day, **{**COMPLETE[step], **values})


def register(*steps: str) -> list[dict[str, object]]:
    return [done(name, uid=f"u{number}") for number, name in enumerate(steps)]


STATES = ("拟划", "已划定", "已公告", "已设警示")


def test_a_whole_life():
    events, states = [], []
    for name in ("拟划", "已划定", "已公告", "已设警示", "撤离", "返回", "已撤销"):
        assert why_not(life_of(events), name, done(name), today=TODAY) == ""
        events.append(done(name))
        states.append(shown_state(life_of(events)))
    assert states == ["拟划", "已划定", "已公告", "已设警示", "已设警示 · 撤离中", "已设警示", "已撤销"]


@pytest.mark.parametrize("before", range(5))
@pytest.mark.parametrize("name", [one for one in COMPLETE if lifecycle.step(one).is_state])
def test_only_the_legal_next_state_may_be_entered(before, name):
    path = (*STATES[1:], "已撤销")[:before]
    life = life_of(register(*path))
    state = path[-1] if path else "拟划"
    assert life.state == state
    legal = {
        "拟划": ("拟划", "已划定"),
        "已划定": ("已公告", "已撤销"),
        "已公告": ("已设警示", "已撤销"),
        "已设警示": ("已撤销",),
        "已撤销": (),
    }[state]
    refused = why_not(life, name, done(name), today=TODAY)
    assert (refused == "") == (name in legal)
    if refused:
        assert state in refused


def test_what_may_come_next_is_offered():
    assert may_follow(life_of([])) == ["拟划", "已划定", "撤离"]
    assert may_follow(life_of(register("拟划", "已划定"))) == ["已公告", "撤离", "已撤销"]
    assert may_follow(life_of(register("已划定", "已公告", "撤离"))) == ["已设警示", "返回"]
    assert may_follow(life_of(register("已划定", "已撤销"))) == []


def test_without_a_document_number_it_stays_a_draft():
    assert state_of([]) == "拟划"
    assert state_of([done("拟划"), event("已划定")]) == "拟划"
    assert state_of([done("拟划"), event("已划定", document_no="  ")]) == "拟划"
    assert state_of([done("拟划"), done("已设警示")]) == "拟划"
    assert state_of([done("拟划"), event("已公告")]) == "拟划"
    assert life_of([event("已划定")]).entries[0].fault == "没有文号"


def test_a_lifting_without_a_document_leaves_the_zone_in_force():
    state = state_of([done("已划定"), event("已撤销")])
    assert state == "已划定"
    assert lifecycle.is_in_force(state)


def test_people_return_only_after_they_were_moved_out():
    assert "没有登记撤离" in step_fault(life_of([]), "返回")
    out = life_of(register("已划定", "撤离"))
    assert out.evacuation is not None
    assert "已经在撤离" in step_fault(out, "撤离")
    assert "先登记返回" in step_fault(out, "已撤销")
    assert life_of(register("已划定", "撤离", "返回")).evacuation is None
    assert life_of(register("已划定", "撤离", "返回", "撤离")).evacuation is not None


def test_what_an_entry_still_lacks_is_said_at_its_field():
    life = life_of(register("已划定"))
    assert set(field_faults(life, "已公告", event("已公告", ""), today=TODAY)) == {"date", "document_no", "text"}
    assert (
        why_not(life, "已公告", event("已公告", document_no="示1号"), today=TODAY) == "“已公告”还缺公告内容，请先填上。"
    )
    assert "不是日期" in field_faults(life, "已公告", done("已公告", "七月"), today=TODAY)["date"]
    assert "几点几分" in field_faults(life, "撤离", done("撤离", time="25:00"), today=TODAY)["time"]


def test_dates_follow_each_other():
    life = life_of([done("已划定", "2026-07-01")])
    early = why_not(life, "已公告", done("已公告", "2026-06-30"), today=TODAY)
    assert "不能早于“已划定”（2026 年 7 月 1 日）" in early
    assert why_not(life, "已公告", done("已公告", "2026-07-01"), today=TODAY) == ""
    assert "不能晚于今天" in why_not(life, "已公告", done("已公告", "2026-08-02"), today=TODAY)
    out = life_of([done("已划定", "2026-07-20"), done("撤离", "2026-07-10", time="20:00")])
    assert "不能早于“撤离”" in why_not(out, "返回", done("返回", "2026-07-10", time="19:00"), today=TODAY)
    assert why_not(out, "返回", done("返回", "2026-07-10", time="21:30"), today=TODAY) == ""


def test_a_correction_is_read_at_the_place_of_what_it_corrects():
    events = register("已划定", "已公告")
    events.append(done("已划定", "2026-06-20", document_no="示政发〔2026〕7号", corrects="u0", uid="c1", reason="抄错"))
    life = life_of(events)
    assert life.state == "已公告"
    assert [one.text("document_no") for one in life.entries] == ["示政发〔2026〕7号", "示政告〔2026〕2号"]
    assert life.entries[0].first["document_no"] == "示政发〔2026〕1号"
    again = done("已划定", "2026-06-21", document_no="示政发〔2026〕8号", corrects="c1", uid="c2")
    assert life_of([*events, again]).entries[0].text("document_no") == "示政发〔2026〕8号"


def test_an_entry_declared_void_leaves_no_trace_in_the_state():
    events = [*register("已划定", "已公告"), {"step": "已公告", "corrects": "u1", "void": True, "reason": "登错了区"}]
    life = life_of(events)
    assert life.state == "已划定"
    assert [(one.void, one.counts) for one in life.entries] == [(False, True), (True, False)]
    assert may_follow(life) == ["已公告", "撤离", "已撤销"]


def test_a_correction_never_takes_the_ground_from_under_later_entries():
    life = life_of(register("已划定", "已公告"))
    assert "请先更正“已公告”" in why_not_correct(life, "u0", None, today=TODAY, reason="登错了区")
    assert why_not_correct(life, "u1", None, today=TODAY, reason="登错了区") == ""
    assert "原因" in why_not_correct(life, "u1", None, today=TODAY, reason=" ")
    late = done("已划定", "2026-07-15")
    assert "不能晚于“已公告”" in why_not_correct(life, "u0", late, today=TODAY, reason="日期")
    assert "缺文号" in why_not_correct(life, "u0", event("已划定"), today=TODAY, reason="文号")
    assert "已不在" in why_not_correct(life, "x", None, today=TODAY, reason="?")
    back = life_of(register("已划定", "撤离", "返回"))
    assert "请先更正“返回”" in why_not_correct(back, "u1", None, today=TODAY, reason="没有下令")


def legal(entries) -> None:
    """Every entry that counts came in its turn and on its paper."""
    state, out = "拟划", False
    for one in entries:
        if not one.counts:
            assert one.fault
            continue
        step = lifecycle.step(one.step)
        assert state in step.after
        assert one.text("document_no") or not step.needs_document
        assert one.step != "返回" or out
        out = one.step == "撤离" if not step.is_state else out and one.step != "已撤销"
        state = one.step if step.is_state else state


anything = st.builds(
    lambda step, paper, day, corrects, void: {
        **(COMPLETE[step] if paper else {}),
        "step": step,
        "date": f"2026-07-{day:02d}",
        "corrects": f"u{corrects}" if corrects is not None else None,
        "void": void,
    },
    st.sampled_from(list(COMPLETE)),
    st.booleans(),
    st.integers(1, 31),
    st.none() | st.integers(0, 8),
    st.booleans(),
)


@given(st.lists(anything, max_size=12))
def test_whatever_a_register_says_its_state_is_legal(events):
    rows = [{**one, "uid": f"u{number}"} for number, one in enumerate(events)]
    life = life_of(rows)
    legal(life.entries)
    assert life.state in lifecycle.states()
    if not any(one.get("document_no") for one in rows):
        assert life.state == "拟划"


@given(st.lists(anything, max_size=14))
def test_what_was_let_in_always_counts(events):
    """Steps and corrections entered one by one, as the window lets them in: nothing in the register is ever idle."""
    rows: list[dict[str, object]] = []
    for number, one in enumerate(events):
        life = life_of(rows)
        entry = life.entry(str(one["corrects"] or ""))
        if entry is not None:
            right = None if one["void"] else {**one, "step": entry.step}
            if not why_not_correct(life, entry.uid, right, today=TODAY, reason="抄错"):
                rows.append({**one, "step": entry.step, "uid": f"u{number}"})
        elif not why_not(life, str(one["step"]), one, today=TODAY):
            rows.append({**one, "corrects": None, "void": None, "uid": f"u{number}"})
        after = life_of(rows)
        legal(after.entries)
        assert all(entry.counts or entry.void for entry in after.entries)
