"""The form of one step of one or several danger zones, or of a correction: what is asked, what will be entered, and
that it can't be undone. Nothing is entered before its words have been shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout

from geohazard_desktop.analysis.hazard_links import hazard_point_of
from geohazard_desktop.analysis.warning_signal import common_signal
from geohazard_desktop.analysis.zone_recording import actors, correct, government, life_of_zone, people_doubt, record
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.zones.step_fields import StepField
from geohazard_desktop.desktop.zones.words import recorded_words
from geohazard_desktop.domain.lifecycle import moving_out, step
from geohazard_desktop.domain.zone_register import Entry, entry_words, field_faults
from geohazard_desktop.workspace.feature import Feature, Value

_SHORT = ("time", "people_moved")


@dataclass
class Draft:
    """What is being filled in, kept while the panel around it is made anew. `entry` is the uid of an entry to be
    corrected, "" for a new step."""

    uids: tuple[str, ...]
    step: str
    entry: str = ""
    void: bool = False
    values: dict[str, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    asked: str = ""  # the doubt that was told; said again, it is answered


class StepForm(QFrame):
    """`closed` when it was given up, `recorded` (the words) when the entry is on disk."""

    closed = Signal()
    recorded = Signal(str)

    def __init__(self, session: Session, zones: Sequence[Feature], draft: Draft, entry: Entry | None = None) -> None:
        super().__init__()
        self.setObjectName("box")
        self._session, self._zones, self.draft, self._entry = session, list(zones), draft, entry
        self._lives = [life_of_zone(session.workspace, one.uid) for one in zones]
        self.fields: dict[str, StepField] = {}
        self._column = QVBoxLayout(self)
        margin = theme().px(10)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(theme().px(8))
        self._build_head()
        self._build_fields()
        self._build_foot()
        self._follow()

    # -- building --------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        if self._entry is None:
            self._column.addWidget(label(_("登记“{name}”").format(name=self.draft.step), "strong"))
            return
        self._column.addWidget(label(_("更正{entry}").format(entry=entry_words(self._entry)), "strong", wrap=True))
        self.right = QRadioButton(_("内容记错了，改成下面这样"))
        self.gone = QRadioButton(_("这一条整个作废"))
        (self.gone if self.draft.void else self.right).setChecked(True)
        for one in (self.right, self.gone):
            self._column.addWidget(one)
            one.toggled.connect(lambda _on: self._turn())

    def _build_fields(self) -> None:
        found = step(self.draft.step)
        assert found is not None
        pending: StepField | None = None
        for name in found.fields:
            made = self._add(name, found.title(name), required=name in found.needs)
            if name in _SHORT and pending is None:
                pending = made
                continue
            if name in _SHORT and pending is not None:
                row = QHBoxLayout()
                row.addWidget(pending, 1, Qt.AlignmentFlag.AlignTop)
                row.addWidget(made, 1, Qt.AlignmentFlag.AlignTop)
                self._column.addLayout(row)
                pending = None
                continue
            self._column.addWidget(made)
        if pending is not None:
            self._column.addWidget(pending)
        if self._entry is not None:
            self._column.addWidget(self._add("reason", _("更正原因"), required=True))
        if not self.draft.values:
            self.draft.values = self._first_values()
        for name, made in self.fields.items():
            made.set_value(self.draft.values.get(name, ""))
            made.touched = name in self.draft.touched
            made.changed.connect(self._follow)
            made.left.connect(self._follow)

    def _add(self, name: str, title: str, *, required: bool) -> StepField:
        choices = actors(self._session.workspace) if name == "actor" else ()
        if name == "people_moved":
            title = _("{title}（人）").format(title=title)
        made = StepField(name, title, required=required, choices=choices)
        self.fields[name] = made
        return made

    def _first_values(self) -> dict[str, str]:
        """What is known without asking: what stands in the entry to be corrected; who usually does the step."""
        if self._entry is not None:
            return {name: self._entry.text(name) for name in self.fields if name != "reason"}
        ws = self._session.workspace
        found = step(self.draft.step)
        official = found is not None and found.needs_document
        values = {"actor": government(ws) if official else ws.setting("office.name")}
        if self.draft.step == moving_out():
            signal = common_signal(ws.settings(), self._zones, lambda one: hazard_point_of(ws, one))
            values["signal"] = signal.words or ""
        return values

    def _build_foot(self) -> None:
        self._column.addWidget(label(_("将记入登记："), "label"))
        self.told = label("", wrap=True)
        self._column.addWidget(self.told)
        self._column.addWidget(label(_("记入后不能撤销，也不能删改；记错了再登记一条“更正”。"), "reminder", wrap=True))
        self.refusal = label("", "error", wrap=True)
        self._column.addWidget(self.refusal)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("不登记"), self.closed.emit, size="small"))
        count = len(self._zones)
        words = _("记入这 {count} 个") if count > 1 else _("记入“{name}”")
        words = words.format(count=count, name=self.draft.step)
        if self._entry is not None:
            words = _("记入更正")
        self.take = button(words, self._record, primary=True, size="small")
        row.addWidget(self.take)
        self._column.addLayout(row)

    # -- what is filled in -----------------------------------------------------------------------------------------

    def values(self) -> dict[str, Value]:
        """The register's fields as filled in; people as a number where it is one."""
        found: dict[str, Value] = {}
        for name, made in self.fields.items():
            text = made.value()
            if name == "reason" or not text:
                continue
            plain = text.removesuffix("人").strip()
            found[name] = int(plain) if name == "people_moved" and plain.isdecimal() else text
        return found

    def faults(self) -> dict[str, str]:
        """What is wrong, a sentence by field."""
        values = self.values()
        found: dict[str, str] = {}
        if not self.draft.void:
            for life in self._lives:
                told = field_faults(life, self.draft.step, values, today=date.today(), correcting=self.draft.entry)
                found = {**told, **found}
            if isinstance(values.get("people_moved"), str):
                found["people_moved"] = _("写成整数，如 128。")
        if self._entry is not None and not self.fields["reason"].value():
            found["reason"] = _("还没有填。")
        return found

    def _follow(self) -> None:
        self.draft.values = {name: made.value() for name, made in self.fields.items()}
        self.draft.touched = {name for name, made in self.fields.items() if made.touched}
        faults = self.faults()
        for name, made in self.fields.items():
            made.show_fault(faults.get(name, ""))
            made.setVisible(not self.draft.void or name == "reason")
        self.refusal.setVisible(bool(self.refusal.text()))
        self.told.setText(self.words())

    def words(self) -> str:
        ws = self._session.workspace
        if self._entry is None:
            return recorded_words(ws, self._zones, self.draft.step, self.values())
        reason = self.fields["reason"].value() or _("（原因未填）")
        if self.draft.void:
            return _("{entry}作废，原因：{reason}。").format(entry=entry_words(self._entry), reason=reason.rstrip("。"))
        told = recorded_words(ws, self._zones, self.draft.step, self.values())
        return _("更正为：{told}原因：{reason}。").format(told=told, reason=reason.rstrip("。"))

    def _turn(self) -> None:
        self.draft.void = self.gone.isChecked()
        self._follow()

    def focused(self) -> str:
        """The name of the field that has the keyboard, "" for none."""
        now = QApplication.focusWidget()
        return next((name for name, one in self.fields.items() if now is not None and one.isAncestorOf(now)), "")

    def focus(self) -> None:
        """The first field that is still empty takes the keyboard."""
        empty = (one for one in self.fields.values() if not one.value() and not one.isHidden())
        first = next(empty, next(iter(self.fields.values())))
        first.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _record(self) -> None:
        faults = self.faults()
        if faults:
            for made in self.fields.values():
                made.touched = True
            self._follow()
            first = next((self.fields[one] for one in self.fields if one in faults), None)
            if first is not None:
                first.input.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        ws = self._session.workspace
        doubt = "" if self.draft.void else people_doubt(ws, self._zones, self.draft.step, self.values())
        if doubt != self.draft.asked:
            self.draft.asked = doubt
            self.refusal.setText(doubt)
            self.refusal.setVisible(bool(doubt))
            if doubt:
                return
        try:
            if self._entry is None:
                fresh = [ws.feature(zone.layer, zone.uid) or zone for zone in self._zones]
                edit = record(ws, fresh, self.draft.step, self.values(), today=date.today())
            else:
                zone = ws.feature(self._zones[0].layer, self._zones[0].uid) or self._zones[0]
                values: Mapping[str, Value] | None = None if self.draft.void else self.values()
                reason = self.fields["reason"].value()
                edit = correct(ws, zone, self.draft.entry, values, reason, today=date.today())
        except GeohazardError as error:
            self.refusal.setText(str(error))
            self.refusal.show()
            return
        told = self.words()
        if self._session.apply(edit):
            self.recorded.emit(told)
        else:
            self.refusal.setText(_("没有存上，原因在地图上方。"))
            self.refusal.show()
