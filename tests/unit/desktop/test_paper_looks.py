"""A look at papers holds again when the data are as they were then, however one came back to them."""

from datetime import date, timedelta

from shapely import Point

from geohazard_desktop.desktop.papers.paper_looks import Looks
from geohazard_desktop.publishing.issues.standing import Standing, State
from geohazard_desktop.workspace.feature import Delta, Feature

TODAY = date(2026, 6, 1)
HOME = Feature("household", "h", Point(1, 2), {"phone": "139 0000 0001", "note": None})
MOVED = HOME.with_geometry(Point(1, 3))
CALLED = MOVED.with_values(phone="139 0000 0002")


def standings(state: State) -> list[Standing]:
    return [Standing("cards_household", "household", "h", "B001", "", "", state, version=1)]


LATEST, CHANGED = standings(State.LATEST), standings(State.CHANGED)


def change(before: Feature | None, after: Feature | None) -> Delta:
    one = before or after
    assert one is not None
    return Delta(one.layer, one.uid, before, after)


def test_nothing_is_known_of_changed_data_until_they_are_changed_back():
    looks = Looks()
    looks.took(LATEST, TODAY)
    assert looks.again(TODAY) == LATEST
    looks.follow([change(HOME, MOVED), change(MOVED, CALLED)])
    assert looks.again(TODAY) is None
    looks.follow([change(CALLED, MOVED)])
    assert looks.again(TODAY) is None
    looks.follow([change(MOVED, Feature("household", "h", Point(1, 2), {"phone": "139 0000 0001"}))])
    assert looks.again(TODAY) == LATEST


def test_undo_and_redo_lead_from_one_look_to_the_other():
    looks = Looks()
    looks.took(LATEST, TODAY)
    looks.follow([change(HOME, MOVED)])
    looks.took(CHANGED, TODAY)
    looks.follow([change(MOVED, HOME)])
    assert looks.again(TODAY) == LATEST
    looks.follow([change(HOME, MOVED)])
    assert looks.again(TODAY) == CHANGED


def test_what_came_and_went_is_as_it_was_and_what_came_back_otherwise_is_not():
    looks = Looks()
    looks.took(LATEST, TODAY)
    looks.follow([change(None, HOME), change(HOME, None)])
    assert looks.again(TODAY) == LATEST
    looks.follow([change(HOME, None), change(None, HOME.with_values(id="SL-H-0009"))])
    assert looks.again(TODAY) is None


def test_a_look_of_another_day_does_not_hold_and_what_was_printed_since_is_known_to_all():
    looks = Looks()
    looks.took(CHANGED, TODAY)
    assert looks.again(TODAY + timedelta(days=1)) is None
    looks.each(lambda _found: LATEST)
    assert looks.again(TODAY) == LATEST
    looks.forget()
    assert looks.again(TODAY) is None


def test_a_paper_made_from_changed_data_is_not_called_the_latest_after_their_undo():
    looks = Looks()
    looks.took(LATEST, TODAY)
    looks.follow([change(HOME, MOVED)])
    looks.took(CHANGED, TODAY)
    looks.each(lambda _found: LATEST)  # printed again, as the house stands now
    assert looks.again(TODAY) == LATEST
    looks.follow([change(MOVED, HOME)])
    assert looks.again(TODAY) is None
