"""What stands around the grid of a register: layer, counts, search, switches; a sentence where no row is shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import FlowLayout, button, icon_button, label, restyle
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.words import grouped

_PASSING_MS = 8000
_ALL_BUTTONS = 780


def switch(words: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setText(words)
    made.setToolTip(tip)
    made.setCheckable(True)
    made.setObjectName("choice")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def _menu_button(name: str, words: str, menu: QMenu) -> QToolButton:
    made = icon_button(name, words)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setMenu(menu)
    return made


class RegisterWidgets(QWidget):
    """`closed` by the button at the right end."""

    closed = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self.chips = QFrame()
        self.chips.hide()
        column.addWidget(self.chips)
        self.body = QStackedWidget()
        self.body.addWidget(view)
        self.body.addWidget(self._nothing())
        column.addWidget(self.body, 1)
        column.addWidget(self._foot())

    def _head(self) -> QWidget:
        head = QWidget()
        row = FlowLayout(head, theme().px(8), theme().px(6))  # with large type it goes on to a second row
        self.layers = CalmCombo()
        self.layers.setAccessibleName(_("登记表的图层"))
        self.layers.setMinimumContentsLength(12)
        self.layers.setMaxVisibleItems(30)
        row.addWidget(self.layers)
        self.search = QLineEdit()
        self.search.setAccessibleName(_("在登记表里找"))
        self.search.setToolTip(_("找编号、名称、文字或拼音首字母"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        row.addWidget(self.search)
        self.only_chosen = switch(_("只看选中"), _("只列图上选中的；选别的，表也跟着变"))
        self.only_in_sight = switch(_("只看图上范围"), _("只列地图上现在看得到的；移动地图，表也跟着变"))
        row.addWidget(self.only_chosen)
        row.addWidget(self.only_in_sight)
        self.saved_menu, self.more_menu = QMenu(self), QMenu(self)
        for menu in (self.saved_menu, self.more_menu):
            menu.setToolTipsVisible(True)
        self.saved_button = _menu_button("star", _("常用筛选"), self.saved_menu)
        row.addWidget(self.saved_button)
        self.columns_button = icon_button("columns", _("选列、排列先后"))
        row.addWidget(self.columns_button)
        self.export_button = icon_button("export", _("导出为表格"))
        row.addWidget(self.export_button)
        self.tall_button = icon_button("full-extent", _("表格放大，再点一次缩回"))
        row.addWidget(self.tall_button)
        row.addWidget(_menu_button("more", _("更多"), self.more_menu))
        row.addWidget(icon_button("close", _("收起登记表"), self.closed.emit))
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # One row of buttons: in a narrow window those that are wanted least stand in the menu "更多".
        for one in self.in_the_menu():
            one.setVisible(self.width() >= theme().px(_ALL_BUTTONS))
        wide = max(theme().px(150), min(theme().px(300), self.width() - theme().px(630)))
        self.search.setFixedWidth(wide)
        narrow = wide < theme().px(270)
        self.search.setPlaceholderText(_("编号、名称") if narrow else _("编号、名称、文字或拼音首字母"))

    def in_the_menu(self) -> tuple[QToolButton, ...]:
        """The buttons that go into the menu where the head is too narrow for them."""
        return self.saved_button, self.export_button, self.tall_button

    def _nothing(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(theme().px(10))
        column.addStretch(1)
        self.empty_words = label("", "note", wrap=True)
        self.empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.empty_words)
        row = QHBoxLayout()
        row.addStretch(1)
        self.empty_clear = button(_("清除筛选"), size="small")
        row.addWidget(self.empty_clear)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        return page

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("footer")
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme().px(12), theme().px(2), theme().px(10), theme().px(2))
        row.setSpacing(theme().px(10))
        self.count = label("", "strong")
        row.addWidget(self.count)
        self.only_late = switch("", _("只列过了期限还没有办的；指着带三角的格子看是哪一件"))
        self.only_late.setIcon(icon("sign-warning", "reminder_sign"))
        self.only_late.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.only_late.hide()
        row.addWidget(self.only_late)
        self.hide_lifted = switch("", _("已撤销的危险区在图上和登记表里都不显示；数据不动，出的图不受影响"))
        self.hide_lifted.hide()
        row.addWidget(self.hide_lifted)
        self.on_the_map = switch(
            _("图上也只看这些"), _("这一层在图上只显示表里列出的。只管屏幕，出的图不受影响；左边的图层下面会写明。")
        )
        self.on_the_map.hide()
        row.addWidget(self.on_the_map)
        self.statistics = label("", "small")
        self.statistics.setMinimumHeight(theme().px(24))
        self.statistics.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.statistics, 1)
        self._figures = ""
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(_PASSING_MS)
        self._passing.timeout.connect(self._passed)
        self.stop_button = button(_("停下"), size="small")
        self.stop_button.hide()
        row.addWidget(self.stop_button)
        self.outdated = label(_("有行改动过，排序和筛选还是之前的"), "small")
        self.again = button(_("重新排"), size="small", flat=True)
        self.clear_button = button(_("清除筛选"), size="small", flat=True)
        for one in (self.outdated, self.again, self.clear_button):
            one.hide()
            row.addWidget(one)
        return foot

    def tell_statistics(self, words: str) -> None:
        """Figures of the selected cells; a passing word goes before them."""
        self._figures = words
        if not self._passing.isActive():
            self.statistics.setText(words)

    def tell_passing(self, words: str) -> None:
        """What has just been done, or why it can't be: for some seconds in the line below the table."""
        self.statistics.setText(words)
        self.statistics.setToolTip(words)
        restyle(self.statistics, role="note")
        self._passing.start()

    def tell_work(self, words: str) -> None:
        """Long work under way, with a button to stop it; "" when it has ended."""
        self.stop_button.setVisible(bool(words))
        if words:
            self._passing.stop()
            self.statistics.setText(words)
        elif not self._passing.isActive():
            self._passed()

    def tell_measuring(self, done: int, total: int, _words: str = "") -> None:
        self.statistics.setText(_("正在量算图形：{done} / {total}").format(done=grouped(done), total=grouped(total)))

    def _passed(self) -> None:
        self.statistics.setText(self._figures)
        self.statistics.setToolTip("")
        restyle(self.statistics, role="small")

    def fill_layers(self, rows: Sequence[tuple[str, str, int]]) -> None:
        """(layer, title, count) of each layer that has a register."""
        self.layers.clear()
        for layer, title, count in rows:
            self.layers.addItem(_("{title}　{count}").format(title=title, count=grouped(count)), layer)

    def count_layer(self, layer: str, count: int) -> None:
        """A layer has so many rows now."""
        row = self.layers.findData(layer)
        if row >= 0:
            title = self.layers.itemText(row).partition("　")[0]
            self.layers.setItemText(row, _("{title}　{count}").format(title=title, count=grouped(count)))

    def tell(
        self,
        *,
        shown: int,
        total: int,
        chosen: int,
        hidden: int,
        narrowed: bool,
        text: str,
        outdated: bool,
        waiting: bool,
        late: int,
        lifted: int,
        lifted_hidden: bool,
    ) -> None:
        """Say how many rows are shown, and why none is."""
        self.hide_lifted.setVisible(bool(lifted))
        self.hide_lifted.setChecked(lifted_hidden)
        told = _("已撤销 {count} 行没有列出") if lifted_hidden else _("藏起已撤销 {count} 行")
        self.hide_lifted.setText(told.format(count=grouped(lifted)))
        if lifted_hidden:
            total -= lifted
        told = _("显示 {shown} / {total} 行") if narrowed else _("{total} 行")
        words = [told.format(shown=grouped(shown), total=grouped(total))]
        if chosen:
            words.append(_("选中 {count}").format(count=grouped(chosen)))
        if hidden:
            words[-1] += _("（{count} 个被筛掉）").format(count=grouped(hidden))
        self.only_late.setText(_("逾期 {count}").format(count=grouped(late)))
        self.only_late.setVisible(bool(late) or self.only_late.isChecked())
        if waiting:
            words = [_("正在排序和筛选……"), *words[1:]]
        self.count.setText("　".join(words))
        self.count.setToolTip(self.count.text())
        self.clear_button.setVisible(narrowed)
        self.outdated.setVisible(outdated)
        self.again.setVisible(outdated)
        nothing = shown == 0 and not waiting
        self.empty_clear.setVisible(narrowed and total > 0)
        if total == 0:
            self.empty_words.setText(_("这个图层还没有内容。在图上画，或从“文件 > 导入数据”读入。"))
        elif text:
            self.empty_words.setText(_("{total} 行里没有找到“{text}”。").format(total=grouped(total), text=text))
        else:
            self.empty_words.setText(_("{total} 行都不符合现在的筛选。").format(total=grouped(total)))
        self.body.setCurrentIndex(1 if nothing else 0)
