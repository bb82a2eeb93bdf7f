"""What several rules ask of a household or a zone is worked out once in a run of the checks."""

from collections import Counter

from geohazard_desktop.analysis.evacuation import WayFinder
from geohazard_desktop.checks import office
from geohazard_desktop.checks.run import check
from geohazard_desktop.workspace.workspace import Workspace


def test_a_check_works_out_each_way_and_each_zones_people_once(demo_path, monkeypatch):
    ways: Counter[str] = Counter()
    needs: Counter[str] = Counter()
    finders: list[WayFinder] = []
    way, need, begin = WayFinder.way, office.must_move, WayFinder.__init__

    def counted_way(finder, household):
        ways[household.uid] += 1
        return way(finder, household)

    def counted_need(ws, zone, today=None):
        needs[zone.uid] += 1
        return need(ws, zone, today)

    def counted_finder(finder, *given):
        finders.append(finder)
        begin(finder, *given)

    monkeypatch.setattr(WayFinder, "way", counted_way)
    monkeypatch.setattr(WayFinder, "__init__", counted_finder)
    monkeypatch.setattr(office, "must_move", counted_need)
    with Workspace.open(demo_path) as ws:
        check(ws)
    assert ways
    assert needs
    assert max(ways.values()) == 1
    assert max(needs.values()) == 1
    assert len(finders) == 1
