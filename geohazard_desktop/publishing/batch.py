"""Many products and subjects in one go: what is made is kept through a stop or a crash, and what fails stops nothing.

Beside the folder lies a small file with a line for each finished task. A batch that is asked for again skips the tasks
whose inputs are the same and whose files are still as they were written. It holds numbers, never a person's name.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geohazard_desktop.common.errors import ExportRefused, GeohazardError
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.batch_state import BatchState, digest
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.issues.kept_paper import template_bundle
from geohazard_desktop.publishing.issues.standing import State
from geohazard_desktop.publishing.paper_subjects import subject_count
from geohazard_desktop.publishing.product import CHANGED_ONLY, OptionValue, Product, Progress
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.report import MadeRow, PublishReport
from geohazard_desktop.publishing.typeset.office_templates import templates_of
from geohazard_desktop.publishing.typeset.press import printing
from geohazard_desktop.publishing.typeset.typesetting import page_count
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.publishing.subject_parts import Parts

_log = logging.getLogger("geohazard_desktop.publish")
_CHUNK_SECONDS = 3.0  # what a crash may lose the record of
_LARGEST_CHUNK = 50
FOLDERS: Mapping[str, str] = {"": _("不分文件夹"), "subdistrict": _("按街道（镇）分"), "zone": _("按危险区分")}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One line of the order list. `uids` of the product's subjects; None means all."""

    product: str
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    uids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """`folders`: "" all in the product's folder, "subdistrict" or "zone" a folder for each."""

    lines: tuple[BatchLine, ...]
    folders: str = ""


@dataclass(frozen=True, slots=True)
class _Task:
    line: BatchLine
    product: Product
    out: Path
    uids: tuple[str, ...] | None  # one subject, those of a joint file, or None: none are asked for
    name: str  # the subject's number

    @property
    def weight(self) -> int:
        """How many papers it is, for the progress: a file of all households is not one step."""
        return len(self.uids) if self.uids else 1

    @property
    def key(self) -> str:
        who = "" if self.uids is None else ",".join(self.uids)
        return digest(self.product.key, sorted(self.line.options.items()), str(self.out), who)


def run_batch(ws: Workspace, folder: Path, batch: Batch, progress: Progress | None = None) -> PublishReport:
    """Make everything below `folder`. `report.rows` says what became of each task. `ws` is open for writing where a
    product enters its papers. Raises ExportRefused where nothing is to be made or the state can't be written."""
    if progress is not None:
        # The file of ten thousand households takes seconds to read.
        progress(0, sum(_expected(ws, one) for one in batch.lines) or 1, _("正在读工作文件"))
    from geohazard_desktop.publishing.subject_parts import Parts  # the makers of cards: not on the way to the first map

    parts = Parts(ws)
    tasks = [one for line in batch.lines for one in _tasks(ws, parts, folder, batch, line)]
    if not tasks:
        raise ExportRefused(_("队列里没有可以出的。"), _("请先把要出的加入队列。"))
    state = _state_of(ws, folder)
    report = PublishReport()
    total = sum(one.weight for one in tasks)
    work = _Work(ws, parts, folder, state, report, progress, total)
    for group in _groups(tasks):
        work.make(group)
    if progress is not None:
        progress(total, total, "")
    report.walk = _walk(parts, folder, report.rows)
    report.notes = [_summary(report.rows), *dict.fromkeys(report.notes)]
    report.general = list(dict.fromkeys(report.general))
    report.problems = [*report.general, *report.problems]
    return report


def line_of(product: str, options: Mapping[str, Any]) -> BatchLine:
    """A single order as the line that goes on with it; `options` may hold `uids`."""
    known = PRODUCTS[product]
    own = {one.key: options[one.key] for one in known.choices if one.key in options}
    uids = options.get("uids") if known.subjects else None
    return BatchLine(product, own, None if uids is None else tuple(uids))


class Noting:
    """Writes down what a single order into `out` has finished, as a batch of its line would: stopped, it goes on from
    there, and another day's window knows what was made. It skips nothing: whoever orders one thing wants it made."""

    def __init__(self, ws: Workspace, line: BatchLine, out: Path) -> None:
        self._out, self._state = out, _state_of(ws, out.parent)
        self._line = line
        self._noted: set[Path] = set()
        self._refused = False

    def wrote(self, report: PublishReport, files: Mapping[Path, Sequence[str]]) -> None:
        """For `Press.wrote`: files by the uids of the papers in them."""
        self._note(report, rows_written(self._state, self._line, self._out, report, files))
        self._noted.update(files)

    def end(self, report: PublishReport) -> None:
        """What no register knows: pictures, web pages, plans, workbooks beside a paper."""
        folder = self._state.folder
        rest = [one for one in report.files if one not in self._noted and folder in one.parents]
        names = [one.relative_to(folder).as_posix() for one in rest]
        self._note(report, {digest("file", name): MadeRow((name,)) for name in names})

    def _note(self, report: PublishReport, rows: Mapping[str, MadeRow]) -> None:
        """A place that refuses the record does not stop the papers, which are written."""
        if not rows or self._refused:
            return
        try:
            self._state.note_all(rows)
        except ExportRefused as error:
            self._refused = True
            report.notes.append(_("{reason}这次停下的话，再出要从头出。").format(reason=error.sentence))


def rows_written(
    state: BatchState, line: BatchLine, out: Path, report: PublishReport, files: Mapping[Path, Sequence[str]]
) -> dict[str, MadeRow]:
    """What is written down of `files`, by the uids of the papers in each, which an order of `line` into `out` wrote."""
    product, rows = PRODUCTS[line.product], {}
    joint = product.joint(line.options)
    for path, uids in files.items():
        task = _Task(line, product, out, tuple(filter(None, uids)) or None, "")
        rows[task.key] = MadeRow(
            (path.relative_to(state.folder).as_posix(),),
            _pages(path),
            tuple(report.lacking.get(uids[0], ()) if len(uids) == 1 else ()),
            codes=report.codes.get(path, ()),
            of=tuple(filter(None, uids)) if joint else (),
        )
    return rows


def _volumes(state: BatchState, task: _Task) -> dict[Path, MadeRow]:
    """Files of many papers that an order of this line wrote before it was stopped; of no other papers than its own."""
    own = set(task.uids or ())
    return {
        state.folder / row.files[0]: row
        for key, row in state.joint_files().items()
        if key == replace(task, uids=row.of).key and own.issuperset(row.of)
    }


def papers_left(ws: Workspace, folder: Path, batch: Batch, *, progress: Progress) -> int:
    """How many papers of a batch are still to be made, by what was written down of the others; where only what changed
    is to be made, those alone that say something else than when they were issued last."""
    from geohazard_desktop.publishing.subject_parts import Parts

    progress(0, 1, "")
    parts, state = Parts(ws), _state_of(ws, folder)
    left = 0
    for line in batch.lines:
        tasks = [one for one in _tasks(ws, parts, folder, batch, line) if state.finished(one.key) is None]
        same = _as_issued(ws, line, tasks, progress) if line.options.get(CHANGED_ONLY.key) else set()
        joint = [one for one in tasks if one.product.joint(line.options)]
        same |= {uid for one in joint for row in _volumes(state, one).values() for uid in row.of}
        left += sum(sum(uid not in same for uid in one.uids or ("",)) for one in tasks)
    return left


def _as_issued(ws: Workspace, line: BatchLine, tasks: Sequence[_Task], progress: Progress) -> set[str]:
    """The subjects of tasks whose paper in force says what it would say today: a run leaves them out."""
    from geohazard_desktop.publishing.issues.standings import standings

    uids = {uid for one in tasks for uid in one.uids or ("",)}
    if not uids:
        return set()
    with printing(templates=templates_of(ws)):
        found = standings(ws, line.product, uids=uids, options=line.options, progress=progress)
    return {one.uid for one in found if one.state is State.LATEST}


def _state_of(ws: Workspace, folder: Path) -> BatchState:
    with printing(templates=templates_of(ws)):
        templates, _bundle = template_bundle()
    return BatchState(folder, digest(ws.data_mark(), templates, date.today().isoformat()))


def _expected(ws: Workspace, line: BatchLine) -> int:
    """How many papers a line probably is."""
    layer = PRODUCTS[line.product].subjects
    if not layer or layer not in ws.definitions:
        return 1
    return subject_count(ws, layer) if line.uids is None else len(line.uids)


def _tasks(ws: Workspace, parts: "Parts", folder: Path, batch: Batch, line: BatchLine) -> Iterator[_Task]:
    product = PRODUCTS[line.product]
    out = product.own_name(ws.setting("district.name") or ws.path.stem, line.options)
    if not product.subjects:
        yield _Task(line, product, folder / out, None, "")
        return
    wanted = None if line.uids is None else set(line.uids)
    subjects = [
        one for one in parts.in_order(product.subjects) if wanted is None or one.uid in wanted
    ]  # fmt: skip
    places: dict[Path, list[Any]] = {}
    for one in subjects:
        part = parts.part(one, batch.folders)
        places.setdefault(folder / file_name(part) / out if part else folder / out, []).append(one)
    for place, those in places.items():
        if product.joint(line.options):
            yield _Task(line, product, place, tuple(one.uid for one in those), "")
        else:
            for one in those:
                yield _Task(line, product, place, (one.uid,), one.text("id") or one.uid[:8])


def _groups(tasks: Sequence[_Task]) -> Iterator[list[_Task]]:
    """Tasks of one line into one place, which a product can be asked for together."""
    held: list[_Task] = []
    for one in tasks:
        if held and (one.line is not held[0].line or one.out != held[0].out):
            yield held
            held = []
        held.append(one)
    if held:
        yield held


class _Work:
    """Goes through the tasks and writes down each that is finished."""

    def __init__(
        self,
        ws: Workspace,
        parts: "Parts",
        folder: Path,
        state: BatchState,
        report: PublishReport,
        progress: Progress | None,
        total: int,
    ) -> None:
        self.ws, self.parts, self.folder, self.state, self.report = ws, parts, folder, state, report
        self._progress, self._total, self._done = progress, total, 0

    def make(self, tasks: Sequence[_Task]) -> None:
        open_tasks = []
        for one in tasks:
            row = self.state.finished(one.key)
            if row is None:
                open_tasks.append(one)
            else:
                self._take(one, row, "kept")
        size = 1
        while open_tasks:
            chunk, open_tasks = open_tasks[:size], open_tasks[size:]
            begun = time.monotonic()
            told = self._chunk(chunk)
            each = (time.monotonic() - begun) / len(chunk)
            # Products that say which file is whose are asked for many at once: reading the workspace costs once.
            size = max(1, min(_LARGEST_CHUNK, round(_CHUNK_SECONDS / max(each, 0.01)))) if told else 1

    def _chunk(self, tasks: Sequence[_Task]) -> bool:
        """Whether the product told which file is whose."""
        made = self._publish(tasks) if len(tasks) > 1 else None
        told = False
        for one in tasks:
            uid = one.uids[0] if one.uids else ""
            if made is not None and uid in made.unchanged:
                self._take(one, MadeRow(), "kept")
                continue
            if made is not None and uid in made.made:
                self._finish(
                    one,
                    [made.made[uid]],
                    _pages(made.made[uid]),
                    made.lacking.get(uid, ()),
                    _about(made.problems, one.name),
                )
                continue
            alone = self._publish([one])
            if alone is None:
                continue
            if alone.unchanged and not alone.files:
                self._take(one, MadeRow(), "kept")
                continue
            told = bool(uid and uid in alone.made)
            lacking = alone.lacking.get(uid, ())
            own = [words for words in alone.problems if words not in alone.general]
            self._finish(one, alone.files, alone.pages, lacking, own)
            self.report.notes += alone.notes if not one.product.subjects else []
            self.report.maps += alone.maps
        return told or made is not None

    def _publish(self, tasks: Sequence[_Task]) -> PublishReport | None:
        """None after a fault; that of a single task is in its row."""
        first = tasks[0]
        uids = None if first.uids is None else [uid for one in tasks for uid in one.uids or ()]

        def inner(done: int, _total: int, words: str) -> None:
            if self._progress is not None:
                share = min(sum(one.weight for one in tasks) - 1, done)
                self._progress(self._done + share, self._total, f"{first.product.title} {words}".strip())

        inner(0, 1, first.name)
        try:
            (first.out if first.product.folder else first.out.parent).mkdir(parents=True, exist_ok=True)
            volumes = _volumes(self.state, first) if first.product.joint(first.line.options) else {}
            with self._going_on(first, volumes):
                made = first.product.publish(self.ws, first.out, first.line.options, uids=uids, progress=inner)
            self._tell_kept(first, [row for path, row in volumes.items() if path in made.files])
            self.report.general += made.general
            self.report.codes |= made.codes
            return made
        except GeohazardError as error:
            sentence = f"{error.sentence}{error.remedy}"
        except OSError as error:
            sentence = _("没有写成 {name}：{reason}。").format(name=first.out, reason=reason_of(error))
            sentence += _("请换一个有空间、可以写的文件夹，再出一次。")
        except Exception as error:  # noqa: BLE001 - one subject's fault must not stop the others; it is in the row
            _log.warning("%s %s", first.product.key, first.name, exc_info=True)
            sentence = _("程序出错（{what}），这一份没有出。").format(what=type(error).__name__)
        if len(tasks) == 1:
            self._take(first, MadeRow(problems=(sentence,)), "failed")
        return None

    def _going_on(self, task: _Task, volumes: Mapping[Path, MadeRow]) -> AbstractContextManager[object]:
        """Several papers in one order: each file that is written is written down, and none that was is set again."""
        if not task.product.joint(task.line.options):
            return nullcontext()

        def wrote(report: PublishReport, files: Mapping[Path, Sequence[str]]) -> None:
            self.state.note_all(rows_written(self.state, task.line, task.out, report, files))

        return printing(wrote=wrote, kept=volumes.get)

    def _tell_kept(self, task: _Task, kept: Sequence[MadeRow]) -> None:
        if kept:
            words = _("{title}：前 {volumes} 册（{count} 份）是停下以前出好的，没有重出，缺什么以当时的为准。")
            count = sum(len(one.of) for one in kept)
            self.report.notes.append(words.format(title=task.product.title, volumes=len(kept), count=count))

    def _finish(
        self, task: _Task, files: Sequence[Path], pages: int, lacking: Sequence[str], problems: Sequence[str]
    ) -> None:
        row = MadeRow(
            files=tuple(one.relative_to(self.folder).as_posix() for one in files),
            pages=pages,
            lacking=tuple(lacking),
            problems=tuple(problems),
            codes=tuple(code for one in files for code in self.report.codes.get(one, ())),
        )
        if files:
            self.state.note(task.key, row)
        self._take(task, row, "made" if files else "failed")

    def _take(self, task: _Task, row: MadeRow, state: str) -> None:
        self._done += task.weight
        uid = task.uids[0] if task.uids and len(task.uids) == 1 else ""
        subject = self.parts.feature(task.product.subjects, uid) if uid else None
        street, zone = ("", "") if subject is None else (self.parts.street(subject), self.parts.zone(subject))
        row.place(task.product.title, task.product.subjects if uid else "", uid, task.name, street, zone, state)
        row.papers = task.weight
        self.report.rows.append(row)
        self.report.files += [self.folder / one for one in row.files]
        self.report.pages += row.pages
        called = f"{task.product.title} {task.name}".strip()
        self.report.problems += [f"{called}：{one}" if task.name not in one else one for one in row.problems]


def _walk(parts: "Parts", folder: Path, rows: Sequence[MadeRow]) -> list[Path]:
    """What was made anew as somebody carries it about: of one product in its order; of several all that one door gets
    together, in the order of the list of what is to be printed again. What is about no single subject comes first."""
    made = [one for one in rows if one.state == "made"]
    if len({one.product for one in made}) > 1:
        subjects = {
            one.uid: found for one in made if one.uid and (found := parts.feature(one.layer, one.uid)) is not None
        }
        place = {one.uid: number for number, one in enumerate(parts.in_walk(list(subjects.values())))}
        made.sort(key=lambda one: place.get(one.uid, -1))
    return list(dict.fromkeys(folder / name for one in made for name in one.files))


def _pages(path: Path) -> int:
    return page_count(path.read_bytes()) if path.suffix.lower() == ".pdf" else 0


def _about(problems: Sequence[str], name: str) -> list[str]:
    """Those of a chunk's sentences that speak of one subject."""
    return [one for one in problems if name and name in one]


def papers_of(rows: Sequence[MadeRow]) -> dict[str, int]:
    """By state how many papers: together they are what the queue promised, however few files hold them."""
    return {state: sum(one.papers for one in rows if one.state == state) for state in ("made", "kept", "failed")}


def _summary(rows: Sequence[MadeRow]) -> str:
    count = papers_of(rows)
    words = _("出了 {made} 份").format(made=count["made"])
    if count["kept"]:
        words += _("，{kept} 份与上次一样没有重出").format(kept=count["kept"])
    if count["failed"]:
        words += _("，{failed} 份没有出成").format(failed=count["failed"])
    lacking = sum(bool(one.lacking) for one in rows)
    if lacking:
        words += _("；{count} 份有没登记的栏目，留了横线手写").format(count=lacking)
    return words + "。"
