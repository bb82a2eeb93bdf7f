"""实时研判: the answer beside the pen while it moves: area, people, grade with its reason, routes.

It never covers the pen. Figures of the shape follow at once; who is inside is counted a moment later, and the more
rarely the longer it takes.
"""

import re
import time
from collections.abc import Sequence
from datetime import date

import shapely
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.live_facts import AreaFacts, Sentence, area_facts, way_facts
from geohazard_desktop.analysis.near import Near, TooMany
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.drawing.live_parts import FigureRow, GradeLadder, Sentences
from geohazard_desktop.desktop.parts import label, line, severity_label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.grade import danger_grade
from geohazard_desktop.domain.walking import walkers
from geohazard_desktop.editing.judgement import Judgement, area_words, length_words, mu_words

_COUNT_MS = 120
_SHARE = 12  # the counting takes at most one part in so many of the time
_BRIEFEST = 3  # no explanations, no grade and routes, only how large and how many people
_NARROWEST = 180
_GAP = 14
_BESIDE_NORTH = 70  # the north arrow stands in the upper left corner, the scale in the lower one
_ABOVE_SCALE = 70
_CLEAR = 36
_ZONE, _ROUTE = "danger_zone", "evacuation_route"


class LivePanel(QFrame):
    """Signal `grown`: it has another size or place, though the hand is still."""

    grown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("live")
        self.setFixedWidth(theme().px(306))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(12))
        column.setSpacing(theme().px(6))
        head = QHBoxLayout()
        self.title = label(_("实时研判"), "strong")
        head.addWidget(self.title)
        head.addWidget(label(_("随笔更新"), "chip"))
        head.addStretch(1)
        column.addLayout(head)
        self.shape_row = FigureRow(2)
        self.figure = self.shape_row.figures[0]
        self.plane = label("", "small", wrap=True)
        self.fault_row = QWidget()
        fault = QHBoxLayout(self.fault_row)
        fault.setContentsMargins(0, 0, 0, 0)
        fault.addWidget(severity_label("error"), 0, Qt.AlignmentFlag.AlignTop)
        self.fault = label("", "note", wrap=True)
        fault.addWidget(self.fault, 1)
        self.walk_row = FigureRow(3)
        self.walk = label("", "small", wrap=True)
        self.people_row, self.goods_row = FigureRow(3), FigureRow(3)
        self.note = label("", "small", wrap=True)
        self.grade_title = label(_("险情等级"), "label")
        self.ladder = GradeLadder()
        self.grade = label("", "note", wrap=True)
        self.routes_title = label("", "label")
        self.routes = Sentences(5)
        self._lines = [line(), line(), line()]
        first, second, third = self._lines
        for part in (
            *(self.shape_row, self.plane, self.fault_row, first, self.walk_row, self.walk),
            *(self.people_row, self.goods_row, self.note, second, self.grade_title, self.ladder, self.grade),
            *(third, self.routes_title, self.routes),
        ):
            column.addWidget(part)
        self._corner = 0
        self._placed: tuple[QPointF, Sequence[QPointF], Sequence[QRectF]] | None = None
        self._brevity = 0  # until the stroke ends: how much is left out, where the whole would lie on what is drawn
        self._near: Near | None = None
        self._shape: BaseGeometry | None = None
        self._counted: AreaFacts | None = None
        self._layer = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count)
        self._interval = _COUNT_MS
        self.hide()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_judgement(
        self,
        judgement: Judgement | None,
        shape: BaseGeometry | None,
        near: Near | None,
        *,
        layer: str,
        corners: int | None = None,
    ) -> None:
        """`shape` is the whole of what is drawn, perhaps invalid; `layer` the one drawn into; `corners` how many are
        set already, where the judgement has one more that the pointer would set."""
        if judgement is None or judgement.kind == "point" or judgement.corners < 2:
            self.hide()
            self._shape = self._counted = None
            return
        if layer != self._layer or self.isHidden():
            self._counted, self._layer, self._brevity = None, layer, 0
        self.plane.show()
        closed = judgement.kind == "polygon" and judgement.corners > 2
        self._show_shape(judgement, judgement.corners if corners is None else corners, closed=closed)
        told = judgement.fault if closed or judgement.kind == "line" else ""
        self.fault.setText(f"{told}。{judgement.remedy}" if told else "")
        self.fault_row.setVisible(bool(told))
        walking = judgement.kind == "line" and layer == _ROUTE
        self._show_walk(judgement.length_m if walking else None)
        counts = shape is not None and near is not None and judgement.valid and (walking or (closed and layer == _ZONE))
        self._shape, self._near = (shape, near) if counts else (None, None)
        if not counts:
            self._counted = None
            self._hide_counts()
        elif not self._timer.isActive():
            self._timer.start(self._interval if self._counted is not None or walking else 1)
        self.show()
        self._fit()

    def _show_shape(self, judgement: Judgement, count: int, *, closed: bool) -> None:
        """Ellipsoidal figures large, those of the projection below, each said which."""
        area, edge = self.shape_row.figures
        corners = _("{count} 个拐点").format(count=count)
        length = length_words(judgement.length_m)
        edge.setVisible(closed)
        if closed and judgement.faults:
            # Parts of an outline that crosses itself count against each other: the sum would be no area at all.
            area.show_figure(words.EMPTY, _("边线交叉，没有面积"))
            edge.show_figure(length, _("周长 · {corners}").format(corners=corners))
            told = _("投影周长 {length}").format(length=length_words(judgement.planar_length_m))
        elif closed:
            area.show_figure(area_words(judgement.area_m2), _("{mu} · 椭球面积").format(mu=mu_words(judgement.area_m2)))
            edge.show_figure(length, _("周长 · {corners}").format(corners=corners))
            told = _("投影面积 {area}，投影周长 {length}").format(
                area=area_words(judgement.planar_area_m2), length=length_words(judgement.planar_length_m)
            )
        else:
            area.show_figure(length, _("椭球长度 · {corners}").format(corners=corners))
            told = _("投影长度 {length}").format(length=length_words(judgement.planar_length_m))
        self.plane.setText(told)

    def _show_walk(self, metres: float | None) -> None:
        shown = metres is not None
        self._lines[0].setVisible(shown or self._counted is not None)
        self.walk_row.setVisible(shown)
        self.walk.setVisible(shown)
        if metres is None:
            return
        for figure, one in zip(self.walk_row.figures, walkers(), strict=False):
            minutes = _("{minutes} 分钟").format(minutes=one.minutes(metres))
            figure.show_figure(minutes, one.label)
        told = "、".join(
            _("{who} {speed:g} 米/秒").format(who=one.label, speed=one.metres_per_second) for one in walkers()
        )
        self.walk.setText(_("只算走路，不算准备：{told}").format(told=told))

    def _hide_counts(self) -> None:
        for part in (self.people_row, self.goods_row, self.note, self.grade_title, self.ladder, self.grade):
            part.hide()
        for under in (*self._lines[1:], self.routes_title, self.routes):
            under.hide()
        self._lines[0].setVisible(not self.walk_row.isHidden())

    # -- who is inside ---------------------------------------------------------------------------------------------

    def _count(self) -> None:
        shape, near = self._shape, self._near
        if shape is None or near is None or not shapely.is_valid(shape):
            return
        began = time.perf_counter()
        try:
            if shape.geom_type == "LineString":
                self._show_routes(_("这条路线"), way_facts(near, shape))
            else:
                self._show_area(area_facts(near, shape, year=date.today().year))
        except TooMany:
            self._hide_counts()
            self.note.setText(_("这一带要素太多，画完再数里面的人和房。"))
            self.note.show()
        self._interval = max(_COUNT_MS, round((time.perf_counter() - began) * 1000 * _SHARE))
        self._fit()
        if self._placed is not None:
            self.place(*self._placed)  # with the answers it has grown
            self.grown.emit()

    def _show_area(self, found: AreaFacts) -> None:
        self._counted = found
        people, elderly, unable = self.people_row.figures
        people.show_figure(
            _("{households} 户 {people} 人").format(
                households=words.grouped(found.households), people=words.grouped(found.people)
            ),
            _("区内住户"),
        )
        elderly.show_figure(_("{count} 人").format(count=found.elderly), _("老人"))
        unable.show_figure(_("{count} 人").format(count=found.unable), _("要人帮扶"))
        buildings, money, roads = self.goods_row.figures
        buildings.show_figure(_("{count} 栋").format(count=words.grouped(found.buildings)), _("建筑"))
        money.show_figure(words.money(found.property_wan) if found.property_wan else words.EMPTY, _("财产"))
        roads.show_figure(words.length(found.road_m) if found.road_m else words.EMPTY, _("区内道路"))
        notes = []
        if found.facilities:
            notes.append(
                _("重要设施 {count} 处 {people} 人").format(count=found.facilities, people=found.facility_people)
            )
        if found.households_without_people:
            notes.append(_("有 {count} 户没有填人数").format(count=found.households_without_people))
        self.note.setText("；".join(notes))
        self.note.setVisible(bool(notes))
        for part in (self._lines[0], self.people_row, self.goods_row):
            part.show()
        self._show_grade(found)
        self._show_routes(_("撤离路线"), found.routes)

    def _show_grade(self, found: AreaFacts) -> None:
        """The grade that those inside would give, with its reason; nothing where nobody and nothing is inside."""
        people = found.people + found.facility_people
        judged = danger_grade(people, found.property_wan or None) if people or found.property_wan else None
        for part in (self._lines[1], self.grade_title, self.ladder, self.grade):
            part.setVisible(judged is not None)
        if judged is not None:
            self.ladder.show_grade(judged.grade)
            self.grade.setText(re.sub(r"(?<=\d) (?=\S)", "\u00a0", _("{reason}。").format(reason=judged.reason)))

    def _show_routes(self, title: str, sentences: Sequence[Sentence]) -> None:
        for part in (self._lines[2], self.routes_title, self.routes):
            part.setVisible(bool(sentences))
        self.routes_title.setText(title)
        self.routes.show_sentences(sentences)

    # -- where it stands -------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """As high as its rows are at its width; adjustSize doesn't ask wrapped rows for theirs."""
        parent = self.parentWidget()
        if parent is not None:  # large type in a small window: no wider than the map
            self.setFixedWidth(min(theme().px(306), max(_NARROWEST, parent.width() - 2 * _GAP)))
        for part in self._left_out():
            part.hide()
        for row in (self.shape_row, self.walk_row, self.people_row, self.goods_row):
            row.updateGeometry()  # figures may have come or gone in it
        column = self.layout()
        assert column is not None
        column.invalidate()  # rows that were hidden until now are not in what it remembers
        column.activate()
        wrapped = column.totalHeightForWidth(self.width())
        self.resize(self.width(), wrapped if column.hasHeightForWidth() else column.totalSizeHint().height())

    def _left_out(self) -> list[QWidget]:
        """First what explains, then all but the figures that are asked for most."""
        parts: list[QWidget] = []
        if self._brevity:
            parts += [self.plane, self.goods_row, self.note, self.ladder, self.walk]
        if self._brevity > 2:
            parts.append(self.shape_row.figures[1])
        for one in self.people_row.figures[1:]:
            one.setVisible(self._brevity < _BRIEFEST)
        if self._brevity > 1:
            parts += [*self._lines, self.grade_title, self.grade, self.routes_title, self.routes]
        return parts

    def place(self, pointer: QPointF, drawn: Sequence[QPointF], floats: Sequence[QRectF] = ()) -> None:
        """In the corner that keeps clear of the pen and of what is drawn; it stays where it is as long as it can.

        `drawn` are points of the canvas close enough together that no side slips through under the panel; `floats` are
        other panels over the map.
        """
        parent = self.parentWidget()
        if parent is None or self.isHidden():
            return
        self._placed = pointer, drawn, floats
        corners = self._corners(parent)

        def covered(corner: QPoint) -> int:
            own = QRectF(corner, self.size())
            box = own.adjusted(-_CLEAR, -_CLEAR, _CLEAR, _CLEAR)
            other = (len(drawn) + 1) * sum(own.intersects(one) for one in floats)
            hidden = (len(drawn) + 1) * (box.contains(pointer) + own.contains(pointer))
            return other + sum(box.contains(one) for one in drawn) + hidden

        if covered(corners[self._corner]):
            self._corner = min(range(len(corners)), key=lambda index: covered(corners[index]))
        while self._brevity < _BRIEFEST and (
            self.height() > parent.height() - 2 * _GAP or (covered(corners[self._corner]) and not self._brevity)
        ):
            self._brevity += 1
            self._fit()
            corners = self._corners(parent)
            self._corner = min(range(len(corners)), key=lambda index: covered(corners[index]))
        self.move(corners[self._corner])
        self.raise_()

    def _corners(self, parent: QWidget) -> tuple[QPoint, ...]:
        right = max(_GAP, parent.width() - self.width() - _GAP)
        above = _ABOVE_SCALE if self._brevity < 2 else _GAP  # the pen matters more than the scale
        low = max(_GAP, parent.height() - self.height() - above)
        left = min(_BESIDE_NORTH, right)
        return QPoint(right, _GAP), QPoint(right, low), QPoint(left, _GAP), QPoint(_GAP, low)


def beside_pointer(pointer: QPointF, drawn: QPointF | None) -> list[QPointF]:
    """Where the label beside the pointer stands, on the side away from what is drawn: the panel keeps clear of it."""
    side = -1 if drawn is not None and drawn.x() > pointer.x() + 4 else 1
    return [pointer + QPointF(side * theme().px(step), -theme().px(40)) for step in (40, 120, 200)]
