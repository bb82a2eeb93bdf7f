"""Paper that knows its age: what a code says, what changed since, what is to be printed again."""

from datetime import date

import pytest
from test_issuing import E, N, add, household, village  # noqa: F401

from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.issues.code_check import beside_today, check_code, check_code_in
from geohazard_desktop.publishing.issues.issue_register import read_register
from geohazard_desktop.publishing.issues.issuing import reprint
from geohazard_desktop.publishing.issues.kept_paper import KeptPaper, Paper, inputs_hash, says_the_same
from geohazard_desktop.publishing.issues.standing import State
from geohazard_desktop.publishing.issues.standings import standings, standings_after
from geohazard_desktop.publishing.issues.touched import touched
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
from geohazard_desktop.workspace.edits import change_geometry, change_values, create_feature
from geohazard_desktop.workspace.edits.card_issues import RECEIVED, VOID, note_step


@pytest.fixture
def issued(village, tmp_path):  # noqa: F811
    publish_cards(village, tmp_path / "卡", kind="household")
    return village


def states(ws) -> dict[str, State]:
    return {one.number: one.state for one in standings(ws, "cards_household")}


def test_before_the_first_issue_nothing_was_issued(village):  # noqa: F811
    assert set(states(village).values()) == {State.NEVER}


def test_what_was_issued_today_is_the_latest(issued):
    assert set(states(issued).values()) == {State.LATEST}


def test_a_changed_telephone_marks_the_one_card_and_says_so(issued):
    issued.apply(change_values(issued.definitions, [household(issued, 1)], {"phone": "139 0000 0077"}))
    first, second = sorted(standings(issued, "cards_household"), key=lambda one: one.number)
    assert first.state is State.CHANGED
    assert first.changes == ("户主联系电话：139 0000 0001 改成 139 0000 0077",)
    assert second.state is State.LATEST


def test_another_who_answers_for_the_cards_is_named_and_what_was_printed_stays(issued):
    paper = read_register(issued).papers[0]
    before = reprint(issued, paper.code)
    row = {"key": "issuer.contact", "name": "发放单位负责人", "person": "吴示例"}
    issued.apply(create_feature(issued.definitions, "setting", None, row))
    told = {one.changes for one in standings(issued, "cards_household") if one.state is State.CHANGED}
    assert told == {("发放单位负责人：空 改成 吴示例",)}
    assert reprint(issued, paper.code) == before


def test_where_one_household_changed_only_its_door_is_looked_at(issued):
    home = household(issued, 1)
    edit = change_values(issued.definitions, [home], {"phone": "139 0000 0077"})
    issued.apply(edit)
    (found,), homes = standings_after(issued, [touched(one) for one in edit.deltas], progress=lambda *_told: None)
    assert homes == {home.uid}
    assert [found] == [one for one in standings(issued, "") if one.uid == home.uid]


def test_an_old_entry_of_which_nothing_was_kept_has_not_changed_but_can_not_be_compared(village):  # noqa: F811
    old = {"kind": "防灾避险明白卡", "card_no": "旧-1", "household": household(village, 1).uid, "version": 1}
    village.apply(create_feature(village.definitions, "card_issue", None, old))
    first, second = sorted(standings(village, "cards_household"), key=lambda one: one.number)
    assert (first.state, second.state) == (State.INCOMPARABLE, State.NEVER)
    assert not first.state.to_print
    assert "再出一版" in first.changes[0]


def test_a_moved_zone_marks_the_cards_that_show_it(issued):
    (zone,) = issued.table("danger_zone")
    from shapely import affinity

    issued.apply(change_geometry(issued.definitions, zone, affinity.translate(zone.geometry, -12, 0)))
    for one in standings(issued, "cards_household"):
        assert one.state is State.CHANGED
        assert one.changes


def test_a_member_more_is_told_by_the_table_s_name(issued):
    add(issued, "household_member", household=household(issued, 2).uid, name="孙示例", sex="女")
    changed = [one for one in standings(issued, "cards_household") if one.state is State.CHANGED]
    assert [one.changes for one in changed] == [("新增家庭成员情况：“孙示例”",)]


def test_a_code_in_force_is_valid_and_says_since_when(issued):
    paper = read_register(issued).papers[0]
    answer = check_code(read_register(issued), paper.code.lower().replace("-", " "))
    assert answer.verdict == "valid"
    assert date.today().isoformat() in answer.sentence
    assert "还没有登记签收" in answer.sentence
    assert "赵示例" not in answer.sentence
    issued.apply(note_step(issued.definitions, [paper.row.values], RECEIVED, {"signed_on": "2026-11-29"}))
    assert "2026-11-29 签收" in check_code(read_register(issued), paper.code).sentence


def test_a_code_that_was_replaced_says_when_and_by_which(issued, tmp_path):
    old = read_register(issued).papers[0]
    issued.apply(change_values(issued.definitions, [household(issued, 1)], {"phone": "139 0000 0077"}))
    publish_cards(issued, tmp_path / "再", kind="household", changed_only=True)
    new = read_register(issued).papers[-1]
    answer = check_code(read_register(issued), old.code)
    assert answer.verdict == "replaced"
    assert answer.now == new
    assert new.code in answer.sentence


def test_of_two_papers_that_two_windows_numbered_alike_the_last_one_alone_holds(issued, tmp_path):
    """Both had read the register before either entered its paper."""
    from geohazard_desktop.publishing.issues.issuing import IssueDesk, Printed, Subject

    old = read_register(issued).papers[0]
    desks = [IssueDesk(issued, "cards_household", old.kind) for _window in range(2)]
    subject = Subject("household", old.subject, name=old.subject_name)
    for number, desk in enumerate(desks):
        plain = Paper("household_card", {"cards": [{"head": f"第{number}窗口"}]}, {}, "卡")
        one = desk.take(subject, plain, lambda _ticket, plain=plain: plain)
        desk.write([Printed(tmp_path / f"{number}.pdf", b"%PDF-", [one])], PublishReport())
    register = read_register(issued)
    first, last = register.papers[-2:]
    assert first.version == last.version == 2
    assert first.code != last.code
    assert check_code(register, first.code).verdict == "replaced"
    assert check_code(register, last.code).verdict == "valid"
    assert check_code(register, old.code).now == last


def test_a_mistyped_code_names_the_character_and_offers_the_paper(issued):
    paper = read_register(issued).papers[0]
    wrong = ("3" if paper.code[0] != "3" else "4") + paper.code[1:]
    answer = check_code(read_register(issued), wrong)
    assert answer.verdict == "mistyped"
    assert "第 1 个字" in answer.sentence
    assert answer.near[0].code == paper.code


def test_a_code_of_others_is_unknown_and_a_void_one_says_why(issued):
    assert check_code(read_register(issued), "2222-2222").verdict == "unknown"
    paper = read_register(issued).papers[0]
    issued.apply(note_step(issued.definitions, [paper.row.values], VOID, {"reason": "印坏了"}))
    answer = check_code(read_register(issued), paper.code)
    assert (answer.verdict, "印坏了" in answer.sentence) == ("void", True)
    assert states(issued)[paper.subject_name] is State.NEVER


def test_a_field_that_a_later_program_adds_empty_changes_no_paper():
    before = Paper("household_card", {"cards": [{"head": "赵示例", "back": {"ways": [{"width": 2.6}]}}]}, {}, "卡")
    card = {"head": "赵示例", "donts": [], "copies": 3, "back": {"ways": [{"width": 2.6, "red": False}], "qr": None}}
    assert inputs_hash(Paper("household_card", {"cards": [card]}, {}, "卡")) == inputs_hash(before)


def test_a_board_from_before_it_told_the_room_beside_the_map_is_no_older_for_that():
    def board(**way: object) -> Paper:
        return Paper("sign_board", {"sign": {"ways": [{"number": "1", "shelter": "广场", **way}]}}, {}, "警示牌")

    def kept(paper: Paper) -> KeptPaper:
        return KeptPaper(paper, OfficeTemplates().whole(), "", "")

    assert says_the_same(kept(board()), board(places=600))
    assert not says_the_same(kept(board()), board(places=600, start="村口"))
    assert not says_the_same(kept(board(places=500)), board(places=600))
    assert not says_the_same(kept(board(places=None)), board(places=600))


def test_a_code_is_not_called_valid_where_its_paper_says_what_is_no_longer_so(issued):
    home = household(issued, 1)
    paper = next(one for one in read_register(issued).papers if one.subject == home.uid)
    known = standings(issued, "")
    assert beside_today(check_code_in(issued, paper.code), known, pending=False).verdict == "valid"
    issued.apply(change_values(issued.definitions, [home], {"phone": "139 0000 0077"}))
    answer = check_code_in(issued, paper.code)
    assert beside_today(answer, known, pending=True).sentence.endswith("正在比。")
    found = beside_today(answer, standings(issued, ""), pending=False)
    assert found.verdict == "outdated"
    assert "发出以后有 1 处改了" in found.sentence
    assert "139" not in found.sentence
