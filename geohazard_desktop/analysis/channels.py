"""What carries water in a flood and may not be crossed without a bridge: the one place that decides it.

River corridors (河道走廊) do, and rivers that are only drawn as a centre line (河道中心线) as wide as their registered
width: whoever walks meets the water, not the layer.
"""

from collections.abc import Sequence
from functools import lru_cache

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

CORRIDORS, RIVERS = "river_corridor", "river"

Bounds = tuple[float, float, float, float]  # east min, north min, east max, north max


def channels(corridors: Sequence[Feature], rivers: Sequence[Feature]) -> list[Feature]:
    """`corridors` and `rivers` as areas; `water_crossings.unbridged` tells a river in its corridor once. Metres of the
    workspace's CRS; what has no shape is left out."""
    found = [one for one in corridors if _there(one)]
    for one in rivers:
        if one.geometry is None or not measurable(one.geometry):
            continue
        width = one["width_m"] if "width_m" in one.values else None
        found.append(one.with_geometry(_banks(one.geometry, _width(width))))
    return found


def channels_of(ws: Workspace, bounds: Bounds | None = None) -> list[Feature]:
    """All channels of a workspace, or (some more with them) those that lie in part in `bounds` (metres)."""
    if bounds is not None:
        reach = bank_m(ws)
        bounds = (bounds[0] - reach, bounds[1] - reach, bounds[2] + reach, bounds[3] + reach)
    corridors, rivers = (
        list(ws.table(one, bounds=bounds)) if one in ws.definitions else [] for one in (CORRIDORS, RIVERS)
    )
    return channels(corridors, rivers)


def bank_m(ws: Workspace) -> float:
    """So many metres from its centre line a river's bank may lie: whoever asks for rivers around a place asks for those
    whose lines are that much farther away."""
    widths = ws.attributes(RIVERS).column("width_m") if RIVERS in ws.definitions else ()
    return max(map(_width, (None, *widths))) / 2.0


def channel_word(channel: Feature) -> str:
    """What a channel without a name is called."""
    return _("河道走廊") if channel.layer == CORRIDORS else _("河道")


def _width(registered: Value) -> float:
    known = float(registered) if isinstance(registered, int | float) and registered > 0 else 0.0
    return max(known, parameter("crossing", "river_width_m"))


@lru_cache(maxsize=512)
def _banks(line: BaseGeometry, width: float) -> BaseGeometry:
    return line.buffer(width / 2.0, cap_style="flat")


def _there(feature: Feature) -> bool:
    return feature.geometry is not None and measurable(feature.geometry)
