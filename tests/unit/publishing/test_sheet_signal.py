"""One zone, one signal: the same words on every paper, and a note on whose they are."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from copier import copies
from notice_village import E, N, add, build, change, only
from shapely import Point, box
from test_public_signs import sizes_by_letter

from geohazard_desktop.analysis.printed_signals import signal_of_point
from geohazard_desktop.analysis.warning_signal import common_signal, origin_notes, zone_signal
from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.papers.calling_list import CallingMaker
from geohazard_desktop.publishing.papers.door_sticker import StickerMaker
from geohazard_desktop.publishing.papers.drill_script import DrillMaker
from geohazard_desktop.publishing.papers.sign_board import SignMaker
from geohazard_desktop.publishing.sheets.products import publish_map
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.workspace.edits import change_geometry

OFFICE = "敲钟三遍"


@pytest.fixture
def village(workspace):
    ws = build(workspace)
    add(ws, "district", box(E - 3000, N - 3000, E + 3000, N + 3000), name="示例区")
    add(ws, "setting", None, name="预警信号", key="signal.text", value=OFFICE)
    return ws


def signals(ws):
    """What each paper of the village's one zone says."""
    zone, point, household = only(ws, "danger_zone"), only(ws, "hazard_point"), only(ws, "household")
    cards = CardMaker(ws)
    card = cards.household_card(household).form
    sheets = [
        WarningSheet(ws, SheetSpec(profile=profile, layer=one.layer, uid=one.uid)).form
        for profile in ("internal", "public")
        for one in (zone, point)
    ]
    stickers = StickerMaker(ws, date(2026, 6, 1))
    return {
        cards.work_card(point).form.warning_signal,
        card.warning_signal,
        card.back.warning_signal,
        *(one.warning_signal for one in sheets),
        WarningSheet(ws, SheetSpec(profile="public")).form.warning_signal,
        stickers.of_zone(zone).warning_signal,
        stickers.of_household(household).warning_signal,
        SignMaker(ws).of_zone(zone).form.warning_signal,
        DrillMaker(ws).form(zone).signal,
    }


def test_all_papers_of_a_zone_say_one_signal(village):
    change(village, only(village, "danger_zone"), warning_signal="锣声")
    change(village, only(village, "hazard_point"), warning_signal="吹哨")
    assert signals(village) == {"锣声"}
    change(village, only(village, "danger_zone"), warning_signal=None)
    assert signals(village) == {"吹哨"}
    change(village, only(village, "hazard_point"), warning_signal=None)
    assert signals(village) == {OFFICE}


def test_who_belongs_to_a_zone_hears_its_signal_whatever_point_a_paper_names(village):
    """A household with a point of its own in a zone that says nothing, and one outside that is called with a zone."""
    zone, own, home = only(village, "danger_zone"), only(village, "hazard_point"), only(village, "household")
    change(village, zone, warning_signal=None, hazard_point=None)
    change(village, own, warning_signal="吹哨")
    other = add(village, "hazard_point", box(E + 60, N + 60, E + 61, N + 61).centroid, name="东坡裂缝",
                hazard_type="地裂缝", danger_zone=zone.uid, warning_signal="敲盆")  # fmt: skip
    change(village, home, hazard_point=other.uid)
    zone, points = only(village, "danger_zone"), list(village.table("hazard_point"))
    cards, lists = CardMaker(village), CallingMaker(village, date(2026, 6, 1))
    told = {cards.household_card(only(village, "household")).form.warning_signal, lists.form(zone).signal}
    for point in points:  # two in one zone: whoever is there would hear neither's alone
        told |= {cards.work_card(point).form.warning_signal, lists.form(point).signal}
        told.add(WarningSheet(village, SheetSpec(layer="hazard_point", uid=point.uid)).form.warning_signal)
    assert told == {OFFICE}
    assert {signal_of_point(village, one).words for one in points} == {OFFICE}
    change(village, zone, warning_signal="锣声")
    change(village, only(village, "household"), danger_zone=None, evacuation_route=None)
    village.apply(change_geometry(village.definitions, only(village, "household"), Point(E + 900, N)))
    cards = CardMaker(village)
    assert cards.household_card(only(village, "household")).form.warning_signal == "锣声", "its point's zone"


def test_a_sheet_of_several_zones_names_who_has_another_signal(village):
    add(village, "danger_zone", box(E + 1000, N, E + 1200, N + 200), id="SL-W-0002", name="西沟")
    form = WarningSheet(village, SheetSpec()).form
    assert form.warning_signal == OFFICE
    assert form.signal_note == "东坡的信号是铜锣急敲", "an office's own template from before knows no rows"
    assert {(one.words, one.zones) for one in form.signals} == {("铜锣急敲", "东坡"), (OFFICE, "西沟")}


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_where_signals_differ_the_sheet_prints_them_all_at_one_size(village, profile, tmp_path):
    add(village, "danger_zone", box(E + 1000, N, E + 1200, N + 200), id="SL-W-0002", name="西沟")
    out = tmp_path / "图.pdf"
    publish_map(village, out, profile=profile)
    (page,) = copies(out, most=1)
    text = "".join(one.text for one in page.letters)

    def size(words: str) -> float:
        at = text.index(words)
        return max(one.points for one in page.letters[at : at + len(words)])

    assert "东坡：铜锣急敲" in text
    assert "西沟：敲钟三遍" in text
    assert size("铜锣急敲") == pytest.approx(size("敲钟三遍"), rel=0.15)  # of their ink


def test_signals_too_small_for_the_last_row_have_a_slide_of_their_own_with_the_ways(village, tmp_path):
    """A wall is read from afar: nothing that must be read there is lower than a thirty-sixth of it."""
    for number, words in enumerate(("哨子连吹", "手摇警报器长鸣", "高音喇叭连喊快撤"), 2):
        add(village, "danger_zone", box(E + 1000 * number, N, E + 1000 * number + 200, N + 200),
            id=f"SL-W-000{number}", name=f"名称很长的{number}号危险区", warning_signal=words)  # fmt: skip
    out = tmp_path / "图.pdf"
    publish_map(village, out, sheet="slide", profile="public")
    with pypdfium2.PdfDocument(out) as document:
        texts = ["".join(one.get_textpage().get_text_range().split()) for one in document]
    assert len(texts) == 2
    assert "见下一张" in texts[0]
    assert "哨子连吹" not in texts[0], "in letters that nobody reads"
    assert all(one in texts[1] for one in ("铜锣急敲", "哨子连吹", "手摇警报器长鸣", "高音喇叭连喊快撤"))
    least = 190.5 / 36 / 25.4 * 72
    sizes = sizes_by_letter(out, 1)
    assert min(sizes["锣"]) >= least
    assert min(sizes["哨"]) >= least


def test_a_signal_with_letters_is_measured_in_the_weight_that_it_is_set_in(village, tmp_path):
    """Bold Latin letters are wider: what was measured as one line was set in two, over the heading."""
    zone = only(village, "danger_zone")
    change(village, zone, warning_signal="\\u{41} C:\\坡\\n")
    out = tmp_path / "图.pdf"
    publish_map(village, out, profile="public")
    with pypdfium2.PdfDocument(out) as document:
        text = document[0].get_textpage()
        heading, first = (text.get_text_range().index(one) for one in ("听到信号就走", "\\u{41}"))
        assert text.get_charbox(first)[3] < text.get_charbox(heading)[1]


def test_where_signals_agree_there_are_no_rows(village):
    assert WarningSheet(village, SheetSpec()).form.signals == ()


def test_a_report_says_whose_signal_was_printed(village):
    zone = only(village, "danger_zone")
    change(village, zone, warning_signal=None)
    sheet = WarningSheet(village, SheetSpec(layer="danger_zone", uid=zone.uid))
    assert "危险区 SL-W-0001 没有填预警信号，印的是本单位设置里的“敲钟三遍”。" in sheet.report.notes
    nobody = zone_signal({}, None, None)
    assert (nobody.words, nobody.origin) == (None, "")
    (said,) = origin_notes([(zone, nobody)])
    assert said == "危险区 SL-W-0001 和本单位设置里都没有预警信号，留了空。请填危险区的“预警信号”。"


def test_many_other_signals_are_counted(village):
    zone = only(village, "danger_zone")
    zones = [replace(zone, uid=str(number)).with_values(warning_signal=f"信号{number}") for number in range(5)]
    found = common_signal({"signal.text": OFFICE}, zones, lambda _uid: None)
    assert found.words == OFFICE
    assert found.note == "另有 5 个危险区的信号不同，见各区的警示图和警示牌"
    assert [(one.words, one.zones) for one in found.each] == [(f"信号{number}", "东坡") for number in range(5)]


def test_the_signal_of_most_zones_is_that_of_the_others(village):
    zone = only(village, "danger_zone")
    zones = [replace(zone, uid=str(number)).with_values(warning_signal="锣", name=f"坡{number}") for number in range(9)]
    zones.append(replace(zone, uid="x").with_values(warning_signal="哨", name="沟"))
    found = common_signal({}, zones, lambda _uid: None)
    assert [(one.words, one.zones) for one in found.each] == [("哨", "沟"), ("锣", "其余 9 个危险区")]


def test_more_signals_than_a_panel_holds_are_pointed_to(village):
    zone = only(village, "danger_zone")
    zones = [replace(zone, uid=str(number)).with_values(warning_signal=f"信号{number}") for number in range(8)]
    *told, last = common_signal({}, zones, lambda _uid: None).each
    assert len(told) == 5
    assert (last.words, last.zones) == ("见各区的警示图和警示牌", "东坡、东坡、东坡")
