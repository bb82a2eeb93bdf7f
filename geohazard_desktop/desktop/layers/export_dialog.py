"""导出图层: which features, as what file, in which coordinate system, for whom."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.radio_row import chosen_key, radio_row
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.words import grouped
from geohazard_desktop.exchange.layer_order import FORMATS, Format, FormatKey, Profile, fits
from geohazard_desktop.workspace.definition import LayerDefinition

ALL, CHOSEN, SEEN = "all", "chosen", "seen"
_TABLES = (".xlsx", ".csv")


class LayerExportDialog(QDialog):
    """After `exec`: `scope` (all, chosen, seen), `form`, `epsg`, `profile`, `titles`, `coordinates`, `recipient`.

    `counts` by scope; `systems` as (EPSG code, words); `sentences` by profile: what the law says of data that leave;
    `home`: the layer's shapes are where people live.
    """

    def __init__(
        self,
        definition: LayerDefinition,
        counts: Mapping[str, int],
        systems: Sequence[tuple[int, str]],
        sentences: Mapping[str, str],
        *,
        home: bool,
        form: FormatKey,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._definition, self._counts, self._systems = definition, counts, systems
        self._sentences, self._home = sentences, home
        self.setWindowTitle(_("导出图层"))
        self.setMinimumWidth(theme().px(700))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(12))
        column.addWidget(label(_("导出“{title}”").format(title=definition.title), "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(14))
        grid.setVerticalSpacing(theme().px(9))
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self.scopes = radio_row(self, grid, 0, _("哪些要素"), self._scopes())
        self._add_formats(grid, form)
        self._add_systems(grid)
        self.profiles = radio_row(
            self,
            grid,
            4,
            _("给谁用"),
            [("public", _("公开（不含个人信息）"), not definition.personal), ("internal", _("内部"), True)],
        )
        self.receiver = QLineEdit()
        self.receiver.setPlaceholderText(_("接收单位，记进导出登记，可以不填"))
        self.receiver.setAccessibleName(_("给哪个单位"))
        grid.addWidget(label(_("给哪个单位"), "label"), 5, 0)
        grid.addWidget(self.receiver, 5, 1)
        self._add_ticks(grid)
        self.note = label("", "note", wrap=True)
        self.note.setMinimumHeight(theme().px(92))
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.note)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("取消"), self.reject))
        self.take = button("", self.accept, primary=True)
        self.take.setDefault(True)
        row.addWidget(self.take)
        column.addLayout(row)
        for group in (self.scopes, self.profiles):
            group.buttonToggled.connect(lambda *_on: self._tell())
        self.files.currentIndexChanged.connect(lambda _at: self._settle())
        self._settle()

    # -- building --------------------------------------------------------------------------------------------------

    def _scopes(self) -> list[tuple[str, str, bool]]:
        counts = self._counts
        whole = (ALL, _("整层 {count} 个").format(count=grouped(counts[ALL])), True)
        chosen = (
            _("选中的 {count} 个").format(count=grouped(counts[CHOSEN])) if counts[CHOSEN] else _("选中的（没有选）")
        )
        found = [whole, (CHOSEN, chosen, counts[CHOSEN] > 0)]
        if SEEN in counts:
            found.append((SEEN, _("图上所见 {count} 个").format(count=grouped(counts[SEEN])), counts[SEEN] > 0))
        # Who has chosen some and asks for an export means these.
        return sorted(found, key=lambda one: one[0] != CHOSEN) if counts[CHOSEN] else found

    def _add_formats(self, grid: QGridLayout, form: FormatKey) -> None:
        self.files = QComboBox()
        self.files.setAccessibleName(_("什么文件"))
        for one in FORMATS.values():
            if fits(one, self._definition):
                self.files.addItem(f"{one.title}（{one.suffix.lstrip('.')}）", one.key)
        self.files.setCurrentIndex(max(0, self.files.findData(form)))
        self.about = label("", "note", wrap=True)
        self.about.setMinimumHeight(theme().px(38))
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(_("什么文件"), "label"), 1, 0)
        grid.addWidget(self.files, 1, 1)
        grid.addWidget(self.about, 2, 1)

    def _add_systems(self, grid: QGridLayout) -> None:
        self.crs = QComboBox()
        self.crs.setAccessibleName(_("坐标系"))
        title = label(_("坐标系"), "label")
        grid.addWidget(title, 3, 0)
        grid.addWidget(self.crs, 3, 1)
        for one in (title, self.crs):
            one.setVisible(self._definition.geometry != "none")

    def _add_ticks(self, grid: QGridLayout) -> None:
        self.headings = QCheckBox(_("列名用中文（不勾用英文字段名）"))
        self.headings.setChecked(True)
        self.places = QCheckBox(_("写坐标"))
        self.places.setChecked(True)
        row = QHBoxLayout()
        row.setSpacing(theme().px(16))
        for one in (self.headings, self.places):
            row.addWidget(one)
        row.addStretch(1)
        grid.addLayout(row, 6, 1)

    # -- what is chosen --------------------------------------------------------------------------------------------

    @property
    def scope(self) -> str:
        return chosen_key(self.scopes)

    @property
    def form(self) -> Format:
        return FORMATS[self.files.currentData()]

    @property
    def profile(self) -> Profile:
        return "public" if chosen_key(self.profiles) == "public" else "internal"

    @property
    def epsg(self) -> int | None:
        return None if self._definition.geometry == "none" else int(self.crs.currentData())

    @property
    def titles(self) -> bool:
        return self.headings.isChecked()

    @property
    def coordinates(self) -> bool:
        return self.places.isChecked()

    @property
    def recipient(self) -> str:
        return self.receiver.text().strip()

    # -- showing ---------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Another format: its systems, its ticks, its words."""
        form = self.form
        self.about.setText(form.note)
        chosen = self.crs.currentData()
        self.crs.clear()
        for code, words in self._systems:
            degrees = code in (4490, 4326)
            if (form.epsg is None or code == form.epsg) and not (form.plane and degrees):
                self.crs.addItem(words, code)
        self.crs.setCurrentIndex(max(0, self.crs.findData(chosen)))
        self.crs.setEnabled(form.epsg is None)
        self.crs.setToolTip(_("这种文件按标准只写 WGS 84 经纬度。") if form.epsg is not None else "")
        self.headings.setVisible(form.headings)
        self._tell()

    def _tell(self) -> None:
        """Which personal columns go along or stay here, and what the law says."""
        definition = self._definition
        public = self.profile == "public"
        personal = "、".join(one.title for one in definition.fields if definition.is_personal(one.name))
        stays = self._home and public
        told = []
        if stays and self.form.suffix not in _TABLES:
            told.append(_("这一层的位置就是住址，不能公开导出：请选“内部”，或导出成不写坐标的 Excel、CSV。"))
        if definition.personal:
            told.append(_("这一层整层都是个人信息，只能内部用。"))
        elif personal and public:
            told.append(_("不写这些列：{titles}。别的列里写到的人名和电话盖成〔略〕。").format(titles=personal))
        elif personal:
            told.append(_("含个人信息：{titles}。").format(titles=personal))
        else:
            told.append(_("这一层没有个人信息的列。"))
        told.append(self._sentences[self.profile])
        self.note.setText("\n".join(told))
        table = self.form.suffix in _TABLES
        self.places.setVisible(table and self._definition.geometry != "none" and not stays)
        self.take.setEnabled(not stays or table)
        self.take.setText(_("导出这 {count} 个……").format(count=grouped(self._counts[self.scope])))
