"""The options of what is to be published."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.maps.calm import CalmCombo, CalmSpin
from geohazard_desktop.desktop.parts import emptied, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.product import VIEW, Option, OptionValue, Product


class OptionsForm(QFrame):
    """The options of one product; what was chosen is kept for each product while the window is open."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("box")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme().px(10), theme().px(8), theme().px(10), theme().px(8))
        self._column.setSpacing(theme().px(4))
        self._editors: dict[str, QWidget] = {}
        self._labels: dict[str, QWidget] = {}
        self._kept: dict[str, dict[str, OptionValue]] = {}
        self._product: Product | None = None

    def show_product(self, product: Product) -> None:
        self._keep()
        self._product = product
        self._editors.clear()
        self._labels.clear()
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.setFocus()  # an editor that goes with the keyboard in it would take it out of the window
        emptied(self._column)
        kept = self._kept.get(product.key, {})
        for option in product.choices:
            made = _editor(option, kept.get(option.key, option.default))
            if not isinstance(made, QCheckBox):
                self._labels[option.key] = label(option.label, "label")
                self._column.addWidget(self._labels[option.key])
            made.setToolTip(option.note)
            made.setAccessibleName(option.label)
            self._column.addWidget(made)
            self._editors[option.key] = made
            _on_change(made, self._changed)
        self._settle()
        self.setVisible(bool(product.choices))

    def values(self) -> dict[str, OptionValue]:
        return {key: _value(one) for key, one in self._editors.items()}

    def set_values(self, values: Mapping[str, OptionValue]) -> None:
        """What another part of the window has chosen, such as an extent or a subject."""
        if self._product is not None:
            self._keep()
            self._kept[self._product.key] = {**self._kept.get(self._product.key, {}), **values}
            product, self._product = self._product, None
            self.show_product(product)
            self.changed.emit()

    def _changed(self) -> None:
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        """What means nothing with the others as they stand is out of sight."""
        options = {} if self._product is None else {one.key: one for one in self._product.choices}
        for key, option in options.items():
            other = options.get(option.beside)
            meant = other is None or _value(self._editors[other.key]) != other.default
            for one in (self._labels.get(key), self._editors[key]):
                if one is not None:
                    one.setVisible(meant)

    def _keep(self) -> None:
        if self._product is not None:
            self._kept[self._product.key] = self.values()


def _editor(option: Option, value: OptionValue) -> QWidget:
    if option.kind in ("choice", "ground"):
        values = option.values or ((VIEW, _("现在看到的地图")), ("", _("全区")))
        combo = CalmCombo()
        for key, words in values:
            combo.addItem(words, key)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(8)
        combo.setCurrentIndex(_place(values, str(value)))
        return combo
    if option.kind == "switch":
        box = QCheckBox(option.label)
        box.setChecked(bool(value))
        return box
    if option.kind == "number":
        number = CalmSpin()
        number.setRange(option.minimum, option.maximum)
        number.setDecimals(0 if float(option.default).is_integer() else 2)
        number.setSuffix(f" {option.unit}" if option.unit else "")
        number.setValue(float(value))
        return number
    line = QLineEdit(str(value))
    line.setPlaceholderText(option.note)
    return line


def _on_change(editor: QWidget, told: Callable[[], object]) -> None:
    if isinstance(editor, QComboBox):
        editor.currentIndexChanged.connect(lambda _row: told())
    elif isinstance(editor, QCheckBox):
        editor.toggled.connect(lambda _on: told())


def _place(values: Sequence[tuple[str, str]], wanted: str) -> int:
    return next((index for index, (key, _words) in enumerate(values) if key == wanted), 0)


def _value(editor: QWidget) -> OptionValue:
    if isinstance(editor, QComboBox):
        return str(editor.currentData())
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, QDoubleSpinBox):
        return editor.value()
    assert isinstance(editor, QLineEdit)
    return editor.text().strip()
