"""蒙汉双语: what the office typed stands upright and joined, left of the Chinese; without it nothing changes."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from copier import copies, dark_share
from notice_village import build, change, flat, only, pages_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter
from shapely import box

from geohazard_desktop.cli import run
from geohazard_desktop.common.errors import FontMissing
from geohazard_desktop.common.places import resource
from geohazard_desktop.publishing.papers.door_sticker import PHRASE
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.sheets.papers import PAPERS
from geohazard_desktop.publishing.typeset import bilingual
from geohazard_desktop.publishing.typeset.fonts_for_paper import MONGOLIAN, paper_fonts
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.edits.bilingual import MongolianText, set_mongolian
from geohazard_desktop.workspace.edits.templates import save_templates

WORD = "ᠮᠣᠩᠭᠣᠯ"
TEXT = f"{WORD} ᠬᠡᠯᠡ {WORD}\u202fᠤᠨ ᠪᠢᠴᠢᠭ"  # Mongolian language, Mongolian's writing: says nothing of a hazard
TITLE = "示例区地质灾害警示图"
NOTICE = "关于划定东坡地质灾害危险区的公告"
SIGN, SECOND = "塌陷危险", "请勿入内　绕道走"
EACH = (
    ("map_internal", {}),
    ("map_public", {}),
    ("zone_notice", {}),
    ("signs", {}),
    ("stickers_household", {"size": "A6"}),
)
needs_font = pytest.mark.skipif(
    not paper_fonts().mongolian, reason="this machine has no Mongolian font (Noto Sans Mongolian, Mongolian Baiti)"
)


@pytest.fixture
def village(workspace):
    ws = build(workspace)
    shape = only(ws, "danger_zone").geometry
    assert shape is not None
    ws.apply(create_feature(ws.definitions, "district", box(*shape.buffer(2000).bounds), {"name": "示例区"}))
    return ws


def say(ws, *phrases: str, text: str = TEXT) -> None:
    ws.apply(set_mongolian(ws, {one: MongolianText(text, "示例翻译室") for one in phrases}))


def made(ws, out: Path, key: str, **options):
    product = PRODUCTS[key]
    target = out / ("all" if product.folder else "one.pdf")
    return product.publish(
        ws, target, options, uids=list(ws.table(product.subjects).uids) if product.subjects else None
    )


@pytest.mark.parametrize(("key", "options"), EACH, ids=[one for one, _options in EACH])
def test_without_a_text_a_page_is_byte_for_byte_the_chinese_one(village, tmp_path, key, options):
    say(village, "别的一句话")
    with_it = made(village, tmp_path / "on", key, bilingual=True, **options)
    without = made(village, tmp_path / "off", key, bilingual=False, **options)
    assert [one.read_bytes() for one in with_it.files] == [one.read_bytes() for one in without.files]
    assert any("还没有填蒙古文" in one for one in with_it.notes)
    assert not any("蒙古文" in one for one in without.notes)


def test_what_lacks_is_told_with_where_to_type_it_by_an_office_that_has_begun_to(village, tmp_path):
    assert not any("蒙古文" in one for one in made(village, tmp_path / "none", "signs").notes)
    say(village, "别的一句话")
    (told,) = [one for one in made(village, tmp_path / "on", "signs").notes if "蒙古文" in one]
    assert "还没有填蒙古文，只印了汉文。在“出图 → 蒙古文…”里填。" in told
    assert "危险" in told, "what was printed in Chinese alone"
    assert not any("蒙古文" in one for one in made(village, tmp_path / "off", "signs", bilingual=False).notes)


@pytest.mark.parametrize(("key", "options"), EACH, ids=[one for one, _options in EACH])
def test_a_machine_without_a_mongolian_font_says_which_to_install_and_prints_nothing(
    village, tmp_path, monkeypatch, key, options
):
    say(village, TITLE, NOTICE, SIGN, SECOND, PHRASE)
    bare = replace(paper_fonts(), mongolian="")
    monkeypatch.setattr(bilingual, "paper_fonts", lambda _folders: bare)
    with pytest.raises(FontMissing, match="Noto Sans Mongolian") as refused:
        made(village, tmp_path, key, **options)
    assert "fonts-noto-core" in refused.value.remedy
    assert "关掉“蒙汉双语”" in refused.value.remedy
    assert not list(tmp_path.rglob("*.pdf"))
    made(village, tmp_path, key, bilingual=False, **options)
    assert len(list(tmp_path.rglob("*.pdf"))) == 1


def test_a_renamed_zone_does_not_keep_the_mongolian_of_its_former_name(village, tmp_path):
    say(village, NOTICE)
    change(village, only(village, "danger_zone"), name="西坡")
    report = made(village, tmp_path, "zone_notice")
    assert WORD not in "".join(pages_of(report.files[0]))
    assert any("西坡" in one and "只印了汉文" in one for one in report.notes)


def test_the_command_line_has_the_option(village, tmp_path, capsys):
    say(village, "别的一句话")
    for value in ("yes", "no"):
        words = ["publish", str(village.path), "signs", "--out", str(tmp_path / value), "--set", f"bilingual={value}"]
        assert run(words) == 0
        assert ("还没有填蒙古文" in capsys.readouterr().out) == (value == "yes")
    assert run([*words[:-1], "bilingual=maybe"]) == 2
    assert "蒙汉双语" in capsys.readouterr().err


def test_the_stickers_phrase_is_what_its_template_prints():
    assert f'"{PHRASE}"' in resource("templates", "door_sticker.typ").read_text(encoding="utf-8")


def letters(pdf: Path) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Each character of the first page with its box, up is more."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        text = page.get_text_range()
        return [(sign, page.get_charbox(n)) for n, sign in enumerate(text) if not sign.isspace()]


@needs_font
@pytest.mark.parametrize(
    ("key", "options", "phrases"),
    [
        *(("map_internal", {"paper": one}, (TITLE,)) for one in PAPERS),
        *(("map_public", {"paper": one}, (TITLE,)) for one in PAPERS),
        ("map_zone", {"profile": "public"}, ("东坡危险区　撤离图",)),
        ("zone_notice", {}, (NOTICE,)),
        ("signs", {}, (SIGN,)),
        ("signs_zone", {"size": "1200", "scale": "full"}, (SIGN, SECOND)),
        ("stickers_household", {"size": "A6"}, (PHRASE,)),
        ("stickers_zone", {"size": "A5x2"}, (PHRASE,)),
    ],
)
def test_the_text_runs_downwards_left_of_the_chinese_and_copies_out_as_typed(village, tmp_path, key, options, phrases):
    say(village, *phrases)
    (pdf,) = made(village, tmp_path, key, **options).files
    text = "".join(pages_of(pdf))
    assert flat(text).count(flat(TEXT)) == len(phrases)
    placed = letters(pdf)
    signs = "".join(one for one, _box in placed)
    at = signs.index(WORD)
    word = [where for _one, where in placed[at : at + len(WORD)]]
    assert all(upper[1] > lower[1] for upper, lower in pairwise(word))  # each lies below the one before
    assert max(one[2] for one in word) - min(one[0] for one in word) < max(one[3] for one in word) - min(
        one[1] for one in word
    )
    second = signs.index(WORD, at + 1)
    assert placed[second][1][0] >= placed[at][1][0]  # columns go on to the right, or it is the same one
    chinese = placed[signs.index(flat(phrases[0])[:2], at)][1]
    assert max(one[2] for one in word) < chinese[0]


@needs_font
def test_the_other_side_is_a_setting(village, tmp_path):
    say(village, NOTICE)
    village.apply(save_templates(village, {"settings.toml": '[bilingual]\nside = "right"\n'}))
    placed = letters(made(village, tmp_path, "zone_notice").files[0])
    signs = "".join(one for one, _box in placed)
    assert placed[signs.index(WORD)][1][0] > placed[signs.index("告")][1][2]


@needs_font
def test_a_text_that_is_far_too_long_grows_smaller_and_loses_nothing(village, tmp_path):
    long = " ".join([WORD] * 40)
    say(village, TITLE, SIGN, PHRASE, text=long)
    for key, options in (("map_internal", {"paper": "slide"}), ("signs", {}), ("stickers_household", {"size": "A6"})):
        (pdf,) = made(village, tmp_path / key, key, **options).files
        assert "".join(pages_of(pdf)).count(WORD) == 40
        with pypdfium2.PdfDocument(pdf) as document:
            wide, high = document[0].get_size()
        boxes = [where for sign, where in letters(pdf) if sign in WORD]
        assert min(one[0] for one in boxes) > 9 / 25.4 * 72 * 0.6
        assert max(one[2] for one in boxes) < wide
        assert max(one[3] for one in boxes) < high


@needs_font
def test_a_zone_whose_name_is_mongolian_is_printed_on_every_paper(village, tmp_path):
    change(village, only(village, "danger_zone"), name=f"{WORD} 沟")
    for key, options in (*EACH, ("map_zone", {})):
        report = made(village, tmp_path / key, key, **options)
        assert report.problems == []
        assert WORD in "".join(pages_of(report.files[0])) or key == "map_public"


@needs_font
@pytest.mark.parametrize(("key", "options", "phrase"), [("zone_notice", {}, NOTICE), ("map_internal", {}, TITLE)])
def test_a_copier_keeps_the_columns(village, tmp_path, key, options, phrase):
    say(village, phrase)
    (pdf,) = made(village, tmp_path, key, **options).files
    page = copies(pdf)[0]
    boxes = [one.box for one in page.letters if one.text in WORD]
    left, top = min(one[0] for one in boxes), min(one[1] for one in boxes)
    right, bottom = max(one[2] for one in boxes), max(one[3] for one in boxes)
    assert 0.05 < dark_share(page.copy[top:bottom, left:right]) < 0.6


@needs_font
def test_letters_join_as_another_shaper_joins_them(village, tmp_path):
    """The sign's word, turned back, beside the same word drawn by Qt."""
    say(village, SIGN, text=WORD)
    (pdf,) = made(village, tmp_path, "signs").files
    placed = [where for sign, where in letters(pdf) if sign in WORD]
    left, low = min(one[0] for one in placed), min(one[1] for one in placed)
    right, high = max(one[2] for one in placed), max(one[3] for one in placed)
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        grey = np.asarray(page.render(scale=4).to_numpy()).max(axis=2)
        tall = page.get_height()
    part = grey[int((tall - high) * 4) - 8 : int((tall - low) * 4) + 8, int(left * 4) - 8 : int(right * 4) + 8]
    ours = _fitted(np.rot90(part > 220))  # white on red, turned back to lie
    assert np.mean(ours == _fitted(_drawn_by_qt(WORD))) > 0.88  # ours is set bolder
    assert np.mean(ours == _fitted(_drawn_by_qt("\u200c".join(WORD)))) < 0.8  # the same letters, not joined


def _drawn_by_qt(word: str):
    fonts = paper_fonts()
    (path,) = {str(one.path) for one in fonts.found.fonts() if one.family == fonts.mongolian and one.path}
    family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(path))[0]
    assert family in MONGOLIAN
    image = QImage(2400, 500, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    font = QFont(family)
    font.setPixelSize(200)
    painter.setFont(font)
    painter.drawText(100, 300, word)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return pixels[:, : image.width()] < 128


def _fitted(ink):
    """What is drawn, brought to 240 by 60 whatever its size."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    down = np.linspace(0, cut.shape[0] - 1, 60).astype(int)
    along = np.linspace(0, cut.shape[1] - 1, 240).astype(int)
    return cut[np.ix_(down, along)]
