"""Numbers and callouts over a map: exactly on their places, or beside them with a line, and never over what matters."""

from math import dist

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.cartography.label_text import overlap
from geohazard_desktop.publishing.cards.mark_places import MarkRoom, callout_boxes

SIZE = (158.0, 133.0)
DISC, CALLOUT = 7.4, (16.0, 8.0)
NOTHING = np.empty((0, 4))
places = st.tuples(st.floats(20, 138), st.floats(20, 113))


def square(place, side):
    return place[0] - side / 2, place[1] - side / 2, place[0] + side / 2, place[1] + side / 2


def box_of(middle, size):
    return middle[0] - size[0] / 2, middle[1] - size[1] / 2, middle[0] + size[0] / 2, middle[1] + size[1] / 2


def test_numbers_of_a_way_stand_exactly_where_their_steps_begin():
    room = MarkRoom(SIZE, NOTHING)
    steps = [(40.0, 60.0), (60.0, 60.0), (60.0, 90.0)]
    for one in steps:
        room.keep_in_sight(one)
    room.add_way(steps, 2.6)
    assert room.discs(steps, DISC) == steps


def test_a_number_beside_a_landmark_stands_aside_so_that_both_are_seen():
    bus_stop = square((64.0, 60.0), 5.4)
    room = MarkRoom(SIZE, np.array([bus_stop]))
    (disc,) = room.discs([(60.0, 60.0)], DISC)
    assert 0 < dist(disc, (60.0, 60.0)) < 9
    assert not overlap(square(disc, DISC), bus_stop)


def test_the_joining_place_right_before_the_house_is_hidden_by_neither_number():
    door, join = (60.0, 60.0), (62.5, 60.0)
    room = MarkRoom(SIZE, NOTHING)
    room.keep_in_sight(door)
    room.keep_in_sight(join)
    room.cover(box_of(door, (4.8, 3.4)))
    room.add_way([door, join, (100.0, 60.0)], 2.6)
    one, two = room.discs([door, join], DISC)
    assert dist(one, two) >= DISC
    assert min(dist(disc, place) for disc in (one, two) for place in (door, join)) > DISC / 2


def test_a_callout_at_the_frame_stays_in_it():
    room = MarkRoom(SIZE, NOTHING)
    left, top, right, bottom = box_of(room.callout((2.0, 2.0), CALLOUT), CALLOUT)
    assert left > 0
    assert top > 0
    assert right < SIZE[0]
    assert bottom < SIZE[1]


def test_a_callout_hangs_below_where_the_reader_looks_up_the_map():
    above, below = (MarkRoom(SIZE, NOTHING).callout((80.0, 60.0), CALLOUT, below=one) for one in (False, True))
    assert above[1] < 60 < below[1]


@given(home=places, turn=places, symbols=st.lists(places, max_size=6))
def test_a_callout_hides_no_landmark_no_number_and_no_bend_of_the_way(home, turn, symbols):
    shops = [square(one, 5.4) for one in symbols]
    room = MarkRoom(SIZE, np.array(shops).reshape(-1, 4))
    for place in (home, turn):
        room.keep_in_sight(place)
    room.add_way([home, turn], 2.6)
    (number,) = room.discs([turn], DISC)
    middle = room.callout(home, CALLOUT)
    box = box_of(middle, CALLOUT)
    assert not [one for one in shops if overlap(one, box)]
    assert not overlap(square(number, DISC), box)
    assert not box[0] < turn[0] < box[2] or not box[1] < turn[1] < box[3]
    covered = callout_boxes(home, middle, CALLOUT)
    assert any(one[0] <= home[0] <= one[2] and one[1] <= home[1] <= one[3] for one in covered)
