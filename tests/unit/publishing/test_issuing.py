"""The issue register: no paper without a row, no two codes alike, a reprint that is the same to the last byte."""

import json
import zlib
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from put_in import added as add
from shapely import LineString, Point, Polygon

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.domain.issue_code import is_code
from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.issues import issuing
from geohazard_desktop.publishing.issues.issue_register import read_register
from geohazard_desktop.publishing.issues.issuing import reprint
from geohazard_desktop.publishing.issues.kept_paper import kept_paper
from geohazard_desktop.publishing.issues.last_copies import copies_by_subject
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.clean_copy import clean_copy
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.edits.card_issues import RECEIVED, note_step
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def village(workspace) -> Workspace:
    """A zone, a way out of it, two households."""
    ws = workspace
    zone = add(ws, "danger_zone", Polygon([(E, N), (E + 200, N), (E + 200, N + 200), (E, N + 200)]), id="SL-W-0001",
               name="东坡", hazard_type="崩塌")  # fmt: skip
    shelter = add(ws, "shelter", Point(E + 600, N + 100), name="广场", phone="139 0000 0009")
    route = add(ws, "evacuation_route", LineString([(E + 100, N + 100), (E + 600, N + 100)]), number="3",
                danger_zone=zone.uid, shelter=shelter.uid)  # fmt: skip
    for number, head in ((1, "赵示例"), (2, "钱示例")):
        add(ws, "household", Point(E + 100 + number * 9, N + 60), id=f"SL-H-000{number}", head=head,
            evacuation_route=route.uid, phone=f"139 0000 000{number}", subdistrict="示例街道")  # fmt: skip
    return ws


def text_of(pdf: bytes | Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def household(ws: Workspace, number: int) -> Feature:
    (found,) = ws.find("household", "id", f"SL-H-000{number}")
    return found


def test_each_card_is_entered_with_a_code_of_its_own_that_stands_on_it(village, tmp_path):
    report = publish_cards(village, tmp_path / "卡", kind="household")
    papers = read_register(village).papers
    assert len({one.code for one in papers}) == len(papers) == len(report.files) == 2
    for paper, file in zip(papers, report.files, strict=True):
        assert is_code(paper.code)
        assert paper.printed
        assert (paper.version, paper.subdistrict) == (1, "示例街道")
        assert paper.code in text_of(file)
        assert "第 1 版" in text_of(file)
    assert papers[0].row.text("holder") == "赵示例"
    assert papers[0].row.text("household") == household(village, 1).uid


def test_a_reprint_is_the_same_to_the_last_byte_whatever_has_changed_since(village, tmp_path):
    (first, _second) = publish_cards(village, tmp_path, kind="household").files
    printed = first.read_bytes()
    (paper, _other) = read_register(village).papers
    village.apply(change_values(village.definitions, [household(village, 1)], {"phone": "139 0000 0077"}))
    assert reprint(village, paper.code) == printed


def test_what_changed_becomes_a_further_version_and_the_rest_is_printed_again_as_it_was(village, tmp_path):
    before = [one.read_bytes() for one in publish_cards(village, tmp_path / "一", kind="household").files]
    old = read_register(village).papers
    village.apply(change_values(village.definitions, [household(village, 1)], {"phone": "139 0000 0077"}))
    report = publish_cards(village, tmp_path / "二", kind="household")
    register = read_register(village)
    assert len(register.papers) == 3
    new = register.papers[-1]
    assert register.successor(old[0]) == new
    assert (new.version, new.row.text("replaces_code")) == (2, old[0].code)
    after = {file.name: file.read_bytes() for file in report.files}
    assert before[1] in after.values()
    assert any("第 2 版" in text_of(one) and "代替第 1 版" in text_of(one) for one in after.values())
    assert any("1 张与上次发的一样，照原样重印" in note for note in report.notes)


def test_only_what_changed_is_printed_where_that_is_asked(village, tmp_path):
    publish_cards(village, tmp_path / "一", kind="household")
    village.apply(change_values(village.definitions, [household(village, 2)], {"phone": "139 0000 0077"}))
    report = publish_cards(village, tmp_path / "二", kind="household", changed_only=True)
    assert len(report.files) == 1
    assert "139 0000 0077" in text_of(report.files[0])


def test_a_crash_between_leaves_an_entry_that_was_not_confirmed(village, tmp_path, monkeypatch):
    def pulled(_path, _content):
        raise ExportRefused("盘拔了。", "请插好。")

    monkeypatch.setattr(issuing, "write_whole", pulled)
    with pytest.raises(ExportRefused):
        publish_cards(village, tmp_path / "卡", kind="household")
    assert [one.printed for one in read_register(village).papers] == [False, False]
    monkeypatch.undo()
    publish_cards(village, tmp_path / "卡", kind="household")
    assert [one.version for one in read_register(village).papers] == [1, 1, 2, 2]


def test_a_thousand_cards_are_few_transactions(village, tmp_path, monkeypatch):
    steps: list[str] = []
    real = Workspace.apply
    monkeypatch.setattr(Workspace, "apply", lambda ws, edit: (steps.append(edit.words), real(ws, edit))[1])
    publish_cards(village, tmp_path, kind="household")
    assert len(steps) == 2, steps
    assert "等" not in steps[0]


def test_a_workspace_that_can_not_be_written_makes_cards_without_a_code(village, tmp_path):
    path = village.path
    with Workspace.open(path, read_only=True) as ws:
        report = publish_cards(ws, tmp_path, kind="household")
    assert "核对码" not in text_of(report.files[0])
    assert any("没有登记发卡" in note for note in report.notes)


def test_who_signed_and_when_is_a_further_row(village, tmp_path):
    publish_cards(village, tmp_path, kind="household")
    paper = read_register(village).papers[0]
    day = date(2026, 11, 29).isoformat()
    village.apply(note_step(village.definitions, [paper.row.values], RECEIVED, {"signed_on": day, "holder": "赵二例"}))
    signed, other = read_register(village).papers
    assert (signed.signed_on, signed.signed_by) == (day, "赵二例")
    assert not other.signed_on
    assert village.undo_words() is None or "签收" not in str(village.undo_words())


def test_a_clean_copy_keeps_nothing_that_was_printed(village, tmp_path):
    publish_cards(village, tmp_path / "卡", kind="household")
    clean_copy(village.path, tmp_path / "脱敏.gpkg")
    with Workspace.open(tmp_path / "脱敏.gpkg", read_only=True) as ws:
        paper = read_register(ws).papers[0]
        assert not paper.holder
        with pytest.raises(ExportRefused, match="没有这一份当时的内容"):
            reprint(ws, paper.code)
    # A damaged row of the register names another stored file: a photograph, or the templates of that day.
    kept = read_register(village).papers[0].kept
    templates = json.loads(zlib.decompress(village.file(kept)))["templates"]
    for other in (village.keep_file(b"photograph"), templates):
        with pytest.raises(ExportRefused, match="已经损坏，不能照原样重印"):
            kept_paper(village, other)


def test_a_workspace_from_before_takes_the_register_on(demo_path, tmp_path):
    """The demo's entries have no code: the next card of such a household is its second version."""
    with Workspace.open(demo_path) as ws:
        old = next(one for one in read_register(ws).papers if one.product == "cards_household")
        assert old.printed
        publish_cards(ws, tmp_path, kind="household", uids=[old.subject])
        new = read_register(ws).papers[-1]
        assert (new.version, new.key) == (2, old.key)


def test_cards_of_one_volume_have_codes_of_their_own_and_are_reprinted_one_by_one(village, tmp_path):
    (volume,) = publish_cards(village, tmp_path, kind="household", together=True, copies="3").files
    codes = [one.code for one in read_register(village).papers]
    assert len(set(codes)) == 2
    assert all(code in text_of(volume) for code in codes)
    again = text_of(reprint(village, codes[1]))
    assert codes[1] in again
    assert codes[0] not in again
    report = publish_cards(village, tmp_path, kind="household", changed_only=True)
    assert not report.files
    assert "2 张与上次发的一样，没有再出。" in report.notes


def moved(ws: Workspace, number: int) -> None:
    """Its card of today says something else than the one that was issued."""
    ws.apply(change_values(ws.definitions, [household(ws, number)], {"head": "孙示例"}))


def pages_of(pdf: Path) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def test_a_reissue_replaces_every_copy_of_the_card_before(village, tmp_path):
    cards = PRODUCTS["cards_household"]
    first = [household(village, 1).uid]
    cards.publish(village, tmp_path, {"copies": "3"}, uids=first)
    moved(village, 1)
    report = cards.publish(village, tmp_path / "重出", {"changed_only": True})
    one, never = sorted(report.files, key=pages_of, reverse=True)
    assert (pages_of(one), pages_of(never)) == (6, 2)  # who never got a card gets one
    assert all(name in text_of(one) for name in ("住户联", "村（居）委会联", "发放单位联"))
    assert "1 张上次发的是一式 3 份，这次各出 3 份，请连村里、单位留的一起换。" in report.notes
    assert copies_by_subject(village, "cards_household", first) == {first[0]: 3}
    moved(village, 2)
    (alone,) = cards.publish(village, tmp_path / "一份", {"copies": "1"}, uids=first).files
    assert pages_of(alone) == 2  # whoever says how many is obeyed


def test_copies_that_were_printed_later_of_the_same_card_are_replaced_too(village, tmp_path):
    """One for the door, and in the same words one each for the village and the office: nothing was issued anew."""
    cards = PRODUCTS["cards_household"]
    both = [household(village, number).uid for number in (1, 2)]
    cards.publish(village, tmp_path, {"copies": "1"}, uids=both)
    for folder in ("补", "再补"):
        cards.publish(village, tmp_path / folder, {"copies": "3"}, uids=both[:1])
    rows = [one.text("step") for one in village.table("card_issue")]
    assert rows == ["发放", "发放", "出纸", "出纸", "出纸"], "told once that there are three"
    assert copies_by_subject(village, "cards_household", both) == {both[0]: 3}
    moved(village, 1)
    (new,) = cards.publish(village, tmp_path / "重出", {}, uids=both[:1]).files
    assert pages_of(new) == 6


def test_cards_of_one_volume_each_have_as_many_copies_as_before(village, tmp_path):
    cards = PRODUCTS["cards_household"]
    cards.publish(village, tmp_path, {"copies": "3"}, uids=[household(village, 1).uid])
    (volume,) = cards.publish(village, tmp_path, {"together": True}).files
    assert pages_of(volume) == 8


def test_of_a_card_whose_content_is_lost_nobody_knows_how_many_there_are_and_that_is_said(village, tmp_path):
    publish_cards(village, tmp_path, kind="household", copies="3")
    copy = tmp_path / "脱敏.gpkg"
    clean_copy(village.path, copy)
    with Workspace.open(copy) as ws:
        report = PRODUCTS["cards_household"].publish(ws, tmp_path / "副本", {}, uids=[household(ws, 1).uid])
    assert any("上次发了几份没有留下记录，这次各出一份：SL-H-0001" in one for one in report.notes)


def test_a_volume_of_what_changed_leaves_the_whole_one_as_it_was(village, tmp_path):
    cards = PRODUCTS["cards_household"]
    (whole,) = cards.publish(village, tmp_path, {"together": True}).files
    before = whole.read_bytes()
    moved(village, 1)
    (part,) = cards.publish(village, tmp_path, {"together": True, "changed_only": True}).files
    assert (whole.name, part.name) == ("避险明白卡.pdf", "避险明白卡_内容有变的.pdf")
    assert whole.read_bytes() == before
    (one,) = cards.publish(village, tmp_path, {"together": True}, uids=[household(village, 2).uid]).files
    assert one.name == "避险明白卡_SL-H-0002.pdf"
