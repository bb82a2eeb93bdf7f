"""The rows of the history panel: by day, read a page at a time as the list is scrolled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.theme import theme

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
PAGE = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. A row without `subject` is the heading of a day. `faded`: it was undone since."""

    what: str
    who: str = ""
    tip: str = ""
    subject: object = None
    key: object = None
    faded: bool = False


def day_words(day: date, today: date | None = None) -> str:
    """今天, 昨天, 7 月 18 日, or with its year when it is another one."""
    today = today or datetime.now().date()
    if day == today:
        return _("今天")
    if day == today - timedelta(days=1):
        return _("昨天")
    words = _("{month} 月 {day} 日").format(month=day.month, day=day.day)
    return words if day.year == today.year else _("{year} 年 {words}").format(year=day.year, words=words)


class HistoryRows(QAbstractListModel):
    """`more(count)` gives the next (day, row) pairs, fewer than `count` at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._more: Callable[[int], Sequence[tuple[date, Row]]] | None = None
        self._day: date | None = None

    def show(self, more: Callable[[int], Sequence[tuple[date, Row]]] | None, count: int = PAGE) -> None:
        """Another list; its first `count` rows are read at once."""
        self.beginResetModel()
        self.rows, self._more, self._day = [], more, None
        if more is not None:
            self.rows = self._read(count)
        self.endResetModel()

    def _read(self, count: int) -> list[Row]:
        assert self._more is not None
        found = self._more(count)
        if len(found) < count:
            self._more = None
        rows = []
        for day, row in found:
            if day != self._day:
                self._day = day
                rows.append(Row(day_words(day)))
            rows.append(row)
        return rows

    def place_of(self, key: object) -> int:
        """The row with a key among those that were read; -1 when it isn't there."""
        return next((index for index, one in enumerate(self.rows) if one.key == key and one.subject is not None), -1)

    @property
    def count(self) -> int:
        """Rows read so far, headings left out."""
        return sum(one.subject is not None for one in self.rows)

    @property
    def whole(self) -> bool:
        return self._more is None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more is not None

    def fetchMore(self, parent: Index) -> None:
        if parent.isValid() or self._more is None:
            return
        rows = self._read(PAGE)
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.what}　{row.who}" if row.who else row.what
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].subject is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class HistoryDelegate(QStyledItemDelegate):
    """Two lines an entry: what in full, then when and who in grey. Long words are cut with … and stand in the tip."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme().px(28 if index.data(ROW).subject is None else 44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        t = theme()
        painter.save()
        box = QRectF(option.rect).adjusted(t.px(14), t.px(4), -t.px(10), -t.px(4))
        if row.subject is None:
            painter.fillRect(option.rect, t.colour("quiet"))
            painter.setFont(t.font("small", bold=True))
            painter.setPen(t.colour("text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, row.what)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, t.colour("selected"))
            elif option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(option.rect, t.colour("hover"))
            painter.setFont(t.font("table"))
            painter.setPen(t.colour("text3" if row.faded else "text"))
            words = QFontMetricsF(painter.font()).elidedText(row.what, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignTop, words)
            painter.setFont(t.font("small"))
            painter.setPen(t.colour("text3"))
            who = QFontMetricsF(painter.font()).elidedText(row.who, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignBottom, who)
            painter.setPen(t.colour("hairline"))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(t.colour("accent"))
                painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()
