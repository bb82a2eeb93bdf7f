"""For whom papers are meant, by what is selected: the subjects themselves, or those of a zone, a point, a 街道."""

from collections.abc import Iterable, Sequence

from geohazard_desktop.desktop.papers.subject_model import SubjectRow
from geohazard_desktop.workspace.workspace import Workspace

Key = tuple[str, str]
ZONES, POINTS, STREETS = "danger_zone", "hazard_point", "subdistrict"
PLACES = (ZONES, POINTS, STREETS)


def asked_by(selection: Iterable[Key], layer: str) -> frozenset[Key]:
    """Of what is selected, what says for whom: subjects of `layer`, or, where none is selected, the places that they
    belong to."""
    keys = frozenset(selection)
    own = frozenset(one for one in keys if one[0] == layer)
    return own or frozenset(one for one in keys if one[0] in PLACES)


def meant_by(ws: Workspace, asked: Iterable[Key], rows: Sequence[SubjectRow]) -> frozenset[str]:
    """The uids among `rows` that are selected, or belong to what is selected."""
    found: set[str] = set()
    for layer, uid in asked:
        found |= {one.uid for one in rows if one.uid == uid}
        place = ws.feature(layer, uid) if layer in PLACES and layer in ws.definitions else None
        if place is None:
            continue
        street = place.text("name") if layer == STREETS else place.text("subdistrict")
        for one in rows:
            if STREETS in (one.layer, layer):
                meant = bool(street) and one.street == street
            else:
                meant = uid == (one.zone_uid if layer == ZONES else one.point_uid)
            if meant and one.layer != layer:
                found.add(one.uid)
    return frozenset(found)


def words_of(ws: Workspace, asked: Iterable[Key], layer: str) -> str:
    """The titles of the layers that say for whom, where it is not the subjects' own: 危险区."""
    others = dict.fromkeys(one for one, _uid in sorted(asked) if one != layer)
    return "、".join(ws.definitions[one].title for one in others)
