"""The web page: one file that loads nothing, runs nothing foreign, and for the public tells of no person."""

import json
import re
import unicodedata
from html import unescape
from pathlib import Path

import pytest
from put_in import add
from shapely import LineString, Point, Polygon, box

from geohazard_desktop.cli import run
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.web import page as web
from geohazard_desktop.publishing.web.page import publish_web
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "</script><script>alert(3)</script>",
    "{{7*7}} {% raw %} {title} {name} {{data}}",
    "`${alert(4)}`",
    "'-alert(5)-'",
    "断\u2028行\u2029段",
    "<!-- body --> <!--<script>",
    "src=//evil.example/x href=http://evil.example/y url(//evil.example/z)",
)


@pytest.fixture
def drawn(workspace):
    """A second district with few layers."""
    ws = workspace
    add(ws, "district", box(E, N, E + 8000, N + 12000), name="示例区")
    zone = add(ws, "danger_zone", box(E + 3000, N + 3000, E + 3600, N + 3600), name="东坡", id="SL-W-0001",
               hazard_type="崩塌", state="已划定", must_move_people=1234)  # fmt: skip
    shelter = add(
        ws, "shelter", Point(E + 4500, N + 3300), name="广场", capacity=300, contact="王联系", phone="13900000009"
    )
    add(ws, "evacuation_route", LineString([(E + 3300, N + 3300), (E + 4500, N + 3300)]), number="1",
        danger_zone=zone, shelter=shelter)  # fmt: skip
    add(ws, "household", Point(E + 3200, N + 3200), head="李示例", name="李示例", phone="139 0000 0001")
    return ws


def page_of(ws: Workspace, folder: Path, profile: str = "internal") -> str:
    out = folder / f"{profile}.html"
    publish_web(ws, out, profile=profile)
    return out.read_text(encoding="utf-8")


def data_of(page: str) -> dict:
    found = re.search(r'<script type="application/json" id="workspace">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def layer_of(page: str, title: str) -> dict:
    return next(one for one in data_of(page)["layers"] if one["title"] == title)


def cards_of(page: str, title: str) -> list[dict[str, str]]:
    """What a tap on each feature of a layer says."""
    words = data_of(page)["words"]
    cards = []
    for one in layer_of(page, title)["features"]:
        said = [words[number] for number in one.get("c", [])]
        cards.append(dict(zip(said[::2], said[1::2], strict=True)))
    return cards


def seen_of(page: str) -> str:
    """The page's own words around the map."""
    body = page.split("<body>")[1].split('<script type="application/json"', maxsplit=1)[0]
    return unescape(re.sub(r"<[^>]+>", " ", body))


# -- no network ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_the_page_loads_nothing_from_anywhere(drawn, tmp_path, profile):
    page = page_of(drawn, tmp_path, profile)
    addresses = set(re.findall(r"https?://[^\s\"'<>)\\]+", page))
    assert addresses == {"http://www.w3.org/2000/svg"}  # a name in Leaflet's source, not an address
    assert not re.findall(r"<(?:link|iframe|img|object|embed)\b", page, re.IGNORECASE)
    assert not re.findall(r"<script[^>]+src", page, re.IGNORECASE)
    assert "@import" not in page
    assert "url(" not in page.replace("url(#", "")
    assert 'leaflet-attribution-flag"><path' not in page
    assert 'prefix:""' in page


def test_the_policy_names_each_script_of_the_page_and_nothing_else(drawn, tmp_path):
    page = page_of(drawn, tmp_path)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert policy.startswith("default-src 'none';")
    allowed = re.search(r"script-src ([^;]*)", policy).group(1)
    assert "unsafe" not in allowed
    assert len(re.findall(r"'sha256-[^']+'", allowed)) == len(re.findall(r"<script>", page))


def test_a_page_that_still_names_an_address_is_not_written(drawn, tmp_path, monkeypatch):
    monkeypatch.setattr(web, "_call", lambda *_words: '<img src="https://example.invalid/x.png">')
    out = tmp_path / "图.html"
    with pytest.raises(ExportRefused, match="联网地址"):
        publish_web(drawn, out)
    assert not out.exists()


# -- hostile values --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", HOSTILE)
def test_values_are_shown_as_they_are_and_never_run(workspace, tmp_path, value):
    square = Polygon([(E, N), (E + 900, N), (E + 900, N + 900), (E, N + 900)])
    add(workspace, "danger_zone", square, name=value, reason=value, hazard_type="崩塌")
    add(workspace, "shelter", Point(E + 100, N + 100), name=value)
    row = workspace.find("setting", "key", "district.name")[0]
    workspace.apply(change_values(workspace.definitions, [row], {"value": value}))
    page = page_of(workspace, tmp_path)
    data = data_of(page)
    assert value in data["words"]
    assert cards_of(page, "危险区")[0]["划定理由"] == value
    assert value in seen_of(page)  # in the title
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("</script>") == page.count("<script")
    assert "evil.example" not in re.sub(r"\\u002f|&#47;", "", page) or "//evil" not in page
    assert "\u2028" not in page.split('id="workspace">')[1].split("</script>")[0]


# -- what a tap says -------------------------------------------------------------------------------------------------


def test_fields_are_said_in_words_with_units_names_and_dates(drawn, tmp_path):
    zone = drawn.find("danger_zone", "name", "东坡")[0]
    drawn.apply(
        change_values(
            drawn.definitions, [zone], {"surveyed_on": "2026-07-18", "schematic": True, "potential_loss_wan": 12.5}
        )
    )
    page = page_of(drawn, tmp_path)
    card = cards_of(page, "危险区")[0]
    assert card["编号"] == "SL-W-0001"
    assert card["需转移人数"] == "1\u2009234 人（登记住户 0 人，1 户没填人数）"
    assert card["潜在损失"] == "12.5 万元"
    assert card["调查日期"] == "2026 年 7 月 18 日"
    assert card["示意数据"] == "是"
    assert card["状态"] == "拟划"  # the register bears out nothing else
    route = cards_of(page, "撤离路线")[0]
    assert route["危险区"] == "东坡 SL-W-0001"
    assert route["避险安置点"].startswith("广场")
    assert route["路程"] == "1\u2009200 米"
    assert "老人" in route["步行"]


def test_a_route_to_be_asked_about_has_no_minutes_and_the_office_hears_why(drawn, tmp_path):
    (route,) = drawn.table("evacuation_route")
    drawn.apply(change_values(drawn.definitions, [route], {"passable": "车辆"}))
    for profile in ("public", "internal"):
        page = page_of(drawn, tmp_path, profile)
        assert cards_of(page, "撤离路线")[0]["步行"] == "先打电话问清再走"
        assert [one["ask"] for one in data_of(page)["ways"]["routes"]] == ["先打电话问清再走"]
    report = publish_web(drawn, tmp_path / "图.html", profile="public")
    assert "路线 1 登记为不能步行。网页上这条路线写的是先打电话问清再走，请改画路线，再重出。" in report.problems


def test_the_command_line_tells_of_names_and_routes_on_a_public_page_as_the_window_does(drawn, tmp_path, capsys):
    (route,) = drawn.table("evacuation_route")
    drawn.apply(change_values(drawn.definitions, [route], {"passable": "车辆", "start": "李示例家门口"}))
    run(["web", str(drawn.path), "--out", str(tmp_path / "图.html"), "--profile", "public"])
    told = "".join(capsys.readouterr())
    assert "李示例" in told
    assert "路线 1 登记为不能步行。" in told


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_a_zone_without_a_signal_of_its_own_says_the_one_that_its_papers_say(drawn, tmp_path, profile):
    add(drawn, "setting", key="signal.text", value="连续敲锣")
    (card,) = cards_of(page_of(drawn, tmp_path, profile), "危险区")
    assert card["预警信号"] == "连续敲锣"
    (zone,) = drawn.table("danger_zone")
    drawn.apply(change_values(drawn.definitions, [zone], {"warning_signal": "吹哨三声"}))
    (card,) = cards_of(page_of(drawn, tmp_path, profile), "危险区")
    assert card["预警信号"] == "吹哨三声"
    if profile == "public":
        return  # no hazard points there
    at = zone.geometry.representative_point()
    add(drawn, "hazard_point", at, name="区里的", danger_zone=zone.uid, warning_signal="敲盆")
    told = {card["预警信号"] for card in cards_of(page_of(drawn, tmp_path, profile), "隐患点")}
    assert told == {"吹哨三声"}, "what its papers say"


def test_identities_are_never_shown(demo_path, tmp_path):
    with Workspace.open(demo_path, read_only=True) as ws:
        page = page_of(ws, tmp_path)
        uids = {uid for table in ws.definitions for uid in ws.table(table).uids}
    assert not {uid for uid in uids if uid in page}


# -- the public ------------------------------------------------------------------------------------------------------


def personal_values(ws: Workspace) -> set[str]:
    """Every personal text of a workspace but the names of units and streets, which are on any map."""
    found = set()
    for table, definition in ws.definitions.items():
        for field in definition.fields:
            common = field.values or field.name in ("unit", "subdistrict")
            if field.type == "text" and not common and definition.is_personal(field.name):
                found |= {one.text(field.name) for one in ws.table(table)}
    return {one for one in found if len(one) > 1}


def test_the_public_page_has_no_personal_value_of_the_demo(demo_path, tmp_path):
    with Workspace.open(demo_path, read_only=True) as ws:
        page = page_of(ws, tmp_path, "public")
        values = personal_values(ws)
        phone = ws.setting("duty.phone")
    data = data_of(page)
    said = {*data["words"], seen_of(page)}
    assert len(values) > 100
    names = {one for one in values if re.search(r"示例|\d{7}", one)} - {phone}
    assert not [one for one in names if any(one in words for words in said)]
    assert not values & set(data["words"]) - {phone}
    titles = {layer["title"] for layer in data["layers"]}
    assert not titles & {"住户", "家庭成员", "责任人", "隐患点"}
    assert data["public"] is True  # the script shows no coordinates then


def test_a_mobile_number_in_a_free_text_stays_off_the_public_page(drawn, tmp_path):
    zone = drawn.find("danger_zone", "name", "东坡")[0]
    full_width = unicodedata.normalize("NFKC", "139 0000 0001").replace("1", "１")
    words = f"找组长，电话 {full_width}"
    drawn.apply(change_values(drawn.definitions, [zone], {"warning_signal": words}))
    report = publish_web(drawn, tmp_path / "公开.html", profile="public")
    assert words not in data_of((tmp_path / "公开.html").read_text(encoding="utf-8"))["words"]
    assert any("手机号" in note for note in report.notes)
    assert words in data_of(page_of(drawn, tmp_path))["words"]


def test_the_public_page_speaks_of_names_not_numbers(drawn, tmp_path):
    page = page_of(drawn, tmp_path, "public")
    assert "SL-W-0001" not in page
    assert "王联系" not in page
    assert "13900000009" not in page
    assert "李示例" not in page
    assert cards_of(page, "撤离路线")[0]["危险区"] == "东坡"


# -- marks, legend, whole or not at all ------------------------------------------------------------------------------


def test_the_page_says_what_it_is(drawn, tmp_path):
    internal = seen_of(page_of(drawn, tmp_path))
    assert "内部用图" in internal
    assert "拟划、未经批准：东坡" in internal
    assert "示意数据" not in internal
    assert "值班电话 0000-0000000" in internal
    assert "示例区地质灾害防治图" in internal
    assert "待批" in seen_of(page_of(drawn, tmp_path, "public"))
    add(drawn, "setting", key="review.number", value="蒙S（2026）001号")
    public = seen_of(page_of(drawn, tmp_path, "public"))
    assert "审图号：蒙S（2026）001号" in public
    assert "待批" not in public


def test_schematic_data_are_marked(demo_path, tmp_path):
    with Workspace.open(demo_path, read_only=True) as ws:
        for profile in ("internal", "public"):
            assert "示意数据" in seen_of(page_of(ws, tmp_path, profile))


def test_the_legend_has_what_is_drawn_and_nothing_else(drawn, tmp_path):
    page = page_of(drawn, tmp_path)
    words = seen_of(page)
    for shown in ("拟划的危险区", "撤离路线", "避险安置点", "区界", "住户"):
        assert shown in words
    for absent in ("已撤销的危险区", "隐患点", "铁路", "易发区", "河道走廊"):
        assert absent not in words
    assert len(re.findall(r'data-layer="\d+"', page)) == len(data_of(page)["layers"])
    ids = re.findall(r'<g id="([^"]+)"', page)
    assert len(ids) == len(set(ids))  # swatches of one page must not share ids


def test_the_page_speaks_chinese(drawn, tmp_path):
    assert not re.findall(r"[A-Za-z]{3,}", seen_of(page_of(drawn, tmp_path)).replace("SL-W-0001", ""))
    assert not [
        one
        for one in data_of(page_of(drawn, tmp_path))["say"].values()
        if re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", one))
    ]


def test_an_empty_workspace_is_refused_with_a_sentence(workspace, tmp_path):
    out = tmp_path / "空.html"
    with pytest.raises(ExportRefused, match="还没有可以上图的要素"):
        publish_web(workspace, out)
    assert not out.exists()


def test_only_people_are_nothing_for_the_public(workspace, tmp_path):
    add(workspace, "household", Point(E, N), head="李示例")
    publish_web(workspace, tmp_path / "内部.html")
    with pytest.raises(ExportRefused):
        publish_web(workspace, tmp_path / "公开.html", profile="public")


def test_the_page_is_whole_or_not_there(drawn, tmp_path):
    out = tmp_path / "图.html"
    out.mkdir()  # a folder stands where the file should
    with pytest.raises(ExportRefused, match=r"没有写成 图\.html"):
        publish_web(drawn, out)
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_a_symbol_that_is_missing_is_said(drawn, tmp_path):
    toml = """[style]
[[style.rule]]
[[style.rule.symbol]]
kind = "marker"
name = "没有这个符号"
"""
    add(drawn, "style", table_name="shelter", toml=toml)
    report = publish_web(drawn, tmp_path / "图.html")
    assert any("没有这个符号" in one for one in report.problems)


def test_places_come_back_to_a_decimetre(drawn, tmp_path):
    from pyproj import Transformer

    page = page_of(drawn, tmp_path)
    data = data_of(page)
    x, y = (a + b for a, b in zip(layer_of(page, "避险安置点")["features"][0]["p"][0], data["origin"], strict=True))
    to_world = Transformer.from_crs(drawn.epsg, 3857, always_xy=True)
    side = 2 * 20037508.342789244
    east, north = to_world.transform(E + 4500, N + 3300)
    assert (x / data["steps"] - 0.5) * side == pytest.approx(east, abs=0.1)
    assert (0.5 - y / data["steps"]) * side == pytest.approx(north, abs=0.1)


# -- finding and going -----------------------------------------------------------------------------------------------


def test_things_are_found_by_initials_and_by_their_number_for_the_office_alone(drawn, tmp_path):
    zone = layer_of(page_of(drawn, tmp_path), "危险区")["features"][0]
    assert zone["s"].split() == ["dp", "sl-w-0001"]
    page = page_of(drawn, tmp_path, "public")
    assert layer_of(page, "危险区")["features"][0]["s"] == "dp"
    route = layer_of(page, "撤离路线")["features"][0]
    assert data_of(page)["words"][route["n"]] == "路线 1"
    assert "lx1" in route["s"].split()


def test_the_page_knows_each_way_its_zone_and_how_fast_people_walk(drawn, tmp_path):
    data = data_of(page_of(drawn, tmp_path, "public"))
    ways = data["ways"]
    assert [one["name"] for one in ways["routes"]] == ["路线 1，到广场"]
    assert ways["routes"][0]["zone"] == 0
    assert data["layers"][ways["layer"]]["title"] == "撤离路线"
    assert data["layers"][ways["shelters"]]["title"] == "避险安置点"
    assert [speed for _who, speed in ways["walkers"]] == [1.0, 0.8, 0.5]
