"""What papers that may still hang at a door say of shelters that are closed by now, by the register of issues."""

from collections import defaultdict

from geohazard_desktop.analysis.counted_today import closed_shelters
from geohazard_desktop.analysis.way_words import shelter_name
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, read_register
from geohazard_desktop.workspace.workspace import Workspace


class ClosedOnPapers:
    """Reads the register once, and only where a shelter is closed."""

    def __init__(self, ws: Workspace) -> None:
        closed = closed_shelters(ws)
        self._told: dict[str, dict[str, str]] = defaultdict(dict)  # by household: the names of shelters by uid
        if not closed:
            return
        register = read_register(ws)
        fetched: dict[tuple[str, str], int] = {}  # the newest version that somebody signed for
        for paper in register.papers:
            if paper.signed_on and not paper.void:
                fetched[paper.key] = max(paper.version, fetched.get(paper.key, 0))
        for paper in register.papers:
            shelter = closed.get(paper.row.text("shelter"))
            if shelter is not None and _may_hang(paper, fetched.get(paper.key, 0)):
                self._told[paper.row.text("household")][shelter.uid] = shelter_name(shelter)

    def at(self, household: str) -> tuple[str, ...]:
        """The closed shelters to which papers send that household (uid) which nobody is known to have taken down."""
        return tuple(self._told.get(household, {}).values()) if household else ()


def _may_hang(paper: IssuedPaper, fetched: int) -> bool:
    """Whoever signed for a newer one has been shown where the old one belongs. One that was declared void hangs on."""
    return paper.printed and paper.version >= fetched
