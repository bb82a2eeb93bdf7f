"""What is different between a paper as it was printed and as it would be printed today, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any, get_args, get_type_hints

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.forms import HOUSEHOLD_CARD, LARGE_PRINT, WORK_CARD, HouseholdCard, WorkCard
from geohazard_desktop.publishing.form_fields import Form
from geohazard_desktop.publishing.issues.kept_paper import Paper, without_issue
from geohazard_desktop.publishing.issues.part_changes import labels_of, list_changes, unit_of
from geohazard_desktop.publishing.issues.told_changes import (
    plain_words,
    row_changes,
    texts_changes,
    texts_of,
    told_change,
    words_on_maps,
)
from geohazard_desktop.publishing.typeset.printed_names import Names

_FORMS: Mapping[str, type[Form]] = {
    HOUSEHOLD_CARD: HouseholdCard,
    LARGE_PRINT: HouseholdCard,
    WORK_CARD: WorkCard,
}
# Of further papers, imported when they are compared.
_OF_TEMPLATE: Mapping[str, tuple[str, str]] = {
    "map_sheet": ("sheets.map_forms:MapSheet", "sheets"),
    "zone_notice": ("papers.zone_notice:ZoneNotice", ""),
    "sign_board": ("papers.sign_board:SignBoard", "sign"),
    "door_sticker": ("papers.door_sticker:DoorSticker", "stickers"),
    "plan_table": ("papers.plan_table:PlanTable", ""),
    "drill_script": ("papers.drill_script:DrillScript", ""),
    "calling_list": ("papers.calling_forms:CallingList", "form"),
    "hazard_list": ("papers.hazard_list:HazardList", "form"),
}


def changes_of(
    before: Paper, after: Paper, names: Names = None, shown: Sequence[str] = (), *, named: bool = True
) -> list[str]:
    """One clause a change: "监测人联系电话：139 0000 0001 改成 139 0000 0002". They may hold personal data. `names` are
    those that the templates print: nothing else is told. `shown` are clauses on the features (`shown_changes`): what
    moved comes first, values by the labels of the paper before those of the layers, tables last; nothing is said twice.
    Names on the map, which make room for each other, are told where nothing else is, and `named` wants them.

    Empty where both say the same and their maps have the same words.
    """
    old, new = without_issue(before.data, names), without_issue(after.data, names)
    form, where = _form(after.template)
    moved = [one for one in shown if _CHANGED not in one]
    values = [one for one in shown if _CHANGED in one]
    single: list[str] = []
    tables: list[str] = []
    if form is not None:
        for pair in zip(_held(old, where), _held(new, where), strict=False):
            single += _changes(form, *pair, lists=False)
            tables += _changes(form, *pair, lists=True)
    found = once([*moved, *single, *values, *tables, *row_changes(old, new)])
    if not found and texts_of(old) != texts_of(new):
        found = list(texts_changes(_("纸上的字"), texts_of(old), texts_of(new)))
    return found or (list(words_on_maps(before, after)) if named else [])


def once(clauses: Sequence[str]) -> list[str]:
    """Each change once: "966 改成 200" of a shelter is not told again for each route that leads there."""
    found: dict[str, str] = {}
    for one in clauses:
        found.setdefault(one.partition("：")[2] if _CHANGED in one else one, one)
    return list(found.values())


def _form(template: str) -> tuple[type[Form] | None, str]:
    """The form that a template takes, and under which key of its data."""
    if template in _FORMS:
        return _FORMS[template], "cards"
    module, _colon, name = _OF_TEMPLATE.get(template, ("", "", ""))[0].partition(":")
    if not module:
        return None, ""
    form: type[Form] = getattr(import_module(f"geohazard_desktop.publishing.{module}"), name)
    return form, _OF_TEMPLATE[template][1]


def _held(data: Mapping[str, Any], where: str) -> list[Any]:
    found = data.get(where) if where else data
    return list(found) if isinstance(found, list | tuple) else [] if found is None else [found]


def _changes(
    form: type[Form], old: Mapping[str, Any], new: Mapping[str, Any], within: str = "", *, lists: bool
) -> Iterator[str]:
    """Of the fields that hold one value; `lists`: of those that hold several parts."""
    hints = get_type_hints(form)
    for one in fields(form):  # type: ignore[arg-type]
        was, now = old.get(one.name), new.get(one.name)
        if was == now or one.name == "map":  # a map is compared by its words and by what it shows
            continue
        title = _(one.metadata["label"]) if one.metadata.get("label") else ""
        inner = _inner(hints[one.name])
        several = _items(was) or _items(now)
        if one.name == "issue":
            yield from () if lists else _marks(was or {}, now or {})
        elif inner is not None and isinstance(was, Mapping) and isinstance(now, Mapping):
            yield from _changes(inner, was, now, _TEAMS.get(one.name, ""), lists=lists)
        elif title and several and lists:
            yield from list_changes(within + title, was or [], now or [], labels_of(hints[one.name]))
        elif title and not several and not lists:
            yield told_change(within + title, was, now, unit_of(one.name))


def _items(value: Any) -> bool:
    """Whether it is a list of several parts, and no emphasised text."""
    return isinstance(value, list) and plain_words(value) is None


_CHANGED = "改成"
_TEAMS = {"rescue": _("抢险排险"), "security": _("治安保卫"), "medical": _("医疗救护"), "back": ""}


def _marks(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for key, title in (("duty_phone", _("值班电话")), ("offices", _("编发单位")), ("duty_office", _("值班单位"))):
        if was.get(key) != now.get(key):
            yield told_change(title, was.get(key), now.get(key))
    if was.get("schematic") != now.get("schematic"):
        yield _("加了“示意数据”标记") if now.get("schematic") else _("去掉了“示意数据”标记")
    if was.get("drafts") != now.get("drafts"):
        yield _("“拟划”标记有变")


def _inner(hint: Any) -> type[Form] | None:
    """The form that a field holds alone, None for values, lists, and where the hint names no form with fields (`Form`
    itself, for a sheet's layout)."""
    if getattr(hint, "__origin__", None) is tuple:
        return None
    hints = (hint,) if isinstance(hint, type) else get_args(hint)
    return next((one for one in hints if isinstance(one, type) and issubclass(one, Form) and is_dataclass(one)), None)
