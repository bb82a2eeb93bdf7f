"""The list of findings: what is in sight comes at once, the rest while the hand is served."""

from PySide6.QtWidgets import QApplication, QPushButton

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.desktop.checking.panel import ChecksPanel
from geohazard_desktop.desktop.checking.rows import FindingRow

TITLES = {"household": "住户"}


def finding(number: int) -> Finding:
    rule = ("geometry", "references", "household_way", "signal_missing")[number % 4]
    return Finding(rule, "household", f"SL-H-{number:04d}", f"{number:032x}", "warning", f"第 {number} 户的提醒。")


def test_no_row_of_buttons_is_wider_than_the_panel_of_a_small_window(application):
    row = FindingRow(
        Finding(
            "geometry", "household", "SL-H-0001", "1" * 32, "warning", "这一户没有位置。", opens="danger_zone",
            unplaced=True, fix="only_hazard_point",
        ),
        grouped=True,
    )  # fmt: skip
    row.resize(320, 200)
    row.show()
    QApplication.processEvents()
    assert row.minimumSizeHint().width() <= 320
    buttons = row.findChildren(QPushButton)
    assert len(buttons) == 5
    assert all(row.rect().contains(one.geometry().translated(one.parentWidget().pos())) for one in buttons)


def test_a_long_list_is_laid_out_by_and_by_and_at_once_where_it_is_gone_to(application):
    panel = ChecksPanel()
    panel.resize(340, 500)
    panel.show()
    QApplication.processEvents()
    findings = [finding(number) for number in range(2000)]
    panel.show_findings(findings, [], TITLES, "刚才")
    assert 0 < len(panel._rows) < 30, "more than is in sight, not all"
    last = panel.shown()[14 + 3 * 500]  # of the last group
    panel.go(last)
    assert last.key in panel._rows
    panel.show_findings(findings[1:], [], TITLES, "刚才")
    while panel._turn.isActive():
        QApplication.processEvents()
    assert len(panel._rows) == 60
    assert panel._rows[last.key].property("current")
