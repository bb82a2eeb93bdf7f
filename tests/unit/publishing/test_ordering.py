"""What somebody types to order a paper is understood as an office says it, or refused with the nearest."""

import shutil
from pathlib import Path

import pytest
from notice_village import E, N, add, build
from shapely import Point

from geohazard_desktop.cli import run
from geohazard_desktop.common.errors import UsageWrong
from geohazard_desktop.publishing.ordering import (
    options_called,
    place_called,
    product_called,
    product_lines,
    subjects_called,
)
from geohazard_desktop.publishing.product import OptionValue
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def demo(_demo_master, tmp_path_factory):
    path = Path(shutil.copy(_demo_master, tmp_path_factory.mktemp("order") / "演示.gpkg"))
    with Workspace.open(path, read_only=True) as ws:
        yield ws


@pytest.mark.parametrize("key", [one.key for one in PRODUCTS.values() if one.subjects])
def test_a_subject_of_every_product_is_named_by_number_code_uid_or_name(demo, key):
    product = PRODUCTS[key]
    one = next(iter(demo.attributes(product.subjects)))
    names = [one.text(name) for name in ("id", "code", "unified_code", "name", "head") if name in one.values]
    words = [one.uid, *(name for name in names if name)]
    assert len(words) > 1
    assert subjects_called(demo, product, words) == [one.uid]


def test_a_household_is_known_by_the_number_on_its_card(demo):
    issued = next(one for one in demo.attributes("card_issue") if one.text("household"))
    number = issued.text("card_no")
    assert subjects_called(demo, PRODUCTS["cards_household"], [number]) == [issued.text("household")]
    with pytest.raises(UsageWrong, match="危险区里没有编号"):
        subjects_called(demo, PRODUCTS["map_zone"], [number])


def test_spaces_width_and_capitals_are_forgiven(demo):
    (zone,) = demo.find("danger_zone", "id", "WD-W-0001")
    assert subjects_called(demo, PRODUCTS["map_zone"], ["ｗｄ-w-0001 ", "五虎山东 采空塌陷"]) == [zone.uid]


def test_a_list_in_one_word_is_read_as_a_list(demo):
    product = PRODUCTS["map_zone"]
    one, two = (demo.find("danger_zone", "id", f"WD-W-000{number}")[0].uid for number in (1, 2))
    assert subjects_called(demo, product, ["WD-W-0001,WD-W-0002"]) == [one, two]
    assert subjects_called(demo, product, ["五虎山东采空塌陷、WD-W-0002；"]) == [one, two]
    with pytest.raises(UsageWrong, match="危险区里没有编号、代码或名称是“WD-W-9999”的"):
        subjects_called(demo, product, ["WD-W-0001，WD-W-9999"])


def test_a_name_with_a_comma_in_it_is_one_name(workspace):
    ws = build(workspace)
    point = Point(E, N)
    added = [add(ws, "warning_sign", point, id=f"SL-J-090{n}", name=name) for n, name in enumerate(("东院", "西院"))]
    both = add(ws, "warning_sign", point, id="SL-J-0909", name="东院、西院")
    assert subjects_called(ws, PRODUCTS["signs"], ["东院、西院"]) == [both.uid]
    assert subjects_called(ws, PRODUCTS["signs"], ["西院、东院"]) == [added[1].uid, added[0].uid]


@pytest.mark.parametrize(
    ("key", "words", "sentence"),
    [
        ("map_street", "五虎山", "街道（镇）里没有编号、代码或名称是“五虎山”的。最接近的是：150304003 五虎山街道。"),
        ("map_area", "#$<script>", "重点防控区里没有编号、代码或名称是“#$<script>”的。有 6 个，例如："),
        ("signs", "WD-J-9", "警示标志里没有编号、代码或名称是“WD-J-9”的。最接近的是：WD-J-0009 "),
        ("map_internal", "WD-W-0001", "全区警示图（内部）不分编号，不能写 --only。请去掉 --only 再试。"),
    ],
)  # fmt: skip
def test_who_is_not_there_is_refused_with_the_nearest(demo, key, words, sentence):
    with pytest.raises(UsageWrong) as refused:
        subjects_called(demo, PRODUCTS[key], [words])
    assert str(refused.value).startswith(sentence)


def test_the_nearest_never_tells_a_person(demo):
    household = next(iter(demo.attributes("household")))
    with pytest.raises(UsageWrong) as refused:
        subjects_called(demo, PRODUCTS["cards_household"], [household.text("head") + "甲"])
    assert household.text("head") not in str(refused.value).replace(household.text("head") + "甲", "")


def test_a_name_that_two_have_is_asked_for_by_number(workspace):
    ws = build(workspace)
    add(ws, "household", Point(E, N), id="SL-H-0018", head="李示例")
    with pytest.raises(UsageWrong, match="住户里叫“李示例”的有 2 个。请写编号：SL-H-0017、SL-H-0018。"):
        subjects_called(ws, PRODUCTS["cards_household"], ["李示例"])


def test_a_layer_with_nothing_in_it_says_so(workspace):
    with pytest.raises(UsageWrong, match="危险区里还没有要素。请先登记，再出危险区警示图。"):
        subjects_called(workspace, PRODUCTS["map_zone"], ["东坡"])


@pytest.mark.parametrize(
    ("pairs", "given"),
    [
        ({"纸张": "A4"}, {"paper": "A4"}),
        ({"paper": "a4"}, {"paper": "A4"}),
        ({"纸张": "A4横", "用途": "公开"}, {"paper": "A4L", "profile": "public"}),
        ({"用途": "公开张贴", "蒙汉双语": "否"}, {"profile": "public", "bilingual": False}),
        ({"只出内容有变的": "yes", "相邻两张重叠": "20"}, {"changed_only": True, "overlap": 20.0}),
    ],
)
def test_options_and_values_are_understood_in_chinese_and_by_their_keys(pairs, given):
    assert options_called(PRODUCTS["map_street"], pairs) == given


def test_a_label_is_understood_without_its_brackets():
    """Everybody says 街道; the label is 街道（镇）."""
    product = next(one for one in PRODUCTS.values() if any(option.key == "street" for option in one.options))
    assert options_called(product, {"街道": "示例街道"}) == {"street": "示例街道"}


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ({"纸": "A4"}, "街道警示图没有“纸”这一项。可以写：纸张（paper）、用途（profile）、"),
        ({"纸张": "A5"}, "“纸张”（paper）不能是“A5”。可以是：A3 横（A3）、A4 横（A4L）、A4 竖（A4）、"),
        ({"蒙汉双语": "也许"}, "“蒙汉双语”（bilingual）不能是“也许”。可以是：是（yes）、否（no）。"),
        ({"相邻两张重叠": "很多"}, "“相邻两张重叠”（overlap）不能是“很多”。可以是：5 到 40 的数。"),
    ],
)
def test_an_option_that_does_not_fit_is_refused_with_what_does(pairs, sentence):
    with pytest.raises(UsageWrong) as refused:
        options_called(PRODUCTS["map_street"], pairs)
    assert str(refused.value).startswith(sentence)


def test_every_choice_of_every_product_is_understood_by_its_words():
    for product in PRODUCTS.values():
        for option in product.choices:
            for value, words in option.values:
                assert options_called(product, {option.label: words}) == {option.key: value}, (product.key, words)


def test_a_product_is_known_by_title_and_key_and_a_slip_is_told_the_nearest():
    assert product_called("街道警示图") is product_called("map_street") is PRODUCTS["map_street"]
    with pytest.raises(UsageWrong, match="没有叫“map_stret”的图、卡、单据。最接近的是：map_street 街道警示图；"):
        product_called("map_stret")


def test_titles_and_captions_mean_one_product():
    for one in PRODUCTS.values():
        assert product_called(one.key) is one
        assert product_called(one.title) is one


def test_a_file_gets_the_ending_of_its_product_and_a_folder_its_name(tmp_path):
    receipts, street = PRODUCTS["receipts"], PRODUCTS["map_street"]
    assert place_called(receipts, tmp_path / "签收", "示例区", {}) == tmp_path / "签收.pdf"
    assert place_called(receipts, tmp_path / "2026.11", "示例区", {}) == tmp_path / "2026.11.pdf"
    assert place_called(receipts, tmp_path / "a.pdf", "示例区", {}) == tmp_path / "a.pdf"
    assert place_called(receipts, tmp_path, "示例区", {}) == tmp_path / "发卡签收表.pdf"
    assert place_called(PRODUCTS["web"], tmp_path, "示例区", {}).name == "示例区地质灾害防治图（内部）.html"
    assert place_called(street, tmp_path / "街道", "示例区", {}) == tmp_path / "街道"
    with pytest.raises(UsageWrong, match="街道警示图一份一个文件，--out 后面的"):
        place_called(street, tmp_path / "街道.pdf", "示例区", {})


def test_in_a_folder_no_paper_and_no_use_replaces_another(tmp_path):
    def names(key: str, *given: dict[str, OptionValue]) -> list[str]:
        return [place_called(PRODUCTS[key], tmp_path, "示例区", one).name for one in given]

    assert names("map_public", {}, {"paper": "A3"}, {"paper": "A0"}) == [
        "示例区地质灾害警示图（公开）.pdf",
        "示例区地质灾害警示图（公开）.pdf",
        "示例区地质灾害警示图（公开） A0 挂图.pdf",
    ]
    assert names("sheet_picture", {}, {"paper": "A4", "form": "pdf", "profile": "internal"}) == [
        "示例区地质灾害警示图_A3 横_公开.png",
        "示例区地质灾害警示图_A4 竖_内部.pdf",
    ]
    assert names("picture", {"form": "world"}, {"form": "tif"}) == ["示例区地图.png", "示例区地图.tif"]


def test_a_named_file_of_another_kind_is_told_with_both_ways_out(tmp_path):
    with pytest.raises(UsageWrong, match=r"地图图片这样出是 \.png 文件，--out 后面的“a\.svg”不是") as told:
        place_called(PRODUCTS["picture"], tmp_path / "a.svg", "示例区", {})
    assert told.value.remedy == "请写 --out a.png，或用 --set 格式=… 换格式。"
    assert place_called(PRODUCTS["picture"], tmp_path / "a.SVG", "示例区", {"form": "svg"}) == tmp_path / "a.SVG"
    with pytest.raises(UsageWrong, match=r"\.pdf 文件"):
        place_called(PRODUCTS["map_public"], tmp_path / "a.png", "示例区", {})


@pytest.mark.parametrize("key", ["map_internal", "sheet_picture", "web"])
def test_a_named_file_gets_just_this_name(demo_path, tmp_path, key):
    settings = ["--set", "纸张=A4"] if key != "web" else []
    out = tmp_path / "出来的" / f"a0{PRODUCTS[key].ending({})}"
    assert run(["publish", str(demo_path), key, "--out", str(out), *settings]) in (0, 1)
    assert [one.name for one in out.parent.iterdir()] == [out.name]


def test_the_list_tells_every_product_and_option_in_both_ways():
    listed = "\n".join(product_lines())
    for product in PRODUCTS.values():
        assert f"{product.key}　{product.title}" in listed
        for option in product.choices:
            assert f"{option.label}（{option.key}）" in listed
