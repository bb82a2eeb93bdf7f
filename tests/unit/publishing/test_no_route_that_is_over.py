"""A route to a shelter that is closed is named, drawn and sent along by no product of the registry, a closed shelter
only as closed; a route through another
danger zone is told to whoever prints it, whatever paper it is."""

import pytest
from notice_village import E, N, add, change, office_of, only
from registry_pages import LISTS, REGISTRY
from shapely import LineString, Point, box

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.form_fields import texts_in
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
from geohazard_desktop.publishing.typeset.proof import Wish, take_page

WARNED = "停用广场已经停用，不要再去"
OVER = ("枯井口", "停用广场", "路线 88", "88 号路线", "88号")  # the route's start, its shelter, itself


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    with office_of(tmp_path_factory.mktemp("停用") / "示例.gpkg") as ws:
        zone = only(ws, "danger_zone")
        change(ws, zone, subdistrict="示例街道")
        change(ws, only(ws, "hazard_point"), subdistrict="示例街道")
        closed = add(ws, "shelter", Point(E + 100, N + 600), name="停用广场", capacity=90,
                     closed_on="2026-01-01", closed_reason="改作工地")  # fmt: skip
        over = add(ws, "evacuation_route", LineString([(E + 100, N + 120), (E + 100, N + 600)]), number="88",
                   danger_zone=zone.uid, shelter=closed.uid, start="枯井口")  # fmt: skip
        add(ws, "household", Point(E + 80, N + 120), id="SL-H-0099", head="孙示例", people=4,
            danger_zone=zone.uid, evacuation_route=over.uid)  # fmt: skip
        yield ws


@pytest.mark.parametrize("key", [one for one in REGISTRY if one not in LISTS])
def test_no_paper_names_it(village, key):
    product = PRODUCTS[key]
    form = (("form", "pdf"),) if any(one.key == "form" for one in product.options) else ()
    uid = village.find("household", "id", "SL-H-0099")[0].uid if product.subjects == "household" else ""
    try:
        page = take_page(village, Wish(key, uid, form), OfficeTemplates())
    except ExportRefused:
        assert key == "lift_notice"  # nothing was lifted here
        return
    told = {where: words.replace(WARNED, "") for where, words in texts_in(page.data)}
    assert {where: words for where, words in told.items() if any(one in words for one in OVER)} == {}


@pytest.mark.parametrize("key", ["web", "web_public"])
def test_no_web_page_does(village, tmp_path, key):
    PRODUCTS[key].publish(village, tmp_path / "图.html", {})
    text = (tmp_path / "图.html").read_text(encoding="utf-8")
    assert [one for one in OVER if one in text] == []


def test_the_same_route_to_an_open_shelter_is_named(village):
    """So that the tests above have something to find."""
    closed = village.find("shelter", "name", "停用广场")[0]
    change(village, closed, closed_on=None)
    try:
        for key in ("zone_notice", "signs_zone", "stickers_zone", "drill_script", "map_zone", "cards_work"):
            told = texts_in(take_page(village, Wish(key), OfficeTemplates()).data)
            assert any("停用广场" in words for _where, words in told), key
    finally:
        village.undo()


FAULT = "走路线 3 要穿过危险区南沟。"
MARKED = FAULT + "纸上这条路线写的是先打电话问清再走，请改画路线，再重印。"
# They name no route, or say of one what the register says: nothing on them is marked.
UNMARKED = {"lift_notice", "hazard_list", "drill_script", "calling_zone", "calling_point"}


@pytest.mark.parametrize(
    "key", [key for key, one in PRODUCTS.items() if one.subjects in ("danger_zone", "hazard_point", "warning_sign")]
)
def test_who_prints_a_route_through_another_zone_hears_of_it(village, tmp_path, key):
    product = PRODUCTS[key]
    sentence = FAULT + "请改画路线。" if key in UNMARKED else MARKED
    zone = village.find("danger_zone", "name", "东坡")[0]
    uids = [zone.uid] if product.subjects == "danger_zone" else village.table(product.subjects).uids
    out = tmp_path / ("出" if product.folder else f"出.{product.out[-3:]}")
    if key == "drill_script":  # one of them, without the other zone
        assert FAULT not in "".join(product.publish(village, out, {}, uids=uids).problems)
    add(village, "danger_zone", box(E + 350, N, E + 420, N + 200), name="南沟", hazard_type="滑坡")
    try:
        report = product.publish(village, out, {}, uids=uids)
    finally:
        village.undo()
    told = "".join([*report.problems, *report.notes])
    assert told.count(sentence) >= 1 if report.files else FAULT not in told
    assert report.problems.count(sentence) <= 1
    assert key not in UNMARKED or MARKED not in told
    assert report.files or key == "lift_notice"
