"""The uppermost row: the menus, which are never cut while there is room for them, and the search beside them."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QPushButton, QToolButton, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command_center import CommandCenter
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.theme import theme

_WIDEST, _LEAST, _AROUND = 320, 44, 50  # pixels at 100 %: of the search, and of its icon with what is around the words


class TopRow(QWidget):
    """In large type the search gives way: its words become shorter, at last its icon is left."""

    def __init__(self, center: CommandCenter) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        self.menus = QMenuBar()
        center.fill(self.menus)
        row.addWidget(self.menus, 1)
        self.search = QPushButton()
        self.search.setObjectName("search")
        self.search.setAccessibleName(_("找命令、编号、名称或坐标"))
        self.search.setToolTip(_("找命令、编号、名称或坐标　Ctrl+K"))
        self.search.clicked.connect(lambda: center.run("tools.palette"))
        row.addWidget(self.search)
        self.dress()

    def dress(self) -> None:
        """Icons and lengths of the theme."""
        px = theme().px
        row = self.layout()
        assert row is not None
        row.setContentsMargins(px(6), px(2), px(12), px(2))
        self.search.setIcon(icon("search", "text3"))
        self.search.setIconSize(QSize(px(16), px(16)))
        # What holds the menus that find no room even so: Qt's own sign for it is three grey pixels.
        rest = self.menus.findChild(QToolButton, "qt_menubar_ext_button")
        if rest is not None:
            rest.setIcon(icon("more", "text"))
            rest.setIconSize(QSize(px(20), px(20)))
            rest.setToolTip(_("其余的菜单"))
            rest.setAccessibleName(_("其余的菜单"))
        self._fit()

    def _fit(self) -> None:
        px = theme().px
        row = self.layout()
        assert row is not None
        margins = row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - row.spacing() - self.menus.sizeHint().width()
        wide = max(px(_LEAST), min(px(_WIDEST), room))
        metrics = QFontMetrics(theme().font("table"))
        words = (_("找命令、编号、名称或坐标　Ctrl K"), _("找命令、编号　Ctrl K"), _("查找　Ctrl K"), _("查找"))
        self.search.setText(next((one for one in words if metrics.horizontalAdvance(one) + px(_AROUND) <= wide), ""))
        self.search.setFixedWidth(wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
