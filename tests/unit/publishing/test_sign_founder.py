"""A board says who set it up and when as it was registered, and nothing where nobody registered it."""

from datetime import date

import pytest
from notice_village import add, build, change, flat, only, pages_of

from geohazard_desktop.publishing.papers.sign_board import publish_sign_boards
from geohazard_desktop.publishing.papers.sign_founder import Founder, founder_of

DAY = date(2026, 6, 24)


@pytest.fixture
def village(workspace):
    return build(workspace)


def mark_as_signed(ws, actor="示例区自然资源分局"):
    zone = only(ws, "danger_zone")
    for step, values in (
        ("已划定", {"document_no": "示政发〔2026〕1号", "date": "2026-06-01", "actor": "示例区人民政府"}),
        ("已公告", {"document_no": "示政发〔2026〕2号", "date": "2026-06-05", "actor": "示例区人民政府"}),
        ("已设警示", {"date": DAY.isoformat(), "actor": actor}),
    ):
        add(ws, "zone_event", danger_zone=zone.uid, step=step, **values)


def test_a_zones_board_says_what_the_zones_process_says(village, tmp_path):
    mark_as_signed(village)
    assert founder_of(village, only(village, "danger_zone"), None) == Founder("示例区自然资源分局", DAY)
    (pdf,) = publish_sign_boards(village, tmp_path, per="zone").files
    assert "示例区自然资源分局设2026年6月24日" in "".join(map(flat, pages_of(pdf)))


def test_without_a_registered_step_the_board_has_lines(village, tmp_path):
    report = publish_sign_boards(village, tmp_path, per="zone")
    assert founder_of(village, only(village, "danger_zone"), None) == Founder()
    assert "政府设" not in "".join(map(flat, pages_of(report.files[0])))
    assert any("设立单位、设立日期" in one for one in report.notes)


def test_a_sign_that_is_only_planned_has_lines_though_others_of_its_zone_stand(village):
    mark_as_signed(village)
    sign = only(village, "warning_sign")
    change(village, sign, erected_by=None, erected_on=None)
    assert founder_of(village, only(village, "danger_zone"), only(village, "warning_sign")) == Founder()


def test_where_sign_and_process_differ_the_sign_counts_and_the_office_is_told(village, tmp_path):
    mark_as_signed(village)
    change(village, only(village, "warning_sign"), erected_on="2026-07-01")
    report = publish_sign_boards(village, tmp_path)
    words = (
        "警示标志 SL-J-0001 登记的是示例区政府，2026 年 7 月 1 日设立，危险区东坡的过程登记的是示例区自然资源分局，"
        "2026 年 6 月 24 日设立，牌上按标志自己的登记。请核对。"
    )
    assert words in "".join(report.notes)
    assert "示例区政府设2026年7月1日" in "".join(map(flat, pages_of(report.files[0])))
    change(village, only(village, "warning_sign"), erected_by="示例区自然资源分局", erected_on=DAY.isoformat())
    assert words not in "".join(publish_sign_boards(village, tmp_path).notes)
