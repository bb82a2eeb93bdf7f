"""Editors for the settings of templates: a line of text, several lines, a switch, a colour, a font, layers, a logo."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.cartography.copier import grey, survives
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.maps.calm import CalmCombo, CalmSpin
from geohazard_desktop.desktop.palette import MARKS
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.typeset.template_catalog import SettingField

_KEY = Qt.ItemDataRole.UserRole
KEEP = Qt.AspectRatioMode.KeepAspectRatio


class SettingEditor(QFrame):
    """`changed` by the hand alone. `input` has the keyboard; `back` restores what is shipped."""

    changed = Signal()
    back: QToolButton

    def __init__(self, field: SettingField, made: QWidget) -> None:
        super().__init__()
        self.field = field
        self.input = made
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme().px(3))
        self.column.addWidget(made)

    def value(self) -> Any:
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        raise NotImplementedError

    def words(self, value: Any) -> str:
        """A value in few words."""
        text = "、".join(value) if isinstance(value, list) else str(value)
        return (text if len(text) <= 40 else text[:40] + "…") or _("空着")


class _Text(SettingEditor):
    def __init__(self, field: SettingField) -> None:
        self._line = QLineEdit()
        super().__init__(field, self._line)
        self._line.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> str:
        return self._line.text()

    def show_value(self, value: Any) -> None:
        if self._line.text() != str(value):
            self._line.setText(str(value))
            self._line.setCursorPosition(0)


class _Lines(SettingEditor):
    """One item a line."""

    def __init__(self, field: SettingField) -> None:
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(theme().px(24) * max(3, len(field.shipped)) + theme().px(16))
        super().__init__(field, self._text)
        self._filling = False
        self._text.textChanged.connect(lambda: None if self._filling else self.changed.emit())

    def value(self) -> list[str]:
        return [one.strip() for one in self._text.toPlainText().splitlines() if one.strip()]

    def show_value(self, value: Any) -> None:
        if self.value() != list(value):
            self._filling = True
            self._text.setPlainText("\n".join(str(one) for one in value))
            self._filling = False


class _Switch(SettingEditor):
    def __init__(self, field: SettingField) -> None:
        self._box = QCheckBox(_("是"))
        super().__init__(field, self._box)
        self._box.clicked.connect(lambda _on: self.changed.emit())

    def value(self) -> bool:
        return self._box.isChecked()

    def show_value(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    def words(self, value: Any) -> str:
        return _("是") if value else _("否")


class _Number(SettingEditor):
    def __init__(self, field: SettingField) -> None:
        self._spin = CalmSpin()
        self._spin.setRange(0, 1000)
        self._spin.setDecimals(0 if isinstance(field.shipped, int) else 1)
        super().__init__(field, self._spin)
        self._filling = False
        self._spin.valueChanged.connect(lambda _value: None if self._filling else self.changed.emit())

    def value(self) -> float:
        return int(self._spin.value()) if isinstance(self.field.shipped, int) else self._spin.value()

    def show_value(self, value: Any) -> None:
        self._filling = True
        self._spin.setValue(float(value))
        self._filling = False


class _Colour(SettingEditor):
    """A tile, the value to type, and what a copier makes of it."""

    def __init__(self, field: SettingField) -> None:
        self._line = QLineEdit()
        self._line.setMaxLength(7)
        super().__init__(field, self._line)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.tile = QLabel()
        self.tile.setFixedSize(theme().px(44), theme().px(32))
        self._line.setFixedWidth(theme().px(110))
        self.column.removeWidget(self._line)
        row.addWidget(self.tile)
        row.addWidget(self._line)
        row.addWidget(button(_("选颜色…"), self._choose, size="small"))
        row.addStretch(1)
        self.column.addLayout(row)
        self.told = label("", "small", wrap=True)
        self.column.addWidget(self.told)
        self._line.textEdited.connect(self._typed)

    def value(self) -> str:
        return self._line.text().upper() if QColor.isValidColorName(self._line.text()) else str(self.field.shipped)

    def show_value(self, value: Any) -> None:
        if self._line.text().upper() != str(value).upper():
            self._line.setText(str(value))
        self._paint()

    def _paint(self) -> None:
        colour = self.value()
        self.tile.setStyleSheet(
            f"background: {colour}; border: 1px solid {theme().palette.border}; border-radius: 4px;"
        )
        shipped = str(self.field.shipped)
        if not QColor.isValidColorName(self._line.text()):
            words = _("颜色写成 #RRGGBB，比如 {shipped}。").format(shipped=shipped)
        elif survives(shipped) and not survives(colour):
            words = _("灰度 {grey}，太浅：复印以后看不清。").format(grey=grey(colour))
        else:
            words = _("灰度 {grey}，黑白复印看得清。").format(grey=grey(colour)) if survives(colour) else ""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _typed(self, _text: str) -> None:
        self._paint()
        if len(self._line.text()) == len("#RRGGBB"):
            self.changed.emit()

    def _choose(self) -> None:
        from PySide6.QtWidgets import QColorDialog

        found = QColorDialog.getColor(QColor(self.value()), self, self.field.label)
        if found.isValid():
            self._line.setText(found.name().upper())
            self._paint()
            self.changed.emit()


class _Font(SettingEditor):
    """A family of this machine that has Chinese characters; "" leaves the choice to the program."""

    def __init__(self, field: SettingField) -> None:
        self._combo = CalmCombo()
        super().__init__(field, self._combo)
        self._combo.addItem(_("由程序挑选"), "")
        for family in QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
            if not QFontDatabase.isPrivateFamily(family):
                self._combo.addItem(family, family)
        self._combo.activated.connect(lambda _row: self.changed.emit())

    def value(self) -> str:
        return str(self._combo.currentData() or "")

    def show_value(self, value: Any) -> None:
        row = self._combo.findData(str(value))
        if row < 0:
            self._combo.addItem(_("{family}（这台电脑没有）").format(family=value), str(value))
            row = self._combo.count() - 1
        self._combo.setCurrentIndex(row)

    def words(self, value: Any) -> str:
        return str(value) or _("由程序挑选")


class _Layers(SettingEditor):
    """Which layers, ticked in a list by their titles."""

    def __init__(self, field: SettingField, layers: Mapping[str, str]) -> None:
        self._list = QListWidget()
        self._list.setObjectName("boxed")
        self._list.setFixedHeight(theme().px(25) * 8)
        super().__init__(field, self._list)
        for table, title in layers.items():
            item = QListWidgetItem(title)
            item.setData(_KEY, table)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, theme().px(25)))
            self._list.addItem(item)
        self._known = set(layers)
        self._others: list[str] = []
        self._filling = False
        self._list.itemChanged.connect(lambda _item: None if self._filling else self.changed.emit())

    def value(self) -> list[str]:
        items = [self._list.item(row) for row in range(self._list.count())]
        on = [str(one.data(_KEY)) for one in items if one.checkState() == Qt.CheckState.Checked]
        shipped = [one for one in self.field.shipped if one in on or one in self._others]
        return [
            *shipped,
            *(one for one in on if one not in shipped),
            *(one for one in self._others if one not in shipped),
        ]

    def show_value(self, value: Any) -> None:
        self._filling = True
        self._others = [str(one) for one in value if one not in self._known]
        for row in range(self._list.count()):
            item = self._list.item(row)
            on = item.data(_KEY) in value
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._filling = False

    def words(self, value: Any) -> str:
        return _("{count} 个图层").format(count=len(value))


class LogoEditor(SettingEditor):
    """The name of a picture among the templates, and the picture; who asks for one is answered by `take`."""

    asked = Signal()

    def __init__(self, field: SettingField) -> None:
        self._line = QLineEdit()
        self._line.setReadOnly(True)
        self._line.setPlaceholderText(_("没有徽标"))
        super().__init__(field, self._line)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(button(_("选图片…"), self.asked.emit, size="small"))
        row.addWidget(button(_("不用徽标"), self._none, size="small"))
        row.addStretch(1)
        self.column.addLayout(row)
        self.picture = QLabel()
        self.picture.setAccessibleName(_("徽标的样子"))
        self.picture.hide()
        self.column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeft)

    def show_picture(self, svg: str) -> None:
        """On white, as paper is; nothing where there is no picture."""
        drawn = QSvgRenderer(QByteArray(svg.encode())) if svg else QSvgRenderer()
        self.picture.setVisible(drawn.isValid())
        if not drawn.isValid():
            return
        most = QSize(theme().px(220), theme().px(64))
        ratio = self.devicePixelRatioF()
        image = QImage(drawn.defaultSize().scaled(most * ratio, KEEP), QImage.Format.Format_RGB32)
        image.fill(QColor(MARKS.paper))
        painter = QPainter(image)
        drawn.render(painter)
        painter.end()
        image.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(image))

    def value(self) -> str:
        return self._line.text()

    def show_value(self, value: Any) -> None:
        self._line.setText(str(value))

    def take(self, name: str) -> None:
        self._line.setText(name)
        self.changed.emit()

    def _none(self) -> None:
        self.take("")


def editor_of(field: SettingField, layers: Callable[[], Mapping[str, str]]) -> SettingEditor:
    """The editor for a field; `layers` gives the titles of the layers by table."""
    if field.kind == "layers":
        return _Layers(field, layers())
    makers: Mapping[str, Callable[[SettingField], SettingEditor]] = {
        "text": _Text,
        "lines": _Lines,
        "switch": _Switch,
        "number": _Number,
        "colour": _Colour,
        "font": _Font,
        "logo": LogoEditor,
    }
    return makers[field.kind](field)
