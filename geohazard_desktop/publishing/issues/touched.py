"""What a change touched, small enough to be sent to another process; light to import."""

from dataclasses import dataclass

from geohazard_desktop.workspace.feature import Delta

Box = tuple[float, float, float, float]
LINKS = (
    "danger_zone",
    "hazard_point",
    "evacuation_route",
    "shelter",
    "household",
)  # fields by which features name each other


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change touched, small enough to be sent to another process: the feature, the boxes of its shape before and
    after, the uids that it named before or names now."""

    layer: str
    uid: str
    boxes: tuple[Box, ...] = ()
    names: frozenset[str] = frozenset()


def touched(delta: Delta) -> Touched:
    sides = [one for one in (delta.before, delta.after) if one is not None]
    boxes = [one.geometry.bounds for one in sides if one.geometry is not None and not one.geometry.is_empty]
    names = {one.text(name) for one in sides for name in LINKS if name in one.values}
    return Touched(delta.layer, delta.uid, tuple(dict.fromkeys(boxes)), frozenset(names - {""}))
