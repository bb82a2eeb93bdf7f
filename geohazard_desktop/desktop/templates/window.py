"""The window 模板: the list, the text or the form, the page beside it. See `template_desk` for who opens it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import Elided, button, label, line
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.save_question import SaveQuestion
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.templates.data import DataPage
from geohazard_desktop.desktop.templates.diff import DiffPage
from geohazard_desktop.desktop.templates.drafts import TemplateDrafts
from geohazard_desktop.desktop.templates.form import TemplateForm
from geohazard_desktop.desktop.templates.list import TemplateList, state_words
from geohazard_desktop.desktop.templates.preview import TemplatePreview
from geohazard_desktop.desktop.templates.process import Answer
from geohazard_desktop.desktop.templates.text import TemplateText
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.publishing.typeset.office_templates import FOLDER, SETTINGS
from geohazard_desktop.publishing.typeset.template_catalog import SHOWN_BY


class TemplateWindow(QWidget):
    """`asked`: import, export, logo, office."""

    asked = Signal(str)

    def __init__(self, session: Session, drafts: TemplateDrafts, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._session, self.drafts = session, drafts
        self.path = ""
        self._leaving = False
        self.setObjectName("central")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("模板"))
        open_at(self, 1320, 820)
        self.list = TemplateList(drafts)
        self.text = TemplateText()
        self.form = TemplateForm(drafts, self._layer_titles)
        self.diff = DiffPage()
        self.preview = TemplatePreview(session, drafts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self._left())
        self.split.addWidget(self._middle())
        self.split.addWidget(self._right())
        self.split.setSizes([theme().px(230), theme().px(560), theme().px(530)])
        self.split.setStretchFactor(1, 1)
        self.split.setStretchFactor(2, 1)
        column.addWidget(self.split, 1)
        column.addWidget(self._footer())
        self.list.chosen.connect(self.show_template)
        self.text.typed.connect(self._typed)
        self.text.place_asked.connect(self.go_to)
        self.preview.answered.connect(self._answered)
        drafts.changed.connect(self._draft_changed)
        drafts.reloaded.connect(self._reloaded)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)

    # -- building --------------------------------------------------------------------------------------------------

    def _left(self) -> QWidget:
        side = QWidget()
        side.setObjectName("panel")
        side.setMinimumWidth(theme().px(160))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, theme().px(8), 0, theme().px(8))
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setContentsMargins(theme().px(10), 0, theme().px(10), 0)
        self.import_button = button(_("导入…"), lambda: self.asked.emit("import"), size="small")
        row.addWidget(self.import_button)
        row.addWidget(button(_("导出…"), lambda: self.asked.emit("export"), size="small"))
        row.addStretch(1)
        column.addLayout(row)
        return side

    def _middle(self) -> QWidget:
        middle = QWidget()
        middle.setObjectName("panel")
        middle.setMinimumWidth(theme().px(308))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # In large type the title has a line of its own, or the buttons would leave it two signs.
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        head = QBoxLayout(down if theme().percent > 150 else across)
        head.setContentsMargins(theme().px(12), theme().px(8), theme().px(10), theme().px(8))
        head.setSpacing(theme().px(6))
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = Elided("", "title")
        self.state = Elided("", "small", "text3")
        words.addWidget(self.title)
        words.addWidget(self.state)
        head.addLayout(words, 1)
        self.as_text = button(_("写成文字"), self._turn, size="small")
        self.as_text.setCheckable(True)
        self.as_text.setToolTip(_("在表和文字之间切换；文字里能改图例怎么分组。"))
        row = QHBoxLayout()
        row.addWidget(self.as_text)
        self.see_diff = button(_("看改动"), self._turn, size="small")
        self.see_diff.setCheckable(True)
        self.see_diff.setToolTip(_("和程序自带的比，改了哪些。"))
        row.addWidget(self.see_diff)
        self.restore_button = button(_("恢复自带的"), self.restore, size="small")
        row.addWidget(self.restore_button)
        row.addStretch(0)
        head.addLayout(row)
        column.addLayout(head)
        column.addWidget(line())
        self.stack = QStackedWidget()
        for page in (self.text, self.form, self.diff):
            self.stack.addWidget(page)
        column.addWidget(self.stack, 1)
        return middle

    def _right(self) -> QTabWidget:
        self.tabs = QTabWidget()
        self.tabs.setMinimumWidth(theme().px(200))
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.preview, _("预览"))
        self.help = QTextBrowser()
        self.help.setOpenLinks(False)
        self.help.setFrameShape(QFrame.Shape.NoFrame)
        self.help.setAccessibleName(_("模板说明"))
        self.help.document().setDocumentMargin(theme().px(14))
        self.data = DataPage()
        self.tabs.addTab(self.data, _("数据"))
        self.tabs.addTab(self.help, _("怎么改"))
        self.tabs.currentChanged.connect(lambda _index: self._fill_help())
        return self.tabs

    def _footer(self) -> QWidget:
        footer = QFrame()
        footer.setObjectName("footer")
        row = QHBoxLayout(footer)
        row.setContentsMargins(theme().px(14), theme().px(8), theme().px(14), theme().px(8))
        row.setSpacing(theme().px(8))
        self.told = label("", "note", wrap=True)
        row.addWidget(self.told, 1)
        row.addWidget(button(_("单位名称、值班电话…"), lambda: self.asked.emit("office"), size="small", flat=True))
        self.drop_button = button(_("放弃改动"), self.drop)
        row.addWidget(self.drop_button)
        self.save_button = button(_("存上"), self.save, primary=True)
        row.addWidget(self.save_button)
        return footer

    def _layer_titles(self) -> dict[str, str]:
        ws = self._session.ws
        if ws is None:
            return {}
        return {one.table: one.title for one in ws.definitions.values() if one.geometry != "none" and not one.helper}

    def _fill_help(self) -> None:
        if self.tabs.currentWidget() is self.help and self.help.document().isEmpty():
            self.help.setMarkdown(resource("templates", "说明.md").read_text(encoding="utf-8"))

    # -- showing ---------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the window; raises nothing: a folder that can't be read is told."""
        try:
            self.drafts.reload()
        except GeohazardError as error:
            reporter().error(error)
            return
        self.preview.proofs.warm_up()
        if not self.form.editors:
            self.form.build()
            if self.form.logo is not None:
                self.form.logo.asked.connect(lambda: self.asked.emit("logo"))
        self.preview.fill_subjects()
        self.list.fill()
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.choose(self.path or SETTINGS)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.preview.later()

    def show_template(self, path: str) -> None:
        """Its text, or the form for the settings; the product that shows it."""
        self.path = path
        self.see_diff.setChecked(False)
        if path in SHOWN_BY:
            self.preview.choose_product(SHOWN_BY[path])
        self.text.show_text(path, self.drafts.text(path))
        self._page()
        self._tell()
        self._show_fault()

    def _turn(self) -> None:
        if self.sender() is self.as_text:
            self.see_diff.setChecked(False)
        self._page()

    def _page(self) -> None:
        """Text, form or differences, as the buttons say."""
        settings = self.path == SETTINGS
        self.as_text.setVisible(settings)
        known = self.drafts.files.get(self.path)
        if self.see_diff.isChecked() and known is not None and known.shipped is not None:
            own = self.drafts.text(self.path)
            self.diff.show_texts(known.shipped, own)
            self.stack.setCurrentWidget(self.diff)
        elif settings and not self.as_text.isChecked():
            self.form.fill()
            self.stack.setCurrentWidget(self.form)
        else:
            self.stack.setCurrentWidget(self.text)
            self.text.show_text(self.path, self.drafts.text(self.path))

    def _tell(self) -> None:
        known = self.drafts.files.get(self.path)
        if known is None:
            return
        draft = self.drafts.is_draft(self.path)
        self.title.set_text(known.title)
        self.state.set_text(f"{self.path}　{state_words(known, draft=draft)}")
        reason = self._session.read_only_reason()
        mine = known.origin == "workspace" or draft
        self.restore_button.setEnabled(mine and not (reason and not draft))
        words = _("恢复“{folder}”里的") if self._in_folder() else _("恢复自带的")
        self.restore_button.setText(words.format(folder=FOLDER) if not known.own else _("删掉这个文件"))
        self.restore_button.setToolTip("" if mine else _("没有改过。"))
        self.see_diff.setEnabled(known.shipped is not None and self.drafts.text(self.path) != known.shipped)
        unsaved = self.drafts.unsaved
        self.save_button.setText(_("存上 {count} 个").format(count=len(unsaved)) if len(unsaved) > 1 else _("存上"))
        self.save_button.setEnabled(bool(unsaved) and not reason)
        self.drop_button.setEnabled(bool(unsaved))
        self.save_button.setToolTip(reason or _("存进工作文件，是历史里的一步，可以撤销（Ctrl+S）。"))
        self.import_button.setEnabled(not reason)
        self.import_button.setToolTip(reason)
        if unsaved:
            titles = [self.drafts.files[one].title if one in self.drafts.files else one for one in unsaved]
            self.told.setText(_("还没存：{titles}。现在只有预览用它。").format(titles="、".join(titles)))
        else:
            self.told.setText(
                _("出图先用工作文件里改过的，再用工作文件旁边“{folder}”里的，最后用自带的。").format(folder=FOLDER)
            )

    def _in_folder(self) -> bool:
        folder = self.drafts.templates.folder
        return folder is not None and (folder / self.path).is_file()

    # -- changing --------------------------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self.drafts.set_text(self.path, text)

    def _draft_changed(self, path: str) -> None:
        if path == self.path and self.stack.currentWidget() is not self.text:
            self.text.show_text(path, self.drafts.text(path))
        self._tell()

    def _reloaded(self) -> None:
        if not self.isVisible():
            return
        if self.path not in self.drafts.files:
            self.list.choose(SETTINGS)
            return
        self.text.show_text(self.path, self.drafts.text(self.path))
        self._page()
        self._tell()

    def save(self) -> bool:
        """Everything that is not saved, as one step. A template with a fault is asked about first."""
        unsaved = self.drafts.unsaved
        if not unsaved or self._session.read_only_reason():
            return not unsaved
        if self.preview.fault is not None and self.preview.fault.at is not None:
            words = _("{sentence}存上以后，用这个模板的图和卡一张也印不出来，直到改好或恢复自带的。")
            told = words.format(sentence=self.preview.fault.sentence.replace(_("没有印任何东西。"), ""))
            question = Question(self, _("模板里还有错"), told, _("照样存上"), _("回去改"))
            answer = bool(question.exec())
            question.deleteLater()
            if not answer:
                self.text.editor.setFocus()  # where Ctrl+Z takes back what was typed, not what stands in the workspace
                return False
        return self.drafts.save(unsaved)

    def drop(self) -> None:
        """Let go what was typed and not saved, after a question."""
        unsaved = self.drafts.unsaved
        words = _("{count} 个模板里没存的改动会丢掉，找不回来。").format(count=len(unsaved))
        question = Question(self, _("放弃没存的改动吗？"), words, _("放弃"), _("留着"))
        if question.exec():
            self.drafts.let_go(unsaved)
            self._reloaded()
        question.deleteLater()

    def restore(self) -> None:
        """One step of the history, which can be undone; what was not saved is asked about."""
        if self.drafts.is_draft(self.path):
            words = _("这个模板里没存的改动会丢掉，找不回来。")
            question = Question(self, _("恢复自带的吗？"), words, _("恢复"), _("留着改动"))
            answer = bool(question.exec())
            question.deleteLater()
            if not answer:
                return
        if self.drafts.restore(self.path):
            self._reloaded()

    # -- faults ----------------------------------------------------------------------------------------------------

    def _answered(self, answer: Answer) -> None:
        self._show_fault()
        if answer.data is not None:
            self.data.show_data(answer.data)
        self._tell()

    def _show_fault(self) -> None:
        fault = self.preview.fault
        if fault is None:
            self.text.show_fault("", "", None, here=True)
            return
        here = fault.at is not None and fault.at[0] == self.path
        self.text.show_fault(fault.sentence, fault.remedy, fault.at, here=here)
        if not here and self.stack.currentWidget() is self.form and fault.at is not None and fault.at[0] == SETTINGS:
            self.as_text.setChecked(True)
            self._page()

    def go_to(self, path: str, row: int, column: int) -> None:
        """Open a template at a place."""
        if path != self.path:
            self.list.choose(path)
        if path == SETTINGS:
            self.as_text.setChecked(True)
        self.see_diff.setChecked(False)
        self._page()
        self.text.editor.go_to(row, column)

    # -- closing ---------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Close with the workspace, about whose drafts the main window has asked already."""
        self._leaving = True
        self.close()
        self._leaving = False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody sees a draft of a closed window, and what is printed does not use it: so it is saved or let go now."""
        if not self._leaving and not self._may_close():
            event.ignore()
            return
        self.preview.proofs.close()
        super().closeEvent(event)

    def _may_close(self) -> bool:
        unsaved = self.drafts.unsaved
        if not unsaved or self._session.ws is None:
            return True
        question = SaveQuestion(
            self,
            _("模板还没存"),
            _("{titles}改了还没存。不存，出图还是用原来的，这些改动就没有了。").format(
                titles=self.drafts.titles(unsaved)
            ),
            self._session.read_only_reason(),
            buttons=(_("存上"), _("不存"), _("继续改")),
        )
        answer = question.ask()
        if answer == "save":
            return self.save()
        if answer == "drop":
            self.drafts.let_go(unsaved)
        return answer == "drop"
