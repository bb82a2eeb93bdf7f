"""Nothing is drawn twice: what lies exactly on itself is counted twice and seen once."""

from collections.abc import Iterator

import shapely

from geohazard_desktop.analysis.counted_today import HOUSEHOLDS, counts_today
from geohazard_desktop.analysis.parameters import parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature

RULE = "duplicate_features"
TITLE = _("重复的要素")
_OWN = ("id", "source", "surveyed_on", "remark", "schematic")  # what copies of one thing may differ in


def find(office: Office) -> Iterator[Finding]:
    apart = set(parameter_list(RULE, "layers_where_many_stand_at_one_place"))
    for definition in office.layers:
        if definition.geometry == "none" or not (office.focus is None or office.focus.get(definition.table)):
            continue
        for group in _groups(office, definition.table):
            first, *rest = group
            for one in rest:
                if not (counts_today(one, office.today) and counts_today(first, office.today)):
                    continue  # who moved away may have had a successor behind the same door
                if definition.table in apart and not alike(first, one):
                    continue  # several households behind one door
                if not (office.is_judged(one) or office.is_judged(first)):
                    continue
                sentence = _("{name}和{other}的图形一模一样，可能画了两次，请核对后删去一个。").format(
                    name=office.called(one), other=office.called(first)
                )
                fix = _fix(office, one) if alike(first, one) else ""
                yield office.finding(RULE, one, sentence, others=(first,), fix=fix)


def _fix(office: Office, one: Feature) -> str:
    """A household that something speaks of, a paper at a door or its members, can't go: it is told to have left."""
    if one.layer != HOUSEHOLDS:
        return "delete_copy"
    for definition in office.ws.definitions.values():
        for field in definition.fields:
            refers = field.type == "reference" and field.target == one.layer
            if refers and office.ws.find(definition.table, field.name, one.uid):
                return "end_copy"
    return "delete_copy"


def _groups(office: Office, layer: str) -> list[list[Feature]]:
    """Features with one and the same shape, in file order."""
    if office.focus is None:
        table = office.table(layer)
        shapes = [(index, one) for index, one in enumerate(table.geometries) if one is not None and not one.is_empty]
        same: dict[bytes, list[int]] = {}
        for (index, _shape), key in zip(shapes, _keys([shape for _index, shape in shapes]), strict=True):
            same.setdefault(key, []).append(index)
        return [[table.feature(index) for index in group] for group in same.values() if len(group) > 1]
    near = [one for one in office.around_judged(layer, 5.0) if one.geometry is not None]
    by_key: dict[bytes, list[Feature]] = {}
    for one, key in zip(near, _keys([one.geometry for one in near]), strict=True):
        by_key.setdefault(key, []).append(one)
    return [group for group in by_key.values() if len(group) > 1]


def _keys(shapes: list[object]) -> list[bytes]:
    """The same bytes for the same shape, to the millimetre, wherever its outline begins."""
    if not shapes:
        return []
    rounded = shapely.transform(shapes, lambda places: places.round(3))
    return list(shapely.to_wkb(shapely.normalize(rounded)))


def same_place(first: Feature, second: Feature) -> bool:
    """Whether two features have one and the same shape, to the millimetre; False where either has none."""
    shapes = [one.geometry for one in (first, second) if one.geometry is not None and not one.geometry.is_empty]
    return len(shapes) == 2 and len(set(_keys(list(shapes)))) == 1


def alike(first: Feature, second: Feature) -> bool:
    """Whether all that was registered of two features is the same, but what copies of one thing may differ in."""
    names = (set(first.values) | set(second.values)) - set(_OWN)
    return all((first.values.get(name) or None) == (second.values.get(name) or None) for name in names)
