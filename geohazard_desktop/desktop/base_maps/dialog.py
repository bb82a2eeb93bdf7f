"""添加底图: a file, a folder of tiles, or a service; what it is stands below before it is added."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pyproj import Transformer
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.cartography.base_maps.keys import key_of, store_key
from geohazard_desktop.cartography.base_maps.probe import Found, Tested, look_at_path, tried_service
from geohazard_desktop.cartography.base_maps.service_urls import PRESETS, needs_key, service_of
from geohazard_desktop.cartography.base_maps.spec import BaseMap, BaseMapUnusable
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.background import Jobs
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.exchange.crs import candidates
from geohazard_desktop.workspace.own_district import own_district_bounds
from geohazard_desktop.workspace.workspace import Workspace

KEY_NOTE = _(
    "密钥只存在这台电脑的本人设置里，不进工作文件、不印、不传给别人。天地图密钥在天地图官网申请，类型选“服务器端”。"
)


def kinds_of_file() -> str:
    return _("影像、高程、瓦片包 (*.tif *.tiff *.img *.png *.jpg *.jpeg *.jp2 *.vrt *.mbtiles);;全部文件 (*)")


class BaseMapDialog(QDialog):
    """After `exec`: `base_maps` is what is to be added, painted first first."""

    def __init__(self, parent: QWidget, ws: Workspace, path: Path | None = None) -> None:
        super().__init__(parent)
        self._ws = ws
        self._jobs = Jobs(self)
        self.base_maps: list[BaseMap] = []
        self._found: Found | None = None
        # Typed paths and addresses are judged when the hand rests; the disk of a share may be slow.
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(300)
        self._settle.timeout.connect(self._judge)
        self.setWindowTitle(_("添加底图"))
        self.setMinimumWidth(theme().px(620))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(8))
        column.addWidget(label(_("添加底图"), "title"))
        column.addWidget(label(_("垫在图层下面，给人看地形地物。公开的图和网页不带底图。"), "note", wrap=True))
        self.ways = QTabWidget()
        self.ways.setDocumentMode(True)
        self.ways.addTab(self._file_page(), _("文件"))
        self.ways.addTab(self._folder_page(), _("瓦片文件夹"))
        self.ways.addTab(self._service_page(), _("网络地图"))
        self.ways.currentChanged.connect(self._judge)
        column.addWidget(self.ways)
        column.addLayout(self._common())
        self.facts = label("", "note", wrap=True)
        column.addWidget(self.facts)
        self.doubts = label("", "reminder", wrap=True)
        column.addWidget(self.doubts)
        self.fault = label("", "error", wrap=True)
        column.addWidget(self.fault)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("取消"), self.reject))
        self.take = button(_("添加"), self._take, primary=True)
        self.take.setDefault(True)
        row.addWidget(self.take)
        column.addLayout(row)
        line = self.folder if path is not None and path.is_dir() else self.path
        if path is not None:
            line.setText(str(path))
        self.ways.setCurrentIndex(int(line is self.folder))
        self._judge()
        line.setFocus()

    # -- building --------------------------------------------------------------------------------------------------

    def _page(self) -> tuple[QWidget, QGridLayout]:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, theme().px(12), 0, theme().px(6))
        grid.setColumnMinimumWidth(0, theme().px(52))
        grid.setRowStretch(9, 1)
        grid.setHorizontalSpacing(theme().px(10))
        grid.setVerticalSpacing(theme().px(8))
        grid.setColumnStretch(1, 1)
        return page, grid

    def _line(self, name: str, then: Callable[[], object]) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.textChanged.connect(then)
        return made

    def _file_page(self) -> QWidget:
        page, grid = self._page()
        self.path = self._line(_("文件"), self._settle.start)
        grid.addWidget(label(_("文件"), "label"), 0, 0)
        grid.addWidget(self.path, 0, 1)
        grid.addWidget(button(_("选文件……"), self._choose_file), 0, 2)
        self._crs_title = label(_("坐标系"), "label")
        self.crs = CalmCombo()
        self.crs.setAccessibleName(_("坐标系"))
        self.crs.addItem(_("按文件里写的"), None)
        for code, title in candidates(self._ws.crs):
            self.crs.addItem(f"EPSG:{code}　{title}", code)
        self.crs.currentIndexChanged.connect(self._judge)
        grid.addWidget(self._crs_title, 1, 0)
        grid.addWidget(self.crs, 1, 1, 1, 2)
        own = _("用工作文件的坐标系（EPSG:{epsg}）").format(epsg=self._ws.epsg)
        self.own_crs = button(own, lambda: self.crs.setCurrentIndex(self.crs.findData(self._ws.epsg)))
        self.own_crs.hide()
        grid.addWidget(self.own_crs, 3, 1)
        self._look_title = label(_("画成"), "label")
        self.look = CalmCombo()
        self.look.setAccessibleName(_("画成"))
        self.look.addItem(_("高程渲染：分层设色加阴影"), "relief")
        self.look.addItem(_("灰度影像"), "raster")
        grid.addWidget(self._look_title, 2, 0)
        grid.addWidget(self.look, 2, 1, 1, 2)
        return page

    def _folder_page(self) -> QWidget:
        page, grid = self._page()
        self.folder = self._line(_("文件夹"), self._settle.start)
        grid.addWidget(label(_("文件夹"), "label"), 0, 0)
        grid.addWidget(self.folder, 0, 1)
        grid.addWidget(button(_("选文件夹……"), self._choose_folder), 0, 2)
        self._rows_title = label(_("行号"), "label")
        self.rows = CalmCombo()
        self.rows.setAccessibleName(_("行号"))
        self.rows.addItem(_("从北往南数（通用，XYZ）"), False)
        self.rows.addItem(_("从南往北数（TMS）"), True)
        self._matrix_title = label(_("切图"), "label")
        self.matrix = CalmCombo()
        self.matrix.setAccessibleName(_("切图"))
        self.matrix.addItem(_("网络墨卡托（EPSG:3857，最常见）"), "w")
        self.matrix.addItem(_("经纬度（EPSG:4490，天地图的 c 类）"), "c")
        grid.addWidget(self._rows_title, 1, 0)
        grid.addWidget(self.rows, 1, 1, 1, 2)
        grid.addWidget(self._matrix_title, 2, 0)
        grid.addWidget(self.matrix, 2, 1, 1, 2)
        return page

    def _service_page(self) -> QWidget:
        page, grid = self._page()
        self.service = CalmCombo()
        self.service.setAccessibleName(_("哪一种"))
        for preset in PRESETS:
            self.service.addItem(preset.title, preset)
        self.service.addItem(_("别的服务（自己填网址）"), None)
        self.service.currentIndexChanged.connect(self._service_chosen)
        grid.addWidget(label(_("哪一种"), "label"), 0, 0)
        grid.addWidget(self.service, 0, 1, 1, 2)
        self.names = QCheckBox(_("连同注记（地名、道路名）"))
        self.names.setChecked(True)
        grid.addWidget(self.names, 1, 1, 1, 2)
        self._address_title = label(_("网址"), "label")
        self.address = self._line(_("网址"), self._settle.start)
        self.address.textEdited.connect(self._forget_test)
        self.address.setPlaceholderText("https://……/{z}/{x}/{y}.png")
        grid.addWidget(self._address_title, 2, 0)
        grid.addWidget(self.address, 2, 1, 1, 2)
        self._key_title = label(_("密钥"), "label")
        self.key = self._line(_("密钥"), self._judge)
        self.key.setPlaceholderText(_("本单位申请的密钥（tk）"))
        grid.addWidget(self._key_title, 3, 0)
        grid.addWidget(self.key, 3, 1)
        self.test = button(_("试一试"), self._test)
        grid.addWidget(self.test, 3, 2)
        self.key_note = label(KEY_NOTE, "small", wrap=True)
        grid.addWidget(self.key_note, 4, 1, 1, 2)
        self.tested = label("", "note", wrap=True)
        self.sample = QLabel()
        self.sample.hide()
        row = QHBoxLayout()
        row.addWidget(self.sample)
        row.addWidget(self.tested, 1)
        grid.addLayout(row, 5, 1, 1, 2)
        self._service_chosen()
        return page

    def _common(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnMinimumWidth(0, theme().px(52))
        grid.setHorizontalSpacing(theme().px(10))
        grid.setVerticalSpacing(theme().px(8))
        grid.setColumnStretch(1, 1)
        self.name, self.credit = QLineEdit(), QLineEdit()
        for number, (words, one) in enumerate(((_("名称"), self.name), (_("来源"), self.credit))):
            one.setAccessibleName(words)
            grid.addWidget(label(words, "label"), number, 0)
            grid.addWidget(one, number, 1)
        self.credit.setPlaceholderText(_("谁、哪年的影像；写在图角上和内部图的资料来源里"))
        self.printed = QCheckBox(_("印在内部警示图上"))
        self.printed.setChecked(True)
        grid.addWidget(self.printed, 2, 1)
        return grid

    # -- choosing --------------------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        found = files.ask_open(self, _("选底图文件"), kinds_of_file())
        if found is not None:
            self.path.setText(str(found))
            self._judge()

    def _choose_folder(self) -> None:
        found = files.ask_folder(self, _("选瓦片文件夹"))
        if found is not None:
            self.folder.setText(str(found))
            self._judge()

    def _service_chosen(self) -> None:
        preset = self.service.currentData()
        own = preset is None
        self._forget_test()
        self.names.setVisible(not own)
        self._address_title.setVisible(own)
        self.address.setVisible(own)
        if preset is not None:
            self.key.setText(key_of(preset.base_maps(with_names=False)[0].source))
        if hasattr(self, "take"):
            self._judge()

    # -- judging ---------------------------------------------------------------------------------------------------

    def _judge(self) -> None:
        """Say what has been chosen, or what is missing; only what can be shown can be added."""
        self._settle.stop()
        self._found = None
        fault, ready = "", False
        try:
            ready = self._judge_service() if self.ways.currentIndex() == 2 else self._judge_path()
        except GeohazardError as error:
            fault = str(error)
        found = self._found
        is_raster = self.ways.currentIndex() == 0 and not self.path.text().strip().lower().endswith(".mbtiles")
        for one in (self._crs_title, self.crs):
            one.setVisible(is_raster)
        self.own_crs.setVisible(bool(fault) and is_raster and self._own_would_do())
        for one in (self._look_title, self.look):
            one.setVisible(found is not None and found.single)
        self.facts.setText("　".join(found.facts) if found else "")
        self.doubts.setText("".join(found.doubts) if found else "")
        self.fault.setText(fault)
        for one in (self.facts, self.doubts, self.fault):
            one.setVisible(bool(one.text()))
        self.take.setEnabled(ready)

    def _own_would_do(self) -> bool:
        """Whether nothing but the system is missing, and the workspace's puts the picture into the district."""
        text = self.path.text().strip().strip('"')
        if not text or self.crs.currentData() is not None or self.crs.findData(self._ws.epsg) < 0:
            return False
        try:
            found = look_at_path(Path(text), self._ws.epsg, epsg=self._ws.epsg, district=own_district_bounds(self._ws))
        except GeohazardError:
            return False
        return not found.doubts

    def _judge_path(self) -> bool:
        line = self.path if self.ways.currentIndex() == 0 else self.folder
        text = line.text().strip().strip('"')
        if not text:
            self._suggest("", "", printed=True)
            return False
        path = Path(text)
        if self.ways.currentIndex() == 0 and path.is_dir():
            raise BaseMapUnusable(_("这是一个文件夹。"), _("装着瓦片的文件夹请到“瓦片文件夹”里选。"))
        district = own_district_bounds(self._ws)
        epsg = self.crs.currentData() if self.ways.currentIndex() == 0 else None
        self._found = look_at_path(path, self._ws.epsg, epsg=epsg, district=district)
        self._suggest(self._found.base_map.title, self._found.base_map.attribution, printed=True)
        if self.folder.property("judged") != text:
            self.folder.setProperty("judged", text)
            self.rows.setCurrentIndex(int(self._found.base_map.tms))
        return True

    def _judge_service(self) -> bool:
        preset = self.service.currentData()
        if preset is not None:
            self._suggest(preset.title, preset.base_maps(with_names=False)[0].attribution, printed=False)
            self._show_key(True)
            return bool(self.key.text().strip())
        text = self.address.text().strip()
        self._show_key("{key}" in text)
        if not text:
            self._suggest("", "", printed=False)
            return False
        made, key = service_of(text)
        if key:  # a pasted address with the key in it: the key goes to its own line, where it stays on this machine
            self.key.setText(key)
            self.address.setText(made.source)
        self._show_key(needs_key(made.source))
        if not self.key.text() and needs_key(made.source):
            self.key.setText(key_of(made.source))
        self._suggest(made.title, made.attribution, printed=False)
        return bool(self.key.text().strip()) or not needs_key(made.source)

    def _show_key(self, on: bool) -> None:
        for one in (self._key_title, self.key, self.key_note):
            one.setVisible(on)

    def _suggest(self, title: str, credit: str, *, printed: bool) -> None:
        """Fill in what the user has not written."""
        for line, words in ((self.name, title), (self.credit, credit)):
            if not line.isModified():
                line.setText(words)
                line.setCursorPosition(0)
                line.setModified(False)
        if self.printed.property("for") != printed:
            self.printed.setProperty("for", printed)
            self.printed.setChecked(printed)

    # -- taking ----------------------------------------------------------------------------------------------------

    def _made(self) -> list[BaseMap]:
        title, credit = self.name.text().strip(), self.credit.text().strip()
        said = {"attribution": credit, "printed": self.printed.isChecked()}
        if self._found is not None:
            one = self._found.base_map
            if self._found.single:
                one = replace(one, kind=self.look.currentData())
            if one.kind == "folder":
                one = replace(one, tms=bool(self.rows.currentData()), matrix=self.matrix.currentData())
            return [replace(one, title=title or one.title, **said)]
        preset = self.service.currentData()
        if preset is None:
            made, _key = service_of(self.address.text())
            return [replace(made, title=title or made.title, **said)]
        found = preset.base_maps(with_names=self.names.isChecked())
        return [replace(one, title=one.title.replace(preset.title, title or preset.title), **said) for one in found]

    def _take(self) -> None:
        try:
            self.base_maps = self._made()
            if self.base_maps and needs_key(self.base_maps[0].source):
                store_key(self.base_maps[0].source, self.key.text())
        except (GeohazardError, OSError) as error:
            self.fault.setText(_("没有存上：{reason}").format(reason=error))
            self.fault.show()
            return
        self.accept()

    # -- trying a service ------------------------------------------------------------------------------------------

    def _test(self) -> None:
        try:
            one = replace(self._made()[0], key=self.key.text().strip())
        except GeohazardError as error:
            self.tested.setText(str(error))
            return
        place = self._place()
        self.test.setEnabled(False)
        self._forget_test()
        self.tested.setText(_("正在向服务器要一块图……"))
        self._jobs.start(
            lambda _progress: tried_service(one, *place),
            self._show_tested,
            failed=lambda: self.test.setEnabled(True),
        )

    def _forget_test(self) -> None:
        """What came back was of another address."""
        self.tested.clear()
        self.sample.clear()
        self.sample.hide()

    def _place(self) -> tuple[float, float]:
        """The middle of the district in degrees."""
        bounds = self._ws.extent()
        if bounds is None:
            return 106.7, 39.5
        to_degrees = Transformer.from_crs(self._ws.crs, self._ws.crs.geodetic_crs, always_xy=True)
        longitude, latitude = to_degrees.transform((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
        return float(longitude), float(latitude)

    def _show_tested(self, tested: Tested) -> None:
        self.test.setEnabled(True)
        self.tested.setText(tested.sentence)
        if tested.image is not None:
            self.sample.show()
            side = theme().px(84)
            self.sample.setPixmap(
                QPixmap.fromImage(tested.image).scaled(
                    side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            )

    def done(self, result: int) -> None:
        self._jobs.wait(seconds=0.0)  # what a service has not said yet is not waited for
        super().done(result)
