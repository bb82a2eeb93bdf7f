"""What the two switches 共用边 and 避免重叠 do to every edit of a tool, before it is stored."""

from collections.abc import Iterable, Sequence

from geohazard_desktop.analysis.zone_states import in_force
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.judgement import area_words
from geohazard_desktop.editing.tool import ToolContext
from geohazard_desktop.workspace.edits.borders import Cut, cut_overlaps, reshaped, share_borders
from geohazard_desktop.workspace.edits.wording import called, called_all, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature
from geohazard_desktop.workspace.workspace import Workspace

ZONES = "danger_zone"


def completed(context: ToolContext, edit: Edit) -> tuple[Edit, str]:
    """The edit as the switches want it, and a sentence about what was cut off ("" when nothing was).

    Raises EditRefused when nothing would be left of an area, or a neighbour would become faulty.
    """
    if not (context.sharing or context.avoiding):
        return edit, ""
    ws, told = context.workspace, ""
    changed = reshaped(ws.definitions, edit)
    if not changed:
        return edit, ""
    if context.avoiding:
        edit, cuts = cut_overlaps(ws.definitions, edit, _cutting(context, changed))
        told = "".join(_cut_words(context, one) for one in cuts)
        changed = reshaped(ws.definitions, edit)
    if context.sharing:
        edit = share_borders(ws.definitions, edit, around(ws, changed))
    return edit, told


def around(ws: Workspace, changed: Iterable[Delta]) -> list[Feature]:
    """Features of each changed one's own layer whose boxes meet its old or its new one."""
    return _near(ws, [(one, {one.layer}) for one in changed])


def _cutting(context: ToolContext, changed: Sequence[Delta]) -> list[Feature]:
    """The areas that cut: those of the chosen layers. A zone that was revoked is history and cuts nothing."""
    settings = context.snapper.settings if context.snapper is not None else None
    wanted = [
        (one, settings.avoided_by(one.layer) if settings is not None else {one.layer})
        for one in changed
        if context.workspace.definitions[one.layer].geometry == "polygon"
    ]
    found = _near(context.workspace, wanted)
    holding = {one.uid for one in in_force(context.workspace, (one for one in found if one.layer == ZONES))}
    return [one for one in found if one.layer != ZONES or one.uid in holding]


def _near(ws: Workspace, wanted: Sequence[tuple[Delta, Iterable[str]]]) -> list[Feature]:
    found: dict[tuple[str, str], Feature] = {}
    for delta, layers in wanted:
        for side in (delta.before, delta.after):
            if side is None or side.geometry is None or side.geometry.is_empty:
                continue
            for layer in layers:
                if layer in ws.definitions:
                    found |= {(layer, one.uid): one for one in ws.table(layer, bounds=side.geometry.bounds)}
    return list(found.values())


def _cut_words(context: ToolContext, cut: Cut) -> str:
    definitions = context.workspace.definitions
    return _("已存。{name}与{names}重叠的 {area}（投影）已经切去，想留着可以撤销。").format(
        name=followed(called(definitions, cut.feature)),
        names=followed(led(called_all(definitions, cut.by))),
        area=area_words(cut.area_m2),
    )
