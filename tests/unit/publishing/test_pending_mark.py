"""A public sheet without 审图号 says so across its map, and its names, ways and zones can be checked all the same."""

import numpy as np
import pypdfium2
import pytest
from test_typesetting import sheet

from geohazard_desktop.publishing.sheets.map_forms import MAP_SHEET, EnlargedMap
from geohazard_desktop.publishing.sheets.papers import PAPERS, public_layouts
from geohazard_desktop.publishing.typeset.typesetting import typeset

_PIXELS_A_MM = 4.0
_PALE, _INK = 60, 120  # of 255: what a tint takes from white, what a copier keeps


ENLARGED = EnlargedMap(
    picture="map", tag="放大图 1", name="东坡", denominator=5000, bar_metres=100, box=(60, 70, 180, 150),
    frame=(20, 20, 40, 40), tag_box=(20, 14, 40, 20),
)  # fmt: skip


def map_of(paper: str, review_number: str | None, enlarged: tuple[EnlargedMap, ...] = ()) -> np.ndarray:
    """The map of a public sheet as it is printed, grey."""
    layout = next(public_layouts(PAPERS[paper], 1, signs=False, legend=("危险区",)))
    form, pictures = sheet(profile="public", layout=layout, review_number=review_number, enlarged=enlarged)
    with pypdfium2.PdfDocument(typeset(MAP_SHEET, form.data(), pictures, title="警示图")) as document:
        scale = _PIXELS_A_MM * 25.4 / 72 / layout.factor
        page = np.squeeze(document[0].render(scale=scale, grayscale=True).to_numpy()).astype(int)
    left, top, wide, high = (round(one * _PIXELS_A_MM) for one in layout.map)
    return page[top + 8 : top + high - 8, left + 8 : left + wide - 8]


@pytest.mark.parametrize("paper", ["A3", "A4", "slide"])
def test_the_mark_lies_right_across_the_map_and_hides_nothing(paper):
    darker = map_of(paper, "示S（2026）001号") - map_of(paper, None)
    marked = darker > 10
    rows, columns = np.nonzero(marked)
    high, wide = darker.shape
    assert np.ptp(columns) > 0.5 * wide
    assert np.ptp(rows) > 0.4 * high
    assert 0.04 < marked.mean() < 0.4, "large letters"
    outlined = darker > _INK
    assert outlined[marked].mean() < 0.15, "only a thin line is dark: what lies below can be read"
    assert (darker[marked & ~outlined] < _PALE).mean() > 0.85
    assert outlined.sum() > 2000, "and that line stays on a copier"


def test_the_names_of_enlargements_stand_on_the_mark():
    darker = np.abs(map_of("A3", "示S（2026）001号", (ENLARGED,)) - map_of("A3", None, (ENLARGED,))) > 10
    left, top, right, _bottom = (round(one * _PIXELS_A_MM) - 8 for one in ENLARGED.box)
    head = darker[top + 4 : top + round(6 * _PIXELS_A_MM) - 4, left + 4 : right - 4]
    below = darker[top + round(8 * _PIXELS_A_MM) : top + round(60 * _PIXELS_A_MM), left + 4 : right - 4]
    assert not head.any()
    assert below.any(), "the mark goes on over the enlarged map"
