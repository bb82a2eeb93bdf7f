"""Which phrases an office may give a Mongolian: those that its paper prints; and what a list from Excel says."""

import pytest
from notice_village import build, change, only

from geohazard_desktop.publishing.papers.sign_board import SignMaker
from geohazard_desktop.publishing.papers.zone_notice import NoticeMaker
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.publishing.typeset.bilingual_phrases import list_text, phrases_of, read_list
from geohazard_desktop.workspace.edits.bilingual import MongolianText, phrase_key, set_mongolian
from geohazard_desktop.workspace.edits.labels import new_sheet
from geohazard_desktop.workspace.edits.sheet_extent import set_extent

WORD = "ᠮᠣᠩᠭᠣᠯ"


@pytest.fixture
def village(workspace):
    return build(workspace)


def test_every_phrase_that_paper_asks_for_is_in_the_list(village):
    keys = {one.key for one in phrases_of(village)}
    zone, sign = only(village, "danger_zone"), only(village, "warning_sign")
    notices, signs = NoticeMaker(village, bilingual=True), SignMaker(village, bilingual=True)
    notices.delimiting(zone)
    signs.of_sign(sign)
    for maker in (notices, signs):
        asked = maker.mongolian.asked
        assert asked
        assert set(asked) <= keys
    for profile in ("internal", "public"):
        for layer in ("danger_zone", "hazard_point"):
            sheet = WarningSheet(village, SheetSpec("A3", profile, layer, only(village, layer).uid))
            assert " ".join(sheet.title.split()) in keys


def test_a_text_whose_phrase_is_gone_is_kept_and_shown_last(village):
    village.apply(set_mongolian(village, {"关于划定东坡地质灾害危险区的公告": MongolianText(WORD)}))
    change(village, only(village, "danger_zone"), name="西坡")
    last = phrases_of(village)[-1]
    assert (last.group, last.chinese) == ("former", "关于划定东坡地质灾害危险区的公告")


def test_a_list_goes_out_and_comes_back_through_a_spreadsheet(village):
    phrases = phrases_of(village)
    text = list_text(phrases, {"塌陷危险": WORD})
    assert text.splitlines()[0] == "汉文\t蒙古文"
    assert f"塌陷危险\t{WORD}" in text.splitlines()
    rows = ["汉文\t蒙古文", f"塌陷危险\t{WORD}", f"没有这一句\t{WORD}", "滑坡危险\t"]
    rows.append(f'请勿入内　绕道走\t"{WORD}\n{WORD}"')
    back = "\r\n".join(rows)
    found, others = read_list(back, phrases)
    assert found == {"塌陷危险": WORD, "请勿入内 绕道走": f"{WORD}\n{WORD}"}
    assert others == ["没有这一句"]
    assert read_list("随便一段话", phrases) == ({}, [])


def test_a_sheet_that_shows_a_part_has_its_title_in_the_list(village):
    zone = only(village, "danger_zone")
    place = zone.geometry.centroid
    for subject in (("", ""), ("danger_zone", zone.uid)):
        row = new_sheet("A3", "internal", "警示图", subject)
        village.apply(set_extent(village.definitions, row, (place.x, place.y, 500.0)))
    keys = {one.key for one in phrases_of(village)}
    for layer, uid in (("", ""), ("danger_zone", zone.uid)):
        title = WarningSheet(village, SheetSpec("A3", "internal", layer, uid)).title
        assert title.endswith("（局部）")
        assert phrase_key(title) in keys
