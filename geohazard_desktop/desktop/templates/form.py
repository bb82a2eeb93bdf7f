"""What is changed most in templates, as a form: words, switches, colours, fonts, the logo. No code to be written.

A field that says what the program brings along writes nothing; another one writes its own line into the office's
settings.toml.
"""

import tomllib
from collections.abc import Callable, Collection, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import emptied, icon_button, label, line
from geohazard_desktop.desktop.templates.drafts import TemplateDrafts
from geohazard_desktop.desktop.templates.fields import LogoEditor, SettingEditor, editor_of
from geohazard_desktop.desktop.templates.logo import LOGO
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.typeset.office_templates import SETTINGS
from geohazard_desktop.publishing.typeset.template_catalog import SettingField, setting_fields
from geohazard_desktop.workspace.edits.template_settings import with_setting


class TemplateForm(QScrollArea):
    """All settings, or `only` some of them."""

    def __init__(
        self,
        drafts: TemplateDrafts,
        layers: Callable[[], Mapping[str, str]],
        only: Collection[tuple[str, str]] | None = None,
    ) -> None:
        super().__init__()
        self._drafts, self._layers, self._only = drafts, layers, only
        self.editors: dict[tuple[str, str], SettingEditor] = {}
        self._writing = False
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        self._body.setObjectName("panel")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(theme().px(16), theme().px(12), theme().px(16), theme().px(16))
        self._column.setSpacing(theme().px(6))
        self.setWidget(self._body)
        drafts.changed.connect(self._changed)

    def build(self) -> None:
        """The fields of the shipped settings, section by section."""
        emptied(self._column)
        self.editors.clear()
        section, form = "", QFormLayout()
        for field in setting_fields():
            if self._only is not None and field.path not in self._only:
                continue
            if field.section != section:
                section = field.section
                if self.editors:
                    self._column.addSpacing(theme().px(8))
                    self._column.addWidget(line())
                self._column.addWidget(label(section, "strong"))
                form = QFormLayout()
                form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
                form.setVerticalSpacing(theme().px(4))
                self._column.addLayout(form)
            self._add(form, field)
        self._column.addStretch(1)
        self.fill()

    def _add(self, form: QFormLayout, field: SettingField) -> None:
        editor = editor_of(field, self._layers)
        editor.input.setAccessibleName(field.label)
        editor.changed.connect(lambda one=field: self._write(one))
        back = icon_button("undo", _("恢复自带的"), lambda one=field: self._restore(one))
        row = QFrame()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme().px(6))
        inside.addWidget(editor, 1)
        inside.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        editor.back = back
        form.addRow(label(field.label, "label"), row)
        if field.note:
            form.addRow(label(field.note, "small", wrap=True))
        self.editors[field.path] = editor

    def fill(self) -> None:
        """From the draft, or what is in force."""
        try:
            own = tomllib.loads(self._drafts.settings_text())
        except tomllib.TOMLDecodeError:
            self.setEnabled(False)  # the window says where the text is broken; the form would write over it
            return
        self.setEnabled(True)
        self._writing = True
        for (table, key), editor in self.editors.items():
            said = own.get(table)
            value = said.get(key, editor.field.shipped) if isinstance(said, dict) else editor.field.shipped
            editor.show_value(value)
            self._mark(editor)
        self._writing = False

    def _changed(self, path: str) -> None:
        if path == SETTINGS and not self._writing and self.isVisible():
            self.fill()
        elif path == LOGO and (editor := self.logo) is not None:
            self._mark(editor)

    def _write(self, field: SettingField) -> None:
        if not self._writing:
            editor = self.editors[field.path]
            value: Any = editor.value()
            self._put(field, None if value == field.shipped else value)
            self._mark(editor)

    def _restore(self, field: SettingField) -> None:
        self._put(field, None)
        self._writing = True
        self.editors[field.path].show_value(field.shipped)
        self._writing = False
        self._mark(self.editors[field.path])

    def _put(self, field: SettingField, value: Any) -> None:
        self._writing = True
        self._drafts.set_text(SETTINGS, with_setting(self._drafts.settings_text(), field.path, value))
        self._writing = False

    @property
    def logo(self) -> LogoEditor | None:
        return next((one for one in self.editors.values() if isinstance(one, LogoEditor)), None)

    def _mark(self, editor: SettingEditor) -> None:
        if isinstance(editor, LogoEditor):
            editor.show_picture(self._drafts.text(editor.value()) if editor.value() else "")
        same = editor.value() == editor.field.shipped
        editor.back.setEnabled(not same)
        words = _("和自带的一样") if same else _("恢复自带的：{value}").format(value=editor.words(editor.field.shipped))
        editor.back.setToolTip(words)
