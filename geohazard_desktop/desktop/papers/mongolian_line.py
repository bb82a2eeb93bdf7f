"""Below the options: 蒙汉双语 is switched on and texts are missing. Which, and one click to where they are typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.product import OptionValue, Product
from geohazard_desktop.workspace.feature import Delta

# By product: the group of phrases (bilingual_phrases.GROUPS) that its paper asks for; a map's are its titles.
_GROUPS = {
    "zone_notice": "notice",
    "lift_notice": "notice",
    "signs": "sign",
    "signs_zone": "sign",
    "stickers_household": "sticker",
    "stickers_zone": "sticker",
}
_NAMED = 2
_LISTED = 30


class MongolianLine(QWidget):
    """`asked`: somebody wants to type them. In sight only where something is missing."""

    asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._group = ""  # "": nothing is asked for
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        self.words = label("", "note", wrap=True)
        column.addWidget(self.words)
        self.fill = button(_("填蒙古文…"), self.asked.emit, size="small")
        column.addWidget(self.fill, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()
        session.changed.connect(self._followed)

    def show_product(self, product: Product, value: OptionValue | None) -> None:
        """`value` of its option 蒙汉双语; None for a product that has none."""
        self._group = _GROUPS.get(product.key, "sheet") if value else ""
        self._settle()

    def _followed(self, deltas: Sequence[Delta]) -> None:
        """Texts are rows of `setting`; a zone that gets another name is asked about when the product is chosen."""
        if self._group and any(one.layer == "setting" for one in deltas):
            self._settle()

    def _settle(self) -> None:
        from geohazard_desktop.publishing.typeset.bilingual_phrases import GROUPS, phrases_of
        from geohazard_desktop.workspace.edits.bilingual import mongolian_texts

        ws = self._session.ws
        lacking: list[str] = []
        if ws is not None and self._group:
            texts = mongolian_texts(ws)
            lacking = [one.chinese for one in phrases_of(ws) if one.group == self._group and one.key not in texts]
        self.setVisible(bool(lacking))
        if not lacking:
            return
        named = "、".join(f"“{one}”" for one in lacking[:_NAMED])
        more = _("等 {count} 处").format(count=len(lacking)) if len(lacking) > _NAMED else ""
        words = _("{group}里{named}{more}还没有填蒙古文，只印汉文。")
        self.words.setText(words.format(group=GROUPS[self._group], named=named, more=more))
        self.words.setToolTip("\n".join([*lacking[:_LISTED], *(["……"] if len(lacking) > _LISTED else [])]))
