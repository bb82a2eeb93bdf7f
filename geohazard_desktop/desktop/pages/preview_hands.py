"""What is changed by hand on a sheet's preview: its names, its extent, 您在这里; one at a time.

While the hand is at work the page is set anew in memory, and nothing is issued: a sheet on which ten names are moved
must not have ten versions. When the hand is done with a sheet that was issued, it is issued anew, once.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.papers.publish_process import PREVIEW
from geohazard_desktop.desktop.papers.publisher import Order, Result
from geohazard_desktop.desktop.parts import button
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits.labels import LABELS, SHEETS
from geohazard_desktop.workspace.feature import Delta

if TYPE_CHECKING:
    from geohazard_desktop.desktop.pages.preview_extent import PreviewExtent
    from geohazard_desktop.desktop.pages.preview_here import PreviewHere
    from geohazard_desktop.desktop.pages.preview_labels import PreviewLabels
    from geohazard_desktop.desktop.pages.preview_page import PreviewPage
    from geohazard_desktop.publishing.report import SheetMap

Hand = Literal["labels", "extent", "here", ""]
_BUTTONS: Sequence[tuple[Hand, str, str, str]] = (
    ("labels", _("移动注记"), "label-move", _("把图上的名称拖到合适的地方，马上重排这一页。")),
    ("extent", _("调整范围"), "extent", _("拖动地图、换比例尺，马上重排这一页；再出图还是这个范围。")),
    ("here", _("您在这里"), "here", _("在图上点一下这张图要贴在哪里，印上“您在这里”。")),
)


class PreviewHands(QObject):
    """`reset_asked` (Order): the page is to be set anew, to be looked at. `issue_asked` (Order): the hand is done, the
    sheet is to be issued as it is now. `moving_changed`: a hand is at work or no longer. `turned`: another one is."""

    reset_asked = Signal(object)
    issue_asked = Signal(object)
    moving_changed = Signal(bool)
    turned = Signal()

    def __init__(self, session: Session, page: "PreviewPage") -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self.at_hand: Hand = ""
        self.labels: PreviewLabels | None = None
        self.extent: PreviewExtent | None = None
        self.here: PreviewHere | None = None
        self.waiting_to_issue = False  # what is shown is no longer what was issued
        self._orders: dict[Path, tuple[Order, SheetMap]] = {}
        self.buttons: dict[Hand, QPushButton] = {}
        for key, words, icon, _told in _BUTTONS:
            made = button(words, lambda key=key: self.turn(key), size="small", icon_name=icon)  # type: ignore[misc]
            made.setCheckable(True)
            self.buttons[key] = made
        session.changed.connect(self._changed)
        session.closing.connect(self._closing)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def remember(self, result: Result) -> None:
        """What was made, and where its names stand: only a sheet that this window set can be changed by hand."""
        if result.order.what not in PRODUCTS:
            return  # the files of an order list are many products'
        for one in result.maps:
            path = one.path or result.files[0]
            order = result.order
            if one.subject[0]:  # one of many: this one alone is set anew
                order = replace(order, options={**order.options, "uids": [one.subject[1]]})
            self._orders[path] = order, one
            if path == self._page.path:
                self.waiting_to_issue = False

    def take_anew(self, result: Result) -> None:
        """The page at hand, set anew."""
        path = self._page.path
        if path in self._orders and result.maps:
            self._orders[path] = self._orders[path][0], result.maps[0]

    def show(self) -> None:
        """Another page came into sight."""
        self.leave(issue=False)
        self.waiting_to_issue = False
        self.settle()

    def show_again(self) -> bool:
        """The page under the hand as it is now. False where no hand may be laid on it."""
        known = self._known()
        widget = self._widget(self.at_hand)
        if known is None or widget is None:
            return False
        widget.show_sheet(self._page.document, known[1])
        return True

    def settle(self) -> None:
        """Which hands may be laid on the page."""
        reason = self._session.read_only_reason() if self._session.ws is not None else _("没有打开工作文件。")
        known = self._known()
        if known is None:
            reason = _("只有这次打开后出的警示图能移动注记、调整范围；请再出一次图。")
        for key, _words, _icon, told in _BUTTONS:
            self.buttons[key].setEnabled(not reason)
            self.buttons[key].setToolTip(reason or told)
        self.buttons["here"].setVisible(known is not None and known[1].for_street)

    @property
    def sheet(self) -> "SheetMap | None":
        """The map on the page at hand; None where this window did not set it."""
        known = self._known()
        return None if known is None else known[1]

    def _known(self) -> "tuple[Order, SheetMap] | None":
        return self._orders.get(self._page.path) if self._page.path is not None else None

    # -- hands -----------------------------------------------------------------------------------------------------

    def turn(self, key: Hand) -> None:
        """Lay this hand on the page; the one that lies on it is taken away."""
        known = self._known()
        if self.at_hand == key or known is None:
            self.leave()
            self.turned.emit()
            return
        self.leave(issue=False)
        widget = self._make(key)
        self.at_hand = key
        self._page.stack.setCurrentWidget(widget)
        self.buttons[key].setChecked(True)
        widget.show_sheet(self._page.document, known[1])
        if self.labels is not None and key == "labels":
            self.labels.look_at_map()
        widget.page.setFocus()
        self.moving_changed.emit(True)
        self.turned.emit()

    def take_labels(self) -> bool:
        """The tool 移动注记, taken while a page is in sight. False: the names of this page can't be moved."""
        if not self.buttons["labels"].isEnabled():
            return False
        if self.at_hand != "labels":
            self.turn("labels")
        return True

    def leave(self, *, issue: bool = True) -> None:
        """The hand is done. A sheet that was issued before is issued as it is now."""
        if self.labels is not None and self.at_hand == "labels":
            self.labels.page.tool.cancel()
        if self.at_hand:
            self.at_hand = ""
            self._page.stack.setCurrentIndex(0)
            self.moving_changed.emit(False)
        for one in self.buttons.values():
            one.setChecked(False)
        known = self._known()
        if issue and self.waiting_to_issue and known is not None:
            self.issue_asked.emit(known[0])

    def _widget(self, key: Hand) -> "PreviewLabels | PreviewExtent | PreviewHere | None":
        return {"labels": self.labels, "extent": self.extent, "here": self.here}.get(key)

    def _make(self, key: Hand) -> "PreviewLabels | PreviewExtent | PreviewHere":
        found = self._widget(key)
        if found is not None:
            return found
        if key == "labels":
            from geohazard_desktop.desktop.pages.preview_labels import PreviewLabels

            found = self.labels = PreviewLabels(self._session)
        elif key == "extent":
            from geohazard_desktop.desktop.pages.preview_extent import PreviewExtent

            found = self.extent = PreviewExtent(self._session)
            found.left.connect(lambda: self.turn("extent"))
        else:
            from geohazard_desktop.desktop.pages.preview_here import PreviewHere

            found = self.here = PreviewHere(self._session)
            found.left.connect(lambda: self.turn("here"))
        self._page.stack.addWidget(found)
        return found

    # -- what changes ----------------------------------------------------------------------------------------------

    def _changed(self, deltas: Sequence[Delta]) -> None:
        """A name was moved here, or the extent changed, or that was undone: set the page anew."""
        known = self._known()
        widget = self._widget(self.at_hand)
        if widget is None or known is None or not self._page.isVisible():
            return
        if any(one.layer in (LABELS, SHEETS) for one in deltas):
            widget.waiting()
            self.waiting_to_issue = not known[0].options.get(PREVIEW)
            self._page.settle_print()
            self.reset_asked.emit(known[0])

    def not_reset(self) -> None:
        """The page could not be set anew."""
        widget = self._widget(self.at_hand)
        if widget is not None:
            widget.failed()

    def _closing(self) -> None:
        """The names of another workspace are no longer ours to move."""
        self.leave(issue=False)
        self.waiting_to_issue = False
        self._orders.clear()
        for one in (self.labels, self.extent, self.here):
            if one is not None:
                self._page.stack.removeWidget(one)
                one.deleteLater()
        self.labels = self.extent = self.here = None
        self.settle()
