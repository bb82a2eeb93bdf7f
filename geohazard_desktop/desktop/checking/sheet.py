"""检查结果 as a sheet for whoever mends them outside of the window: what the list shows now, and what was set aside."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.background import Job, Jobs, Progress
from geohazard_desktop.desktop.checking.rows import SEVERITY_WORDS
from geohazard_desktop.desktop.checking.sift import title_of

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


class FindingsSheet:
    def __init__(self, window: "MainWindow", jobs: Jobs) -> None:
        self._window, self._jobs = window, jobs

    def export(self) -> None:
        window = self._window
        name = _("检查结果 {day}.xlsx").format(day=f"{datetime.now():%Y-%m-%d}")
        kinds = _("Excel 表格 (*.xlsx)")
        path = files.ask_save(window, _("导出检查结果"), name, kinds, ".xlsx")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> Job:
        """What the list shows now, and what was set aside, as a sheet."""
        panel = self._window.checks
        rows = [self._cells(one, "") for one in panel.shown() if panel.sift.kind != "aside"]
        for one, aside in panel.asides:
            rows.append(
                self._cells(
                    one, _("{who} {when}：{reason}").format(who=aside.who, when=aside.when, reason=aside.reason)
                )
            )
        headings = [
            (_("序号"), 6.0), (_("轻重"), 8.0), (_("规则"), 22.0), (_("图层"), 14.0), (_("编号"), 14.0),
            (_("街道"), 14.0), (_("内容"), 70.0), (_("X 北"), 14.0), (_("Y 东"), 14.0), (_("搁置理由"), 36.0),
        ]  # fmt: skip
        numbered = [[str(index), *cells] for index, cells in enumerate(rows, 1)]

        def work(_progress: Progress) -> None:
            from geohazard_desktop.exchange.plain_sheet import write_sheet

            write_sheet(path, _("检查结果"), headings, numbered)

        def written(_nothing: object) -> None:
            told = _("检查结果 {count} 条已导出到 {name}。").format(count=len(rows), name=path.name)
            self._window.banner.say("done", told)

        return self._jobs.start(work, written)

    def _cells(self, one: Finding, reason: str) -> list[str]:
        north, east = ("", "") if one.place is None else (f"{one.place.y:.2f}", f"{one.place.x:.2f}")
        layer = self._window.checks.titles.get(one.layer, one.layer)
        words = (SEVERITY_WORDS[one.severity], title_of(one.rule), layer, one.id, one.street, one.sentence)
        return [*words, north, east, reason]
