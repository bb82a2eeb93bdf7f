"""The map in sight as a picture: onto the clipboard at once, or as a product of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.papers.publisher import Order
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.map_layers import about_people
from geohazard_desktop.publishing.pictures.ground import Ground
from geohazard_desktop.publishing.product import VIEW

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_STRIP = 26  # logical pixels of the line below the map


class PictureHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def table(self) -> dict[str, Callable[[], object]]:
        return {"publish.copy_view": self.copy, "publish.export_view": self.export}

    def looked_at(self) -> Ground:
        """What the map shows now, and which of its layers."""
        window = self._window
        return Ground(window.map.canvas.viewport.bounds, tuple(window.map.scene.layers()))

    def ordered(self, order: Order) -> Order:
        """The order with the view named that it is for, as it is at this moment."""
        if order.options.get("ground") != VIEW:
            return order
        return replace(order, options={**order.options, "ground": self.looked_at().text()})

    def export(self) -> None:
        window = self._window
        window.center.run("publish.picture")
        window.publish.options.set_values({"ground": VIEW})

    def copy(self) -> None:
        """The map as it lies there, with scale, north, credits and the line that says for whom it is."""
        window = self._window
        ws = window.session.workspace
        people = [ws.definitions[one].title for one in window.map.scene.layers() if about_people(ws.definitions[one])]
        image = self._with_line(window.map.canvas.picture(), ws.setting("district.name"))
        QGuiApplication.clipboard().setImage(image)
        if people:
            window.banner.say(
                "warning",
                _("地图已复制，图上有{layers}，只能内部用。").format(layers="、".join(people)),
                _("要发到微信群，请用“出图 → 地图图片”。"),
            )
        else:
            window.banner.say("done", _("地图已复制，可以粘贴到文档或幻灯片里；内部用图，不得外传。"))

    def _with_line(self, image: QImage, district: str) -> QImage:
        ratio = image.devicePixelRatio()
        high = theme().px(_STRIP)
        wide = image.width() / ratio
        whole = QImage(image.width(), image.height() + round(high * ratio), QImage.Format.Format_RGB32)
        whole.setDevicePixelRatio(ratio)
        whole.fill(QColor(MARKS.paper))
        painter = QPainter(whole)
        painter.drawImage(0, 0, image)
        line = QRectF(0, image.height() / ratio, wide, high)
        painter.fillRect(line, QColor("white"))
        painter.setPen(QColor(MARKS.ink))
        painter.setFont(theme().font("small"))
        words = [_("内部用图　不得外传"), district, date.today().isoformat()]
        if self._window.map.canvas.schematic:
            words.insert(1, _("示意数据　不是实测成果"))
        painter.drawText(line.adjusted(12, 0, -12, 0), Qt.AlignmentFlag.AlignVCenter, "　".join(filter(None, words)))
        painter.end()
        return whole
