"""The map that is printed before people leave a meeting."""

from datetime import datetime

import pypdfium2
import pytest
from shapely import Point, box

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.sheets.meeting_sheet import publish_meeting_sheet
from geohazard_desktop.workspace.edits import change_values, create_feature, delete_features
from geohazard_desktop.workspace.edits.objections import OBJECTIONS, pin_objection

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def heard(workspace):
    ws = workspace
    for layer, geometry, values in (
        ("district", box(E, N, E + 4000, N + 2000), {"name": "示例区"}),
        ("subdistrict", box(E, N, E + 2000, N + 2000), {"name": "西街道"}),
        ("danger_zone", box(E + 500, N + 500, E + 900, N + 900), {"name": "西沟", "must_move_people": 40}),
        ("household", Point(E + 600, N + 600), {"head": "李示例", "phone": "139 0000 0001"}),
    ):
        ws.apply(create_feature(ws.definitions, layer, geometry, values))
    for number, (east, words) in enumerate(((700, "沟改道了 #let $x$ <script>"), (3000, "东边的话"))):
        ws.apply(
            pin_objection(
                ws.definitions, ws.next_number(OBJECTIONS), Point(E + east, N + 700), words,
                role="居民", speaker="王秘密", said_at=datetime(2026, 7, 1, 9, number),
            )
        )  # fmt: skip
    return ws


def test_the_sheet_lists_what_was_said_and_names_nobody(heard, tmp_path):
    report = publish_meeting_sheet(heard, tmp_path / "意见图.pdf", street="西街道")
    assert report.pages == 1
    with pypdfium2.PdfDocument(report.files[0]) as document:
        text = document[0].get_textpage().get_text_range().replace("\r\n", "")
    for word in ("西街道地质灾害危险区意见图", "沟改道了 #let $x$ <script>", "待核", "居民", "内部用图", "西沟", "40"):
        assert word in text
    for word in ("王秘密", "李示例", "0000 0001", "东边的话"):
        assert word not in text


def test_many_long_objections_stay_on_the_page_and_what_finds_no_room_is_counted(heard, tmp_path):
    for number in range(60):
        heard.apply(
            pin_objection(
                heard.definitions, heard.next_number(OBJECTIONS), Point(E + 600, N + 600), "话" * 200,
                said_at=datetime(2026, 7, 2, 9, number),
            )
        )  # fmt: skip
    report = publish_meeting_sheet(heard, tmp_path / "意见图.pdf", street="西街道")
    assert report.pages == 1
    with pypdfium2.PdfDocument(report.files[0]) as document:
        assert "条写不下" in document[0].get_textpage().get_text_range()


def test_a_street_that_is_not_there_is_named(heard, tmp_path):
    with pytest.raises(ExportRefused, match="没有街道“北街道”"):
        publish_meeting_sheet(heard, tmp_path / "意见图.pdf", street="北街道")
    assert not (tmp_path / "意见图.pdf").exists()


def test_the_sheet_of_a_street_without_an_outline_says_how_far_it_reaches(heard, tmp_path):
    heard.apply(change_values(heard.definitions, list(heard.table("danger_zone")), {"subdistrict": "北街道"}))
    heard.apply(delete_features(heard.definitions, list(heard.table("subdistrict"))))
    edit = pin_objection(heard.definitions, heard.next_number(OBJECTIONS), Point(E + 3500, N + 700), "北边会上说的",
                         street="北街道", said_at=datetime(2026, 7, 3, 9, 0))  # fmt: skip
    heard.apply(edit)
    report = publish_meeting_sheet(heard, tmp_path / "意见图.pdf", street="北街道")
    told = "北街道界线未载入，范围按登记的隐患点和危险区。"
    assert told in report.notes
    with pypdfium2.PdfDocument(report.files[0]) as document:
        text = document[0].get_textpage().get_text_range().replace("\r\n", "")
    for word in ("北街道地质灾害危险区意见图", told, "西沟", "北边会上说的", "沟改道了"):
        assert word in text
    assert "东边的话" not in text
