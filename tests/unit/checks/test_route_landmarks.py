"""Words of a route that name what its line no longer passes are told of, with how far that is."""

from shapely import LineString, Point
from test_rules import TODAY, E, N, office  # noqa: F401

from geohazard_desktop.checks.focus import touched_by
from geohazard_desktop.checks.run import check, check_near, merged


def test_of_both_texts_each_is_told_with_what_it_names_and_how_far_that_is(office):  # noqa: F811
    office.put("landmark", Point(E + 600, N + 100), name="老榆树")
    office.put("landmark", Point(E + 410, N + 200), name="水塔")
    office.put("road", LineString([(E + 500, N), (E + 500, N + 150)]), name="东街")
    office.change("evacuation_route", description="到水塔左转，沿东街一直走", landmarks="水塔、老榆树")
    words, listed = office.found("route_landmarks")
    assert (words.opens, listed.opens, words.severity) == ("description", "landmarks", "info")
    assert words.sentence == (
        "撤离路线 SL-L-0001 的路线说明里写着“东街”（离 100 米），路线不从那里过（40 米以内才算路过）。"
        "路线改画过的，请把这一栏也改过来。"
    )
    assert "沿途地标里写着“老榆树”（离 200 米）" in listed.sentence
    office.reshape("evacuation_route", LineString([(E + 250, N + 100), (E + 620, N + 100), (E + 700, N + 420)]))
    assert [one.about for one in office.found("route_landmarks")] == ["description", "landmarks"]  # 水塔 now
    office.change("evacuation_route", description="沿东街", landmarks="老榆树")
    assert office.found("route_landmarks") == []


def test_a_name_within_a_longer_one_and_a_namesake_elsewhere_are_not_meant(office):  # noqa: F811
    office.put("road", LineString([(E + 500, N), (E + 500, N + 150)]), name="东街")
    office.put("facility", Point(E + 420, N + 200), name="东街小学")
    office.put("landmark", Point(E - 1500, N), name="卫生室")
    office.change("evacuation_route", description="过东街小学和卫生室", landmarks="东街小学、卫生室、东街口")
    assert office.found("route_landmarks") == []


def test_what_becomes_of_a_landmark_far_from_the_line_is_told_at_once(office):  # noqa: F811
    office.put("landmark", Point(E - 200, N - 200), name="水塔")
    office.change("evacuation_route", description="过水塔")
    findings, steps = check(office.ws, today=TODAY), []
    assert [one.rule for one in findings] == ["route_landmarks"]
    unsubscribe = office.ws.subscribe(steps.extend)
    office.change("landmark", name="老水塔")
    unsubscribe()
    again = check_near(office.ws, touched_by(steps, office.ws.definitions), today=TODAY)
    assert merged(findings, again) == check(office.ws, today=TODAY) == []
