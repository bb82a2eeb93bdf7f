"""The first page of every product of the registry that sets pages, from the demo, for tests that judge them all."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
from geohazard_desktop.publishing.typeset.press import Page
from geohazard_desktop.publishing.typeset.proof import Wish, take_page
from geohazard_desktop.workspace.workspace import Workspace

REGISTRY = [one.key for one in PRODUCTS.values() if one.sets_pages]
# Lists of what was issued want something issued; (list, what, of which layer).
LISTS = {"receipts": ("cards_household", "household"), "distribution": ("map_zone", "danger_zone")}


@cache
def first_pages(demo: Path) -> dict[str, Page]:
    """By the product's key; `demo` is left as it is."""
    folder = Path(tempfile.mkdtemp())
    try:
        copy = Path(shutil.copy(demo, folder / "演示.gpkg"))
        with Workspace.open(copy) as ws:
            for product, layer in LISTS.values():
                PRODUCTS[product].publish(ws, folder / product, {}, uids=ws.table(layer).uids[:1])
            return {key: take_page(ws, Wish(key), OfficeTemplates()) for key in REGISTRY}
    finally:
        shutil.rmtree(folder)
