"""迁出 and 停用 at the head of a form: whether a household or a shelter still counts, and the button for it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.endings.handlers import COMMANDS_OF
from geohazard_desktop.desktop.forms.form_sections import FormSection
from geohazard_desktop.desktop.parts import button, emptied, label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.dates import day_words, has_come, parse_day
from geohazard_desktop.domain.endings import ENDED_ON, REASON
from geohazard_desktop.workspace.feature import Delta, Feature


class EndingSection(FormSection):
    def __init__(self, session: Session, feature: Feature) -> None:
        super().__init__()
        self._session, self._feature = session, feature
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(6))
        self._fill()

    def follow(self, deltas: Sequence[Delta]) -> None:
        mine = [one for one in deltas if one.uid == self._feature.uid and one.after is not None]
        if mine and mine[-1].after is not None:
            self._feature = mine[-1].after
            self._fill()

    def _fill(self) -> None:
        emptied(self._column)
        told = ending_words(self._feature)
        if told:
            self._column.addWidget(label(told, "reminder", wrap=True))
        if self._session.read_only_reason():
            return
        out, back = COMMANDS_OF[self._feature.layer]
        home = self._feature.layer == "household"
        words = (_("迁回") if home else _("重新启用")) if told else (_("迁出…") if home else _("停用…"))
        command = back if told else out
        row = QHBoxLayout()
        row.addWidget(button(words, lambda: self.asked.emit(command), size="small"))
        row.addStretch(1)
        self._column.addLayout(row)


def ending_words(feature: Feature) -> str:
    """2026 年 11 月 29 日已迁出：…; "" while no end is written down."""
    text = feature.text(ENDED_ON[feature.layer])
    day = parse_day(text)
    if not text:
        return ""
    shown = text if day is None else day_words(day)
    home = feature.layer == "household"
    if day is None:
        told = _("{day}不是日期，看不出从哪天起不算。").format(day=shown)
    elif has_come(text):
        told = _("{day}已迁出") if home else _("{day}已停用")
        told = told.format(day=shown)
    else:
        told = (_("{day}起迁出，到那天才生效") if home else _("{day}起停用，到那天才生效")).format(day=shown)
    reason = feature.text(REASON[feature.layer])
    return told + (_("：{reason}").format(reason=reason) if reason else "")


def ending_section(session: Session, feature: Feature) -> FormSection | None:
    """None where the office's layer has no such field."""
    definition = session.workspace.definitions[feature.layer]
    return EndingSection(session, feature) if ENDED_ON[feature.layer] in definition.by_name else None
