"""The history in words: when, who, what. The step that Ctrl+Z would take back is marked."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme

_MOST = 300
_ROLE = int(Qt.ItemDataRole.UserRole)
_KINDS = {"undo": _("撤销：{words}"), "redo": _("重做：{words}")}


class _Rows(QStyledItemDelegate):
    """Two lines an entry: what in full, then when and who in grey. Long words are cut with … and stand in the tip."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: object) -> QSize:
        return QSize(100, theme().px(46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        what, who = index.data(_ROLE)  # type: ignore[attr-defined]
        painter.save()
        t = theme()
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, t.colour("hover"))
        box = QRectF(option.rect).adjusted(t.px(14), t.px(5), -t.px(10), -t.px(5))
        painter.setFont(t.font("table"))
        painter.setPen(t.colour("text"))
        metrics = QFontMetricsF(painter.font())
        painter.drawText(
            box, Qt.AlignmentFlag.AlignTop, metrics.elidedText(what, Qt.TextElideMode.ElideRight, box.width())
        )
        painter.setFont(t.font("small"))
        painter.setPen(t.colour("text3"))
        painter.drawText(box, Qt.AlignmentFlag.AlignBottom, who)
        painter.setPen(t.colour("hairline"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()


class HistoryPanel(QWidget):
    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(8))
        self.undo = button(_("撤销"), session.undo, size="small", icon_name="undo")
        self.redo = button(_("重做"), session.redo, size="small", icon_name="redo")
        head.addWidget(self.undo)
        head.addWidget(self.redo)
        head.addStretch(1)
        column.addLayout(head)
        self.list = QListWidget()
        self.list.setItemDelegate(_Rows(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.list.setAccessibleName(_("历史"))
        column.addWidget(self.list, 1)
        self.empty = label(_("还没有改动。画一笔，这里就记一条。"), "note", wrap=True)
        self.empty.setContentsMargins(theme().px(14), theme().px(6), theme().px(14), theme().px(14))
        column.addWidget(self.empty)

    def refresh(self) -> None:
        """Read the newest steps. Asked for when the panel is in sight; the journal is the only source."""
        self.list.clear()
        ws = self._session.ws
        if ws is None:
            return
        try:
            entries = ws.history(_MOST)
            undo, redo = ws.undo_words(), ws.redo_words()
        except GeohazardError as error:
            reporter().error(error)
            return
        for one in entries:
            what = _KINDS.get(one.kind, "{words}").format(words=one.words)
            who = f"{words.moment(one.made_at.replace(tzinfo=None))}　{one.actor}"
            item = QListWidgetItem(what)
            item.setData(_ROLE, (what, who))
            item.setToolTip(f"{what}\n{one.made_at:%Y-%m-%d %H:%M:%S}　{one.actor}")
            self.list.addItem(item)
        self.empty.setVisible(not entries)
        self.list.setVisible(bool(entries))
        for made, text in ((self.undo, undo), (self.redo, redo)):
            made.setEnabled(bool(text))
            made.setToolTip(text or "")
