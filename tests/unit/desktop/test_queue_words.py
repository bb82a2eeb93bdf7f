"""What the queue says of a line: four of one product are told apart without opening them."""

import pytest

from geohazard_desktop.desktop.papers.queue_words import line_words, sheets_in_queue, sheets_of
from geohazard_desktop.publishing.batch import BatchLine
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.workspace import Workspace


@pytest.fixture
def demo(demo_path):
    with Workspace.open(demo_path) as ws:
        yield ws


def numbered(ws, layer, *numbers):
    return tuple(one.uid for one in ws.table(layer) if one.text("id") in numbers)


def test_of_one_its_name_is_told_with_paper_and_use(demo):
    uids = numbered(demo, "danger_zone", "WD-W-0003")
    line = BatchLine("map_zone", {"paper": "A3", "profile": "public"}, uids)
    first, second = line_words(demo, line, 1, 1).split("\n")
    assert first == "危险区警示图　WD-W-0003 乌尔特河山洪泥石流"
    assert second == "A3 横，公开张贴，1 份"
    other = BatchLine("map_zone", {"paper": "slide", "profile": "internal"}, uids)
    assert line_words(demo, other, 1, 1).split("\n")[1] == "幻灯片 16∶9，内部用图，1 份"
    assert line_words(demo, BatchLine("map_zone", {}), 8, 8).startswith("危险区警示图　全部危险区\n")


def test_three_copies_are_counted_as_three(demo):
    uids = numbered(demo, "household", "WD-H-0036", "WD-H-0037")
    line = BatchLine("cards_household", {"copies": "3", "together": True}, uids)
    sheets = sheets_of(line.options, list(uids), 2, {})
    assert line_words(demo, line, 2, sheets) == "防灾避险明白卡　2 户\n合成一个文件，2 份，一式 3 份，共 6 张"


def test_a_reissue_counts_the_copies_of_what_it_replaces(demo, tmp_path):
    uids = numbered(demo, "household", "WD-H-0036", "WD-H-0037")
    PRODUCTS["cards_household"].publish(demo, tmp_path, {"copies": "3"}, uids=uids[:1])
    line = BatchLine("cards_household", {"copies": "last"}, uids)
    assert sheets_in_queue(demo, line, 2) == 4
    assert line_words(demo, line, 2, 4).endswith("2 份，和上次一样多，共 4 张")
    assert line_words(demo, line, 2, None).endswith("2 份，份数和上次发的一样")
    every = BatchLine("cards_household", {"copies": "last"})
    assert sheets_in_queue(demo, every, 60) == 62
