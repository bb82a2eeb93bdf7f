"""前兆迹象 on what everybody reads: sign, notice, sticker of a zone. Without them a stranger waits for a signal."""

import pypdfium2
import pytest
from notice_village import PHONES, E, N, add, build, change, flat, only, pages_of, personal_in
from shapely import LineString

from geohazard_desktop.publishing.papers.door_sticker import publish_door_stickers
from geohazard_desktop.publishing.papers.sign_board import publish_sign_boards
from geohazard_desktop.publishing.papers.zone_notice import publish_zone_notices
from geohazard_desktop.publishing.public_signs import public_signs

SIGNS = "裂缝加宽；井水变浑"
LINE = f"有这些迹象，不等信号就走：{SIGNS}"


@pytest.fixture
def village(workspace):
    return build(workspace)


def papers(ws, folder):
    """The first page of each, and all that their reports say."""
    reports = [
        publish_door_stickers(ws, folder / "a", per="zone", size="A6"),
        publish_sign_boards(ws, folder / "b", per="zone"),
        publish_zone_notices(ws, folder / "c"),
    ]
    pages = [flat("".join(pages_of(one.files[0]))) for one in reports]
    return pages, ["".join((*one.notes, *one.problems)) for one in reports]


@pytest.mark.parametrize("layer", ["danger_zone", "hazard_point"])
def test_the_signs_of_the_zone_else_of_its_point_stand_on_public_papers(village, tmp_path, layer):
    assert not any("迹象" in page for page in papers(village, tmp_path / "none")[0])
    change(village, only(village, layer), signs=SIGNS)
    pages, _said = papers(village, tmp_path)
    assert [flat(LINE) in page for page in pages] == [True] * 3


def test_signs_without_room_are_left_out_and_told(village, tmp_path):
    change(village, only(village, "danger_zone"), signs="裂缝加宽、井水变浑，" * 12)
    (sticker, sign, notice), said = papers(village, tmp_path)
    assert "迹象" not in sticker + sign
    assert notice.count("井水变浑") == 12  # a document has room
    assert ["写得下" in one and "请把前兆迹象写短些" in one for one in said] == [True, True, False]


def test_a_private_number_among_the_signs_stays_inside(village, tmp_path):
    change(village, only(village, "danger_zone"), signs=f"{SIGNS}\n先问李示例 {PHONES[0]}")
    pages, said = papers(village, tmp_path / "out")
    assert [flat(LINE) in page for page in pages] == [True] * 3
    assert all("手机号" in one for one in said)
    assert personal_in(tmp_path / "out") == []
    assert public_signs(None, None) == public_signs(only(village, "hazard_point"), None, room=3)


def test_a_zones_sticker_of_four_routes_tells_where_each_begins_in_letters_that_can_be_read(village, tmp_path):
    zone, shelter = only(village, "danger_zone"), only(village, "shelter")
    change(village, zone, signs=SIGNS)
    for number in "456":
        add(village, "evacuation_route", LineString([(E + 20, N + 20), (E + 600, N + 100)]), number=number,
            danger_zone=zone.uid, shelter=shelter.uid, start=f"第{number}棵老榆树")  # fmt: skip
    (pdf,) = publish_door_stickers(village, tmp_path, per="zone", size="A6").files
    text = flat(pages_of(pdf)[0])
    for number, start in (("3", "村口老榆树"), ("4", "第4棵老榆树"), ("6", "第6棵老榆树")):
        assert f"{number}从{start}到示例广场" in text
    sizes = sizes_by_letter(pdf)
    assert min(sizes["榆"]) >= 11
    assert min(sizes["广"]) >= 14
    assert min(sizes["裂"]) >= 9


def sizes_by_letter(pdf, number=0):
    """Point sizes of a page, the first one, by letter."""
    found = {}
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number].get_textpage()
        for place in range(page.count_chars()):
            letter = page.get_text_range(place, 1)
            size = pypdfium2.raw.FPDFText_GetFontSize(page.raw, place)
            matrix = pypdfium2.raw.FS_MATRIX()
            pypdfium2.raw.FPDFText_GetMatrix(page.raw, place, matrix)
            found.setdefault(letter, []).append(size * abs(matrix.d))
    return found
