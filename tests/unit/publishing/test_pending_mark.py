"""A public sheet without 审图号 says so across its map, and its names, ways and zones can be checked all the same."""

import numpy as np
import pypdfium2
import pytest
from test_typesetting import sheet

from geohazard_desktop.publishing.sheets.map_forms import MAP_SHEET
from geohazard_desktop.publishing.sheets.papers import PAPERS, public_layouts
from geohazard_desktop.publishing.typeset.typesetting import typeset

_PIXELS_A_MM = 4.0
_PALE, _INK = 60, 120  # of 255: what a tint takes from white, what a copier keeps


def map_of(paper: str, review_number: str | None) -> np.ndarray:
    """The map of a public sheet as it is printed, grey."""
    layout = next(public_layouts(PAPERS[paper], 1, signs=False, legend=("危险区",)))
    form, pictures = sheet(profile="public", layout=layout, review_number=review_number)
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
