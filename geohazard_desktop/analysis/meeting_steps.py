"""The order in which a meeting goes through a district: the whole of it, each 街道, and in it zone after zone.

A clicker has two keys, so everything lies on one way; other keys go from zone to zone and from 街道 to 街道.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geohazard_desktop.analysis.street_meeting import StreetPage


@dataclass(frozen=True, slots=True)
class Step:
    """`zone` is "" where the whole page is looked at."""

    page: int
    zone: str = ""


class MeetingSteps:
    """Where the meeting is, among `pages`: the district's first. 街道 with danger zones come before those without, so
    that the first step leads to something; zones that lie in no 街道 come at once after the district."""

    def __init__(self, pages: Sequence[StreetPage]) -> None:
        self.pages: list[StreetPage] = []
        self.at = 0
        self._steps: list[Step] = []
        self._order(pages)

    def _order(self, pages: Sequence[StreetPage]) -> None:
        self.pages = [*pages[:1], *sorted(pages[1:], key=lambda one: not one.zones)]
        in_streets = {zone.uid for one in pages[1:] for zone in one.zones}
        self._steps = []
        for number, page in enumerate(self.pages):
            zones = [one.uid for one in page.zones if number or one.uid not in in_streets]
            self._steps += [Step(number), *(Step(number, one) for one in zones)]

    @property
    def step(self) -> Step:
        return self._steps[self.at]

    @property
    def number(self) -> int:
        """Of the page."""
        return self.step.page

    @property
    def page(self) -> StreetPage:
        """What is looked at: a page, or one of its zones."""
        whole = self.pages[self.number]
        return whole.of_zone(self.step.zone) if self.step.zone else whole

    def zone_number(self) -> tuple[int, int]:
        """Which zone of its page is looked at, and how many there are; 0 for none."""
        uids = [one.uid for one in self.pages[self.number].zones]
        return (uids.index(self.step.zone) + 1 if self.step.zone else 0), len(uids)

    def renew(self, pages: Sequence[StreetPage]) -> None:
        """The data have changed. A 街道 that only a register names may come or go; the meeting stays with the one and
        the zone it is about."""
        before, name = self.step, self.pages[self.number].name
        self._order(pages)
        here = next((one for one, page in enumerate(self.pages) if page.name == name), None)
        if here is None:
            self.at = self._steps.index(Step(min(before.page, len(self.pages) - 1)))
        else:
            wanted = Step(here, before.zone)
            self.at = self._steps.index(wanted if wanted in self._steps else Step(here))

    def go(self, number: int) -> None:
        """To a page; before the first and behind the last there is none."""
        self.at = self._steps.index(Step(max(0, min(len(self.pages) - 1, number))))

    def on(self, way: int) -> bool:
        """One step forward (1) or back (-1); False at the end."""
        return self._to(way, lambda _step: True)

    def to_zone(self, way: int) -> bool:
        return self._to(way, lambda one: bool(one.zone))

    def to_street(self, way: int) -> bool:
        """To the next page. Back from a zone first to its own page."""
        return self._to(way, lambda one: not one.zone)

    def show(self, zone: str) -> bool:
        """To a zone by its uid, in the page that is looked at where it has it."""
        found = [one for one, step in enumerate(self._steps) if step.zone == zone]
        if not found:
            return False
        self.at = next((one for one in found if self._steps[one].page == self.number), found[0])
        return True

    def _to(self, way: int, wanted: Callable[[Step], bool]) -> bool:
        at = self.at + way
        while 0 <= at < len(self._steps):
            if wanted(self._steps[at]):
                self.at = at
                return True
            at += way
        return False
