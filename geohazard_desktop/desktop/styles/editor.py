"""The style editor: one layer's look beside the map, shown on the map while it is being changed, stored when asked."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import Elided, button, icon_button, label, line, restyle
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.labels import LabelPage
from geohazard_desktop.desktop.styles.parts import rule_picture
from geohazard_desktop.desktop.styles.rules import RulesPage
from geohazard_desktop.desktop.styles.scales import ScalePage
from geohazard_desktop.desktop.styles.text import TextPage
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import LayerDefinition

_PREVIEW_MS = 60
_SWATCH = (60, 32)
_MOST_WARNINGS = 2
_SHORT = 260  # below this height the head gives up its picture, so that the buttons stay in sight


class StyleEditor(QWidget):
    """`previewed` when the map should show the draft; `asked` carries apply, ok, cancel, reset, copy, paste, export or
    import."""

    previewed = Signal()
    asked = Signal(str)

    def __init__(
        self,
        draft: StyleDraft,
        definitions: Mapping[str, LayerDefinition],
        scale: Callable[[], float],
        read_only: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.draft = draft
        self._own = False
        self._read_only = read_only
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(False)
        self.rules = RulesPage(draft, definitions)
        self.labels = LabelPage(draft, definitions, scale)
        self.scales = ScalePage(draft, definitions, scale)
        self.text = TextPage(draft)
        for page, words in (
            (self.rules, _("符号")),
            (self.labels, _("注记")),
            (self.scales, _("显示")),
            (self.text, _("文本")),
        ):
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(page)
            area.setMinimumHeight(theme().px(20))
            self.tabs.addTab(area, words)
        self.tabs.currentChanged.connect(lambda _index: self._say())
        column.addWidget(self.tabs, 1)
        self.notice = QFrame()
        self.notice.setObjectName("notice")
        around = QHBoxLayout(self.notice)
        around.setContentsMargins(theme().px(14), theme().px(6), theme().px(14), theme().px(6))
        self.warning = label("", "note", wrap=True)
        around.addWidget(self.warning, 1)
        self.to_text = button(_("看文本"), self.show_text, size="small", flat=True)
        around.addWidget(self.to_text, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.notice)
        column.addWidget(self._footer())
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PREVIEW_MS)
        self._wait.timeout.connect(self.previewed)
        draft.changed.connect(self._changed)
        draft.chosen.connect(self._show_swatch)
        self._say()

    # -- building ----------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme().px(14), theme().px(8), theme().px(8), theme().px(6))
        row.setSpacing(theme().px(10))
        self.swatch = QLabel()
        self.swatch.setFixedSize(theme().px(_SWATCH[0]), theme().px(_SWATCH[1]))
        self.swatch.setAccessibleName(_("这条规则画出来的样子"))
        row.addWidget(self.swatch)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(_("{title}的样式").format(title=self.draft.definition.title), "title"))
        self.state = Elided("", "small", "text3")
        words.addWidget(self.state)
        row.addLayout(words, 1)
        self.more = icon_button("more", _("复制、粘贴、导出、导入样式"), self._show_menu)
        row.addWidget(self.more)
        row.addWidget(icon_button("close", _("关上，不应用"), lambda: self.asked.emit("cancel")))
        return row

    def _footer(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line())
        footer = QFrame()
        footer.setObjectName("footer")
        row = QHBoxLayout(footer)
        row.setContentsMargins(theme().px(12), theme().px(8), theme().px(12), theme().px(8))
        row.setSpacing(theme().px(6))
        self.default_button = button(_("恢复默认"), lambda: self.asked.emit("reset"), size="small", flat=True)
        self.cancel_button = button(_("取消"), lambda: self.asked.emit("cancel"), size="small")
        self.apply_button = button(_("应用"), lambda: self.asked.emit("apply"), size="small")
        self.ok_button = button(_("应用并关上"), lambda: self.asked.emit("ok"), size="small", primary=True)
        row.addWidget(self.default_button)
        row.addStretch(1)
        for one in (self.cancel_button, self.apply_button, self.ok_button):
            row.addWidget(one)
        column.addWidget(footer)
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        short = event.size().height() < theme().px(_SHORT)
        # The cross in the head does what 取消 does; the layer tree shows the picture.
        for one in (self.swatch, self.state, self.cancel_button):
            one.setHidden(short)

    def menu(self) -> QMenu:
        made = QMenu(self)
        for key, words in (
            ("copy", _("复制样式")),
            ("paste", _("粘贴样式")),
            ("export", _("导出样式文件……")),
            ("import", _("导入样式文件……")),
        ):
            made.addAction(words).triggered.connect(lambda _on=False, key=key: self.asked.emit(key))
        return made

    def _show_menu(self) -> None:
        self._menu = self.menu()
        self._menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    # -- telling -----------------------------------------------------------------------------------------------------

    def set_own(self, own: bool) -> None:
        """Whether the workspace has a style of its own for the layer."""
        self._own = own
        self._say()

    def show_text(self) -> None:
        self.tabs.setCurrentIndex(self.tabs.count() - 1)
        self.text.go_to_fault()

    def _changed(self, _who: object) -> None:
        self._say()
        self._wait.start()

    def _say(self) -> None:
        draft = self.draft
        fault = draft.fault
        found = [] if fault is not None else draft.warnings()
        shown = found[:_MOST_WARNINGS]
        if len(found) > len(shown):
            shown.append(_("……还有 {count} 条，停在这里看全部。").format(count=len(found) - len(shown)))
        self.warning.setText(fault.sentence if fault is not None else "\n".join(shown))
        self.warning.setToolTip("" if fault is not None else "\n".join(found))
        # The text page says its fault itself, beside the line.
        told = fault is not None and self.tabs.currentIndex() == self.tabs.count() - 1
        self.notice.setVisible(not told and (fault is not None or bool(found)))
        restyle(self.notice, severity="error" if fault is not None else "warning")
        self.to_text.setVisible(fault is not None)
        if draft.dirty:
            self.state.set_text(_("有改动，还没应用"), "reminder")
        else:
            self.state.set_text(_("本文件自己的样式") if self._own else _("默认样式"), "text3")
        writable = not self._read_only
        self.apply_button.setEnabled(draft.dirty and fault is None and writable)
        self.ok_button.setEnabled(fault is None and writable)
        self.default_button.setEnabled((self._own or draft.dirty) and writable)
        for one in (self.apply_button, self.ok_button, self.default_button):
            one.setToolTip(self._read_only if self._read_only else fault.sentence if fault is not None else "")
        self._show_swatch()

    def _show_swatch(self) -> None:
        rule = self.draft.parsed_rule
        if rule is None:
            return  # the last one that could be read stays in sight
        wide, high = theme().px(_SWATCH[0]), theme().px(_SWATCH[1])
        values = self.draft.sample(self.draft.rule)
        self.swatch.setPixmap(rule_picture(rule, self.draft.geometry, wide, high, self.devicePixelRatioF(), values))

    # -- events ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.asked.emit("cancel")
            event.accept()
        else:
            super().keyPressEvent(event)
