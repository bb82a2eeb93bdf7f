"""公告 of a danger zone: text from the register, blanks where it says nothing, a table that agrees with the map."""

from datetime import date
from itertools import combinations, pairwise
from math import cos, dist, pi, sin

import pytest
from copier import copies, dark_share, window
from notice_village import LONG, ODD, E, N, add, build, change, flat, only, pages_of, personal_in, points_of
from shapely import Point, Polygon, get_coordinates

from geohazard_desktop.publishing.papers.single_sheets import NoPaper, Paper
from geohazard_desktop.publishing.papers.zone_corners import corner_marks, corner_rows, turning_words
from geohazard_desktop.publishing.papers.zone_notice import NoticeMaker, publish_zone_notices
from geohazard_desktop.workspace.edits import change_geometry

TODAY = date(2026, 11, 28)


@pytest.fixture
def village(workspace):
    return build(workspace)


def register(ws, step: str, **values: str) -> None:
    add(ws, "zone_event", danger_zone=only(ws, "danger_zone").uid, step=step, **values)


def made(ws, kind: str = "delimiting", **options: bool) -> Paper:
    paper = getattr(NoticeMaker(ws, TODAY, **options), kind)(only(ws, "danger_zone"))
    assert isinstance(paper, Paper)
    return paper


def test_a_draft_has_blanks_for_number_and_day_and_says_so_on_every_page(village, tmp_path):
    report = publish_zone_notices(village, tmp_path)
    (pdf,) = report.files
    pages = [flat(one) for one in pages_of(pdf)]
    assert pdf.name == "划定公告_SL-W-0001.pdf"
    assert all("拟划未经批准" in one for one in pages)
    assert set(points_of(pdf, "地质灾害危险区的公告")) == {22}  # GB/T 9704: 二号
    assert "〔2026〕号" in pages[0]
    assert "地面下沉，危及住户" in pages[0]
    assert "第十九条" in pages[0]
    assert "第四十三条" in pages[0]
    assert "不得爆破" in pages[0]
    assert "铜锣急敲" in pages[0]
    assert "3号路线从村口老榆树到示例广场" in pages[0]
    assert "0000-0000000" in pages[0]
    assert "东至示例卫生室西侧约60米处" in pages[0]
    assert any("文号" in one for one in report.notes)


def test_a_long_name_stands_on_one_line_of_the_title(village, tmp_path):
    change(village, only(village, "danger_zone"), name="示例河下游左岸山洪泥石流易发沟口区")
    (pdf,) = publish_zone_notices(village, tmp_path).files
    page = pages_of(pdf)[0]
    assert any("关于划定示例河下游左岸山洪泥石流易发沟口区" in line.replace(" ", "") for line in page.splitlines())


def test_number_and_day_come_from_the_register(village, tmp_path):
    register(village, "已划定", date="2026-03-01", document_no="示政发〔2026〕1 号")
    register(village, "已公告", date="2026-03-05", document_no="示政公告〔2026〕2 号", text="公告")
    report = publish_zone_notices(village, tmp_path)
    first = flat(pages_of(report.files[0])[0])
    assert "示政公告〔2026〕2号" in first
    assert "经示政发〔2026〕1号批准" in first
    assert "2026年3月5日" in flat("".join(pages_of(report.files[0])))
    assert "拟划" not in first
    assert any("核对" in one for one in report.notes)


def test_the_table_says_north_first_and_its_sides_are_those_of_its_corners(village):
    rows = made(village, degrees=True).data["corners"]
    assert [one["number"] for one in rows] == ["J1", "J2", "J3", "J4"]
    assert (rows[0]["north"], rows[0]["east"]) == ("4370000.000", "36400000.000")
    places = [(float(one["east"]), float(one["north"])) for one in rows]
    for row, (here, after) in zip(rows, pairwise([*places, places[0]]), strict=True):
        assert float(row["side"]) == pytest.approx(dist(here, after), abs=0.01)
    assert rows[0]["longitude"].startswith("106°")
    assert rows[0]["latitude"].startswith("39°")
    assert made(village).data["corners"][0]["longitude"] is None


def test_without_the_table_the_public_copy_has_no_coordinates(village, tmp_path):
    (pdf,) = publish_zone_notices(village, tmp_path, table=False).files
    text = flat("".join(pages_of(pdf)))
    assert "4370000" not in text
    assert "拐点坐标表" not in text
    assert "示意图见附件" in text


def test_holes_and_parts_are_numbered_and_labels_stand_outside():
    shape = Polygon(
        [(E, N), (E, N + 90), (E + 90, N + 90), (E + 90, N)],
        [[(E + 30, N + 30), (E + 60, N + 30), (E + 60, N + 60), (E + 30, N + 60)]],
    )
    assert [one.number for one in corner_rows(shape, 4524, degrees=False)][3:6] == ["J4", "J孔1-1", "J孔1-2"]
    assert turning_words(shape) == "顺时针"
    for mark in corner_marks(shape, lambda east, north: (east - E, N + 90 - north)):
        assert not Polygon(shape.exterior.coords, [shape.interiors[0].coords]).contains(
            Polygon([(E + x, N + 90 - y) for x, y in _box(mark.label_at)])
        ), mark.number


def test_a_border_of_very_many_corners_is_to_be_thinned_and_its_map_stays_readable(village):
    """Unless it was decided: then every corner of the document stands."""
    smooth = Point(E, N).buffer(300, quad_segs=43)
    marks = corner_marks(smooth, lambda east, north: ((east - E) / 8, (N - north) / 8))
    told = [one for one in marks if one.number is not None]
    assert told[0].number == "J1"
    assert 10 < len(told) <= 32
    assert not any(
        abs(a.label_at[0] - b.label_at[0]) < 7.6 and abs(a.label_at[1] - b.label_at[1]) < 3.8
        for a, b in combinations(told, 2)
    )
    plain = [one for one in marks if one.number is None]
    assert min(dist(a.at, b.at) for a in plain for b in marks if a is not b) >= 2.0
    village.apply(change_geometry(village.definitions, only(village, "danger_zone"), smooth))
    note = made(village).note
    assert "的边界有 172 个拐点" in note
    assert "不是实测的，请先抽稀拐点，或在选项里选“拐点表简化”：容差 2 米，列 32 个，与原边界最多差 1." in note
    assert "抽稀" not in made(village, table=False).note
    whole, less = made(village).data, made(village, thin_m=2.0).data
    assert (len(whole["corners"]), len(less["corners"]), less["thinned"]) == (172, 32, True)
    stored = {(f"{north:.3f}", f"{east:.3f}") for east, north in get_coordinates(smooth)}
    assert {(one["north"], one["east"]) for one in less["corners"]} <= stored, "no corner is invented"
    assert "本表已简化：原边界 172 个拐点，按容差 2 米列 32 个，与原边界最多差 1." in less["corner_notes"]
    assert "面积差 -0." in less["corner_notes"]
    assert "抽稀" not in made(village, thin_m=2.0).note
    assert not made(village, thin_m=2.0, table=False).data["thinned"]
    assert len(get_coordinates(only(village, "danger_zone").geometry)) == 173, "the border that is stored stays"
    add(village, "household", Point(E + 299.6 * cos(pi / 43), N + 299.6 * sin(pi / 43)), head="赵示例")
    paper = made(village, thin_m=5.0)
    assert len(paper.data["corners"]) == 172, "no house is left out of what is announced"
    assert "没有简化：容差 5 米会把 1 处住户或房屋漏在范围外" in paper.note
    village.undo()
    register(village, "已划定", date="2026-03-01", document_no="示政发〔2026〕1 号")
    assert "抽稀" not in made(village).note
    assert "简化过，张贴前请与批准的文件核对" in made(village, thin_m=0.5).note


def _box(at):
    x, y = at
    return [(x - 0.5, y - 0.5), (x + 0.5, y - 0.5), (x + 0.5, y + 0.5), (x - 0.5, y + 0.5)]


def test_a_lifting_is_announced_with_its_finding(village, tmp_path):
    maker = NoticeMaker(village, TODAY)
    assert isinstance(maker.lifting(only(village, "danger_zone")), NoPaper)  # nothing was delimited
    register(village, "已划定", date="2026-03-01", document_no="示政发〔2026〕1 号")
    draft = made(village, "lifting")
    assert draft.data["stage"] == "拟撤销　未经批准"
    assert draft.data["document_no"] is None
    register(village, "已撤销", date="2026-09-01", document_no="示政发〔2026〕9 号", finding="险情已经消除")
    (pdf,) = publish_zone_notices(village, tmp_path, kind="lift").files
    first = flat(pages_of(pdf)[0])
    assert "关于撤销东坡" in first
    assert "险情已经消除" in first
    assert "2026年9月1日" in first
    assert pdf.name == "撤销公告_SL-W-0001.pdf"
    report = publish_zone_notices(village, tmp_path / "b")
    assert report.files == []
    assert any("已撤销" in one for one in report.problems)


def test_nothing_personal_odd_names_and_a_long_reason(village, tmp_path):
    change(village, only(village, "danger_zone"), name=ODD, reason=LONG * 6, warning_signal="")
    change(village, only(village, "shelter"), name=LONG)
    (pdf,) = publish_zone_notices(village, tmp_path / "out", degrees=True).files
    text = flat("".join(pages_of(pdf)))
    assert flat(ODD) in text
    assert text.count(LONG[:17]) >= 40  # reason and shelter, nothing cut
    assert personal_in(tmp_path / "out") == []


def test_table_and_map_stay_legible_on_a_copier(village, tmp_path):
    *_text, last = copies(publish_zone_notices(village, tmp_path).files[0])
    picture = last.copy[window(30, 125, 182, 240)]
    assert 0.01 < dark_share(picture) < 0.5
    small = [one for one in last.letters if one.text in "J1234" and one.points < 9]
    assert small, "corner numbers"


def test_the_annexed_map_shows_the_routes_that_the_text_names(workspace, tmp_path):
    """Part 三 named routes that nobody found on 附件 2; the notice that lifts a zone shows none."""
    ws = build(workspace)
    maker = NoticeMaker(ws)
    form = maker.delimiting(only(ws, "danger_zone")).data
    (notice,) = [form["notice"]] if "notice" in form else [form]
    (way,) = notice["map"]["ways"]
    assert way["kind"] == "route"
    text = flat("".join(pages_of(publish_zone_notices(ws, tmp_path).files[0])))
    assert "2.危险区和撤离路线示意图" in text
    assert "绿色箭头是撤离路线" in text
    names = text.partition("附件2")[2]
    assert "示例广场" in names
    assert "路线3" in names
