"""A zone that nobody has approved yet takes nothing from the papers of the approved one beside it."""

from datetime import date

import pytest
from notice_village import E, N, add, build, only
from shapely import Point, Polygon

from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.papers.door_sticker import StickerMaker
from geohazard_desktop.publishing.papers.plan_table import PlanMaker
from geohazard_desktop.publishing.papers.sign_board import SignMaker
from geohazard_desktop.publishing.papers.zone_notice import NoticeMaker
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet

TODAY = date(2026, 11, 28)


@pytest.fixture
def approved(workspace):
    """东坡, which is approved and announced, and what is only a draft on the other side of the road."""
    ws = build(workspace)
    zone = only(ws, "danger_zone")
    for step, number in (("已划定", "1 号"), ("已公告", "2 号")):
        add(ws, "zone_event", danger_zone=zone.uid, step=step, date="2026-03-01", document_no=number, text="公告")
    near = Polygon([(E + 220, N), (E + 220, N + 80), (E + 320, N + 80), (E + 320, N)])
    return ws, zone, add(ws, "danger_zone", near, name="西坡", id="SL-W-0002", hazard_type="崩塌")


def test_no_paper_of_the_approved_zone_is_stamped(approved):
    ws, zone, _draft = approved
    home, route = only(ws, "household"), only(ws, "evacuation_route")
    beyond = add(ws, "household", Point(E + 270, N - 60), id="SL-H-0018", head="王示例",
                 evacuation_route=route.uid, danger_zone=zone.uid)  # fmt: skip
    cards = CardMaker(ws, TODAY)
    household, barred = cards.household_card(home), cards.household_card(beyond)
    assert "map" in household.images  # the neighbour lies in its frame
    assert "西坡" in str(barred.form.back), "its way is barred by the draft"
    sign = SignMaker(ws, TODAY).of_sign(only(ws, "warning_sign"))
    forms = [
        barred.form,
        household.form,
        cards.large_card(home).form,
        cards.work_card(only(ws, "hazard_point")).form,
        sign.form,
        StickerMaker(ws, TODAY).of_household(beyond),
        NoticeMaker(ws, TODAY).delimiting(zone).data,
        PlanMaker(ws, TODAY).paper(only(ws, "hazard_point")).data,
    ]
    for form in forms:
        issue = form["issue"] if isinstance(form, dict) else form.issue
        assert tuple(issue["drafts"] if isinstance(issue, dict) else issue.drafts) == (), type(form)


def test_the_papers_of_the_draft_itself_are(approved):
    ws, _zone, draft = approved
    form = NoticeMaker(ws, TODAY).delimiting(draft).data
    assert list(form["issue"]["drafts"]) == ["西坡"]


def test_neither_announcement_nor_board_draws_the_draft(approved):
    ws, zone, _draft = approved
    for images in (NoticeMaker(ws, TODAY).delimiting(zone).images, SignMaker(ws, TODAY).of_zone(zone).images):
        drawn = "".join(one if isinstance(one, str) else one.decode() for one in images.values())
        assert "东坡" in drawn
        assert "西坡" not in drawn


def test_the_street_s_sheet_of_one_zone_names_no_zone_that_it_does_not_draw(approved):
    ws, zone, _draft = approved
    sheet = WarningSheet(ws, SheetSpec("A3", "public", "danger_zone", zone.uid))
    assert sheet.form.drafts == ()
    assert ("drafts",) not in [one.panels for one in sheet.layout.columns], "a bar without a word"
    assert WarningSheet(ws, SheetSpec("A3", "internal", "danger_zone", zone.uid)).form.drafts == ("西坡（邻近）",)
