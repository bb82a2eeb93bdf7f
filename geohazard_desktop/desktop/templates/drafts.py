"""What is being changed in templates and not yet saved, over what is in force. One of the main window, kept while one
looks at the map and when the same file is opened anew: nothing that was typed is lost unasked."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.publishing.typeset.office_templates import SETTINGS, OfficeTemplates, templates_of
from geohazard_desktop.publishing.typeset.template_catalog import TemplateFile, template_files
from geohazard_desktop.workspace.edits.templates import SETTING, is_template_row, restore_templates, save_templates
from geohazard_desktop.workspace.feature import Delta

NEW_SETTINGS = "# 本单位改过的设置。没有写的，用程序自带的。\n"


class TemplateDrafts(QObject):
    """`reloaded`: other files are in force. `changed` (path): a draft is another one. `data_changed`: other rows."""

    reloaded = Signal()
    changed = Signal(str)
    data_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._drafts: dict[str, str] = {}
        self._path: Path | None = None  # whose drafts they are
        self.templates = OfficeTemplates()
        self.files: dict[str, TemplateFile] = {}
        session.changed.connect(self._followed)
        session.when_opened(self._opened)
        session.closing.connect(self._closing)

    def reload(self) -> None:
        """Read anew what is in force; raises TypesettingFailed where the folder beside the workspace can't be read."""
        ws = self._session.ws
        self.templates = OfficeTemplates() if ws is None else templates_of(ws)
        self.files = {one.path: one for one in template_files(self.templates)}
        for path in [path for path, text in self._drafts.items() if text == self.stored(path)]:
            del self._drafts[path]
        self.reloaded.emit()

    def stored(self, path: str) -> str:
        """What is in force without the draft; the shipped text of settings.toml where the office has none."""
        own = self.templates.files.get(path)
        if own is not None:
            return own.decode("utf-8", "replace")
        known = self.files.get(path)
        return known.shipped or "" if known is not None else ""

    def text(self, path: str) -> str:
        return self._drafts.get(path, self.stored(path))

    def settings_text(self) -> str:
        """What a form's change is written into: the office's own settings, never a copy of all that is shipped."""
        if SETTINGS in self._drafts or SETTINGS in self.templates.files:
            return self.text(SETTINGS)
        return NEW_SETTINGS

    def set_text(self, path: str, text: str) -> None:
        if text == self.text(path):
            return
        if text == self.stored(path):
            self._drafts.pop(path, None)
        else:
            self._drafts[path] = text
        self.changed.emit(path)

    def let_go(self, paths: Iterable[str]) -> None:
        """Forget what was not saved."""
        for path in list(paths):
            if self._drafts.pop(path, None) is not None:
                self.changed.emit(path)

    @property
    def unsaved(self) -> list[str]:
        return sorted(self._drafts)

    def titles(self, paths: Iterable[str]) -> str:
        """“版面设置”、“工作明白卡”, for a question about them."""
        return "、".join(f"“{self.files[one].title if one in self.files else one}”" for one in paths)

    def is_draft(self, path: str) -> bool:
        return path in self._drafts

    def merged(self) -> OfficeTemplates:
        """What a preview is set with."""
        return self.templates.with_files(dict(self._drafts))

    # -- into the workspace ----------------------------------------------------------------------------------------

    def save(self, paths: Sequence[str]) -> bool:
        """One step of the history. False: the reporter has said why, and the drafts are as they were."""
        files = {path: self._drafts[path] for path in paths if path in self._drafts}
        if not files:
            return True
        edit = save_templates(self._session.workspace, files, self._words(files))
        if edit.deltas and not self._session.apply(edit):
            return False
        for path in files:
            self._drafts.pop(path, None)
            self.changed.emit(path)
        return True

    def _words(self, files: Iterable[str]) -> str:
        titles = [self.files[path].title if path in self.files else path for path in files]
        if len(titles) > 3:
            return _("改模板 {titles}等 {count} 个").format(titles="、".join(titles[:3]), count=len(titles))
        return _("改模板 {titles}").format(titles="、".join(titles))

    def take_in(self, files: dict[str, str]) -> bool:
        """Imported ones become the workspace's own at once, as one step that can be undone."""
        edit = save_templates(self._session.workspace, files, _("导入模板 {count} 个").format(count=len(files)))
        return not edit.deltas or self._session.apply(edit)

    def restore(self, path: str) -> bool:
        """The file of the folder or the shipped one is in force again, without a draft."""
        self.let_go([path])
        edit = restore_templates(self._session.workspace, [path])
        return not edit.deltas or self._session.apply(edit)

    # -- what others did -------------------------------------------------------------------------------------------

    def _followed(self, deltas: Sequence[Delta]) -> None:
        rows = [one.after or one.before for one in deltas if one.layer == SETTING]
        if any(row is not None and is_template_row(row.text("key")) for row in rows):
            self.reload()
        else:
            self.data_changed.emit()

    def _opened(self) -> None:
        """The same file opened anew, as when a backup was put in its place, keeps what was typed."""
        if self._session.workspace.path != self._path:
            self._drafts.clear()
        self._path = self._session.workspace.path
        self.templates, self.files = OfficeTemplates(), {}

    def _closing(self) -> None:
        self.templates, self.files = OfficeTemplates(), {}
