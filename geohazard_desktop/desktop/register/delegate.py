"""How the cells of a register look: the row's symbol and name, quiet lines, the row of the map's selection, the cells
under the hand."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import FieldEditor
from geohazard_desktop.desktop.icons import paint_icon
from geohazard_desktop.desktop.register.cell import CellEditor
from geohazard_desktop.desktop.register.columns import TITLE
from geohazard_desktop.desktop.register.model import LATE, SECOND, RegisterModel, Values
from geohazard_desktop.desktop.register.symbols import RowSymbols
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.words import EMPTY

Index = QModelIndex | QPersistentModelIndex
Flag = Qt.AlignmentFlag


def figures_font(font: QFont) -> QFont:
    """Digits of equal width, so that numbers stand below each other."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


class RegisterDelegate(QStyledItemDelegate):
    """`edited` (uid, column, value, how to go on), `dropped` (what was typed and can't stand) when the hand left it."""

    edited = Signal(str, int, object, str)
    dropped = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.opened: CellEditor | None = None
        self.editor_for: Callable[[str, int], FieldEditor] | None = None  # uid, column → a field's editor
        self.symbols = RowSymbols(None, "none")
        self.dress()
        theme().changed.connect(self.dress)

    def dress(self) -> None:
        """Fonts and colours are asked for once, not for every cell."""
        look = theme()
        self._font = figures_font(look.font("table"))
        self._small = figures_font(look.font("small"))
        self._metrics, self._small_metrics = QFontMetrics(self._font), QFontMetrics(self._small)
        names = "text text3 hairline selected accent on_accent border panel soft reminder reminder_sign reminder_glyph"
        self._colours: dict[str, QColor] = {name: look.colour(name) for name in names.split()}
        self._pad = look.px(10)
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme().px
        self._box = px(15)
        self._symbol = QSize(px(22), px(16))
        self.text_left = self._pad + self._box + px(9) + px(22) + px(8)

    def box(self, cell: QRect) -> QRect:
        """Where the tick of a row is, in the same pixels as its first cell."""
        place = QRect(0, 0, self._box, self._box)
        place.moveCenter(QPoint(cell.left() + self._pad + self._box // 2, cell.center().y()))
        return place

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """For a column that is fitted to what it holds."""
        words = str(index.data() or "")
        width = self._metrics.horizontalAdvance(words) + 2 * self._pad + 2
        return QSize(width + (self.text_left if index.column() == TITLE else 0), theme().px(42))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, colours, rect = index.model(), self._colours, option.rect
        assert isinstance(model, RegisterModel)
        painter.save()
        picked = bool(option.state & QStyle.StateFlag.State_Selected)
        chosen = model.is_chosen(index.row())
        painter.fillRect(rect, colours["selected"] if chosen or picked else colours["panel"])
        painter.setPen(colours["hairline"])
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() == TITLE:
            self._paint_title(painter, rect, index, chosen=chosen)
        else:
            words = str(index.data() or EMPTY)
            painter.setFont(self._font)
            painter.setPen(colours["text3" if words == EMPTY else "text"])
            side = Flag.AlignRight if model.columns[index.column()].numeric else Flag.AlignLeft
            room = rect.adjusted(self._pad, 0, -self._pad, -1)
            told = self._metrics.elidedText(words.replace("\n", " "), Qt.TextElideMode.ElideRight, room.width())
            late = str(index.data(LATE) or "")
            if late:
                room = self._paint_late_below(painter, room, late)
            painter.drawText(room, side | Flag.AlignVCenter, told)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours["accent"], 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, index: Index, *, chosen: bool) -> None:
        colours = self._colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.box(rect)
        painter.setPen(QPen(colours["accent" if chosen else "border"], 1))
        painter.setBrush(colours["accent" if chosen else "panel"])
        painter.drawRoundedRect(box, 3, 3)
        if chosen:
            paint_icon(painter, "check", box.toRectF().adjusted(1, 1, -1, -1), colours["on_accent"])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        model = index.model()
        assert isinstance(model, RegisterModel)
        tile = self.symbols.pixmap(self._as_on_the_map(model, index.row()), painter.device().devicePixelRatioF())
        if tile is not None:
            place = QRect(QPoint(0, 0), tile.deviceIndependentSize().toSize())
            place.moveCenter(QPoint(box.right() + theme().px(9) + self._symbol.width() // 2, rect.center().y()))
            painter.drawPixmap(place, tile)
        name, number = str(index.data() or ""), str(index.data(SECOND) or "")
        left = self.text_left if tile is not None else self._pad + self._box + theme().px(9)
        room = rect.adjusted(left, 0, -theme().px(6), -1)
        late = str(index.data(LATE) or "")
        if late:
            room = self._paint_late_beside(painter, room, late)
        painter.setFont(self._font)
        painter.setPen(colours["text"])
        told = self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        if not number:
            painter.drawText(room, Flag.AlignLeft | Flag.AlignVCenter, told)
            return
        high = self._metrics.height() + self._small_metrics.height()
        top = rect.top() + (rect.height() - high) // 2
        painter.drawText(room.left(), top + self._metrics.ascent(), told)
        painter.setFont(self._small)
        painter.setPen(colours["text3" if not chosen else "text"])
        small = self._small_metrics.elidedText(number, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.left(), top + self._metrics.height() + self._small_metrics.ascent(), small)

    def _paint_late_below(self, painter: QPainter, room: QRect, late: str) -> QRect:
        """How late it is below the cell's own words; where those stand then."""
        high = self._metrics.height() + self._small_metrics.height()
        top = room.top() + (room.height() - high) // 2
        line = QRect(room.left(), top + self._metrics.height(), room.width(), self._small_metrics.height())
        self._paint_late(painter, line, late)
        painter.setFont(self._font)
        painter.setPen(self._colours["text"])
        return QRect(room.left(), top, room.width(), self._metrics.height())

    def _paint_late_beside(self, painter: QPainter, room: QRect, late: str) -> QRect:
        """The sign and the word at the right end of the row's name; the room that is left."""
        width = self._small_metrics.horizontalAdvance(late) + self._small_metrics.height() + theme().px(4)
        if room.width() < 2 * width:  # of a narrow column the sign alone
            late, width = "", self._small_metrics.height()
        line = QRect(0, 0, width, self._small_metrics.height())
        line.moveCenter(room.center())
        line.moveRight(room.right())
        self._paint_late(painter, line, late)
        return room.adjusted(0, 0, -width - theme().px(6), 0)

    def _paint_late(self, painter: QPainter, line: QRect, late: str) -> None:
        side = line.height()
        box = QRectF(line.left(), line.top(), side, side)
        paint_icon(painter, "sign-warning", box, self._colours["reminder_sign"], self._colours["reminder_glyph"])
        painter.setFont(self._small)
        painter.setPen(self._colours["reminder"])
        words = line.adjusted(side + theme().px(4), 0, 0, 0)
        told = self._small_metrics.elidedText(late, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Flag.AlignLeft | Flag.AlignVCenter, told)

    # -- editing ---------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget | None:
        model = index.model()
        assert isinstance(model, RegisterModel)
        if self.editor_for is None:
            return None
        uid, column = model.uid(index.row()), index.column()
        made = CellEditor(self.editor_for(uid, column), parent)

        def store(onward: str) -> None:
            value = made.value()
            self.closeEditor.emit(made, QAbstractItemDelegate.EndEditHint.NoHint)
            self.edited.emit(uid, column, value, onward)

        def leave() -> None:
            value, fault, dirty = made.value(), made.fault(), made.editor.dirty()
            self.closeEditor.emit(made, QAbstractItemDelegate.EndEditHint.NoHint)
            if dirty and fault:
                self.dropped.emit(
                    _("“{text}”没有存：{fault}").format(text=value if value is not None else "", fault=fault)
                )
            elif dirty:
                self.edited.emit(uid, column, value, "stay")

        self.opened = made
        made.destroyed.connect(self._closed)
        made.stored.connect(store)
        made.left.connect(leave)
        made.given_up.connect(lambda: self.closeEditor.emit(made, QAbstractItemDelegate.EndEditHint.RevertModelCache))
        return made

    def _closed(self) -> None:
        self.opened = None

    def eventFilter(self, _editor: QObject, _event: QEvent) -> bool:
        return False  # the editor knows its keys itself, and when the hand has left it

    def setEditorData(self, _editor: QWidget, _index: Index) -> None:
        """The editor shows what was on disk when it was opened; what changes meanwhile is refused when it is stored."""

    def setModelData(self, _editor: QWidget, _model: QAbstractItemModel, _index: Index) -> None:
        """Nothing is written past `edited`."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the cell, wider and higher where the editor needs it, inside the table."""
        parent = editor.parentWidget()
        rect, room = option.rect, parent.rect() if parent is not None else option.rect
        left = rect.left() + (self.text_left - self._pad if index.column() == TITLE else 0)
        width = max(rect.right() - left + 1, min(editor.sizeHint().width(), theme().px(320)), theme().px(150))
        height = max(rect.height(), editor.sizeHint().height())
        left = max(0, min(left, room.width() - width))
        editor.setGeometry(left, max(0, min(rect.top(), room.height() - height)), width, height)

    def _as_on_the_map(self, model: RegisterModel, row: int) -> Values:
        """The values that the symbol follows: a zone's state is the one its register bears out."""
        values = model.values(row)
        return values if model.true_states is None else {**values, "state": model.true_states.get(model.uid(row))}
