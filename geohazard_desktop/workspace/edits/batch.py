"""Changing a field of many features in one step: set, clear, append, replace text, copy from a field, add a number.

A plan says beforehand how many really change, which keep what they have, and which can't be changed and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.edits.values import value_fault
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import LIST_SEPARATOR, Delta, Edit, Feature, Value, changed, split_list
from geohazard_desktop.workspace.kept import kept_reason

Way = Literal["set", "clear", "append", "replace", "copy", "add"]
_TEXTS = ("text", "list")
_NUMBERS = ("integer", "real")


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to one field. `value` is the new value, what is appended, what is put in, the amount, or the name of
    the field that is copied from; `find` is the text that is replaced."""

    field: str
    way: Way = "set"
    value: Value = None
    find: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A feature that keeps what it has, because the new value may not stand in it."""

    feature: Feature
    sentence: str


@dataclass(slots=True)
class BatchPlan:
    """`edit` has a delta for each feature that really changes; `same` have the value already."""

    edit: Edit
    same: list[Feature] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.edit.deltas)


def ways_for(definition: LayerDefinition, name: str) -> tuple[Way, ...]:
    """The ways a field of this type can be changed in."""
    one = definition.by_name[name]
    ways: list[Way] = ["set"]
    if not one.required:
        ways.append("clear")
    if one.type == "list" or (one.type == "text" and not one.values):
        ways.append("append")
    if one.type in _TEXTS and not one.values:
        ways.append("replace")
    if one.type in _NUMBERS:
        ways.append("add")
    if copy_sources(definition, name):
        ways.append("copy")
    return tuple(ways)


def copy_sources(definition: LayerDefinition, name: str) -> list[FieldDefinition]:
    """Fields of the same layer whose values may stand in `name`. A personal one is never copied into a public one."""
    wanted = definition.by_name[name]
    found = []
    for one in definition.fields:
        if one.name == name or (definition.is_personal(one.name) and not definition.is_personal(name)):
            continue
        fits = one.type == wanted.type and one.target == wanted.target
        free_text = wanted.type == "text" and not wanted.values and one.type in ("text", "list", "date", "integer")
        if fits or free_text or (wanted.type == "real" and one.type == "integer"):
            found.append(one)
    return found


def plan_batch(
    definitions: Definitions, features: Sequence[Feature], changes: Sequence[Change], *, reason: str = ""
) -> BatchPlan:
    """One edit for all of `features` (of one layer), with `reason` in its words of the history.

    A feature of which one field can't take its value keeps all its values: half a change is none. Raises EditRefused
    for registers, unknown fields and a selection of several layers.
    """
    layers = {one.layer for one in features}
    if len(layers) != 1:
        raise EditRefused(_("选中的要素不在同一个图层，不能一起改。"), _("请只选一个图层的要素。"))
    definition = definitions[next(iter(layers))]
    if definition.append_only:
        raise EditRefused(_("{title}是只增不减的登记，不能改。").format(title=definition.title), _("请再记一条更正。"))
    if definition.reference:
        raise EditRefused(definition.why_fixed, _("要改请在它原来的文件里改，移除这一层，再添加一次。"))
    for change in changes:
        if change.field not in definition.by_name:
            raise EditRefused(
                _("{title}没有“{field}”这个字段。").format(title=definition.title, field=change.field),
                _("请核对字段名。"),
            )
        locked = kept_reason(definition.table, change.field)
        if locked:
            raise EditRefused(f"{locked}。", _("请在它的“过程”里登记下一步，或更正登记。"))
    deltas: list[Delta] = []
    same: list[Feature] = []
    refused: list[Refusal] = []
    for one in features:
        wanted = {change.field: _changed_value(definition, one, change) for change in changes}
        fault = next(filter(None, (_fault(definition, name, value) for name, value in wanted.items())), "")
        different = {name: value for name, value in wanted.items() if one.values.get(name) != value}
        if fault and different:
            refused.append(Refusal(one, f"{called(definitions, one)}：{fault}。"))
        elif different:
            deltas.append(changed(one, one.with_values(**different)))
        else:
            same.append(one)
    return BatchPlan(Edit(_words(definitions, definition, deltas, changes, reason), deltas), same, refused)


def _words(
    definitions: Definitions,
    definition: LayerDefinition,
    deltas: Sequence[Delta],
    changes: Sequence[Change],
    reason: str,
) -> str:
    named = called_all(definitions, [one.before for one in deltas if one.before is not None])
    titles = "、".join(dict.fromkeys(definition.by_name[one.field].title for one in changes))
    words = _("改{name}的{fields}").format(name=led(followed(named)), fields=titles)
    # A reason goes into the history, which everybody reads: the form says so beside the field.
    return _("{words}（{reason}）").format(words=words, reason=reason.strip()) if reason.strip() else words


def _changed_value(definition: LayerDefinition, feature: Feature, change: Change) -> Value:
    one = definition.by_name[change.field]
    before = feature.values.get(change.field)
    if change.way == "clear":
        return None
    if change.way == "copy":
        return _copied(one, feature.values.get(str(change.value)))
    if change.way == "add":
        return _added(one, before, change.value)
    if change.way == "append":
        return _appended(one, before, str(change.value or ""))
    if change.way == "replace":
        return (str(before).replace(change.find, str(change.value or "")) or None) if before and change.find else before
    return None if change.value == "" else change.value


def _copied(field: FieldDefinition, value: Value) -> Value:
    if value is None:
        return None
    if field.type == "real" and isinstance(value, int):
        return float(value)
    return str(value) if field.type == "text" else value


def _added(field: FieldDefinition, before: Value, amount: Value) -> Value:
    # An empty number is not nought: nothing is added to what nobody knows.
    if isinstance(before, bool) or not isinstance(before, int | float) or not isinstance(amount, int | float):
        return before
    total = before + amount
    return int(total) if field.type == "integer" and float(total).is_integer() else total


def _appended(field: FieldDefinition, before: Value, more: str) -> Value:
    if field.type == "list":
        parts = dict.fromkeys([*split_list(before), *split_list(more)])
        return LIST_SEPARATOR.join(parts) or None
    text = str(before or "")
    if not more or text.endswith(more):
        return before
    return text + more


def _fault(definition: LayerDefinition, name: str, value: Value) -> str:
    field = definition.by_name[name]
    if field.required and value is None:
        return _("“{title}”必须填").format(title=field.title)
    return value_fault(field, value) or ""
