"""Setting many cards: a file each, or volumes; the page setter works beside the painter of maps.

Typst lets go of Python's lock while it sets, so a thread is enough to use a second core. Cards are set in their order,
a few ahead at most: ten thousand of them never lie in memory together.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

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
_CARDS_AHEAD = 2 * VOLUME  # cards in them: what a stop loses, and enough for two to be set at a time
_TOLD_SECONDS = 1.0
_VOLUME_NAME = _("第{number:03d}册")
_TOLD = 8  # names in one sentence


@dataclass(frozen=True, slots=True)
class _Setting:
    """A file whose pages are being set."""

    said: str
    path: Path
    papers: Sequence[Issued]
    pdf: "Future[bytes]"
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
        forget()

    def file(self, desk: IssueDesk, card: Made, issued: Issued) -> None:
        """A file of its own; two of one name are kept apart."""
        name = card.name if card.name not in self._taken else f"{card.name}_{issued.subject.uid[:8]}"
        self._taken.add(name)
        self._begin(desk, card.name, name, card.pdf, [issued])
        self.report.lacking[issued.subject.uid] = card.lacking
        self._tell(card)

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

    def volume(
        self, desk: IssueDesk, cards: Sequence[tuple[Made, Issued]], name: str, title: str, *, some: bool = False
    ) -> None:
        """One file of many cards, `some` of all. One that no font can print is left out, and said."""
        able = [(one, form, issued) for one, issued in cards if self._printable(one, form := one.form_data)]
        if able:
            template = able[0][0].template
            data, pictures = joined([(one, form) for one, form, _issued in able])
            setting = lambda: typeset(template, data, pictures, title=title, followed=True)  # noqa: E731
            papers = [issued for _card, _form, issued in able]
            self._begin(desk, name, name, setting, papers, some=some)
        for one, _form, _issued in able:
            self._tell(one)

    def _begin(
        self,
        desk: IssueDesk,
        said: str,
        name: str,
        setting: Callable[[], bytes],
        papers: Sequence[Issued],
        *,
        some: bool = False,
    ) -> None:
        while self._waiting and (
            len(self._waiting) >= _AHEAD
            or sum(len(one.papers) for one in self._waiting) >= _CARDS_AHEAD
            or self._waiting[0].pdf.done()
        ):
            self._take_in(desk)
        # The press in force (templates, standard) is the caller's; a thread knows nothing of it by itself.
        pdf = self._setters.submit(copy_context().run, setting)
        self._waiting.append(_Setting(said, self.folder / f"{name}.pdf", papers, pdf, some))

    def _take_in(self, desk: IssueDesk) -> None:
        one = self._waiting.popleft()
        while not wait([one.pdf], _TOLD_SECONDS).done:
            self._still()
        try:
            pdf = one.pdf.result()
            path = path_beside(one.path, pdf) if one.some else one.path
            self.report.notes += beside_words(one.path, path)
            self._set.add(Printed(path, pdf, one.papers))
        except FontMissing as error:
            self._left_out(one.said, error)
        if self._set.due:
            self._write(desk)

    def _write(self, desk: IssueDesk) -> None:
        desk.write(self._set.take(), self.report)

    def _printable(self, card: Made, form: Mapping[str, Any]) -> bool:
        lacking = next(uncovered_characters(form, card.images), None)
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


def kept_volumes(folder: Path, stem: str) -> dict[Path, MadeRow]:
    """The first volumes as a run of this very order wrote them before it was stopped."""
    kept = press().kept
    found: dict[Path, MadeRow] = {}
    if kept is None:
        return {}
    while (row := kept(path := folder / f"{_volume_name(stem, len(found) + 1)}.pdf")) is not None:
        found[path] = row
    return found


def volumes(
    cards: Iterable[tuple[Made, Issued]], stem: str, number: int = 0
) -> Iterable[tuple[str, list[tuple[Made, Issued]]]]:
    """Names of volumes and their cards: as many as `ALONE` sheets hold make one, which has no number; of more there are
    several of `VOLUME` sheets. A card is as many sheets as it has copies. `number`: of the last volume there is."""
    held: list[tuple[Made, Issued]] = []
    for card in cards:
        held.append(card)
        while len(held) > _room(held, VOLUME if number else ALONE):
            number += 1
            room = _room(held, VOLUME)
            yield _volume_name(stem, number), held[:room]
            held = held[room:]
    if held and not number:
        yield file_name(stem), held
        return
    while held:
        number += 1
        room = _room(held, VOLUME)
        yield _volume_name(stem, number), held[:room]
        held = held[room:]


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


def _room(cards: Sequence[tuple[Made, Issued]], sheets: int) -> int:
    """How many of the first cards so many sheets hold; one at least."""
    ends = accumulate(card.form.copies for card, _issued in cards)
    return max(1, sum(1 for end in ends if end <= sheets))
