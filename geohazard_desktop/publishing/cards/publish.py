"""Publishing cards: 防灾工作明白卡 for hazard points, 防灾避险明白卡 and its 大字版 for households."""

import gc
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.analysis.point_facts import Taken, taken_notes
from geohazard_desktop.analysis.shelter_room import shelter_words
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.forms import set_once
from geohazard_desktop.publishing.cards.in_order import CardsInOrder, started_ahead
from geohazard_desktop.publishing.cards.issuing import CardIssuing
from geohazard_desktop.publishing.cards.kinds import KINDS, Kind
from geohazard_desktop.publishing.cards.made import Made
from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.cards.printing import CardPrinter, kept_volumes, left_over, volumes
from geohazard_desktop.publishing.cards.second import SecondMaker
from geohazard_desktop.publishing.cards.subjects import away_note, subjects_of
from geohazard_desktop.publishing.files import part_words
from geohazard_desktop.publishing.issues.issuing import Issued, IssueDesk
from geohazard_desktop.publishing.issues.last_copies import AS_LAST
from geohazard_desktop.publishing.report import MadeRow, PublishReport
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

__all__ = ["KINDS", "CardMaker", "Made", "publish_cards"]

Progress = Callable[[int, int, str], None]
READING = _("正在读工作文件")


def publish_cards(
    ws: Workspace,
    folder: Path,
    *,
    kind: str | None = None,
    uids: Collection[str] | None = None,
    part: str = "",
    copies: str = "1",
    together: bool = False,
    code: bool = False,
    changed_only: bool = False,
    progress: Progress | None = None,
) -> PublishReport:
    """Write the cards into `folder`, whole or not at all; file names hold numbers, never a person's name.

    `kind` "work", "household" or "large" (default both official forms); `uids` of hazard points or households (default
    all); `part`: only of this zone, hazard point, 街道 or 社区. `copies` "3" prints each three times, each named for
    who keeps it, AS_LAST as often as the card that it takes the place of. `together`: volumes in visiting order instead
    of a PDF each. `code`: a QR code on the back. Each card is entered in 发卡登记; one that says what it said when it
    was issued last is printed as it was then, or, with `changed_only`, not at all. A workspace that can't be written
    makes cards without a code. Raises ExportRefused where there is none to make or the folder can't be written,
    TypesettingFailed for a broken template. A card that can't be printed is left out and said.
    """
    kinds = [
        one
        for name, one in KINDS.items()
        if (kind == name or (kind is None and name != "large")) and one.layer in ws.definitions
    ]
    most = [len(uids) if uids is not None else ws.count(one.layer) for one in kinds]
    if progress is not None:
        # Ten thousand households take seconds to read; somebody waits for a first sign.
        progress(0, sum(most) or 1, READING)
    with started_ahead(0 if part else max(most, default=0)) as ahead:
        return _published(
            ws, folder, kinds, ahead, uids=uids, part=part, copies=copies, together=together, code=code,
            changed_only=changed_only, progress=progress,
        )  # fmt: skip


def _published(
    ws: Workspace,
    folder: Path,
    kinds: Sequence[Kind],
    ahead: list[SecondMaker],
    *,
    uids: Collection[str] | None,
    part: str,
    copies: str,
    together: bool,
    code: bool,
    changed_only: bool,
    progress: Progress | None,
) -> PublishReport:
    as_last = copies == AS_LAST
    maker = CardMaker(ws, copies=1 if as_last else int(copies), code=code)
    wanted = [(one, subjects_of(maker.facts, one.layer, uids=uids, part=part)) for one in kinds]
    total = sum(len(subjects) for _kind, subjects in wanted)
    if not total:
        raise ExportRefused(
            _("工作文件 {name} 里没有可以出卡的隐患点和住户。").format(name=ws.path.name),
            _("请先导入名册，或在图上画出来。"),
        )
    so_far = _Counted(progress, total)
    notes: list[str] = []
    with CardPrinter(folder, so_far.setting) as printer, _read_things_left_alone():
        printer.report.problems += maker.layers.style_faults
        for one, subjects in wanted:
            issuing = CardIssuing(
                IssueDesk(ws, one.product, one.title), maker.facts, changed_only=changed_only, as_last=as_last
            )
            kept: dict[Path, MadeRow] = {}
            if together:
                told = _part_told(ws, one, subjects, part=part, changed_only=changed_only)
                stem = "_".join([one.stem, *told])
                kept = kept_volumes(folder, stem)
            for path, row in kept.items():
                printer.keep(path, row)
            open_subjects = so_far.without(subjects, kept.values())
            least = 0 if changed_only else len(open_subjects)
            with closing(so_far.each(maker, one, open_subjects, issuing, ahead)) as made:
                if together:
                    for name, cards in volumes(made, stem, len(kept), least=least):
                        printer.volume(issuing.desk, cards, name, one.title, some=bool(told))
                else:
                    for card, issued in made:
                        printer.file(issuing.desk, card, issued)
            printer.finish(issuing.desk)
            if together and not told:
                printer.report.problems += left_over(printer.folder, stem, printer.report.files)
            notes += [*away_note(maker.facts, part, subjects), *issuing.notes()]
            printer.report.unchanged += issuing.unchanged
    so_far.done()
    report = printer.report
    report.tell_all(shelter_words(ws, so_far.shelters))
    report.notes += [
        *_notes(so_far.made, so_far.lacking, so_far.labels),
        *so_far.notes,
        *taken_notes(so_far.taken),
        *dict.fromkeys(notes),
        *maker.facts.notes(),
    ]
    return report


@contextmanager
def _read_things_left_alone() -> Iterator[None]:
    """Python would look through all that was read for cycles, again and again while cards are made; it stays to the
    end. Where Python does not look by itself (in the window's process), what it holds frozen stays so."""
    if not gc.isenabled():
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _part_told(ws: Workspace, kind: Kind, subjects: list[Feature], *, part: str, changed_only: bool) -> list[str]:
    """What the name of a file of many cards says of whose they are; nothing where it holds them all."""
    told = [part.strip()] if part.strip() else []
    if not told and len(subjects) < len(counted(ws.table(kind.layer))):
        told = [part_words([one.text("id") or one.uid[:8] for one in subjects])]
    return [*told, *([_("内容有变的")] if changed_only else [])]


class _Counted:
    """Makes the cards one after the other, and counts."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.made = 0
        self.notes: list[str] = []
        self._seen = 0
        self.lacking = 0
        self.labels: dict[str, None] = {}  # of what lacks
        self.taken: list[Taken] = []
        self.shelters: set[str] = set()  # uids of those that households are sent to
        self._progress = progress
        self._total = total

    def without(self, subjects: list[Feature], kept: Collection[MadeRow]) -> list[Feature]:
        """Those whose cards are in no volume that was kept."""
        done = {uid for row in kept for uid in row.of}
        self._seen += len(done)
        return [one for one in subjects if one.uid not in done]

    def each(
        self,
        maker: CardMaker,
        kind: Kind,
        subjects: list[Feature],
        issuing: CardIssuing,
        ahead: list[SecondMaker],
    ) -> Generator[tuple[Made, Issued], None, None]:
        with CardsInOrder(maker, kind, subjects, self.setting, ahead=ahead) as cards:
            for one, card in cards:
                self._seen += 1
                if self._seen < self._total:
                    self._tell(one.text("id"))
                taken = issuing.take(one, card)
                if taken is None:
                    continue
                self.made += 1
                empty = taken[0].lacking
                self.lacking += bool(empty)
                self.labels |= dict.fromkeys(empty)
                self.taken += taken[0].taken
                if one.layer == "household":
                    self.shelters.add(str(card.leads.get("shelter", "")))
                yield taken
        self.notes += cards.notes

    def _tell(self, words: str) -> None:
        if self._progress is not None:
            self._progress(self._seen, self._total, words)

    def setting(self) -> None:
        """Cards are made, their pages still being set."""
        if self._progress is not None:
            self._progress(min(self._seen, self._total - 1), self._total, _("正在排版"))

    def done(self) -> None:
        if self._progress is not None:
            self._progress(self._total, self._total, "")


def _notes(made: int, lacking: int, labels: Iterable[str]) -> Iterator[str]:
    yield _("共 {count} 张卡。").format(count=made)
    if lacking:
        yield _("{count} 张有没登记的栏目，卡上留了横线手写。").format(count=lacking)
    if once := set_once(labels):
        yield _("{titles}在单位设置里填，填一次每张都印。").format(titles="、".join(once))
