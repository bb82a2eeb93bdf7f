"""Opens the dialog 蒙古文."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.report import reporter

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


class BilingualDesk:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def table(self) -> dict[str, Callable[[], object]]:
        return {"publish.bilingual": self._open}

    def _open(self) -> None:
        from geohazard_desktop.desktop.templates.bilingual_dialog import BilingualDialog
        from geohazard_desktop.publishing.typeset.fonts_for_paper import paper_fonts
        from geohazard_desktop.publishing.typeset.office_templates import templates_of

        session = self._window.session
        with reporter().guard():  # no Chinese font, or a template folder that can't be read
            fonts = paper_fonts(templates_of(session.workspace).font_folders())
            dialog = BilingualDialog(session, fonts, self._window)
            stored = bool(dialog.exec())
            dialog.deleteLater()
            if stored:
                self._window.banner.say("done", _("蒙古文已存，下次出图就印上；可以撤销。"))
