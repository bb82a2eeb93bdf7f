"""Fields that the program keeps from a register: nobody types into them, on any road; and how what a register speaks of
comes to its end, as it can't be deleted."""

from collections.abc import Mapping

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.wording import followed
from geohazard_desktop.workspace.feature import Delta, Feature

# By layer: its kept fields, each with why it is locked, without full stop.
_KEPT: Mapping[str, Mapping[str, str]] = {"danger_zone": {"state": _("状态由“危险区过程”的登记得出，不能直接改")}}


def kept_reason(layer: str, name: str) -> str:
    """Why a field is locked, without full stop; "" when it may be typed into."""
    return _KEPT.get(layer, {}).get(name, "")


def rebased(delta: Delta, now: Feature | None) -> Delta:
    """A past step as if the kept fields had had today's values then, where the register has moved them since: undoing
    the step must not take the register's word back, and the register's going on must not stand in its way. So it is
    with a number that was given to a row later, because another program had left it without one."""
    after = delta.after
    if now is None or after is None:
        return delta
    kept = [name for name in _KEPT.get(delta.layer, {}) if now[name] != after[name]]
    if not after.text("id") and now.text("id"):
        kept.append("id")
    if not kept:
        return delta
    values = {name: now[name] for name in kept}
    before = None if delta.before is None else delta.before.with_values(**values)
    return Delta(delta.layer, delta.uid, before, after.with_values(**values))


# How what left the office comes to its end, by layer.
_INSTEAD = {
    "household": _("搬走了或重复登记的，请用“迁出”：发过的卡和历史都留着，以后不再算这一户。"),
    "shelter": _("不再用了，请用“停用”。"),
    "danger_zone": _("请保留它，用“撤销”结束。"),
    "hazard_point": _("请保留它，用“销号”结束。"),
}


def not_deleted(layer: str, name: str, count: int, register: str) -> EditRefused:
    """Why a feature stays of which a register has `count` entries, and how it is ended instead."""
    return EditRefused(
        _("{name}在{register}里已有 {count} 条，不能删除。").format(
            name=followed(name), register=register, count=count
        ),
        _INSTEAD.get(layer, _("请保留它。")),
    )
