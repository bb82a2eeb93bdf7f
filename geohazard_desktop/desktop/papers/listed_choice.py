"""What is ticked and not listed: a filter must not leave sixty cards to be printed that nobody sees."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme


class ListedChoice(QWidget):
    """Ticks that no hand has chosen (all, or what an earlier filter listed) go with the list. Those of a hand stay,
    since a few are often looked for one after the other; the line then says how many are out of sight.
    `listed_asked`: tick what is listed alone."""

    listed_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._listed: frozenset[str] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        self.words = label("", "reminder")
        row.addWidget(self.words)
        self.only = button(_("只出列出的"), self.listed_asked.emit, size="small")
        row.addWidget(self.only)
        row.addStretch(1)
        self.hide()

    def take(self, uids: Collection[str] | None) -> None:
        """These are ticked because they are listed; None: a hand ticked."""
        self._listed = None if uids is None else frozenset(uids)

    def follows(self, ticked: Collection[str], total: int) -> bool:
        """Whether the ticks go with the list, of `total` that could be ticked."""
        return len(ticked) == total or frozenset(ticked) == self._listed

    def tell(self, hidden: int) -> None:
        """`hidden`: ticked and not listed."""
        self.words.setText(_("另有 {count} 个勾着，没有列出").format(count=hidden))
        self.setVisible(hidden > 0)
