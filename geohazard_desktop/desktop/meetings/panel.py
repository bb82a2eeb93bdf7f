"""Beside the map of a meeting: which 街道, its figures, its zones and routes, the objections, the words being typed.

Large, for the last row; no person's name.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.analysis.street_meeting import RouteLine, StreetPage, ZoneLine
from geohazard_desktop.analysis.street_register import without_outline
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.meetings.sizes import readable, title_size
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.wrapped_rows import WrappedRows
from geohazard_desktop.domain.quantities import grouped
from geohazard_desktop.workspace.edits.objections import DECLINED, OPEN, TAKEN
from geohazard_desktop.workspace.feature import Feature

_KEY = Qt.ItemDataRole.UserRole
_LOW = 640  # px at 100 % of the window's height; below, words being written have the panel for themselves
_JOINER = "\u2060"  # no line ends here


class MeetingPanel(QFrame):
    """`looked` (layer, uid), `pinned` (words, role, name), `put_off`, `answered` (uid, status, reason)."""

    looked = Signal(str, str)
    pinned = Signal(str, str, str)
    put_off = Signal()
    answered = Signal(str, str, str)

    def __init__(self, roles: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme().px(18), theme().px(14), theme().px(18), theme().px(12))
        self._column.setSpacing(theme().px(8))
        self.title = label("", "title", wrap=True)
        self.step = label("", "note", wrap=True)
        self._column.addWidget(self.title)
        self._column.addWidget(self.step)
        self._counts = QWidget()
        self._counts.setLayout(self._figures())
        self._column.addWidget(self._counts)
        self.lists = QListWidget()
        self.lists.setAccessibleName(_("这一页的危险区、路线和意见"))
        self.lists.setItemDelegate(WrappedRows(self.lists))
        self.lists.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.lists.setSpacing(theme().px(3))
        self.lists.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.lists.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lists.itemClicked.connect(self._clicked)
        self._column.addWidget(self.lists, 1)
        self.writing = self._writing(roles)
        self._column.addWidget(self.writing)
        self.answering = self._answering()
        self._column.addWidget(self.answering)
        self._column.addStretch(0)
        self.told = label("", "note", wrap=True)  # the window puts it below the map, where a line has room
        self._chosen = ""
        self.writing.hide()
        self.answering.hide()

    def _figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(14))
        self.figures: dict[str, tuple[QLabel, QLabel]] = {}
        for key, words in (
            ("zones", _("危险区")),
            ("people", _("需转移人数")),
            ("shelters", _("安置点")),
            ("objections", _("意见")),
        ):
            column = QVBoxLayout()
            column.setSpacing(0)
            number, name = label("", "figure"), label(words, "note")
            column.addWidget(number)
            column.addWidget(name)
            column.addStretch(1)
            row.addLayout(column)
            self.figures[key] = (number, name)
        row.addStretch(1)
        return row

    def _writing(self, roles: Sequence[str]) -> QFrame:
        box = QFrame()
        box.setObjectName("box")
        grid = QGridLayout(box)
        grid.setSpacing(theme().px(8))
        self.words = QPlainTextEdit()
        self.words.setPlaceholderText(_("一句话：说的是什么，要怎么改。"))
        self.words.setAccessibleName(_("意见内容"))
        self.words.setTabChangesFocus(True)
        self.role = QComboBox()
        self.role.setAccessibleName(_("提出人身份"))
        for one in ("", *roles):
            self.role.addItem(one or _("谁说的（身份，不写姓名）"), one)
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("姓名（本人愿意留才写，不上屏）"))
        self.name.setAccessibleName(_("提出人姓名"))
        self.name.setEchoMode(QLineEdit.EchoMode.Password)
        grid.addWidget(label(_("记一条意见"), "strong"), 0, 0, 1, 2)
        grid.addWidget(self.words, 1, 0, 1, 2)
        grid.addWidget(self.role, 2, 0, 1, 2)
        grid.addWidget(self.name, 3, 0, 1, 2)
        grid.addWidget(button(_("先不记　Esc"), self.put_off.emit), 4, 0)
        self.keep = button(_("记下这条　Ctrl+Enter"), self.pin, primary=True)
        grid.addWidget(self.keep, 4, 1)
        return box

    def _answering(self) -> QFrame:
        box = QFrame()
        box.setObjectName("box")
        grid = QGridLayout(box)
        grid.setSpacing(theme().px(8))
        self.about = label("", "strong", wrap=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("理由（不采纳必须写）"))
        self.reason.setAccessibleName(_("处理理由"))
        grid.addWidget(self.about, 0, 0, 1, 3)
        grid.addWidget(self.reason, 1, 0, 1, 3)
        for column, (words, status) in enumerate(((_("采纳"), TAKEN), (_("不采纳"), DECLINED), (_("再核"), OPEN))):
            made = button(words, lambda status=status: self.answered.emit(self._chosen, status, self.reason.text()))
            grid.addWidget(made, 2, column)
        return box

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_page(
        self, page: StreetPage, title: str, step: str, objections: Sequence[tuple[str, Feature]], *, hidden: bool
    ) -> None:
        self.title.setText(title)
        self._fit_title()
        self.step.setText(f"{step}。{without_outline(page.name)}" if page.registered else step)
        people = grouped(page.people)
        counted = (len(page.routes), _("撤离路线")) if page.zone else (len(page.zones), _("危险区"))
        self.figures["zones"][1].setText(counted[1])
        for key, words in (
            ("zones", str(counted[0])),
            ("people", people),
            ("shelters", str(len(page.shelters))),
            ("objections", str(len(objections))),
        ):
            self.figures[key][0].setText(words)
        # In lines of their own: four captions stand beside each other, and each is read from the last row.
        missing = _("需转移人数\n{count} 个区未填").format(count=page.uncounted)
        self.figures["people"][1].setText(missing if page.uncounted else _("需转移人数"))
        full = _("安置点\n{count} 个不够").format(count=len(page.full))
        self.figures["shelters"][1].setText(full if page.full else _("安置点"))
        self.lists.clear()
        if page.full:
            self._head(_("安置点不够"))
        for one in page.full:
            self._row(one.name, joined(one.room_words()), "shelter", one.uid)
        self._head(_("意见") + (_("（图上没有显示，按 O 显示）") if hidden else ""))
        for number, said in objections:
            self._row(f"{number}　{said.text('text')}", _objection_note(said), "objection", said.uid)
        if not objections:
            self._row(_("还没有。按 P 记一条。"), "", "", "")
        self._head(_("危险区"))
        for zone in page.zones:
            self._row(zone.name, _zone_note(zone), "danger_zone", zone.uid)
        if not page.zones:
            self._row(_("没有危险区。"), "", "", "")
        self._head(_("撤离路线"))
        for route in page.routes:
            self._row(_("路线 {number}　到 {shelter}").format(number=route.number, shelter=route.shelter or "—"),
                      _route_note(route), "evacuation_route", route.uid)  # fmt: skip
        if not page.routes:
            self._row(_("没有撤离路线。"), "", "", "")

    def _fit_title(self) -> None:
        """As large as goes on two lines; a name of a hundred characters is smaller, never cut."""
        large, least = title_size(self.window().height()), readable(self.window().height())
        fits = 2 * max(self.width() - theme().px(60), 1) / max(len(self.title.text()), 1)
        self.title.setStyleSheet(f"font-size: {max(least, min(large, int(fits)))}px;")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_title()
        self._make_room(writing=not self.writing.isHidden())

    def _make_room(self, *, writing: bool) -> None:
        """In a window that is low for its type, what is written takes the place of figures and list."""
        height = self.window().height()
        self.words.setFixedHeight(min(theme().px(96), height // 11))
        aside = writing and height < theme().px(_LOW)
        for one in (self._counts, self.lists, self.step):
            one.setHidden(aside)

    def _head(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        self.lists.addItem(item)

    def _row(self, words: str, note: str, layer: str, uid: str) -> None:
        item = QListWidgetItem(words if not note else f"{words}\n　{note}")
        item.setData(_KEY, (layer, uid))
        if not uid:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.lists.addItem(item)

    def _clicked(self, item: QListWidgetItem) -> None:
        layer, uid = item.data(_KEY) or ("", "")
        if uid:
            self.looked.emit(layer, uid)

    def ask_answer(self, objection: Feature | None, number: str = "") -> None:
        """The objection that is to be answered; None: none."""
        self._chosen = objection.uid if objection is not None else ""
        self.answering.setVisible(objection is not None)
        if objection is not None:
            self.about.setText(f"{number}　{objection.text('text')}")
            self.reason.setText(objection.text("answer"))

    # -- writing ---------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """The place is given: now the words. What was typed before and put off is there again."""
        self.ask_answer(None)
        self._make_room(writing=True)  # first: with all of it the window would ask for more than the screen has
        self.writing.show()
        self.words.setFocus()

    def pin(self) -> None:
        self.pinned.emit(self.words.toPlainText(), self.role.currentData(), self.name.text())

    def written(self) -> None:
        self.words.clear()
        self.name.clear()
        self.role.setCurrentIndex(0)  # the next one to speak may be somebody else
        self.put_away()

    def put_away(self) -> None:
        """The form, with what stands in it; figures and list are in sight again."""
        self.writing.hide()
        self._make_room(writing=False)


def joined(words: str) -> str:
    """Words whose numbers stay on a line with what they count: no line has 分钟 alone."""
    return "，".join("、".join(_JOINER.join(part.replace(" ", "\u00a0")) for part in one.split("、"))
                    for one in words.split("，"))  # fmt: skip


def _objection_note(one: Feature) -> str:
    said = (one.text("status"), one.text("role"), one.text("said_at").replace("T", " ")[5:16], one.text("answer"))
    return " · ".join(part for part in said if part)


def _zone_note(one: ZoneLine) -> str:
    return joined(f"{one.state} · {one.people_words}")


def _route_note(one: RouteLine) -> str:
    if one.metres is None or one.minutes is None:
        return _("不是连续的一条线，没有算路程。")
    words = _("{metres} 米，常人 {fast}、老人 {old}、慢行 {slow} 分钟").format(
        metres=grouped(one.metres), fast=one.minutes[0], old=one.minutes[1], slow=one.minutes[2]
    )
    return joined(words)
