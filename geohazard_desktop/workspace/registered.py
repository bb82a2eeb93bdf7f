"""Whoever a register speaks of stays: what left the office must not lose its subject, on whatever road it would go."""

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.reading import Reading
from geohazard_desktop.workspace.rows import label

# How what left the office comes to its end, by layer.
_INSTEAD = {
    "household": _("搬走了或重复登记的，请用“迁出”：发过的卡和历史都留着，以后不再算这一户。"),
    "shelter": _("不再用了，请用“停用”。"),
    "danger_zone": _("请保留它，用“撤销”结束。"),
    "hazard_point": _("请保留它，用“销号”结束。"),
}


def refuse_registered(ws: Reading, feature: Feature) -> None:
    """Raises EditRefused where an append-only register refers to `feature`, with how to end it instead."""
    for definition in ws.definitions.values():
        if not definition.append_only:
            continue
        for field in definition.fields:
            if field.type != "reference" or field.target != feature.layer:
                continue
            entries = ws.find(definition.table, field.name, feature.uid)
            if entries:
                raise EditRefused(
                    _("{name} 在{register}里已有 {count} 条，不能删除。").format(
                        name=label(ws.definitions[feature.layer], feature),
                        count=len(entries),
                        register=definition.title,
                    ),
                    _INSTEAD.get(feature.layer, _("请保留它。")),
                )
