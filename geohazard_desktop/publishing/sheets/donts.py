"""不要做的事 of a public sheet: by the kind of hazard, in the words of the cards, where the sheet is of one kind."""

from collections.abc import Iterable, Sequence

from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.domain.hazard import card_notes, donts_by_hazard
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.sheets.subjects import SheetSubject
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_MOST = 4  # more lines grow too small to be read from the street


def sheet_donts(kinds: Iterable[str], general: Sequence[str]) -> tuple[str, ...]:
    """The sentences for a sheet of hazards of these `kinds`. Of one set of the cards: that set, and before its last
    sentence what the office says on every sheet (`general`) and no card says of some hazard alone. Of several sets, or
    where the kind is unknown: `general`."""
    found = {None if (notes := card_notes(kind)) is None else notes.donts for kind in kinds}
    told = found.pop() if len(found) == 1 else None
    if not told:
        return tuple(general)
    cards = donts_by_hazard()
    own = [one for one in general if one not in cards]
    return (*told[:-1], *own[: max(0, _MOST - len(told))], told[-1])


def hazards_of(ws: Workspace, layers: MapLayers, subject: SheetSubject) -> set[str]:
    """The kinds of hazard that a sheet is about; a draft's hazard endangers too."""
    zones = [one for one in layers.features(ZONES) if subject.zones is None or one.uid in subject.zones]
    found = {hazard_of(ws, one) for one in zones}
    if subject.layer == "hazard_point":
        point = ws.feature("hazard_point", subject.uid)
        found.add("" if point is None else point.text("hazard_type"))
    return found


def hazard_of(ws: Workspace, zone: Feature) -> str:
    """The kind of hazard of a danger zone, by its own field, else by its hazard point's; "" where neither tells."""
    if zone.text("hazard_type") or not zone.text("hazard_point") or "hazard_point" not in ws.definitions:
        return zone.text("hazard_type")
    point = ws.feature("hazard_point", zone.text("hazard_point"))
    return "" if point is None else point.text("hazard_type")
