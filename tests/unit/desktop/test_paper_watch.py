"""What the window knows of papers after a look at some of them."""

from geohazard_desktop.desktop.papers.paper_watch import followed, kinds_words, rest_after
from geohazard_desktop.publishing.issues.standing import Standing, State


def standing(product: str, uid: str, state: State = State.LATEST, version: int = 1) -> Standing:
    return Standing(product, "household", uid, uid, "", "", state, version=version)


def test_a_look_at_some_doors_leaves_what_is_known_of_others_and_takes_the_rest_anew():
    before = [
        standing("cards_household", "a", State.CHANGED),
        standing("cards_household", "b"),
        standing("map_zone", "z", State.CHANGED),
        standing("signs", "gone"),
    ]
    found = [standing("cards_household", "b", State.CHANGED), standing("map_zone", "z"), standing("signs", "new")]
    assert followed(before, found, {"b"}) == [before[0], *found]


def test_a_long_look_is_not_followed_by_minutes_of_rest_in_which_nothing_is_compared():
    assert rest_after(2.0) == 6.0
    assert rest_after(67.0) == rest_after(600.0) <= 30.0


def test_kinds_are_told_most_first():
    ones = [standing("map_zone", "z"), standing("cards_household", "a"), standing("cards_household", "b")]
    assert kinds_words(ones) == "防灾避险明白卡 2 张、危险区警示图 1 张"
