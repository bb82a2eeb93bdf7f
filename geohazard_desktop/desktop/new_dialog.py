"""A new workspace: which district, and where the file lies. One of the few dialogs."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.user_folders import documents_folder
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.domain.district import District, available_districts, read_district

# What every card and sheet prints: key, title, what to write.
_PRINTED = (
    ("office.name", _("单位名称"), _("和公章上的全称一致")),
    ("duty.phone", _("值班电话"), _("24 小时有人接的固定电话")),
    ("signal.text", _("预警信号"), _("听到什么就撤离：和预案、演练时用的一样")),
)


_WIDTH, _HEIGHT = 560, 560


class NewDialog(QDialog):
    """After `exec`: `district` and `path` are what was chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("新建工作文件"))
        self.district: District | None = None
        self.path = documents_folder()
        self._typed = False
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme().px(18))
        body = QWidget()
        body.setObjectName("panel")
        column = QVBoxLayout(body)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(8))
        column.setSpacing(theme().px(8))
        column.addWidget(label(_("新建工作文件"), "title"))
        column.addWidget(label(_("一个文件装下这个区县的全部图层、样式和历史，QGIS 也能打开。"), "note", wrap=True))
        column.addSpacing(theme().px(6))
        column.addWidget(label(_("区县"), "label"))
        row = QHBoxLayout()
        self.choice = CalmCombo()
        for code, name in available_districts():
            self.choice.addItem(f"{name}（{code}）", code)
        self.choice.currentIndexChanged.connect(self._chosen)
        row.addWidget(self.choice, 1)
        row.addWidget(button(_("用自己的区县设置……"), self._own))
        column.addLayout(row)
        self.facts = label("", "note", wrap=True)
        column.addWidget(self.facts)
        column.addSpacing(theme().px(6))
        self._build_printed(column)
        column.addSpacing(theme().px(6))
        column.addWidget(label(_("存到"), "label"))
        row = QHBoxLayout()
        self.place = QLineEdit()
        self.place.textEdited.connect(self._edited)
        self.place.textChanged.connect(self._judge)
        row.addWidget(self.place, 1)
        row.addWidget(button(_("换个地方……"), self._elsewhere))
        column.addLayout(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        whole.addWidget(area, 1)
        self._build_end(whole)
        self._chosen()
        open_at(self, _WIDTH, _HEIGHT)

    def _build_end(self, whole: QVBoxLayout) -> None:
        """What is wrong, and the buttons: always in sight, whatever of the rest must be scrolled."""
        self.fault = label("", "error", wrap=True)
        self.fault.setContentsMargins(theme().px(22), 0, theme().px(22), 0)
        whole.addWidget(self.fault)
        row = QHBoxLayout()
        row.setContentsMargins(theme().px(22), theme().px(10), theme().px(22), 0)
        row.addStretch(1)
        row.addWidget(button(_("取消"), self.reject))
        self.make = button(_("新建"), self._take, primary=True)
        self.make.setDefault(True)
        row.addWidget(self.make)
        whole.addLayout(row)

    def _build_printed(self, column: QVBoxLayout) -> None:
        """What every paper prints, from the district's settings, to be completed now."""
        column.addWidget(label(_("印在每张卡和图上的"), "label"))
        self.lines = {key: QLineEdit() for key, _title, _help in _PRINTED}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(10))
        grid.setVerticalSpacing(theme().px(6))
        for number, (key, title, helping) in enumerate(_PRINTED):
            self.lines[key].setPlaceholderText(helping)
            self.lines[key].setAccessibleName(title)
            self.lines[key].textChanged.connect(self._tell_empty)
            grid.addWidget(label(title), number, 0)
            grid.addWidget(self.lines[key], number, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self.empty = label("", "reminder", wrap=True)
        column.addWidget(self.empty)

    def _chosen(self) -> None:
        source = self.choice.currentData()
        try:
            self.district = read_district(source) if source else None
        except GeohazardError as error:
            self.district = None
            self.facts.setText(str(error))
        else:
            self.facts.setText(_facts(self.district) if self.district else _("请选区县，或用自己的区县设置文件。"))
        for key, line in self.lines.items():
            line.setText("" if self.district is None else self.district.text(key))
            line.setEnabled(self.district is not None and key in self.district.settings)
            line.setCursorPosition(0)
        self._tell_empty()
        if self.district is not None and not self._typed:
            stem = _("{district}地质灾害防治").format(district=self.district.name)
            self.place.setText(str(files.free_name(documents_folder(), stem, ".gpkg")))
        self._judge()

    def _edited(self) -> None:
        self._typed = True

    def _tell_empty(self) -> None:
        """What is not known may stay empty; it is told here, not first on paper."""
        empty = [title for key, title, _help in _PRINTED if not self.lines[key].text().strip()]
        words = _("{titles}空着：卡和图上这一处留横线，检查会报。以后在“文件”菜单的“单位设置”里填。")
        self.empty.setText(words.format(titles="、".join(empty)) if empty and self.district is not None else "")
        self.empty.setVisible(bool(self.empty.text()))

    def _own(self) -> None:
        found = files.ask_open(self, _("选区县设置文件"), _("区县设置 (*.toml)"))
        if found is None:
            return
        try:
            district = read_district(found)
        except GeohazardError as error:
            self.facts.setText(str(error))
            return
        self.choice.addItem(f"{district.name}（{found.name}）", str(found))
        self.choice.setCurrentIndex(self.choice.count() - 1)

    def _elsewhere(self) -> None:
        name = Path(self.place.text()).name or "工作文件.gpkg"
        found = files.ask_save(self, _("新工作文件存到哪里"), name, files.workspaces(), ".gpkg")
        if found is not None:
            self._typed = True
            self.place.setText(str(found))

    def _judge(self) -> None:
        path = Path(self.place.text().strip())
        fault = ""
        if path.suffix.lower() != ".gpkg":
            fault = _("文件名要以 .gpkg 结尾。")
        elif path.exists():
            fault = _("已经有 {name}，不会覆盖。请换一个名字。").format(name=path.name)
        elif not path.parent.is_dir():
            fault = _("没有文件夹 {name}。").format(name=path.parent)
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.make.setEnabled(self.district is not None and not fault)

    def _take(self) -> None:
        self.path = Path(self.place.text().strip())
        if self.district is not None:
            texts = {key: line.text() for key, line in self.lines.items()}
            self.district = self.district.with_texts(texts, _("新建时填写"))
        self.accept()


def _facts(district: District) -> str:
    parts = [
        _("{parent}{name}").format(parent=district.parent, name=district.name),
        _("坐标系 EPSG:{epsg}").format(epsg=district.epsg),
        _("编号以 {prefix}- 开头").format(prefix=district.prefix),
    ]
    if district.units:
        parts.append(_("{count} 个街道（镇）").format(count=len(district.units)))
    return "，".join(parts) + "。"
