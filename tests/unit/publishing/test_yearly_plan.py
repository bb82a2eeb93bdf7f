"""年度地质灾害防治方案: what the workspace holds is told, what it lacks is a blank that is counted, Word and PDF say
the same, and the public draft holds no person."""

import re
from datetime import date

import pikepdf
import pytest
from copier import contrast, copies
from notice_village import LONG, ODD, E, N, add, build, change, flat, only, pages_of, personal_in, sizes_of
from shapely import Point

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.papers.hazard_list import ListMaker
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.yearly import plan as yearly_plan
from geohazard_desktop.publishing.yearly.model import (
    Blank,
    Figure,
    Heading,
    Table,
    chinese_number,
    heading_numbers,
    said,
)
from geohazard_desktop.publishing.yearly.plan import PlanMaker, publish_yearly_plan
from geohazard_desktop.workspace.workspace import Workspace

TODAY = date(2026, 11, 28)


@pytest.fixture
def village(workspace):
    ws = build(workspace)
    add(ws, "person", name="李示例", post="网格员", unit="示例社区", phone="139 0000 0001")
    return ws


@pytest.fixture(scope="module")
def demo_plan(_demo_master):
    with Workspace.open(_demo_master, read_only=True) as ws:
        yield ws, PlanMaker(ws, "internal", today=TODAY).plan()


def words_of(plan):
    """All that is said, references as their keys."""
    found = []
    for one in plan.blocks:
        if isinstance(one, Heading):
            found.append(one.words)
        elif isinstance(one, Table):
            found += [one.caption, *(column.title for column in one.columns)]
            found += [runs(text) for row in one.rows for text in row]
        else:
            found.append(getattr(one, "caption", "") or runs(one.text))
    return found


def runs(text):
    return "".join(one.shown if isinstance(one, Blank) else one if isinstance(one, str) else one.key for one in text)


def table(plan, key):
    return next(one for one in plan.tables if one.key == key)


def test_the_chapters_are_those_of_the_regulation_counted_in_chinese(demo_plan):
    _ws, plan = demo_plan
    told = [number + one.words for one, number in heading_numbers(plan.blocks) if one.level == 1]
    assert told == [
        "一、编制依据",
        "二、上年度情况和本年度趋势预测",
        "三、主要灾害点的分布",
        "四、地质灾害的威胁对象、范围",
        "五、重点防范期",
        "六、地质灾害防治措施",
        "七、地质灾害的监测、预防责任人",
        "八、保障措施",
        "附表",
    ]
    assert [chinese_number(one) for one in (1, 10, 12, 20, 35)] == ["一", "十", "十二", "二十", "三十五"]


def test_the_demo_is_told_with_its_own_numbers(demo_plan):
    ws, plan = demo_plan
    text = "\n".join(words_of(plan))
    points = [one for one in ws.table("hazard_point") if one.text("status") != "销号"]
    assert f"在册隐患点 {len(points)} 处" in text
    assert len(table(plan, "points").rows) == len(points)
    people = sum(int(one["threatened_people"]) for one in points if one["threatened_people"] is not None)
    assert f"威胁人数 {people} 人" in text
    shares = [[runs(cell) for cell in row] for row in table(plan, "shares").rows]
    assert ["中易发区", "22.73", "22.73", "相符"] in [[one[0], one[2], one[3], one[5]] for one in shares]
    assert "6 月 1 日—10 月 31 日" in text
    assert "0473-3666525" in text
    assert "已撤销" not in {runs(row[4]) for row in table(plan, "zones").rows}
    assert any("（拟划）" in runs(row[1]) for row in table(plan, "routes").rows)


def test_a_route_to_be_asked_about_has_no_minutes_in_the_plan(village):
    route = only(village, "evacuation_route")
    plain = PlanMaker(village, "internal", today=TODAY).plan()
    assert not any("先问" in one.note for one in plan_tables(plain))
    change(village, route, passable="车辆")
    maker = PlanMaker(village, "internal", today=TODAY)
    plan = maker.plan()
    (row,) = [[runs(cell) for cell in one] for one in table(plan, "routes").rows]
    assert row[-3:] == ["先问"] * 3
    assert row[-4] == runs(table(plain, "routes").rows[0][-4]), "its metres stay"
    (zone,) = [[runs(cell) for cell in one] for one in table(plan, "zones").rows]
    assert zone[-1].endswith("（先问）")
    for key in ("zones", "routes"):
        assert "写着“先问”的路线先打电话问清再走，不写分钟。" in table(plan, key).note
    change(village, only(village, "shelter"), closed_on="2026-01-01")
    plan = PlanMaker(village, "internal", today=TODAY).plan()
    assert "示例广场已经停用，不要再去。" in words_of(plan)
    assert runs(table(plan, "zones").rows[0][-1]) == "安置点停用，先问"
    assert any("登记为不能步行。年度方案的表上这条路线写的是先打电话问清再走" in one for one in maker.report.problems)


def plan_tables(plan):
    return [table(plan, key) for key in ("zones", "routes")]


def test_signs_that_stand_and_places_for_signs_are_told_apart(demo_plan):
    ws, plan = demo_plan
    standing = sum(bool(one.text("erected_on")) for one in ws.table("warning_sign"))
    planned = ws.count("warning_sign") - standing
    assert standing
    assert planned
    text = "\n".join(words_of(plan))
    assert f"已设立的警示标志 {standing} 块，另有 {planned} 块没有登记设立日期（拟设位置），不计入；" in text


def test_a_figure_is_called_by_what_is_on_it(demo_plan, village):
    _ws, plan = demo_plan
    assert [one.caption for one in plan.blocks if isinstance(one, Figure)] == [
        "易发程度分区和隐患点分布", "危险区、撤离路线和避险安置点分布"]  # fmt: skip
    assert village.count("susceptibility_zone") == 0
    plan = PlanMaker(village, "internal", today=TODAY).plan()
    assert next(one.caption for one in plan.blocks if isinstance(one, Figure)) == "隐患点分布"


def test_the_list_and_the_plan_count_the_same_points(demo_plan):
    ws, plan = demo_plan
    every = list(ws.table("hazard_point"))
    lists = ListMaker(ws, TODAY)
    totals = lists.form(every, lists.rows(every)).totals
    count, *sums = [runs(one) for one in table(plan, "streets").rows[-1]][-4:]
    assert totals.startswith(f"在册合计 {count} 处，{sums[0]} 户，{sums[1]} 人，{sums[2]} 万元。")
    assert totals.endswith(f"另有已销号 {len(every) - int(count)} 处，不计入。")


def test_what_a_person_decides_is_a_blank(demo_plan):
    _ws, plan = demo_plan
    asked = " ".join(one.words for one in plan.blanks())
    for one in ("文号", "密级", "印发日期", "编制单位", "2025 年发生的地质灾害", "经费"):
        assert one in asked
    drafted = [one for one in plan.blanks() if "拟写" in one.words]
    assert len(drafted) == 3  # as many as resources/rules/yearly_plan.toml has sentences of the program's own


def test_the_report_counts_the_blanks_that_both_files_have(village, tmp_path):
    report = publish_yearly_plan(village, tmp_path, year=2027)
    pdf, docx = (next(one for one in report.files if one.suffix == ending) for ending in (".pdf", ".docx"))
    assert [one.stem for one in (pdf, docx)] == ["年度地质灾害防治方案_2027_内部稿"] * 2
    (told,) = [one for one in report.notes if "处要填写" in one]
    count = int(re.search(r"还有 (\d+) 处", told).group(1))
    assert word_text(docx).count("〔请填写") == count
    assert flat("".join(pages_of(pdf))).count("〔请填写") == count
    assert any("威胁财产" in one for one in report.notes)


def word_text(docx):
    from docx import Document
    from docx.oxml.ns import qn

    found = []
    for paragraph in Document(docx).element.body.iter(qn("w:p")):
        found.append("".join(one.text or "" for one in paragraph.iter(qn("w:t"))))
    return "\n".join(found)


def test_word_and_pdf_say_the_same(village, tmp_path):
    change(village, only(village, "hazard_point"), treatment_advice=ODD, threatened_objects=LONG)
    report = publish_yearly_plan(village, tmp_path)
    pdf, docx = (next(one for one in report.files if one.suffix == ending) for ending in (".pdf", ".docx"))
    page, word = flat("".join(pages_of(pdf))), flat(word_text(docx))
    assert flat(ODD) in page
    assert flat(ODD) in word
    plan = PlanMaker(village, "internal").plan()
    for one in words_of(plan):
        if "points" not in one and not re.search(r"[a-z_.]{5,}", one):
            assert flat(one) in page, one
            assert flat(one) in word, one
    for caption in ("表 1", "图 1", "附表 1"):
        assert flat(caption) in page
        assert flat(caption) in word
    assert page.index("编制依据") < page.index("保障措施") < page.index("隐患点一览表（二）")


def test_the_public_draft_holds_no_person_no_coordinate_and_no_household(village, tmp_path):
    change(village, only(village, "hazard_point"), remark="有事找李示例，139 0000 0001")
    report = publish_yearly_plan(village, tmp_path / "out", profile="public")
    assert personal_in(tmp_path / "out") == []
    for one in report.files:
        text = word_text(one) if one.suffix == ".docx" else "".join(pages_of(one))
        assert "106°" not in text
        assert "经度" not in text
        assert "责任人名册" not in text
        assert "原文含个人信息" in flat(text)
    assert any("个人信息" in one for one in report.problems)
    publish_yearly_plan(village, tmp_path / "own")
    held = personal_in(tmp_path / "own")
    assert {one.split(":")[0][-4:] for one in held} == {".pdf", "docx"[-4:]}


def test_the_public_draft_of_the_demo_holds_none_of_its_names(demo_path, tmp_path):
    with Workspace.open(demo_path, read_only=True) as ws:
        report = publish_yearly_plan(ws, tmp_path, profile="public")
        words = {one for one in yearly_plan.personal_words(ws) if re.search(r"范例|示例|139", one)}
    assert len(words) > 50
    for one in report.files:
        text = word_text(one) if one.suffix == ".docx" else "".join(pages_of(one))
        assert not [word for word in words if word in text]


def test_an_empty_workspace_gives_a_draft_of_blanks(workspace, tmp_path):
    report = publish_yearly_plan(workspace, tmp_path)
    assert report.problems == []
    plan = PlanMaker(workspace, "internal").plan()
    assert plan.tables == []
    asked = " ".join(one.words for one in plan.blanks())
    for one in ("隐患点的处数", "危险区的名称", "撤离路线", "避险安置点", "易发程度分区"):
        assert one in asked
    assert all(one.stat().st_size > 5000 for one in report.files)


def test_many_points_fill_pages_whose_head_comes_again(village, tmp_path):
    for number in range(50):
        add(village, "hazard_point", Point(E + number, N), id=f"SL-D-1{number:03}", name=f"第 {number} 处",
            hazard_type="崩塌", subdistrict="示例街道")  # fmt: skip
    (pdf,) = publish_yearly_plan(village, tmp_path, form="pdf").files
    wide = [flat(page) for page, size in zip(pages_of(pdf), sizes_of(pdf), strict=True) if size == (297, 210)]
    assert len(wide) > 4
    assert all("序号" in one for one in wide)
    assert "第49处" in "".join(wide)


def test_a_row_that_is_higher_than_a_page_is_torn_and_not_cut(village, tmp_path):
    change(village, only(village, "hazard_point"), threatened_objects=LONG * 4)
    (pdf,) = publish_yearly_plan(village, tmp_path, form="pdf").files
    assert flat("".join(pages_of(pdf))).count("陷") >= LONG.count("陷") * 4


def test_a_character_without_a_font_is_told_and_stays_in_word(village, tmp_path):
    change(village, only(village, "hazard_point"), treatment_advice="清理\U0010fff0坡面")
    report = publish_yearly_plan(village, tmp_path)
    (told,) = [one for one in report.problems if "字体" in one]
    assert "U+10FFF0" in told
    pdf, docx = (next(one for one in report.files if one.suffix == ending) for ending in (".pdf", ".docx"))
    assert "清理〓坡面" in flat("".join(pages_of(pdf)))
    assert "清理\U0010fff0坡面" in word_text(docx)


def test_nothing_is_written_where_the_place_refuses(village, tmp_path):
    place = tmp_path / "taken"
    place.write_text("a file")
    with pytest.raises(ExportRefused, match="没有写成"):
        publish_yearly_plan(village, place)
    assert [one.name for one in tmp_path.iterdir() if one.suffix in (".docx", ".pdf", ".part")] == []


def test_a_draft_that_somebody_went_on_writing_is_never_written_over(village, tmp_path):
    (first,) = publish_yearly_plan(village, tmp_path, form="docx").files
    assert publish_yearly_plan(village, tmp_path, form="docx").files == [first]  # says the same
    first.write_bytes(b"the office's own words")
    report = publish_yearly_plan(village, tmp_path)
    assert {one.stem for one in report.files} == {f"{first.stem}（2）"}
    assert any("没有动它" in one for one in report.notes)
    assert first.read_bytes() == b"the office's own words"


def test_it_is_published_from_the_list_with_its_options(village, tmp_path):
    product = PRODUCTS["yearly_plan"]
    seen = []
    report = product.publish(
        village,
        tmp_path,
        {"form": "docx", "profile": "public", "year": "2027"},
        progress=lambda done, count, words: seen.append((done, count, words)),
    )
    assert [one.name for one in report.files] == ["年度地质灾害防治方案_2027_公开稿.docx"]
    assert seen[0][2] == "读数据"
    assert seen[-1][:2] == (seen[-1][1], seen[-1][1])


def test_numbers_are_told_as_registered():
    assert said(0) == ("0",)
    assert said(1234567.0) == ("1234567",)
    assert said(None) == said("") == (Blank(),)


def test_blanks_and_small_tables_are_read_on_a_copier(village, tmp_path):
    """The tint of a blank must not swallow its words, nor the copier the 9 points of a list."""
    (pdf,) = publish_yearly_plan(village, tmp_path, form="pdf").files
    with pikepdf.open(pdf, allow_overwriting_input=True) as document:
        del document.pages[1:-1]
        document.save(pdf)
    pages = copies(pdf)
    text = "".join(one.text for one in pages[0].letters)
    assert "〔请填写" in text
    for page in (pages[0], pages[-1]):
        faint = [
            one.text
            for one in page.letters
            if one.points > 3 and contrast(page.copy[one.box[1] : one.box[3], one.box[0] : one.box[2]]) < 0.6
        ]
        assert len(faint) <= 0.01 * len(page.letters), faint
