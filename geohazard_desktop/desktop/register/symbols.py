"""The map's own symbol of each row, kept by what the style asks of the row's values."""

import re

from PySide6.QtGui import QPixmap

from geohazard_desktop.cartography.style import Rule, Style
from geohazard_desktop.desktop.register.model import Values
from geohazard_desktop.desktop.swatches import tile
from geohazard_desktop.workspace.feature import Value

_FIELDS = re.compile(r"\{(\w+)\}")


class RowSymbols:
    """Of one layer in its style; None where no rule of the style matches, as on the map."""

    def __init__(self, style: Style | None, geometry: str) -> None:
        self._style, self._geometry = style, geometry
        self._made: dict[tuple[int, float, tuple[Value, ...]], QPixmap] = {}
        self._asked: dict[int, tuple[str, ...]] = {}

    def pixmap(self, values: Values, ratio: float) -> QPixmap | None:
        rule = None if self._style is None else self._style.rule_for(values)
        if rule is None or not rule.symbols:
            return None
        key = (id(rule), ratio, tuple(values.get(name) for name in self._fields(rule)))
        if key not in self._made:
            self._made[key] = tile(rule, self._geometry, ratio, values)
        return self._made[key]

    def _fields(self, rule: Rule) -> tuple[str, ...]:
        """Which values change the symbol of a rule."""
        if id(rule) not in self._asked:
            names: dict[str, None] = {}
            for one in rule.of_kind("marker"):
                names.update(dict.fromkeys(_FIELDS.findall(one.name)))
                if one.size_by is not None:
                    names[one.size_by.field] = None
            self._asked[id(rule)] = tuple(names)
        return self._asked[id(rule)]
