"""Several tables of one file in one go: judged one after the other, stored as one step of the history.

What is referred to is judged before what refers to it: a way that names its 安置点 finds the one that comes in with it.
"""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.importer import ImportPlan, nothing_left, numbered, run_import
from geohazard_desktop.exchange.joined_updates import joined
from geohazard_desktop.exchange.report import ImportReport
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Edit, Feature, inserted
from geohazard_desktop.workspace.workspace import Workspace


def run_together(ws: Workspace, plans: Sequence[ImportPlan]) -> list[ImportReport]:
    """Store `plans`, made one after the other with the features before them as `earlier`: one transaction, one step.

    Raises ImportRefused where none of them changes anything, and EditRefused and its kin; then nothing is stored.
    """
    changing = [one for one in plans if one.changes_anything]
    if not changing:
        raise nothing_left(plans[0])
    if len(changing) == 1:
        run_import(ws, changing[0])
        return [one.report for one in plans]
    numbers = {}
    for layer in dict.fromkeys(one.layer for one in changing):
        features = [feature for one in changing if one.layer == layer for feature in one.features]
        numbers.update({one.uid: one for one in numbered(ws, layer, features)})
    deltas = joined([each for one in changing for each in one.updates])
    for one in changing:
        new: list[Feature] = [*(numbers[each.uid] for each in one.features), *one.members]
        deltas += [inserted(each) for each in new]
    ws.apply(Edit(_words(ws, changing), deltas))
    return [one.report for one in plans]


def _words(ws: Workspace, plans: Sequence[ImportPlan]) -> str:
    counts: dict[str, int] = {}
    for one in plans:
        counts[one.layer] = counts.get(one.layer, 0) + len(one.features)
    new = [
        _("{count} 个{title}").format(count=count, title=ws.definition(layer).title)
        for layer, count in counts.items()
        if count
    ]
    members = sum(len(one.members) for one in plans)
    if members and not new:
        new = [_("{count} 名家庭成员").format(count=members)]
    updated = len({each.uid for one in plans for each in one.updates})
    told = [_("导入 {what}").format(what="、".join(new))] if new else []
    told += [_("更新 {count} 个").format(count=updated)] if updated else []
    return _("从 {file} {told}").format(file=plans[0].source.name, told="，".join(told))


def order_of(definitions: Sequence[LayerDefinition | None]) -> list[int]:
    """In which order tables that go into these layers are judged: those first that others of them refer to."""
    waiting, found = list(range(len(definitions))), []
    while waiting:
        there = {one.table for index in waiting if (one := definitions[index]) is not None}
        free = (index for index in waiting if not _refers(definitions[index], there))
        taken = next(free, waiting[0])  # two layers that refer to each other: as they stand
        waiting.remove(taken)
        found.append(taken)
    return found


def _refers(definition: LayerDefinition | None, tables: set[str]) -> bool:
    if definition is None:
        return False
    targets = {one.target for one in definition.fields if one.type == "reference"}
    return bool((targets - {definition.table}) & tables)
