"""What is overdue in a register: read when it opens, and again when a step may have changed it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from geohazard_desktop.analysis.overdue import looks_at, overdue
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.deadlines import Overdue
from geohazard_desktop.publishing.cards.age import SUBJECTS, old_cards
from geohazard_desktop.workspace.edits.card_issues import REGISTER
from geohazard_desktop.workspace.feature import Delta
from geohazard_desktop.workspace.workspace import Workspace


class Lateness:
    """By uid what is overdue of the layer in the table."""

    def __init__(self) -> None:
        self._found: Mapping[str, tuple[Overdue, ...]] = {}

    def read(self, ws: Workspace | None, layer: str) -> None:
        now = datetime.now()
        found = {} if ws is None or not layer else overdue(ws, layer, now)
        for uid, ones in ({} if ws is None else old_cards(ws, layer, now.date())).items():
            found[uid] = (*found.get(uid, ()), *ones)
        self._found = found

    def follow(self, ws: Workspace, layer: str, deltas: Sequence[Delta]) -> bool:
        """Take in a step; whether anything is overdue or no more so by it."""
        watched = looks_at(layer) | ({REGISTER} if layer in (*SUBJECTS, REGISTER) else set())
        if not any(one.layer in watched for one in deltas):
            return False
        before = self._found
        self.read(ws, layer)
        return before != self._found

    def uids(self) -> Collection[str]:
        return self._found.keys()

    def of(self, uid: str) -> tuple[Overdue, ...]:
        return self._found.get(uid, ())

    def words(self, uid: str, field: str) -> str:
        """What stands below a cell: 逾期 12 天. The cell that names the row (field "") says it without a time."""
        ones = self.of(uid)
        if not field:
            return _("逾期") if ones else ""
        return next((_("逾期 {late}").format(late=one.late) for one in ones if one.field == field), "")

    def sentences(self, uid: str, field: str) -> list[str]:
        """Why, for a cell; all of the row's for the cell that names it."""
        return [one.sentence for one in self.of(uid) if field in ("", one.field)]

    def by_uid(self) -> dict[str, str]:
        """The reasons as one text a row, for a table that leaves the window."""
        return {uid: "".join(one.sentence for one in ones) for uid, ones in self._found.items()}
