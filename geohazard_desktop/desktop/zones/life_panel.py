"""过程: the life of the selected danger zones in their form. Where they stand, what is next, what was entered.

A zone that was just drawn has no entry: it is a draft because no document says otherwise, not because somebody said so.
The day and reason of the drafting may be entered as a step; the program invents neither.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from geohazard_desktop.analysis.zone_recording import life_of_zone, register_of, why_not_yet
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.form_sections import FormSection
from geohazard_desktop.desktop.parts import FlowLayout, button, label, line
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.zones.step_form import Draft, StepForm
from geohazard_desktop.desktop.zones.stepper import Dot, ZoneStepper
from geohazard_desktop.desktop.zones.words import (
    button_words,
    entry_line,
    next_state,
    next_words,
    patrol_words,
    standing_order,
    state_words,
)
from geohazard_desktop.domain.lifecycle import signed, steps
from geohazard_desktop.domain.season import season_of
from geohazard_desktop.domain.zone_register import Entry, Life, may_follow, shown_state
from geohazard_desktop.workspace.edits.zone_events import follow_register
from geohazard_desktop.workspace.feature import Delta, Feature

ZONES = "danger_zone"
_WATCHED = {"zone_event", "warning_sign", "patrol", "setting"}


class _Memory:
    """What is being filled in, beyond the life of one panel: the form around it is made anew now and then."""

    def __init__(self) -> None:
        self.draft: Draft | None = None
        self.unfolded = False


_memory = _Memory()


class ZoneLifePanel(FormSection):
    """The section of one zone's form, or of several zones'."""

    covers = ("zone_event",)

    def __init__(self, session: Session, zones: Sequence[Feature]) -> None:
        super().__init__()
        self._session, self._memory = session, _memory
        self._uids = tuple(one.uid for one in zones)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.form: StepForm | None = None
        self._body: QWidget | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        if _memory.draft is not None and _memory.draft.uids != self._uids:
            _memory.draft = None
        session.changed.connect(self._changed)
        self.refresh()

    def _changed(self, deltas: list[Delta]) -> None:
        uids = set(self._uids)
        if any(one.layer in _WATCHED or (one.layer == ZONES and one.uid in uids) for one in deltas):
            self._later.start()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        if self._session.ws is None:
            return
        ws = self._session.workspace
        zones = [one for one in (ws.feature(ZONES, uid) for uid in self._uids) if one is not None]
        lives = [life_of_zone(ws, one.uid) for one in zones]
        held = self.form.focused() if self.form is not None else ""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        self.form = None
        if len(zones) == 1:
            self._build_one(column, zones[0], lives[0])
        elif zones:
            self._build_several(column, zones, lives)
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = body
        self._column.addWidget(body)
        if self.form is not None and held in self.form.fields:
            self.form.fields[held].input.setFocus()

    def _build_one(self, column: QVBoxLayout, zone: Feature, life: Life) -> None:
        ws, today = self._session.workspace, date.today()
        self.stepper = ZoneStepper()
        self.stepper.show_dots(_dots(life))
        column.addWidget(self.stepper)
        self.state = label(state_words(life), "reminder" if life.evacuation is not None else "", wrap=True)
        column.addWidget(self.state)
        notes = [next_words(ws, zone, life, today), patrol_words(ws, zone, life, in_season=self._in_season(today))]
        self.next = label("\n".join(one for one in notes if one), "note", wrap=True)
        column.addWidget(self.next)
        self.next.setVisible(bool(self.next.text()))  # only now: without a parent it would be a window of its own
        self._build_imported(column, zone, life)
        draft = self._memory.draft
        if draft is not None and not draft.entry:
            self._build_form(column, [zone], draft, None)
        else:
            self._build_buttons(column, [zone], [life])
        self._build_entries(column, zone, life)
        column.addWidget(line())

    def _build_several(self, column: QVBoxLayout, zones: list[Feature], lives: list[Life]) -> None:
        counts = Counter(shown_state(one) for one in lives)
        told = "，".join(_("{count} 个{state}").format(count=count, state=state) for state, count in counts.items())
        self.state = label(_("过程：") + told + "。", wrap=True)
        column.addWidget(self.state)
        draft = self._memory.draft
        if draft is not None:
            able = [one for one, life in zip(zones, lives, strict=True) if self._able(one, life, draft.step)]
            if able:
                self._build_form(column, able, draft, None)
            else:
                self._memory.draft = None
        if self.form is None:
            self._build_buttons(column, zones, lives)
        column.addWidget(line())

    def _build_imported(self, column: QVBoxLayout, zone: Feature, life: Life) -> None:
        """A state that came with the data and that no entry bears out: said, kept, and changed only when asked."""
        held = zone.text("state")
        if not held or held == life.state:
            return
        words = _("数据里写着“{held}”，登记只能证明“{state}”：图和卡上按“{state}”印。请补登记。")
        column.addWidget(label(words.format(held=held, state=life.state), "reminder", wrap=True))
        if not self._session.read_only_reason():
            row = QHBoxLayout()
            words = _("按登记改成“{state}”").format(state=life.state)
            row.addWidget(button(words, lambda: self._settle(zone), size="small"))
            row.addStretch(1)
            column.addLayout(row)

    def _build_buttons(self, column: QVBoxLayout, zones: list[Feature], lives: list[Life]) -> None:
        if self._session.read_only_reason():
            return
        row = QWidget()
        flow = FlowLayout(row, spacing=theme().px(6), margin=0)
        whole = True
        offered = {name for life in lives for name in may_follow(life)}
        following = next_state(lives[0]) if len(lives) == 1 else ""
        for one in steps():
            if one.name not in offered:
                continue
            able = [zone for zone, life in zip(zones, lives, strict=True) if self._able(zone, life, one.name)]
            words = button_words(one.name, len(able), several=len(zones) > 1)
            first = one.name == following and bool(able)
            made = button(words, lambda name=one.name: self.open(name), size="small", primary=first)
            made.setEnabled(bool(able))
            made.setToolTip(f"{one.meaning}（{one.source.words}）")
            if not able:
                made.setToolTip(why_not_yet(self._session.workspace, zones[0], lives[0], one.name))
            whole = whole and len(able) == len(zones)
            flow.addWidget(made)
        if len(lives) == 1 and signed() in may_follow(lives[0]):
            flow.addWidget(button(_("放警示标志"), lambda: self.asked.emit("draw.warning_sign"), size="small"))
        if flow.count():
            column.addWidget(row)
        if not whole and len(zones) > 1:
            column.addWidget(label(_("每个按钮只登记轮到这一步的几个，其余的不动。"), "small", wrap=True))

    def _build_form(self, column: QVBoxLayout, zones: list[Feature], draft: Draft, entry: Entry | None) -> None:
        self.form = StepForm(self._session, zones, draft, entry)
        self.form.closed.connect(self._closed)
        self.form.recorded.connect(self._recorded)
        column.addWidget(self.form)

    def _build_entries(self, column: QVBoxLayout, zone: Feature, life: Life) -> None:
        if not life.entries:
            return
        memory, read_only = self._memory, bool(self._session.read_only_reason())
        wanted = memory.unfolded or (memory.draft is not None and bool(memory.draft.entry))
        words = _("收起登记") if wanted else _("看全部登记，{count} 条").format(count=len(life.entries))
        self.unfold = button(words, self._fold, flat=True, size="small")
        row = QHBoxLayout()
        row.addWidget(self.unfold)
        row.addStretch(1)
        everything = button(_("全部危险区过程"), lambda: self.asked.emit("tools.zone_events"), flat=True, size="small")
        row.addWidget(everything)
        column.addLayout(row)
        for one in life.entries if wanted else ():
            column.addLayout(self._entry(zone, one, read_only=read_only))

    def _entry(self, zone: Feature, one: Entry, *, read_only: bool) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(theme().px(1))
        head = QHBoxLayout()
        told = "　".join(part for part in (one.text("date"), one.text("time")) if part)
        head.setSpacing(theme().px(8))
        head.addWidget(label(one.step, "strong"))
        head.addWidget(label(told, "note"), 1)
        if not one.void and not read_only:
            fix = button(_("更正"), lambda: self.correct(one.uid, one.step), flat=True, size="small")
            fix.setAccessibleName(_("更正{step}").format(step=one.step))
            head.addWidget(fix)
        rows.addLayout(head)
        for words, role in _entry_notes(one):
            rows.addWidget(label(words, role, wrap=True))
        draft = self._memory.draft
        if draft is not None and draft.entry == one.uid:
            self._build_form(rows, [zone], draft, one)
        return rows

    def _fold(self) -> None:
        memory = self._memory
        memory.unfolded = not (memory.unfolded or (memory.draft is not None and bool(memory.draft.entry)))
        if memory.draft is not None and memory.draft.entry:
            memory.draft = None
        self._later.start()

    def unfinished(self) -> bool:
        return self._memory.draft is not None

    # -- what is asked ---------------------------------------------------------------------------------------------

    def open(self, name: str) -> None:
        """Show the form of a step."""
        self._memory.draft = Draft(self._uids, name)
        self.refresh()
        self._show_form()

    def correct(self, uid: str, name: str) -> None:
        """Show the form that corrects an entry."""
        self._memory.draft = Draft(self._uids, name, uid)
        self.refresh()
        self._show_form()

    def _show_form(self) -> None:
        if self.form is not None:
            self.form.focus()
            QTimer.singleShot(0, self, self._scroll)

    def _scroll(self) -> None:
        from PySide6.QtWidgets import QScrollArea

        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self.form is not None:
            above.ensureWidgetVisible(self.form.take)
            above.ensureWidgetVisible(next(iter(self.form.fields.values())))

    def _closed(self) -> None:
        self._memory.draft = None
        self._later.start()

    def _recorded(self, words: str) -> None:
        self._memory.draft = None
        self._later.start()
        reporter().say("done", _("已记入登记：{words}").format(words=words))

    def _settle(self, zone: Feature) -> None:
        ws = self._session.workspace
        try:
            self._session.apply(follow_register(ws.definitions, zone, register_of(ws, zone.uid)))
        except GeohazardError as error:
            reporter().error(error)

    def _able(self, zone: Feature, life: Life, name: str) -> bool:
        return name in may_follow(life) and not why_not_yet(self._session.workspace, zone, life, name)

    def _in_season(self, today: date) -> bool:
        try:
            season = season_of(self._session.workspace.settings())
        except GeohazardError:
            return False  # the check of the settings says it
        return season is not None and season.contains(today)


def _entry_notes(one: Entry) -> list[tuple[str, str]]:
    found = [(entry_line(one), "note"), (one.text("finding"), "small"), (one.text("text"), "small")]
    if one.corrections:
        reason = str(one.corrections[-1].get("reason") or "").strip()
        word = _("已作废：{reason}") if one.void else _("已更正：{reason}")
        found.append((word.format(reason=reason or "—"), "reminder"))
    elif not one.counts:
        found.append((_("不算：{fault}").format(fault=one.fault), "reminder"))
    return [pair for pair in found if pair[0]]


def _dots(life: Life) -> list[Dot]:
    order = standing_order()
    at = order.index(life.state)
    found = []
    for index, name in enumerate(order):
        entry = life.last(name)
        skipped = index < at and entry is None and index > 0
        found.append(
            Dot(
                name,
                entry.text("date") if entry is not None else "",
                reached=index <= at and not skipped,
                current=index == at,
                tip=entry.text("document_no") if entry is not None else "",
            )
        )
    return found
