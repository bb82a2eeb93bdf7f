"""What snapping is set to: which kinds of places, which layers, how near, which grid, and whose neighbours cut a new
area. It knows how to be a plain mapping, so that the user's preferences can keep it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geohazard_desktop.common.texts import _

KINDS = ("vertex", "intersection", "midpoint", "perpendicular", "edge", "extension", "parallel", "grid")
USUAL = KINDS[:-1]  # a grid everywhere would leave no place free
PIXELS = 12.0
FEWEST_PIXELS, MOST_PIXELS = 4.0, 40.0
GRID_M = 1000.0


def kind_words(kind: str) -> str:
    return {
        "vertex": _("端点"),
        "intersection": _("交点"),
        "midpoint": _("中点"),
        "perpendicular": _("垂足"),
        "edge": _("边上"),
        "extension": _("延长线"),
        "parallel": _("平行"),
        "grid": _("方里网"),
    }[kind]


def kind_tip(kind: str) -> str:
    """What a kind snaps to, for the tooltip."""
    return {
        "vertex": _("拐点、线的端点和点要素，也吸到正在画的图形自己的拐点。"),
        "intersection": _("两条边相交的地方，也包括延长线与边的交点。"),
        "midpoint": _("一条边的正中间。"),
        "perpendicular": _("从上一个拐点到这条边的垂足；画第二个拐点起才有。"),
        "edge": _("边上离指针最近的一处。"),
        "extension": _("刚碰过的拐点两侧的边，往外延长；在拐点或边上停一下就记住（图上出现 +），再停一下放开。"),
        "parallel": _("从上一个拐点起，与停过的边平行。"),
        "grid": _("坐标是整数倍的格网交点，间隔可以改；放大到线能分开时画在图上。"),
    }[kind]


@dataclass(frozen=True, slots=True)
class SnapSettings:
    """`off` are layers that are not snapped to. `pixels` on the screen is how near the pointer must be; `grid_m` is the
    spacing of the grid in metres. `avoided` are layers whose areas cut a new one (避免重叠): None means the new one's
    own layer."""

    kinds: tuple[str, ...] = USUAL
    off: frozenset[str] = frozenset()
    pixels: float = PIXELS
    grid_m: float = GRID_M
    avoided: frozenset[str] | None = None

    def avoided_by(self, layer: str) -> frozenset[str]:
        """The layers that a new area of `layer` must not overlap."""
        return frozenset({layer}) if self.avoided is None else self.avoided

    def plain(self) -> dict[str, Any]:
        return {
            "kinds": list(self.kinds),
            "known": list(KINDS),
            "off": sorted(self.off),
            "pixels": self.pixels,
            "grid_m": self.grid_m,
            "avoided": None if self.avoided is None else sorted(self.avoided),
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "SnapSettings":
        """From a stored mapping; what is missing or makes no sense there is as usual."""
        # A kind that came with a later version is as usual until somebody has seen it.
        known = _texts(plain.get("known"), [one for one in KINDS if one != "parallel"])
        new = [one for one in USUAL if one not in known] if plain.get("kinds") is not None else []
        kinds = tuple(one for one in KINDS if one in [*_texts(plain.get("kinds"), USUAL), *new])
        avoided = plain.get("avoided")
        return cls(
            kinds=kinds,
            off=frozenset(_texts(plain.get("off"), ())),
            pixels=_number(plain.get("pixels"), PIXELS, FEWEST_PIXELS, MOST_PIXELS),
            grid_m=_number(plain.get("grid_m"), GRID_M, 0.1, 1e6),
            avoided=None if avoided is None else frozenset(_texts(avoided, ())),
        )


def _texts(value: object, usual: Sequence[str]) -> Sequence[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else usual


def _number(value: object, usual: float, least: float, most: float) -> float:
    return float(value) if isinstance(value, int | float) and least <= value <= most else usual
