"""The cards of a district in one order: each kind by its product, so that what is printed is entered, listened to and
reported as from the window."""

from dataclasses import replace
from pathlib import Path

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.publishing.paper_subjects import paper_subjects
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.workspace.workspace import Workspace

_BOTH = ("work", "household")


def publish_both(ws: Workspace, folder: Path, kind: str | None = None) -> PublishReport:
    """Both official forms into `folder`, or only the `kind` "work", "household", "large". A kind for which there is
    nobody is left out as long as the other has somebody. Raises what `Product.publish` raises."""
    wanted = [PRODUCTS[f"cards_{one}"] for one in ((kind,) if kind else _BOTH)]
    there = [one for one in wanted if one.subjects in ws.definitions and _anybody(ws, one.subjects)]
    reports = [one.publish(ws, folder, {}) for one in there or wanted[:1]]
    first, *others = reports
    found = replace(first)
    for one in others:
        found.files += one.files
        found.pages += one.pages
        # What is true of the whole workspace is said once.
        found.notes += [words for words in one.notes if words not in found.notes]
        found.problems += [words for words in one.problems if words not in found.problems]
    return found


def _anybody(ws: Workspace, layer: str) -> bool:
    return bool(counted(paper_subjects(ws, layer, shapes=False)))
