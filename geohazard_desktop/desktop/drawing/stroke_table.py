"""拐点表 of what is being drawn: corners can be typed, pasted from Excel (seen on the map before they are taken),
copied and taken out, while the stroke is still under the pen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shapely import LineString

from geohazard_desktop.cartography.viewport import Viewport
from geohazard_desktop.common.errors import EditRefused, GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.drawing.corner_panel import CornerModel, CornerTable, dress_corner_table
from geohazard_desktop.desktop.drawing.datum_choice import DatumChoice
from geohazard_desktop.desktop.imports.far_question import meant
from geohazard_desktop.desktop.maps.canvas_marks import dashed
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.parts import Elided, button, icon_button, label
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.coordinate_lists import CoordinateList, read_list
from geohazard_desktop.editing.corner_table import rows_of_stroke, text_of, typed_corner
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.far_places import district_of, outside_words
from geohazard_desktop.editing.tool import Place
from geohazard_desktop.workspace.edits import VertexRef

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_GAP = 14


class StrokeTable(QFrame):
    """Over the map, in its lower left corner."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window.map.canvas)
        self.setObjectName("float")
        self._window = window
        self._shown: tuple[Place, ...] | None = None
        self.found: CoordinateList | None = None  # pasted, not yet taken
        self._text = self._doubts = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(12), theme().px(8), theme().px(8), theme().px(10))
        column.setSpacing(theme().px(6))
        row = QHBoxLayout()
        row.addWidget(label(_("拐点表"), "strong"))
        self.name = Elided("", "table", "text2")
        row.addWidget(self.name, 1)
        row.addWidget(button(_("全部复制"), self.copy, size="small"))
        self.paste_button = button(_("粘贴坐标"), self.paste, size="small")
        self.paste_button.setToolTip(_("剪贴板里每行一个点；先在图上看，再加进来。"))
        row.addWidget(self.paste_button)
        self.delete_button = button(_("删这一点"), self.delete, size="small")
        row.addWidget(self.delete_button)
        row.addWidget(icon_button("close", _("收起拐点表"), self.leave))
        column.addLayout(row)
        self.model = CornerModel()
        self.model.typed.connect(self._typed)
        self.table = CornerTable(self)
        self.table.setModel(self.model)
        dress_corner_table(self.table)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._ring())
        column.addWidget(self.table, 1)
        self._offer = QWidget()
        told = QVBoxLayout(self._offer)
        told.setContentsMargins(0, 0, 0, 0)
        self.doubt, self.offer = label("", "error", wrap=True), label("", "note", wrap=True)
        told.addWidget(self.doubt)
        told.addWidget(self.offer)
        offered = QHBoxLayout()
        told.addLayout(offered)
        self.datum = DatumChoice(self._offer_list)
        offered.addWidget(self.datum)
        offered.addStretch(1)
        offered.addWidget(button(_("不要"), self._drop, size="small"))
        self.take_button = button("", self.take, primary=True, size="small")
        offered.addWidget(self.take_button)
        column.addWidget(self._offer)
        self._offer.hide()
        window.map.canvas.overlays.append(self._paint)
        window.map.canvas.resized.connect(self.place)
        window.map.desk.changed.connect(self.follow)
        self.hide()

    # -- showing ---------------------------------------------------------------------------------------------------

    @property
    def _stroke(self) -> DrawTool | None:
        tool = self._window.map.desk.tool
        return tool if isinstance(tool, DrawTool) and tool.kind != "point" else None

    def open(self) -> None:
        self.place()
        self.show()
        self._shown = None
        self.follow()
        self._window.map.desk.refresh()  # the live panel makes room
        self.table.setFocus()

    def follow(self) -> None:
        """The pen took a step; nothing is done where the corners are the same."""
        if self.isHidden():
            return
        stroke = self._stroke
        if stroke is None:
            self.leave()
            return
        places = tuple(stroke.places)
        if places == self._shown:
            return
        self._shown = places
        row = self.table.currentIndex().row()
        self.model.show_rows(rows_of_stroke(places, closed=stroke.kind == "polygon"), editable=True)
        if 0 <= row < len(places):
            self.table.setCurrentIndex(self.model.index(row, 1))
        told = _("{what}，{count} 个点") if places else _("{what}：还没有点。单击图上，或把坐标粘贴进来。")
        self.name.set_text(told.format(what=stroke.title, count=len(places)))
        self.delete_button.setEnabled(bool(places) and not stroke.way.whole)

    def place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(theme().px(560), parent.width() - 2 * _GAP)
        height = min(theme().px(270), parent.height() // 2)
        if not self._offer.isHidden():  # all that is said of the paste is to be read
            inner = width - theme().px(20)
            told = 0
            for one in (self.doubt, self.offer):
                if not one.isHidden():
                    one.setMinimumHeight(one.heightForWidth(inner))
                    told += one.minimumHeight() + theme().px(8)
            height = min(height + told + theme().px(24), parent.height() - theme().px(70))
        self.setGeometry(_GAP, parent.height() - height - theme().px(62), width, height)
        self.raise_()

    def leave(self) -> None:
        self._drop()
        self.hide()
        self._window.map.mark(None)
        self._window.map.canvas.setFocus()
        self._window.refresh()

    def _ring(self) -> None:
        row = self.table.currentIndex().row()
        if self._shown is not None and 0 <= row < len(self._shown):
            self._window.map.mark(self._shown[row])

    def _say(self, severity: str, sentence: str) -> None:
        self._window.banner.say(severity, sentence)

    # -- the user's hand -------------------------------------------------------------------------------------------

    def _typed(self, row: int, column: int, text: str) -> None:
        stroke = self._stroke
        if stroke is None:
            return
        try:
            place = typed_corner(stroke.places[row], column, text)
        except GeohazardError as error:
            self._say("warning", str(error))
            return
        shape = LineString(stroke.places) if len(stroke.places) > 2 else None

        def put() -> None:
            if not stroke.replace_corner(row, place):
                self._say("warning", _("这里已经有一个拐点，没有动。请换一个位置。"))
            self._window.map.desk.refresh()

        meant(self, self._window.session.workspace, shape, {VertexRef(0, 0, row): place}, put)

    def delete(self) -> None:
        stroke, row = self._stroke, self.table.currentIndex().row()
        if stroke is not None and 0 <= row < len(stroke.places):
            stroke.remove_corner(row)
            self._window.map.desk.refresh()

    def copy(self) -> None:
        if self.model.rows:
            QGuiApplication.clipboard().setText(text_of(self.model.rows))
            self._say("done", _("已复制 {count} 个拐点，可以粘贴到表格里。").format(count=len(self.model.rows)))

    def paste(self) -> None:
        """Read the clipboard and show it on the map; nothing is taken yet."""
        self._text = QGuiApplication.clipboard().text()
        self._offer_list(None)

    def _offer_list(self, datum: str | None) -> None:
        """What was pasted, read in the datum that was chosen, or that the list speaks of."""
        ws = self._window.session.workspace
        closed = self._stroke is not None and self._stroke.kind == "polygon"
        try:
            self.found = self._one(read_list(self._text, ws.epsg, bounds=ws.extent(), datum=datum, closed=closed))
        except GeohazardError as error:
            self._drop()
            self._say("warning", str(error))
            return
        count = len(self.found.places)
        told = _("剪贴板里有 {count} 个点（{form}），已画在图上。").format(count=count, form=self.found.form)
        self._doubts = outside_words(district_of(ws), self.found.places) + self.found.doubts
        self.doubt.setText(self._doubts)
        self.doubt.setVisible(bool(self._doubts))
        self.offer.setText(told + self.found.told)
        self.datum.show_datum(self.found.datum)
        self.take_button.setText(_("加进 {count} 个点").format(count=count))
        self._offer.show()
        self.place()
        self._bring_into_sight(self.found.places)
        self._window.map.canvas.update()

    def _one(self, found: CoordinateList) -> CoordinateList:
        """Raises EditRefused where the list holds several shapes: one is under the pen."""
        rings = sum(len(one.rings) for one in found.shapes)
        if rings < 2:
            return found
        raise EditRefused(
            _("剪贴板里有 {count} 圈坐标，正在画的只能加一圈，没有取。").format(count=rings),
            _("请按 Esc 放下画笔，在图上按 Ctrl+V：每圈各成一个要素；或只复制其中一圈。"),
        )

    def take(self) -> None:
        stroke, found = self._stroke, self.found
        if stroke is None or found is None:
            return
        if self._doubts and not self._agreed():
            return
        self._drop()
        if not stroke.extend(found.places):
            self._say("warning", _("这些点已经在了，一个也没有加。"))
        self._window.map.desk.refresh()

    def _agreed(self) -> bool:
        """Places outside the district, or in a datum that can't be moved, are asked for before they are taken."""
        asked = Question(
            self.window(), _("这些点照这样加进来吗？"), self._doubts, self.take_button.text(), _("不加，再核对")
        )
        found = bool(asked.exec())
        asked.deleteLater()
        return found

    def _drop(self) -> None:
        self.found = None
        self._offer.hide()
        self.place()
        self._window.map.canvas.update()

    def _bring_into_sight(self, places: Sequence[Place]) -> None:
        canvas = self._window.map.canvas
        west, south, east, north = canvas.viewport.bounds
        if all(west < place[0] < east and south < place[1] < north for place in places):
            return
        easts, norths = zip(*places, strict=True)
        canvas.look_at((min(easts), min(norths), max(easts), max(norths)))

    def _paint(self, painter: QPainter, viewport: Viewport) -> None:
        """What was pasted, as it would be drawn: dashed, in the colour of proposals of place."""
        if self.found is None:
            return
        colour = QColor(MARKS.snap)
        dashed(painter, viewport, self.found.places, colour, 2.0, [5, 3])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in self.found.places:
            centre = QPointF(*viewport.to_screen(*place))
            for ink, width in ((QColor(MARKS.casing), 4.0), (colour, 2.0)):
                painter.setPen(QPen(ink, width))
                painter.drawEllipse(centre, 4, 4)
