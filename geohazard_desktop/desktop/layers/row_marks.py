"""What stands beside and below the names of the layer tree: counts, figures, signs, notes on what holds just now."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon, severity_pixmap
from geohazard_desktop.desktop.layers.tree_rows import NOTE
from geohazard_desktop.desktop.theme import theme


class RowMarks:
    """Of the rows of `tree` by layer. It remembers what it was told, so that a tree filled anew says it again; what it
    changes within `quietly` is taken for no hand's."""

    def __init__(
        self,
        tree: QTreeWidget,
        rows: Mapping[str, QTreeWidgetItem],
        quietly: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._tree, self._rows, self._quietly = tree, rows, quietly
        self._personal: frozenset[str] = frozenset()
        self._warnings: dict[str, str] = {}
        self._findings: dict[str, tuple[str, str]] = {}
        self._notes: dict[tuple[str, str], tuple[str, str]] = {}  # by layer and kind
        self._left_out: dict[str, tuple[int, str]] = {}  # features that are not shown, and why
        self._numbers: dict[str, int] = {}
        self._figures: dict[str, Mapping[str, tuple[str, str]]] = {}

    def filled(self, counts: Mapping[str, int], personal: Collection[str]) -> None:
        """The tree has new rows: how many features each layer has, and which layers are about persons."""
        self._personal = frozenset(personal)
        self.set_counts(counts)
        with self._quietly():
            for layer in self._rows:
                self._mark(layer)
        for (layer, kind), (note, tip) in list(self._notes.items()):
            self.set_note(layer, note, tip, kind)
        for layer in self._figures:
            self._write_figures(layer)

    # -- counts and figures ----------------------------------------------------------------------------------------

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """How many features each of these layers has."""
        with self._quietly():
            for layer, count in counts.items():
                item = self._rows.get(layer)
                if item is not None:
                    self._numbers[layer] = count
                    hidden = self._left_out.get(layer, (0, ""))[0]
                    shown = f"{count - hidden:,} / " if hidden else ""
                    item.setText(1, f"{shown}{count:,}".replace(",", "\u2009"))
                    item.setForeground(1, theme().colour("text3"))
                    item.setForeground(0, theme().colour("text" if count else "text3"))

    def set_left_out(self, layer: str, count: int, words: str) -> None:
        """Say with a layer's count how much of it is not shown (7 / 8), and why in its tooltip."""
        if self._left_out.get(layer, (0, "")) != (count, words):
            self._left_out[layer] = (count, words)
            if layer in self._rows:
                self.set_counts({layer: self._numbers.get(layer, 0)})
                with self._quietly():
                    self._mark(layer)

    def set_figures(self, layer: str, figures: Mapping[str, tuple[str, str]]) -> None:
        """Figures and tips of a layer's classes by their label (the susceptibility shares)."""
        self._figures[layer] = figures
        self._write_figures(layer)
        if layer in self._rows and any(figure for figure, _tip in figures.values()):
            with self._quietly():
                self._rows[layer].setExpanded(True)

    def _write_figures(self, layer: str) -> None:
        item, figures = self._rows.get(layer), self._figures[layer]
        if item is None:
            return
        with self._quietly():
            for index in range(item.childCount()):
                child = item.child(index)
                figure, tip = figures.get(child.text(0), ("", ""))
                child.setText(1, figure)
                child.setToolTip(1, tip)

    # -- signs -----------------------------------------------------------------------------------------------------

    def set_warnings(self, warnings: Mapping[str, str]) -> None:
        """Mark these layers; the sentence is the mark's tooltip. A click on the mark asks for "faults"."""
        self._warnings = dict(warnings)
        with self._quietly():
            for layer in self._rows:
                self._mark(layer)

    def set_findings(self, findings: Mapping[str, tuple[str, str]]) -> None:
        """Mark layers that the checks found something in: (severity, words). A click asks for "findings"."""
        before, self._findings = self._findings, dict(findings)
        with self._quietly():  # a sign costs the tree a look at all of its rows: only what is otherwise now gets one
            for layer in self._rows:
                if before.get(layer) != findings.get(layer):
                    self._mark(layer)

    def warning(self, layer: str) -> str:
        """What the mark of a layer says; "" without one."""
        return self._warnings.get(layer, "")

    def asked_by_sign(self, layer: str) -> str:
        """What a click on a layer's sign asks for; "" where it has none."""
        return "faults" if layer in self._warnings else "findings" if layer in self._findings else ""

    def _mark(self, layer: str) -> None:
        """Beside the count: a warning rather than the sign of personal data, since it alone asks for work."""
        item, warning = self._rows[layer], self._warnings.get(layer, "")
        private = _("个人信息，不进公开图") if layer in self._personal else ""
        severity, found = self._findings.get(layer, ("warning", ""))
        if warning or found:
            item.setIcon(1, QIcon(severity_pixmap(severity, theme().px(14), self._tree.devicePixelRatioF())))
        else:
            item.setIcon(1, icon("user", "text3") if private else QIcon())
        said = [
            self._left_out.get(layer, (0, ""))[1],
            warning,
            found,
            _("点一下，选中这些要素。") if warning else _("点一下，列出来。") if found else "",
            private,
        ]
        item.setToolTip(1, "\n".join(one for one in said if one))
        item.setData(1, Qt.ItemDataRole.AccessibleDescriptionRole, warning or found or private)

    # -- notes -----------------------------------------------------------------------------------------------------

    def set_note(self, layer: str, note: str, tip: str, kind: str = "warning") -> None:
        """What holds in a layer just now (people are moved out; a filter is on), in a row of its own below it, where it
        takes no room from a name; and a sentence about it. "" takes it away. A click on the row of a `kind` that is no
        warning asks for it."""
        item = self._rows.get(layer)
        if item is None or (not note and (layer, kind) not in self._notes):
            return
        self._notes[layer, kind] = note, tip
        if not note:
            del self._notes[layer, kind]
        with self._quietly():
            children = (item.child(at) for at in range(item.childCount()))
            row = next((one for one in children if one.data(0, NOTE) == kind), None)
            if not note and row is not None:
                item.removeChild(row)
            elif note:
                row = row or self._note_row(item, kind)
                row.setText(0, note)
                row.setToolTip(0, tip)
            said = "\n".join(tip for (one, _kind), (_note, tip) in self._notes.items() if one == layer)
            item.setToolTip(0, said)
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, said)

    def _note_row(self, above: QTreeWidgetItem, kind: str) -> QTreeWidgetItem:
        row = QTreeWidgetItem()
        row.setData(0, NOTE, kind)
        warns = kind == "warning"
        sign = QIcon(severity_pixmap("warning", theme().px(14), self._tree.devicePixelRatioF()))
        row.setIcon(0, sign if warns else icon(kind, "accent"))
        row.setForeground(0, theme().colour("reminder" if warns else "accent"))
        row.setFlags(row.flags() & ~Qt.ItemFlag.ItemIsSelectable)
        above.insertChild(0, row)
        above.setExpanded(True)
        return row

    def noted(self, kind: str) -> list[str]:
        """The layers with a note of that kind."""
        return [layer for layer, one in self._notes if one == kind]
