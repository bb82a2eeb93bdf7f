"""底图 below the layer tree: what lies under the layers, with tick, opacity, order, and what is wrong in a sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QMenu, QScrollArea, QSlider, QVBoxLayout, QWidget

from geohazard_desktop.cartography.base_maps.spec import SETTING, BaseMap, base_maps_of, change_base_map
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon
from geohazard_desktop.desktop.parts import Elided, button, icon_button, label, line, severity_label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.feature import Delta

_SETTLED_MS = 500  # after the slider's last move the opacity is one step of the history
_MOST_ROWS = 3  # in sight at once; more scroll


class BaseMapPanel(QFrame):
    """`changed`: the map is to be painted anew. `asked` (what, id): add, zoom, edit, remove, up, down."""

    changed = Signal()
    asked = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._maps: list[BaseMap] = []
        self._here: dict[str, dict[str, Any]] = {}  # not in the workspace: a slider under way, or a read-only file
        self._problems: Mapping[str, str] = {}
        self.rows: dict[str, BaseMapRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme().px(6))
        column.setSpacing(theme().px(2))
        column.addWidget(line())
        head = QHBoxLayout()
        head.setContentsMargins(theme().px(14), theme().px(4), theme().px(8), 0)
        head.addWidget(label(_("底图"), "strong"), 1)
        self.add = icon_button("plus", _("添加底图：影像、高程、瓦片或天地图"), lambda: self.asked.emit("add", ""))
        head.addWidget(self.add)
        column.addLayout(head)
        self.empty = button(_("添加底图……"), lambda: self.asked.emit("add", ""), flat=True, size="small")
        around = QHBoxLayout()
        around.setContentsMargins(theme().px(10), 0, 0, 0)
        around.addWidget(self.empty)
        around.addStretch(1)
        column.addLayout(around)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED_MS)
        self._settle.timeout.connect(self.store)
        session.opened.connect(self._opened)
        session.closing.connect(self._closing)
        session.changed.connect(self._stepped)
        self._fill()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def shown(self) -> list[BaseMap]:
        """The base maps as the map is to show them now, painted first first."""
        return [replace(one, **self._here.get(one.id, {})) for one in self._maps]

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """What the painter could not show, by id."""
        if problems != self._problems:
            self._problems = dict(problems)
            for id, row in self.rows.items():
                row.show_problem(self._problems.get(id, ""))
            self._fit()

    def _opened(self) -> None:
        self._here.clear()
        self.refresh()

    def _closing(self) -> None:
        self.store()
        self._maps, self._problems = [], {}
        self._here.clear()
        self._fill()

    def _stepped(self, deltas: Sequence[Delta]) -> None:
        if any(one.layer == SETTING for one in deltas):
            self.refresh()

    def refresh(self) -> None:
        """Read the workspace anew, keys included."""
        ws = self._session.ws
        before = self.shown()
        self._maps = base_maps_of(ws) if ws is not None else []
        self._fill()
        if self.shown() != before:
            self.changed.emit()

    def _fill(self) -> None:
        above = list(reversed(self.shown()))
        if above and [one.id for one in above] == list(self.rows):
            for one in above:  # a slider in the hand stays the same slider
                self.rows[one.id].show_values(one)
            return
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(theme().px(10), 0, theme().px(6), 0)
        column.setSpacing(theme().px(4))
        self.rows = {}
        for number, one in enumerate(above):
            row = BaseMapRow(one, first=number == 0, last=number == len(above) - 1)
            row.show_problem(self._problems.get(one.id, ""))
            row.ticked.connect(lambda on, id=one.id: self._tick(id, on))
            row.faded.connect(lambda opacity, id=one.id: self._fade(id, opacity))
            row.asked.connect(lambda what, id=one.id: self.asked.emit(what, id))
            row.menu_asked.connect(lambda place, id=one.id: self.menu_for(id).exec(place))
            column.addWidget(row)
            self.rows[one.id] = row
        column.addStretch(1)
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()  # not at once: the button that was pressed may be in it
        self._area.setWidget(body)
        self._area.setVisible(bool(above))
        self.empty.setVisible(not above)
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, three at most: the layers need the room. A sentence wraps, so the width counts."""
        room = self.width() - theme().px(16 + 11)
        high = 0
        for row in list(self.rows.values())[:_MOST_ROWS]:
            high += max(row.heightForWidth(room), row.minimumSizeHint().height()) + theme().px(4)
        self._area.setFixedHeight(min(high + theme().px(2), theme().px(210)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # -- changing --------------------------------------------------------------------------------------------------

    def _tick(self, id: str, on: bool) -> None:
        self._change(id, visible=on)

    def _fade(self, id: str, opacity: float) -> None:
        self._here.setdefault(id, {})["opacity"] = opacity
        self._settle.start()
        self.changed.emit()

    def _change(self, id: str, **values: Any) -> None:
        """A step of the history; in a file that can't be written, for this sitting."""
        if self._session.read_only_reason():
            self._here.setdefault(id, {}).update(values)
            self.changed.emit()
            return
        self._session.apply(change_base_map(self._session.workspace, id, **values))
        self.refresh()  # a refused step leaves the tick as it was

    def store(self) -> None:
        """Put what the slider shows into the workspace."""
        self._settle.stop()
        if self._session.ws is None or self._session.read_only_reason():
            return
        known = {one.id for one in self._maps}
        for id, values in list(self._here.items()):
            del self._here[id]
            if id in known:
                self._session.apply(change_base_map(self._session.workspace, id, **values))

    def menu_for(self, id: str) -> QMenu:
        one = next(found for found in self.shown() if found.id == id)
        menu = QMenu(self)
        if one.kind in {"raster", "relief"}:
            menu.addAction(icon("zoom-layer"), _("缩放到底图")).triggered.connect(self._asker("zoom", id))
        printed = menu.addAction(_("印在内部图上"))
        printed.setCheckable(True)
        printed.setChecked(one.printed)
        printed.triggered.connect(lambda on: self._change(id, printed=on))
        menu.addAction(icon("pencil"), _("改……")).triggered.connect(self._asker("edit", id))
        menu.addAction(icon("delete"), _("移除")).triggered.connect(self._asker("remove", id))
        return menu

    def _asker(self, what: str, id: str) -> Callable[[], None]:
        return lambda *_on: self.asked.emit(what, id)


class BaseMapRow(QWidget):
    """One base map. `ticked` (on), `faded` (opacity), `asked` (up or down), `menu_asked` (global place)."""

    ticked = Signal(bool)
    faded = Signal(float)
    asked = Signal(str)
    menu_asked = Signal(QPoint)

    def __init__(self, one: BaseMap, *, first: bool, last: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = QHBoxLayout()
        upper.setSpacing(theme().px(6))
        self.tick = QCheckBox()
        self.tick.setChecked(one.visible)
        self.tick.setAccessibleName(_("显示底图{title}").format(title=one.title))
        self.tick.toggled.connect(self.ticked)
        upper.addWidget(self.tick)
        self.title = Elided(one.title)
        upper.addWidget(self.title, 1)
        self.mark = severity_label("warning", 14)
        upper.addWidget(self.mark)
        more = icon_button("more", _("更多"))
        more.clicked.connect(lambda: self.menu_asked.emit(more.mapToGlobal(more.rect().bottomLeft())))
        upper.addWidget(more)
        column.addLayout(upper)
        lower = QHBoxLayout()
        lower.setContentsMargins(theme().px(22), 0, 0, 0)
        lower.setSpacing(theme().px(4))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(5, 100)
        self.slider.setPageStep(10)
        self.slider.setValue(round(one.opacity * 100))
        self.slider.setToolTip(_("不透明度"))
        self.slider.setAccessibleName(_("底图{title}的不透明度").format(title=one.title))
        self.percent = label(f"{self.slider.value()} %", "small")
        self.percent.setFixedWidth(theme().px(40))
        self.slider.valueChanged.connect(self._faded)
        lower.addWidget(self.slider, 1)
        lower.addWidget(self.percent)
        self.up = icon_button("chevron-up", _("上移：盖住下面的底图"), lambda: self.asked.emit("up"))
        self.down = icon_button("chevron-down", _("下移"), lambda: self.asked.emit("down"))
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)
        lower.addWidget(self.up)
        lower.addWidget(self.down)
        column.addLayout(lower)
        self.words = label("", "reminder", wrap=True)
        self.words.setContentsMargins(theme().px(22), 0, theme().px(4), theme().px(2))
        column.addWidget(self.words)
        self.show_problem("")

    def show_values(self, one: BaseMap) -> None:
        """Another state of the same base map."""
        self.blockSignals(True)
        self.title.set_text(one.title)
        self.tick.setChecked(one.visible)
        self.slider.setValue(round(one.opacity * 100))
        self.blockSignals(False)

    def show_problem(self, sentence: str) -> None:
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))
        self.mark.setVisible(bool(sentence))
        self.mark.setToolTip(sentence)

    def _faded(self, percent: int) -> None:
        self.percent.setText(f"{percent} %")
        self.faded.emit(percent / 100.0)
