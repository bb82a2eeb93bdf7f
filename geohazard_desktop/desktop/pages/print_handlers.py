"""打印…: from the page in sight, or from what was published last."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.report import reporter

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

Handler = Callable[[], object]


class PrintHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def table(self) -> dict[str, Handler]:
        return {"publish.print": self._print}

    def connect(self) -> None:
        window = self._window
        window.preview.print_asked.connect(lambda: window.center.run("publish.print"))
        window.preview.file_asked.connect(window.publish.step)

    def paths(self) -> list[Path]:
        """What can be printed, the file in sight first."""
        window = self._window
        preview = window.preview
        shown = preview.path if window.pages.currentWidget() is preview and preview.print_button.isEnabled() else None
        made = [one for one in window.publish.results if one.suffix.lower() == ".pdf" and one.is_file()]
        if shown is None:
            return made
        return [shown, *(one for one in made if one != shown)]

    def _print(self) -> None:
        from geohazard_desktop.desktop.pages.print_dialog import PrintDialog
        from geohazard_desktop.desktop.pages.print_work import page_sizes

        paths = self.paths()
        if not paths:
            reporter().say("info", _("还没有可以打印的图和卡。"), _("先出一张，再打印。"))
            return
        if not page_sizes(paths[0]):
            words = _("{name} 读不了，打印不了。").format(name=paths[0].name)
            reporter().say("error", words, _("文件可能被移走或改坏了，请再出一次。"))
            return
        dialog = PrintDialog(self._window, paths)
        if dialog.exec() and dialog.told:
            self._window.banner.say("done", dialog.told)
        dialog.deleteLater()
