"""Setting many cards: a file each, or volumes; the page setter works beside the painter of maps.

Typst lets go of Python's lock while it sets, so a thread is enough to use a second core. Cards are set in their order,
a few ahead at most: ten thousand of them never lie in memory together.
"""

import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from geohazard_desktop.common.errors import FontMissing
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.made import Made, joined
from geohazard_desktop.publishing.files import beside_words, file_name, path_beside
from geohazard_desktop.publishing.issues.issuing import BATCH, Held, Issued, IssueDesk, Printed
from geohazard_desktop.publishing.report import MadeRow, PublishReport
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.publishing.typeset.typesetting import forget, typeset, uncovered_characters

# Sheets of paper that one file holds at most: one alone, and each of several. Two are set at a time, since most of
# setting is done by one core; what Typst keeps of two of 50 is what it keeps of one of 100.
ALONE, VOLUME = 100, 50
_SETTERS = 2  # files at a time
_AHEAD = 6  # files waiting to be set, those under way among them
_CARDS_AHEAD = 3 * VOLUME  # cards in them: what a stop loses; one waits while two are set, or files are being written
_TOLD_SECONDS = 1.0
_VOLUME_NAME = _("第{number:03d}册")
_TOLD = 8  # names in one sentence


Card = tuple[Made, Issued]


@dataclass(frozen=True, slots=True)
class _Volume:
    """Set pages and whose they are; `refused` says of the others which sign no font has."""

    pdf: bytes
    cards: Sequence[Card]
    refused: Sequence[tuple[Made, FontMissing]] = ()


@dataclass(frozen=True, slots=True)
class _Setting:
    """A file whose pages are being set."""

    said: str
    path: Path
    cards: int  # how many it was asked to hold
    volume: "Future[_Volume]"
    some: bool = False  # it holds some of many: what lies there may be others, not printed yet


class CardPrinter:
    """Takes cards one after the other and writes them below `folder`; `report` says what became of each.

    Files are written by the hundred cards, or every few seconds, after the register has them: `finish` after the last
    card of a desk. Use it as a context: after an error nothing more is begun. `waiting` is called now and then while
    pages are being set.
    """

    def __init__(self, folder: Path, waiting: Callable[[], object] = lambda: None) -> None:
        self.folder = folder
        self._still = waiting
        self.report = PublishReport()
        self._setters = ThreadPoolExecutor(_SETTERS, "cards")
        self._waiting: deque[_Setting] = deque()
        self._set = Held(BATCH)
        self._taken: set[str] = set()

    def __enter__(self) -> "CardPrinter":
        return self

    def __exit__(self, *_error: object) -> None:
        self._setters.shutdown(wait=True, cancel_futures=True)
        # Nobody waits for memory to be given back: a third of a second after some volumes.
        threading.Thread(target=forget, name="forget", daemon=True).start()

    def file(self, desk: IssueDesk, card: Made, issued: Issued) -> None:
        """A file of its own; two of one name are kept apart."""
        name = card.name if card.name not in self._taken else f"{card.name}_{issued.subject.uid[:8]}"
        self._taken.add(name)
        self._begin(desk, card.name, name, lambda: _Volume(card.pdf(), [(card, issued)]), 1)
        self.report.lacking[issued.subject.uid] = card.lacking

    def keep(self, path: Path, row: MadeRow) -> None:
        """A volume that was written before the order was stopped."""
        self.report.files.append(path)
        self.report.pages += row.pages
        if row.codes:
            self.report.codes[path] = row.codes

    def finish(self, desk: IssueDesk) -> None:
        """Everything begun is written."""
        while self._waiting:
            self._take_in(desk)
        self._write(desk)

    def volume(self, desk: IssueDesk, cards: Sequence[Card], name: str, title: str, *, some: bool = False) -> None:
        """One file of many cards, `some` of all. One that no font can print is left out, and said."""
        self._begin(desk, name, name, lambda: _set(cards, title), len(cards), some=some)

    def _begin(
        self,
        desk: IssueDesk,
        said: str,
        name: str,
        setting: Callable[[], _Volume],
        cards: int,
        *,
        some: bool = False,
    ) -> None:
        while self._waiting and (
            len(self._waiting) >= _AHEAD
            or sum(one.cards for one in self._waiting) >= _CARDS_AHEAD
            or self._waiting[0].volume.done()
        ):
            self._take_in(desk)
        # The press in force (templates, standard) is the caller's; a thread knows nothing of it by itself.
        volume = self._setters.submit(copy_context().run, setting)
        self._waiting.append(_Setting(said, self.folder / f"{name}.pdf", cards, volume, some))

    def _take_in(self, desk: IssueDesk) -> None:
        one = self._waiting.popleft()
        while not wait([one.volume], _TOLD_SECONDS).done:
            self._still()
        try:
            self._hold(one, one.volume.result())
        except FontMissing as error:
            self._left_out(one.said, error)
        if self._set.due:
            self._write(desk)

    def _hold(self, one: _Setting, made: _Volume) -> None:
        for card, error in made.refused:
            self._left_out(card.name, error)
        for card, _issued in made.cards:
            self._tell(card)
        if made.cards:
            path = path_beside(one.path, made.pdf) if one.some else one.path
            self.report.notes += beside_words(one.path, path)
            self._set.add(Printed(path, made.pdf, [issued for _card, issued in made.cards]))

    def _write(self, desk: IssueDesk) -> None:
        desk.write(self._set.take(), self.report)

    def _left_out(self, name: str, error: FontMissing) -> None:
        self.report.problems.append(_("{name} 没有出：{reason}").format(name=name, reason=error))

    def _tell(self, card: Made) -> None:
        if card.problem:
            self.report.problems.append(card.problem)
        if card.note:
            self.report.notes.append(card.note)


def _set(cards: Sequence[Card], title: str) -> _Volume:
    """Cards of one template as one file. Which of them a font lacks signs for is asked when the file is refused: asked
    of each card before, it took half a millisecond a card."""
    try:
        return _Volume(_pages(cards, title), cards)
    except FontMissing:
        refused = [(card, error) for card, _issued in cards if (error := _unprintable(card)) is not None]
        if not refused:
            raise
    left_out = {id(card) for card, _error in refused}
    able = [one for one in cards if id(one[0]) not in left_out]
    return _Volume(_pages(able, title) if able else b"", able, refused)


def _pages(cards: Sequence[Card], title: str) -> bytes:
    data, pictures = joined([card for card, _issued in cards])
    return typeset(cards[0][0].template, data, pictures, title=title, followed=True)


def _unprintable(card: Made) -> FontMissing | None:
    lacking = next(uncovered_characters(card.form_data, card.images), None)
    if lacking is None:
        return None
    words = _("这台电脑的字体里没有{words}。").format(words=lacking.words)
    return FontMissing(words, _("请安装有这些字的字体，或改掉这些字，再印一次。"))


def kept_volumes(folder: Path, stem: str) -> dict[Path, MadeRow]:
    """The first volumes as a run of this very order wrote them before it was stopped."""
    kept = press().kept
    found: dict[Path, MadeRow] = {}
    if kept is None:
        return {}
    while (row := kept(path := folder / f"{_volume_name(stem, len(found) + 1)}.pdf")) is not None:
        found[path] = row
    return found


def volumes(cards: Iterable[Card], stem: str, number: int = 0, *, least: int = 0) -> Iterable[tuple[str, list[Card]]]:
    """Names of volumes and their cards: as many as `ALONE` sheets hold make one, which has no number; of more there are
    several of `VOLUME` sheets. A card is as many sheets as it has copies. `number`: of the last volume there is;
    `least`: how many cards will come at least, which tells sooner that there are several."""
    held: list[Card] = []
    several = number > 0 or least > ALONE
    for card in cards:
        held.append(card)
        several = several or len(held) > _room(held, ALONE)
        while several and _sheets(held) >= VOLUME:
            number += 1
            room = _room(held, VOLUME)
            yield _volume_name(stem, number), held[:room]
            held = held[room:]
    if held and not number:
        yield file_name(stem), held
    elif held:
        yield _volume_name(stem, number + 1), held


def left_over(folder: Path, stem: str, made: Iterable[Path]) -> list[str]:
    """A sentence on the volumes of an earlier order that lie beside those `made`, which were more or fewer: whoever
    prints the whole folder would hand out old cards."""
    number = _VOLUME_NAME.format(number=0).replace("000", "[0-9]+")
    pattern = re.compile(f"{re.escape(file_name(stem))}(_{number})?[.]pdf")
    now = {one.name for one in made}
    found = sorted(one.name for one in folder.glob("*.pdf") if one.name not in now and pattern.fullmatch(one.name))
    if not now or not found:
        return []
    words = _("文件夹里还有以前出的 {names}，不在这次的里面，请不要再打印。")
    return [words.format(names="、".join(found[:_TOLD]) + (_("等") if len(found) > _TOLD else ""))]


def _volume_name(stem: str, number: int) -> str:
    return file_name(stem, _VOLUME_NAME.format(number=number))


def _sheets(cards: Sequence[Card]) -> int:
    return sum(card.form.copies for card, _issued in cards)


def _room(cards: Sequence[Card], sheets: int) -> int:
    """How many of the first cards so many sheets hold; one at least."""
    ends = accumulate(card.form.copies for card, _issued in cards)
    return max(1, sum(1 for end in ends if end <= sheets))
