"""Print every product with every value of every choice, for a validator of PDF or for whoever wants to look at all.

    python scripts/print_all_products.py FOLDER [WORKSPACE] [--standard a-2a] [--subjects 2]

One folder for each product and variant below FOLDER; a variant is the default but for one option. WORKSPACE (default:
the demo) is copied and stays as it was. Ends with 1 where a product refused for a reason that is not an empty list.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtGui import QGuiApplication  # noqa: E402

from geohazard_desktop.cartography.new_workspace import new_workspace  # noqa: E402
from geohazard_desktop.common.errors import GeohazardError  # noqa: E402
from geohazard_desktop.common.scratch import scratch  # noqa: E402
from geohazard_desktop.domain.district import read_district  # noqa: E402
from geohazard_desktop.publishing.product import PDF_STANDARD, OptionValue, Product  # noqa: E402
from geohazard_desktop.publishing.products import PRODUCTS  # noqa: E402
from geohazard_desktop.publishing.typeset.pdf_standards import PDF_STANDARDS  # noqa: E402
from geohazard_desktop.workspace.workspace import Workspace  # noqa: E402

FORM = "form"  # the option that says which kind of file; only those that are PDF are of use here


def variants(product: Product) -> Iterator[tuple[str, dict[str, OptionValue]]]:
    """(words for a folder's name, options), the default first."""
    pdf: dict[str, OptionValue] = {FORM: "pdf"} if any(one.key == FORM for one in product.options) else {}
    if not product.sets_pages:
        pdf["profile"] = "internal"  # a GeoPDF tells coordinates, so there is no public one
    yield "default", dict(pdf)
    for option in product.options:
        values: list[OptionValue] = []
        if option.kind == "choice" and option.key != FORM:
            values = [value for value, _words in option.values]
        elif option.kind == "switch":
            values = [True, False]
        for value in values:
            if value != pdf.get(option.key, option.default) and not (pdf.get("profile") and value == "public"):
                yield f"{option.key}-{value or 'none'}", {**pdf, option.key: value}


def makes_pdf(product: Product) -> bool:
    """By its own ending or by a form that can be chosen."""
    return product.sets_pages or any("pdf" in dict(one.values) for one in product.options if one.key == FORM)


def print_all(ws: Workspace, folder: Path, standard: str, subjects: int) -> Mapping[str, str]:
    """What refused, by folder name; `subjects` is how many features of a layer each variant is made for."""
    refused = {}
    # Lists of what was issued come when it has been.
    for product in sorted(filter(makes_pdf, PRODUCTS.values()), key=lambda one: not one.registers):
        for words, options in variants(product):
            if product.sets_pages:
                options[PDF_STANDARD.key] = standard
            uids = ws.table(product.subjects).uids[:subjects] if product.subjects else None
            place = folder / f"{product.key}-{words}"
            out = place if product.folder else place / "page.pdf"
            place.mkdir(parents=True, exist_ok=True)
            try:
                product.publish(ws, out, options, uids=uids)
            except GeohazardError as error:
                refused[place.name] = str(error)
            print(place.name, refused.get(place.name, ""), flush=True)
    return refused


def main() -> int:
    """Read the command line; print."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    reader.add_argument("folder", type=Path)
    reader.add_argument("workspace", type=Path, nargs="?")
    reader.add_argument("--standard", choices=list(PDF_STANDARDS), default=PDF_STANDARD.default)
    reader.add_argument("--subjects", type=int, default=2)
    given = reader.parse_args()
    application = QGuiApplication([])  # texts on maps are measured
    os.environ["GEOHAZARD_HOME"] = str(scratch() / "home")
    copy = scratch() / "work.gpkg"
    if given.workspace is None:
        new_workspace(copy, read_district(), demo=True).close()
    else:
        shutil.copy(given.workspace, copy)
    with Workspace.open(copy) as ws:
        refused = print_all(ws, given.folder, given.standard, given.subjects)
    del application
    return 1 if refused else 0


if __name__ == "__main__":
    raise SystemExit(main())
