"""The office's logo on notices, signs and stickers: once, inside of what a printer can print, never over a word."""

from pathlib import Path

import pytest
from copier import PER_MM, Page, copies
from notice_village import build, only

from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits.templates import save_templates

GREEN = "#00AA44"  # nothing else on these papers has it
SQUARE = (40, 40)
BANNER = (800, 40)
EACH = (("zone_notice", {}), ("signs", {}), ("stickers_household", {"size": "A6"}))


@pytest.fixture
def village(workspace):
    return build(workspace)


def made(ws, out: Path, key: str, options) -> Path:
    product = PRODUCTS[key]
    uids = [only(ws, product.subjects).uid]
    (path,) = product.publish(ws, out, options, uids=uids).files
    return path


def put_logo(ws, size: tuple[int, int]) -> None:
    wide, high = size
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
        f'<rect width="{wide}" height="{high}" fill="{GREEN}"/></svg>'
    )
    settings = '[look]\nlogo = "logo.svg"\n'
    ws.apply(save_templates(ws, {"logo.svg": picture, "settings.toml": settings}))


def extent_of_logo(page: Page) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the logo's ink in mm."""
    found = page.inked(GREEN)
    rows, columns = found.any(axis=1).nonzero()[0], found.any(axis=0).nonzero()[0]
    return tuple(float(one) / PER_MM for one in (columns[0], rows[0], columns[-1], rows[-1]))


@pytest.mark.parametrize("size", [SQUARE, BANNER], ids=["square", "banner"])
@pytest.mark.parametrize(("key", "options"), EACH, ids=[one for one, _options in EACH])
def test_the_logo_stands_on_the_first_page_clear_of_edge_and_words(village, tmp_path, key, options, size):
    plain = made(village, tmp_path / "plain", key, options)
    assert not any(page.inked(GREEN).any() for page in copies(plain))
    put_logo(village, size)
    pdf = made(village, tmp_path / "logo", key, options)
    first, *others = copies(pdf)
    left, top, right, bottom = extent_of_logo(first)
    high, wide = (one / PER_MM for one in first.copy.shape)
    assert left >= 8.9
    assert top >= 8.9
    assert right <= wide - 8.9
    assert bottom <= high - 8.9
    assert right - left > 2
    for letter in first.letters:
        x0, y0, x1, y1 = (one / PER_MM for one in letter.box)
        assert x1 <= left + 0.3 or x0 >= right - 0.3 or y1 <= top + 0.3 or y0 >= bottom - 0.3, letter.text
    assert not any(page.inked(GREEN).any() for page in others)
