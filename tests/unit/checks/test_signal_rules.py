"""No signal where a paper would print one, and neighbours of one street who would hear two, are told of."""

import shapely
from shapely import Point
from test_rules import E, N, office, two_signals  # noqa: F401


def test_signals_that_differ_in_one_street_are_told_with_their_zones(office):  # noqa: F811
    two_signals(office)
    (one,) = office.found("signal_differs")
    assert "北坡：“连续敲锣”" in one.sentence
    assert "西沟：“吹‘长’哨”" in one.sentence
    assert (one.opens, len(one.others)) == ("warning_signal", 1)
    office.change("danger_zone", warning_signal="连续敲锣")
    assert office.found("signal_differs") == []
    office.change("danger_zone", warning_signal="吹哨", subdistrict="邻街")
    assert office.found("signal_differs") == []  # another street's
    office.change("danger_zone", subdistrict="邻街、河滨街道")
    assert [one.sentence[:4] for one in office.found("signal_differs")] == ["河滨街道"]  # it reaches into both
    office.put("subdistrict", shapely.box(E - 3000, N - 3000, E + 3000, N + 3000), name="河滨街道")
    office.change("danger_zone", subdistrict=None)
    assert len(office.found("signal_differs")) == 1  # who says no street is of the one around


def test_a_point_outside_zones_has_a_signal_of_its_own_and_one_in_a_zone_none_that_nobody_prints(office):  # noqa: F811
    office.change("danger_zone", subdistrict="河滨街道", warning_signal="连续敲锣")
    office.change("hazard_point", warning_signal="吹哨")
    (one,) = office.found("signal_differs")
    assert (one.uid, one.opens) == (office.made["hazard_point"].uid, "warning_signal")
    assert "“吹哨”哪张纸都不印" in one.sentence
    assert "印的是“连续敲锣”" in one.sentence
    office.change("hazard_point", warning_signal=None)
    away = {"name": "东崖", "hazard_type": "崩塌", "subdistrict": "河滨街道", "warning_signal": "吹哨"}
    office.put("hazard_point", Point(E + 900, N + 900), **away)
    (one,) = office.found("signal_differs")
    assert one.sentence.startswith("河滨街道的危险区和区外隐患点有 2 种预警信号")
    assert "东崖：“吹哨”" in one.sentence
    office.change("hazard_point", status="销号")
    assert office.found("signal_differs") == []


def test_a_signal_that_no_paper_would_have_is_an_error_wherever_it_could_stand(office):  # noqa: F811
    office.change_setting("signal.text", "")
    (zone,) = office.found("signal_missing")
    assert (zone.layer, zone.severity) == ("danger_zone", "error")
    office.change("hazard_point", warning_signal="敲锣")
    assert office.found("signal_missing") == []
    office.put("hazard_point", Point(E + 900, N + 900), hazard_type="崩塌")
    office.put("household", Point(E + 900, N + 950), head="赵示例")
    point, setting = office.found("signal_missing")
    assert (point.layer, setting.layer) == ("hazard_point", "setting")
    assert setting.sentence.startswith("1 户不属于任何危险区")
    office.change_setting("signal.text", "敲锣")
    assert office.found("signal_missing") == []
