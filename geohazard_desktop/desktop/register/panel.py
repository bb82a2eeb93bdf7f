"""登记表: each layer as a table that replaces the office's Excel sheets; its selection is the map's selection."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.desktop.background import Jobs
from geohazard_desktop.desktop.preferences import Preferences
from geohazard_desktop.desktop.register.arranging import Arranging
from geohazard_desktop.desktop.register.edits import RegisterEdits
from geohazard_desktop.desktop.register.exporting import RegisterExporting
from geohazard_desktop.desktop.register.filters import RegisterFilters
from geohazard_desktop.desktop.register.layout import RegisterLayout
from geohazard_desktop.desktop.register.lifted import RegisterLifted
from geohazard_desktop.desktop.register.measuring import RegisterMeasuring
from geohazard_desktop.desktop.register.menus import RegisterMenus
from geohazard_desktop.desktop.register.model import RegisterModel
from geohazard_desktop.desktop.register.on_the_map import RegisterOnTheMap
from geohazard_desktop.desktop.register.selection import RegisterSelection
from geohazard_desktop.desktop.register.state import RegisterState
from geohazard_desktop.desktop.register.symbols import RowSymbols
from geohazard_desktop.desktop.register.view import RegisterView
from geohazard_desktop.desktop.register.widgets import RegisterWidgets
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.register_query import RegisterQuery
from geohazard_desktop.workspace.rows import RowIds

if TYPE_CHECKING:
    from geohazard_desktop.desktop.maps.map_page import MapPage

_TYPING_MS = 180  # a pause in typing after which a large layer is searched
_PANNING_MS = 300


class RegisterPanel(RegisterWidgets):
    """`zoom_asked` (key) on a double click, `place_asked` (key), `closed`, `said` (severity, sentence)."""

    zoom_asked = Signal(object)
    place_asked = Signal(object)
    said = Signal(str, str)

    def __init__(self, session: Session, liked: Preferences) -> None:
        self.model = RegisterModel()
        self.view = RegisterView(self.model)
        super().__init__(self.view)
        self.session, self.liked = session, liked
        self._map: MapPage | None = None
        self.state = RegisterState()
        self._states: dict[str, RegisterState] = {}  # by layer, for as long as the window is open
        self.columns = RegisterLayout(liked, self.model, self.view)
        self.arranging = Arranging(session, self)
        self.filters = RegisterFilters(self)
        self.selection = RegisterSelection(self)
        self.edits = RegisterEdits(self)
        self.measuring = RegisterMeasuring(self)
        self.menus = RegisterMenus(self)
        self.exporting = RegisterExporting(self)
        self.lifted = RegisterLifted(self)
        self.mapped = RegisterOnTheMap(self)
        self._busy = False  # the widgets are being set by the program
        self._outdated = 0
        self._low = theme().px(240)
        self._typing = self._timer(_TYPING_MS, self.arrange)
        self._panning = self._timer(_PANNING_MS, self.arrange)
        self._connect()

    def _timer(self, ms: int, do: object) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(ms)
        made.timeout.connect(do)
        return made

    def _connect(self) -> None:
        session = self.session
        session.changed.connect(self._changed)
        session.when_opened(self._fill_layers)
        session.closing.connect(lambda: self.show_layer(""))
        self.layers.activated.connect(lambda _index: self.show_layer(self.layers.currentData()))
        self.search.textChanged.connect(self._typed)
        self.only_chosen.toggled.connect(self._toggled)
        self.only_in_sight.toggled.connect(self._toggled)
        self.only_late.toggled.connect(self._toggled)
        self.clear_button.clicked.connect(self.clear_filters)
        self.empty_clear.clicked.connect(self.clear_filters)
        self.again.clicked.connect(self.arrange)
        self.arranging.arranged.connect(self._arranged)
        self.arranging.waiting.connect(lambda _on: self.tell_all())
        self.model.rows_changed.connect(self.tell_all)
        self.model.outdated.connect(self._note_outdated)
        self.view.zoom_asked.connect(lambda row: self.zoom_asked.emit((self.layer, self.model.uid(row))))
        for head in (self.view.head, self.view.frozen.head):
            head.sort_asked.connect(self._sort)
            head.filter_asked.connect(self.filters.open)
        self.view.filter_key.connect(self.filters.open)
        self.saved_menu.aboutToShow.connect(lambda: self.filters.fill_menu(self.saved_menu))
        self.tall_button.clicked.connect(lambda _on=False: self._stretch())
        theme().changed.connect(self._dress)

    def join(self, page: "MapPage", jobs: Jobs) -> None:
        """Take the map, whose symbols and extent the table shows, and the window's background work."""
        self._map = page
        self.arranging.jobs = jobs
        self.lifted.join(page.lifted)
        self.mapped.join(page.filters)
        page.canvas.viewed.connect(lambda _viewport: self._moved())

    # -- which layer -----------------------------------------------------------------------------------------------

    @property
    def layer(self) -> str:
        return self.model.layer

    def _fill_layers(self) -> None:
        self._states.clear()
        self.refill()

    def refill(self) -> None:
        """The list of layers anew, with the names they have now."""
        ws = self.session.workspace
        rows = [(one.table, one.title, ws.count(one.table)) for one in ws.in_use()]
        self.fill_layers(rows)

    def show_layer(self, layer: str) -> None:
        """Open the register of a layer as it was left; "" closes it."""
        if self.layer:
            self._states[self.layer] = self.state
        self.state = self._states.get(layer, RegisterState())
        self._busy = True
        ws = self.session.ws if layer else None
        with self.selection.held():
            self.model.open(ws, layer)
        self.show_symbols()
        self.columns.put_on()
        self.search.setText(self.state.text)
        self.only_chosen.setChecked(self.state.only_chosen)
        self.only_in_sight.setChecked(self.state.only_in_sight)
        self.only_late.setChecked(self.state.only_late)
        definition = self.model.definition
        self.view.may_edit = definition is not None and not definition.why_fixed and not self.session.read_only_reason()
        self.only_in_sight.setEnabled(definition is not None and definition.geometry != "none")
        self.layers.setCurrentIndex(self.layers.findData(layer))
        self._busy = False
        self._outdated = 0
        self.selection.take()
        if ws is not None and (self.state.narrows or self.state.sort or len(self.lifted.hidden_ids())):
            self.arrange()
        self.measuring.settle()
        self.tell_all()
        self.view.horizontalScrollBar().setValue(0)
        if self.model.rowCount():
            self.selection.go_to(self.model.first_chosen() or 0)

    def show_symbols(self) -> None:
        """The map's own symbols; a layer whose style can't be read is drawn in its default one and said elsewhere."""
        definition = self.model.definition
        style = None
        if definition is not None and definition.geometry != "none" and definition.style and self._map is not None:
            try:
                style = self._map.scene.style(definition.table)
            except GeohazardError as error:
                reporter().error(error)
        self.view.delegate.symbols = RowSymbols(style, definition.geometry if definition is not None else "none")
        self.redraw()

    def refresh(self) -> None:
        """Read the layer anew."""
        if self.layer:
            self.show_layer(self.layer)

    def _stretch(self) -> None:
        """The table over most of the window, or back to the height it had."""
        window, dock = self.window(), self.parentWidget()
        if not isinstance(window, QMainWindow) or not isinstance(dock, QDockWidget):
            return
        tall = window.height() * 0.68
        wanted = self._low if self.height() > tall - theme().px(60) else round(tall)
        self._low = min(self.height(), round(tall) - theme().px(80))
        window.resizeDocks([dock], [wanted], Qt.Orientation.Vertical)

    def _dress(self) -> None:
        self.view.dress()
        self.columns.put_on()
        self.show_symbols()

    def redraw(self) -> None:
        self.view.viewport().update()
        self.view.frozen.viewport().update()

    # -- order and filter --------------------------------------------------------------------------------------------

    def query(self) -> RegisterQuery:
        """What is asked for now."""
        state = self.state
        rows = self.model.fids[self.model.chosen] if state.only_chosen else None
        out = self.lifted.hidden_ids()
        if len(out):
            left = self.model.fids[np.isin(self.model.fids, out, invert=True)]
            rows = left if rows is None else rows[np.isin(rows, left)]
        if state.only_late:
            late = self.model.late_ids()
            rows = late if rows is None else rows[np.isin(rows, late)]
        bounds = None
        if state.only_in_sight and self._map is not None:
            bounds = self._map.canvas.viewport.bounds
        return RegisterQuery(self.layer, tuple(state.conditions), state.text, tuple(state.sort), rows, bounds)

    def arrange(self) -> None:
        """Order and filter anew."""
        self._typing.stop()
        self._outdated = 0
        if self.layer:
            self.arranging.ask(self.query(), self.model.measured, self.model.total)
            self.tell_all()

    def _arranged(self, ids: RowIds) -> None:
        here = self.view.currentIndex()
        uid = self.model.uid(here.row()) if here.isValid() and here.row() < len(self.model.order) else ""
        with self.selection.held():
            self.model.show_rows(ids)
        self.mapped.arranged()
        self.tell_all()
        row = self.model.row_of(uid) if uid else None
        if row is None:
            row = self.model.first_chosen() or 0
        if self.model.rowCount():
            self.selection.go_to(row, max(here.column(), 0))

    def _typed(self, text: str) -> None:
        if self._busy:
            return
        self.state.text = text
        if self.model.total > 20_000:
            self._typing.start()
        else:
            self.arrange()

    def _toggled(self) -> None:
        if self._busy:
            return
        self.state.only_chosen = self.only_chosen.isChecked()
        self.state.only_in_sight = self.only_in_sight.isChecked()
        self.state.only_late = self.only_late.isChecked()
        self.arrange()

    def order_by(self, key: str, *, down: bool) -> None:
        self.state.order_by(key, descending=down)
        self.arrange()

    def unsort(self) -> None:
        """In the order of the file."""
        self.state.sort = []
        self.arrange()

    def choose_columns(self, keys: Sequence[str]) -> None:
        self.columns.choose(keys)
        self.measuring.settle()

    def _moved(self) -> None:
        if self.state.only_in_sight and self.isVisible():
            self._panning.start()

    def _sort(self, column: int, more: bool) -> None:
        self.state.turn(self.model.columns[column].key, more=more)
        self.arrange()

    def take_state(self, state: RegisterState) -> None:
        """Filter and order by another state at once."""
        self.state = state
        self._busy = True
        self.search.setText(state.text)
        self.only_chosen.setChecked(state.only_chosen)
        self.only_in_sight.setChecked(state.only_in_sight)
        self.only_late.setChecked(state.only_late)
        self._busy = False
        self.arrange()

    def clear_filters(self) -> None:
        """Show all rows again; the order stays."""
        self.take_state(RegisterState(sort=self.state.sort))

    def _note_outdated(self) -> None:
        """Rows changed under an order or a filter: they stay where they are until it is asked for anew."""
        if self.state.sort or self.state.narrows:
            self._outdated += 1
        self.tell_all()

    def tell_all(self) -> None:
        """How many rows of how many, what is chosen, and the marks of the head."""
        place = {one.key: index for index, one in enumerate(self.model.columns)}
        ordered = {
            place[one.field]: (rank, one.descending)
            for rank, one in enumerate(self.state.sort, 1)
            if one.field in place
        }
        filtered = frozenset(place[one.field] for one in self.state.conditions if one.field in place)
        for head in (self.view.head, self.view.frozen.head):
            head.tell(ordered, filtered)
        self.filters.tell()
        self.mapped.tell()
        chosen = int(self.model.chosen.sum())
        hidden = chosen - int(self.model.chosen[self.model.order].sum()) if chosen else 0
        self.tell(
            shown=len(self.model.order),
            total=self.model.total,
            chosen=chosen,
            hidden=hidden,
            narrowed=self.state.narrows,
            text=self.state.text.strip(),
            outdated=bool(self._outdated),
            waiting=self.arranging.busy,
            late=len(self.model.late_ids()),
            lifted=len(self.lifted.ids()),
            lifted_hidden=self.lifted.hidden,
        )

    def show_selected(self) -> None:
        """Bring the first selected row into sight, after the table has opened."""
        self.selection.follow()

    def chosen_uids(self) -> list[str]:
        return self.model.chosen_uids()

    # -- steps of the history ----------------------------------------------------------------------------------------

    def _changed(self, deltas: list[Delta]) -> None:
        ws = self.session.ws
        if ws is not None:
            for layer in {one.layer for one in deltas if one.before is None or one.after is None}:
                self.count_layer(layer, ws.count(layer))
        if not self.layer:
            return
        if any(one.layer == "style" for one in deltas):
            self.show_symbols()
        with self.selection.held():
            self.model.follow(deltas)
        self.measuring.follow(deltas)
        self.tell_all()
