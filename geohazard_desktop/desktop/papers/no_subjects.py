"""Above the list of subjects: that there are none and what would bring them, or which 街道 lack an outline."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from geohazard_desktop.analysis.street_register import STREETS, outlined
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.papers.subject_model import SubjectRow
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.workspace import Workspace


class NoSubjects(QWidget):
    """`import_asked` (layer)."""

    import_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._layer = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme().px(8), 0, theme().px(8))
        self.told = label("", "note", wrap=True)
        box.addWidget(self.told)
        self.get = button("", lambda: self.import_asked.emit(self._layer))
        box.addWidget(self.get)
        self.hide()

    def tell(self, ws: Workspace, layer: str, rows: Sequence[SubjectRow]) -> None:
        """What is to be said of these subjects of `layer`; nothing where all is well."""
        self._layer = layer
        title = ws.definitions[layer].title
        words = _nothing(layer) if not rows else _without_outline(ws, rows) if layer == STREETS else ""
        self.setVisible(bool(words))
        self.told.setText(words.format(title=title))
        self.get.setText((_("导入{title}……") if not rows else _("导入{title}界线……")).format(title=title))


def _nothing(layer: str) -> str:
    if layer != STREETS:
        return _("工作文件里还没有“{title}”，没有可出的。请先导入，或在图上画出来。")
    return _(
        "工作文件里没有“{title}”的界线，危险区、隐患点和住户也没有登记属于哪个{title}，没有可出的。"
        "请导入界线（面，带名称），或先在登记里填上。"
    )


def _without_outline(ws: Workspace, rows: Sequence[SubjectRow]) -> str:
    drawn = {one.uid for one in ws.table(STREETS) if outlined(one)}
    bare = [one.name for one in rows if one.uid not in drawn]
    if not bare:
        return ""
    which = _("{title}的界线没有载入") if len(bare) == len(rows) else "、".join(bare) + _("的界线没有载入")
    return which + _("，图的范围按登记的隐患点和危险区；导入界线（面，带名称）后按界线出。")
