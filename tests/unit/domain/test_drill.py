"""The steps of an evacuation drill: every one has its minute, those after the signal are reckoned."""

from geohazard_desktop.domain.drill import drill_questions, drill_steps, drill_tasks


def test_minutes_after_the_signal_are_getting_going_and_walking():
    steps = drill_steps(getting_going=5, fastest=9, slowest=26)
    assert [one.minute for one in steps] == [0, 5, 8, 10, 10, 10, 15, 24, 41, 46, 51, 56]
    assert steps[0].role == "监测人"


def test_without_a_route_nothing_is_guessed_of_the_walk():
    assert [one.minute for one in drill_steps(5, None, None)] == [0, 5, 8, 10, 10, 10, 15, None, None, None, None, None]


def test_everybody_who_acts_has_a_task():
    tasked = {role for role, _task in drill_tasks()}
    assert {one.role for one in drill_steps(5, 9, 26)} - tasked == {
        "各户",
        "来接的人",
    }
    assert len(drill_questions()) >= 3
