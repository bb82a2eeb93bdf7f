"""What a new reference layer is called and whose data it holds, asked for while the file is looked at."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import LayerDefinition


class ReferenceChooser(QWidget):
    """In sight only where a reference layer is to be made. `chosen` carries title and source when one was typed."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(10))
        grid.setVerticalSpacing(theme().px(3))
        self.title, self.origin = QLineEdit(), QLineEdit()
        self.title.setPlaceholderText(_("如 采矿权、永久基本农田"))
        self.origin.setPlaceholderText(_("如 市自然资源局，2025 年 12 月"))
        for place, (name, box) in enumerate(((_("图层名称"), self.title), (_("资料来源"), self.origin))):
            box.setAccessibleName(name)
            box.editingFinished.connect(self._tell)
            grid.addWidget(label(name, "label"), 0, place)
            grid.addWidget(box, 1, place)
        note = _("参考图层只看不改，画在危险区和路线下面；要印在图上，先写来源，再在图层的菜单里勾。")
        grid.addWidget(label(note, "note", wrap=True), 2, 0, 1, 2)
        self._told = ("", "")
        self.hide()

    def show_layer(self, made: LayerDefinition | None) -> None:
        """The layer that would be made now; None where the file goes into one of the workspace's own."""
        self.setVisible(made is not None)
        if made is not None and not self.title.hasFocus():
            self.title.setText(made.title)
            self._told = (made.title, self._told[1])
        if made is not None and not self.origin.hasFocus():
            self.origin.setText(made.source)
            self._told = (self._told[0], made.source)

    def _tell(self) -> None:
        typed = (self.title.text().strip(), self.origin.text().strip())
        if typed != self._told:
            self._told = typed
            self.chosen.emit(*typed)
