"""A batch: kept through a stop, skipped where nothing changed, never stopped by one subject; no person in a name."""

import json
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from shapely import LineString, Point, box

from geohazard_desktop.publishing.batch import Batch, BatchLine, Noting, line_of, papers_left, run_batch
from geohazard_desktop.publishing.batch_list import write_batch_list
from geohazard_desktop.publishing.batch_state import made_before
from geohazard_desktop.publishing.cards import printing as printing_cards
from geohazard_desktop.publishing.issues import issuing
from geohazard_desktop.publishing.issues.issue_register import read_register
from geohazard_desktop.publishing.product import Product
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.report import MadeRow, PublishReport
from geohazard_desktop.publishing.typeset.press import printing
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
HOUSEHOLDS = BatchLine("cards_household")


@pytest.fixture
def village(workspace: Workspace) -> Workspace:
    """Two zones in two 街道; three households, one of them without a route."""

    def add(layer: str, geometry=None, **values):
        edit = create_feature(workspace.definitions, layer, geometry, values)
        workspace.apply(edit)
        return edit.deltas[0].uid

    shelter = add("shelter", Point(E + 600, N + 100), name="广场", id="SL-B-0001")
    for number, street in ((1, "东街道"), (2, "西街道")):
        north = N + 1000 * number
        zone = add("danger_zone", box(E, north, E + 200, north + 200), id=f"SL-W-000{number}", name=f"{street}沟")
        route = add("evacuation_route", LineString([(E + 100, north + 100), (E + 600, N + 100)]),
                    danger_zone=zone, shelter=shelter)  # fmt: skip
        add("household", Point(E + 90, north + 90), id=f"SL-H-000{number}", head="钱示例", subdistrict=street,
            evacuation_route=route)  # fmt: skip
    add("household", Point(E + 5000, N + 5000), id="SL-H-0003", head="孙示例", subdistrict="西街道")
    return workspace


def states(report: PublishReport) -> dict[str, str]:
    return {one.name: one.state for one in report.rows}


def test_each_street_has_a_folder_and_no_name_of_a_person_is_in_a_file_name(village, tmp_path):
    told: list[tuple[int, int]] = []
    batch = Batch((HOUSEHOLDS,), "subdistrict")
    report = run_batch(village, tmp_path / "出图", batch, lambda done, total, _words: told.append((done, total)))
    assert states(report) == {"SL-H-0001": "made", "SL-H-0002": "made", "SL-H-0003": "made"}
    assert {one.relative_to(tmp_path).parts[1] for one in report.files} == {"东街道", "西街道"}
    assert all(one.is_file() for one in report.files)
    assert not [one for one in (tmp_path / "出图").rglob("*") if "示例" in one.name]
    assert told[-1] == (3, 3)
    (without,) = [one for one in report.rows if one.name == "SL-H-0003"]
    assert without.problems, "why it has no way is said beside it"
    assert all(one.lacking for one in report.rows)
    state = (tmp_path / "出图.出图进度.jsonl").read_text(encoding="utf-8")
    assert "示例" not in state
    assert report.pages == 6


def test_what_was_finished_is_kept_until_the_data_change_or_the_file_does(village, tmp_path):
    folder = tmp_path / "出图"
    first = run_batch(village, folder, Batch((HOUSEHOLDS,)))
    stamps = {one: one.stat().st_mtime_ns for one in first.files}
    again = run_batch(village, folder, Batch((HOUSEHOLDS,)))
    assert set(states(again).values()) == {"kept"}
    assert {one: one.stat().st_mtime_ns for one in again.files} == stamps
    first.files[0].write_bytes(b"%PDF half")
    mended = run_batch(village, folder, Batch((HOUSEHOLDS,)))
    assert sorted(states(mended).values()) == ["kept", "kept", "made"]
    house = next(iter(village.table("household")))
    village.apply(change_values(village.definitions, [house], {"phone": "139 0000 0009"}))
    assert set(states(run_batch(village, folder, Batch((HOUSEHOLDS,)))).values()) == {"made"}


def test_a_single_order_that_was_stopped_goes_on_from_what_it_had_finished(village, tmp_path):
    product, folder = PRODUCTS["cards_household"], tmp_path / "出图"
    given = product.chosen({})
    out = folder / product.own_name("示例区", given)
    houses = {one.text("id"): one.uid for one in village.table("household")}
    every = {**given, "uids": list(houses.values())}
    first = houses["SL-H-0001"]
    noting = Noting(village, line_of(product.key, every), out)
    with printing(wrote=noting.wrote):
        done = product.publish(village, out, given, uids=[first])  # stopped after one
    noting.end(done)
    assert made_before(folder, 9) == {done.files[0]: done.codes[done.files[0]]}
    going_on = run_batch(village, folder, Batch((line_of(product.key, every),)))
    assert states(going_on) == {"SL-H-0001": "kept", "SL-H-0002": "made", "SL-H-0003": "made"}
    (kept,) = [one for one in going_on.rows if one.state == "kept"]
    assert (folder / kept.files[0], kept.pages) == (done.files[0], 2)
    assert list(made_before(folder, 9))[-1] == done.files[0], "the newest first"
    assert len(made_before(folder, 9)) == 3
    going_on.files[-1].unlink()
    assert going_on.files[-1] not in made_before(folder, 9)
    assert kept.lacking == tuple(done.lacking[first])
    assert line_of(product.key, every).options == given, "the standard for the PDF goes along"


def test_a_place_that_takes_no_record_does_not_stop_a_single_order(village, tmp_path):
    product, folder = PRODUCTS["cards_household"], tmp_path / "出图"
    (tmp_path / "出图.出图进度.jsonl").mkdir()  # nobody can write there
    out, given = folder / "卡", product.chosen({})
    noting = Noting(village, line_of(product.key, given), out)
    with printing(wrote=noting.wrote):
        done = product.publish(village, out, given)
    noting.end(done)
    assert len(done.files) == 3
    assert sum("再出要从头出" in one for one in done.notes) == 1


def test_a_crash_in_the_middle_of_a_line_loses_that_line_alone(village, tmp_path):
    folder = tmp_path / "出图"
    run_batch(village, folder, Batch((HOUSEHOLDS,)))
    state = tmp_path / "出图.出图进度.jsonl"
    lines = state.read_text(encoding="utf-8").splitlines()
    assert all(json.loads(one) for one in lines)
    state.write_text("\n".join([*lines[:-1], lines[-1][:40]]), encoding="utf-8")
    assert sorted(states(run_batch(village, folder, Batch((HOUSEHOLDS,)))).values()) == ["kept", "kept", "made"]


def test_what_is_left_of_a_stopped_batch_is_counted_in_papers(village, tmp_path):
    folder, together = tmp_path / "出图", BatchLine("cards_household", {"together": True})
    both = Batch((HOUSEHOLDS, together))
    assert papers_left(village, folder, both, progress=lambda *_told: None) == 6
    run_batch(village, folder, Batch((together,)))
    run_batch(
        village, folder, Batch((BatchLine("cards_household", {}, (next(iter(village.table("household"))).uid,)),))
    )
    assert papers_left(village, folder, both, progress=lambda *_told: None) == 2


def test_of_a_line_that_makes_only_what_changed_no_more_are_left_than_it_will_make(village, tmp_path):
    """Whatever the folder: what was issued from elsewhere and says what it said is not made again."""
    first, second, _third = village.table("household")
    PRODUCTS["cards_household"].publish(village, tmp_path / "早先", {}, uids=[first.uid, second.uid])
    asked = {"changed_only": True}
    for number, options in enumerate((asked, asked | {"together": True})):
        folder, line = tmp_path / f"出图{number}", BatchLine("cards_household", options)
        assert papers_left(village, folder, Batch((line,)), progress=lambda *_told: None) == 1  # never had one
        assert papers_left(village, folder, Batch((HOUSEHOLDS,)), progress=lambda *_told: None) == 3
    village.apply(change_values(village.definitions, [first], {"phone": "139 0000 0009"}))
    batch, folder = Batch((BatchLine("cards_household", asked),)), tmp_path / "出图"
    assert papers_left(village, folder, batch, progress=lambda *_told: None) == 2
    assert sorted(states(run_batch(village, folder, batch)).values()) == ["kept", "made", "made"]
    assert papers_left(village, folder, batch, progress=lambda *_told: None) == 0


def test_a_district_sheet_that_says_what_it_said_is_not_left(village, tmp_path):
    batch = Batch((BatchLine("map_internal", {"changed_only": True}),))
    assert papers_left(village, tmp_path / "出图", batch, progress=lambda *_told: None) == 1
    PRODUCTS["map_internal"].publish(village, tmp_path / "全区.pdf", {})
    assert papers_left(village, tmp_path / "出图", batch, progress=lambda *_told: None) == 0


def _stumbling(ws: Workspace, out: Path, *, uids=None, progress=None) -> PublishReport:
    """A product that can't make SL-H-0002."""
    report = PublishReport()
    for one in ws.table("household"):
        if one.uid in uids:
            if one.text("id") == "SL-H-0002":
                raise ZeroDivisionError
            path = out / f"{one.text('id')}.txt"
            path.write_text("well", encoding="utf-8")
            report.files.append(path)
            report.made[one.uid] = path
    return report


def test_the_fault_of_one_subject_stops_no_other(village, tmp_path, monkeypatch):
    make = f"{__name__}:_stumbling"
    product = Product("stumbling", "documents", "会绊倒的", "", make, "绊倒", "household", progress=True, pdf=False)
    monkeypatch.setitem(PRODUCTS, "stumbling", product)
    report = run_batch(village, tmp_path / "出图", Batch((BatchLine("stumbling"),)))
    assert states(report) == {"SL-H-0001": "made", "SL-H-0002": "failed", "SL-H-0003": "made"}
    assert "ZeroDivisionError" in report.problems[0]
    assert "1 份没有出成" in report.notes[0]


def test_several_subjects_in_one_file_are_one_task_for_each_folder(village, tmp_path):
    told: list[tuple[int, int]] = []
    line = BatchLine("cards_household", {"together": True})
    batch = Batch((line,), "subdistrict")
    report = run_batch(village, tmp_path / "出图", batch, lambda done, total, _words: told.append((done, total)))
    assert len(report.files) == len(report.rows) == 2
    assert (sum(one.papers for one in report.rows), report.notes[0][:6]) == (3, "出了 3 份")
    # Three households are three steps, however few files hold them.
    assert {total for _done, total in told} == {3}
    assert sorted(told) == told
    assert told[-1] == (3, 3)


def test_the_list_of_what_was_made_as_a_table_and_on_paper(workspace, tmp_path):
    rows = [
        MadeRow(
            ("a.pdf",),
            2,
            ("联系电话",),
            (),
            "避险明白卡",
            "household",
            "u",
            "SL-H-0001",
            "东街道",
            "SL-W-0001 沟",
            "made",
        ),
        MadeRow((), 0, (), ("没有路线。",), "=1+1#$\\", "household", "u", "SL-H-0002", "", "", "failed"),
    ]
    write_batch_list(workspace, tmp_path / "清单.xlsx", rows)
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").active
    assert sheet is not None
    assert [one.value for one in sheet[4]][:5] == ["避险明白卡", "SL-H-0001", "东街道", "SL-W-0001 沟", "出好"]
    assert sheet["A5"].value == "=1+1#$\\"
    assert sheet["A5"].data_type == "s"
    write_batch_list(workspace, tmp_path / "清单.pdf", rows)
    text = pypdfium2.PdfDocument(str(tmp_path / "清单.pdf"))[0].get_textpage().get_text_range()
    for words in ("SL-H-0001", "没有登记：联系电话", "没有路线。", "=1+1#$\\", "没有出成 1 份"):
        assert words in text


def test_of_one_file_for_many_a_stopped_run_leaves_volumes_that_nobody_sets_again(village, tmp_path, monkeypatch):
    """Three households, a volume each; the order is stopped when the first is written."""
    for name in ("ALONE", "VOLUME", "_AHEAD"):
        monkeypatch.setattr(printing_cards, name, 1)
    monkeypatch.setattr(issuing, "_HELD_SECONDS", 0.0)
    product, folder = PRODUCTS["cards_household"], tmp_path / "出图"
    given = product.chosen({"together": True})
    line, out = line_of(product.key, given), folder / product.own_name(village.setting("district.name"), given)
    noting = Noting(village, line, out)

    def wrote(*told) -> None:
        noting.wrote(*told)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), printing(wrote=wrote):
        product.publish(village, out, given)
    first = {one: one.stat().st_mtime_ns for one in sorted(out.rglob("*.pdf"))}
    assert len(first) == 1
    assert papers_left(village, folder, Batch((line,)), progress=lambda *_told: None) == 2
    report = run_batch(village, folder, Batch((line,)))
    files = sorted(out.rglob("*.pdf"))
    assert [one.stem[-5:] for one in files] == ["第001册", "第002册", "第003册"]
    assert {one: one.stat().st_mtime_ns for one in first} == first, "what was written lies untouched"
    assert (sorted(report.files), report.pages) == (files, 6)
    assert len({code for one in files for code in report.codes[one]}) == 3
    assert any("前 1 册（1 份）是停下以前出好的" in one for one in report.notes)
    assert len(read_register(village).by_code) == 3
