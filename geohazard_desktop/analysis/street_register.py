"""Which 街道 (镇) there are, also those whose outline nobody has loaded: zones, points and households name theirs.

A 街道 without an outline is told as a feature of the layer `subdistrict` without a place, made here and stored in no
file. Its identity comes from its name, so that its papers are known again. No outline is invented for it: what
belongs to it is what the register says, and whoever shows it says so (`without_outline`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from geohazard_desktop.analysis.counted_today import HOUSEHOLDS, counted
from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.analysis.zone_states import ZONES, in_force
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.endings import ENDED_ON
from geohazard_desktop.workspace.feature import Feature, split_list
from geohazard_desktop.workspace.workspace import Workspace

STREETS, POINTS = "subdistrict", "hazard_point"
_CLOSED = "销号"
_FIELD = "subdistrict"
_NAMESPACE = UUID("6f1c6f0e-6a54-4a53-9c0b-5d4f1d1d7a10")  # of names of 街道, for identities that nothing else has


@dataclass(frozen=True, slots=True)
class Belonging:
    """What the register gives to a 街道: danger zones in force and hazard points on the list, in file order."""

    zones: tuple[Feature, ...]
    points: tuple[Feature, ...]

    @property
    def placed(self) -> list[Feature]:
        """Those that a map can show."""
        return [one for one in (*self.zones, *self.points) if outlined(one)]


def outlined(feature: Feature) -> bool:
    """Whether it has a place that can be shown."""
    return feature.geometry is not None and not feature.geometry.is_empty and measurable(feature.geometry)


def without_outline(name: str) -> str:
    """What is to be said wherever a 街道 is shown by its register."""
    return _("{name}界线未载入，范围按登记的隐患点和危险区。").format(name=name)


def streets(ws: Workspace) -> list[Feature]:
    """Every 街道 (镇): those of the layer in file order, then those that zones, points and households name alone."""
    drawn = list(ws.table(STREETS)) if STREETS in ws.definitions else []
    known = {one.text("name").strip() for one in drawn}
    named = {name for name in _names(ws) if name not in known}
    return [*drawn, *(_named(ws, name) for name in sorted(named))]


def street(ws: Workspace, uid: str) -> Feature | None:
    """One of `streets`."""
    drawn = ws.feature(STREETS, uid) if STREETS in ws.definitions else None
    return drawn or next((one for one in streets(ws) if one.uid == uid), None)


def belonging(ws: Workspace, name: str) -> Belonging:
    """To the 街道 of that name: zones and points that name it, those that its households name, and the zone whose own
    field is empty and whose point names it."""
    zones, points, homes = _zones(ws), _points(ws), [one for one in _homes(ws) if name in _told(one)]
    named = {one.text(field) for one in homes for field in (ZONES, POINTS)} - {""}
    own = [one for one in points if name in _told(one) or one.uid in named]
    by_point = {one.uid for one in own}
    found = [
        one
        for one in zones
        if name in _told(one) or one.uid in named or (not _told(one) and one.text(POINTS) in by_point)
    ]
    return Belonging(tuple(found), tuple(own))


def _named(ws: Workspace, name: str) -> Feature:
    fields = ws.definitions[STREETS].fields if STREETS in ws.definitions else ()
    return Feature(STREETS, uuid5(_NAMESPACE, name).hex, None, {**{one.name: None for one in fields}, "name": name})


def _names(ws: Workspace) -> Iterator[str]:
    for features in (_zones(ws), _points(ws), _homes(ws)):
        for one in features:
            yield from _told(one)


def _told(one: Feature) -> list[str]:
    """A zone across a border may name both sides."""
    return [name.strip() for name in split_list(one.text(_FIELD)) if name.strip()]


def _zones(ws: Workspace) -> list[Feature]:
    return in_force(ws, ws.table(ZONES)) if ZONES in ws.definitions else []


def _points(ws: Workspace) -> list[Feature]:
    rows = ws.table(POINTS) if POINTS in ws.definitions else ()
    return [one for one in rows if one.text("status") != _CLOSED]


def _homes(ws: Workspace) -> Iterable[Feature]:
    """Households in residence, with what ties them: of ten thousand, whole rows would cost a second."""
    if HOUSEHOLDS not in ws.definitions:
        return ()
    ids, _uids = ws.all_rows(HOUSEHOLDS)
    return counted(ws.cells(HOUSEHOLDS, ids, (_FIELD, ZONES, POINTS, ENDED_ON[HOUSEHOLDS]))[1])
