"""How many must move, in every product of the registry: the one number, and the form's smaller one never alone."""

import re

import pytest
from notice_village import E, N, add, build, change, office_of, only
from registry_pages import LISTS, REGISTRY
from shapely import Point

from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.zone_grade import zone_grade
from geohazard_desktop.analysis.zone_residents import residents_of
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.desktop.forms.feature_facts import facts_of
from geohazard_desktop.editing.automatic import automatic_values
from geohazard_desktop.publishing.form_fields import texts_in
from geohazard_desktop.publishing.papers.drill_script import DrillMaker
from geohazard_desktop.publishing.papers.plan_table import grade_of_zone
from geohazard_desktop.publishing.papers.sign_board import SignMaker
from geohazard_desktop.publishing.papers.zone_facts import zone_facts
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
from geohazard_desktop.publishing.typeset.proof import Wish, take_page

TYPED, COUNTED = 617, 941  # numbers that stand nowhere else


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    with office_of(tmp_path_factory.mktemp("一个数") / "示例.gpkg") as ws:
        house, zone = only(ws, "household"), only(ws, "danger_zone")
        change(ws, house, people=COUNTED)
        change(ws, zone, must_move_people=TYPED, potential_loss_wan=10.0, subdistrict="示例街道")
        change(ws, only(ws, "hazard_point"), threatened_objects=None, threatened_people=None,
               threatened_households=None, subdistrict="示例街道")  # fmt: skip
        yield ws


def alone(words):
    """The form's number where it is not told to be what was filled in."""
    found = [one.group() for one in re.finditer(rf".{{0,12}}(?<!\d){TYPED}(?!\d).{{0,6}}", words)]
    return [one for one in found if "填的" not in one]


@pytest.mark.parametrize("key", [one for one in REGISTRY if one not in LISTS])
def test_no_paper_prints_the_forms_smaller_number_for_who_must_move(village, key):
    form = (("form", "pdf"),) if any(one.key == "form" for one in PRODUCTS[key].options) else ()
    try:
        page = take_page(village, Wish(key, options=form), OfficeTemplates())
    except ExportRefused:
        assert key == "lift_notice"  # nothing was lifted here
        return
    told = dict(texts_in(page.data))
    assert {where: found for where, words in told.items() if (found := alone(words))} == {}


@pytest.mark.parametrize(
    "key", ["map_zone", "signs", "signs_zone", "plan_table", "cards_work", "hazard_list", "calling_zone"]
)
def test_the_larger_number_stands_where_papers_tell_one(village, key):
    """So that the test above has something to find."""
    page = take_page(village, Wish(key), OfficeTemplates())
    assert any(re.search(rf"(?<!\d){COUNTED}(?!\d)", words) for _where, words in texts_in(page.data)), key


@pytest.mark.parametrize("key", ["web", "web_public"])
def test_no_web_page_does(village, tmp_path, key):
    PRODUCTS[key].publish(village, tmp_path / "图.html", {})
    text = (tmp_path / "图.html").read_text(encoding="utf-8")
    assert f"{COUNTED} 人" in text
    assert alone(text) == []


def test_form_papers_and_check_say_one_grade(village):
    zone = only(village, "danger_zone")
    both = zone_grade(village, zone)
    assert (both.certain, both.doubt()) == ("大型", "")
    change(village, zone, must_move_people=90)
    zone = only(village, "danger_zone")
    told = "\n".join(facts_of(village, zone))
    assert "险情等级 大型：需转移人数 941 人" in told
    assert "险情等级按登记的 941 人是大型，按填的 90 人只是小型。请核对后改成一个数。" in told
    assert "印的需转移人数：941 人（按登记住户，填的是 90 人）。" in told
    assert grade_of_zone(village, zone) == "大型"
    assert zone_facts(village, zone).danger_grade == "大型（Ⅱ级）"
    change(village, zone, must_move_people=COUNTED)
    assert "印的" not in "".join(facts_of(village, only(village, "danger_zone")))  # the field says it already
    change(village, only(village, "danger_zone"), must_move_people=None)
    zone = only(village, "danger_zone")
    assert zone_facts(village, zone).danger_grade == "不低于大型（Ⅱ级）"  # not 不低于小型 by the loss alone
    assert grade_of_zone(village, zone) is None
    change(village, zone, must_move_people=TYPED)


@pytest.fixture
def small(workspace):
    ws = build(workspace)
    add(ws, "household", Point(E - 300, N + 100), id="SL-H-0018", people=3,
        evacuation_route=only(ws, "evacuation_route").uid)  # fmt: skip
    return ws


def test_who_works_in_the_zone_is_not_left_out_of_a_form_of_households(small):
    add(small, "facility", Point(E + 20, N + 20), name="示例厂", people=10)
    change(small, only(small, "danger_zone"), must_move_people=5)  # both households
    zone = only(small, "danger_zone")
    need = must_move(small, zone)
    assert need.words() == "15 人（按登记住户和设施，填的是 5 人）"
    assert need.doubt("东坡") == "东坡填的需转移人数是 5 人，登记住户和设施 15 人。请核对后改成一个数。"
    found = automatic_values(small, zone)["must_move_people"]
    assert (found.value, found.reason) == (15, "2 户的家庭人数和区内设施的 10 人之和，含区外归本区撤离的 1 户")


def test_households_nobody_counted_make_it_a_least_number(small):
    add(small, "household", Point(E + 30, N + 30), id="SL-H-0019")
    change(small, only(small, "danger_zone"), must_move_people=1)
    change(small, only(small, "hazard_point"), threatened_objects=None)
    zone = only(small, "danger_zone")
    need = must_move(small, zone)
    assert need.words() == "至少 5 人（按登记住户，填的是 1 人，1 户没填人数）"
    assert SignMaker(small, None).of_sign(only(small, "warning_sign")).form.threat == "需转移至少 5 人"
    assert "；危险区需转移至少 5 人" in DrillMaker(small, None).form(zone).scope
    change(small, zone, must_move_people=30)
    assert must_move(small, only(small, "danger_zone")).told() == "30 人"


def test_a_household_without_a_count_is_told_where_it_stands(small):
    zone, outside = only(small, "danger_zone"), small.find("household", "id", "SL-H-0018")[0]
    change(small, outside, people=None)
    assert residents_of(small, zone).inside_words() == "1 户 2 人，另有 1 户（没填人数）在区外、归本区撤离"
    change(small, small.find("household", "id", "SL-H-0018")[0], people=3)
    change(small, small.find("household", "id", "SL-H-0017")[0], people=None)
    assert residents_of(small, zone).inside_words() == "1 户（没填人数），另有 1 户 3 人在区外、归本区撤离"
