"""What people say in a meeting stands on the meeting's own sheet and, when wished for, on an internal one alone."""

from datetime import datetime

import pytest
from shapely import Point
from test_issuing import village  # noqa: F401

from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.issues.standing import State
from geohazard_desktop.publishing.issues.standings import standings
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.sheets import meeting_sheet
from geohazard_desktop.publishing.sheets.objection_numbers import serial_of
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
    said = next(iter(village.table(OBJECTIONS)))
    assert f">{serial_of(said)}</text>" in wished.images["map"], "the number that the meeting's list has"
    assert "意见（待核），数字同意见图" in [item.label for group in wished.form.legend for item in group.items]
    public = WarningSheet(village, SheetSpec("A3", "public", "danger_zone", zone.uid, objections=True))
    assert not told & drawn(public)


def test_who_wishes_for_remarks_on_a_public_sheet_is_told_that_there_are_none(village, tmp_path):  # noqa: F811
    options = {"profile": "public", "objections": True}
    report = PRODUCTS["map_zone"].publish(village, tmp_path / "公开", options)
    assert any("公开图上从来不画意见" in note for note in report.notes)


def test_the_meeting_s_own_sheet_has_the_outline_and_numbers_the_pins(village, tmp_path, monkeypatch):  # noqa: F811
    say(village)
    printed = {}

    def seen(name, data, images, **more):
        printed.update(data["picture"], svg=images["map"])
        return typeset(name, data, images, **more)

    typeset = meeting_sheet.typeset
    monkeypatch.setattr(meeting_sheet, "typeset", seen)
    meeting_sheet.publish_meeting_sheet(village, tmp_path / "意见图.pdf")
    labels = {one["label"] for one in printed["legend"]}
    assert "意见范围" in labels
    assert not {one for one in labels if one.startswith("意见（")}  # the pins are the numbered discs of the list
    assert [one["words"] for one in printed["map"]["marks"]] == ["1"]
    (outline,) = village.definitions["objection_area"].style["rule"][0]["symbol"]
    assert outline["color"].lower() in printed["svg"].lower()
