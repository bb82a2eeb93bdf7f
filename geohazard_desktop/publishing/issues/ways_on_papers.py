"""What issued papers say of ways along which nobody may be sent on their word any more, by the register of issues."""

from collections.abc import Mapping
from typing import Any

from geohazard_desktop.analysis.evacuation import HouseholdWay, NoWay, WayFinder
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper
from geohazard_desktop.publishing.issues.kept_paper import kept_paper
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_ASKS = "ask_first"  # the field of every form for a household that takes the place of the order to go


class WaysOnPapers:
    """Reads routes and zones once, where a paper tells a way."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._finder: WayFinder | None = None
        self._found: dict[str, HouseholdWay | NoWay] = {}

    def fault(self, household: Feature, paper: IssuedPaper) -> str:
        """Why this paper must not be handed over, a sentence for the officer; "" where its way is still the
        household's, or where it tells none. Of a paper that can't be read back the worse is taken: that it sends
        people on their way."""
        told = paper.row.text("evacuation_route")
        if not told:
            return ""
        found = self._way(household)
        if isinstance(found, NoWay):
            return found.sentence
        why = ""
        if found.route.uid != told:
            why = _("登记的路线已经换了。")
        elif found.ask_first and not self._asks(paper):
            why = "".join(found.warnings)
        return _("住户 {id}：{why}").format(id=household.text("id") or household.uid[:8], why=why) if why else ""

    def _asks(self, paper: IssuedPaper) -> bool:
        try:
            return _holds(kept_paper(self._ws, paper.kept).paper.data)
        except ExportRefused:
            return False

    def _way(self, household: Feature) -> HouseholdWay | NoWay:
        if self._finder is None:
            self._finder = WayFinder(self._ws)
        if household.uid not in self._found:
            self._found[household.uid] = self._finder.way(household)
        return self._found[household.uid]


def _holds(data: Any) -> bool:
    if isinstance(data, Mapping):
        return bool(data.get(_ASKS)) or any(map(_holds, data.values()))
    return isinstance(data, list | tuple) and any(map(_holds, data))
