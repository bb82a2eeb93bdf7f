"""A paper is not out of date because the program draws better: what was drawn from the same is the same. But whatever
the data change is seen through any painter."""

import copy
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import put_in
import pytest
from fresh import fresh_workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from put_in import E, N
from shapely import LineString, Point, affinity, box, to_wkb

from geohazard_desktop.cartography import drawn_from as digests
from geohazard_desktop.cartography.drawn_from import drawn_from, marked, painter_mark, unmarked
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.svg import SvgCanvas
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.issues.code_check import beside_today, check_code_in
from geohazard_desktop.publishing.issues.drawn_otherwise import (
    beside_drawing,
    drawn_from_the_same,
    facts,
    named_the_same,
)
from geohazard_desktop.publishing.issues.issue_register import read_register
from geohazard_desktop.publishing.issues.standing import DRAWN_BEFORE, GROUND_BEFORE, State
from geohazard_desktop.publishing.issues.standings import standings
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.sheets.map_overlay import way_shapes
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits import change_geometry, change_values, create_feature, delete_features
from geohazard_desktop.workspace.edits.style import change_style
from geohazard_desktop.workspace.feature import SHOWN, Edit, Feature, FeatureTable, Value
from geohazard_desktop.workspace.workspace import Workspace

PAPERS = {"map_zone": "danger_zone", "zone_notice": "danger_zone", "cards_household": "household"}


@pytest.fixture
def village(district, tmp_path: Path) -> Iterator[Workspace]:
    """A zone, a way out, a household, some ground; a sheet, a notice and a card of it are out."""
    path = tmp_path / "村.gpkg"
    with fresh_workspace(path, district) as ws:
        add = partial(put_in.add, ws)
        route = put_in.way_out(ws, by=((350, 130),)).route
        add("household", Point(E + 110, N + 60), id="SL-H-0001", head="赵示例", evacuation_route=route)
        add("road", LineString([(E - 300, N - 40), (E + 900, N - 20)]), name="沟口路")
        add("building", box(E + 300, N + 20, E + 340, N + 60))
        add("landmark", Point(E + 400, N + 160), name="小学", kind="学校")
        add("river", LineString([(E - 200, N + 250), (E + 800, N + 320)]), name="示例河")
        for key, layer in PAPERS.items():
            PRODUCTS[key].publish(ws, tmp_path / key, {}, uids=ws.table(layer).uids)
        yield ws


class Painters:
    """Draws as today, or as a later version of the program will."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch, self._as_today = monkeypatch, SvgCanvas.text

    def later(self) -> None:
        text = self._as_today

        def bolder(canvas: SvgCanvas, *sizes: float | None) -> str:
            return text(canvas, *sizes).replace("</svg>", '<g id="bolder"/></svg>')

        self._patch.setattr(SvgCanvas, "text", bolder)
        painter_mark.cache_clear()

    def today(self) -> None:
        self._patch.setattr(SvgCanvas, "text", self._as_today)
        painter_mark.cache_clear()


@pytest.fixture
def painters(monkeypatch):
    made = Painters(monkeypatch)
    yield made
    made.today()


def states(ws: Workspace) -> dict[str, State]:
    return {one.product: one.state for one in standings(ws, "")}


def one(ws: Workspace, layer: str) -> Feature:
    (found,) = ws.table(layer)
    return found


def test_an_svg_says_from_what_it_was_drawn_and_is_the_same_without():
    svg = "<svg><g/></svg>"
    assert unmarked(marked(svg, "0" * 24)) == (svg, "0" * 24)
    assert unmarked(svg) == (svg, "")


def test_what_a_later_version_draws_otherwise_is_as_valid_as_it_was(village, painters, tmp_path):
    assert set(states(village).values()) == {State.LATEST}
    painters.later()
    assert set(states(village).values()) == {State.LATEST}
    report = publish_cards(village, tmp_path, kind="household", changed_only=True)
    assert report.files == []
    publish_cards(village, tmp_path, kind="household")  # printed all the same: the code in hand stays good
    assert len([one for one in read_register(village).papers if one.product == "cards_household"]) == 1


def test_whoever_asks_for_its_code_is_told_by_whom_it_was_drawn(village, painters):
    paper = next(one for one in read_register(village).papers if one.product == "cards_household")
    assert "绘制" not in check_code_in(village, paper.code).sentence
    painters.later()
    answer = check_code_in(village, paper.code)
    assert answer.verdict == "valid"
    assert answer.sentence.endswith("图是程序以前的版本（或另一台电脑）绘制的，样子和现在的略有不同，不用为此换发。")


def test_a_paper_of_before_that_says_nothing_of_its_painter_is_compared_as_before(village, painters, monkeypatch):
    """Nobody can say from what its map was drawn."""
    from geohazard_desktop.publishing.issues import kept_paper

    paper = next(one for one in read_register(village).papers if one.product == "map_zone")
    found = kept_paper._unpacked(village, paper.kept)
    del found["painter"]
    found["pictures"] = {name: unmarked(one)[0] for name, one in found["pictures"].items()}
    monkeypatch.setattr(kept_paper, "_unpacked", lambda _ws, digest: found if digest == paper.kept else read(digest))
    read = lambda digest: kept_paper.json.loads(kept_paper.zlib.decompress(village.file(digest)))  # noqa: E731
    assert states(village)["map_zone"] is State.LATEST
    painters.later()
    assert states(village)["map_zone"] is State.CHANGED


def test_after_a_painter_that_could_lead_wrong_all_its_maps_are_old(village, painters, monkeypatch):
    """Who mends such a painter raises the edition."""
    monkeypatch.setattr(digests, "EDITION", digests.EDITION + 1)
    painters.later()
    found = states(village)
    assert found["cards_household"] is State.CHANGED
    assert found["map_zone"] is State.CHANGED


def test_where_only_the_drawing_may_differ_register_and_code_say_the_same(village, painters, monkeypatch):
    """What another painter put elsewhere, or a longer scale bar, is no other word."""
    from geohazard_desktop.publishing.issues import kept_paper

    monkeypatch.setattr(digests, "EDITION", digests.EDITION + 1)
    read = kept_paper._unpacked

    def elsewhere(ws: Workspace, digest: str):
        found = read(ws, digest)
        for sheet in found.get("data", {}).get("sheets", ()):
            assert sheet["map"]["bar_metres"]
            sheet["map"]["bar_metres"] *= 2
            sheet["map"]["north_degrees"] += 0.0003
            sheet["map"]["alt"] += "、13 个隐患点"
        return found

    monkeypatch.setattr(kept_paper, "_unpacked", elsewhere)
    painters.later()
    paper = next(one for one in read_register(village).papers if one.product == "map_zone")
    known = standings(village, "map_zone")
    assert [one.changes for one in known] == [(DRAWN_BEFORE,)]
    answer = beside_today(check_code_in(village, paper.code), known, pending=False)
    assert answer.verdict == "outdated"
    assert DRAWN_BEFORE in answer.sentence
    assert "写的不全对" not in answer.sentence


def _digest_of(text: str, **values: Value) -> str:
    """Of a map with one point that has these values and is called by `text`."""
    look = {"rule": [{"label": "点", "symbol": [{"kind": "marker", "name": "shelter"}]}], "label": {"text": text}}
    there = Feature("spot", "1", Point(0, 0), dict(values))
    layer = LayerPicture(
        LayerDefinition("spot", "spot", "point", ()), Style.parse(look, "spot"), FeatureTable.of("spot", [there])
    )
    return drawn_from(MapView((0.0, 0.0), 10_000.0, 100.0, 100.0, 300.0), [layer])


def test_whatever_a_name_says_is_of_what_a_map_was_drawn_from():
    one, other = {"zone": "1", "zone" + SHOWN: "东坡"}, {"zone": "1", "zone" + SHOWN: "西坡"}
    assert _digest_of("{zone}", **one) != _digest_of("{zone}", **other)
    assert _digest_of("{zone}", **one) == _digest_of("{zone}", **one, remark="不在图上")
    assert _digest_of("{depth}", depth=0) != _digest_of("{depth}", depth=None)


def test_the_shapes_of_a_layer_are_read_at_once(monkeypatch):
    """One by one ten thousand of them took most of the time that their sheet took."""
    calls: list[object] = []
    monkeypatch.setattr(digests.shapely, "to_wkb", lambda one: calls.append(one) or to_wkb(one))
    look = {"rule": [{"label": "点", "symbol": [{"kind": "marker", "name": "shelter"}]}], "label": {"text": "{name}"}}
    there = [Feature("spot", str(number), Point(number, 0), {"name": f"{number}号"}) for number in range(40)]
    layer = LayerPicture(
        LayerDefinition("spot", "spot", "point", ()), Style.parse(look, "spot"), FeatureTable.of("spot", there)
    )
    view = MapView((0.0, 0.0), 10_000.0, 100.0, 100.0, 300.0)
    assert drawn_from(view, [layer]) == drawn_from(view, [layer])
    assert len(calls) == 1
    # A map on which nobody is named knows nothing of what another one said, whichever came first.
    unnamed = copy.copy(layer)
    unnamed.style = Style.parse({"rule": look["rule"]}, "spot")
    alone = LayerPicture(layer.definition, unnamed.style, layer.table)
    assert drawn_from(view, [unnamed]) == drawn_from(view, [alone]) != drawn_from(view, [layer])


def _frame(**more):
    return {"denominator": 1000.0, "picture": "map", **more}


def test_words_for_a_screen_reader_are_drawing_and_a_map_turned_otherwise_is_another():
    map_of = _frame(alt="东坡：1 个危险区", north_degrees=1.2)
    counted, moved = {**map_of, "alt": "东坡：1 个危险区、1 个隐患点"}, {**map_of, "north_degrees": 91.2}
    assert facts(map_of) == facts(counted)
    assert facts(map_of) != facts(moved)
    assert beside_drawing(map_of) == beside_drawing(counted) == beside_drawing(moved)


def test_an_arrow_that_points_back_along_its_way_is_no_matter_of_the_painter():
    right = {"kind": "route", **way_shapes([(0.0, 0.0), (60.0, 0.0), (60.0, 40.0)], 2.6, 3.7, arrows=True)}
    nearer = {"kind": "route", **right, "chevrons": right["chevrons"][1:]}
    turned = {**right, "chevrons": [[one[0], [one[0][0] - 1.0, one[1][1]], one[2]] for one in right["chevrons"]]}
    backwards = {**right, "head": [right["head"][2], right["head"][1], right["head"][0], right["head"][3]]}
    assert len(right["chevrons"]) > 2
    assert facts(_frame(ways=[right])) == facts(_frame(ways=[nearer]))
    assert facts(_frame(ways=[right])) != facts(_frame(ways=[turned]))
    assert facts(_frame(ways=[right])) != facts(_frame(ways=[backwards]))


def test_a_step_s_number_may_stand_aside_but_not_lead_elsewhere():
    on_it = {"kind": "step", "words": "2", "at": [10.0, 20.0]}
    aside = {"kind": "step", "words": "2", "at": [15.0, 20.0], "foot": [10.0, 20.0]}
    elsewhere = {"kind": "step", "words": "2", "at": [15.0, 20.0]}
    assert facts(_frame(marks=[on_it])) == facts(_frame(marks=[aside]))
    assert facts(_frame(marks=[on_it])) != facts(_frame(marks=[elsewhere]))
    door, ahead = ({"kind": "step", "at": at, "words": "1", "foot": None} for at in ((20.0, 20.0), (28.0, 20.0)))
    assert facts(_frame(marks=[door])) == facts(_frame(marks=[ahead])), "the first begins at home, which has a mark"


def test_another_word_on_a_map_is_another_paper_and_one_without_room_is_not():
    data = [
        _frame(names=[{"words": one} for one in words]) for words in (("东坡", "小学"), ("东坡",), ("东坡", "中学"))
    ]
    assert named_the_same((data[0], {}), (data[1], {}))
    assert not named_the_same((data[0], {}), (data[2], {}))
    svgs = [{"map": f'<svg><text x="1">{one}</text></svg>'} for one in ("沟 &amp; 河", "河")]
    assert not named_the_same(({}, svgs[0]), ({}, svgs[1]))


def test_a_picture_that_does_not_say_from_what_it_was_drawn_must_be_the_same():
    maps = {"map": marked("<svg></svg>", "0" * 24)}
    assert not drawn_from_the_same({**maps, "plan": "<svg><a/></svg>"}, {**maps, "plan": "<svg><b/></svg>"})
    assert drawn_from_the_same({**maps, "swatch1": "<svg><a/></svg>"}, {**maps, "swatch1": "<svg><b/></svg>"})


def test_a_large_print_with_the_arrows_of_before_is_old_whoever_drew_it_and_says_so(village, tmp_path, monkeypatch):
    """Some of them pointed wrong; that the form did not say where they point tells them from those of today."""
    from geohazard_desktop.publishing.issues import kept_paper

    PRODUCTS["cards_large"].publish(village, tmp_path, {})
    (paper,) = [one for one in read_register(village).papers if one.product == "cards_large"]
    read = kept_paper._unpacked

    def before(ws: Workspace, digest: str):
        found = read(ws, digest)
        if digest == paper.kept:
            found["painter"] = "another"
            for step in found["data"]["cards"][0]["back"]["steps"]:
                step["strip_arrow"] = None
        return found

    monkeypatch.setattr(kept_paper, "_unpacked", before)
    monkeypatch.setattr("geohazard_desktop.publishing.issues.paper_standings.inputs_hash", lambda _paper: "")
    (found,) = [one for one in standings(village, "cards_large") if one.uid == paper.subject]
    assert found.state is State.CHANGED
    assert found.changes == ("怎么走第 1 步的箭头改了", "怎么走第 2 步的箭头改了")


def _moved(layer: str) -> Callable[[Workspace, float], Edit]:
    def made(ws: Workspace, much: float) -> Edit:
        feature = one(ws, layer)
        shape = affinity.translate(feature.geometry, much, -much)
        return change_geometry(ws.definitions, feature, shape)

    return made


def _named(layer: str, field: str) -> Callable[[Workspace, float], Edit]:
    return lambda ws, much: change_values(ws.definitions, [one(ws, layer)], {field: f"改名{much:g}"})


def _bent(layer: str) -> Callable[[Workspace, float], Edit]:
    """One corner elsewhere, the ends as they were."""

    def made(ws: Workspace, much: float) -> Edit:
        feature = one(ws, layer)
        (line,) = feature.geometry.geoms
        first, *_between, last = line.coords
        middle = ((first[0] + last[0]) / 2, (first[1] + last[1]) / 2 + 7 * much)
        return change_geometry(ws.definitions, feature, LineString([first, middle, last]))

    return made


def _gone(layer: str) -> Callable[[Workspace, float], Edit]:
    return lambda ws, _much: delete_features(ws.definitions, [one(ws, layer)])


def _new(layer: str, **values: str) -> Callable[[Workspace, float], Edit]:
    return lambda ws, much: create_feature(
        ws.definitions, layer, Point(E + 250 + 20 * much, N + 60), {"name": "新来的", **values}
    )


def _restyled(layer: str) -> Callable[[Workspace, float], Edit]:
    def made(ws: Workspace, much: float) -> Edit:
        style = dict(ws.style(layer))
        rules = [{**rule, "symbol": [*rule["symbol"]]} for rule in style["rule"]]
        first = dict(rules[0]["symbol"][0])
        first["color"] = f"#{int(40 + 30 * abs(much)):02X}3366"
        rules[0]["symbol"][0] = first
        return change_style(ws, layer, {**style, "rule": rules})

    return made


EDITS: dict[str, Callable[[Workspace, float], Edit]] = {
    **{f"move {one}": _moved(one) for one in (
        "danger_zone", "shelter", "household", "road", "building", "landmark", "river", "evacuation_route"
    )},
    **{f"name {one}": _named(one, "name") for one in ("danger_zone", "shelter", "landmark", "river", "road")},
    "bend way": _bent("evacuation_route"),
    "bend road": _bent("road"),
    "no building": _gone("building"),
    "no landmark": _gone("landmark"),
    "new landmark": _new("landmark", kind="超市"),
    "new bridge": _new("bridge"),
    "colour of zones": _restyled("danger_zone"),
    "colour of roads": _restyled("road"),
    "colour of buildings": _restyled("building"),
    "remark": lambda ws, much: change_values(ws.definitions, [one(ws, "danger_zone")], {"remark": f"{much}"}),
    "kind": lambda ws, _much: change_values(ws.definitions, [one(ws, "landmark")], {"kind": "卫生室"}),
}  # fmt: skip


@pytest.mark.parametrize(
    "names", [("move road",), ("colour of roads",), ("bend way", "name landmark"), ("new bridge",)]
)
def test_what_moves_or_looks_otherwise_on_the_map_is_seen_through_a_later_painter(village, painters, names):
    for name in names:
        village.apply(EDITS[name](village, 3.0))
    painters.later()
    assert states(village)["cards_household"] is State.CHANGED


@given(st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.floats(0.3, 5.0).map(lambda one: round(one, 1))),
                min_size=1, max_size=3, unique_by=lambda one: one[0]))  # fmt: skip
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_the_data_change_is_seen_through_any_painter(village, painters, steps):
    begun = village.history(1)[0]
    painters.today()
    for name, much in steps:
        with suppress(EditRefused, ValueError):  # an earlier step of the same example took it away
            village.apply(EDITS[name](village, much))
    plainly = states(village)
    painters.later()
    later = states(village)
    painters.today()
    if village.history(1)[0].change_id != begun.change_id:
        village.go_back(village.plan_return(begun))
    told = {key for key, state in plainly.items() if state is not State.LATEST}
    assert told <= {key for key, state in later.items() if state is not State.LATEST}, (steps, plainly, later)


@pytest.mark.parametrize(
    ("name", "told"), [("colour of roads", GROUND_BEFORE), ("bend way", None), ("move shelter", None)]
)
def test_of_a_paper_of_before_it_is_told_whether_more_than_the_ground_is_drawn_otherwise(village, painters, name, told):
    village.apply(EDITS[name](village, 3.0))
    painters.later()
    (card,) = [one for one in standings(village, "") if one.product == "cards_household"]
    assert card.state is State.CHANGED
    assert (card.changes == (GROUND_BEFORE,)) is (told is not None)
    if told:
        assert card.drawing == told
