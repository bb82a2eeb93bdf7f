"""One zone, one signal: the same words on every paper, and a note on whose they are."""

from dataclasses import replace
from datetime import date

import pytest
from notice_village import E, N, add, build, change, only
from shapely import box

from geohazard_desktop.analysis.warning_signal import common_signal, origin_notes, zone_signal
from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.papers.door_sticker import StickerMaker
from geohazard_desktop.publishing.papers.drill_script import DrillMaker
from geohazard_desktop.publishing.papers.sign_board import SignMaker
from geohazard_desktop.publishing.sheets.sheet import DistrictSheet, SheetSpec, WarningSheet

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
        DistrictSheet(ws, "public").form.warning_signal,
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


def test_a_sheet_of_several_zones_names_who_has_another_signal(village):
    add(village, "danger_zone", box(E + 1000, N, E + 1200, N + 200), id="SL-W-0002", name="西沟")
    form = DistrictSheet(village, "internal").form
    assert (form.warning_signal, form.signal_note) == (OFFICE, "东坡的信号是铜锣急敲")


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
