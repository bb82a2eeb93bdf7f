"""发卡登记 and 核对 at the window: what their buttons do."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.apart import run_apart
from geohazard_desktop.desktop.background import Job, Jobs, Progress
from geohazard_desktop.desktop.papers.issue_rows import WITHDRAWN, zone_words
from geohazard_desktop.desktop.papers.issue_steps import ReceiveDialog, VoidDialog, along_with
from geohazard_desktop.desktop.papers.paper_watch import PaperWatch
from geohazard_desktop.desktop.papers.publisher import Order
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.publishing.batch import Batch, BatchLine
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.issues.code_check import told
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, read_register
from geohazard_desktop.publishing.issues.standing import Standing
from geohazard_desktop.publishing.paper_subjects import paper_subject
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits.card_issues import PRINTED, RECEIVED, VOID, note_step
from geohazard_desktop.workspace.feature import Value

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.desktop.papers.code_dialog import CodeDialog
    from geohazard_desktop.desktop.papers.issue_window import IssueWindow

Handler = Callable[[], object]
_STANDINGS = "geohazard_desktop.publishing.issues.standings:standings"
_REPRINT = "geohazard_desktop.publishing.issues.issuing:reprint_to"


class IssueHandlers:
    def __init__(self, window: "MainWindow", jobs: Jobs) -> None:
        self._window, self._jobs = window, jobs
        self._entered = Jobs(window)  # what ends with a row of the register: the file is not left before
        self._reprinted: set[str] = set()  # codes of what is being printed once more
        window.session.leaving.connect(lambda: self._entered.wait(stop=False))
        self.watch = PaperWatch(window, jobs)
        window.status.papers_asked.connect(self.show_due)
        self.codes: CodeDialog | None = None
        self.register: IssueWindow | None = None

    def table(self) -> dict[str, Handler]:
        return {
            "publish.check_code": self.check,
            "publish.issue_register": self.show_register,
            "publish.zone_papers": self.show_zone,
        }

    def check(self) -> None:
        from geohazard_desktop.desktop.papers.code_dialog import CodeDialog

        if self.codes is None:
            self.codes = CodeDialog(self._window, self)
        self.codes.ask()

    def show_register(self) -> None:
        """Beside the map; once open it comes to the front."""
        from geohazard_desktop.desktop.papers.issue_window import IssueWindow

        if self.register is None:
            self.register = IssueWindow(self._window, self)
        self.watch.look_now()
        self.register.show_all()
        self.register.show()
        self.register.raise_()
        self.register.activateWindow()

    def show_due(self) -> None:
        """The list of what is to be printed again, as it was found by itself."""
        self.show_register()
        assert self.register is not None
        self.register.show_found()

    def show_paper(self, paper: IssuedPaper) -> None:
        """A paper in the list, chosen, with all that is different on it."""
        self.show_register()
        assert self.register is not None
        self.register.show_paper(paper.key)

    def show_zone(self) -> None:
        """The papers of the selected danger zone, or of the one that what is selected belongs to."""
        ws = self._window.session.workspace
        chosen = self._window.session.the_one()
        uid = "" if chosen is None else chosen.uid if chosen.layer == "danger_zone" else chosen.text("danger_zone")
        zone = ws.feature("danger_zone", uid) if uid else None
        if zone is None:
            reporter().say("info", _("没有选中危险区，也没有选中属于哪个区的户、路线、标志。请选一个再看。"))
            return
        self.show_register()
        assert self.register is not None
        self.register.show_zone(uid, zone_words(ws)[uid])

    def show_withdrawn(self) -> None:
        """What still hangs and has to be taken back."""
        self.show_register()
        assert self.register is not None
        self.register.show_case(WITHDRAWN)

    # -- steps of papers -------------------------------------------------------------------------------------------

    def receive(self, papers: Sequence[IssuedPaper], parent: object) -> bool:
        """Ask who signed when, and enter it. True when it is on disk."""
        along = along_with(read_register(self._window.session.workspace), papers)
        dialog = ReceiveDialog(parent, papers, date.today(), along)  # type: ignore[arg-type]
        done = bool(dialog.exec())
        papers = [*papers, *(along if dialog.along else ())]
        values: dict[str, Value] = {"signed_on": dialog.day, "holder": dialog.who}
        dialog.deleteLater()
        return done and self._note(papers, RECEIVED, values)

    def void(self, papers: Sequence[IssuedPaper], parent: object) -> bool:
        """Ask why, and declare them void."""
        dialog = VoidDialog(parent, papers)  # type: ignore[arg-type]
        done = bool(dialog.exec())
        values: dict[str, Value] = {"reason": dialog.reason}
        dialog.deleteLater()
        return done and self._note(papers, VOID, values)

    def _note(self, papers: Sequence[IssuedPaper], step: str, values: dict[str, Value]) -> bool:
        session = self._window.session
        ws = session.workspace
        stamp: dict[str, Value] = {
            "issued_at": datetime.now().replace(microsecond=0).isoformat(),
            "issued_by": ws.setting("office.name"),
        }
        rows = [one.row.values for one in papers]
        with reporter().guard():
            return session.apply(note_step(ws.definitions, rows, step, {**stamp, **values}))
        return False

    # -- printing --------------------------------------------------------------------------------------------------

    def reprint(self, paper: IssuedPaper) -> None:
        """The same paper once more, to the last byte, from what was kept; asked for again meanwhile, it is said to be
        under way."""
        window = self._window
        window.status.set_hint(_("正在照原样重印{what}……").format(what=told(paper)))
        if paper.code in self._reprinted:
            return
        self._reprinted.add(paper.code)
        path = window.session.workspace.path
        name = file_name(
            paper.kind_words, paper.number or paper.subject_name, _("第{n}版").format(n=paper.version), paper.code
        )
        out = window.publish.folder() / _("重印") / f"{name}.pdf"

        def work(progress: Progress) -> list[str]:
            notes: list[str] = run_apart(_REPRINT, path, paper.code, str(out), progress=progress)
            return notes

        def done(notes: list[str]) -> None:
            if window.session.ws is None or window.session.workspace.path != path:
                words = _("{what}已照原样重印，存成 {file}；{name} 已经关了，这一次没有记进它的发卡登记。")
                window.banner.say("warning", words.format(what=told(paper), file=out, name=path.name))
                return
            if not window.session.read_only_reason():
                self._note([paper], PRINTED, {"reason": _("照原样重印")})
            window.show_stage("publish")
            window.handlers.results.show_file(out)
            words = _("{what}已照原样重印。").format(what=told(paper)) + "".join(notes)
            window.banner.say("done", words)

        self._entered.start(work, done, ended=lambda: self._reprinted.discard(paper.code))

    def print_anew(self, due: Sequence[tuple[str, Mapping[str, Any], Sequence[str]]]) -> None:
        """Publish only these subjects of each product, with the options of what they replace, through the panel's own
        way; several products as one batch."""
        window = self._window
        window.show_stage("publish")
        lines = []
        for product, options, uids in due:
            known = {one.key for one in PRODUCTS[product].choices}
            given = {key: value for key, value in options.items() if key in known} | {"changed_only": True}
            named = options.get("uids", uids) if PRODUCTS[product].subjects else None
            lines.append(BatchLine(product, given, None if not named or "" in named else tuple(named)))
        if len(lines) > 1:
            order = Order("batch", _("要重印的"), window.publish.folder(), {"batch": Batch(tuple(lines))})
            window.handlers.results.order(order)
            return
        (line,) = lines
        one = PRODUCTS[line.product]
        window.publish.choose(line.product)
        district = window.session.workspace.setting("district.name") or window.session.workspace.path.stem
        out = window.publish.folder() / one.own_name(district, line.options)
        subjects = {} if line.uids is None else {"uids": list(line.uids)}
        window.handlers.results.order(Order(line.product, one.title, out, {**line.options, **subjects}))

    def receipts(self, kind: str, product: str) -> None:
        """The list to sign of what goes to households or posts ("household", "work"); for anything else ("") the list
        by which it is handed out, of a product or ("") of all."""
        window = self._window
        key, options = ("receipts", {"kind": kind}) if kind else ("distribution", {"kind": product})
        one = PRODUCTS[key]
        window.show_stage("publish")
        window.publish.choose(key)
        out = window.publish.folder() / one.out
        window.handlers.results.order(Order(key, one.title, out, options))

    def look_at(self, layer: str, uid: str) -> None:
        """A paper's subject on the map, the whole district where it is that."""
        self._window.show_map()
        if layer:
            self._window.handlers.go_to_feature(layer, uid)
        else:
            self._window.center.run("view.full")

    def show_subject(self, paper: IssuedPaper) -> None:
        """Whom the paper is for, on the map and in the form."""
        ws = self._window.session.workspace
        if paper.subject_layer and paper_subject(ws, paper.subject_layer, paper.subject) is None:
            reporter().say("info", _("{what}发给谁，这个工作文件里已经没有了。").format(what=told(paper)))
            return
        self.look_at(paper.subject_layer, paper.subject)

    # -- comparing -------------------------------------------------------------------------------------------------

    def compare(
        self,
        product: str,
        told: Callable[[int, int, str], None],
        done: Callable[[list[Standing] | None], None],
        ended: Handler,
    ) -> Job:
        """How the papers of a product stand, reckoned in a process of its own; None where data changed meanwhile, so
        that it is an answer about others."""
        path = self._window.session.workspace.path
        mark = self.watch.mark()

        def work(progress: Progress) -> list[Standing]:
            found: list[Standing] = run_apart(_STANDINGS, path, product, progress=progress)
            return found

        def take(found: list[Standing]) -> None:
            if self._window.session.ws is not None and self._window.session.workspace.path == path:
                now = self.watch.as_of_now(found, mark)
                done(now)
                if now is not None:
                    self.watch.learn(now, product)

        return self._jobs.start(work, take, told=told, ended=ended)
