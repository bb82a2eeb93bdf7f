"""What must survive an office copier does: each symbol alone, and every sheet that the program prints."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from copier import PER_MM, Copy, Page, alike, contrast, copies, copy_of_svg, dark_share, inner, told_apart, window
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.cartography.legend import at_scale, swatch_svg
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.sheets.products import publish_map
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.workspace import Workspace

DEFINITIONS = read_definitions()
STYLES: dict[str, Any] = {name: one.style for name, one in DEFINITIONS.items() if one.style}
SHEET = 100_000.0  # the scale of a district's A3 sheet, where point symbols are smallest
TILE = (12.0, 6.4)
Look = tuple[str, str]

ZONE, DRAFT = ("danger_zone", "地质灾害危险区"), ("danger_zone", "拟划的危险区")
HIGH, MIDDLE, LOW, NONE = (("susceptibility_zone", one) for one in ("高易发区", "中易发区", "低易发区", "不发育区"))
CORRIDOR, GOAF = ("river_corridor", "河道走廊"), ("subsidence_area", "采空塌陷区")
ROUTE, SHELTER, SIGN = ("evacuation_route", "撤离路线"), ("shelter", "避险安置点"), ("warning_sign", "警示标志")
TYPES = ("崩塌", "滑坡", "泥石流", "地面塌陷", "地面沉降", "地裂缝", "不稳定斜坡", "类型未填的隐患点")
HAZARDS = [("hazard_point", one) for one in TYPES]
CLOSED = ("hazard_point", "空心：已治理或销号")
DISTRICT, SUBDISTRICT, KEY_AREA = ("district", "区界"), ("subdistrict", "街道（镇）界"), ("key_area", "重点防控区")
AREAS = [
    *(ZONE, DRAFT, HIGH, MIDDLE, LOW, NONE, CORRIDOR, GOAF, KEY_AREA),
    *(("haul_road_buffer", "运煤大通道缓冲区"), ("open_pit", "露天采坑"), ("waste_heap", "渣堆")),
]
LINES = [
    *(ROUTE, DISTRICT, SUBDISTRICT, ("danger_zone", "已撤销的危险区")),
    *(("ground_fissure", "地裂缝"), ("railway", "铁路"), ("haul_road", "运煤大通道")),
    *(("river", "河道"), ("river", "季节性河道")),
    *(("road", one) for one in ("高速公路", "国道、省道", "道路", "小路")),
]
# The least share of the inside of a tile that must come out black: a texture, not a tint.
TEXTURES = {ZONE: 0.06, DRAFT: 0.06, HIGH: 0.06, MIDDLE: 0.015, LOW: 0.004, CORRIDOR: 0.03, GOAF: 0.015}


def copied(styles: Mapping[str, Any], look: Look, denominator: float = 1000.0) -> Copy:
    """A rule's swatch on a copier, markers as large as at 1:`denominator`."""
    layer, label = look
    rule = next(one for one in Style.parse(styles[layer], layer).rules if one.label == label)
    return copy_of_svg(swatch_svg(at_scale(rule, denominator), DEFINITIONS[layer].geometry, None, *TILE), *TILE)


def size(styles: Mapping[str, Any], look: Look, denominator: float) -> float:
    """Of a point symbol, in mm on a sheet of 1:`denominator`."""
    rule = next(one for one in Style.parse(styles[look[0]], look[0]).rules if one.label == look[1])
    return min(one.size for one in at_scale(rule, denominator).of_kind("marker"))


def core(copy: Copy, mm: float) -> Copy:
    """The middle of a symbol: the glyph on its disc."""
    (high, wide), half = copy.shape, round(mm / 2 * PER_MM)
    return copy[high // 2 - half : high // 2 + half, wide // 2 - half : wide // 2 + half]


def lost(styles: Mapping[str, Any]) -> Iterator[str]:
    """What a copier takes away from symbols in these styles."""
    for look, least in TEXTURES.items():
        if dark_share(inner(copied(styles, look))) < least:
            yield f"{look[1]} has no texture left"
    for look in AREAS:
        copy = copied(styles, look)
        if look != NONE and contrast(copy) < 0.9:
            yield f"{look[1]} has no edge left"
        if dark_share(inner(copy)) > 0.4:
            yield f"{look[1]} turns black"
    for look in LINES:
        copy = copied(styles, look)
        row = copy.min(axis=1)
        if (row < 0.25).sum() < 1:
            yield f"{look[1]} is no line any more"
    yield from _arrows(styles)
    for denominator in (1000.0, SHEET):
        for look in (SHELTER, SIGN, CLOSED, *HAZARDS):
            copy = copied(styles, look, denominator)
            if contrast(core(copy, 3.0)) < 0.8 or contrast(core(copy, 0.55 * size(styles, look, denominator))) < 0.8:
                yield f"{look[1]} shows nothing at 1:{denominator:.0f}"


def _arrows(styles: Mapping[str, Any]) -> Iterator[str]:
    """The head is wider than the line, and its tip looks to the right."""
    dark = copied(styles, ROUTE) < 0.5
    wide = dark.sum(axis=0)
    line = float(np.median(wide[wide > 0]))
    right = wide[int(len(wide) * 0.75) :]
    head = int(right.argmax())
    if right.max() < 1.6 * line or right[head:][right[head:] > 0].min() > line:
        yield f"{ROUTE[1]} has lost its arrow"


def confused(styles: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs that look the same on a copy."""
    groups: list[tuple[dict[Look, Copy], float]] = [
        ({look: copied(styles, look) for look in AREAS}, 0.9),
        ({look: copied(styles, look) for look in LINES}, 0.9),
    ]
    for denominator in (1000.0, SHEET):
        signs = {look: copied(styles, look, denominator) for look in (SHELTER, SIGN, CLOSED, HAZARDS[0])}
        groups.append(({look: core(copy, 5.0) for look, copy in signs.items()}, 0.9))
        disc = 3.1 if denominator == 1000.0 else 1.9  # the glyph lies inside 0.72 of the smallest disc
        groups.append(({look: core(copied(styles, look, denominator), disc) for look in HAZARDS}, 0.93))
    for copied_looks, most in groups:
        for (first, one), (second, other) in combinations(copied_looks.items(), 2):
            if not told_apart(one, other, most):
                yield first[1], second[1]


def changed(layer: str, label: str, kind: str, **values: Any) -> dict[str, Any]:
    """The styles with one symbol of one rule changed; a value of None takes the symbol away."""
    styles = deepcopy(STYLES)
    rule = next(one for one in styles[layer]["rule"] if one["label"] == label)
    kept = []
    for symbol in rule["symbol"]:
        if symbol["kind"] == kind:
            if not values:
                continue
            symbol.update(values)
        kept.append(symbol)
    rule["symbol"] = kept
    return styles


# -- each symbol alone -------------------------------------------------------------------------------------------------


def test_every_symbol_survives_the_copier():
    assert list(lost(STYLES)) == []


def test_no_two_symbols_look_alike_on_a_copy():
    assert list(confused(STYLES)) == []


@pytest.mark.parametrize(
    ("styles", "said"),
    [
        (changed(*ZONE, "hatch", color="#F7B9BE"), "地质灾害危险区 has no texture left"),
        (changed(*ZONE, "hatch", width=0.05), "地质灾害危险区 has no texture left"),
        (changed(*MIDDLE, "dots", diameter=0.15), "中易发区 has no texture left"),
        (changed(*CORRIDOR, "waves"), "河道走廊 has no texture left"),
        (changed(*GOAF, "fill", color="#8070A0", opacity=1.0), "采空塌陷区 turns black"),
        (changed(*DISTRICT, "stroke", color="#C8C8C8"), "区界 is no line any more"),
        (changed(*ROUTE, "arrows"), "撤离路线 has lost its arrow"),
        (changed(*SHELTER, "marker", size=3.0, shrink_to=0.25), "避险安置点 shows nothing at 1:100000"),
        (changed(*HAZARDS[0], "marker", name="household", size=0.8), "崩塌 shows nothing"),
    ],
)
def test_the_copier_finds_a_bad_style(styles, said):
    """A test that could not fail would prove nothing."""
    assert any(one.startswith(said) for one in lost(styles))


@pytest.mark.parametrize(
    ("styles", "pair"),
    [
        (STYLES | {"danger_zone": changed(*DRAFT, "stroke", dash=[])["danger_zone"]}, {ZONE[1], DRAFT[1]}),
        (changed(*LOW, "dots", diameter=0.5, spacing=2.5), {MIDDLE[1], LOW[1]}),
        (changed("road", "国道、省道", "double", width=0.8, inner_width=0.4), {"国道、省道", "道路"}),
        (changed(*HAZARDS[0], "marker", name="hazard/滑坡"), {"崩塌", "滑坡"}),
    ],
)
def test_the_copier_finds_symbols_that_can_be_confused(styles, pair):
    if pair == {MIDDLE[1], LOW[1]}:
        # Dots alone still leave the edge to tell them by: both have to go.
        styles["susceptibility_zone"]["rule"][2]["symbol"][2] = deepcopy(STYLES["susceptibility_zone"]["rule"][1])[
            "symbol"
        ][2]
    assert pair in [set(one) for one in confused(styles)]


def test_the_copier_knows_ink_from_tint():
    square = '<svg xmlns="{}" viewBox="0 0 10 10"><rect x="2" y="2" width="6" height="6" fill="{}"/></svg>'
    space = "http://www.w3.org/2000/svg"
    assert dark_share(copy_of_svg(square.format(space, "#5A5A5A"), 10, 10)) == pytest.approx(0.36, abs=0.02)
    assert dark_share(copy_of_svg(square.format(space, "#D2D2D2"), 10, 10)) == 0.0
    assert alike(np.ones((30, 30), np.float32), np.ones((30, 30), np.float32)) == 1.0


# -- the sheets --------------------------------------------------------------------------------------------------------

INKS = {
    "danger zone": "#D7000F",
    "route, shelter": "#1B6E45",
    "hazard point": "#5A1F00",
    "medium": "#8A4B00",
    "low": "#6E5C00",
    "goaf": "#5B3E96",
    "fissure": "#6B2D00",
    "waves": "#134F7E",
    "river": "#1B6CA8",
    "boundary": "#333333",
}
TINTS = {"medium": "#FBDDB6", "low": "#FFF6C8", "corridor": "#BFDDF2", "settlement": "#E3DAD2"}
SMALL, HIDDEN = 9.5, 2.0  # points: from small print down to the text that only a search finds


@pytest.fixture(scope="module")
def demo(_demo_master: Path) -> Iterator[Workspace]:
    with Workspace.open(_demo_master, read_only=True) as ws:
        yield ws


@pytest.fixture(scope="module")
def sheets(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    folder = tmp_path_factory.mktemp("copier")
    found = {}
    for profile in ("internal", "public"):
        publish_map(demo, folder / f"{profile}.pdf", profile=profile)
        found[profile] = copies(folder / f"{profile}.pdf")[0]
    return found


@pytest.fixture(scope="module")
def cards(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """A hazard point's card, a household's and its back."""
    folder = tmp_path_factory.mktemp("cards")
    point = next(one for one in demo.table("hazard_point") if one.text("unified_code"))
    house = next(one for one in demo.table("household") if one.text("evacuation_route"))
    report = publish_cards(demo, folder, uids=[point.uid, house.uid])
    assert len(report.files) == 2
    return [page for path in sorted(report.files) for page in copies(path)]


def faint(page: Page) -> list[str]:
    """Small letters that the copier has taken away."""
    return [
        one.text
        for one in page.letters
        if HIDDEN < one.points <= SMALL and contrast(page.copy[one.box[1] : one.box[3], one.box[0] : one.box[2]]) < 0.6
    ]


def on_page(sheet: WarningSheet, shape: BaseGeometry) -> tuple[slice, slice]:
    """Rows and columns of a shape's box on the page, a millimetre around."""
    west, south, east, north = shape.bounds
    left, top = sheet.view.to_mm(west, north)
    right, bottom = sheet.view.to_mm(east, south)
    x, y = sheet.layout.picture[:2]
    return window(left + x - 1, top + y - 1, right + x + 1, bottom + y + 1)


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_ink_stays_black_and_tints_go(sheets: dict[str, Page], profile: str):
    page = sheets[profile]
    for name, color in INKS.items():
        inked = page.inked(color)
        if profile == "public" and name in {"goaf", "fissure", "hazard point"}:
            continue  # not on a public sheet
        assert inked.sum() > 100, f"{name} is not on the sheet"
        assert (page.copy[inked] < 0.5).mean() > 0.95, f"{name} does not survive"
    for name, color in TINTS.items():
        assert (page.copy[page.inked(color)] < 0.5).mean() < 0.08, f"the tint of {name} turns dark"


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_each_zone_and_route_can_be_seen_between_the_symbols(demo, sheets, profile):
    """At 1:100 000 a zone is some millimetres large: the symbols of its point, signs and shelter must not hide it."""
    sheet = WarningSheet(demo, SheetSpec(profile=profile))
    page = sheets[profile]
    red, green = page.inked("#D7000F", 70), page.inked("#1B6E45", 40)
    for layer, ink, least in (("danger_zone", red, 0.4), ("evacuation_route", green, 0.8)):
        for one in sheet.layers.features(layer):
            if one.text("state") == "已撤销":
                continue
            box = on_page(sheet, one.geometry)
            seen = ink[box] & (page.copy[box] < 0.5)
            assert seen.sum() / PER_MM**2 > least, f"{one.text('name')} is hidden"


def test_each_point_symbol_keeps_its_glyph(demo, sheets):
    sheet = WarningSheet(demo, SheetSpec())
    view, (x, y) = sheet.view, sheet.layout.picture[:2]
    for layer, reach, closed in (("hazard_point", 1.4, {"治理", "销号"}), ("shelter", 1.6, set())):
        for one in sheet.layers.features(layer):
            right, down = view.to_mm(one.geometry.centroid.x, one.geometry.centroid.y)
            copy = sheets["internal"].around(right + x, down + y, reach)
            assert contrast(copy) > 0.8, one.text("name")
            if one.text("status") not in closed:
                assert 0.3 < dark_share(copy) < 0.95, one.text("name")


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_small_print_on_a_sheet_can_be_read(sheets, profile):
    page = sheets[profile]
    assert len(page.letters) > 300
    small = sum(HIDDEN < one.points <= SMALL for one in page.letters)
    assert len(faint(page)) <= 0.01 * small, faint(page)


def test_digits_of_seven_points_can_be_read(sheets):
    page = sheets["internal"]
    digits = [one for one in page.letters if one.text.isdigit() and 4.0 < one.points < 6.5]  # 7 pt: 5 pt are seen
    assert len(digits) > 50
    for one in digits:
        left, top, right, bottom = one.box
        copy = page.copy[top:bottom, left:right]
        assert contrast(copy) > 0.9, one
        assert 0.08 < dark_share(copy) < 0.92, one


def test_the_cards_and_the_map_on_the_back(cards):
    assert len(cards) == 3
    for page in cards:
        assert len(faint(page)) <= 0.01 * len(page.letters), faint(page)
    back = max(cards, key=lambda page: int(page.inked("#1B6E45").sum()))
    part = window(12, 29, 170, 162)
    for color in ("#1B6E45", "#D7000F"):
        ink = back.inked(color, 40)[part]
        assert ink.sum() > 500, "way and zone stand on the map"
        assert (back.copy[part][ink] < 0.5).mean() > 0.95
    # The way's chevrons stay white: light places close around the ink.
    ink = back.inked("#1B6E45", 40)[part]
    rows, columns = np.nonzero(ink)
    assert (back.copy[part][rows.min() : rows.max(), columns.min() : columns.max()] > 0.9).mean() > 0.2


def test_a_page_in_pale_ink_is_found_out(sheets):
    """The checks of a page fail on one whose numbers are printed in a light grey."""
    page = sheets["internal"]
    pale = Page(page.paper, np.clip(page.copy, 0.75, 1.0), page.letters)
    small = sum(HIDDEN < one.points <= SMALL for one in page.letters)
    assert len(faint(pale)) > 0.5 * small
