"""What people say in a meeting stands on the meeting's own sheet and, when wished for, on the office's; nowhere else."""

from datetime import datetime

import pytest
from shapely import Point
from test_issuing import village  # noqa: F401

from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.issues.standing import State
from geohazard_desktop.publishing.issues.standings import standings
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.sheets.meeting_sheet import publish_meeting_sheet
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.workspace.edits.objections import OBJECTIONS, pin_objection


def say(ws) -> None:
    """Somebody says something about the middle of the zone."""
    (zone,) = ws.table("danger_zone")
    at = zone.geometry.centroid
    number = ws.next_number(OBJECTIONS)
    ws.apply(
        pin_objection(
            ws.definitions, number, at, "沟改道了", area=Point(at.x, at.y).buffer(20.0), said_at=datetime(2026, 7, 1, 9)
        )
    )


def drawn(sheet: WarningSheet) -> set[str]:
    return {one.layer for one in sheet.features}


@pytest.mark.parametrize("key", ["cards_household", "map_zone", "zone_notice"])
def test_a_remark_makes_no_paper_old(village, tmp_path, key):  # noqa: F811
    if key == "cards_household":
        publish_cards(village, tmp_path / "卡", kind="household")
    else:
        PRODUCTS[key].publish(village, tmp_path / key, {})
    assert {one.state for one in standings(village, key)} == {State.LATEST}
    say(village)
    assert {one.state for one in standings(village, key)} == {State.LATEST}


def test_the_internal_sheet_has_remarks_when_they_are_wished_for(village):  # noqa: F811
    say(village)
    (zone,) = village.table("danger_zone")
    told = {OBJECTIONS, "objection_area"}
    plain = WarningSheet(village, SheetSpec(layer="danger_zone", uid=zone.uid))
    assert not told & drawn(plain)
    wished = WarningSheet(village, SheetSpec(layer="danger_zone", uid=zone.uid, objections=True))
    assert told <= drawn(wished)
    public = WarningSheet(village, SheetSpec("A3", "public", "danger_zone", zone.uid, objections=True))
    assert not told & drawn(public)


def test_the_meeting_s_own_sheet_has_the_outline_and_numbers_the_pins(village, tmp_path, monkeypatch):  # noqa: F811
    say(village)
    seen = {}
    from geohazard_desktop.publishing.sheets import meeting_sheet

    made = meeting_sheet.typeset
    monkeypatch.setattr(
        meeting_sheet, "typeset", lambda name, data, *rest, **more: seen.update(data) or made(name, data, *rest, **more)
    )
    report = publish_meeting_sheet(village, tmp_path / "意见图.pdf")
    assert report.files
    assert "意见范围" in str(seen["legend"] if "legend" in seen else seen)
    assert "意见（待核）" not in str(seen)
