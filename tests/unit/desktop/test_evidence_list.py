"""What the import's window found out about a file, and what can be pressed beside it."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from geohazard_desktop.desktop.imports.evidence_list import EvidenceList
from geohazard_desktop.desktop.imports.work import Look, Table, Wish
from geohazard_desktop.exchange.importer import ImportPlan
from geohazard_desktop.exchange.mapping import Matching
from geohazard_desktop.exchange.report import Evidence, ImportReport
from geohazard_desktop.exchange.source import open_source


def test_a_file_that_is_gcj02_is_read_so_with_one_press(application, tmp_path):
    path = tmp_path / "甲.csv"
    path.write_text("名称,X,Y\n甲,4370100,36400100\n", encoding="utf-8")
    report = ImportReport(evidence=[Evidence("shift", "这样读会偏约 408 米。", doubt=True)])
    plan = ImportPlan("place", open_source(path), Matching([], {}, [], []), report)
    wish = Wish(Path(path), "place")
    shown, asked = EvidenceList(), []
    shown.shift_asked.connect(lambda: asked.append(True))
    shown.show_table(Table("甲", wish, True, Look(wish, plan=plan)), str)
    (press,) = shown.findChildren(QPushButton)
    assert press.text() == "按火星坐标（GCJ-02）换算"
    press.click()
    assert asked == [True]
    report.evidence = [Evidence("shift", "若是火星坐标，会偏约 408 米。")]
    shown.show_table(Table("甲", wish, True, Look(wish, plan=plan)), str)
    assert not [one for one in shown.findChildren(QPushButton) if one.isVisibleTo(shown)]
