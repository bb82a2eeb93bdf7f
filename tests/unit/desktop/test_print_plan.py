"""Pages on paper: real size where it fits, all of a page on the parts where it does not."""

import pytest
from PySide6.QtCore import QSizeF
from shapely import box, union_all

from geohazard_desktop.desktop.pages.print_plan import OVERLAP, OWN, fits, paper_counts, paper_name, parts, shrink_scale

A3 = QSizeF(420, 297)
A4 = QSizeF(210, 297)
CARD = QSizeF(297, 210)


def test_papers_are_called_by_their_names_lying_or_upright():
    assert [paper_name(one) for one in (A3, A4, CARD, QSizeF(300, 200))] == ["A3", "A4", "A4", "300 × 200 毫米"]


def test_a_card_lies_on_a4_at_its_real_size():
    assert fits(CARD, A4)
    (one,) = parts([[CARD]], A4, "real")
    assert one is not None
    assert (one.paper.width(), one.paper.height()) == (297, 210)
    assert one.target == one.source
    assert not one.label


def test_pages_of_several_sizes_may_each_lie_on_paper_of_their_own():
    assert paper_counts([CARD, A3, A4]) == {"A3": 1, "A4": 2}
    found = parts([[A3], [CARD]], OWN, "real", duplex=True)
    assert found[1] is None, "the card does not come onto the back of the sheet"
    assert [(one.paper.width(), one.paper.height()) for one in found if one] == [(420, 297), (297, 210)]


def test_a_page_made_smaller_keeps_its_shape_and_an_edge_that_printers_leave_white():
    scale = shrink_scale(A3, A4)
    assert scale == pytest.approx(200 / 297, abs=0.01)
    (one,) = parts([[A3]], A4, "shrink")
    assert one is not None
    assert one.target.width() / one.target.height() == pytest.approx(420 / 297)
    assert one.target.left() >= 5
    assert one.target.top() >= 5


@pytest.mark.parametrize("page", [A3, QSizeF(594, 420), QSizeF(1189, 841)])
def test_parts_hold_the_whole_page_at_its_real_size_and_share_a_strip_to_glue(page):
    found = [one for one in parts([[page]], A4, "tiles") if one is not None]
    boxes = [box(one.source.left(), one.source.top(), one.source.right(), one.source.bottom()) for one in found]
    assert union_all(boxes).equals(box(0, 0, page.width(), page.height()))
    for one in found:
        assert one.target.size() == one.source.size(), "100 %"
        assert one.target.right() <= one.paper.width() - 5
        assert one.target.bottom() <= one.paper.height() - 5
    shared = boxes[0].intersection(boxes[1]).bounds
    assert min(shared[2] - shared[0], shared[3] - shared[1]) == pytest.approx(OVERLAP)
    assert len({one.label for one in found}) == len(found)


def test_printed_on_both_sides_each_file_begins_on_a_sheet_of_its_own():
    found = parts([[CARD], [CARD, CARD]], A4, "real", duplex=True)
    assert [None if one is None else (one.file, one.page) for one in found] == [(0, 0), None, (1, 0), (1, 1)]
