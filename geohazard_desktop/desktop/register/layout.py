"""Which columns of a register are shown, in which order and how wide: kept for each layer in the preferences."""

from collections.abc import Mapping, Sequence
from typing import Any

from geohazard_desktop.desktop.preferences import Preferences
from geohazard_desktop.desktop.register.columns import TITLE, first_shown
from geohazard_desktop.desktop.register.model import RegisterModel
from geohazard_desktop.desktop.register.view import RegisterView
from geohazard_desktop.desktop.theme import theme

_FIRST_WIDTH = 250


class RegisterLayout:
    """What the preferences say about one register's columns, put on the view and read from it."""

    def __init__(self, liked: Preferences, model: RegisterModel, view: RegisterView) -> None:
        self._liked, self._model, self._view = liked, model, view
        self._quiet = False
        view.head.sectionResized.connect(lambda *_sizes: self._keep())
        view.head.sectionMoved.connect(lambda *_places: self._keep())

    def of(self, layer: str) -> dict[str, Any]:
        """The layer's own part of the preferences, to be changed in place."""
        kept = self._liked.registers.setdefault(layer, {})
        if not isinstance(kept, dict):
            kept = self._liked.registers[layer] = {}
        return kept

    def put_on(self) -> None:
        """Columns as they were left last time; those that are new in the layer stand in their place, hidden or not as
        at first."""
        definition = self._model.definition
        if definition is None:
            return
        columns = self._model.columns
        kept = self.of(definition.table)
        place = {one.key: index for index, one in enumerate(columns)}
        shown = _texts(kept.get("columns")) or first_shown(definition, columns)
        shown = [key for key in shown if key in place] or first_shown(definition, columns)
        widths = kept.get("widths")
        self.show(shown, widths if isinstance(widths, Mapping) else {})

    def show(self, keys: Sequence[str], widths: Mapping[str, Any]) -> None:
        """Show these columns in this order, the naming one first whatever is asked."""
        self._quiet = True
        columns, head = self._model.columns, self._view.head
        place = {one.key: index for index, one in enumerate(columns)}
        wanted = [TITLE, *(place[key] for key in keys if place[key] != TITLE)]
        for target, column in enumerate(wanted):
            head.moveSection(head.visualIndex(column), target)
        for index, one in enumerate(columns):
            self._view.setColumnHidden(index, index not in wanted)
            width = widths.get(one.key)
            usual = _FIRST_WIDTH if index == TITLE else one.width()
            self._view.setColumnWidth(index, theme().px(width if isinstance(width, int) and width > 20 else usual))
        self._quiet = False

    def choose(self, keys: Sequence[str]) -> None:
        """Show these columns from now on."""
        self.show(keys, self._widths())
        self._keep()

    def shown(self) -> list[str]:
        return [self._model.columns[one].key for one in self._view.shown_columns()]

    def reset(self) -> None:
        """As nobody had ever chosen."""
        kept = self.of(self._model.layer)
        kept.pop("columns", None)
        kept.pop("widths", None)
        self.put_on()

    def _widths(self) -> dict[str, int]:
        scale = theme().px(1000) / 1000
        kept = self.of(self._model.layer).get("widths")
        found = {key: width for key, width in kept.items() if isinstance(width, int)} if isinstance(kept, dict) else {}
        for column in self._view.shown_columns():
            found[self._model.columns[column].key] = round(self._view.columnWidth(column) / scale)
        return found

    def _keep(self) -> None:
        if self._quiet or self._model.definition is None:
            return
        kept = self.of(self._model.layer)
        kept["columns"], kept["widths"] = self.shown(), self._widths()


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
