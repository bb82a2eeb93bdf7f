"""Every template as accessible PDF and as PDF for the archive: set from the demo, read back, judged."""

import io
import re
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pdf_faults import headings, headless_tables, pdf_a_faults, pdf_ua_faults, stops
from PySide6.QtGui import QImage
from registry_pages import REGISTRY, first_pages

from geohazard_desktop.common.errors import TypesettingFailed
from geohazard_desktop.publishing.typeset.pdf_standards import PDF_STANDARDS
from geohazard_desktop.publishing.typeset.press import Page
from geohazard_desktop.publishing.typeset.template_catalog import SHOWN_BY
from geohazard_desktop.publishing.typeset.typesetting import typeset

SHOWN = list(dict.fromkeys(SHOWN_BY.values()))
# What each page says, in this order, when its text is copied out from top to bottom.
ORDER = {
    "work_card": ("工作明白卡", "编号", "灾害位置", "值班电话"),
    "household_card": (
        *("避险明白卡", "户主姓名", "家庭住址", "听到信号", "怎么走"),
        *("只算走路", "可容", "老人、孩子先走", "示意图，不作为权属"),
    ),
    "large_print": ("避险明白卡", "听到信号", "号路线", "到这里等"),
    "plan_table": ("防灾预案表", "撤离"),
    "door_sticker": ("听到信号", "值班电话"),
    "sign_board": ("塌陷危险", "类型", "值班电话"),
    "zone_notice": ("关于划定", "附件"),
    "lift_notice": ("关于撤销", "附件"),  # a product; the others are templates
}


@pytest.fixture(scope="module")
def pages(_demo_master: Path) -> dict[str, Page]:
    return first_pages(_demo_master)


def made(page: Page, standard: str, folder: Path | None = None) -> bytes:
    return typeset(
        page.template,
        page.data,
        page.pictures,
        title=page.title,
        standards=PDF_STANDARDS[standard],
        dated=None if standard == "ua-1" else date(2026, 1, 2),
        folder=folder,
    )


@pytest.mark.parametrize("key", REGISTRY)
def test_a_page_is_accessible_and_reads_in_order(pages, key):
    pdf = made(pages[key], "ua-1")
    assert pdf_ua_faults(pdf) == []
    assert headings(pdf) >= 1  # where a screen reader begins
    assert headless_tables(pdf) == 0
    document = pypdfium2.PdfDocument(pdf)
    text = re.sub(r"\s", "", "".join(one.get_textpage().get_text_range() for one in document))
    order = ORDER.get(key, ORDER.get(pages[key].template, ()))
    places = [text.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert "\ufffd" not in text


# What a screen reader can jump to, in the order in which it is read: what to do comes before the map.
STOPS = {
    "cards_household": ["H1", "H2", "H2", "Figure"],
    "cards_large": ["H1", "H2", "H2", "H2"],  # its drawings stand beside their words and are not read
    "stickers_household": ["H1"],
    "map_zone": ["H1", "Figure"],
    "signs": ["Figure", "H1", "H2", "Figure"],
}


@pytest.mark.parametrize("key", STOPS)
def test_a_page_is_read_aloud_as_one_would_say_it(pages, key):
    found = [one for one in stops(made(pages[key], "ua-1")) if one[0] in ("H1", "H2", "Figure")]
    kinds = [kind for kind, _words in found]
    assert kinds[: len(STOPS[key])] == STOPS[key]
    assert all(words for kind, words in found if kind == "Figure")


def test_a_map_is_one_picture(pages):
    """Names on a map, one after the other, say nothing; the sentence about it does."""
    whole = [words for kind, words in stops(made(pages["map_internal"], "ua-1")) if kind == "Figure"]
    assert len(whole) == 2  # the map and where the district lies
    assert "危险区" in whole[0]


@pytest.mark.parametrize("key", SHOWN)
def test_a_page_can_be_kept_in_the_archive(pages, key):
    pdf = made(pages[key], "a-2a")
    assert pdf_a_faults(pdf, "A") == []
    assert pdf_ua_faults(pdf) == []  # the accessible and the archived one are one file


def test_a_logo_in_printing_colours_is_told_where_the_archive_does_not_take_it(pages, tmp_path):
    """As a design firm sends it: four inks, for which the archive's file has no profile."""
    picture = QImage(30, 10, QImage.Format.Format_CMYK8888)
    picture.fill(0)
    assert picture.save(str(tmp_path / "logo.jpg"), "JPG")
    (tmp_path / "settings.toml").write_text('[look]\nlogo = "logo.jpg"\n', encoding="utf-8")
    page = pages["cards_work"]
    with pytest.raises(TypesettingFailed, match=r"CMYK.*RGB 的 PNG") as told:
        made(page, "a-2a", folder=tmp_path)
    assert "Typst 说" not in str(told.value)
    assert made(page, "ua-1", folder=tmp_path)  # on everyday paper it is printed


def test_the_archive_that_keeps_the_look_alone(pages):
    assert pdf_a_faults(made(pages["cards_work"], "a-2b"), "B") == []


def test_faults_are_seen(pages):
    """The judge itself is judged: what was taken out of a good file is missed."""
    pdf = made(pages["cards_work"], "a-2a")
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        del doc.Root.Lang, doc.Root.OutputIntents
        doc.Root.ViewerPreferences.DisplayDocTitle = False
        for one in doc.pages:
            one.contents_coalesce()
            one.Contents = doc.make_stream(b"BT ET 0 0 10 10 re f\n" + one.Contents.read_bytes())
        held = io.BytesIO()
        doc.save(held)
    told = [*pdf_ua_faults(held.getvalue()), *pdf_a_faults(held.getvalue(), "A")]
    assert "no language" in told
    assert "the title is not displayed" in told
    assert "no output intent with a profile" in told
    assert any("neither tagged nor an artifact" in one for one in told)


def test_a_template_is_shown_by_a_product_that_uses_it(pages):
    """In the editor, the page beside a template is one that is set with it."""
    for path, key in SHOWN_BY.items():
        if "/" not in path:
            assert pages[key].template == path.removesuffix(".typ")
