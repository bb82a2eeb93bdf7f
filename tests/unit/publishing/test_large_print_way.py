"""怎么走 of the 大字版: the route's number, every step with its arrow and words once, and a sentence to read out."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from notice_village import smallest
from put_in import added as add
from shapely import LineString, Point

from geohazard_desktop.publishing.cards.forms import HouseholdBack, HouseholdCard
from geohazard_desktop.publishing.cards.publish import CardMaker, publish_cards
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
TODAY = date(2026, 11, 28)
# South, then a fork of 56 degrees to the left, so that the second leg runs to the south-east.
FORK = [(0.0, 0.0), (0.0, -220.0), (249.0, -388.0)]
WINDING = [(0.0, 0.0), (200.0, 0.0), (200.0, 150.0), (380.0, 150.0), (380.0, 400.0), (560.0, 400.0)]


def house_on(ws: Workspace, way: list[tuple[float, float]], *, note: str = "", door: float = -30.0) -> Feature:
    """A household `door` metres beside the start of `way`, with something to see at every bend."""
    places = [(E + x, N + y) for x, y in way]
    for number, (x, y) in enumerate(places[1:-1], 1):
        add(ws, "landmark", Point(x + 5, y + 5), name=f"第{'一二三四五'[number - 1]}棵老榆树", kind="树")
    shelter = add(ws, "shelter", Point(places[-1]), name="示例社区文化活动广场", capacity=900)
    route = add(ws, "evacuation_route", LineString(places), number="2", shelter=shelter.uid)
    return add(ws, "household", Point(E + door, N), id="SL-H-0017", head="赵示例", people=2,
               evacuation_route=route.uid, door_note=note)  # fmt: skip


def back_of(ws: Workspace, house: Feature) -> HouseholdBack:
    form = CardMaker(ws, TODAY).large_card(house).form
    assert isinstance(form, HouseholdCard)
    assert form.back is not None
    return form.back


def page_of(ws: Workspace, folder: Path) -> str:
    (pdf,) = publish_cards(ws, folder, kind="large").files
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_range().split())


def test_the_page_names_the_route_and_explains_its_two_kinds_of_arrows(workspace, tmp_path):
    house_on(workspace, FORK)
    page = page_of(workspace, tmp_path)
    assert "走 2 号路线" in page
    assert page.count("号路线") >= 2  # and where the route begins, in the strip
    assert "圈里的箭头看方向，上边是北；没有圈的箭头看着路走。" in page


def test_a_turn_says_how_and_whereto(workspace, tmp_path):
    house = house_on(workspace, FORK)
    *_before, last = back_of(workspace, house).steps
    assert (last.turn_words, last.direction, last.heading) == ("左转", "东南", None)
    assert last.turn == -56
    page = page_of(workspace, tmp_path)
    assert page.index("左转 往东南") < page.index("300 米")


def test_a_place_of_eight_letters_has_fourteen_points_beside_three_steps(workspace, tmp_path):
    """The longest way in one row: under its picture the name has two lines of four."""
    house_on(workspace, FORK)
    (tree,) = workspace.table("landmark")
    workspace.apply(change_values(workspace.definitions, [tree], {"name": "示例庄社区居委会"}))
    page_of(workspace, tmp_path)
    (pdf,) = tmp_path.glob("*.pdf")
    assert smallest(pdf, "示例庄社区居委会") >= 14


@pytest.mark.parametrize(
    ("note", "turn", "heading", "words"),
    [
        ("出门向左到沟边小路", -90, None, "出门向左"),
        ("出院门右拐，到水泥路", 90, None, "出门向右"),
        ("出门向西北到大路", None, 315, None),
        ("出院门走到南巷，再上大路", None, None, None),
    ],
)
def test_a_note_of_the_door_has_its_arrow_and_is_told_once(workspace, tmp_path, note, turn, heading, words):
    house = house_on(workspace, FORK, note=note)
    first = back_of(workspace, house).steps[0]
    assert (first.turn, first.heading, first.turn_words) == (turn, heading, words)
    page = page_of(workspace, tmp_path)
    assert page.replace(" ", "").count(note) == 1
    assert "出门：出" not in page
    if words:
        assert page.index(words) < page.index("直线 30 米")


def test_the_longest_way_keeps_a_sentence_in_large_letters(workspace, tmp_path):
    house = house_on(workspace, WINDING)
    assert len(back_of(workspace, house).steps) == 6
    page = page_of(workspace, tmp_path).replace(" ", "")
    trees = "、".join(f"第{one}棵老榆树" for one in "一二三四")
    assert f"先后经过{trees}，到示例社区文化活动广场。" in page
    total = 30 + sum(round(Point(one).distance(Point(two))) for one, two in pairwise(WINDING))
    assert f"共约{total}米" in page


def test_without_a_number_of_the_route_nothing_is_made_up(workspace, tmp_path):
    house = house_on(workspace, FORK)
    route = workspace.feature("evacuation_route", house.text("evacuation_route"))
    workspace.apply(change_values(workspace.definitions, [route], {"number": None}))
    page = page_of(workspace, tmp_path)
    assert "怎么走" in page
    assert "号路线" not in page


def test_a_short_word_below_a_picture_stays_on_one_line(workspace, tmp_path):
    house_on(workspace, FORK)
    (file,) = publish_cards(workspace, tmp_path, kind="large").files
    with pypdfium2.PdfDocument(file) as pdf:
        lines = pdf[0].get_textpage().get_text_range().split()
    assert "安置点" in lines
