"""实时研判: area, perimeter, corners, validity, and who is inside, while the pen moves. It never covers the pen."""

from collections.abc import Sequence

import shapely
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.exposure import Exposure, exposure
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.parts import label, line, severity_label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.grade import danger_grade
from geohazard_desktop.domain.walking import walkers
from geohazard_desktop.editing.judgement import Judgement
from geohazard_desktop.workspace.workspace import Workspace

_COUNT_MS = 120
_GAP = 14
_BESIDE_NORTH = 70  # the north arrow stands in the upper left corner, the scale in the lower one
_ABOVE_SCALE = 70
_CLEAR = 36


class LivePanel(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("live")
        self.setFixedWidth(theme().px(286))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(12))
        column.setSpacing(theme().px(4))
        head = QHBoxLayout()
        self.title = label(_("实时研判"), "strong")
        head.addWidget(self.title)
        chip = label(_("随笔更新"), "chip")
        head.addWidget(chip)
        head.addStretch(1)
        column.addLayout(head)
        self.figure = label("", "figure")
        column.addWidget(self.figure)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme().px(2))
        column.addLayout(self._rows)
        self._line = line()
        column.addWidget(self._line)
        self.inside = label("", "strong", wrap=True)
        column.addWidget(self.inside)
        self.inside_more = label("", "note", wrap=True)
        column.addWidget(self.inside_more)
        self.grade = label("", "note", wrap=True)
        column.addWidget(self.grade)
        self.walk = label("", "note", wrap=True)
        column.addWidget(self.walk)
        fault = QHBoxLayout()
        self.fault_sign = severity_label("error")
        fault.addWidget(self.fault_sign, 0, Qt.AlignmentFlag.AlignTop)
        self.fault = label("", "note", wrap=True)
        fault.addWidget(self.fault, 1)
        column.addLayout(fault)
        self._labels: list[tuple[QLabel, QLabel]] = []
        self._corner = 0
        self._ws: Workspace | None = None
        self._shape: BaseGeometry | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COUNT_MS)
        self._timer.timeout.connect(self._count)
        self.hide()

    def show_judgement(
        self, judgement: Judgement | None, shape: BaseGeometry | None, ws: Workspace | None, *, walking: bool
    ) -> None:
        """Figures at once; counting who is inside follows a moment later, so that it costs no frame."""
        if judgement is None or judgement.kind == "point" or judgement.corners < 2:
            self.hide()
            self._shape = None
            return
        polygon = judgement.kind == "polygon"
        self.figure.setText(words.area(judgement.area_m2) if polygon else words.length(judgement.length_m))
        self._show_lines(judgement.lines())
        too_few = judgement.corners < 3 and polygon
        self.fault.setText(f"{judgement.fault}。{judgement.remedy}" if judgement.fault and not too_few else "")
        for part in (self.fault, self.fault_sign):
            part.setVisible(bool(judgement.fault) and not too_few)
        walk = ""
        if walking and judgement.kind == "line":
            walk = (
                _("步行（只算走路）：")
                + "\n"
                + "  ".join(
                    _("{who} {minutes} 分钟")
                    .format(who=one.label, minutes=one.minutes(judgement.length_m))
                    .replace(" ", "\u00a0")
                    for one in walkers()
                )
            )
        self.walk.setText(walk)
        self.walk.setVisible(bool(walk))
        countable = polygon and shape is not None and ws is not None and judgement.valid
        self._shape, self._ws = (shape, ws) if countable else (None, None)
        figures: tuple[QWidget, ...] = (self._line, self.inside, self.inside_more)
        for one in figures:
            one.setVisible(polygon)
        if countable and not self._timer.isActive():
            self._timer.start()
        elif polygon and not countable:
            self.inside.setText(words.EMPTY)
            self.inside_more.setText("")
            self.grade.setText("")
        self.grade.setVisible(polygon and bool(self.grade.text()))
        self.show()
        self._fit()

    def _show_lines(self, rows: list[tuple[str, str]]) -> None:
        while len(self._labels) < len(rows):
            row = QHBoxLayout()
            title, figure = label("", "note"), label("", "note")
            row.addWidget(title)
            row.addStretch(1)
            row.addWidget(figure)
            self._rows.addLayout(row)
            self._labels.append((title, figure))
        for index, (title, figure) in enumerate(self._labels):
            shown = index < len(rows)
            title.setVisible(shown)
            figure.setVisible(shown)
            if shown:
                title.setText(rows[index][0])
                figure.setText(rows[index][1])

    def _count(self) -> None:
        if self._shape is None or self._ws is None or not shapely.is_valid(self._shape):
            return
        found = exposure(self._ws, self._shape)
        self.inside.setText(
            _("区内 {households} 户 {people} 人").format(households=found.household_count, people=found.people)
        )
        self.inside_more.setText(_more(found))
        self.grade.setText(_grade(found))
        self.grade.setVisible(bool(self.grade.text()))
        self._fit()

    def _fit(self) -> None:
        """As high as its rows are at its width; adjustSize doesn't ask wrapped rows for theirs."""
        column = self.layout()
        assert column is not None
        column.invalidate()  # rows that were hidden until now are not in what it remembers
        column.activate()
        wrapped = column.totalHeightForWidth(self.width())
        self.resize(self.width(), wrapped if wrapped > 0 else column.totalSizeHint().height())

    def place(self, pointer: QPointF, drawn: Sequence[QPointF]) -> None:
        """In the corner that keeps clear of the pen and of what is drawn; it stays where it is as long as it can.

        `drawn` are points of the canvas close enough together that no side slips through under the panel.
        """
        parent = self.parentWidget()
        if parent is None or self.isHidden():
            return
        right, low = parent.width() - self.width() - _GAP, parent.height() - self.height() - _ABOVE_SCALE
        corners = (QPoint(right, _GAP), QPoint(right, low), QPoint(_BESIDE_NORTH, _GAP), QPoint(_GAP, low))

        def covered(corner: QPoint) -> int:
            box = QRectF(corner, self.size()).adjusted(-_CLEAR, -_CLEAR, _CLEAR, _CLEAR)
            return sum(box.contains(one) for one in drawn) + (len(drawn) + 1) * box.contains(pointer)

        if covered(corners[self._corner]):
            self._corner = min(range(len(corners)), key=lambda index: covered(corners[index]))
        self.move(corners[self._corner])
        self.raise_()


def _grade(found: Exposure) -> str:
    """The grade that those inside would give, with its reason; nothing where nobody and nothing is inside."""
    people = found.people + found.facility_people
    if not people and not found.property_wan:
        return ""
    judged = danger_grade(people, found.property_wan or None)
    return _("险情等级 {grade}：{reason}。").format(grade=judged.grade, reason=judged.reason) if judged else ""


def _more(found: Exposure) -> str:
    parts = [_("{count} 栋建筑").format(count=found.buildings)]
    if found.facilities:
        parts.append(
            _("{count} 处重要设施 {people} 人").format(count=len(found.facilities), people=found.facility_people)
        )
    rows = ["，".join(parts)]
    if found.property_wan:
        # A row of its own: the thin space in 2 600 万元 would let the number break.
        rows.append(_("财产 {money}").format(money=words.money(found.property_wan)))
    if found.households_without_people:
        rows.append(_("有 {count} 户没有填人数").format(count=found.households_without_people))
    return "\n".join(rows)
