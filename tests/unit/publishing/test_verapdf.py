"""Every product and the files that are made from it, judged by veraPDF where it is installed.

CONTRIBUTING says how to get it; test_pdf_standards reads the files itself and always runs.
"""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from registry_pages import first_pages

from geohazard_desktop.publishing.typeset.press import PDF_STANDARDS, Page
from geohazard_desktop.publishing.typeset.typesetting import typeset

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
