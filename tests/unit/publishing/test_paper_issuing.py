"""Sheets, signs, notices, stickers and tables know their age: a code of their own from the register, checked, compared
and printed again."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from fresh import fresh_workspace
from notice_village import PEOPLE, PHONES, build, change, only
from shapely import Polygon, box
from shapely.affinity import translate

from geohazard_desktop.desktop.papers.issue_steps import along_with
from geohazard_desktop.domain.issue_code import is_code
from geohazard_desktop.publishing.batch import Batch, BatchLine, run_batch
from geohazard_desktop.publishing.issues.code_check import check_code
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, read_register
from geohazard_desktop.publishing.issues.issuing import reprint, reprint_to
from geohazard_desktop.publishing.issues.kept_paper import kept_paper
from geohazard_desktop.publishing.issues.receipt_products import SIGNED_FOR
from geohazard_desktop.publishing.issues.standing import State
from geohazard_desktop.publishing.issues.standings import standings
from geohazard_desktop.publishing.issues.zone_papers import papers_of_zone, zones_of_subjects
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits import change_geometry, create_feature, delete_features
from geohazard_desktop.workspace.edits.card_issues import RECEIVED, note_step
from geohazard_desktop.workspace.edits.labels import new_sheet
from geohazard_desktop.workspace.edits.sheet_extent import set_extent
from geohazard_desktop.workspace.edits.sheet_here import set_here
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
PUBLIC = {"profile": "public"}


@pytest.fixture
def village(tmp_path, district):
    with fresh_workspace(tmp_path / "示例.gpkg", district, styles_for_qgis=True) as ws:
        outline = box(E - 500, N - 500, E + 1500, N + 1500)
        ws.apply(create_feature(ws.definitions, "district", outline, {"name": "示例区"}))
        yield build(ws)


def pages_of(pdf: bytes | Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def publish(ws: Workspace, key: str, folder: Path, **options):
    product = PRODUCTS[key]
    return product.publish(ws, folder / (key if product.folder else f"{key}.pdf"), options)


def papers_of(ws: Workspace, key: str) -> list[IssuedPaper]:
    return [one for one in read_register(ws).papers if one.product == key]


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("map_internal", {}),
        ("map_zone", PUBLIC),
        ("map_zone", {"paper": "slide"}),
        ("zone_notice", {}),
        ("signs", {}),
        ("stickers_household", {}),
        ("stickers_zone", {"size": "A6"}),
        ("hazard_list", {"form": "pdf"}),
        ("plan_table", {}),
        ("drill_script", {}),
        ("calling_zone", {"form": "pdf"}),
    ],
)
def test_every_page_carries_the_code_and_the_same_again_is_the_same_paper(village, tmp_path, key, options):
    (path,) = publish(village, key, tmp_path / "一", **options).files
    (paper,) = papers_of(village, key)
    assert is_code(paper.code)
    assert paper.printed
    assert all(paper.code in one for one in pages_of(path)), "on every page"
    again = publish(village, key, tmp_path / "二", **options)
    assert again.files[0].read_bytes() == path.read_bytes()
    assert [one.code for one in papers_of(village, key)] == [paper.code]
    if key != "stickers_household":  # a sticker is kept alone, not with its neighbours on the page
        assert reprint(village, paper.code) == path.read_bytes()
    assert not publish(village, key, tmp_path / "三", changed_only=True, **options).files
    assert [one.state for one in standings(village, key)] == [State.LATEST]


def test_a_preview_and_a_file_that_cannot_be_written_give_no_code(village, tmp_path):
    path = village.path
    with Workspace.open(path, read_only=True) as ws:
        report = publish(ws, "map_zone", tmp_path, **PUBLIC)
    assert "核对码" not in "".join(pages_of(report.files[0]))
    assert any("没有登记" in one for one in report.notes)
    village.poll()
    assert not read_register(village).papers


def test_what_changed_is_named_and_printed_as_the_next_version(village, tmp_path):
    publish(village, "map_zone", tmp_path, **PUBLIC)
    publish(village, "map_internal", tmp_path)
    zone = only(village, "danger_zone")
    change(village, zone, warning_signal="哨子连吹")
    change(village, only(village, "household"), phone="139 0000 0077")  # on no sheet
    (sheet,) = standings(village, "map_zone")
    assert sheet.state is State.CHANGED
    assert sheet.changes == ("撤离信号：铜锣急敲 改成 哨子连吹",)
    report = publish(village, "map_zone", tmp_path, changed_only=True, **PUBLIC)
    first, second = papers_of(village, "map_zone")
    assert (first.version, second.version) == (1, 2)
    assert "第 2 版" in pages_of(report.files[0])[0]
    answer = check_code(read_register(village), first.code)
    assert answer.verdict == "replaced"
    assert second.code in answer.sentence
    assert "A3 横，公开张贴" in answer.sentence


def test_what_comes_into_sight_by_another_frame_is_not_new(village, tmp_path):
    """What comes into sight because a hand or a later version frames a sheet otherwise was there before."""
    there = only(village, "danger_zone")
    far = translate(there.geometry, 900, 900)
    village.apply(create_feature(village.definitions, "danger_zone", far, {"name": "远坡", "hazard_type": "崩塌"}))
    row = new_sheet("A3", "internal", "A3 警示图（内部）")
    village.apply(set_extent(village.definitions, row, (E + 100, N + 100, 2500.0)))
    publish(village, "map_internal", tmp_path)
    village.undo()
    village.apply(set_extent(village.definitions, row, (E + 400, N + 400, 7500.0)))
    (framed,) = standings(village, "map_internal")
    assert framed.state is State.CHANGED
    assert not any("新增" in one or "图例" in one or "图外" in one for one in framed.changes), framed.changes
    assert framed.changes[-1].startswith("图的范围变了（1:2500 改成 1:7500）")
    assert bool(framed.drawing) == (len(framed.changes) == 1)
    new = translate(there.geometry, 500, 900)
    village.apply(create_feature(village.definitions, "danger_zone", new, {"name": "新坡", "hazard_type": "崩塌"}))
    change(village, only(village, "evacuation_route"), start="桥头")
    told = standings(village, "map_internal")[0].changes
    assert [one for one in told if one.startswith(("新增", "少了"))] == ["新增危险区：新坡"]
    assert told[-1] == "图的范围变了（1:2500 改成 1:7500）"


def test_the_public_sheet_does_not_replace_the_internal_one_nor_one_paper_another(village, tmp_path):
    for options in (PUBLIC, {}, {"paper": "A4"}):
        publish(village, "map_zone", tmp_path, **options)
    papers = papers_of(village, "map_zone")
    assert [one.version for one in papers] == [1, 1, 1]
    register = read_register(village)
    assert {check_code(register, one.code).verdict for one in papers} == {"valid"}


def test_a_day_later_and_after_other_steps_a_sheet_that_shows_the_same_is_the_same(village, tmp_path):
    publish(village, "map_internal", tmp_path)
    publish(village, "signs", tmp_path)
    change(village, only(village, "household"), remark="狗凶")
    assert [one.state for one in standings(village, "")] == [State.LATEST, State.LATEST]


def test_a_lifted_or_deleted_zone_calls_its_sheets_back(village, tmp_path):
    publish(village, "map_zone", tmp_path, **PUBLIC)
    place = Polygon([(E, N), (E, N + 9), (E + 9, N)])
    zone = only(village, "danger_zone")
    village.apply(create_feature(village.definitions, "danger_zone", place, {"name": "别处"}))
    around = [one for layer in village.definitions for one in village.table(layer) if one.text("danger_zone")]
    village.apply(delete_features(village.definitions, [zone], referring=around))
    (sheet,) = standings(village, "map_zone")
    assert sheet.state is State.WITHDRAWN
    assert not sheet.state.to_print


def test_a_wall_sheet_has_one_code_on_the_whole_and_on_each_part_and_both_are_printed_again(village, tmp_path):
    report = publish(village, "map_zone", tmp_path, paper="A1", tiles="A3", **PUBLIC)
    (paper,) = papers_of(village, "map_zone")
    whole, parts = report.files
    assert paper.code in pages_of(whole)[0]
    tiles = pages_of(parts)
    assert len(tiles) > 4
    assert all(f"核对码 {paper.code}" in one for one in tiles[1:])
    again = tmp_path / "重印.pdf"
    assert not reprint_to(village, paper.code, str(again), progress=lambda *_told: None)
    assert again.read_bytes() == whole.read_bytes()
    assert (tmp_path / "重印 分幅 A3.pdf").read_bytes() == parts.read_bytes()


def test_the_entry_of_what_is_public_holds_nothing_personal(village, tmp_path):
    without = {"people": False}
    publish(village, "map_zone", tmp_path, **PUBLIC)
    publish(village, "hazard_list", tmp_path, form="pdf", **without)
    publish(village, "plan_table", tmp_path, **without)
    for key in ("map_public", "signs", "zone_notice"):
        publish(village, key, tmp_path)

    for paper in read_register(village).papers:
        kept = kept_paper(village, paper.kept).paper
        told = f"{paper.row.values} {kept.data} {dict(kept.shows)} {list(kept.pictures.values())}"
        assert not [one for one in (*PEOPLE, *PHONES) if one in told], paper.kind_words


def test_a_batch_leaves_out_what_has_not_changed(village, tmp_path):
    lines = (BatchLine("signs", {"changed_only": True}), BatchLine("zone_notice", {"changed_only": True}))
    run_batch(village, tmp_path / "一", Batch(lines))
    change(village, only(village, "warning_sign"), erected_by="另一单位")
    report = run_batch(village, tmp_path / "二", Batch(lines))
    assert [(one.product, one.state) for one in report.rows] == [
        ("警示牌（每块标志）", "made"),
        ("危险区划定公告", "kept"),
    ]


def test_here_stands_on_the_public_sheet_where_it_was_put_and_nowhere_by_itself(village, tmp_path):
    (path,) = publish(village, "map_zone", tmp_path / "一", **PUBLIC).files
    assert "您在这里" not in pages_of(path)[0]
    row = new_sheet("A3", "public", "东坡 A3 警示图（公开）", ("danger_zone", only(village, "danger_zone").uid))
    village.apply(set_here(village.definitions, row, (E + 300, N + 60)))
    assert [one.state for one in standings(village, "map_zone")] == [State.CHANGED]
    (path,) = publish(village, "map_zone", tmp_path / "二", **PUBLIC).files
    assert "您在这里" in pages_of(path)[0]
    (inside,) = publish(village, "map_zone", tmp_path / "三").files
    assert "您在这里" not in "".join(pages_of(inside))
    village.undo()
    (path,) = publish(village, "map_zone", tmp_path / "四", **PUBLIC).files
    assert "您在这里" not in pages_of(path)[0]


def hung(village: Workspace, folder: Path, east: float, north: float):
    row = new_sheet("A3", "public", "东坡 A3 警示图（公开）", ("danger_zone", only(village, "danger_zone").uid))
    village.apply(set_here(village.definitions, row, (E + east, N + north)))
    report = publish(village, "map_zone", folder, **PUBLIC)
    village.undo()
    return report, "".join(pages_of(report.files[0])[0].split())


def test_a_sheet_tells_the_minutes_from_where_it_hangs_or_that_they_are_not(village, tmp_path):
    # 300 m of 500 m are left after a straight leg of 40 m; an old person walks 0.8 m/s: 340 m take 8 minutes, not 11.
    report, text = hung(village, tmp_path / "一", 300, 60)
    assert "从这里老人走约8分钟" in text
    assert "从这里走8分钟" in text
    assert "11分钟" not in text
    assert not [one for one in report.problems if "您在这里" in one]
    report, text = hung(village, tmp_path / "二", 300, 320)  # 220 m beside the way: nobody measured how to go
    assert "从起点老人走约11分钟" in text
    assert any("接不上路线 3" in one for one in report.problems)
    assert report.maps[0].here_words


def test_a_sheet_that_hangs_beside_a_danger_zone_sends_nobody_into_it(village, tmp_path):
    # West of the zone: the nearest place of the route is inside the zone.
    _report, text = hung(village, tmp_path, -60, 100)
    assert "从起点老人走约11分钟" in text


def test_a_sheet_that_would_hang_inside_a_danger_zone_says_so(village, tmp_path):
    report, _text = hung(village, tmp_path / "内", 100, 60)
    assert any("标在危险区东坡里面" in one for one in report.problems)
    assert any("标在危险区东坡里面" in one for one in report.maps[0].here_words)
    report, _text = hung(village, tmp_path / "外", 300, 60)
    assert not any("里面" in one for one in report.problems)


def test_what_is_not_to_be_done_is_what_the_hazard_s_cards_say(village, tmp_path):
    (path,) = publish(village, "map_zone", tmp_path, **PUBLIC).files
    text = pages_of(path)[0]
    assert "不靠近裂缝和塌坑" in text
    assert "不进危险区" in text
    assert "不下河沟" not in text


def test_what_is_handed_out_is_listed_without_households(village, tmp_path):
    for key in ("map_internal", "signs", "stickers_household"):
        publish(village, key, tmp_path)
    report = PRODUCTS["distribution"].publish(village, tmp_path / "分发表.pdf", {})
    text = "".join(pages_of(report.files[0]))
    codes = {one.product: one.code for one in read_register(village).papers}
    assert codes["map_internal"] in text
    assert codes["signs"] in text
    assert codes["stickers_household"] not in text
    signed = PRODUCTS["receipts"].publish(village, tmp_path / "签收表.pdf", {"kind": "sticker"})
    assert codes["stickers_household"] in "".join(pages_of(signed.files[0]))


def test_a_household_signs_on_one_line_for_card_large_print_and_sticker(village, tmp_path):
    home = only(village, "household")
    kinds = ("cards_household", "cards_large", "stickers_household")
    for key in kinds:
        publish(village, key, tmp_path)
    codes = [papers_of(village, key)[0].code for key in kinds]
    (page,) = pages_of(PRODUCTS["receipts"].publish(village, tmp_path / "签收表.pdf", {}).files[0])
    places = [page.index(code) for code in codes]
    assert places == sorted(places)
    assert page.count(home.text("head")) == 1
    assert "避险卡 1 张、大字版 1 张、门贴 1 张" in page
    assert "共 1 户" in page
    (listed,) = pages_of(PRODUCTS["distribution"].publish(village, tmp_path / "分发表.pdf", {}).files[0])
    assert "避险明白卡（大字版）" in listed
    assert not [one for one in (home.text("head"), *codes) if one in listed]
    register = read_register(village)
    card, *others = [register.by_code[code] for code in codes]
    assert {one.code for one in along_with(register, [card])} == {one.code for one in others}
    village.apply(note_step(village.definitions, [others[0].row.values], RECEIVED, {"signed_on": "2026-11-29"}))
    (page,) = pages_of(PRODUCTS["receipts"].publish(village, tmp_path / "二.pdf", {}).files[0])
    assert [code in page for code in codes] == [True, False, True], "what was signed for is not listed again"
    (page,) = pages_of(PRODUCTS["receipts"].publish(village, tmp_path / "三.pdf", {"unsigned": False}).files[0])
    assert f"{codes[1]} 已签" in page.replace("\r\n", " ")


def test_one_number_joins_card_large_print_sticker_and_the_list_that_is_signed(village, tmp_path):
    (home,) = village.table("household")
    for product in ("cards_household", "cards_large", "stickers_household"):
        PRODUCTS[product].publish(village, tmp_path / product, {})
    assert set(PRODUCTS) >= set(SIGNED_FOR)
    assert {one.product for one in read_register(village).papers} <= set(SIGNED_FOR)
    PRODUCTS["receipts"].publish(village, tmp_path / "签收.pdf", {})
    paths = [*sorted(tmp_path.glob("*/*.pdf")), tmp_path / "签收.pdf"]
    assert len(paths) == 4
    said = {path.parent.name: "".join("".join(pages_of(path)).split()) for path in paths}
    number = home.text("id")
    for name in ("cards_household", "cards_large", "stickers_household"):
        assert f"户号{number}" in said[name], name
    assert home.text("head") not in said["stickers_household"]
    listed = said[tmp_path.name]
    assert "户号" in listed
    assert number in listed
    for one in read_register(village).papers:
        assert one.code in listed


def test_each_paper_of_a_number_says_which_version_it_counts(village, tmp_path):
    for key, words in (("cards_household", "避险卡 第 1 版"), ("cards_large", "大字版 第 1 版")):
        (path,) = publish(village, key, tmp_path / key).files
        assert words in "".join(pages_of(path))
    (path,) = publish(village, "stickers_household", tmp_path / "门贴").files
    assert "门贴 第 1 版" in pages_of(path)[0]


def test_a_reason_names_what_is_on_the_paper_and_how_far_a_line_moved(village, tmp_path):
    for key in ("map_zone", "cards_household", "cards_large", "signs"):
        publish(village, key, tmp_path)
    home, route = only(village, "household"), only(village, "evacuation_route")
    change(village, home, house_type="砖混")
    told = {one.product: one for one in standings(village, "")}
    assert told["cards_household"].changes == ("房屋类别：空 改成 砖混",)
    assert told["cards_large"].state is State.LATEST, "the large print does not say it"
    assert told["map_zone"].state is State.LATEST
    assert told["signs"].state is State.LATEST
    village.undo()
    village.apply(change_geometry(village.definitions, route, translate(route.geometry, 0, 12)))
    told = {one.product: one for one in standings(village, "")}
    assert "出门向北 50 米" in told.pop("cards_large").changes[0], "it has no map"
    for one in told.values():
        assert one.changes[0] == f"撤离路线 {route.text('number')} 的线最多挪了约 12 米", one.product
    village.undo()
    assert {one.state for one in standings(village, "")} == {State.LATEST}


def test_what_a_sentence_says_is_quoted_and_ends_with_one_full_stop(village, tmp_path):
    publish(village, "cards_household", tmp_path)
    change(village, only(village, "household"), notes="夜里睡得沉，先叫。")
    (card,) = standings(village, "cards_household")
    (words,) = card.changes
    assert "改成“夜里睡得沉，先叫。" in words  # the sentence of the hazard follows
    assert words.endswith("”")


def test_the_papers_of_a_zone_are_known_by_it_and_keep_no_draft_from_being_deleted(village, tmp_path):
    for key in ("map_zone", "signs", "zone_notice", "cards_household", "stickers_household"):
        publish(village, key, tmp_path)
    zone = only(village, "danger_zone")
    papers = papers_of_zone(village, zone.uid)
    assert [one.product for one in papers] == [
        "map_zone",
        "signs",
        "zone_notice",
        "cards_household",
        "stickers_household",
    ]
    assert not [one for one in village.table("card_issue") if one.text("danger_zone") and not one.text("household")]
    # Entries of an earlier day: of a household that only walks its route, and of a sign, without the zone.
    change(village, only(village, "household"), danger_zone=None)
    home = only(village, "household")
    village.apply(change_geometry(village.definitions, home, translate(home.geometry, 5000, 0)))
    for layer, product in (("household", "cards_large"), ("warning_sign", "signs:old")):
        subject = only(village, layer)
        said = {"product": product, "subject_layer": layer, "subject": subject.uid, "check_code": product}
        village.apply(Edit("旧的登记", [inserted(Feature("card_issue", new_uid(), None, said))]))
    told = [one.code for one in papers_of_zone(village, zone.uid)]
    assert told == [*(one.code for one in papers), "cards_large", "signs:old"]
    assert set(zones_of_subjects(village, read_register(village)).values()) == {zone.uid}


def test_the_workbook_of_the_hazard_points_carries_the_code_of_the_list(village, tmp_path):
    from openpyxl import load_workbook

    def said(report) -> str:
        (path,) = [one for one in report.files if one.suffix == ".xlsx"]
        return " ".join(str(cell.value) for row in load_workbook(path).active.iter_rows() for cell in row if cell.value)

    report = publish(village, "hazard_list", tmp_path / "一", form="xlsx")
    assert "核对码" not in said(report)
    assert any("没有核对码" in one for one in report.notes)
    both = publish(village, "hazard_list", tmp_path / "二")
    (paper,) = papers_of(village, "hazard_list")
    assert f"第 1 版　{date.today().year} 年" in said(both)
    assert f"核对码 {paper.code}" in said(both)
    assert paper.code in said(publish(village, "hazard_list", tmp_path / "三", form="xlsx")), "it says the same"


def test_what_is_to_be_printed_again_comes_door_by_door(village, tmp_path):
    for key in ("stickers_household", "signs", "cards_large", "cards_household", "map_internal"):
        publish(village, key, tmp_path)
    change(village, only(village, "danger_zone"), name="西坡")
    found = [one.layer for one in standings(village, "")]
    assert found[0] == "", "the district's first"
    assert "household" in found
    homes = [number for number, layer in enumerate(found) if layer == "household"]
    assert homes == list(range(homes[0], homes[0] + 3)), "a door's papers together"


def test_every_paper_of_the_district_is_compared_whatever_its_size(village, tmp_path):
    for number, paper in enumerate(("A4", "A0", "slide")):
        publish(village, "map_public", tmp_path / str(number), paper=paper)
    found = standings(village, "")
    assert [one.state for one in found] == [State.LATEST] * 3


@pytest.mark.logs_errors
def test_a_kind_that_cannot_be_compared_keeps_no_other_from_it_and_says_why(village, tmp_path, monkeypatch):
    publish(village, "map_public", tmp_path)
    publish(village, "zone_notice", tmp_path)

    def broken(*_words, **_named):
        raise ZeroDivisionError

    monkeypatch.setattr("geohazard_desktop.publishing.sheets.products.publish_district", broken)
    found = {one.product: one for one in standings(village, "")}
    assert found["zone_notice"].state is State.LATEST
    assert found["map_public"].state is State.INCOMPARABLE
    assert "ZeroDivisionError" in found["map_public"].changes[0]
