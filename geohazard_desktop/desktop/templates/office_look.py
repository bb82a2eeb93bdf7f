"""Logo, place of the seal and fonts where an office looks for them: among its settings, beside a card set with them.

They live in its settings.toml as ever, as drafts of the templates' window: there is one text, in whichever window it
is changed, and it is stored with the other settings in one step.
"""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label, line
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.templates.drafts import TemplateDrafts
from geohazard_desktop.desktop.templates.form import TemplateForm
from geohazard_desktop.desktop.templates.logo import LOGO, ask_for_logo
from geohazard_desktop.desktop.templates.preview import TemplatePreview
from geohazard_desktop.desktop.templates.process import Answer
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.typeset.office_templates import SETTINGS
from geohazard_desktop.workspace.edits.templates import save_templates
from geohazard_desktop.workspace.feature import Delta

_LOOK = (("look", "logo"), ("look", "logo_height"), ("map_sheet", "seal_note"), ("look", "hei"), ("look", "song"))
_FILES = (SETTINGS, LOGO)


class OfficeLook(QWidget):
    """`changed_files` are what was changed here; `put_back` takes it away again. `end` when nobody looks any more."""

    def __init__(self, session: Session, drafts: TemplateDrafts) -> None:
        super().__init__()
        self._session, self._drafts = session, drafts
        self.form = TemplateForm(drafts, dict, _LOOK)
        self.preview = TemplatePreview(session, drafts)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addWidget(self.fault)
        self.fault.setContentsMargins(theme().px(16), theme().px(8), theme().px(8), 0)
        side.addWidget(self.form, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(side, 1)
        row.addWidget(line(vertical=True))
        row.addWidget(self.preview, 1)
        self.preview.setMinimumWidth(theme().px(200))
        self._before: dict[str, str] = {}
        self._of_page = ""  # what was said of the page, which a later page takes back
        self.preview.answered.connect(self._answered)
        self._begin()

    def _begin(self) -> None:
        try:
            self._drafts.reload()
        except GeohazardError as error:  # a template folder that can't be read: the other settings are not held up
            self.setEnabled(False)
            self._tell(str(error))
            return
        self._before = {path: self._drafts.text(path) for path in _FILES}
        self.form.build()
        if not self.form.isEnabled():
            self._tell(_("版面设置（settings.toml）写错了一处，先在“模板……”窗口里改好，这里才能改。"))
        if self.form.logo is not None:
            self.form.logo.asked.connect(self._ask_for_logo)
        self.preview.choose_product("cards_work")
        self.preview.fill_subjects()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._before:
            self.preview.proofs.warm_up()
            self.preview.later()

    def _tell(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))

    def _answered(self, answer: Answer) -> None:
        said = "" if answer.pdf is not None else f"{answer.sentence}{answer.remedy}"
        if said or self.fault.text() == self._of_page:
            self._tell(said)
            self._of_page = said

    def _ask_for_logo(self) -> None:
        editor = self.form.logo
        assert editor is not None
        self._tell("")
        try:
            ask_for_logo(self, self._drafts, editor)
        except GeohazardError as error:
            self._tell(str(error))

    # -- what becomes of it ----------------------------------------------------------------------------------------

    def changed_files(self) -> dict[str, str]:
        return {path: self._drafts.text(path) for path, text in self._before.items() if self._drafts.text(path) != text}

    def deltas(self) -> list[Delta]:
        """Raises EditRefused for a file that is too large to be kept."""
        return list(save_templates(self._session.workspace, self.changed_files()).deltas)

    def put_back(self) -> None:
        for path, text in self._before.items():
            self._drafts.set_text(path, text)

    def end(self) -> None:
        self._before = {}
        self.preview.close_document()
