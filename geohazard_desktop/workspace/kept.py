"""Fields that the program keeps from a register: nobody types into them, on any road."""

from collections.abc import Mapping

from geohazard_desktop.common.texts import _
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
