"""Whatever stands in a name, each product of the registry prints it as written, whole, on its page, or says one clear
sentence; and what is for the public names nobody."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_village import BAD, SCRIPTS, build, flat, leaks, outside, text_of, tofu
from registry_pages import LISTS

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.domain.district import District, Setting
from geohazard_desktop.publishing.form_fields import texts_in
from geohazard_desktop.publishing.product import OptionValue, Product
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typeset.press import Page, printing
from geohazard_desktop.workspace.workspace import Workspace

# Keys of a form that are no words on its paper: layout, names of pictures, what a screen reader says.
LAYOUT = (
    r"alt|picture|over|inset|layout|profile|kind|furniture|inset_corner|drafts_place|axis|side|size|scale|colour|look"
)
# What a form knows and its template does not set, by template.
QUIET = {
    # Of the internal and of the public sheet each says what the other does not. Where each signal is printed with its
    # zones, the note is left to an office's own template of before, which knows no rows (test_sheet_signal.py).
    "map_sheet": "donts|no_routes|start|zone_id|zone_name|inset_title|speed_note|duty_office|routes.number|label"
    "|legend.title|signal_note",
    "household_card": "donts|at_signal|going_note|unable|signs",
    # Steps by landmark, nothing that a weak eye need not read; what does not fit goes to its second page. The duty line
    # is no helper with a name, shorter sentences stand in for the whole one, and signs are told where they are short
    # (test_helped_households.py has both).
    "large_print": "by_places|helper|signs|headline|start_note|steps.words|who|evacuation_route|hazard_scale|drafts"
    "|duty_office|notes|position_relation|zone_id",
    "work_card": "drafts",
    "door_sticker": "duty_office",
    "drill_script": "issued_on",
    "hazard_list": "duty_office|duty_phone",
    "sign_board": "duty_office|issued_on",
    # The pieces of a sentence, which an extent in words runs through.
    "zone_notice": "issued_on|zone_id|opening|pieces",
}
# The same sheets as map_zone, of other layers: one is looked at.
TWINS = {"picture_street", "picture_point", "picture_area"}
SAME_SHEET = {"map_street", "map_point", "map_area", "picture_zone"}
HAS_PUBLIC = {"map_street", "map_zone", "map_point", "map_area"}
WALL_OR_SIGN = ("signs", "signs_zone")  # bleed and crop marks lie beyond the finished sheet


def district() -> District:
    facts = {
        "district.name": "示例区", "district.code": "990101", "district.prefix": "SL", "district.parent": "示例市",
        "district.epsg": 4524, "office.name": BAD["markup"], "duty.phone": "0000-0000000",
        "signal.text": "铜锣急敲 #panic() <b>", "duty.office": "示例区值班室 $x$",
    }  # fmt: skip
    return District({key: Setting(key, key, value, "测试") for key, value in facts.items()})


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.create(tmp_path_factory.mktemp("hostile") / "示例.gpkg", district()) as ws:
        yield build(ws, BAD)


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.create(tmp_path_factory.mktemp("foreign") / "示例.gpkg", district()) as ws:
        yield build(ws, {"both": "".join(SCRIPTS.values())})


def printed(
    ws: Workspace, product: Product, folder: Path, few: int = 0, **options: OptionValue
) -> tuple[PublishReport, list[Page]]:
    """The product of all its subjects or the first `few`, and the pages that it gave to be set."""
    taken: list[Page] = []
    out = folder / ("出" if product.folder else "出" + Path(product.out).suffix)
    uids = ws.table(product.subjects).uids[:few] if product.subjects and few else None
    with printing(proof=taken.append):
        return product.publish(ws, out, options, uids=uids), taken


def lost(pages: list[Page], text: str) -> list[str]:
    """Words of the forms that are not in the text of the paper, character by character."""
    found = []
    for page in pages:
        unset = re.compile(rf"(^|\.)({LAYOUT}|{QUIET.get(page.template, 'alt')})(\.|$)".replace("words", r"\d+\.words"))
        for where, words in texts_in(page.data):
            plain = re.sub(r"\.\d+(?=\.|$)", "", where)
            if not unset.search(plain) and not unset.search(where) and not _whole(flat(words), text):
                found.append(f"{page.template} {where}: {words[:40]}")
    return found


def _whole(words: str, text: str) -> bool:
    """In one piece, or broken between pages: then each stretch of eight is there, but for those across a break."""
    if words in text:
        return True
    missed = sum(words[at : at + 8] not in text for at in range(len(words) - 7))
    return len(words) > 60 and missed <= 7 * 3


@pytest.mark.parametrize("key", [key for key in PRODUCTS if key not in {*LISTS, *TWINS}])
def test_names_are_printed_as_written_on_the_page(village, tmp_path, key):
    product = PRODUCTS[key]
    if key == "lift_notice":  # nothing was lifted here
        assert printed(village, product, tmp_path)[0].files == []
        return
    report, pages = printed(village, product, tmp_path, few=2 if key in SAME_SHEET else 0)
    assert report.files
    assert not report.problems
    sheets = [one.read_bytes() for one in report.files if one.suffix == ".pdf"]
    for pdf in sheets:
        assert tofu(pdf) == []
        assert key in WALL_OR_SIGN or outside(pdf) == []
    if sheets:
        assert lost(pages, flat("".join(map(text_of, sheets)))) == []
    if product.goes_public({}):
        assert leaks(tmp_path) == []
    if key in HAS_PUBLIC:
        printed(village, product, tmp_path / "公开", few=2, profile="public", paper="A4")
        assert leaks(tmp_path / "公开") == []
    for path in report.files:
        assert path.stem.isprintable() or "　" in path.stem
        assert len(path.name.encode()) < 256


@pytest.mark.parametrize("key", LISTS)
def test_lists_of_what_was_issued_print_names_as_written(village, tmp_path, key):
    PRODUCTS[LISTS[key][0]].publish(village, tmp_path / "发", {}, uids=village.table(LISTS[key][1]).uids[:4])
    report, pages = printed(village, PRODUCTS[key], tmp_path)
    (pdf,) = (one.read_bytes() for one in report.files if one.suffix == ".pdf")
    assert (outside(pdf), tofu(pdf)) == ([], [])
    assert lost(pages, flat(text_of(pdf))) == []


@pytest.mark.parametrize("key", [key for key in PRODUCTS if key not in TWINS])
def test_a_script_that_no_font_has_is_named_and_nothing_is_written(foreign, tmp_path, key):
    try:
        report, _pages = printed(foreign, PRODUCTS[key], tmp_path)
    except GeohazardError as error:
        said, files = f"{error.sentence}{error.remedy}", [one for one in tmp_path.rglob("*") if one.is_file()]
    else:
        said, files = "", report.files
    if said:
        # Which character, in which name; a batch says why its first paper could not be set.
        assert ("U+" in said and "字体" in said) or key in (*LISTS, "lift_notice")
        assert files == []
    for one in files:
        assert one.suffix != ".pdf" or tofu(one.read_bytes()) == []
