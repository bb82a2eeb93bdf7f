"""Each kind of sheet after an office copier: lines stay black, small print can be read. A wall sheet is the same design
enlarged."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from copier import Page, contrast, copies

from geohazard_desktop.publishing.sheets.products import publish_map, publish_sheets
from geohazard_desktop.workspace.workspace import Workspace

KINDS = {
    "A4 internal": ("A4", "internal", ""),
    "A4 public": ("A4", "public", ""),
    "A4 across, a street": ("A4L", "internal", "subdistrict"),
    "A3 public, a zone": ("A3", "public", "danger_zone"),
    "slide": ("slide", "internal", ""),
}
ZONE, ROUTE = "#D7000F", "#1B6E45"
HIDDEN = 3.0  # points: text that only a search finds


@pytest.fixture(scope="module")
def demo(_demo_master: Path) -> Iterator[Workspace]:
    with Workspace.open(_demo_master, read_only=True) as ws:
        yield ws


def printed(demo: Workspace, folder: Path, paper: str, profile: str, layer: str) -> Page:
    if not layer:
        publish_map(demo, folder / "图.pdf", sheet=paper, profile=profile)
        return copies(folder / "图.pdf")[0]
    shown = {"subdistrict": "三道坎街道", "danger_zone": "五虎山东采空塌陷"}[layer]
    uid = next(one.uid for one in demo.table(layer) if one.text("name") == shown)
    report = publish_sheets(demo, folder, layer=layer, uids=[uid], paper=paper, profile=profile)
    return copies(report.files[0])[0]


def faint(page: Page, up_to: float) -> list[str]:
    return [
        one.text
        for one in page.letters
        if HIDDEN < one.points <= up_to
        and contrast(page.copy[one.box[1] : one.box[3], one.box[0] : one.box[2]]) < 0.6
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_zones_routes_and_small_print_survive(demo, tmp_path, kind):
    page = printed(demo, tmp_path, *KINDS[kind])
    for name, color in (("danger zone", ZONE), ("route or shelter", ROUTE)):
        inked = page.inked(color, 40)
        assert inked.sum() > 100, f"{name} is not on the sheet"
        assert (page.copy[inked] < 0.5).mean() > 0.95, f"{name} does not survive"
    small = [one for one in page.letters if HIDDEN < one.points <= 9.5]
    assert len(faint(page, 9.5)) <= max(1, 0.01 * len(small)), faint(page, 9.5)
