"""What people say in a meeting: pinned, answered, stored as steps of the history."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.meetings.hand import LOOK
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.workspace.edits.objections import AREAS, OBJECTIONS, answer_objection, pin_objection
from geohazard_desktop.workspace.later_layers import add_layers

if TYPE_CHECKING:
    from geohazard_desktop.desktop.meetings.window import MeetingWindow


class MeetingObjections:
    def __init__(self, meeting: "MeetingWindow") -> None:
        self._meeting = meeting
        self._area: BaseGeometry | None = None
        meeting.hand.placed.connect(self._placed)
        meeting.panel.pinned.connect(self.pin)
        meeting.panel.put_off.connect(self.put_off)
        meeting.panel.answered.connect(self.answer)

    def _placed(self, point: BaseGeometry, area: BaseGeometry | None) -> None:
        meeting = self._meeting
        reason = meeting.session.read_only_reason()
        if reason:
            meeting.tell("warning", _("意见记不下来：{reason}").format(reason=reason), _("请另存一份再开会。"))
            return
        meeting.hand.wanted, self._area = point, area
        meeting.hand.take(LOOK)
        meeting.panel.write()

    def put_off(self) -> None:
        """Nothing is pinned; the words stay for the next place."""
        meeting = self._meeting
        meeting.hand.wanted = self._area = None
        meeting.panel.put_away()
        meeting.canvas.setFocus()
        meeting.canvas.update()

    def pin_typed(self) -> None:
        if not self._meeting.panel.writing.isHidden():
            self._meeting.panel.pin()

    def store_typed(self) -> bool:
        """Before a map is printed: words that stand in the open form are stored, so that they are on it. False where
        they can't be; then it has been said why."""
        panel = self._meeting.panel
        if panel.writing.isHidden() or not panel.words.toPlainText().strip():
            return True
        panel.pin()
        return panel.writing.isHidden()

    def left_out(self) -> str:
        """What the map does not have because it was put off; "" where nothing was."""
        if not self._meeting.panel.words.toPlainText().strip():
            return ""
        return _("。先不记的那条意见不在图上，按 P 点出地方、记下以后再出一次。")

    def pin(self, words: str, role: str, name: str) -> None:
        """Store what was said. What can't be stored stays where it was typed."""
        meeting = self._meeting
        with reporter().guard():
            ws = meeting.session.workspace
            point = meeting.hand.wanted
            assert point is not None
            if add_layers(ws, (OBJECTIONS, AREAS)):
                self._layers_came()
            # What is said in the meeting of a 街道 without an outline is of it; else the outline tells it.
            own = meeting.page.name if meeting.page.registered else ""
            street = own or next((one.name for one in meeting.pages if one.ground is not None and one.holds(point)), "")
            edit = pin_objection(
                ws.definitions,
                ws.next_number(OBJECTIONS),
                point,
                words,
                area=self._area,
                role=role,
                speaker=name,
                street=street,
                said_at=datetime.now(),
            )
            if meeting.session.apply(edit):
                meeting.panel.written()
                self.put_off()
                meeting.tell("done", _("已{words}。").format(words=edit.words))

    def _layers_came(self) -> None:
        """An older file has got the layer: tree and both maps read anew what layers there are."""
        office = self._meeting.office
        office.map.canvas.maker.open(self._meeting.session.workspace.path)
        office.fill_layers()
        office.map.redraw()
        self._meeting.map.open()

    def answer(self, uid: str, status: str, reason: str) -> None:
        meeting = self._meeting
        with reporter().guard():
            ws = meeting.session.workspace
            objection = ws.feature(OBJECTIONS, uid)
            if objection is None:
                return
            edit = answer_objection(ws.definitions, [objection], status, reason, date.today())
            if not edit.deltas or meeting.session.apply(edit):
                meeting.panel.ask_answer(None)
                meeting.tell("done", _("已记下：{words}。").format(words=edit.words))
