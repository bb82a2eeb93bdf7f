"""Base maps in the window: the panel below the layer tree, its dialogs, and the map that shows them."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from geohazard_desktop.cartography.base_maps.spec import (
    BaseMap,
    BaseMapUnusable,
    add_base_maps,
    change_base_map,
    move_base_map,
    remove_base_map,
)
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.base_maps.panel import BaseMapPanel
from geohazard_desktop.desktop.report import reporter

if TYPE_CHECKING:
    from geohazard_desktop.cartography.base_maps.painting import BaseMapReport
    from geohazard_desktop.desktop.main_window import MainWindow

DROPPED = frozenset({".tif", ".tiff", ".img", ".jp2", ".mbtiles", ".png", ".jpg", ".jpeg", ".vrt"})


class BaseMapDesk:
    """Puts the panel into the window's left dock and connects it."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.panel = BaseMapPanel(window.session)
        self.panel.changed.connect(window.map.redraw)
        self.panel.asked.connect(self._asked)
        maker = window.map.canvas.maker
        maker.base_maps = self.panel.shown
        window.map.canvas.base_maps_painted.connect(self._painted)
        self._put_below(window.docks["layers"].widget())

    def _put_below(self, tree: QWidget) -> None:
        side = QWidget()
        side.setObjectName("panel")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(tree, 1)
        column.addWidget(self.panel)
        self._window.docks["layers"].setWidget(side)

    def _painted(self, report: "BaseMapReport") -> None:
        self.panel.show_problems(report.problems)

    # -- steps -----------------------------------------------------------------------------------------------------

    def add(self, path: Path | None = None) -> None:
        """The dialog that adds one; `path` is what was dropped on the window."""
        from geohazard_desktop.desktop.base_maps.dialog import BaseMapDialog

        session = self._window.session
        if session.read_only_reason():
            reporter().say("info", _("这个工作文件是只读的，不能添加底图。"), session.read_only_reason())
            return
        dialog = BaseMapDialog(self._window, session.workspace, path)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.base_maps:
            session.apply(add_base_maps(session.workspace, dialog.base_maps))
            self.panel.refresh()
        dialog.deleteLater()

    def retry(self) -> None:
        """Ask services and disks again for what they did not give."""
        self._window.map.canvas.maker.retry_base_maps()
        self.panel.refresh()

    def _asked(self, what: str, id: str) -> None:
        with reporter().guard():
            session = self._window.session
            if session.ws is None:
                reporter().say("info", _("先打开或新建一个工作文件。"))
                return
            if what == "add":
                self.add()
            elif what == "zoom":
                self._zoom(id)
            elif what == "edit":
                self._edit(id)
            elif what == "remove":
                session.apply(remove_base_map(session.workspace, id))
            else:
                session.apply(move_base_map(session.workspace, id, 1 if what == "up" else -1))

    def _one(self, id: str) -> BaseMap:
        return next(one for one in self.panel.shown() if one.id == id)

    def _edit(self, id: str) -> None:
        from geohazard_desktop.desktop.base_maps.edit_dialog import BaseMapEditDialog

        session = self._window.session
        if session.read_only_reason():
            reporter().say("info", _("这个工作文件是只读的，不能改底图。"), session.read_only_reason())
            return
        dialog = BaseMapEditDialog(self._window, self._one(id))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            if dialog.values:
                session.apply(change_base_map(session.workspace, id, **dialog.values))
            self.panel.refresh()
        dialog.deleteLater()

    def _zoom(self, id: str) -> None:
        from geohazard_desktop.cartography.base_maps.probe import raster_bounds
        from geohazard_desktop.cartography.base_maps.raster import RasterFile

        one, epsg = self._one(id), self._window.session.workspace.epsg
        file = RasterFile(Path(one.source), epsg, one.epsg)
        try:
            bounds = raster_bounds(file, epsg)
        finally:
            file.close()
        if bounds is None:
            raise BaseMapUnusable(
                _("底图“{title}”的范围超出了本工作文件坐标系能表示的地方。").format(title=one.title),
                _("请放大到本区再看。"),
            )
        self._window.map.canvas.look_at(bounds)
