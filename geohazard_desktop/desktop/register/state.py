"""What a person asks of one register: filters, search, order. Kept while the window is open; saved under a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geohazard_desktop.workspace.register_query import Condition, SortKey, condition_data, condition_of


@dataclass(slots=True)
class RegisterState:
    conditions: list[Condition] = field(default_factory=list)
    text: str = ""
    sort: list[SortKey] = field(default_factory=list)
    only_chosen: bool = False
    only_in_sight: bool = False
    only_late: bool = False

    @property
    def narrows(self) -> bool:
        """Whether rows may be left out."""
        return bool(self.conditions or self.text.strip() or self.only_chosen or self.only_in_sight or self.only_late)

    def turn(self, key: str, *, more: bool) -> None:
        """A click on a head: up, down, not at all. `more`: beside the columns that are in the order already."""
        own = next((one for one in self.sort if one.field == key), None)
        following: SortKey | None = SortKey(key, descending=own is not None)
        if own is not None and own.descending:
            following = None
        if not more:
            self.sort = [following] if following is not None else []
        elif own is None and following is not None:
            self.sort = [*self.sort, following]
        else:
            self.sort = [one for old in self.sort if (one := following if old is own else old) is not None]

    def order_by(self, key: str, *, descending: bool) -> None:
        self.sort = [SortKey(key, descending)]

    def put(self, key: str, condition: Condition | None) -> None:
        """The condition on a column, in place of the one it has; None takes it off."""
        self.conditions = [one for one in self.conditions if one.field != key]
        if condition is not None:
            self.conditions.append(condition)

    def data(self) -> dict[str, Any]:
        """As JSON holds it. What is chosen and what is in sight belongs to the moment and is not saved."""
        return {
            "conditions": [condition_data(one) for one in self.conditions],
            "text": self.text,
            "sort": [[one.field, one.descending] for one in self.sort],
            **({"late": True} if self.only_late else {}),
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "RegisterState":
        """Raises ValueError for what `data` never made."""
        try:
            conditions = [condition_of(one) for one in data.get("conditions", ())]
            sort = [SortKey(str(name), bool(descending)) for name, descending in data.get("sort", ())]
        except (TypeError, AttributeError) as error:
            raise ValueError(f"no filter: {data}") from error
        return cls(conditions, str(data.get("text", "")), sort, only_late=data.get("late") is True)
