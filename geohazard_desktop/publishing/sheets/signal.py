"""Which signal stands on a sheet, at which signs of danger nobody waits for it, and what its report says of both."""

from geohazard_desktop.analysis.hazard_links import POINTS, danger_zone_of, hazard_point_of
from geohazard_desktop.analysis.warning_signal import SignalOfMany, common_signal, origin_notes, zone_signal
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.public_signs import PublicSigns, public_signs
from geohazard_desktop.publishing.sheets.map_forms import SheetSignal
from geohazard_desktop.publishing.sheets.papers import SIGNS_ROOM
from geohazard_desktop.publishing.sheets.subjects import SheetSubject
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


def sheet_signal(ws: Workspace, layers: MapLayers, subject: SheetSubject) -> tuple[SignalOfMany, list[str]]:
    """The signal of the subject's zones in force (of a hazard point without a zone, its own), and notes on whose it
    is where the sheet is one zone's."""
    settings = ws.settings()
    zones = zones_in_force(layers, subject)
    if not zones:
        point = ws.feature(POINTS, subject.uid) if subject.layer == POINTS else None
        return SignalOfMany(zone_signal(settings, None, point).words, None), []
    told = [(one, zone_signal(settings, one, hazard_point_of(ws, one))) for one in zones]
    notes = list(origin_notes(told)) if subject.layer == ZONES else []
    return common_signal(settings, zones, lambda one: hazard_point_of(ws, one)), notes


def zones_in_force(layers: MapLayers, subject: SheetSubject) -> list[Feature]:
    """The subject's zones that warn."""
    return [
        one
        for one in layers.features(ZONES)
        if one.text("state") != lifted() and (subject.zones is None or one.uid in subject.zones)
    ]


def each_signal(signal: SignalOfMany) -> tuple[SheetSignal, ...]:
    """The rows of the panel where the zones in sight have different ones."""
    return tuple(SheetSignal(words=one.words, zones=one.zones) for one in signal.each)


def sheet_signs(ws: Workspace, subject: SheetSubject, *, phone: bool) -> PublicSigns:
    """前兆迹象 for the public sheet of one zone (else its point's) or of one point (else its zone's); of a sheet of
    several zones none, as their signs differ. `phone`: all its routes are to be asked about first."""
    feature = ws.feature(subject.layer, subject.uid) if subject.layer in (ZONES, POINTS) else None
    if feature is None:
        return PublicSigns()
    other = hazard_point_of(ws, feature) if subject.layer == ZONES else danger_zone_of(ws, feature)
    return public_signs(feature, other, room=SIGNS_ROOM, phone=phone)
