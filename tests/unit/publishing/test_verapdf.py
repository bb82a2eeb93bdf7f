"""Every product and the files that are made from it, judged by veraPDF where it is installed.

CONTRIBUTING says how to get it; test_pdf_standards reads the files itself and always runs.
"""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from registry_pages import first_pages

from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, read_register
from geohazard_desktop.publishing.issues.issuing import reprint
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.typeset.pdf_standards import PDF_STANDARDS
from geohazard_desktop.publishing.typeset.press import Page
from geohazard_desktop.publishing.typeset.typesetting import typeset
from geohazard_desktop.workspace.workspace import Workspace

VERAPDF = shutil.which("verapdf")
# veraPDF's names of the standards that a file of ours claims.
CLAIMED = {"ua-1": ("ua1",), "a-2a": ("2a", "ua1"), "a-2b": ("2b",)}

pytestmark = pytest.mark.skipif(VERAPDF is None, reason="veraPDF is not installed on this machine (CONTRIBUTING)")


def refused(folder: Path, flavour: str) -> list[str]:
    """Files that veraPDF finds not to be what they claim, with the rules."""
    assert VERAPDF is not None
    asked = [VERAPDF, "--format", "text", "--verbose", "--flavour", flavour, "--recurse", str(folder)]
    lines = subprocess.run(asked, capture_output=True, check=False, timeout=600).stdout.decode("utf-8", "replace")
    judged = lines.splitlines()
    assert sum(one.startswith("PASS") for one in judged), lines  # it did run
    return [one for one in judged if not one.startswith("PASS") and one.strip()]


@pytest.fixture(scope="module")
def pages(_demo_master: Path) -> dict[str, Page]:
    return first_pages(_demo_master)


@pytest.mark.parametrize("standard", PDF_STANDARDS)
def test_every_product_is_what_it_claims_to_be(pages: dict[str, Page], tmp_path: Path, standard: str):
    for key, page in pages.items():
        pdf = typeset(
            page.template,
            page.data,
            page.pictures,
            title=page.title,
            standards=PDF_STANDARDS[standard],
            dated=None if standard == "ua-1" else date(2026, 1, 2),
        )
        (tmp_path / f"{key}.pdf").write_bytes(pdf)
    for flavour in CLAIMED[standard]:
        assert refused(tmp_path, flavour) == []


# A card, its large print, a sheet, a notice, a sign, a sticker, a script: each once.
REPRINTED = {
    "cards_household": "household",
    "cards_large": "household",
    "cards_work": "hazard_point",
    "map_zone": "danger_zone",
    "zone_notice": "danger_zone",
    "signs": "warning_sign",
    "stickers_household": "household",
    "plan_table": "hazard_point",
    "drill_script": "danger_zone",
}


@pytest.fixture(scope="module", params=["a-2a", "ua-1"])
def issued(request: pytest.FixtureRequest, _demo_master: Path, tmp_path_factory) -> Iterator[tuple[str, Workspace]]:
    """The demo, with papers issued to a standard."""
    folder = tmp_path_factory.mktemp("发过的")
    standard: str = request.param
    with Workspace.open(Path(shutil.copy(_demo_master, folder / "演示.gpkg"))) as ws:
        for key, layer in REPRINTED.items():
            out = folder / key
            PRODUCTS[key].publish(ws, out, {"pdf_standard": standard}, uids=ws.table(layer).uids[:1])
        yield standard, ws


def test_a_reprint_is_what_the_first_print_claimed_to_be(issued: tuple[str, Workspace], tmp_path: Path):
    """Printed again from what is kept, after the office has gone back to the usual standard."""
    standard, ws = issued
    papers: list[IssuedPaper] = [one for one in read_register(ws).papers if one.kept]  # the demo's own kept nothing
    assert {one.product for one in papers} == set(REPRINTED)
    for one in papers:
        (tmp_path / f"{one.product}_{one.code}.pdf").write_bytes(reprint(ws, one.code))
    for flavour in CLAIMED[standard]:
        assert refused(tmp_path, flavour) == []
