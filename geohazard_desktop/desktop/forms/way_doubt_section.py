"""In the form of a route or a shelter: why the map draws it broken, with a sign. Nothing where it is sound."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.form_sections import FormSection
from geohazard_desktop.desktop.parts import label, severity_label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.cards.asking import ASK_FIRST
from geohazard_desktop.workspace.feature import Feature


class WayDoubtSection(FormSection):
    def __init__(self, session: Session, feature: Feature) -> None:
        super().__init__()
        self._session, self._key = session, (feature.layer, feature.uid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        box = QFrame()
        box.setObjectName("box")
        row = QHBoxLayout(box)
        row.setContentsMargins(theme().px(10), theme().px(8), theme().px(10), theme().px(8))
        row.setSpacing(theme().px(8))
        row.addWidget(severity_label("warning"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme().px(3))
        self.head = label("", "strong", wrap=True)
        self.why = label("", "", wrap=True)
        words.addWidget(self.head)
        words.addWidget(self.why)
        row.addLayout(words, 1)
        column.addWidget(box)
        session.doubts.changed.connect(self._judged)
        self._tell()
        if self.empty:
            self.hide()

    @property
    def empty(self) -> bool:
        return self._session.doubts.of(self._key) is None

    def _judged(self) -> None:
        self._tell()
        self.setVisible(not self.empty)
        holder = self.parentWidget()
        if holder is not None and not self.empty:
            holder.show()

    def _tell(self) -> None:
        doubt = self._session.doubts.of(self._key)
        if doubt is None:
            return
        over = doubt.kind == "over"
        self.head.setText(
            _("不能再用") if over else _("没有问清，不能走") if self._key[0] != "shelter" else _("不能避险")
        )
        asked = _("图和卡上写的是{asking}。").format(asking=ASK_FIRST)
        self.why.setText(doubt.why if over else f"{doubt.why}{asked}")
