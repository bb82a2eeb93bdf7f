"""Findings of the checks, worst first: a sign, the feature's name, the sentence, and the way to the place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop.analysis.shares import Share
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label, line, restyle, severity_label
from geohazard_desktop.desktop.theme import theme

_MOST = 200


class FindingRow(QFrame):
    clicked = Signal(int)

    def __init__(self, index: int, finding: Finding, title: str) -> None:
        super().__init__()
        self.setObjectName("finding")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.index = index
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(12), theme().px(8), theme().px(10), theme().px(8))
        row.setSpacing(theme().px(8))
        sign = severity_label(finding.severity)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label(title, "strong", wrap=True))
        column.addWidget(label(finding.sentence, "note", wrap=True))
        row.addLayout(column, 1)
        if finding.uid or finding.place is not None:
            row.addWidget(
                button(_("定位"), lambda: self.clicked.emit(index), size="small"), 0, Qt.AlignmentFlag.AlignTop
            )
        self.setAccessibleName(f"{title} {finding.sentence}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self.index)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):  # type: ignore[attr-defined]
            self.clicked.emit(self.index)
        else:
            super().keyPressEvent(event)


class ChecksPanel(QWidget):
    """`located` carries a Finding, `run_asked` asks for a new run."""

    located = Signal(object)
    run_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.findings: list[Finding] = []
        self.current = -1
        self._rows: list[FindingRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(8))
        self.summary = label(_("还没有检查。"), "strong", wrap=True)
        head.addWidget(self.summary, 1)
        self.run_button = button(_("全部检查"), self.run_asked.emit, size="small", icon_name="check-all")
        head.addWidget(self.run_button)
        column.addLayout(head)
        self._shares = QVBoxLayout()
        self._shares.setContentsMargins(theme().px(14), 0, theme().px(14), theme().px(10))
        column.addLayout(self._shares)
        column.addWidget(line())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        area.setWidget(body)
        self._area = area
        column.addWidget(area, 1)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """The susceptibility shares beside the plan's figures, judged."""
        _empty(self._shares)
        if not shares or all(one.planned_percent is None for one in shares):
            return
        box = QFrame()
        box.setObjectName("box")
        column = QVBoxLayout(box)
        column.setContentsMargins(theme().px(10), theme().px(8), theme().px(10), theme().px(8))
        column.setSpacing(theme().px(3))
        good = all(one.agrees for one in shares if one.agrees is not None)
        head = QHBoxLayout()
        head.addWidget(severity_label("done" if good else "warning"))
        words = _("易发区占比与预案一致") if good else _("易发区占比与预案不一致")
        head.addWidget(label(words, "strong"), 1)
        column.addLayout(head)
        for one in shares:
            planned = "" if one.planned_percent is None else _("预案 {n:.2f} %").format(n=one.planned_percent)
            words = _("{name}　{percent:.2f} %（{km2:.2f} km²）").format(
                name=one.name, percent=one.percent, km2=one.km2
            )
            row = QHBoxLayout()
            row.addWidget(label(words, "note"), 1)
            row.addWidget(label(planned, "note" if one.agrees is not False else "error"))
            column.addLayout(row)
        self._shares.addWidget(box)

    def show_findings(self, findings: Sequence[Finding], titles: Sequence[str], moment: str) -> None:
        """`titles` name each finding's feature. `moment` says of when the result is."""
        self.findings = list(findings)
        self.current = -1
        for row in self._rows:
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        errors = sum(one.severity == "error" for one in findings)
        warnings = len(findings) - errors
        if findings:
            told = _("{errors} 个错误，{warnings} 个提醒").format(errors=errors, warnings=warnings)
        else:
            told = _("没有发现问题")
        self.summary.setText(_("{told}（{moment}）").format(told=told, moment=moment))
        for index, (one, title) in enumerate(zip(findings[:_MOST], titles, strict=False)):
            row = FindingRow(index, one, title)
            row.clicked.connect(self.go)
            self._column.insertWidget(index, row)
            self._rows.append(row)
        if len(findings) > _MOST:
            self.summary.setText(self.summary.text() + _("，先列出前 {count} 个").format(count=_MOST))

    def step(self, by: int) -> None:
        if self._rows:
            self.go((self.current + by) % len(self._rows))

    def go(self, index: int) -> None:
        if not 0 <= index < len(self._rows):
            return
        if 0 <= self.current < len(self._rows):
            restyle(self._rows[self.current], current=False)
        self.current = index
        restyle(self._rows[index], current=True)
        self._area.ensureWidgetVisible(self._rows[index])
        self.located.emit(self.findings[index])


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
