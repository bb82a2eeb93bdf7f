"""One line above a previewed sheet: the layers that are unticked in the window and printed on it all the same."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme

if TYPE_CHECKING:
    from geohazard_desktop.desktop.pages.preview_hands import PreviewHands

_NAMED = 6


class UntickedLayers:
    """`line` goes into the page's column. A sheet shows what its kind is for, whoever looks at what on the screen;
    who has switched a layer off may believe that it is off the paper too."""

    def __init__(self, session: Session, hands: "PreviewHands") -> None:
        self._session, self._hands = session, hands
        self.ticked: Callable[[str], bool] = lambda _layer: True  # set by who knows the layer tree
        self.filtered: Callable[[str], bool] = lambda _layer: False
        self.line: QLabel = label("", "note", wrap=True)
        self.line.setContentsMargins(theme().px(14), 0, theme().px(10), theme().px(5))
        self.line.hide()

    def settle(self) -> None:
        """Say what is so for the page at hand and the ticks of now."""
        sheet, ws = self._hands.sheet, self._session.ws
        tables = () if sheet is None or ws is None else sheet.layers
        titles = [] if ws is None else [ws.definition(one).title for one in tables if not self.ticked(one)]
        filtered = [] if ws is None else [ws.definition(one).title for one in tables if self.filtered(one)]
        said = []
        if titles:
            words = _("左边没有勾、这张图上照样印的图层：{layers}。勾只管屏幕，印哪些图层由图的种类定。")
            said.append(words.format(layers=_listed(titles)))
        if filtered:
            words = _("图上筛选着、这张图上照样全印的图层：{layers}。筛选只管屏幕。")
            said.append(words.format(layers=_listed(filtered)))
        self.line.setVisible(bool(said))
        self.line.setText("\n".join(said))


def _listed(titles: Sequence[str]) -> str:
    told = "、".join(titles[:_NAMED])
    return told + _("等 {count} 个").format(count=len(titles)) if len(titles) > _NAMED else told
