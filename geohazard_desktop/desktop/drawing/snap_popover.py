"""捕捉设置: which kinds of places, how near, which grid, which layers; and whose areas cut a new one. What is changed
holds at once."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QSpinBox,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.drawing.snap_marks import marker_icon
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.read_table import read_table
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.editing.snap_settings import (
    FEWEST_PIXELS,
    KINDS,
    MOST_PIXELS,
    SnapSettings,
    kind_tip,
    kind_words,
)

_SPACINGS = ("10", "50", "100", "200", "500", "1000")
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked

Layer = tuple[str, str, str]  # table, title, geometry


class SnapPopover(QFrame):
    """`changed` carries the new SnapSettings after each touch."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("float")
        self._settings = SnapSettings()
        self._layers: Sequence[Layer] = ()
        self._current = ""
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(14), theme().px(12), theme().px(14), theme().px(12))
        column.setSpacing(theme().px(8))
        column.addWidget(label(_("捕捉哪些位置"), "strong"))
        self.kinds = self._kinds(column)
        self.pixels = QSpinBox()
        self.pixels.setRange(int(FEWEST_PIXELS), int(MOST_PIXELS))
        self.pixels.setSuffix(_(" 像素"))
        self.pixels.setAccessibleName(_("捕捉距离"))
        self.pixels.valueChanged.connect(self._store)
        self.spacing = QComboBox()
        self.spacing.setEditable(True)
        self.spacing.addItems(_SPACINGS)
        self.spacing.setAccessibleName(_("格网间隔（米）"))
        self.spacing.currentTextChanged.connect(self._store)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        for text, widget in ((_("离多近吸上"), self.pixels), (_("格网间隔（米）"), self.spacing)):
            row.addWidget(label(text, "label"))
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        column.addWidget(self.fault)
        self._layer_part(column)
        self.setMinimumWidth(theme().px(430))

    def _kinds(self, column: QVBoxLayout) -> dict[str, QCheckBox]:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(18))
        grid.setVerticalSpacing(theme().px(4))
        made = {}
        for index, kind in enumerate(KINDS):
            box = QCheckBox(kind_words(kind))
            box.setIcon(marker_icon(kind, theme().px(22), self.devicePixelRatioF()))
            box.setIconSize(QSize(theme().px(22), theme().px(22)))
            box.setToolTip(kind_tip(kind))
            box.toggled.connect(self._store)
            grid.addWidget(box, index // 3, index % 3)
            made[kind] = box
        column.addLayout(grid)
        return made

    def _layer_part(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("捕捉和避让哪些图层"), "strong"))
        head.addStretch(1)
        head.addWidget(button(_("全部捕捉"), self._all, size="small"))
        self.only = button(_("只捕捉当前图层"), self._only, size="small")
        head.addWidget(self.only)
        column.addLayout(head)
        self.own = QCheckBox(_("避免重叠时，只避让正在画的图层自己"))
        self.own.setToolTip(_("不勾选时，避让下面“避让”一列选中的图层；已撤销的危险区从不避让。"))
        self.own.toggled.connect(self._store)
        column.addWidget(self.own)
        self.table = read_table(_("捕捉和避让的图层"), [_("图层"), _("捕捉"), _("避让")], 26)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            self.table.setColumnWidth(section, theme().px(64))
        self.table.setFixedHeight(theme().px(230))
        self.table.itemChanged.connect(self._store)
        column.addWidget(self.table)
        column.addWidget(label(_("地图上没显示的图层不捕捉。画的时候按住 Ctrl，暂时不捕捉。"), "note", wrap=True))

    # -- filling ---------------------------------------------------------------------------------------------------

    def fill(self, settings: SnapSettings, layers: Sequence[Layer], current: str) -> None:
        self._settings, self._layers, self._current = settings, layers, current
        self._show()

    def _show(self) -> None:
        self._filling = True
        try:
            self._show_settings(self._settings)
        finally:
            self._filling = False

    def _show_settings(self, settings: SnapSettings) -> None:
        for kind, box in self.kinds.items():
            box.setChecked(kind in settings.kinds)
        self.pixels.setValue(round(settings.pixels))
        self.spacing.setEditText(f"{settings.grid_m:g}")
        self.fault.hide()
        own = settings.avoided is None
        self.own.setChecked(own)
        self.table.setRowCount(len(self._layers))
        for row, (table, title, geometry) in enumerate(self._layers):
            self.table.setItem(row, 0, QTableWidgetItem(title))
            self._tick(row, 1, table not in settings.off, enabled=True)
            avoided = geometry == "polygon" and table in (settings.avoided or ())
            self._tick(row, 2, avoided, enabled=geometry == "polygon" and not own)
        self.only.setEnabled(self._current in [one[0] for one in self._layers])

    def _tick(self, row: int, column: int, on: bool, *, enabled: bool) -> None:
        item = QTableWidgetItem()
        if column == 1 or self._layers[row][2] == "polygon":
            item.setCheckState(_CHECKED if on else _UNCHECKED)
            usable = Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(usable | Qt.ItemFlag.ItemIsEnabled if enabled else usable)
        else:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setText("—")
        self.table.setItem(row, column, item)

    def open_at(self, place: QPoint) -> None:
        """Under its button, inside the screen."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = max(screen.left(), min(place.x(), screen.right() - self.width()))
        y = max(screen.top(), min(place.y(), screen.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.kinds["vertex"].setFocus()

    # -- changing --------------------------------------------------------------------------------------------------

    def _all(self) -> None:
        self._take(replace(self._settings, off=frozenset()))

    def _only(self) -> None:
        off = frozenset(one[0] for one in self._layers if one[0] != self._current)
        self._take(replace(self._settings, off=off))

    def _take(self, settings: SnapSettings) -> None:
        self._settings = settings
        self._show()
        self.changed.emit(settings)

    def _store(self, *_anything: object) -> None:
        if self._filling:
            return
        spacing = _metres(self.spacing.currentText())
        self.fault.setVisible(spacing is None)
        if spacing is None:
            self.fault.setText(
                _("“{text}”不是格网间隔。请写 0.1 到 1 000 000 之间的米数，如 100。").format(
                    text=self.spacing.currentText()
                )
            )
        rows = [(table, row) for row, (table, _title, _geometry) in enumerate(self._layers)]
        own = self.own.isChecked()
        switched = own != (self._settings.avoided is None)
        avoided = {table for table, row in rows if self._ticked(row, 2)}
        if switched and not own and not avoided:
            avoided = {self._current}  # the list starts with what held until now
        self._settings = replace(
            self._settings,
            kinds=tuple(kind for kind, box in self.kinds.items() if box.isChecked()),
            pixels=float(self.pixels.value()),
            grid_m=spacing if spacing is not None else self._settings.grid_m,
            off=frozenset(table for table, row in rows if not self._ticked(row, 1)),
            avoided=None if own else frozenset(avoided),
        )
        if switched:
            self._show()
        self.changed.emit(self._settings)

    def _ticked(self, row: int, column: int) -> bool:
        item = self.table.item(row, column)
        return item is not None and item.checkState() == _CHECKED


def _metres(text: str) -> float | None:
    try:
        value = float(text.strip().replace(" ", "").removesuffix(_("米")))
    except ValueError:
        return None
    return value if 0.1 <= value <= 1e6 else None
