"""Pages of which one is shown, and which ask for no more room than that one needs."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QTabWidget


class ShownPage(QStackedWidget):
    """A plain QStackedWidget is as wide as its widest page: in large type the bar of a preview that nobody looks at
    pushed the panels beside the map out of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _index: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint().expandedTo(shown.minimumSize())


class ShownTab(QTabWidget):
    """As high as the tab that is shown needs, in large type and a small window; as wide as the widest, so that turning
    to another tab moves no map."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _index: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        hint, shown = super().minimumSizeHint(), self.currentWidget()
        if shown is None:
            return hint
        high = max(shown.minimumSizeHint().height(), shown.minimumHeight())
        return QSize(hint.width(), min(hint.height(), self.tabBar().sizeHint().height() + high))
