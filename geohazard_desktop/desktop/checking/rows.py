"""One finding in the list: its sign, what, which and remedy, and what can be done about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.repair import label_of
from geohazard_desktop.checks.set_aside import SETTING, Aside
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.button_menu import button_menu
from geohazard_desktop.desktop.checking.sift import title_of
from geohazard_desktop.desktop.parts import FlowLayout, button, icon_button, label, restyle, severity_label
from geohazard_desktop.desktop.theme import theme

SEVERITY_WORDS = {"error": _("错误"), "warning": _("提醒"), "info": _("说明")}


def flowing() -> tuple[QWidget, FlowLayout]:
    """Room for buttons that go on in further rows; its height follows its width."""
    holder = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder, FlowLayout(holder, theme().px(6), 0)


class FindingRow(QFrame):
    """`clicked` looks at it, `repair_asked` takes the repair shown (or shows it first), `field_asked` opens the form at
    the field that a hand has to put right, `setting_asked` the office's settings at one, `place_asked` takes the tool
    that puts it on the map, `aside_asked`, `back_asked`."""

    clicked = Signal(object)
    repair_asked = Signal(object)
    field_asked = Signal(object)
    setting_asked = Signal(str)
    place_asked = Signal(object)
    aside_asked = Signal(object)
    back_asked = Signal(object)

    def __init__(self, finding: Finding, *, grouped: bool, aside: Aside | None = None) -> None:
        """`grouped`: the heading above says which rule it is."""
        super().__init__()
        self.setObjectName("finding")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.finding, self.aside = finding, aside
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(12), theme().px(9), theme().px(12), theme().px(9))
        row.setSpacing(theme().px(8))
        row.addWidget(severity_label(finding.severity), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme().px(3))
        if not grouped:
            column.addWidget(label(title_of(finding.rule), "strong", wrap=True))
        column.addWidget(label(finding.sentence, "note" if not grouped else "", wrap=True))
        if aside is not None:
            words = _("{who} {when} 搁置：{reason}").format(who=aside.who, when=aside.when, reason=aside.reason)
            column.addWidget(label(words, "small", wrap=True))
        self.price = label("", "strong", wrap=True)
        self.price.hide()
        column.addWidget(self.price)
        self.repair: QPushButton | None = None
        column.addWidget(self._actions())
        row.addLayout(column, 1)
        said = SEVERITY_WORDS[finding.severity]
        self.setAccessibleName(f"{said} {title_of(finding.rule)} {finding.sentence}")

    def _actions(self) -> QWidget:
        """In rows: three buttons side by side are wider than the panel of a small window, which would cut the words."""
        holder, actions = flowing()
        if self.finding.uid or self.finding.place is not None:
            actions.addWidget(button(_("定位"), lambda: self.clicked.emit(self.finding), flat=True, size="small"))
        if self.aside is not None:
            actions.addWidget(button(_("恢复提醒"), lambda: self.back_asked.emit(self.aside), size="small"))
            return holder
        if self.finding.severity != "error":
            actions.addWidget(button(_("带理由搁置…"), lambda: self.aside_asked.emit(self.finding), size="small"))
        if self.finding.opens and self.finding.uid:
            made = button(_("打开这一栏"), lambda: self.field_asked.emit(self.finding), size="small")
            made.setToolTip(_("打开它的属性，光标停在要改的这一栏。"))
            actions.addWidget(made)
        if self.finding.layer == SETTING and self.finding.about:
            key = self.finding.about
            made = button(_("在单位设置里填…"), lambda: self.setting_asked.emit(key), size="small")
            actions.addWidget(made)
        if self.finding.unplaced:
            made = button(_("放到地图上"), lambda: self.place_asked.emit(self.finding), size="small")
            made.setToolTip(_("点一下它在图上的位置，也能键入坐标。"))
            actions.addWidget(made)
        if self.finding.fix:
            self.repair = button(label_of(self.finding.fix), lambda: self.repair_asked.emit(self.finding), size="small")
            self.repair.setToolTip(_("先在图上看修成什么样，再采用。"))
            actions.addWidget(self.repair)
        return holder

    def show_current(self, on: bool) -> None:
        restyle(self, current=on)
        if not on:
            self.show_price("", ready=False)

    def show_price(self, words: str, *, ready: bool) -> None:
        """What the repair shown on the map costs, or why it can't be; `ready`: the button takes it."""
        self.price.setText(words)
        self.price.setVisible(bool(words))
        if self.repair is not None:
            named = label_of(self.finding.fix)
            self.repair.setText(_("采用：{name}").format(name=named) if ready else named)
            self.repair.setProperty("primary", ready)
            restyle(self.repair)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.finding)
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.clicked.emit(self.finding)
        button_menu(self, self.findChildren(QPushButton)).popup(event.globalPos())

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):  # type: ignore[attr-defined]
            self.clicked.emit(self.finding)
        else:
            super().keyPressEvent(event)


Doing = tuple[str, str, Callable[[], object]]  # words of a button, its tooltip, what it does


class GroupHead(QFrame):
    """Heading of a group: name, count, and below it what can be done with all of it. A click folds the group."""

    def __init__(
        self, name: str, count: int, folded: bool, fold: Callable[[], object], doings: Sequence[Doing] = ()
    ) -> None:
        super().__init__()
        self.setObjectName("findinggroup")
        self._fold = fold
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(8), theme().px(5), theme().px(12), theme().px(5))
        column.setSpacing(theme().px(2))
        row = QHBoxLayout()
        row.setSpacing(theme().px(4))
        told = _("展开") if folded else _("收起")
        row.addWidget(icon_button("chevron-right" if folded else "chevron-down", told, fold))
        row.addWidget(label(_("{name}　{count} 条").format(name=name, count=count), "strong", wrap=True), 1)
        column.addLayout(row)
        if not doings or folded:
            return
        holder, flow = flowing()
        flow.setContentsMargins(theme().px(30), 0, 0, theme().px(2))
        for words, tip, do in doings:
            made = button(words, do, size="small")
            made.setToolTip(tip)
            flow.addWidget(made)
        column.addWidget(holder)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self._fold()
