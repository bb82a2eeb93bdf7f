"""What hangs on a feature and goes with a copy of it: rows that can't be without it (a household's members), and its
photos. Who merely refers to it (a route to its shelter) stays with the original, and that is said."""

from collections.abc import Mapping, Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.delete import referring
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits.attachments import ATTACHMENTS
from geohazard_desktop.workspace.edits.wording import called_all, followed, led
from geohazard_desktop.workspace.feature import Feature, Value, new_uid
from geohazard_desktop.workspace.workspace import Workspace

_FEW = 20  # beyond this, reading a layer once is quicker than asking for each feature


def hanging_of(ws: Workspace, features: Sequence[Feature]) -> Mapping[str, Sequence[Feature]]:
    """The rows that hang on each of `features` by its uid, as they are now."""
    found: dict[str, list[Feature]] = {}
    wanted = {one.uid for one in features}
    layers = {one.layer for one in features}
    for definition in ws.definitions.values():
        field = _tie(definition, layers)
        if not field:
            continue
        if len(wanted) <= _FEW:
            rows = [one for uid in wanted for one in ws.find(definition.table, field, uid)]
        else:
            rows = list(ws.table(definition.table))
        for row in rows:
            if row.text(field) in wanted:
                found.setdefault(row.text(field), []).append(row)
    return found


def hung_on(ws: Workspace, rows: Sequence[Feature], copy: Feature) -> list[Feature]:
    """The same rows for a copy in the same layer, with uids of their own."""
    made = []
    for row in rows:
        definition = ws.definitions[row.layer]
        field = _tie(definition, {copy.layer})
        if field:
            values: dict[str, Value] = {**row.values, field: copy.uid}
            if definition.letter:
                values.pop("id", None)
            made.append(Feature(row.layer, new_uid(), row.geometry, values))
    return made


def copied_words(ws: Workspace, originals: Sequence[Feature], hung: Sequence[Feature]) -> str:
    """Sentences about what came along, and about what goes on pointing at the originals that are still there."""
    definitions = ws.definitions
    sentences = []
    if hung:
        sentences.append(_("一起复制了{rows}。").format(rows=led(called_all(definitions, hung))))
    there = [one for one in originals if ws.feature(one.layer, one.uid) is not None]
    people = [one for one in hung if one.layer != ATTACHMENTS]
    if people and there:
        sentences.append(
            _("同样的{titles}现在登记在两处，人数会算两遍，请改掉不对的。").format(titles=_titles(ws, people))
        )
    left = [one for one in referring(ws, there) if not definitions[one.layer].append_only] if there else []
    left = [one for one in left if not _tie(definitions[one.layer], {each.layer for each in there})]
    left = [one for one in left if not definitions[one.layer].helper]
    if left:
        sentences.append(_("{names}还指着原来的，没有跟着复制。").format(names=followed(called_all(definitions, left))))
    return "".join(sentences)


def hanging_titles(ws: Workspace, layer: str) -> list[str]:
    """What can hang on features of a layer beside photos: 家庭成员."""
    found = (one for one in ws.definitions.values() if one.table != ATTACHMENTS and _tie(one, {layer}))
    return [one.title for one in found]


def _tie(definition: LayerDefinition, layers: set[str]) -> str:
    """The field by which rows of a layer hang on features of one of `layers`; "" where they don't."""
    if definition.table == ATTACHMENTS:
        return "target_uid"
    if definition.append_only or definition.geometry != "none":
        return ""
    ties = (one for one in definition.fields if one.type == "reference" and one.required and one.target in layers)
    return next((one.name for one in ties), "")


def _titles(ws: Workspace, rows: Sequence[Feature]) -> str:
    return "、".join(dict.fromkeys(ws.definitions[one.layer].title for one in rows))
