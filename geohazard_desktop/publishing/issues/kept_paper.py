"""What an issued paper was printed from, kept in the workspace so that it can be printed again byte by byte.

A kept paper is the frozen form as JSON with its pictures, compressed; the template files of its day are kept once for
all papers printed from them. Both lie among the workspace's stored files by SHA-256. What a paper says of its own issue
(version, date, code) is left out when two papers are compared.
"""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from geohazard_desktop.cartography.drawn_from import painter_mark, unmarked
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.form_fields import holds_forms
from geohazard_desktop.publishing.issues.drawn_otherwise import drawn_from_the_same, facts, named_the_same
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
from geohazard_desktop.publishing.typeset.press import press, printing
from geohazard_desktop.publishing.typeset.printed_names import Names, either, names_in, names_printed
from geohazard_desktop.publishing.typeset.typesetting import typeset
from geohazard_desktop.workspace.workspace import Workspace

# Keys of the forms: what a paper says of its own issue, and how many of it are printed.
OF_THE_ISSUE = frozenset({"version", "issued_on", "compiled_on", "check_code", "replaces", "qr", "copies"})
# How large the same paper is made: a sample of a sign, stickers alone or four on a page.
_HOW_LARGE = {"sign_board": ("scale",), "door_sticker": ("size",)}
_OF_PAGES = {".typ", ".toml", ".json", ".svg"}  # template files that paper is set from
# Fields that a later version brought to say beside what the paper's map says already: one from before is not old for
# want of them (a board of metal stands for years).
_SAID_BESIDE = {"sign_board": frozenset({"places"}), "map_sheet": frozenset({"listed"})}
_GROUND = re.compile(r"<image [^>]*data:image/jpeg[^>]*/>")
_MAPS = ("map", "notice", "plan", "sign")  # how the pictures of maps are called, which papers from before did not mark
_PICTURES = {".png", ".jpg", ".jpeg"}  # an office's logo


@dataclass(frozen=True, slots=True)
class FurtherFile:
    """The same data and some more in another template. `suffix` goes to the name of its file."""

    suffix: str
    template: str
    data: Mapping[str, Any]
    title: str


@dataclass(frozen=True, slots=True)
class Paper:
    """All that one call of `typeset` takes for one paper. `data` is JSON. `shows` are the features that it was made
    from, "layer uid" with their name and a digest: to say later which of them changed. `more` are further files of the
    same paper (a wall sheet in parts)."""

    template: str
    data: Mapping[str, Any]
    pictures: Mapping[str, str | bytes]
    title: str
    language: str = "zh"
    standards: tuple[str, ...] = ()
    dated: date | None = None
    shows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    more: Sequence["FurtherFile"] = ()
    inputs: str = field(default="", compare=False, repr=False)  # its `inputs_hash`, where that is known already

    def typeset(self) -> bytes:
        """The PDF by the templates in force, to this paper's standards."""
        with printing(standards=self.standards or press().standards, dated=self.dated or press().dated):
            return typeset(self.template, self.data, self.pictures, title=self.title, language=self.language)

    def further(self) -> Iterator[tuple[str, bytes]]:
        """What its further files are called (after the name of the paper's own), and they."""
        for one in self.more:
            whole = replace(self, template=one.template, data={**self.data, **one.data}, title=one.title, more=())
            yield one.suffix, whole.typeset()


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A paper read back: what it was printed from, the template files of its day, the digest of the PDF then, and by
    which painter its maps were drawn ("" where nobody wrote that down)."""

    paper: Paper
    templates: Mapping[str, bytes]
    pdf_digest: str
    painter: str = ""

    @property
    def drawn_before(self) -> bool:
        """Whether it has maps that another version of the program drew, or another machine with its fonts."""
        maps = any(
            isinstance(one, str) and (unmarked(one)[1] or name.startswith(_MAPS))
            for name, one in self.paper.pictures.items()
        )
        return maps and self.painter != painter_mark()

    def typeset(self) -> bytes:
        """The PDF by the templates of its day. Only fonts come from this machine."""
        with self._of_its_day():
            return self.paper.typeset()

    def further(self) -> list[tuple[str, bytes]]:
        """As `Paper.further`, by the templates of its day."""
        with self._of_its_day():
            return list(self.paper.further())

    def _of_its_day(self) -> AbstractContextManager[Any]:
        return printing(templates=OfficeTemplates(self.templates, {}, press().templates.folder), proof=None)


def without_issue(value: Any, names: Names = None) -> Any:
    """JSON data without what a paper says of its own issue, without what stands on it in passing, and without what it
    does not say: a field that a later version of the program adds, empty, changes no paper. `names` are those that its
    template prints (`printed_names`)."""
    if value is None or isinstance(value, str | int | float):
        return value  # most are these: to ask first whether it is a Mapping took half of the time
    if isinstance(value, Mapping):
        left_out = {"no_routes", *OF_THE_ISSUE} if value.get("routes") else OF_THE_ISSUE  # said where there are none
        kept = {
            key: without_issue(one, names)
            for key, one in value.items()
            if key not in left_out and (names is None or key in names)
        }
        return {
            key: one for key, one in kept.items() if one is not None and one is not False and one not in ("", [], {})
        }
    if isinstance(value, list | tuple):
        if not holds_forms(value):
            return value
        return [without_issue(one, names) for one in value if not (isinstance(one, Mapping) and one.get("passing"))]
    return value


def inputs_hash(paper: Paper) -> str:
    """The same for two papers that say and show the same, whatever their issue."""
    return paper.inputs or _hash(paper, names_printed(paper.template, paper.data))


def _hash(paper: Paper, names: Names) -> str:
    codes = set(_codes_of_issue(paper.data))
    shown = {name: _digest(_bytes(_bare(one))) for name, one in paper.pictures.items() if name not in codes}
    data = {key: one for key, one in paper.data.items() if key not in _HOW_LARGE.get(paper.template, ())}
    return _digest(_json([paper.template, without_issue(data, names), shown]))


def still_says(ws: Workspace, inputs: str, kept: str, today: Paper) -> bool:
    """Whether a paper that was issued with the hash `inputs` says and shows what `today` does. Where the hashes differ
    it is read back (`kept`) and judged by today's rules, so that a rule which a later version of the program brings
    marks no paper."""
    if not inputs:
        return False
    if inputs == inputs_hash(today):
        return True
    try:
        return says_the_same(kept_paper(ws, kept), today)
    except ExportRefused:
        return False


def says_the_same(before: "KeptPaper", today: Paper) -> bool:
    """Whether both say and show the same. What another painter drew (`KeptPaper.drawn_before`) is the same where it was
    drawn from the same: only the hand is another."""
    names = names_of_both(before, today)
    then, now = without_ground(before.paper), without_ground(today)
    if lacked := {one for one in _SAID_BESIDE.get(then.template, ()) if not _holds(then.data, one)}:
        now = replace(now, data=_without(now.data, lacked))
    if _hash(then, names) == _hash(now, names):
        return True
    if before.painter in ("", painter_mark()) or then.template != now.template:
        return False
    data = [without_issue(one.data, names) for one in (then, now)]
    pictures = [_without_codes(one) for one in (then, now)]
    if facts(data[0]) != facts(data[1]) or not drawn_from_the_same(*pictures):
        return False
    return named_the_same((data[0], pictures[0]), (data[1], pictures[1]))


def _holds(value: Any, key: str) -> bool:
    """Whether JSON data have a field of this name, empty or not."""
    if isinstance(value, Mapping):
        return key in value or any(_holds(one, key) for one in value.values())
    return isinstance(value, list | tuple) and any(_holds(one, key) for one in value)


def _without(value: Any, keys: Set[str]) -> Any:
    """JSON data without fields of these names."""
    if isinstance(value, Mapping):
        return {key: _without(one, keys) for key, one in value.items() if key not in keys}
    return [_without(one, keys) for one in value] if isinstance(value, list | tuple) else value


def _without_codes(paper: Paper) -> Mapping[str, str | bytes]:
    codes = set(_codes_of_issue(paper.data))
    return {name: one for name, one in paper.pictures.items() if name not in codes}


def names_of_both(before: "KeptPaper", today: Paper) -> Names:
    """What is printed by the templates of then or of now."""
    then = names_in(before.paper.template, before.paper.data, before.templates)
    return either(then, names_printed(today.template, today.data))


def without_ground(paper: Paper) -> Paper:
    """A paper without the photographs below its map, which a service may give differently from day to day."""
    pictures = {name: _GROUND.sub("", one) if isinstance(one, str) else one for name, one in paper.pictures.items()}
    return replace(paper, pictures=pictures)


def template_bundle() -> tuple[str, bytes]:
    """The template files in force, logos among them: a digest of them and of the PDF's standard, which is the same on
    every machine; and they, compressed."""
    office = press().templates
    found = {name: one for name, one in office.whole().items() if Path(name).suffix.lower() in _OF_PAGES}
    if office.folder is not None:
        pictures = [one for one in office.folder.rglob("*") if one.suffix.lower() in _PICTURES and one.is_file()]
        found |= {one.relative_to(office.folder).as_posix(): one.read_bytes() for one in pictures}
    files = {name: base64.b64encode(one).decode() for name, one in sorted(found.items())}
    whole = _json(files)
    return _digest(_json(press().standards) + whole), zlib.compress(whole, 9)


def packed(paper: Paper, templates: str, pdf: bytes) -> bytes:
    """The paper, compressed. `templates` is the digest of its template bundle;
    `pdf` is empty for one that was set in a volume with others."""
    pictures = {
        name: one if isinstance(one, str) else {"base64": base64.b64encode(one).decode()}
        for name, one in paper.pictures.items()
    }
    content: dict[str, Any] = {
        "template": paper.template,
        "title": paper.title,
        "language": paper.language,
        "standards": list(paper.standards or press().standards),
        "dated": day.isoformat() if (day := paper.dated or press().date()) else None,
        "templates": templates,
        "pdf": _digest(pdf) if pdf else "",
        "painter": painter_mark(),
        "data": paper.data,
        "pictures": pictures,
    }
    if paper.shows:
        content["shows"] = paper.shows
    if paper.more:
        content["more"] = [asdict(one) for one in paper.more]
    return zlib.compress(_json(content), 6)


def kept_paper(ws: Workspace, digest: str) -> KeptPaper:
    """Read it back. Raises ExportRefused where it is no longer there (a clean copy) or was damaged."""
    found = _unpacked(ws, digest)
    if "templates" not in found:
        raise _lost(ws)
    templates = _unpacked(ws, str(found["templates"]))
    pictures = {
        name: one if isinstance(one, str) else base64.b64decode(one["base64"])
        for name, one in found["pictures"].items()
    }
    paper = Paper(
        str(found["template"]),
        found["data"],
        pictures,
        str(found["title"]),
        str(found["language"]),
        tuple(found["standards"]),
        date.fromisoformat(found["dated"]) if found["dated"] else None,
        found.get("shows", {}),
        tuple(FurtherFile(**one) for one in found.get("more", ())),
    )
    return KeptPaper(
        paper,
        {name: base64.b64decode(one) for name, one in templates.items()},
        str(found["pdf"]),
        str(found.get("painter", "")),
    )


def kept_data(ws: Workspace, digest: str) -> Mapping[str, Any]:
    """Its form alone, without the template files of its day. Raises as `kept_paper`."""
    found: Mapping[str, Any] = _unpacked(ws, digest)["data"]
    return found


def same_pdf(pdf: bytes, digest: str) -> bool:
    return _digest(pdf) == digest


def _unpacked(ws: Workspace, digest: str) -> Any:
    data = ws.file(digest) if digest else None
    if data is None:
        raise _lost(ws)
    try:
        return json.loads(zlib.decompress(data))
    except (zlib.error, ValueError) as error:  # the register's row names another stored file: it was damaged
        raise _lost(ws) from error


def _lost(ws: Workspace) -> ExportRefused:
    return ExportRefused(
        _("工作文件 {name} 里没有这一份当时的内容，或者已经损坏，不能照原样重印。").format(name=ws.path.name),
        _("脱敏副本不带这些内容，请在原来的工作文件或它的备份里重印，或按现在的数据再发一版。"),
    )


def _codes_of_issue(value: Any) -> list[str]:
    """Names of pictures that show the issue itself (QR codes)."""
    if isinstance(value, dict):
        own = [value["qr"]] if isinstance(value.get("qr"), str) else []
        return own + [
            name for one in value.values() if isinstance(one, dict | list | tuple) for name in _codes_of_issue(one)
        ]
    if isinstance(value, list | tuple) and holds_forms(value):
        return [name for one in value for name in _codes_of_issue(one)]
    return []


def _json(value: Any) -> bytes:
    # Key order is the form's own, so that a template that walks a dictionary sets the same page again.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _bare(content: str | bytes) -> str | bytes:
    """A picture without the mark that says from what it was drawn: papers from before have none."""
    return unmarked(content)[0] if isinstance(content, str) else content


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
