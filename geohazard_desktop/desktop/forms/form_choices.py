"""What a form asks the workspace for: whom a reference can name, how it is shown, what is doubtful about a value."""

from collections.abc import Callable

from geohazard_desktop.analysis.counted_today import counted_table, counts_today
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.feature_facts import name_of
from geohazard_desktop.desktop.forms.field_editors import Judges
from geohazard_desktop.desktop.forms.reference_input import Choice
from geohazard_desktop.domain.codes import phone_doubt, unified_code_doubt
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.taken_numbers import number_fault
from geohazard_desktop.workspace.workspace import Workspace

_MOST_NAMES = 12  # that a sentence lists


def choices_near(ws: Workspace, layer: str, feature: Feature | None) -> list[Choice]:
    """Every feature of `layer` that counts today by name and number, nearest to `feature` first where both have a
    place: a closed shelter is no goal of a route."""
    here = feature.geometry if feature is not None else None
    table = counted_table(ws.table(layer))
    found = []
    for one in table:
        if feature is not None and (one.layer, one.uid) == (feature.layer, feature.uid):
            continue
        metres = None
        if here is not None and one.geometry is not None and not here.is_empty and not one.geometry.is_empty:
            metres = float(here.distance(one.geometry))
        found.append(Choice(one.uid, name_of(ws, one), metres))
    return sorted(found, key=lambda one: (one.metres is None, one.metres or 0.0, one.words))


def words_of_reference(ws: Workspace, field: FieldDefinition, value: Value) -> str:
    """The referred feature's name; that it is gone, where it is; "" for fields that are no reference."""
    if field.type != "reference" or not isinstance(value, str) or not value:
        return ""
    target = ws.feature(field.target, value)
    if target is None:
        return _("（已不在）")
    over = "" if counts_today(target) else _("（已停用）") if target.layer == "shelter" else _("（已迁出）")
    return name_of(ws, target) + over


def doubt_about(ws: Workspace, feature: Feature, field: FieldDefinition, value: Value) -> str:
    """A sentence about a value that may stand but looks wrong; "" where nothing does."""
    if not isinstance(value, str):
        return ""
    if field.role == "phone":
        return phone_doubt(value)
    if field.role == "unified_code":
        others = [one for one in ws.find(feature.layer, field.name, value) if one.uid != feature.uid]
        if others:
            return _("{name} 也用这个{title}，请核对。").format(name=name_of(ws, others[0]), title=field.title)
        return unified_code_doubt(value, ws.setting("district.code"), feature.text("hazard_type"))
    names = street_names(ws, field)
    if names and value.strip() not in names:
        return _("本区没有叫“{name}”的{title}，请从名单里选：{names}。").format(
            name=value.strip(), title=field.title, names="、".join(names[:_MOST_NAMES])
        )
    return ""


def street_names(ws: Workspace, field: FieldDefinition) -> list[str] | None:
    """What the 街道（镇） of a feature is chosen from: the names of the subdistrict layer. None for other fields."""
    if field.name != "subdistrict" or field.type != "text" or "subdistrict" not in ws.definitions:
        return None
    named = (one.text("name").strip() for one in ws.attributes("subdistrict"))
    return list(dict.fromkeys(one for one in named if one)) or None


def judges_of(ws: Workspace, feature: Callable[[], Feature | None]) -> Judges:
    """What is said of the values of the feature that `feature` gives at the moment."""

    def doubt(field: FieldDefinition, value: Value) -> str:
        now = feature()
        return doubt_about(ws, now, field, value) if now is not None else ""

    def fault(field: FieldDefinition, value: Value) -> str:
        now = feature()
        return number_fault(ws, now, field, value) if now is not None else ""

    return Judges(doubt, fault, lambda field: street_names(ws, field))
