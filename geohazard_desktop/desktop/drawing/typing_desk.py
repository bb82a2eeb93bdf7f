"""Typed places on the map: reads them as things are now, shows them on the canvas, takes them to the pen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from geohazard_desktop.desktop.session import Session
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.far_places import district_of
from geohazard_desktop.editing.measure import MeasureTool

if TYPE_CHECKING:  # read when the first place is typed
    from geohazard_desktop.desktop.maps.map_page import MapPage
    from geohazard_desktop.editing.typed import Ground, Typed


class TypingDesk(QObject):
    def __init__(self, page: "MapPage", session: Session) -> None:
        super().__init__(page)
        self._page, self._session = page, session
        self._ground: Ground | None = None
        page.keyin.taken.connect(self._take)
        page.keyin.previewed.connect(self._show)
        page.keyin.constrained.connect(page.desk.constrained)
        page.keyin.ended.connect(self._end)
        self._was_drawing = False
        page.desk.changed.connect(self._follow)

    def _follow(self) -> None:
        """With the stroke the line has done its work: it covers the map no longer than it is used."""
        drawing, keyin = self._page.desk.drawing, self._page.keyin
        ended = self._was_drawing and not drawing and not self._page.desk.strokes.taken_back
        self._was_drawing = drawing
        if ended and not keyin.isHidden():
            keyin.leave()
        else:
            keyin.refresh()

    def ask(self, begun: str) -> None:
        """Open the line for numbers; `begun` is what was typed on the map already."""
        from geohazard_desktop.editing.typed import Ground

        ws = self._session.ws
        if ws is None:
            return
        self._ground = Ground(ws.epsg, ws.extent(), district_of(ws))
        stroke = self._stroke()
        has_start = stroke is not None and bool(stroke.places)
        self._page.keyin.ask(self._read, has_start=has_start, drawing=stroke is not None, text=begun)

    def _stroke(self) -> DrawTool | MeasureTool | None:
        tool = self._page.desk.tool
        return tool if isinstance(tool, DrawTool | MeasureTool) else None

    def _read(self, text: str) -> "list[Typed]":
        from geohazard_desktop.editing.typed import read_typed

        assert self._ground is not None  # `ask` opened the line
        return read_typed(text, self._ground, self._stroke())

    def _show(self, typed: "Typed | None") -> None:
        stroke = self._stroke()
        start = stroke.places[-1] if stroke is not None and stroke.places else None
        from geohazard_desktop.desktop.drawing.typed_mark import TypedMark

        self._page.canvas.typed = None if typed is None else TypedMark(typed, start)
        if typed is not None and typed.place is not None:
            self._page.keyin.keep_off(QPointF(*self._page.canvas.viewport.to_screen(*typed.place)))
        self._page.canvas.update()

    def _end(self, key: str) -> None:
        """As on the map: the stroke ends, or goes one step back. When it has ended the line has done its work."""
        desk = self._page.desk
        desk.press_key(key)
        if key == "Enter" and not desk.drawing:
            self._page.keyin.leave()

    def _take(self, typed: "Typed") -> None:
        page = self._page
        if not page.desk.typed(typed):
            if typed.place is not None:
                page.look_at_place(*typed.place)
            return
        if typed.place is not None:
            west, south, east, north = page.canvas.viewport.bounds
            if not (west < typed.place[0] < east and south < typed.place[1] < north):
                page.canvas.look(page.canvas.viewport.centred(*typed.place))
