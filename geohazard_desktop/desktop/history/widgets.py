"""The history panel as it stands: buttons, search, filters, list and detail. What they show is `history_panel.py`'s."""

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.history.detail import HistoryDetail
from geohazard_desktop.desktop.history.list import HistoryDelegate, HistoryRows
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import button, icon_button, label
from geohazard_desktop.desktop.session import Key, Session
from geohazard_desktop.desktop.theme import theme

_TYPING_MS = 200


class HistoryWidgets(QWidget):
    """`more_asked` carries the button beside which a menu is to open."""

    more_asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.refresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._build_head(column)
        self._build_filters(column)
        self._build_list(column)

    def refresh(self) -> None:
        raise NotImplementedError

    def show_feature(self, key: Key | None, name: str = "") -> None:
        raise NotImplementedError

    def _turn(self) -> None:
        raise NotImplementedError

    def _chosen(self, new: QItemSelection, old: QItemSelection) -> None:
        raise NotImplementedError

    # -- building --------------------------------------------------------------------------------------------------

    def _build_head(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(theme().px(14), theme().px(10), theme().px(10), theme().px(8))
        self.undo = button(_("撤销"), self._session.undo, size="small", icon_name="undo")
        self.redo = button(_("重做"), self._session.redo, size="small", icon_name="redo")
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addStretch(1)
        self.more = icon_button("more", _("导出历史、备份"), lambda: self.more_asked.emit(self.more))
        row.addWidget(self.more)
        column.addLayout(row)

    def _build_filters(self, column: QVBoxLayout) -> None:
        rows = QVBoxLayout()
        rows.setContentsMargins(theme().px(14), 0, theme().px(14), theme().px(8))
        rows.setSpacing(theme().px(6))
        segment = QFrame()
        segment.setObjectName("segment")
        line = QHBoxLayout(segment)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._which = QButtonGroup(self)
        self.steps_button, self.deleted_button = (
            self._segment(line, words) for words in (_("每一步"), _("已删除的要素"))
        )
        self.steps_button.setChecked(True)
        self._which.buttonClicked.connect(lambda _button: self._turn())
        rows.addWidget(segment)
        self.search = QLineEdit()
        self.search.setAccessibleName(_("在历史里找"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        rows.addWidget(self.search)
        combos = QHBoxLayout()
        self.layer, self.actor = QComboBox(), QComboBox()
        for combo, name in ((self.layer, _("图层")), (self.actor, _("谁做的"))):
            combo.setAccessibleName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(4)
            combo.activated.connect(lambda _index: self.refresh())
            combos.addWidget(combo, 1)
        rows.addLayout(combos)
        self.only = QFrame()
        self.only.setObjectName("tag")
        only = QHBoxLayout(self.only)
        only.setContentsMargins(theme().px(8), 0, theme().px(2), 0)
        self.only_words = label("", "note", wrap=True)
        only.addWidget(self.only_words, 1)
        only.addWidget(icon_button("close", _("看所有要素的历史"), lambda: self.show_feature(None)))
        self.only.hide()
        rows.addWidget(self.only)
        column.addLayout(rows)

    def _segment(self, row: QHBoxLayout, words: str) -> QToolButton:
        made = QToolButton()
        made.setText(words)
        made.setCheckable(True)
        made.setSizePolicy(made.sizePolicy().Policy.Expanding, made.sizePolicy().Policy.Fixed)
        self._which.addButton(made)
        row.addWidget(made, 1)
        return made

    def _build_list(self, column: QVBoxLayout) -> None:
        self.empty = label("", "note", wrap=True)
        self.empty.setContentsMargins(theme().px(14), theme().px(6), theme().px(14), theme().px(14))
        column.addWidget(self.empty)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.rows = HistoryRows()
        self.list = QListView()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(HistoryDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("历史"))
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self.splitter.addWidget(self.list)
        self.detail = HistoryDetail(self._session)
        self.detail.hide()
        self.splitter.addWidget(self.detail)
        column.addWidget(self.splitter, 1)
        self._spring = QWidget()
        column.addWidget(self._spring, 1)
