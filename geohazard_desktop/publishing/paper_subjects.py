"""What papers of a layer may be of: its features, and a 街道 that the register alone knows."""

from geohazard_desktop.analysis.street_register import STREETS, belonging, outlined, street, streets
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


def paper_subjects(ws: Workspace, layer: str, *, shapes: bool = True) -> list[Feature]:
    """In file order; without `shapes` their places may be left in the file."""
    if layer == STREETS:
        return streets(ws)
    if layer not in ws.definitions:
        return []
    return list(ws.table(layer) if shapes else ws.attributes(layer))


def subject_count(ws: Workspace, layer: str) -> int:
    return len(streets(ws)) if layer == STREETS else ws.count(layer)


def paper_subject(ws: Workspace, layer: str, uid: str) -> Feature | None:
    """None where there is no such subject (any more)."""
    if layer == STREETS:
        return street(ws, uid)
    return ws.feature(layer, uid) if layer in ws.definitions else None


def seen_on_map(ws: Workspace, layer: str, uid: str) -> list[tuple[str, str]]:
    """Layers and uids of what the map shows of a subject: of a 街道 without an outline its zones and points."""
    found = street(ws, uid) if layer == STREETS else None
    if found is None or outlined(found):
        return [(layer, uid)]
    return [(one.layer, one.uid) for one in belonging(ws, found.text("name")).placed]
