"""按图上所选: the line above the list of subjects that says that fewer than all are ticked, and why."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme


class MapChoice(QWidget):
    """In sight while what is ticked is what was taken from the map, and no hand has ticked anything else since.
    `all_asked`: tick all of them."""

    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._taken: frozenset[str] = frozenset()
        self._of = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(3))
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.words = label("", "reminder")
        row.addWidget(self.words)
        self.all = button(_("改成全部"), self.all_asked.emit, size="small")
        self.all.setToolTip(_("不管图上选了哪些，全部都出。在图上取消选择也是一样。"))
        row.addWidget(self.all)
        row.addStretch(1)
        column.addLayout(row)
        self.beyond = label("", "note", wrap=True)
        column.addWidget(self.beyond)
        self.hide()

    def take(self, uids: Collection[str], of: str = "", away: int = 0) -> None:
        """These are ticked because they, or the places in which they lie (`of`: 危险区), are selected on the map; none:
        the ticks don't come from there. `away` of them stand outside these zones and leave with them."""
        self._taken, self._of = frozenset(uids), of
        self.beyond.setText(_("其中 {count} 户在区外、归本区撤离").format(count=away) if away else "")
        self.beyond.setVisible(bool(away))

    def holds(self, ticked: Collection[str]) -> bool:
        """Whether the ticks are still those that were taken from the map."""
        return bool(self._taken) and self._taken == frozenset(ticked)

    def tell(self, ticked: Collection[str], total: int) -> None:
        """Show or hide the line; `total` could be ticked."""
        count = len(ticked)
        words = (
            _("按图上所选的{of}：{count} 个，共 {total} 个") if self._of else _("按图上所选：{count} 个，共 {total} 个")
        )
        self.words.setText(words.format(of=self._of, count=count, total=total))
        self.setVisible(self.holds(ticked) and count < total)
