"""打印…: the page in sight, or what was published."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.pages.print_choice import PrintOffer, print_offer
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

    def offer(self) -> PrintOffer:
        """What can be printed now."""
        window, made = self._window, self._window.publish.made
        preview = window.preview
        shown = preview.path if window.pages.currentWidget() is preview and preview.print_button.isEnabled() else None
        return print_offer(shown=shown, chosen=made.chosen(), run=made.run, again=made.again, made=made.results)

    def _print(self) -> None:
        from geohazard_desktop.desktop.pages.print_dialog import PrintDialog
        from geohazard_desktop.desktop.pages.print_work import page_sizes

        offer = self.offer()
        if not offer.choices:
            reporter().say("info", _("还没有可以打印的图和卡。"), _("先出一张，再打印。"))
            return
        paths = offer.choices[offer.first].paths
        if not any(map(page_sizes, paths)):
            words = _("{name} 读不了，打印不了。").format(name=paths[0].name)
            reporter().say("error", words, _("文件可能被移走或改坏了，请再出一次。"))
            return
        dialog = PrintDialog(self._window, offer)
        if dialog.exec() and dialog.told:
            self._window.banner.say("done", dialog.told)
        dialog.deleteLater()
