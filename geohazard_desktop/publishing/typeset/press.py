"""How pages are set here and now: with which templates, to which standard, dated when.

A product is printed inside `printing` (see `Product.publish`), so that none of them has to hand these on and none can
forget the office's templates.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geohazard_desktop.publishing.issues.issue_order import IssueOrder
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
from geohazard_desktop.publishing.typeset.pdf_standards import PDF_STANDARDS

if TYPE_CHECKING:
    from geohazard_desktop.publishing.report import MadeRow, PublishReport


@dataclass(frozen=True, slots=True)
class Page:
    """What one call of `typeset` was given."""

    template: str
    data: Mapping[str, Any]
    pictures: Mapping[str, str | bytes]
    title: str
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Press:
    """`standards` are Typst's names. `dated` goes into the file as its date, which PDF/A wants; where it is None, and
    the standard wants one, today. `proof` is shown each page before it is set (the preview takes it and stops).
    `issue`: as what the pages are entered in the register; None: they are not. `heard` is told the texts of whatever is
    set, where it goes out in public (see people_heard.py); `entering` the codes of papers that are about to be entered
    in the register, before anybody else can read them there; `wrote` the report and the files that are written and
    confirmed, with the uids of whose papers are in each; `used` each page that is set (see older_templates.py). While
    papers are entered, written and confirmed `writing` is held, so that a stop does not part the one from the other.
    `kept` knows the files of many papers that a run of this very order wrote before it was stopped."""

    templates: OfficeTemplates = field(default_factory=OfficeTemplates)
    standards: tuple[str, ...] = PDF_STANDARDS["ua-1"]
    dated: date | None = None
    proof: Callable[[Page], None] | None = None
    issue: IssueOrder | None = None
    heard: Callable[[Iterable[str]], None] | None = None
    entering: Callable[[Sequence[str]], None] | None = None
    wrote: "Callable[[PublishReport, Mapping[Path, Sequence[str]]], None] | None" = None
    used: Callable[[Page], None] | None = None
    writing: AbstractContextManager[object] = field(default_factory=nullcontext)
    kept: "Callable[[Path], MadeRow | None] | None" = None

    def hear(self, texts: Iterable[str]) -> None:
        """Tell `heard` what goes out without being set: a workbook, a Word file."""
        if self.heard is not None:
            self.heard(texts)

    def date(self) -> date | None:
        """The day that goes into the file."""
        wanted = any(one.startswith("a-") for one in self.standards)
        return self.dated or (date.today() if wanted else None)

    def show(self, page: Page) -> None:
        """To whoever wants to see a page before it is set; the proof's does not come further."""
        if self.proof is not None:
            self.proof(page)
        if self.used is not None:
            self.used(page)


_PRESS: ContextVar[Press | None] = ContextVar("press", default=None)


def press() -> Press:
    """The one in force; with the shipped templates where none was set up."""
    return _PRESS.get() or Press()


@contextmanager
def printing(**changes: Any) -> Iterator[Press]:
    """Every page that is set within is set so: fields of Press that are given replace those in force."""
    made = replace(press(), **changes)
    token = _PRESS.set(made)
    try:
        yield made
    finally:
        _PRESS.reset(token)
