"""A household moves away, a shelter is closed, and the ways back: a day and a reason at the feature, which stays.

Nothing that refers to it is changed: its cards, its history and what was issued go on speaking of it. What counts today
is decided by the day (`analysis.counted_today`).
"""

from collections.abc import Sequence
from datetime import date

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.endings import ENDED_ON, REASON
from geohazard_desktop.workspace.edits.features import change_values
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import Edit, Feature


def ended(feature: Feature) -> bool:
    """Whether a day of its end is written down, be it still to come."""
    return bool(feature.text(ENDED_ON[feature.layer])) if feature.layer in ENDED_ON else False


def end(definitions: Definitions, features: Sequence[Feature], day: date, reason: str) -> Edit:
    """迁出 for households, 停用 for shelters, all of one layer, on `day`. Raises EditRefused for other layers, and
    without a reason: whoever finds the card at the door has to learn why nobody lives there."""
    layer = _layer(features)
    if not reason.strip():
        title = definitions[layer].by_name[REASON[layer]].title
        raise EditRefused(_("没有写{title}。").format(title=title), _("请写一句，比如搬到哪里、因为什么。"))
    values = {ENDED_ON[layer]: day.isoformat(), REASON[layer]: reason.strip()}
    edit = change_values(definitions, features, values)
    words = _("{names}迁出（{day}）") if layer == "household" else _("{names}停用（{day}）")
    told = words.format(names=followed(called_all(definitions, features)), day=day.isoformat())
    return Edit(led(told), edit.deltas)


def resume(definitions: Definitions, features: Sequence[Feature]) -> Edit:
    """迁回 for households, 重新启用 for shelters. Raises EditRefused where none of them had ended."""
    layer = _layer(features)
    over = [one for one in features if ended(one)]
    if not over:
        told = _("{name}没有迁出过。") if layer == "household" else _("{name}没有停用过。")
        raise EditRefused(told.format(name=followed(called(definitions, features[0]))), _("无须处理。"))
    edit = change_values(definitions, over, {ENDED_ON[layer]: None, REASON[layer]: None})
    words = _("{names}迁回") if layer == "household" else _("{names}重新启用")
    return Edit(led(words.format(names=followed(called_all(definitions, over)))), edit.deltas)


def _layer(features: Sequence[Feature]) -> str:
    layers = {one.layer for one in features}
    if len(layers) != 1 or not layers <= set(ENDED_ON):
        raise EditRefused(_("迁出用于住户，停用用于避险安置点。"), _("请只选住户，或只选避险安置点。"))
    return layers.pop()
