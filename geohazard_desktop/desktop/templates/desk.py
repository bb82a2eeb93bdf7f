"""Opens the window 模板 and does what it asks for: taking templates in, giving them away, the logo."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.save_question import SaveQuestion
from geohazard_desktop.desktop.templates.drafts import TemplateDrafts

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.desktop.templates.window import TemplateWindow


class TemplateDesk:
    """`window` is None until it is first opened."""

    def __init__(self, main: "MainWindow") -> None:
        self._main = main
        self.drafts = TemplateDrafts(main.session)
        self.window: TemplateWindow | None = None
        main.session.closing.connect(self._closing)

    def table(self) -> dict[str, Callable[[], object]]:
        return {"publish.templates": self.open}

    def open(self) -> None:
        if self.window is None:
            from geohazard_desktop.desktop.templates.window import TemplateWindow

            self.window = TemplateWindow(self._main.session, self.drafts, self._main)
            self.window.asked.connect(self._asked)
        self.window.open()

    def may_leave(self) -> bool:
        """Whether the program may end, or another workspace be opened: asks where something was not saved.

        Nothing is let go here: what is to be opened may be refused yet. `drafts` forget when another file is open.
        """
        unsaved = self.drafts.unsaved
        if not unsaved or self._main.session.ws is None:
            return True
        words = _("{titles}改了还没存。不保存，这些改动就没有了。").format(titles=self.drafts.titles(unsaved))
        question = SaveQuestion(self._main, _("模板还没存"), words, self._main.session.read_only_reason())
        answer = question.ask()
        if answer == "save":
            saved = self.window.save() if self.window is not None else self.drafts.save(unsaved)
            if not saved:
                self.open()
            return saved
        return answer == "drop"

    def _closing(self) -> None:
        if self.window is not None:
            self.window.preview.close_document()
            self.window.text.forget()
            self.window.leave()

    def _asked(self, what: str) -> None:
        from geohazard_desktop.desktop.templates.logo import ask_for_logo

        assert self.window is not None
        try:
            if what == "office":
                self._main.center.run("file.settings")
            elif what == "import":
                self._import(self.window)
            elif what == "export":
                self._export(self.window)
            else:
                editor = self.window.form.logo
                assert editor is not None
                ask_for_logo(self.window, self.drafts, editor)
        except GeohazardError as error:
            reporter().error(error)
            self.window.told.setText(str(error))

    # -- carrying --------------------------------------------------------------------------------------------------

    def _import(self, parent: QWidget) -> None:
        from geohazard_desktop.publishing.typeset.template_files import read_templates

        path = files.ask_open(parent, _("导入模板"), _("模板 (*.zip *.typ *.toml)"))
        if path is None:
            return
        found = read_templates(path if path.suffix.lower() == ".zip" else path.parent)
        known = self.drafts.templates.files
        changed = [one for one in found.files if one in known and known[one].decode() != found.files[one]]
        if changed:
            words = _("{count} 个模板本单位改过，会换成导入的：{names}。可以撤销。").format(
                count=len(changed), names="、".join(changed[:4])
            )
            question = Question(parent, _("换掉改过的模板吗？"), words, _("换掉"), _("不导入"))
            answer = bool(question.exec())
            question.deleteLater()
            if not answer:
                return
        if self.drafts.take_in(found.files):
            told = _("已导入 {count} 个模板，存在工作文件里，可以撤销。").format(count=len(found.files))
            self._say(told + "".join(found.notes))

    def _export(self, parent: QWidget) -> None:
        """The office's own; all of them where there is none, for somebody who wants to begin."""
        from geohazard_desktop.publishing.typeset.template_files import write_templates

        own = {path: content.decode("utf-8", "replace") for path, content in self.drafts.templates.files.items()}
        chosen = own or {path: one.shipped or "" for path, one in self.drafts.files.items()}
        path = files.ask_save(parent, _("导出模板"), _("打印模板.zip"), _("压缩文件 (*.zip)"), ".zip")
        if path is None:
            return
        write_templates(path, chosen)
        which = _("本单位改过的") if own else _("程序自带的")
        self._say(_("{which} {count} 个模板已写到 {name}。").format(which=which, count=len(chosen), name=path.name))

    def _say(self, words: str) -> None:
        assert self.window is not None
        self.window.told.setText(words)
