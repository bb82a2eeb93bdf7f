"""The legend of a public sheet stands beside or below its map, takes as little of it as it can, and can be read."""

from dataclasses import replace

import pytest
from put_in import add
from shapely import LineString, Point, box
from test_public_signs import sizes_by_letter

from geohazard_desktop.publishing.sheets.legend_band import banded
from geohazard_desktop.publishing.sheets.papers import PAPERS, SheetLayout, public_layouts
from geohazard_desktop.publishing.sheets.products import publish_sheets
from geohazard_desktop.publishing.sheets.public_blocks import Needs, agreed_layout
from geohazard_desktop.publishing.sheets.room import SheetRoom
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet

E, N = 36_400_000.0, 4_370_000.0
SHORT = ("地质灾害危险区", "撤离路线", "避险安置点")
LONG = (*SHORT, *(f"第{number}类的一段很长的名目，要排成两行" for number in range(30)))


def area(one: tuple[float, float, float, float]):
    return box(one[0], one[1], one[0] + one[2], one[1] + one[3])


@pytest.fixture
def tall_and_broad(workspace):
    """A street of 3 by 8.4 km beside one of 9 by 3 km, each with a zone."""
    ws = workspace
    add(ws, "district", box(E, N, E + 12000, N + 9000), name="示例区")
    for name, outline in (("长街道", box(E, N, E + 3000, N + 8400)), ("宽街道", box(E + 3000, N, E + 12000, N + 3000))):
        street = add(ws, "subdistrict", outline, name=name)
        east, north = outline.centroid.coords[0]
        zone = add(ws, "danger_zone", box(east, north, east + 900, north + 900), name=f"{name}东坡", hazard_type="崩塌")
        shelter = add(ws, "shelter", Point(east - 900, north), name=f"{name}广场", capacity=30)
        add(ws, "evacuation_route", LineString([(east, north), (east - 900, north)]), number="1", danger_zone=zone,
            shelter=shelter)  # fmt: skip
        for number in range(6):
            add(ws, "place", Point(east + 200 * number, north), name=f"{street[:2]}{number}")
    return ws


@pytest.mark.parametrize("legend", [(), SHORT, LONG], ids=["none", "short", "long"])
@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda one: one.key)
def test_no_band_lies_over_the_map_or_anything_else(paper, legend):
    found = list(public_layouts(paper, 9, signs=True, drafts=True, legend=legend))
    assert found
    for layout in found:
        blocks = [layout.title, layout.map, layout.band.box, *(one.box for one in layout.columns)]
        shapes = [area(one) for one in blocks]
        page = box(0, 0, layout.width, layout.height)
        assert all(page.covers(one) for one in shapes)
        assert not any(one.buffer(-0.01).intersects(other) for n, one in enumerate(shapes) for other in shapes[n + 1 :])
        assert layout.map[2] * layout.map[3] > 0.35 * sum(one.area for one in shapes[1:3])
        assert layout.band.room[0] < layout.band.box[2]
        assert layout.band.room[1] < layout.band.box[3]
        assert layout.band.bar >= 20


def test_the_band_lies_where_it_costs_the_map_least(tall_and_broad):
    tall, broad = tall_and_broad.table("subdistrict")
    beside = WarningSheet(tall_and_broad, SheetSpec("A3", "public", "subdistrict", tall.uid))
    below = WarningSheet(tall_and_broad, SheetSpec("A3", "public", "subdistrict", broad.uid))
    assert not beside.layout.band.below
    assert below.layout.band.below
    for sheet in (beside, below):
        labels = [item.label for group in sheet.form.legend for item in group.items]
        whole = replace(sheet.layout, map=whole_block(sheet.layout), band=None)
        rooms = [
            SheetRoom(one, sheet.subject, sheet.layers, public=True, single=False) for one in banded(whole, labels)
        ]
        assert len(rooms) > 1
        assert sheet.view.denominator == min(one.view().denominator for one in rooms)
    # The bar alone tells the scale: between 1:30 000 and 1:40 000 a fifth of the frame would stay empty.
    assert below.view.denominator / below.layout.map_factor in (35_000.0, 45_000.0)


def whole_block(layout: SheetLayout) -> tuple[float, float, float, float]:
    left, top, right, bottom = area(layout.map).union(area(layout.band.box)).bounds
    return left, top, right - left, bottom - top


@pytest.mark.parametrize("paper", ["A3", "A4", "A1", "slide"])
def test_the_legend_is_read_at_its_distance_and_tells_the_ways_before_the_ground(tall_and_broad, tmp_path, paper):
    report = publish_sheets(tall_and_broad, tmp_path, layer="subdistrict", profile="public", paper=paper)
    street = next(iter(tall_and_broad.table("subdistrict")))
    sheet = WarningSheet(tall_and_broad, SheetSpec(paper, "public", "subdistrict", street.uid))
    labels = [item.label for group in sheet.form.legend for item in group.items]
    assert labels[:3] == ["拟划的危险区", "撤离路线", "避险安置点"]
    assert labels[3] == "长街道，灰的是邻近"
    for pdf in report.files:
        assert min(sizes_by_letter(pdf)["灰"]) >= 10 * sheet.layout.factor - 0.01
        assert min(sizes_by_letter(pdf)["划"]) >= 6.99 * sheet.layout.factor


def test_a_slide_explains_only_what_shows_the_way(tall_and_broad):
    street = next(iter(tall_and_broad.table("subdistrict")))
    add(tall_and_broad, "susceptibility_zone", box(E, N, E + 3000, N + 9000), **{"class": "中易发区"})
    labels = {}
    for paper in ("A3", "slide"):
        sheet = WarningSheet(tall_and_broad, SheetSpec(paper, "public", "subdistrict", street.uid))
        labels[paper] = {item.label for group in sheet.form.legend for item in group.items}
        assert any(one.layer == "susceptibility_zone" for one in sheet.features) == (paper == "A3")
    assert {"区界", "地名", "中易发区"} <= labels["A3"] - labels["slide"]
    assert labels["slide"] == {"拟划的危险区", "撤离路线", "避险安置点", "长街道，灰的是邻近"}


def test_the_layout_has_room_for_all_that_its_own_map_shows():
    """A band that grows makes the map smaller, which then shows more ground and has more to explain."""

    def layouts(needs: Needs):
        return public_layouts(PAPERS["A3"], 3, signs=False, drafts=needs.drafts, legend=needs.legend)

    def shown(layout: SheetLayout) -> Needs:
        lines = 12 + int(80000 / (layout.picture[2] * layout.picture[3]))
        return Needs(tuple(f"名目{number}" for number in range(lines)), drafts=lines > 12)

    class Seen:
        """As a view: what of it is asked for."""

        def __init__(self, layout: SheetLayout) -> None:
            self.layout = layout
            self.denominator = 1000.0

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Seen) and other.layout == self.layout

        __hash__ = None

    layout = agreed_layout(Needs(SHORT), layouts, Seen, lambda seen: shown(seen.layout))
    needs = shown(layout)
    assert layout in list(layouts(needs))
    assert needs.drafts


def test_the_map_is_asked_until_nothing_more_has_to_be_said():
    """Each turn brings a sign more, the seventh the drafts."""

    class Seen:
        denominator = 1000.0

        def __init__(self, layout: SheetLayout) -> None:
            self.layout = layout

    asked: list[Needs] = []

    def layouts(needs: Needs):
        asked.append(needs)
        return public_layouts(PAPERS["A3"], 3, signs=False, drafts=needs.drafts, legend=needs.legend)

    def shown(_seen: Seen) -> Needs:
        lines = min(len(asked[-1].legend) + 1, 9)
        return Needs(tuple(f"名目{number}" for number in range(lines)), drafts=lines > 7)

    layout = agreed_layout(Needs(("名目0",)), layouts, Seen, shown)
    assert ("drafts",) in [one.panels for one in layout.columns]
    assert len(asked[-1].legend) == 9


@pytest.mark.parametrize(("smaller", "wanted"), [(1000.0, 1.0), (960.0, 1.0), (900.0, 0.9)])
def test_letters_are_a_little_smaller_only_where_that_makes_the_map_larger(smaller, wanted):
    class Seen:
        def __init__(self, layout: SheetLayout) -> None:
            self.denominator = smaller if layout.band.size < 1 else 1000.0

    def layouts(needs: Needs):
        return public_layouts(PAPERS["A3"], 3, signs=False, legend=needs.legend)

    layout = agreed_layout(Needs(SHORT), layouts, Seen, lambda _seen: Needs(SHORT))
    assert layout.band.size == wanted


@pytest.mark.parametrize(("ground", "wanted"), [(1.0, 1.0), (1.2, 1.0), (1.4, 0.9)])
def test_letters_are_a_little_smaller_where_that_gives_the_map_much_more_ground(ground, wanted):
    """A legend of one column leaves the enlargements of an upright sheet room that one of two takes."""
    first = next(iter(public_layouts(PAPERS["A4"], 3, signs=False, legend=SHORT)))

    class Seen:
        denominator = 1000.0

        def __init__(self, _layout: SheetLayout) -> None:
            pass

    def layouts(_needs: Needs):
        for size, share in ((1.0, 1.0), (0.9, ground)):
            area = (0.0, 0.0, 100.0, 100.0 * share)
            yield replace(first, map=area, picture=area, band=replace(first.band, size=size))

    layout = agreed_layout(Needs(SHORT), layouts, Seen, lambda _seen: Needs(SHORT))
    assert layout.band.size == wanted
