"""Setting pages: a template of the office's, data, pictures in; one PDF out, whole or not at all.

Templates are Typst files below resources/templates; an office's own folder overrides them file by file. Data reach the
template as JSON and are set as text: nothing in a name is ever evaluated. Everything lies in memory, so no personal
data touch a temporary folder, and nothing is fetched from a network.
"""

import html
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from geohazard_desktop.common.errors import FontMissing, TypesettingFailed
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.signs import prints
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.form_fields import texts_in
from geohazard_desktop.publishing.paper_pictures import picture_names, svg_text
from geohazard_desktop.publishing.pictures.svg_pages import plain_svg
from geohazard_desktop.publishing.typeset.font_check import INSTALL, refuse_missing_choice
from geohazard_desktop.publishing.typeset.fonts_for_paper import PaperFonts, acts_on_others, paper_fonts
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates, from_folder
from geohazard_desktop.publishing.typeset.png_density import with_density
from geohazard_desktop.publishing.typeset.press import Page, press
from geohazard_desktop.publishing.typeset.row_headers import with_row_headers
from geohazard_desktop.publishing.typeset.template_reach import needed
from geohazard_desktop.publishing.typeset.typst_words import chinese

GETA = "〓"  # what printers set where a character is lacking
BATCH_BYTES = 1_500_000
# Typst frees what its last ten runs did not ask for; empty runs count. After the second number of them what a volume of
# cards alone used is gone three volumes later, what all volumes use is asked for by each and stays. Each empty run goes
# through all that is kept: with four instead of two, a thirtieth of all work on cards was that.
_ALL_RUNS, _MOST_RUNS = 11, 2
_PLACE = re.compile(r"┌─ (\S.*?):(\d+):(\d+)")
_NETWORK = re.compile(r'"@[\w-]+/')
_SVG_TEXT = re.compile(r">([^<>]+)<")
_MAIN = "main.typ"  # the name that Typst starts with
# Every file that is handed over in memory is read as Typst's own language too, pictures among them. A comment in XML
# that begins a comment in Typst spares that: it took a tenth of the time of a map.
_UNREAD = b"<!--/*-->"
# What JSON text shows of signs that no paper can show; where nothing is found, nothing need be taken out.
_UNPRINTED = re.compile(r"\\(?:u00|[bfr])|[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A character that no font of this machine can print. `where` is the key of the value ("cards.0.head")."""

    character: str
    where: str
    text: str

    @property
    def words(self) -> str:
        shown = self.text if len(self.text) <= 24 else self.text[:24] + "…"
        return _("“{text}”里的“{character}”（U+{code:04X}）").format(
            text=shown, character=self.character, code=ord(self.character)
        )


def typeset(
    template: str,
    data: Mapping[str, Any],
    pictures: Mapping[str, str | bytes] | None = None,
    *,
    title: str,
    language: str = "zh",
    folder: Path | None = None,
    missing: Literal["refuse", "mark"] = "refuse",
    standards: Iterable[str] | None = None,
    dated: date | None = None,
    followed: bool = False,
) -> bytes:
    """One PDF of `data` in resources/templates/<template>.typ: tagged, titled, fonts embedded as subsets.

    `data` is JSON (what the forms' `to_json` and `cards_data` give). `pictures` are SVG texts or bytes (PNG and JPEG
    bytes too) by the names that the data use. Templates, standards and date are those of the `press` in force;
    `folder` is an office's own template folder in their stead, whose sub-folder `fonts` adds fonts, and `standards`
    are Typst's names ("ua-1", "a-2a", …); PDF/A wants `dated`, the day that goes into the file as its date.

    Set up to a hundred cards in one call; one card a call costs twice as much a page. `followed`: more such files are
    set at once, so what they have in common is kept for them; `forget` after the last of them.

    The same arguments give the same bytes: no clock is read. Raises FontMissing where a font lacks, or a
    character that no font has (`missing="mark"` prints 〓 for it instead; ask `uncovered_characters` which), and
    TypesettingFailed naming template, line and column.
    """
    here = press()
    if standards is None:
        standards, dated = here.standards, dated or here.date()
    options = {"format": "pdf", "pdf_standards": list(standards)}
    made = _compiled(template, data, pictures, options, title, language, folder, missing, dated)
    if len(made[0]) > BATCH_BYTES:
        forget(_MOST_RUNS if followed else _ALL_RUNS)
    return with_row_headers(made[0])


def typeset_pictures(
    template: str,
    data: Mapping[str, Any],
    pictures: Mapping[str, str | bytes] | None = None,
    *,
    title: str,
    kind: Literal["png", "svg"] = "png",
    dpi: float = 300.0,
    folder: Path | None = None,
    missing: Literal["refuse", "mark"] = "refuse",
) -> list[bytes]:
    """The same page by page as PNG of `dpi` pixels an inch or as SVG. Raises what `typeset` raises.

    A page of A3 at 300 dpi takes 70 MB while it is made, four bytes a pixel.
    """
    options: dict[str, Any] = {"format": kind}
    if kind == "png":
        options["ppi"] = dpi
    made = _compiled(template, data, pictures, options, title, "zh", folder, missing, None)
    if len(made[0]) > BATCH_BYTES:
        forget()
    return [with_density(one, dpi) if kind == "png" else plain_svg(one) for one in made]


def _compiled(
    template: str,
    data: Mapping[str, Any],
    pictures: Mapping[str, str | bytes] | None,
    options: Mapping[str, Any],
    title: str,
    language: str,
    folder: Path | None,
    missing: Literal["refuse", "mark"],
    dated: date | None,
) -> list[bytes]:
    """What `typeset` says, in the form that Typst's `options` ask for; one a page but for PDF."""
    import typst

    here = press()
    here.show(Page(template, data, pictures or {}, title, language))
    office = here.templates if folder is None else from_folder(folder)
    fonts = paper_fonts(office.font_folders())
    dumped = _dumped(data)
    clean: Any = data
    if _may_hold_unprinted(dumped) and _UNPRINTED.search(dumped):
        clean = _printable(data)
        dumped = _dumped(clean)
    drawn = {name: svg_text(name, content) for name, content in (pictures or {}).items()}
    for name in picture_names(dumped):
        if name not in drawn:
            raise TypesettingFailed(
                _("要印的图 {name} 没有给出来，没有印任何东西。").format(name=name), _("请把这句话告诉程序的维护人员。")
            )
    here.hear(_said(clean, drawn))
    lacking = list(_uncovered(clean, dumped, drawn, fonts))
    if lacking and missing == "refuse":
        raise _lacking(lacking)
    if lacking:
        signs = {one.character for one in lacking}
        dumped = _dumped(_marked(clean, signs))
        drawn = {name: _marked(content, signs) for name, content in drawn.items()}
    files = _template_files(template, office)
    files["data.json"] = dumped.encode("utf-8", "replace")
    files["fonts.json"] = _fonts_json(fonts, office)
    files[_MAIN] = _main(template, title, language, dated)
    paths = {name: f"pictures/{number}.svg" for number, name in enumerate(drawn)}
    files |= {paths[name]: _picture_file(content) for name, content in drawn.items()}
    files["pictures.json"] = json.dumps({name: f"/{path}" for name, path in paths.items()}).encode()
    compiled: Any = typst.compile_with_warnings  # its stub doesn't know that files may come as a dictionary
    try:
        made, warnings = compiled(
            files, root=str(office.folder or resource("templates")), font_paths=fonts.found, **options
        )
    except (typst.TypstError, RuntimeError) as error:
        # A RuntimeError that is no TypstError: a file of the office's is no text.
        words = getattr(error, "message", None) or str(error)
        raise _failed(template, getattr(error, "diagnostic", None) or words, words, office.folder, paths) from error
    except BaseException as error:
        # A panic inside the compiler comes as an exception of its own that no `except Exception` sees.
        if type(error).__name__ != "PanicException":
            raise
        raise _failed(template, "", str(error), office.folder, paths) from error
    if warnings:
        # A warning is a missing font family or a layout that never settles: wrong paper either way.
        raise _failed(template, warnings[0].diagnostic, warnings[0].message, office.folder, paths)
    return [bytes(one) for one in made] if isinstance(made, list) else [bytes(made)]


def page_count(pdf: bytes) -> int:
    """Pages of a PDF that `typeset` made; 0 where the page tree's root does not say."""
    found = re.search(rb"/Type\s*/Pages\s*/Count (\d+)", pdf)
    return int(found.group(1)) if found else 0


def forget(runs: int = _ALL_RUNS) -> None:
    """Free what Typst keeps of a batch, by so many empty runs. It would keep the last ten runs: 100 cards in each hold
    1.4 GB. A compiler of their own spares each of them what a run makes anew: half of what is left is the freeing
    itself."""
    import typst

    compiler: Any = typst.Compiler(font_paths=typst.Fonts(False, False))
    for _run in range(runs):
        compiler.compile({_MAIN: b""}, format="svg")


def uncovered_characters(
    data: Mapping[str, Any], pictures: Mapping[str, str | bytes] | None = None, *, folder: Path | None = None
) -> Iterator[Uncovered]:
    """Each character in the data and in the pictures' text that no font can print, with the value it stands in."""
    office = press().templates if folder is None else from_folder(folder)
    drawn = {name: svg_text(name, content) for name, content in (pictures or {}).items()}
    yield from _uncovered(data, _dumped(data), drawn, paper_fonts(office.font_folders()))


def _may_hold_unprinted(dumped: str) -> bool:
    """Nearly always no, in a fifth of the time that the pattern takes."""
    return not dumped.isprintable() or any(one in dumped for one in ("\\u00", "\\b", "\\f", "\\r"))


def _dumped(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _uncovered(
    data: Mapping[str, Any], dumped: str, pictures: Mapping[str, str], fonts: PaperFonts
) -> Iterator[Uncovered]:
    """`dumped` is `data` as JSON text, `pictures` are SVG texts."""
    # Nearly always everything is covered; then the set of all characters says so in a hundredth of the time. A font for
    # paper has all of ASCII, which pictures are made of but for their names.
    # Most pictures are nothing else: that a text is ASCII, Python knows without reading it.
    named = [one for one in pictures.values() if not one.isascii()]
    signs = {one for one in set(dumped).union(*named) if one > "\x7f"}
    if all(fonts.covers(one) or not prints(one) for one in signs):
        return
    texts = [*texts_in(data)]
    for name, text in pictures.items():
        texts += [(name, one) for one in _SVG_TEXT.findall(text) if not one.isspace()]
    for where, text in texts:
        for character in dict.fromkeys(text):
            if not fonts.covers(character) and prints(character):
                yield Uncovered(character, where, text)


def _said(data: Mapping[str, Any], pictures: Mapping[str, str]) -> Iterator[str]:
    """Every text of a page and of its pictures."""
    yield from (text for _where, text in texts_in(data))
    for drawing in pictures.values():
        yield from (html.unescape(one) for one in _SVG_TEXT.findall(drawing) if not one.isspace())


def _main(template: str, title: str, language: str, dated: date | None) -> bytes:
    day = f"datetime(year: {dated.year}, month: {dated.month}, day: {dated.day})" if dated else "none"
    region = '"cn"' if language == "zh" else "none"
    # Title and language are set here, so that an edited template can't lose them.
    return (
        f"#set document(title: {_quoted(title)}, date: {day})\n"
        f"#set text(lang: {_quoted(language)}, region: {region})\n"
        f"#include {_quoted(template + '.typ')}\n"
    ).encode()


def _quoted(text: str) -> str:
    """A Typst string literal: only backslash and quote mean anything inside."""
    safe = "".join(one for one in text if prints(one))
    return '"' + safe.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fonts_json(fonts: PaperFonts, office: OfficeTemplates) -> bytes:
    """The families for the templates, the office's choice (`look.hei`, `look.song`) first."""
    families = fonts.families()
    look = office.settings().get("look", {})
    refuse_missing_choice(fonts, office)
    for kind, key in (("hei", "hei"), ("song", "song"), ("song_bold", "song")):
        chosen = str(look.get(key, ""))
        if chosen:
            families[kind] = list(dict.fromkeys([chosen, *families[kind]]))
    return json.dumps(families, ensure_ascii=False).encode("utf-8")


def _template_files(template: str, office: OfficeTemplates) -> dict[str, bytes]:
    files = office.whole()
    for name, content in files.items():
        if name.endswith(".typ"):
            _refuse_network(name, content)
    if f"{template}.typ" not in files:
        raise TypesettingFailed(
            _("没有名为 {name}.typ 的模板。").format(name=template), _("请检查模板文件夹，或恢复程序自带的模板。")
        )
    return needed(f"{template}.typ", files)


@lru_cache(maxsize=256)
def _refuse_network(name: str, content: bytes) -> None:
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        found = _NETWORK.search(line.split("//", 1)[0])
        if found and ("import" in line or "include" in line):
            raise TypesettingFailed(
                _("模板 {name} 第 {line} 行第 {column} 列要从网上取软件包，程序不联网。").format(
                    name=name, line=number, column=found.start() + 1
                ),
                _("请把需要的内容写进模板文件夹里的文件。"),
                at=(name, number, found.start() + 1),
            )


def _picture_file(svg: str) -> bytes:
    # Nothing may stand before an XML declaration.
    return (_UNREAD if svg.startswith("<svg") else b"") + svg.encode("utf-8")


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        if value.isprintable():
            return value
        return "".join(one for one in value if prints(one) or one in "\n\t")
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


def _marked(value: Any, lacking: set[str]) -> Any:
    if isinstance(value, str):
        if lacking.isdisjoint(value):
            return value
        # What joined or varied a lacking sign has nothing left to act on, and no glyph of its own.
        return "".join(GETA if one in lacking else one for one in value if not acts_on_others(one))
    if isinstance(value, Mapping):
        return {key: _marked(one, lacking) for key, one in value.items()}
    if isinstance(value, list):
        return [_marked(one, lacking) for one in value]
    return value


def _lacking(lacking: list[Uncovered]) -> FontMissing:
    shown = list({one.character: one for one in lacking}.values())
    words = "；".join(one.words for one in shown[:5])
    more = _("等 {count} 个字").format(count=len(shown)) if len(shown) > 5 else ""
    return FontMissing(
        _("这台电脑的字体里没有{words}{more}，没有印任何东西。").format(words=words, more=more),
        INSTALL,
    )


def _below(root: Path, name: str) -> str:
    """Typst names files as seen from the working folder; the officer knows them as seen from the template folder."""
    whole = Path(os.path.abspath(name))
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else Path(name).as_posix()


def _failed(
    template: str, diagnostic: str, message: str, folder: Path | None, paths: Mapping[str, str]
) -> TypesettingFailed:
    """Where and why, in Chinese: the innermost place in a template, never our own first page; or which picture."""
    root = Path(os.path.abspath(folder or resource("templates")))
    places = [(_below(root, name), int(line), int(column)) for name, line, column in _PLACE.findall(diagnostic)]
    own = [one for one in places if one[0] != _MAIN]
    reason = chinese(message)
    faulty = next((name for name, path in paths.items() if own and path == own[0][0]), None)
    if faulty is not None:
        sentence = _("图 {name} 画坏了：{reason}。").format(name=faulty, reason=reason)
        return TypesettingFailed(sentence + _("没有印任何东西。"), _("请换一张图片，或重新画这张图。"))
    if own:
        name, line, column = own[0]
        # Typst counts columns from 0.
        sentence = _("模板 {name} 第 {line} 行第 {column} 列有错：{reason}。").format(
            name=name, line=line, column=column + 1, reason=reason
        )
        at = (name, line, column + 1)
    else:
        sentence = _("模板 {name}.typ 有错：{reason}。").format(name=template, reason=reason)
        at = None
    return TypesettingFailed(sentence + _("没有印任何东西。"), _("请改正这一处，或恢复程序自带的模板。"), at=at)
