"""The style under the hand in the style editor: a copy of the layer's mapping, judged after every change.

Nothing is stored here. What can be read is shown on the map at once; what can't keeps its sentence until it is mended.
"""

import copy
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from geohazard_desktop.cartography.class_styles import Plain
from geohazard_desktop.cartography.classes import Category, categories, rule_counts
from geohazard_desktop.cartography.copier import copier_warnings, doubts
from geohazard_desktop.cartography.style import Rule, Style
from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.domain.shape_measures import measure_of
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.ended_look import with_ended
from geohazard_desktop.workspace.feature import FeatureTable, Value

# What the shapes of features (by their uids) measure, a column for each name; measured when it is asked for.
Measure = Callable[[Sequence[str], Collection[str]], Mapping[str, list[Value]]]


class StyleDraft(QObject):
    """`changed` carries who changed it, so that a page need not fill itself anew; `chosen` that another rule or symbol
    layer is under the hand."""

    changed = Signal(object)
    chosen = Signal()

    def __init__(
        self,
        definition: LayerDefinition,
        mapping: Mapping[str, Any],
        table: FeatureTable,
        measure: Measure = lambda _uids, _names: {},
    ) -> None:
        super().__init__()
        self._measure = measure
        self.definition = definition
        self.geometry = definition.geometry
        self.table = table
        self.rule = 0
        self.symbol = 1_000  # the topmost: what is seen first is changed first
        self.fault: DefinitionInvalid | None = None
        self.text = ""  # as an expert wrote it, as long as nothing else changed it
        self.broken_text = ""  # text that can't be read; the mapping is the last one that could
        self._classified: tuple[tuple[object, ...], dict[int, int]] | None = None
        self._categories: dict[str, list[Category]] = {}
        self.take_stored(mapping)

    # -- the whole ---------------------------------------------------------------------------------------------------

    def take_stored(self, mapping: Mapping[str, Any], text: str = "") -> None:
        """Start from what is in the workspace."""
        self.stored = _plain(mapping)
        self.mapping = copy.deepcopy(self.stored)
        self.text, self.broken_text = text, ""
        self._clamp()
        self.style = Style.parse(self.mapping, self.definition.table, self.definition.title)
        self.fault = None
        self.changed.emit(None)

    def replace(self, mapping: Mapping[str, Any], who: object = None, text: str = "") -> None:
        """Another whole style: pasted, imported, typed. Raises DefinitionInvalid and changes nothing."""
        style = Style.parse(mapping, self.definition.table, self.definition.title)
        self.mapping, self.style, self.fault = _plain(mapping), style, None
        self.text, self.broken_text = text, ""
        self._clamp()
        self.changed.emit(who)

    def touch(self, who: object = None) -> None:
        """The mapping was changed in place: judge it, and tell everybody."""
        self.text = self.broken_text = ""
        self._clamp()
        try:
            self.style = Style.parse(self.mapping, self.definition.table, self.definition.title)
            self.fault = None
        except DefinitionInvalid as error:
            self.fault = error
        self.changed.emit(who)

    def break_text(self, text: str, fault: DefinitionInvalid) -> None:
        """The text page holds what can't be read."""
        self.broken_text, self.fault = text, fault
        self.changed.emit(self)

    def rebase(self, stored: Mapping[str, Any]) -> None:
        """What is stored has changed; what is under the hand stays."""
        self.stored = _plain(stored)
        self.changed.emit(None)

    def set_table(self, table: FeatureTable) -> None:
        """The layer's features have changed: counts follow at the next look."""
        self.table = table
        self._classified = None
        self._categories.clear()

    @property
    def dirty(self) -> bool:
        return bool(self.broken_text) or self.mapping != self.stored

    def warnings(self) -> list[str]:
        """What a copier loses, and what can't be found."""
        return [*doubts(self.style, self.definition), *copier_warnings(self.style, self.definition)]

    # -- rules -------------------------------------------------------------------------------------------------------

    @property
    def rules(self) -> list[Plain]:
        """Looking adds nothing: set `mapping["rule"]` where there is none yet."""
        found: list[Plain] = self.mapping.get("rule", [])
        return found

    def set_rules(self, rules: list[Plain], who: object = None, chosen: int = 0) -> None:
        """Other rules; those for what is over come back where they are missing."""
        whole = with_ended({"rule": rules}, self.definition)["rule"]
        self.mapping["rule"] = [_plain(one) for one in whole[: len(whole) - len(rules)]] + rules
        self.rule = chosen + len(whole) - len(rules)
        self.touch(who)

    def choose_rule(self, number: int) -> None:
        if number != self.rule and 0 <= number < len(self.rules):
            self.rule, self.symbol = number, max(0, len(self.rules[number].get("symbol", ())) - 1)
            self.chosen.emit()

    @property
    def current_rule(self) -> Plain | None:
        return self.rules[self.rule] if self.rule < len(self.rules) else None

    @property
    def parsed_rule(self) -> Rule | None:
        """The current rule as it is drawn, None where the mapping can't be read."""
        rules = self.style.rules
        return rules[self.rule] if self.fault is None and self.rule < len(rules) else None

    def counts(self) -> Mapping[int, int]:
        """How many features each rule draws; -1 for those that none names."""
        key = tuple(repr(one.wheres) for one in self.style.rules)
        if self._classified is None or self._classified[0] != key:
            self.take_measures(self.style.measures)
            rules = self.style.classified(self.table.columns, len(self.table))
            self._classified = key, dict(rule_counts(rules))
        return self._classified[1]

    def take_measures(self, names: Collection[str]) -> None:
        """The table gets the columns of these measures, where it has not got them yet."""
        lacking = {one for one in names if measure_of(one) is not None} - set(self.table.columns)
        if lacking:
            columns = {**self.table.columns, **self._measure(self.table.uids, lacking)}
            self.table = FeatureTable(self.table.layer, self.table.uids, self.table.geometries, columns)

    def first_rows(self, count: int, names: Collection[str]) -> FeatureTable:
        """The first `count` features with the columns of these measures, for an example: nothing else is measured."""
        table = self.table
        columns = {name: column[:count] for name, column in table.columns.items()}
        head = FeatureTable(table.layer, table.uids[:count], table.geometries[:count], columns)
        lacking = {one for one in names if measure_of(one) is not None} - set(columns)
        if lacking:
            columns |= {name: list(one) for name, one in self._measure(head.uids, lacking).items()}
        return head

    def column(self, name: str) -> Sequence[Value]:
        """A field's values, or what the shapes measure."""
        self.take_measures((name,))
        return self.table.columns.get(name, ())

    def categories(self, name: str) -> list[Category]:
        """A field's values with their counts, the definition's first; counted once."""
        if name not in self._categories:
            field = self.definition.by_name.get(name)
            self._categories[name] = categories(self.column(name), field.values if field is not None else ())
        return self._categories[name]

    def sample(self, number: int) -> dict[str, Value]:
        """Values that fill the braces of a rule's marker: of its condition, else the first value of each field."""
        values: dict[str, Value] = {one.name: one.values[0] for one in self.definition.fields if one.values}
        if number < len(self.style.rules):
            where = self.style.rules[number].where
            if where is not None and where.values:
                values[where.field] = where.values[0]
        return values

    # -- symbol layers -----------------------------------------------------------------------------------------------

    @property
    def symbols(self) -> list[Plain]:
        rule = self.current_rule
        if rule is None:
            return []
        found: list[Plain] = rule.get("symbol", [])
        return found

    @property
    def current_symbol(self) -> Plain | None:
        return self.symbols[self.symbol] if self.symbol < len(self.symbols) else None

    def choose_symbol(self, number: int) -> None:
        if number != self.symbol and 0 <= number < len(self.symbols):
            self.symbol = number
            self.chosen.emit()

    def _clamp(self) -> None:
        rules = self.mapping.get("rule", [])
        rules = rules if isinstance(rules, list) else []
        self.rule = max(0, min(self.rule, len(rules) - 1))
        symbols = rules[self.rule].get("symbol", []) if rules else []
        self.symbol = max(0, min(self.symbol, len(symbols) - 1))


def _plain(value: Any) -> Any:
    """A copy of plain lists and dicts, whatever library made them."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value
