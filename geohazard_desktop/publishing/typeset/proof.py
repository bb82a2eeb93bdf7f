"""A product's page taken before it is set, to be set again and again while its template is being edited.

What a page is made of (reckoning, maps) takes longer than setting it and does not depend on the template; only the
part of settings.toml that the program itself reads (`map_sheet`) does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.scratch import scratch_folder
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.paper_subjects import paper_subjects
from geohazard_desktop.publishing.product import OptionValue
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
from geohazard_desktop.publishing.typeset.press import Page, printing
from geohazard_desktop.publishing.typeset.typesetting import typeset
from geohazard_desktop.workspace.workspace import Workspace


class _Taken(BaseException):
    """Ends the product when its first page has been taken. No `except Exception` of a product keeps it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page


@dataclass(frozen=True, slots=True)
class Wish:
    """Which page: the product, the feature it is made for ("" for the first), its options."""

    product: str
    uid: str = ""
    options: tuple[tuple[str, OptionValue], ...] = ()


def take_page(ws: Workspace, wish: Wish, templates: OfficeTemplates) -> Page:
    """The first page of a product as it would be printed now. Nothing is written.

    Raises what the product raises (nothing to draw, settings that can't be read), and ExportRefused for a product
    that sets no page.
    """

    def taken(page: Page) -> None:
        raise _Taken(page)

    product = PRODUCTS[wish.product]
    words = product.words(product.chosen(dict(wish.options)))
    if product.subjects:
        words["uids"] = [wish.uid or first_subject(ws, product.subjects)]
    with scratch_folder() as nowhere, printing(templates=templates, proof=taken):
        try:
            product.function()(ws, nowhere / "proof", **words)
        except _Taken as found:
            return found.page
    raise ExportRefused(
        _("{title}不用这里的模板，没有版面可看。").format(title=product.title), _("请在“看哪一种”里选别的。")
    )


def first_subject(ws: Workspace, layer: str) -> str:
    """The first feature of a layer; ExportRefused where it is empty."""
    for one in paper_subjects(ws, layer, shapes=False):
        return one.uid
    raise ExportRefused(
        _("{title}里还没有要素，没有版面可看。").format(title=ws.definitions[layer].title),
        _("请在“用谁的数据”里选演示数据。"),
    )


class ProofRoom:
    """Pages taken lately, by what they were taken from."""

    def __init__(self) -> None:
        self._pages: dict[tuple[Path, Wish, str], Page] = {}

    def forget(self) -> None:
        """The data have changed."""
        self._pages.clear()

    def page(self, path: Path, wish: Wish, templates: OfficeTemplates) -> Page:
        """Taken once: the file is opened read-only and closed again, so that the window can go on writing to it."""
        read_here = repr(sorted_items(templates.settings().get("map_sheet", {})))
        key = (path, wish, read_here)
        if key not in self._pages:
            with Workspace.open(path, read_only=True) as ws:
                page = take_page(ws, wish, templates)
            if len(self._pages) >= 8:
                self._pages.pop(next(iter(self._pages)))
            self._pages[key] = page
        return self._pages[key]


def sorted_items(table: Any) -> Any:
    """A mapping in an order of its own, so that two that say the same look the same."""
    if isinstance(table, Mapping):
        return sorted((key, sorted_items(value)) for key, value in table.items())
    return table


def set_proof(page: Page, templates: OfficeTemplates, template: str = "") -> bytes:
    """The page as PDF; with another template that takes the same data where one is named. A character that no font
    has is 〓 here: what is looked at is the layout. Raises TypesettingFailed with the place of the fault."""
    with printing(templates=templates):
        return typeset(
            template or page.template,
            page.data,
            page.pictures,
            title=page.title,
            language=page.language,
            missing="mark",
        )
