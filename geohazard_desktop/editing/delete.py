"""Deleting what is selected, in one step with what hangs on it. Done at once: undo brings all of it back."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.tool import ToolContext
from geohazard_desktop.workspace.edits import delete_features
from geohazard_desktop.workspace.edits.attachments import ATTACHMENTS, with_photos
from geohazard_desktop.workspace.edits.labels import LABELS, with_labels
from geohazard_desktop.workspace.feature import Edit, Feature
from geohazard_desktop.workspace.workspace import Workspace


def referring(ws: Workspace, features: Sequence[Feature]) -> list[Feature]:
    """Every feature that refers to one of `features`, each once."""
    found: dict[tuple[str, str], Feature] = {}
    targets = {one.layer for one in features}
    uids = {one.uid for one in features}
    for definition in ws.definitions.values():
        fields = [one.name for one in definition.fields if one.type == "reference" and one.target in targets]
        if not fields:
            continue
        if len(features) <= _FEW:
            rows = [one for name in fields for uid in uids for one in ws.find(definition.table, name, uid)]
        else:
            rows = [one for one in ws.table(definition.table) if any(one.text(name) in uids for name in fields)]
        found |= {(one.layer, one.uid): one for one in rows}
    return list(found.values())


BASE_GROUP = "底图"  # the definitions' own word for boundaries, names and water that the office was given


def of_the_base(ws: Workspace, features: Sequence[Feature]) -> list[Feature]:
    """Those of `features` that other maps stand on and no officer draws again: deleting one is seldom meant."""
    return [one for one in features if ws.definitions[one.layer].group == BASE_GROUP]


_FEW = 20  # beyond this, reading a layer once is quicker than asking for each feature


def delete_selection(context: ToolContext) -> bool:
    """Delete the selected features. True when they are gone from the disk; else a sentence has said why."""
    ws = context.workspace
    features = [one for one in (ws.feature(*key) for key in context.selection) if one is not None]
    if not features:
        context.on_message(_("没有选中要素。请先选中要删除的要素。"))
        return False
    rows = list(ws.table(LABELS)) if LABELS in ws.definitions else []
    photos = list(ws.table(ATTACHMENTS)) if ATTACHMENTS in ws.definitions else []

    def edit() -> Edit:
        whole = with_labels(delete_features(ws.definitions, features, referring=referring(ws, features)), rows)
        return with_photos(whole, photos)

    if not context.store(edit):
        return False
    context.on_select([])
    return True
