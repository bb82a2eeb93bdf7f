"""What the program took the file for and why, doubts marked; below, one press each for what would fit better."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.imports.promise import spoken
from geohazard_desktop.desktop.imports.work import Table
from geohazard_desktop.desktop.parts import button, emptied, label, severity_label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import NEW_REFERENCE

_SUBJECTS = {
    "encoding": _("编码"),
    "crs": _("坐标系"),
    "shift": _("偏移"),
    "geometry": _("图形"),
    "fields": _("字段"),
    "table": _("表格"),
}
_OFFERED = 4  # layers as buttons; the others stand in the list


class EvidenceList(QWidget):
    """`layer_asked` (layer), `part_asked` ({column: text}) and `shift_asked` (the file as GCJ-02): what was pressed."""

    layer_asked = Signal(str)
    part_asked = Signal(dict)
    shift_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(6))

    def show_table(self, table: Table, title_of: Callable[[str], str]) -> None:
        emptied(self._column)
        found = table.look
        if found is None:
            self._row("info", _("没有勾"), _("勾上它才读、才导入。"))
            return
        report = found.plan.report if found.plan else None
        evidence = report.evidence if report else found.source.evidence if found.source else []
        for one in (*table.why, *evidence):
            self._row("warning" if one.doubt else "done", _SUBJECTS[one.subject], one.sentence)
            if one.doubt and one.subject == "shift":
                self._column.addWidget(self._unshifted())
        if found.refusal is not None:
            self._row("error", _("还不能导入"), str(found.refusal))
        if found.fitting or found.own:
            self._column.addWidget(self._offers(found.fitting, found.own, title_of))

    def _row(self, severity: str, title: str, sentence: str) -> None:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        row.addWidget(severity_label(severity), 0, Qt.AlignmentFlag.AlignTop)
        name = label(title, "strong")
        name.setFixedWidth(theme().px(80 if severity == "error" else 52))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(spoken(sentence), "note", wrap=True), 1)
        self._column.addWidget(box)

    def _unshifted(self) -> QWidget:
        """One press for what the doubt above asks: hundreds of metres lie between the two ways to read it."""
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(theme().px(80), 0, 0, 0)
        row.addWidget(button(_("按火星坐标（GCJ-02）换算"), self.shift_asked.emit, size="small"))
        row.addStretch(1)
        return box

    def _offers(self, layers: Sequence[str], own: dict[str, str], title_of: Callable[[str], str]) -> QWidget:
        """One press each for the own part of the file, and for the layers that take such shapes."""
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        if own:
            words = _("只取本区（{text}）").format(text=next(iter(own.values())))
            row.addWidget(button(words, lambda: self.part_asked.emit(own), size="small"))
        row.addWidget(label(_("改导入到"), "label"))
        offered = [*layers[:_OFFERED], *(one for one in layers[_OFFERED:] if one == NEW_REFERENCE)]
        for layer in offered:
            row.addWidget(button(title_of(layer), lambda layer=layer: self.layer_asked.emit(layer), size="small"))
        row.addStretch(1)
        return box
