"""Which signal stands on a sheet, and what its report says of it."""

from geohazard_desktop.analysis.hazard_links import POINTS, hazard_point_of
from geohazard_desktop.analysis.warning_signal import SignalOfMany, common_signal, origin_notes, zone_signal
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.sheets.subjects import SheetSubject
from geohazard_desktop.workspace.workspace import Workspace


def sheet_signal(ws: Workspace, layers: MapLayers, subject: SheetSubject) -> tuple[SignalOfMany, list[str]]:
    """The signal of the subject's zones in force (of a hazard point without a zone, its own), and notes on whose it
    is where the sheet is one zone's."""
    settings = ws.settings()

    zones = [
        one
        for one in layers.features(ZONES)
        if one.text("state") != lifted() and (subject.zones is None or one.uid in subject.zones)
    ]
    if not zones:
        point = ws.feature(POINTS, subject.uid) if subject.layer == POINTS else None
        return SignalOfMany(zone_signal(settings, None, point).words, None), []
    told = [(one, zone_signal(settings, one, hazard_point_of(ws, one))) for one in zones]
    notes = list(origin_notes(told)) if subject.layer == ZONES else []
    return common_signal(settings, zones, lambda one: hazard_point_of(ws, one)), notes
