"""The signal that papers print at each place: of every danger zone in force, and of every hazard point in none.

One judgement for cards, sheets, the check of signals that differ and whoever changes the office's: whoever stands in a
zone hears the zone's, whichever of its points a paper is about. So a point's own signal is printed where it lies in no
zone, or where its zone says nothing and it is the one point that the zone is about.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geohazard_desktop.analysis.hazard_links import CLOSED, POINTS, danger_zone_of, hazard_point_of
from geohazard_desktop.analysis.warning_signal import FIELD, Signal, zone_signal
from geohazard_desktop.analysis.zone_states import ZONES, in_force
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PrintedSignal:
    """`place` is a zone with the `point` that it is about, or a hazard point that lies in no zone."""

    place: Feature
    point: Feature | None
    signal: Signal

    @property
    def holder(self) -> Feature | None:
        """Whose field says the signal; None where the office does, or nobody."""
        if self.signal.origin == "point":
            return self.point or self.place
        return self.place if self.signal.origin == "zone" else None

    @property
    def holding(self) -> tuple[Feature, ...]:
        """Zone and point, as far as they have a signal of their own, printed or not."""
        return tuple(one for one in (self.place, self.point) if one is not None and one.text(FIELD).strip())


def printed_signals(ws: Workspace) -> list[PrintedSignal]:
    """Zones first. Of zones that were lifted and of points that were closed nothing is printed any more."""
    settings = ws.settings()
    found = []
    for zone in in_force(ws, ws.table(ZONES) if ZONES in ws.definitions else ()):
        point = hazard_point_of(ws, zone)
        found.append(PrintedSignal(zone, point, zone_signal(settings, zone, point)))
    for point in _open_points(ws):
        if danger_zone_of(ws, point) is None:
            found.append(PrintedSignal(point, None, zone_signal(settings, None, point)))
    return found


def signal_of_point(ws: Workspace, point: Feature) -> Signal:
    """What papers of a hazard point print: of its zone where it lies in one."""
    zone = danger_zone_of(ws, point)
    return zone_signal(ws.settings(), zone, point if zone is None else hazard_point_of(ws, zone))


def unprinted(ws: Workspace) -> Iterator[tuple[Feature, Signal]]:
    """Hazard points with a signal of their own that no paper prints, and the one that is printed instead."""
    for point in _open_points(ws):
        own = point.text(FIELD).strip()
        if own and (printed := signal_of_point(ws, point)).words != own:
            yield point, printed


def _open_points(ws: Workspace) -> Iterable[Feature]:
    return (one for one in ws.table(POINTS) if one.text("status") != CLOSED) if POINTS in ws.definitions else ()
