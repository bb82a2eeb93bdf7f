"""隐患点一览表: the columns of the yearly plan, totals that say what they leave out, PDF and workbook alike."""

from datetime import date
from io import BytesIO

import pytest
from copier import copies, dark_share
from notice_village import LONG, ODD, E, N, add, build, change, flat, pages_of, personal_in, sizes_of
from openpyxl import load_workbook
from shapely import Point

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.papers.hazard_list import COLUMNS, ListMaker, publish_hazard_list, workbook

TODAY = date(2026, 11, 28)


@pytest.fixture
def village(workspace):
    ws = build(workspace)
    add(ws, "hazard_point", Point(E + 900, N), id="SL-D-0002", unified_code="990101010001", name="老路滑坡",
        status="销号", closed_on="2025-10-20", closed_reason="已治理")  # fmt: skip
    return ws


def sheet_of(path):
    return load_workbook(path).active


def test_the_list_has_every_column_of_the_plan_on_a3_and_in_excel(village, tmp_path):
    report = publish_hazard_list(village, tmp_path)
    pdf, xlsx = report.files
    assert sizes_of(pdf) == [(420, 297)]
    printed = "".join(pages_of(pdf))
    text = flat(printed)
    assert [one.title for one in COLUMNS if flat(one.title) not in text] == []
    whole = ("灾害类型", "重点防范期", "威胁财产", "（万元）", "发展趋势", "防灾责任人")
    assert [one for one in whole if one not in printed] == [], "a word of the head is not broken"
    assert "示例区地质灾害隐患点一览表" in text
    heads = [one.value for one in sheet_of(xlsx)[3]]
    assert heads == [one.title for one in COLUMNS]
    assert any("没有登记" in one and "防治措施" in one for one in report.notes)


def test_numbers_are_numbers_and_totals_say_what_is_missing(village, tmp_path):
    publish_hazard_list(village, tmp_path, form="xlsx")
    rows = list(sheet_of(tmp_path / "隐患点一览表.xlsx").iter_rows(min_row=4, values_only=True))
    keys = [one.key for one in COLUMNS]
    assert rows[0][keys.index("people")] == 12
    assert rows[1][keys.index("people")] is None
    assert rows[0][keys.index("code")] == "990101040001"
    assert rows[2][0] == "在册合计 1 处，4 户，12 人，0 万元（另有 1 处没登记）。另有已销号 1 处，不计入。"


def test_points_off_the_list_stand_last_with_day_and_reason_or_are_left_out(village, tmp_path):
    rows = ListMaker(village, TODAY).rows(list(village.table("hazard_point")))
    assert [one[2] for one in rows] == ["东坡塌陷", "老路滑坡"]
    assert rows[1][-1] == "已销号，2025-10-20，已治理"
    (pdf,) = publish_hazard_list(village, tmp_path, form="pdf", closed=False).files
    assert "老路滑坡" not in "".join(pages_of(pdf))
    closed = [one.uid for one in village.table("hazard_point") if one.text("status") == "销号"]
    with pytest.raises(ExportRefused, match="都已销号"):
        publish_hazard_list(village, tmp_path, closed=False, uids=closed)


def test_the_public_list_holds_no_person(village, tmp_path):
    report = publish_hazard_list(village, tmp_path / "out", people=False)
    assert [one.name for one in report.files] == ["隐患点一览表_公开.pdf", "隐患点一览表_公开.xlsx"]
    assert personal_in(tmp_path / "out") == []
    cells = [str(one) for row in sheet_of(report.files[1]).values for one in row if one]
    assert not [one for one in cells if "李示例" in one or "139" in one]
    publish_hazard_list(village, tmp_path / "own", form="pdf")
    assert personal_in(tmp_path / "own")


def test_a_post_is_told_where_the_register_has_one_person_by_that_name(village, tmp_path):
    add(village, "person", name="李示例", post="社区主任")
    row = ListMaker(village, TODAY).rows([only_open(village)])[0]
    assert row[[one.key for one in COLUMNS].index("monitor")] == "李示例 社区主任 139 0000 0001"
    page = pages_of(publish_hazard_list(village, tmp_path).files[0])[0]
    assert "李示例\n社区主任\n139 0000 0001" in page.replace("\r", "").replace(" \n", "\n"), "no word is broken in two"


def only_open(ws):
    return next(one for one in ws.table("hazard_point") if one.text("status") != "销号")


def test_odd_and_long_values_and_what_begins_like_a_formula(village, tmp_path):
    change(village, only_open(village), name="=1+1", treatment_advice=LONG * 3, threatened_objects=ODD)
    pdf, xlsx = publish_hazard_list(village, tmp_path).files
    text = flat("".join(pages_of(pdf)))
    assert flat(ODD) in text
    assert text.count("采空区") == 21
    name = sheet_of(xlsx).cell(4, 3)
    assert (name.value, name.data_type) == ("=1+1", "s")
    maker = ListMaker(village, TODAY)
    rows = maker.rows([only_open(village)])
    rows[0][2] = "铃\x07"
    book = load_workbook(BytesIO(workbook(maker.form([only_open(village)], rows), maker.columns, rows)))
    assert book.active.cell(4, 3).value == "铃"


def test_a_long_list_repeats_its_head_on_each_page(village, tmp_path):
    for number in range(45):
        add(
            village, "hazard_point", Point(E, N + number), id=f"SL-D-1{number:03}", name=f"第 {number} 处", address=LONG
        )
    pages = [flat(one) for one in pages_of(publish_hazard_list(village, tmp_path, form="pdf").files[0])]
    assert len(pages) > 1
    assert all("统一编号" in one and f"共{len(pages)}页" in one for one in pages)


def test_the_list_stays_legible_on_a_copier(village, tmp_path):
    (page,) = copies(publish_hazard_list(village, tmp_path, form="pdf").files[0])
    assert 0.003 < dark_share(page.copy) < 0.2
