"""Setting many cards: a file each, or volumes; the page setter works beside the painter of maps.

Typst lets go of Python's lock while it sets, so a thread is enough to use a second core. Cards are set in their order,
a few ahead at most: ten thousand of them never lie in memory together.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path

from geohazard_desktop.common.errors import FontMissing
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.files import file_name, write_whole
from geohazard_desktop.publishing.made_card import Made, joined
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typesetting import page_count, typeset, uncovered_characters

VOLUME = 100  # sheets of paper that one file holds at most: what Typst keeps of them is 0.4 GB
_SETTERS = 2
_AHEAD = 6  # cards waiting to be set


@dataclass(frozen=True, slots=True)
class _Printed:
    path: Path
    pages: int


class CardPrinter:
    """Takes cards one after the other and writes them below `folder`; `report` says what became of each.

    Use it as a context: at its end everything is written, or, after an error, nothing more is begun.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.report = PublishReport()
        self._setters = ThreadPoolExecutor(_SETTERS, "cards")
        self._waiting: deque[tuple[str, Future[_Printed]]] = deque()
        self._taken: set[str] = set()

    def __enter__(self) -> "CardPrinter":
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        try:
            while kind is None and self._waiting:
                self._take_in()
        finally:
            self._setters.shutdown(wait=True, cancel_futures=True)

    def file(self, card: Made, distinct: str) -> None:
        """A file of its own; `distinct` keeps two of one name apart."""
        name = card.name if card.name not in self._taken else f"{card.name}_{distinct}"
        self._taken.add(name)
        self._begin(card.name, name, card.pdf)
        self._tell(card)

    def volume(self, cards: Sequence[Made], name: str, title: str) -> None:
        """One file of many cards. One that no font can print is left out, and said."""
        able = [one for one in cards if self._printable(one)]
        if able:
            data, pictures = joined(able)
            self._begin(name, name, lambda: typeset(able[0].template, data, pictures, title=title))
        for one in able:
            self._tell(one)

    def _begin(self, said: str, name: str, setting: Callable[[], bytes]) -> None:
        while len(self._waiting) >= _AHEAD or (len(self._waiting) and self._waiting[0][1].done()):
            self._take_in()
        path = self.folder / f"{name}.pdf"
        # The press in force (templates, standard) is the caller's; a thread knows nothing of it by itself.
        self._waiting.append((said, self._setters.submit(copy_context().run, _printed, path, setting)))

    def _take_in(self) -> None:
        said, future = self._waiting.popleft()
        try:
            printed = future.result()
        except FontMissing as error:
            self._left_out(said, error)
            return
        self.report.files.append(printed.path)
        self.report.pages += printed.pages

    def _printable(self, card: Made) -> bool:
        lacking = next(uncovered_characters(card.data, card.images), None)
        if lacking is not None:
            words = _("这台电脑的字体里没有{words}。").format(words=lacking.words)
            self._left_out(card.name, FontMissing(words, _("请安装有这些字的字体，或改掉这些字，再印一次。")))
        return lacking is None

    def _left_out(self, name: str, error: FontMissing) -> None:
        self.report.problems.append(_("{name} 没有出：{reason}").format(name=name, reason=error))

    def _tell(self, card: Made) -> None:
        if card.problem:
            self.report.problems.append(card.problem)
        if card.note:
            self.report.notes.append(card.note)


def _printed(path: Path, setting: Callable[[], bytes]) -> _Printed:
    pdf = setting()
    write_whole(path, pdf)
    return _Printed(path, page_count(pdf))


def volumes(cards: Iterable[Made], copies: int, stem: str) -> Iterable[tuple[str, list[Made]]]:
    """Names of volumes and their cards: as many as `VOLUME` sheets hold. One volume alone has no number."""
    most = max(1, VOLUME // copies)
    held: list[Made] = []
    number = 0
    for card in cards:
        if len(held) == most:
            number += 1
            yield file_name(stem, _("第{number:03d}册").format(number=number)), held
            held = []
        held.append(card)
    if held:
        yield (file_name(stem, _("第{number:03d}册").format(number=number + 1)) if number else file_name(stem)), held
