"""Choosing a marker by its picture: the program's symbols, families that follow a field, and the office's own SVGs."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from geohazard_desktop.cartography.own_symbols import Drawing, drawing_of, is_own
from geohazard_desktop.cartography.placeholders import placeholders
from geohazard_desktop.cartography.style import Style, Symbol
from geohazard_desktop.cartography.symbol_files import symbol_or_question
from geohazard_desktop.common.errors import ResourceMissing
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.styles.parts import on_tile
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Value

_A_ROW = 6
_TILE = 40
_MOST_TEXTS = 3
_TEXTS_KEPT = _("要留下字，请在画图软件里把文字转成轮廓（路径），再选一次；或者用注记来写。")
_WORDS = {
    "bridge": _("桥"), "facility": _("设施"), "household": _("住户"), "landmark": _("地标"), "mine": _("矿"),
    "place": _("地名点"), "shelter": _("安置点"), "station": _("车站"), "warning_sign": _("警示标志"),
    "hazard": _("隐患点"), "hazard_closed": _("隐患点（空心）"),
    "household_gone": _("住户（已迁出）"), "shelter_closed": _("安置点（已停用）"), "reference": _("参考点"),
    "objection": _("异议"), "objection_taken": _("异议（已采纳）"), "objection_declined": _("异议（不采纳）"),
}  # fmt: skip


def marker_names() -> list[str]:
    """The symbols that ship with the program."""
    folder = resource("symbols")
    found = [one.relative_to(folder).with_suffix("").as_posix() for one in folder.rglob("*.svg")]
    return sorted((one for one in found if not one.startswith("_")), key=lambda one: (one.count("/"), one))


def marker_families(definition: LayerDefinition) -> Iterator[tuple[str, str]]:
    """Names such as hazard/{hazard_type}, where a folder has a symbol for the values of a field of the layer."""
    names = set(marker_names())
    for folder in sorted({one.split("/")[0] for one in names if "/" in one}):
        for field in definition.fields:
            if field.values and sum(f"{folder}/{value}" in names for value in field.values) > len(field.values) / 2:
                words = _("{family}，按{field}").format(family=_WORDS.get(folder, folder), field=field.title)
                yield f"{folder}/{{{field.name}}}", words


def marker_words(name: str, definition: LayerDefinition) -> str:
    """What a marker is called."""
    if is_own(name):
        return _("本单位的图案")
    family = dict(marker_families(definition)).get(name)
    if family:
        return family
    folder, _slash, file = name.rpartition("/")
    if "{" in name:
        titles = {one.name: one.title for one in definition.fields}
        fields = [titles.get(one.name, _("没有的字段")) for one in placeholders(file)]
        return _("{family}，按{field}").format(family=_WORDS.get(folder, _("一套图案")), field=_("、").join(fields))
    if name not in marker_names():
        return _("没有这个图案（{name}）").format(name=name)
    return f"{_WORDS.get(folder, folder)} {file}" if folder else _WORDS.get(file, file)


def marker_icon(name: str, size: int, ratio: float, values: Mapping[str, Value]) -> QIcon:
    symbol, _problem = symbol_or_question(Symbol("marker", name=name).name_of(values))
    svg, wide, high = symbol.picture(4.0, 0.3)
    renderer = QSvgRenderer(QByteArray(svg.encode("utf-8")))

    def paint(painter: QPainter) -> None:
        scale = (size - 8) / max(wide, high)
        width, height = wide * scale, high * scale
        renderer.render(painter, QRectF((size - width) / 2, (size - height) / 2, width, height))

    return QIcon(on_tile(size, size, ratio, paint))


class MarkerPopup(QFrame):
    """`chosen` carries the marker's name, or the SVG text of an own one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, definition: LayerDefinition, current: str, values: Mapping[str, Value]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(12), theme().px(10), theme().px(12), theme().px(10))
        column.setSpacing(theme().px(6))
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme().px(6))
        self.tiles: dict[str, QToolButton] = {}
        families = dict(marker_families(definition))
        if families:
            rows.addWidget(label(_("随字段变的一套"), "label"))
            rows.addLayout(self._grid(families, current, values))
        rows.addWidget(label(_("固定的一个"), "label"))
        single = {name: marker_words(name, definition) for name in marker_names()}
        if is_own(current):
            single[current] = _("本单位的图案")
        rows.addLayout(self._grid(single, current, values))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        area.setFixedHeight(min(theme().px(360), body.sizeHint().height() + 4))
        area.setMinimumWidth(body.sizeHint().width() + theme().px(16))
        column.addWidget(area)
        column.addWidget(button(_("用本单位的 SVG……"), self._own, size="small"))
        column.addWidget(label(_("图案随样式存进工作文件，换电脑也在。"), "note", wrap=True))

    def _grid(self, names: Mapping[str, str], current: str, values: Mapping[str, Value]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme().px(3))
        side = theme().px(_TILE)
        for number, (name, words) in enumerate(names.items()):
            tile = QToolButton()
            tile.setIcon(marker_icon(name, side - 4, self.devicePixelRatioF(), values))
            tile.setIconSize(QSize(side - 6, side - 6))
            tile.setFixedSize(side, side)
            tile.setCheckable(True)
            tile.setChecked(name == current)
            tile.setToolTip(words)
            tile.setAccessibleName(words)
            tile.clicked.connect(partial(self._take, name))
            grid.addWidget(tile, number // _A_ROW, number % _A_ROW)
            self.tiles[name] = tile
        grid.setColumnStretch(_A_ROW, 1)
        return grid

    def _take(self, name: str, _checked: bool = False) -> None:
        self.chosen.emit(name)
        self.close()

    def _own(self) -> None:
        owner = self.parentWidget()
        self.hide()
        path, _kind = QFileDialog.getOpenFileName(owner, _("选一个 SVG 图案"), "", _("SVG 图案 (*.svg)"))
        if path:
            try:
                drawing = own_marker(Path(path))
                self.chosen.emit(drawing.svg)
                if drawing.texts:
                    reporter().say("info", texts_left_out(Path(path).name, drawing.texts), _TEXTS_KEPT)
            except ResourceMissing as error:
                reporter().error(error)
        self.close()


def texts_left_out(name: str, texts: Sequence[str]) -> str:
    """That an SVG's words are not part of the symbol: a font is no drawing, and not the same on every machine."""
    told = _("、").join(f"“{one}”" for one in texts[:_MOST_TEXTS] if one)
    words = _("{name}里的文字{texts}没有收，图形都收了。")
    return words.format(name=name, texts=_("（{told}）").format(told=told) if told else "")


def tell_texts_left_out(style: Style) -> None:
    """Of a whole style that came as text: words in its own symbols are not drawn either."""
    drawn = dict.fromkeys(one.name for rule in style.rules for one in rule.symbols if is_own(one.name))
    texts: list[str] = []
    for name in drawn:
        with suppress(ResourceMissing):  # what can't be drawn is among the doubts that the editor tells
            texts += drawing_of(name).texts
    if texts:
        reporter().say("info", texts_left_out(_("这份样式的图案"), texts), _TEXTS_KEPT)


def own_marker(path: Path) -> Drawing:
    """The drawing of an office's SVG file, to stand in the style. Raises ResourceMissing with the reason."""
    try:
        return drawing_of(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else _("不是 UTF-8 文本")
        raise ResourceMissing(
            _("{name} 读不出来（{reason}）。").format(name=path.name, reason=reason), _("请换一个 SVG 文件。")
        ) from error


class MarkerButton(QToolButton):
    """Shows the marker and its name; a click opens the pictures."""

    picked = Signal(str)

    def __init__(self, definition: LayerDefinition, values: Mapping[str, Value]) -> None:
        super().__init__()
        self._definition, self._values = definition, values
        self.name = ""
        self.popup: MarkerPopup | None = None
        self.setObjectName("choice")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setMinimumHeight(theme().px(38))
        self.clicked.connect(self.open)

    def show_name(self, name: str) -> None:
        self.name = name
        side = theme().px(28)
        self.setIcon(marker_icon(name, side, self.devicePixelRatioF(), self._values))
        self.setIconSize(QSize(side, side))
        words = marker_words(name, self._definition)
        self.setText(words)
        self.setToolTip(words)
        self.setAccessibleName(_("图案：{words}").format(words=words))

    def open(self) -> None:
        self.popup = MarkerPopup(self, self._definition, self.name, self._values)
        self.popup.chosen.connect(self._chosen)
        self.popup.adjustSize()
        screen = self.screen().availableGeometry()
        place = self.mapToGlobal(QPoint(0, self.height() + 2))
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.popup.width())))
        place.setY(max(screen.top(), min(place.y(), screen.bottom() - self.popup.height())))
        self.popup.move(place)
        self.popup.show()

    def _chosen(self, name: str) -> None:
        self.show_name(name)
        self.picked.emit(name)
