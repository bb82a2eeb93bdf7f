"""Whatever goes out in public tells nothing of a person, and says so where somebody typed a name into a public field.

The tests go over the registry: a product that is put there is printed here with each value of its choices.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_village import add, build, leaks
from registry_pages import LISTS
from test_hostile_names import district

from geohazard_desktop.checks.run import check
from geohazard_desktop.checks.set_aside import set_aside
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.product import Option, OptionValue, Product
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.feature import Value
from geohazard_desktop.workspace.issuer import PERSONAL
from geohazard_desktop.workspace.workspace import Workspace

SECRET, NUMBER, MONEY = "欧阳秘示", "139 0000 0077", 98765.0
WORDS = (SECRET, NUMBER, NUMBER.replace(" ", ""), "98765", "98\u2009765")
BODIES = ("id", "unit", "post", "subdistrict")  # of a person's row: what they name is public elsewhere
# What stays in the office or goes to the one household it speaks of. A new product is in here or goes public.
INTERNAL = {
    "map_internal", "meeting_sheet", "web", "cards_work", "cards_household", "cards_large", "receipts", "distribution",
    "calling_zone", "calling_street", "calling_point",
}  # fmt: skip
# Nothing that can be told apart by whose it is: looked at with one value.
PLAIN = {"paper": ("A4", "slide"), "tiles": ("",), "size": ("square", "A6x4", "A5", "1500")}


def public_options(product: Product) -> dict[str, OptionValue] | None:
    """What makes it public; None where nothing does."""
    keys = {one.key for one in product.options}
    given: dict[str, OptionValue] = {}
    if "profile" in keys:
        given["profile"] = "public"
    if "people" in keys:
        given["people"] = False
    return given if product.goes_public(given) else None


PUBLIC = {key: made for key, one in PRODUCTS.items() if (made := public_options(one)) is not None}


def values(option: Option) -> list[OptionValue]:
    if option.kind == "choice":
        every = [value for value, _words in option.values]
        return [one for one in every if one in PLAIN.get(option.key, every)] or every[:1]
    return [True, False] if option.kind == "switch" else [option.default]


def orders(product: Product) -> list[dict[str, OptionValue]]:
    """So many that each value of each choice is in one of them."""
    fixed = PUBLIC[product.key]
    free = {one.key: values(one) for one in product.choices if one.key not in {*fixed, "changed_only", "dpi"}}
    small = {"dpi": 96.0} if any(one.key == "dpi" for one in product.choices) else {}
    many = max((len(one) for one in free.values()), default=1)
    return [{**fixed, **small, **{key: of[turn % len(of)] for key, of in free.items()}} for turn in range(many)]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Every personal field of every layer is filled."""
    with Workspace.create(tmp_path_factory.mktemp("public") / "示例.gpkg", district()) as ws:
        build(ws, {"plain": "东坡"})
        for layer in ("household_member", "person", "facility", "objection"):
            add(ws, layer, ws.table("shelter").geometries[0] if ws.definition(layer).geometry == "point" else None)
        for key, column in PERSONAL.items():
            told = NUMBER if column == "phone" else SECRET
            add(ws, "setting", None, key=key, **{column: told})
        for definition in ws.definitions.values():
            if definition.append_only or definition.helper:
                continue
            filled: dict[str, Value] = {}
            for field in definition.fields:
                if definition.is_personal(field.name) and not field.values and field.name not in BODIES:
                    value = {"text": NUMBER if field.role == "phone" else SECRET, "real": MONEY}.get(field.type)
                    filled |= {} if value is None else {field.name: value}
            table = list(ws.table(definition.table))
            if filled and table:
                ws.apply(change_values(ws.definitions, table, filled))
        yield ws


def test_each_product_is_known_to_be_public_or_not():
    assert set(PUBLIC) | INTERNAL == set(PRODUCTS)
    assert not set(PUBLIC) & INTERNAL


@pytest.mark.parametrize("key", PUBLIC)
def test_nothing_personal_is_in_what_goes_public(village, tmp_path, key):
    product = PRODUCTS[key]
    pictures = PRODUCTS[key].group == "pictures"
    for number, order in enumerate(orders(product)):
        out = tmp_path / str(number) / (product.out if product.folder else "出" + product.ending(order))
        out.parent.mkdir()
        if pictures and order.get("form") in ("pdf", "world", "tif"):  # coordinates are for the office alone
            with pytest.raises(ExportRefused, match="公开"):
                product.publish(village, out, order)
            assert not [one for one in out.parent.rglob("*") if one.is_file()]
            continue
        report = product.publish(village, out, order)
        assert report.files or key == "lift_notice"
        assert not [one for one in report.problems if SECRET in one or "电话或证件号" in one]
    # A sticker hangs inside that very door; who takes part in a drill finds the doors by their numbers.
    household = () if key in ("stickers_household", "drill_script") else ("SL-H-0001",)
    assert leaks(tmp_path, (*WORDS, *household)) == []


@pytest.mark.parametrize("key", [key for key in PUBLIC if key not in ("lift_notice", "stickers_household")])
def test_a_name_in_a_public_field_is_told_in_the_report(village, tmp_path, key):
    product = PRODUCTS[key]
    told = {"danger_zone": "name", "evacuation_route": "start", "shelter": "name", "hazard_point": "name",
            "warning_sign": "text", "key_area": "name"}  # fmt: skip
    before = {layer: village.table(layer).feature(0) for layer in told}
    try:
        for layer, field in told.items():
            village.apply(change_values(village.definitions, [before[layer]], {field: f"{SECRET}家门口"}))
        report = product.publish(village, tmp_path / Path(product.out).name, PUBLIC[key])
    finally:
        for _one in told:
            village.undo()
    if key == "yearly_plan":  # it leaves such a text blank, and says so
        assert any("个人信息" in one for one in report.problems)
        return
    said = [one for one in report.problems if f"人名“{SECRET}”" in one]
    assert said
    assert set(said) <= set(report.general)  # a batch tells each once


def test_a_mobile_in_a_public_field_is_told_too_but_not_the_line_that_all_should_call(village, tmp_path):
    shelter, mobile = village.table("shelter").feature(0), "139 0000 0078"
    village.apply(change_values(village.definitions, [shelter], {"name": f"小学操场，找守门人 {mobile}"}))
    add(village, "setting", None, key="duty.phone", value="13900000079")
    try:
        report = PRODUCTS["map_public"].publish(village, tmp_path / "图.pdf", {"paper": "A4"})
    finally:
        village.undo()
        village.undo()
    (said,) = [one for one in report.problems if "手机号" in one or "电话或证件号" in one]
    assert "避险安置点" in said
    assert "名称" in said


@pytest.mark.parametrize(("key", "form"), [("hazard_list", "xlsx"), ("yearly_plan", "docx")])
def test_a_file_that_is_no_page_is_listened_to_as_well(village, tmp_path, key, form):
    """A workbook or a Word file alone: what no page says."""
    point = village.table("hazard_point").feature(0)
    village.apply(change_values(village.definitions, [point], {"name": "东坡塌陷，找 139 0000 0078"}))
    try:
        report = PRODUCTS[key].publish(village, tmp_path, {**PUBLIC[key], "form": form})
    finally:
        village.undo()
    assert [one for one in report.problems if "名称里有手机号" in one and "隐患点" in one]


def test_what_was_set_aside_with_a_reason_is_not_told_again(village, tmp_path):
    product = PRODUCTS["map_public"]
    (shelter,) = village.table("shelter")
    village.apply(change_values(village.definitions, [shelter], {"name": f"{SECRET}诊所"}))
    finding = next(one for one in check(village) if one.rule == "personal_data" and one.layer == "shelter")
    out = tmp_path / "图.pdf"
    assert finding.sentence in product.publish(village, out, {"paper": "A4"}).problems
    village.apply(set_aside(village, finding, "大家都这么叫", "李范例", village.history(1)[0].made_at))
    report = product.publish(village, out, {"paper": "A4"})
    assert [one for one in report.problems if SECRET in one] == []
    village.undo()
    village.undo()


def test_what_comes_from_no_field_is_told_too(village, tmp_path):
    add(village, "setting", None, key="government.name", value=f"示例区 {SECRET} 139 0000 0078")
    try:
        report = PRODUCTS["zone_notice"].publish(village, tmp_path / "公告", {})
    finally:
        village.undo()
    assert any(f"人名“{SECRET}”、手机号" in one and "设置" in one for one in report.problems)


def test_the_number_that_a_sticker_is_meant_to_show_is_not_told(village, tmp_path):
    (home,) = village.table("household")
    village.apply(change_values(village.definitions, [home], {"remark": "卧床", "helper_phone": "139 0000 0078"}))
    try:
        report = PRODUCTS["stickers_household"].publish(village, tmp_path, {})
    finally:
        village.undo()
    assert leaks(tmp_path, ["139 0000 0078"])
    assert [one for one in report.problems if "电话或证件号" in one or "手机号" in one] == []


def test_what_stays_in_the_office_may_name_people(village, tmp_path):
    assert not PRODUCTS["cards_household"].goes_public({})
    assert not PRODUCTS["plan_table"].goes_public({"people": True})
    assert PRODUCTS["plan_table"].goes_public({"people": False})
    assert set(LISTS) <= INTERNAL
