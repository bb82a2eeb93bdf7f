"""前兆迹象 on the public sheets of one zone and one point: whoever stands in the last row sees when not to wait."""

import re

import pypdfium2
import pytest
from notice_village import PHONES, build, change, flat, only, pages_of
from test_public_signs import LINE, SIGNS, sizes_by_letter

from geohazard_desktop.publishing.sheets.papers import PAPERS, SIGNS_ROOM, paper_of
from geohazard_desktop.publishing.sheets.products import publish_sheets
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet

LONG = "裂缝加宽、井水变浑，" * 12


@pytest.fixture
def village(workspace):
    return build(workspace)


@pytest.mark.parametrize("layer", ["danger_zone", "hazard_point"])
@pytest.mark.parametrize("own", ["danger_zone", "hazard_point"])
def test_a_public_sheet_tells_its_own_signs_else_those_of_its_zone_or_point(village, tmp_path, layer, own):
    change(village, only(village, own), signs=f"{SIGNS}\n先问李示例 {PHONES[0]}")
    report = publish_sheets(village, tmp_path, layer=layer, profile="public")
    text = flat("".join(pages_of(report.files[0])))
    assert flat(LINE) in text
    assert PHONES[0] not in text
    assert any("手机号" in one for one in report.notes)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_signs_are_as_large_as_names_of_streets_on_every_paper_and_take_only_the_maps_room(village, paper):
    zone = only(village, "danger_zone")
    spec = SheetSpec(paper, "public", "danger_zone", zone.uid)
    without = WarningSheet(village, spec).layout
    change(village, zone, signs=SIGNS)
    layout = WarningSheet(village, spec).layout
    assert [one.box for one in layout.columns[:4]] == [one.box for one in without.columns[:4]]
    assert layout.map[2] == without.map[2]
    assert layout.map[3] > 0.8 * without.map[3]


def test_as_many_characters_as_are_promised_stand_there_in_letters_that_are_read_from_afar(village, tmp_path):
    lead = len("有这些迹象，不等信号就走：")
    for words in ("井" * (SIGNS_ROOM - lead), "井水；" * ((SIGNS_ROOM - lead) // 3)):
        change(village, only(village, "danger_zone"), signs=words)
        for paper in ("A3", "A4", "slide"):
            report = publish_sheets(village, tmp_path / paper, layer="danger_zone", profile="public", paper=paper)
            (pdf,) = report.files
            factor = WarningSheet(village, SheetSpec(paper, "public", "danger_zone", only(village, "danger_zone").uid))
            assert min(sizes_by_letter(pdf)["井"]) >= 17 * factor.layout.factor * 0.99
            assert report.pages == 1


def test_signs_that_find_no_room_are_left_out_whole_and_told(village, tmp_path):
    change(village, only(village, "danger_zone"), signs=LONG)
    report = publish_sheets(village, tmp_path, layer="danger_zone", profile="public")
    text = flat("".join(pages_of(report.files[0])))
    assert "迹象" not in text
    assert "井水变浑" not in text
    assert any("写得下" in one and "请把前兆迹象写短些" in one for one in report.notes)


def test_sheets_of_many_zones_and_the_offices_own_have_no_such_line(village, tmp_path):
    change(village, only(village, "danger_zone"), signs=SIGNS)
    internal = publish_sheets(village, tmp_path / "a", layer="danger_zone", profile="internal")
    assert "不等信号就走" not in flat("".join(pages_of(internal.files[0])))
    assert WarningSheet(village, SheetSpec("A3", "public")).form.signs is None


@pytest.mark.parametrize("signs", ["#panic() $x$ \\ <script>", "：：", "a：b：c"])
def test_signs_are_printed_as_written(village, tmp_path, signs):
    change(village, only(village, "danger_zone"), signs=signs)
    (pdf,) = publish_sheets(village, tmp_path, layer="danger_zone", profile="public").files
    text = flat("".join(pages_of(pdf)))
    assert flat(f"不等信号就走：{signs}") in text
    with pypdfium2.PdfDocument(pdf) as document:
        size = [one / 72 * 25.4 for one in document[0].get_size()]
    assert size == pytest.approx([paper_of("A3").width, paper_of("A3").height], abs=0.1)
    assert not re.search(r"panic\(\)\s*at", text)
