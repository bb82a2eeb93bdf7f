"""Routes along which nobody may set out on the word of a paper alone: one rule for all papers of a danger zone.

A route that goes into a zone again, through another, over a channel without a bridge, that can't be walked or ends at a
shelter inside a zone is told as the papers of a household tell it: ask first. The office is told why.
"""

from collections.abc import Iterable
from functools import cached_property

from geohazard_desktop.analysis.evacuation import WayFinder
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.asking import ASK_FIRST
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


class DoubtfulWays:
    """Of one workspace, which is read once, when the first route is asked about."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._faults: dict[str, str] = {}

    @cached_property
    def _ways(self) -> WayFinder:
        return WayFinder(self._ws)

    def asking(self, route: Feature) -> str | None:
        """What stands at the route in place of its minutes; None where people can be sent along it."""
        return ASK_FIRST if self._fault(route) else None

    def all_ask(self, routes: Iterable[Feature], closed: str | None = None) -> bool:
        """Whether people can be sent along none of these routes, or there is none because shelters are `closed`
        (`closed_ways_words`): whoever lives there reads the same at home. A zone that never had one has a line to write
        on."""
        asked = [self.asking(one) is not None for one in routes]
        return all(asked) and bool(asked or closed)

    def told(self, routes: Iterable[Feature], where: str = "") -> list[str]:
        """A sentence for the report on each of these routes that is told so, `where` else than on paper."""
        words = _("{faults}纸上这条路线写的是{asking}，请改画路线，再重印。")
        if where:
            words = _("{faults}{where}上这条路线写的是{asking}，请改画路线，再重出。")
        return [words.format(faults=one, asking=ASK_FIRST, where=where) for one in self._faults_of(routes)]

    def untold(self, routes: Iterable[Feature], said: str) -> list[str]:
        """The same of a paper that does not mark such routes, without those whose sentence stands in `said`."""
        words = _("{faults}请改画路线。")
        return [words.format(faults=one) for one in self._faults_of(routes) if one not in said]

    def _faults_of(self, routes: Iterable[Feature]) -> list[str]:
        return [fault for one in routes if (fault := self._fault(one))]

    def _fault(self, route: Feature) -> str:
        if route.uid not in self._faults:
            self._faults[route.uid] = "".join(one.officer for one in self._ways.route_remarks(route) if one.ask)
        return self._faults[route.uid]
