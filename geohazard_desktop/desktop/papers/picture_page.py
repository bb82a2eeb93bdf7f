"""A finished picture inside the window: whole at first, dot for dot after a click."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImageReader, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.parts import Elided, button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme

_MOST_SHOWN = 6000  # pixels a side


class PicturePage(QWidget):
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self._picture = QPixmap()
        self.whole = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(theme().px(14), theme().px(6), theme().px(10), theme().px(6))
        self.title = Elided("", "body", "text")
        row.addWidget(self.title, 1)
        self.size_words = label("", "note")
        row.addWidget(self.size_words)
        row.addWidget(button(_("复制图片"), self.copy, size="small"))
        row.addWidget(button(_("用系统程序打开"), self._open, size="small"))
        row.addWidget(button(_("回到地图"), self.closed.emit, size="small"))
        column.addWidget(head)
        self._area = QScrollArea()
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown = QLabel()
        self._shown.setAccessibleName(_("出好的图片"))
        self._area.setWidget(self._shown)
        column.addWidget(self._area, 1)

    def show_file(self, path: Path) -> None:
        """Raises OSError where the file is gone; one that Qt can't paint is said."""
        path.stat()
        self.path = path
        self.title.set_text(path.name)
        self.title.setToolTip(str(path))
        reader = QImageReader(str(path))
        size = reader.size()
        if max(size.width(), size.height()) > _MOST_SHOWN:
            reader.setScaledSize(size.scaled(QSize(_MOST_SHOWN, _MOST_SHOWN), Qt.AspectRatioMode.KeepAspectRatio))
        self._picture = QPixmap.fromImage(reader.read())
        if self._picture.isNull():
            reporter().say("info", _("{name} 在这里显示不了，请按“用系统程序打开”。").format(name=path.name))
            self.size_words.setText("")
        else:
            self.size_words.setText(f"{size.width()} × {size.height()}")
        self.whole = True
        self._settle()

    def copy(self) -> None:
        if not self._picture.isNull():
            QGuiApplication.clipboard().setPixmap(self._picture)
            reporter().say("done", _("图片已复制。"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.whole = not self.whole
            self._settle()

    def _settle(self) -> None:
        """Whole, or dot for dot."""
        picture = self._picture
        if self.whole and not picture.isNull():
            ratio = self.devicePixelRatioF()
            room = self._area.viewport().size() * ratio
            picture = picture.scaled(
                room.boundedTo(picture.size()),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            picture.setDevicePixelRatio(ratio)
        self._shown.setPixmap(picture)
        self._shown.adjustSize()

    def _open(self) -> None:
        if self.path is not None:
            files.show_in_system(self.path)
