"""Before a paste or a large fill: how many cells change, from what to what, and what can't be taken."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.register.paste import CellPlan
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.desktop.words import EMPTY, grouped

_MOST = 300


class PasteDialog(QDialog):
    """Accepted: the cells of `plan.changes` are to be changed."""

    def __init__(self, plan: CellPlan, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        open_at(self, 720, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(20), theme().px(16), theme().px(20), theme().px(14))
        column.setSpacing(theme().px(8))
        count = len(plan.changes)
        told = _("会改 {count} 格：{columns}").format(count=grouped(count), columns="、".join(plan.columns.values()))
        self.headline = label(told if count else _("没有要改的格"), "title", wrap=True)
        column.addWidget(self.headline)
        rest = []
        if plan.same:
            rest.append(_("{count} 格已经是这个值，不变").format(count=grouped(plan.same)))
        if plan.faults:
            rest.append(_("{count} 格填不进去，保持原样，原因列在下面").format(count=grouped(len(plan.faults))))
        if plan.outside:
            rest.append(_("{count} 格超出表的范围，没有用上").format(count=grouped(plan.outside)))
        rest.append(_("改后可以一步撤销"))
        self.rest = label("；".join(rest) + "。", "note", wrap=True)
        column.addWidget(self.rest)
        self.list = QTreeWidget()
        self.list.setObjectName("boxed")
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([_("行"), _("列"), _("原来"), _("改成")])
        for called, title_, sentence in plan.faults[:_MOST]:
            item = QTreeWidgetItem([called, title_, _("填不进去"), sentence])
            for place in (2, 3):
                item.setForeground(place, theme().colour("error"))
            item.setToolTip(3, sentence)
            self.list.addTopLevelItem(item)
        for one in plan.changes[:_MOST]:
            self.list.addTopLevelItem(QTreeWidgetItem([one.row, one.column, one.before or EMPTY, one.after or EMPTY]))
        for place, width in enumerate((190, 120, 150)):
            self.list.setColumnWidth(place, theme().px(width))
        column.addWidget(self.list, 1)
        if count + len(plan.faults) > 2 * _MOST or count > _MOST:
            column.addWidget(label(_("只列出前 {most} 格。").format(most=_MOST), "small"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("不改了"), self.reject))
        self.take = button(_("改这 {count} 格").format(count=grouped(count)), self.accept, primary=True)
        self.take.setEnabled(count > 0)
        self.take.setDefault(True)
        row.addWidget(self.take)
        column.addLayout(row)
