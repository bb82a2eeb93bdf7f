"""For whom papers are meant, by what is selected: the subjects themselves, or those of a zone, a point, a 街道."""

from collections.abc import Collection, Iterable, Sequence

from geohazard_desktop.analysis.called_households import CalledHouseholds
from geohazard_desktop.analysis.zone_states import in_force
from geohazard_desktop.desktop.papers.subject_model import SubjectRow
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

Key = tuple[str, str]
ZONES, POINTS, STREETS = "danger_zone", "hazard_point", "subdistrict"
PLACES = (ZONES, POINTS, STREETS)
HOMES = "household"


def asked_by(selection: Iterable[Key], layer: str) -> frozenset[Key]:
    """Of what is selected, what says for whom: subjects of `layer`, or, where none is selected, the places that they
    belong to."""
    keys = frozenset(selection)
    own = frozenset(one for one in keys if one[0] == layer)
    return own or frozenset(one for one in keys if one[0] in PLACES)


def meant_by(ws: Workspace, asked: Iterable[Key], rows: Sequence[SubjectRow]) -> frozenset[str]:
    """The uids among `rows` that are selected, or belong to what is selected. Of households those are meant that are
    called there."""
    found: set[str] = set()
    listed = {one.uid for one in rows if one.layer == HOMES}
    called = _called(ws) if listed else None
    for layer, uid in asked:
        found |= {one.uid for one in rows if one.uid == uid}
        place = _place(ws, layer, uid)
        if place is None:
            continue
        if called is not None:
            found |= {one.uid for one in called.of(place)} & listed
        street = place.text("name") if layer == STREETS else place.text("subdistrict")
        for one in rows:
            if STREETS in (one.layer, layer):
                meant = bool(street) and one.street == street
            else:
                meant = uid == (one.zone_uid if layer == ZONES else one.point_uid)
            if meant and one.layer not in (layer, HOMES):
                found.add(one.uid)
    return frozenset(found)


def away_among(ws: Workspace, asked: Iterable[Key], uids: Collection[str]) -> int:
    """How many of the households `uids` stand outside the zones that were asked for and leave with them."""
    places = [place for layer, uid in asked if (place := _place(ws, layer, uid)) is not None]
    called = _called(ws) if places else None
    away = {one.uid for place in places for one in called.away_of(place)} if called is not None else set()
    return len(away.intersection(uids))


def _called(ws: Workspace) -> CalledHouseholds | None:
    if ZONES not in ws.definitions:
        return None
    return CalledHouseholds(ws, in_force(ws, ws.table(ZONES)))


def _place(ws: Workspace, layer: str, uid: str) -> Feature | None:
    return ws.feature(layer, uid) if layer in PLACES and layer in ws.definitions else None


def words_of(ws: Workspace, asked: Iterable[Key], layer: str) -> str:
    """The titles of the layers that say for whom, where it is not the subjects' own: 危险区."""
    others = dict.fromkeys(one for one, _uid in sorted(asked) if one != layer)
    return "、".join(ws.definitions[one].title for one in others)
