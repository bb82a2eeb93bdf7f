"""F1: all keys, made from the command table; and what program this is."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop import __version__
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.commands import COMMANDS, MENUS, Command
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at

_CANVAS = (
    (_("滚轮"), _("以指针为中心放大、缩小；按住 Ctrl 变慢")),
    (_("按住空格，中键拖动"), _("平移地图，画到一半、拖到一半也行")),
    (_("单击 / 双击、回车"), _("定一点 / 完成")),
    (_("退格 / Esc"), _("退一点 / 取消")),
    (_("右键"), _("画到一半：完成、退一点、键入数值；别处：那里的要素")),
    (_("按住 Shift"), _("画的时候走直角；选的时候添加")),
    (_("按住 Ctrl"), _("画的时候暂不捕捉；选的时候增减")),
    ("=", _("键入坐标，或方位角和距离")),
    (_("方向键"), _("微移选中的要素或拐点，加 Shift 移 10 倍")),
    (_("Ctrl + 方向键"), _("叫出键盘十字，再按方向键移动，加 Shift 快；Esc 收起")),
    (_("Shift + 回车"), _("键盘十字按住不放，移到别处再按回车松开：框选、拖拐点、套索；Esc 放弃")),
    (_("回车"), _("在十字处单击；同一处再按一次完成")),
    ("+ / −", _("放大、缩小")),
    ("PgUp PgDn Home End", _("地图向上、下、左、右翻半屏")),
    ("Tab", _("收起或放回四周的面板")),
)


class KeysDialog(QDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("快捷键一览"))
        open_at(self, 860, 640)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme().px(14), 0, theme().px(12))
        title = label(_("快捷键一览"), "title")
        title.setContentsMargins(theme().px(22), 0, 0, 0)
        column.addWidget(title)
        area = QScrollArea()
        area.setWidgetResizable(True)
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(theme().px(22), theme().px(8), theme().px(22), theme().px(8))
        grid.setHorizontalSpacing(theme().px(14))
        grid.setVerticalSpacing(theme().px(5))
        rows: list[tuple[str, str]] = [("", _("画布上")), *_CANVAS]
        for menu, name in MENUS:
            keyed = [one for one in COMMANDS if one.menu == menu and one.shortcut]
            if keyed:
                rows.append(("", name))
                rows += [(_keys(one), one.text.rstrip("…")) for one in keyed]
        half = (len(rows) + 1) // 2
        for index, (key, words) in enumerate(rows):
            line, side = index % half, 2 * (index // half)
            if not key:
                grid.addWidget(label(words, "strong"), line, side, 1, 2)
                continue
            grid.addWidget(label(key, "key"), line, side)
            grid.addWidget(label(words), line, side + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        area.setWidget(body)
        column.addWidget(area, 1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, theme().px(22), 0)
        row.addStretch(1)
        row.addWidget(button(_("知道了"), self.accept, primary=True))
        column.addLayout(row)


def _keys(command: Command) -> str:
    """All keys of a command, as the keyboard names them."""
    native = QKeySequence.SequenceFormat.NativeText
    return "，".join(QKeySequence(one).toString(native) for one in (command.shortcut, *command.more))


class AboutDialog(QDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("关于"))
        self.setMinimumWidth(theme().px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(24), theme().px(20), theme().px(24), theme().px(18))
        column.setSpacing(theme().px(8))
        column.addWidget(label(_("地质灾害防治工作台"), "heading"))
        column.addWidget(label(_("版本 {version}").format(version=__version__), "note"))
        text = _(
            "画地质灾害危险区和撤离路线，出警示图和防灾明白卡。"
            "每画一笔就存到磁盘；工作文件是普通的 GeoPackage，QGIS 也能打开。"
        )
        column.addWidget(label(text, wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("知道了"), self.accept, primary=True))
        column.addLayout(row)
