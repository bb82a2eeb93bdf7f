"""Who is counted, graded and fetched, and what the checks say where form and register tell two things."""

from shapely import Point
from test_rules import TODAY, E, N, in_bed, office  # noqa: F401

from geohazard_desktop.checks.focus import touched_by
from geohazard_desktop.checks.repair import repair_of
from geohazard_desktop.checks.run import check, check_near, merged
from geohazard_desktop.workspace.edits import change_values, delete_features
from geohazard_desktop.workspace.edits.bilingual import MongolianText, set_mongolian


def test_who_moved_away_is_no_reproach_to_a_number_that_cannot_hold_them(office):  # noqa: F811
    """40 with 2 registered may hold three who went; once the others are registered, or 4 are typed, it can't."""
    second = office.put("household", Point(E + 120, N + 60), people=3, danger_zone=only_zone(office).uid, head="示例户")
    office.change("danger_zone", must_move_people=40)
    office.ws.apply(change_values(office.ws.definitions, [second], {"moved_out_on": "2026-05-01"}))
    (one,) = office.found("danger_zone_people")
    assert one.sentence.endswith("请在区内的重要设施里填人数，或者在检查里搁置这一条。")
    office.put("facility", Point(E + 20, N + 20), name="示例厂", people=36)
    assert office.found("danger_zone_people") == []
    assert "另外 2 人不在名单上" in office.found("danger_zone_unregistered")[0].sentence


def test_two_numbers_that_give_two_grades_are_told(office):  # noqa: F811
    office.change("household", people=118)
    office.change("danger_zone", must_move_people=90)
    (one,) = office.found("danger_zone_people")
    assert "险情等级按登记的 118 人是中型，按填的 90 人只是小型，图纸上印的是前一个。" in one.sentence


def test_a_sign_s_words_that_did_not_follow_the_register_are_told_with_both_numbers_and_put_right(office):  # noqa: F811
    point, zone = office.made["hazard_point"], only_zone(office)
    office.put("household", Point(E - 20, N + 60), people=1, danger_zone=zone.uid, head="示例户")  # outside
    office.change("danger_zone", must_move_people=3)
    office.change("hazard_point", threatened_objects="住户 2 户 2 人、北岸路 900 m")
    (one,) = office.found("danger_zone_people")
    assert (one.layer, one.about, one.opens) == ("hazard_point", "threatened_objects", "")
    assert one.sentence == (
        "隐患点 北坡 SL-D-0001 的威胁对象里写的是 2 户 2 人，"
        "危险区 北坡 SL-W-0001 登记的是住户 2 户 3 人（其中 1 户在区外、归本区撤离）。"
        "警示牌、预案表印的是前一个，叫人名单印后一个，请核对后改成一样的。"
    )
    made = repair_of(office.ws, one)
    assert made.price == "“住户 2 户 2 人、北岸路 900 m”改为“住户 2 户 3 人、北岸路 900 m”"
    office.ws.apply(made.edit)
    assert office.ws.feature("hazard_point", point.uid).text("threatened_objects") == "住户 2 户 3 人、北岸路 900 m"
    assert office.found("danger_zone_people") == []


def test_words_of_those_inside_alone_and_of_a_plant_s_people_agree(office):  # noqa: F811
    zone = only_zone(office)
    office.put("household", Point(E - 20, N + 60), people=1, danger_zone=zone.uid, head="示例户")
    office.put("facility", Point(E + 20, N + 20), name="示例厂", people=36)
    office.change("danger_zone", must_move_people=39)
    for words in ("1 户 2 人", "2 户 39 人", "1 户 38 人", "示例厂、道路 300 m", "住户 2 户"):
        office.change("hazard_point", threatened_objects=words)
        assert office.found("danger_zone_people") == [], words


def test_words_that_no_program_can_put_right_are_for_a_hand(office):  # noqa: F811
    office.change("hazard_point", threatened_objects="东侧 5 户 16 人、西侧 7 户 22 人")
    (one,) = office.found("danger_zone_people")
    assert "写的是 12 户 38 人" in one.sentence
    assert one.sentence.endswith("请核对后改成一样的；多出来的还没有登记的，先登记，不要改小。")
    assert (one.fix, one.opens) == ("", "threatened_objects")
    office.change("household", people=None)
    office.change("hazard_point", threatened_objects="1 户 2 人")
    assert office.found("danger_zone_people") == [], "whom nobody counted may be two"
    office.change("hazard_point", threatened_objects="3 户 2 人")
    assert office.found("danger_zone_people")[0].fix == "", "the register's sum would be too small"


def test_words_follow_at_once_whoever_is_registered(office):  # noqa: F811
    """The point stands apart from its zone and from the house: its words are looked at again all the same."""
    office.change("danger_zone", hazard_point=None)
    office.change("hazard_point", threatened_objects="1 户 2 人", danger_zone=only_zone(office).uid)
    office.reshape("hazard_point", Point(E - 900, N - 900))
    findings = check(office.ws, today=TODAY)
    for people in (3, 2):
        steps = []
        unsubscribe = office.ws.subscribe(steps.extend)
        office.change("household", people=people)
        unsubscribe()
        findings = merged(findings, check_near(office.ws, touched_by(steps, office.ws.definitions), today=TODAY))
        whole = check(office.ws, today=TODAY)
        assert {one.key for one in findings} == {one.key for one in whole}
        assert ("hazard_point" in {one.layer for one in whole if one.rule == "danger_zone_people"}) is (people == 3)


def only_zone(office):  # noqa: F811
    (zone,) = office.ws.table("danger_zone")
    return zone


def test_without_a_duty_line_no_check_says_that_the_card_prints_it(office):  # noqa: F811
    in_bed(office)
    office.change("hazard_point", monitor_phone=None)
    assert "卡上只能印值班电话。" in office.found("household_not_fetched")[0].sentence
    office.change_setting("duty.phone", "")
    told = office.found("household_not_fetched")[0].sentence
    assert "值班电话也没有填，卡上没有电话可印。请至少填一个。" in told


def test_who_answers_for_the_cards_is_asked_for_and_is_a_person(office):  # noqa: F811
    office.change("danger_zone", reason="问郑示例")
    (one,) = office.found("personal_data")
    assert "人名“郑示例”" in one.sentence
    (row,) = office.ws.find("setting", "key", "issuer.contact")
    office.ws.apply(change_values(office.ws.definitions, [row], {"person": None, "value": "郑示例"}))
    (one,) = office.found("office_settings")  # what stands in a field that is not personal is printed nowhere
    assert one.about == "issuer.contact"
    assert one.sentence.startswith("设置里没有发放单位负责人，卡上这一处会空着")


def test_a_helper_who_gives_the_signal_is_no_helper(office):  # noqa: F811
    in_bed(office)
    office.change("household", helper="王示例", helper_phone="139 0000 0009")
    (one,) = office.found("household_helper")
    assert "填的转移帮扶人就是监测人（巡查人）" in one.sentence
    office.change("household", helper="周示例", helper_phone="139 0000 0009、139-0000-0002")  # the monitor's number
    assert len(office.found("household_helper")) == 1
    office.change("household", helper_phone="139 0000 0009")
    assert office.found("household_helper") == []
    office.change("hazard_point", monitor=None, monitor_phone=None)
    office.change("danger_zone", patrol_person="周示例", patrol_phone="139 0000 0009")
    assert len(office.found("household_helper")) == 1


def test_a_mongolian_text_names_nobody_either(office):  # noqa: F811
    """It stands large on signs and notices; names in Mongolian letters are whole words."""
    name, other = "\u182a\u1820\u182d\u1820\u1832\u1824\u1837", "\u182a\u1820\u182d\u1820"
    texts = {"崩塌危险": MongolianText(f"{other} {name} {other}"), "禁止入内": MongolianText(other)}
    office.ws.apply(set_mongolian(office.ws, texts))
    assert office.found("people_in_settings") == []
    office.put("person", name=name)
    (one,) = office.found("people_in_settings")
    assert one.sentence.startswith("“崩塌危险”的蒙古文里有人名“")
    assert one.about == "mongolian.崩塌危险"


def test_who_hears_no_signal_has_somebody_who_comes(office):  # noqa: F811
    office.change("household", people=1)
    (first, second) = office.ws.table("household_member")
    office.ws.apply(delete_features(office.ws.definitions, [second]))
    office.ws.apply(change_values(office.ws.definitions, [first], {"hearing": "听不见", "mobility": "正常"}))
    assert office.found("household_not_fetched") == []
    office.change("hazard_point", monitor_phone=None)
    office.change("danger_zone", patrol_phone=None)
    (one,) = office.found("household_not_fetched")
    assert "家里没有人听得见信号，没有人来叫" in one.sentence
    assert office.found("household_helper") == []
    office.change("household", people=2)
    assert office.found("household_not_fetched") == []
