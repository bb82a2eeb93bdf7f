"""What is different between a paper as it was printed and as it would be printed today, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from importlib import import_module
from typing import Any, get_args, get_type_hints

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.card_forms import HouseholdCard, WorkCard
from geohazard_desktop.publishing.form_fields import Form
from geohazard_desktop.publishing.forms import HOUSEHOLD_CARD, LARGE_PRINT, WORK_CARD
from geohazard_desktop.publishing.kept_paper import Paper, without_issue
from geohazard_desktop.workspace.definition import read_definitions

_FORMS: Mapping[str, type[Form]] = {
    HOUSEHOLD_CARD: HouseholdCard,
    LARGE_PRINT: HouseholdCard,
    WORK_CARD: WorkCard,
}
# Of further papers, imported when they are compared.
_OF_TEMPLATE: Mapping[str, tuple[str, str]] = {
    "map_sheet": ("map_forms:MapSheet", "sheets"),
    "zone_notice": ("zone_notice:ZoneNotice", ""),
    "sign_board": ("sign_board:SignBoard", "sign"),
    "door_sticker": ("door_sticker:DoorSticker", "stickers"),
    "plan_table": ("plan_table:PlanTable", ""),
    "drill_script": ("drill_script:DrillScript", ""),
    "hazard_list": ("hazard_list:HazardList", "form"),
}
_MOST_NAMED = 4
_LONGEST = 40  # characters of a value that are told


def changes_of(before: Paper, after: Paper) -> list[str]:
    """One clause a field: "监测人联系电话：139 0000 0001 改成 139 0000 0002". They may hold personal data.

    Empty where both say and show the same.
    """
    old, new = without_issue(before.data), without_issue(after.data)
    form, where = _form(after.template)
    found = _shown_changes(before, after)
    if form is not None:
        pairs = zip(_held(old, where), _held(new, where), strict=False)
        told = dict.fromkeys(words for one, other in pairs for words in _changes(form, one, other))
        found += [one for one in told if not any(other.startswith(one) for other in found)]
    if old != new and not found:
        found = [_("版面上的内容有变")]
    if not found and dict(before.pictures) != dict(after.pictures):
        found.append(_("图上画的内容有变"))
    return found


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


def _shown_changes(before: Paper, after: Paper) -> list[str]:
    """Which of the features on a sheet are others; a few of them by name."""
    if not before.shows or not after.shows:
        return []
    told = []
    for words, keys in (
        (_("{title}有变：{names}"), [one for one in after.shows if one in before.shows]),
        (_("新增{title}：{names}"), [one for one in after.shows if one not in before.shows]),
        (_("少了{title}：{names}"), [one for one in before.shows if one not in after.shows]),
    ):
        by_layer: dict[str, list[str]] = {}
        for key in keys:
            was, now = before.shows.get(key), after.shows.get(key)
            if was is None or now is None or list(was)[1] != list(now)[1]:
                by_layer.setdefault(key.partition(" ")[0], []).append((now or was or ("",))[0])
        for layer, names in by_layer.items():
            known = [one for one in names if one][:_MOST_NAMED]
            more = _("等 {count} 个").format(count=len(names)) if len(names) > len(known) else ""
            told.append(words.format(title=_layer_title(layer), names="、".join(known) + more))
    return told


def _layer_title(layer: str) -> str:
    return read_definitions()[layer].title if layer in read_definitions() else layer


def _changes(form: type[Form], old: Mapping[str, Any], new: Mapping[str, Any], within: str = "") -> Iterator[str]:
    hints = get_type_hints(form)
    for one in fields(form):  # type: ignore[arg-type]
        was, now = old.get(one.name), new.get(one.name)
        if was == now:
            continue
        title = _(one.metadata["label"]) if one.metadata.get("label") else ""
        inner = _inner(hints[one.name])
        if one.name == "issue":
            yield from _marks(was or {}, now or {})
        elif inner is not None and isinstance(was, Mapping) and isinstance(now, Mapping) and one.name != "map":
            yield from _changes(inner, was, now, _TEAMS.get(one.name, ""))
        elif title:
            yield _told(within + title, was, now)


_TEAMS = {"rescue": _("抢险排险"), "security": _("治安保卫"), "medical": _("医疗救护"), "back": ""}


def _marks(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for key, title in (("duty_phone", _("值班电话")), ("offices", _("编发单位")), ("duty_office", _("值班单位"))):
        if was.get(key) != now.get(key):
            yield _told(title, was.get(key), now.get(key))
    if was.get("schematic") != now.get("schematic"):
        yield _("加了“示意数据”标记") if now.get("schematic") else _("去掉了“示意数据”标记")
    if was.get("drafts") != now.get("drafts"):
        yield _("“拟划”标记有变")


def _told(title: str, was: Any, now: Any) -> str:
    old, new = _plain(was), _plain(now)
    if old is None or new is None:
        return _("{title}有变").format(title=title)
    return _("{title}：{old} 改成 {new}").format(title=title, old=old or _("空"), new=new or _("空"))


def _plain(value: Any) -> str | None:
    """A value as short text; None for one of several parts."""
    if value is None:
        return ""
    if isinstance(value, list) and value and all(isinstance(one, Mapping) and set(one) == {"t", "b"} for one in value):
        value = "".join(one["t"] for one in value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _inner(hint: Any) -> type[Form] | None:
    """The form that a field holds alone, None for values and lists."""
    if isinstance(hint, type):
        return hint if issubclass(hint, Form) else None
    if getattr(hint, "__origin__", None) is tuple:
        return None
    return next((one for one in get_args(hint) if isinstance(one, type) and issubclass(one, Form)), None)
