"""What pasting would do, reckoned before it is done: which cells change, which stay, which can't take the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import read_value
from geohazard_desktop.desktop.register.columns import RegisterColumn, cell_words
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.edits import value_fault
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.taken_numbers import NUMBER, number_fault
from geohazard_desktop.workspace.workspace import Workspace

_TRUE, _FALSE = ("是", "true", "1", "√", "有", "yes"), ("否", "false", "0", "×", "无", "no")


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: whose, which column, and the words before and after."""

    uid: str
    row: str
    column: str
    before: str
    after: str
    value: Value


@dataclass(slots=True)
class CellPlan:
    """`same` cells hold the value already; `faults` are (row, column, sentence); `outside` texts met no cell."""

    changes: list[CellChange] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)  # title by key, of those that change
    keys: list[str] = field(default_factory=list)  # the key of each change
    same: int = 0
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    outside: int = 0

    def values(self) -> Mapping[str, dict[str, Value]]:
        """By uid: the values to set."""
        found: dict[str, dict[str, Value]] = {}
        for key, one in zip(self.keys, self.changes, strict=True):
            found.setdefault(one.uid, {})[key] = one.value
        return found


class Planner:
    """Reads texts as values of a column's type; looks up whom a reference names once for each layer."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._named: dict[str, dict[str, list[str]]] = {}
        self._called: dict[str, dict[str, str]] = {}
        self._given: dict[tuple[str, str], str] = {}  # by layer and number: which feature this step gives it to
        self.plan = CellPlan()

    def put_text(self, feature: Feature, name: str, column: RegisterColumn, lock: str, text: str) -> None:
        """A text that is to stand in a cell; `name` is what the row is called."""
        if lock or column.field is None:
            self.plan.faults.append((name, column.title, lock or _("由图形算出，不能改。")))
            return
        value, fault = self._read(column.field, text)
        if fault:
            self.plan.faults.append((name, column.title, fault))
        else:
            self.put(feature, name, column, value)

    def put(self, feature: Feature, name: str, column: RegisterColumn, value: Value) -> None:
        """A value that is to stand in a cell."""
        assert column.field is not None
        now = None if feature[column.key] == "" else feature[column.key]
        taken = "" if now == value else self._taken(feature, column.field, value)
        if now == value:
            self.plan.same += 1
        elif taken:
            self.plan.faults.append((name, column.title, taken))
        elif value is None and column.field.required:
            self.plan.faults.append((name, column.title, _("这一列必须填，不能清空。")))
        else:
            before, after = self._words(column, now), self._words(column, value)
            self.plan.changes.append(CellChange(feature.uid, name, column.title, before, after, value))
            self.plan.keys.append(column.key)
            self.plan.columns[column.key] = column.title

    def _taken(self, feature: Feature, field: FieldDefinition, value: Value) -> str:
        """Why a number can't be given: another feature has it, or an earlier row of what is put in gets it."""
        if field.name != NUMBER or not value:
            return ""
        given = self._given.setdefault((feature.layer, str(value)), feature.uid)
        if given != feature.uid:
            return _("编号 {number} 在这一批里写了两次，没有改。").format(number=value)
        return number_fault(self._ws, feature, field, value)

    def _read(self, field: FieldDefinition, text: str) -> tuple[Value, str]:
        plain = text.strip()
        if not plain or plain == "—":
            return None, ""
        if field.type == "reference":
            return self._referred(field, plain)
        if field.type == "boolean":
            lower = plain.lower()
            if lower in _TRUE or lower in _FALSE:
                return lower in _TRUE, ""
            return None, _("“{text}”不是是或否。").format(text=plain)
        value = read_value(field, text)
        fault = value_fault(field, value)
        return value, f"{fault}。" if fault else ""

    def _referred(self, field: FieldDefinition, text: str) -> tuple[Value, str]:
        """By number, by name, or by both as the table shows them."""
        found = self._names(field.target).get(text) or self._names(field.target).get(text.rsplit("　", maxsplit=1)[-1])
        title = self._ws.definitions[field.target].title
        if not found:
            return None, _("没有叫“{text}”的{title}。").format(text=text, title=title)
        if len(found) > 1:
            return None, _("有 {count} 个{title}叫“{text}”，请写编号。").format(
                count=len(found), title=title, text=text
            )
        return found[0], ""

    def _names(self, layer: str) -> dict[str, list[str]]:
        if layer not in self._named:
            named: dict[str, list[str]] = {}
            called: dict[str, str] = {}
            for one in self._ws.attributes(layer):
                for word in dict.fromkeys((one.text("id"), one.text("name"), one.text("head"), one.uid)):
                    if word:
                        named.setdefault(word, []).append(one.uid)
                called[one.uid] = one.text("name") or one.text("head") or one.text("id")
            self._named[layer], self._called[layer] = named, called
        return self._named[layer]

    def _words(self, column: RegisterColumn, value: Value) -> str:
        if column.field is not None and column.field.type == "reference" and value:
            self._names(column.field.target)
            return self._called[column.field.target].get(str(value), str(value))
        return cell_words(column, value)


def without_heading(rows: list[list[str]], columns: Sequence[RegisterColumn]) -> list[list[str]]:
    """The rows without a first one that repeats the heads of `columns`: what this table copied comes with its heads."""
    heads = [{one.title, one.heading} for one in columns]
    first = rows[0] if rows else []
    named = bool(first) and all(cell.strip() in heads[at] for at, cell in enumerate(first) if at < len(heads))
    return rows[1:] if named and len(rows) > 1 else rows
