"""What is done with findings: shown in list, tree and map, gone to, repaired, set aside. When the checks look is
`runs.py`'s matter."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import QObject

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.set_aside import Aside, asides_of, parted, set_aside, take_back
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Jobs
from geohazard_desktop.desktop.checking.marks import FindingMarks
from geohazard_desktop.desktop.checking.runs import ChecksRuns
from geohazard_desktop.desktop.checking.shares import SharesDesk
from geohazard_desktop.desktop.checking.sheet import FindingsSheet
from geohazard_desktop.desktop.checking.sift import HOUSEHOLDS, by_layer, features_of
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.undo_offer import say_done
from geohazard_desktop.workspace.identity import this_identity

if TYPE_CHECKING:
    from geohazard_desktop.checks.bench import Repair
    from geohazard_desktop.desktop.main_window import MainWindow

_MOST_LOOKED_AT = 500  # features of a group that the map goes to


class ChecksDesk(QObject):
    def __init__(self, window: "MainWindow", jobs: Jobs, shares: SharesDesk) -> None:
        super().__init__(window)
        self._window = window
        self.runs = ChecksRuns(window, jobs, shares)
        self.runs.told.connect(self._show)
        self.runs.edited.connect(self._edited)
        self._repair: tuple[Finding, Repair] | None = None
        self._shown_before = ""  # the finding whose price a change put away
        self.marks = FindingMarks(window.layers.visible)
        window.map.canvas.overlays.append(self.marks.paint)
        window.session.closing.connect(self._forget)
        self.sheet = FindingsSheet(window, jobs)
        panel = window.checks
        panel.located.connect(self.locate)
        panel.repair_asked.connect(self.repair)
        panel.repair_all_asked.connect(self.repair_all)
        panel.field_asked.connect(self.open_field)
        panel.setting_asked.connect(window.files.fill_setting)
        panel.aside_asked.connect(self.ask_aside)
        panel.back_asked.connect(self.take_back)
        panel.export_asked.connect(self.sheet.export)
        panel.select_asked.connect(self.select)
        panel.cards_asked.connect(self.print_cards)
        panel.appeared.connect(self._appeared)

    def table(self) -> dict[str, Callable[[], object]]:
        return {
            "check.run": self.runs.run,
            "check.next": lambda: self._step(1),
            "check.previous": lambda: self._step(-1),
            "check.repair": self._repair_current,
            "check.export": self.sheet.export,
            "check.marks": self._toggle_marks,
            **self.runs.unasked.table(),
        }

    @property
    def done(self) -> bool:
        """Whether the whole workspace has been looked at."""
        return self.runs.done

    @property
    def outdated(self) -> bool:
        """Whether more was changed than what the look at single places could judge."""
        return self.runs.outdated

    @property
    def busy(self) -> bool:
        return self.runs.busy

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self._put_away()
        self.marks.set_findings([])
        self._window.layers.marks.set_findings({})
        self._window.checks.show_findings([], [], {}, "")

    def _edited(self) -> None:
        again = self._window.checks.priced or self._shown_before
        self._put_away()
        self._shown_before = again

    def _appeared(self) -> None:
        """Somebody looks at the list: the map shows where its findings are."""
        if self.runs.unseen:
            self.runs.unseen = frozenset()
            self.marks.set_findings(self._window.checks.findings)
            self._window.map.canvas.update()

    def _show(self) -> None:
        window = self._window
        ws = window.session.workspace
        try:
            shown, kept = parted(self.runs.found, asides_of(ws))
        except GeohazardError as error:
            reporter().error(error)
            return
        titles = {one.table: one.title for one in ws.definitions.values()}
        window.checks.show_findings(shown, kept, titles, self.runs.moment())
        self.marks.set_findings([one for one in shown if one.key not in self.runs.unseen])
        window.layers.marks.set_findings(by_layer(shown))
        window.map.canvas.update()
        window.following.tell_checks()
        window.refresh()
        self._propose_again()

    def show(self, finding: Finding) -> None:
        """The finding in the list, current."""
        self._window.side.setCurrentWidget(self._window.checks)
        self._window.checks.go(finding)

    def show_layer(self, layer: str) -> None:
        self._window.side.setCurrentWidget(self._window.checks)
        self._window.checks.show_layer(layer)

    def _toggle_marks(self) -> None:
        self.marks.shown = not self.marks.shown
        self._window.center.check("check.marks", self.marks.shown)
        self._window.map.canvas.update()

    # -- one finding -----------------------------------------------------------------------------------------------

    def _step(self, by: int) -> None:
        self._window.side.setCurrentWidget(self._window.checks)
        self._window.checks.step(by)

    def locate(self, finding: Finding) -> None:
        """Go to the place, select the feature, and show what would mend it with its price."""
        window = self._window
        window.side.setCurrentWidget(window.checks)
        keys = [key for key in finding.features if key[0] in window.session.workspace.definitions]
        if keys:
            window.layers.show_layer(finding.layer)
            window.session.select(keys)
            window.side.setCurrentWidget(window.checks)
        place = finding.place
        if place is not None and not shapely.is_empty(place):
            window.show_map()
            window.map.look_at_place(place.x, place.y)
        self._propose(finding)

    def select(self, findings: Sequence[Finding]) -> None:
        """The features of a group, on the map and in the register; the list stays in sight."""
        window = self._window
        keys = features_of(findings, window.session.workspace.definitions.__contains__)
        layers = dict.fromkeys(layer for layer, _uid in keys)
        for layer in layers:
            window.layers.show_layer(layer)
        window.session.select(keys)
        window.side.setCurrentWidget(window.checks)
        if window.docks["register"].isVisible() and len(layers) == 1 and window.register.layer not in layers:
            window.register.show_layer(*layers)
        if len(keys) <= _MOST_LOOKED_AT:
            window.show_map()
            window.map.look_at_keys_out_of_sight(keys)

    def print_cards(self, findings: Sequence[Finding]) -> None:
        """The list of cards with the households of a group ticked."""
        window = self._window
        window.session.select(
            [
                key
                for key in features_of(findings, window.session.workspace.definitions.__contains__)
                if key[0] == HOUSEHOLDS
            ]
        )
        window.center.run("publish.cards_household")

    def _propose(self, finding: Finding) -> None:
        self._put_away()
        if not finding.fix:
            return
        from geohazard_desktop.checks.repair import repair_of

        panel = self._window.checks
        reason = self._window.session.read_only_reason()
        if reason:
            panel.show_price(finding, reason, ready=False)
            return
        try:
            made = repair_of(self._window.session.workspace, finding)
        except GeohazardError as error:
            panel.show_price(finding, f"{error.sentence}{error.remedy}", ready=False)
            return
        if made is not None and not made.edit.deltas:
            panel.show_price(finding, made.price, ready=False)
        elif made is not None:
            self._repair = (finding, made)
            self.marks.proposal = made.outlines
            panel.show_price(finding, _("修法：{price}").format(price=made.price), ready=True)
            self._window.map.canvas.update()

    def _propose_again(self) -> None:
        """What a change put away is made anew of what the file says now, while its finding is the current one."""
        current = self._window.checks.current
        if current is not None and current.key == self._shown_before:
            self._propose(current)
        self._shown_before = ""

    def _put_away(self) -> None:
        self._window.checks.put_price_away()
        self._repair, self._shown_before = None, ""
        self.marks.proposal = ()
        self._window.map.canvas.update()

    def repair(self, finding: Finding) -> None:
        """Take the repair that is shown; show it first where another one or none is."""
        if self._repair is None or self._repair[0].key != finding.key:
            self._window.checks.go(finding)
            return
        made = self._repair[1]
        self._put_away()
        self._take(made.edit, _("{words}：{price}。").format(words=made.edit.words, price=made.price))

    def _repair_current(self) -> None:
        current = self._window.checks.current
        if current is not None and current.opens and not current.fix:
            self.open_field(current)
            return
        if current is None or not current.fix:
            self._window.banner.say("info", _("这一条没有现成的修法，请照提示改。"))
            return
        self.repair(current)

    def open_field(self, finding: Finding) -> None:
        """Only a hand can put it right: the form opens, the cursor in the field that is meant."""
        self._window.checks.go(finding)
        self._window.side.setCurrentWidget(self._window.form)
        self._window.form.show_field(finding.opens)

    def repair_all(self, findings: list[Finding]) -> None:
        from geohazard_desktop.checks.repair import repair_all

        if self._window.session.read_only_reason():
            self._window.banner.say("info", self._window.session.read_only_reason())
            return
        batch = repair_all(self._window.session.workspace, findings)
        self._put_away()
        if batch.count:
            self._take(batch.edit, _("{words}。").format(words=batch.edit.words))
        if batch.left:
            words = _("有 {count} 处没有修：{first}").format(count=len(batch.left), first=batch.left[0])
            self._window.banner.say("warning", words, _("请逐条看。"))

    def _take(self, edit: object, told: str) -> None:
        window = self._window
        if window.session.apply(edit):  # type: ignore[arg-type]
            say_done(window, told)

    # -- set aside -------------------------------------------------------------------------------------------------

    def ask_aside(self, finding: Finding) -> None:
        from geohazard_desktop.desktop.checking.aside_dialog import AsideDialog

        dialog = AsideDialog(self._window, finding)
        if dialog.exec():
            self.set_aside(finding, dialog.reason)
        dialog.deleteLater()

    def set_aside(self, finding: Finding, reason: str) -> None:
        session = self._window.session
        with reporter().guard():
            edit = set_aside(session.workspace, finding, reason, this_identity().actor, datetime.now())
            self._take(edit, _("这条提醒搁置了，在“搁置”里能恢复。"))
        self._show()

    def take_back(self, asides: list[Aside]) -> None:
        with reporter().guard():
            self._take(
                take_back(self._window.session.workspace, asides), _("恢复了 {n} 条提醒。").format(n=len(asides))
            )
        self._show()
