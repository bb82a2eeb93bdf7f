"""Small fields of the style editor: numbers with a unit, titled fields side by side, swatches on a light tile."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractSpinBox, QGridLayout, QVBoxLayout, QWidget

from geohazard_desktop.cartography.legend import swatch
from geohazard_desktop.cartography.style import Rule
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.maps.calm import CalmSpin
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.feature import Value

MM = " mm"
_MOST_PICTURES = 2000
_pictures: dict[tuple[object, ...], QPixmap] = {}


class NumberBox(CalmSpin):
    """A number with its unit; `typed` only when a hand changed it. The wheel scrolls the page, it changes nothing."""

    typed = Signal(float)

    def __init__(
        self, least: float, most: float, step: float, unit: str = "", decimals: int = 2, words: str = ""
    ) -> None:
        super().__init__()
        self._filling = False
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setDecimals(decimals)
        self.setSuffix(unit)
        self.setAccessibleName(words)
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
        self.setMinimumWidth(theme().px(84))
        self.valueChanged.connect(self._changed)

    def textFromValue(self, value: float) -> str:
        return f"{value:.{self.decimals()}f}".rstrip("0").rstrip(".") if self.decimals() else f"{value:.0f}"

    def show_value(self, value: float) -> None:
        self._filling = True
        self.setValue(value)
        self._filling = False

    def _changed(self, value: float) -> None:
        if not self._filling:
            self.typed.emit(round(value, 4))


class Choice(CalmCombo):
    """A choice among keys; `picked` only when a hand chose."""

    picked = Signal(object)

    def __init__(self, rows: Sequence[tuple[object, str]], words: str = "") -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.fill(rows)
        self.activated.connect(lambda index: self.picked.emit(self.itemData(index)))

    def fill(self, rows: Sequence[tuple[object, str]]) -> None:
        self.clear()
        for key, text in rows:
            self.addItem(text, key)

    def show_key(self, key: object) -> None:
        self.setCurrentIndex(next((at for at in range(self.count()) if self.itemData(at) == key), -1))


class Titled(QWidget):
    """A field with its title above it."""

    def __init__(self, words: str, field: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(3))
        self.title = label(words, "label")
        self.title.setBuddy(field)
        column.addWidget(self.title)
        column.addWidget(field)
        if not field.accessibleName():
            field.setAccessibleName(words)


def two_columns(fields: Sequence[QWidget], wide: Sequence[QWidget] = ()) -> QGridLayout:
    """Fields in two columns from left to right; those in `wide` take a whole row."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme().px(10))
    grid.setVerticalSpacing(theme().px(8))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    row = column = 0
    for one in fields:
        if one in wide:
            row += column
            grid.addWidget(one, row, 0, 1, 2)
            row, column = row + 1, 0
        else:
            grid.addWidget(one, row, column)
            row, column = (row + 1, 0) if column else (row, 1)
    return grid


def page_column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(12))
    column.setSpacing(theme().px(8))
    return column


def rule_picture(
    rule: Rule, geometry: str, width: int, height: int, ratio: float, values: Mapping[str, Value]
) -> QPixmap:
    """A rule by the map's own painter, on a tile as light as paper in both themes; made once for each look."""
    key = (
        repr(rule.symbols),
        geometry,
        width,
        height,
        ratio,
        theme().palette.name,
        repr(sorted(values.items(), key=str)),
    )
    if key not in _pictures:
        if len(_pictures) >= _MOST_PICTURES:
            _pictures.clear()
        _pictures[key] = _painted(rule, geometry, width, height, ratio, values)
    return _pictures[key]


def _painted(rule: Rule, geometry: str, width: int, height: int, ratio: float, values: Mapping[str, Value]) -> QPixmap:
    return on_tile(
        width,
        height,
        ratio,
        lambda painter: painter.drawImage(
            QRectF(0, 0, width, height), swatch(rule, geometry, width, height, ratio, values)
        ),
    )


def on_tile(width: int, height: int, ratio: float, paint: Callable[[QPainter], object]) -> QPixmap:
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme().colour("hairline"))
    painter.setBrush(QColor(MARKS.paper))
    painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), 2, 2)
    paint(painter)
    painter.end()
    return picture


def rule_icon(rule: Rule, geometry: str, size: QSize, ratio: float, values: Mapping[str, Value]) -> QIcon:
    return plain_icon(rule_picture(rule, geometry, size.width(), size.height(), ratio, values))


def plain_icon(picture: QPixmap) -> QIcon:
    """An icon that keeps its colours where its row is selected."""
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)
    return made
