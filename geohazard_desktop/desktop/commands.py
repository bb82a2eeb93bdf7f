"""Commands as data: menus, toolbar, command palette, tooltips and the key overview are all made from `COMMANDS`.

A command names its needs; where one is not met, the need itself says in one sentence why and what to do first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geohazard_desktop.common.texts import _


@dataclass(frozen=True, slots=True)
class Situation:
    """What enabling a command depends on. Made anew by the window whenever something of it changes."""

    has_workspace: bool = False
    read_only_reason: str = ""
    selected: int = 0
    undo_words: str | None = None
    redo_words: str | None = None
    drawing: bool = False
    layer_drawable: bool = False
    layer_has_features: bool = False
    layer_styled: bool = False
    findings: int = 0


def _workspace(now: Situation) -> str:
    return "" if now.has_workspace else _("先打开或新建一个工作文件。")


def _writable(now: Situation) -> str:
    return _workspace(now) or now.read_only_reason


def _selection(now: Situation) -> str:
    return _workspace(now) or ("" if now.selected else _("先在图上选中要素。"))


def _selection_writable(now: Situation) -> str:
    return _writable(now) or _selection(now)


def _undo(now: Situation) -> str:
    return _writable(now) or ("" if now.undo_words else _("还没有可以撤销的一步。"))


def _redo(now: Situation) -> str:
    return _writable(now) or ("" if now.redo_words else _("没有撤销过，不用重做。"))


def _drawing(now: Situation) -> str:
    return _workspace(now) or ("" if now.drawing else _("现在没有在画。"))


def _layer_drawable(now: Situation) -> str:
    return _writable(now) or ("" if now.layer_drawable else _("在左边选一个可以画的图层，比如危险区。"))


def _layer_features(now: Situation) -> str:
    return _workspace(now) or ("" if now.layer_has_features else _("左边选中的图层里还没有要素。"))


def _layer_styled(now: Situation) -> str:
    return _workspace(now) or ("" if now.layer_styled else _("在左边选一个有图形的图层，比如危险区。"))


def _findings(now: Situation) -> str:
    return _workspace(now) or ("" if now.findings else _("没有检查结果，先按 F9 全部检查。"))


NEEDS: Mapping[str, Callable[[Situation], str]] = {
    "": lambda _now: "",
    "workspace": _workspace,
    "writable": _writable,
    "selection": _selection,
    "selection_writable": _selection_writable,
    "undo": _undo,
    "redo": _redo,
    "drawing": _drawing,
    "layer_drawable": _layer_drawable,
    "layer_features": _layer_features,
    "layer_styled": _layer_styled,
    "findings": _findings,
}


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `stages` maps a stage key to the group of its toolbar in which the command stands."""

    id: str
    text: str
    menu: str = ""
    icon: str = ""
    shortcut: str = ""
    needs: str = ""
    stages: Mapping[str, int] | None = None
    tip: str = ""
    kind: str = "do"  # do | tool (one of them is active) | switch (on or off)
    caption: str = ""  # under the icon, when shorter than `text`
    more: tuple[str, ...] = ()  # further shortcuts

    def reason(self, now: Situation) -> str:
        """Why the command can't be used now; "" when it can."""
        return NEEDS[self.needs](now)

    @property
    def label(self) -> str:
        return self.caption or self.text.rstrip("…")


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the five steps of the job."""

    key: str
    text: str
    hint: str
    card: str
    card_note: str


STAGES: Sequence[Stage] = (
    Stage("layers", _("图层"), _("看全区的图层，导入新的"), _("载入图层"), _("易发区、河道、采空区、住户")),
    Stage("zones", _("危险区"), _("画危险区"), _("画危险区"), _("边画边看户数、人数、险情等级")),
    Stage("routes", _("撤离路线"), _("画撤离路线、安置点和标志"), _("画撤离路线"), _("从集合点到安置点，三种步行时间")),
    Stage("checks", _("检查"), _("找出会印错的地方"), _("检查"), _("会印错的地方，逐条定位")),
    Stage("publish", _("出图与发卡"), _("警示图、明白卡、网页"), _("出图与发卡"), _("警示图和两种防灾明白卡")),
)

MENUS: Sequence[tuple[str, str]] = (
    ("file", _("文件")),
    ("edit", _("编辑")),
    ("view", _("视图")),
    ("layer", _("图层")),
    ("draw", _("绘制")),
    ("check", _("检查")),
    ("publish", _("出图")),
    ("tools", _("工具")),
    ("help", _("帮助")),
)

_MAP = dict.fromkeys(("layers", "zones", "routes", "checks"), 0)


def _c(
    id: str,
    text: str,
    menu: str,
    icon: str = "",
    shortcut: str = "",
    needs: str = "",
    tip: str = "",
    stages: Mapping[str, int] | None = None,
    kind: str = "do",
    caption: str = "",
    more: tuple[str, ...] = (),
) -> Command:
    return Command(id, text, menu, icon, shortcut, needs, stages, tip, kind, caption, more)


COMMANDS: Sequence[Command] = (
    _c("file.new", _("新建工作文件…"), "file", "plus", "Ctrl+N", tip=_("选一个区县，建一个新的工作文件。")),
    _c("file.open", _("打开工作文件…"), "file", "open", "Ctrl+O", tip=_("打开已有的工作文件（gpkg）。")),
    _c("file.demo", _("打开示例"), "file", "play", tip=_("打开示例的副本，可以随便改。")),
    _c("file.import", _("导入数据…"), "file", "import", "Ctrl+I", "writable",
       _("把 gpkg、shp、geojson、xlsx、csv 导入到一个图层。"), {"layers": 1}, caption=_("导入")),
    _c("file.template", _("写出空白登记表…"), "file", "table", "", "",
       _("写出隐患点、住户、安置点、责任人的空白表，填好后再导入。"), {"layers": 1}, caption=_("空白表")),
    _c("file.settings", _("单位设置…"), "file", "", "", "writable",
       _("单位名称、值班电话、撤离信号、重点防范期、审图号。")),
    _c("file.copy", _("另存副本…"), "file", "save", "", "workspace", _("连同历史另存一份，打开的是副本。")),
    _c("file.close", _("关闭工作文件"), "file", "close", "Ctrl+W", "workspace", _("回到开始页。没有要保存的。")),
    _c("file.quit", _("退出"), "file", "", "Ctrl+Q"),
    _c("edit.undo", _("撤销"), "edit", "undo", "Ctrl+Z", "undo"),
    _c("edit.redo", _("重做"), "edit", "redo", "Ctrl+Y", "redo", more=("Ctrl+Shift+Z",)),
    _c("edit.history", _("历史"), "edit", "history", "Ctrl+H", "workspace",
       _("列出每一步：什么时候、谁、改了什么。"), kind="switch"),
    _c("edit.delete", _("删除所选"), "edit", "delete", "Del", "selection_writable",
       _("删除选中的要素；可以撤销。"), {"zones": 2, "routes": 2}, caption=_("删除")),
    _c("edit.select_none", _("取消选择"), "edit", "", "Ctrl+D", "selection"),
    _c("view.full", _("全图"), "view", "full-extent", "Ctrl+0", "workspace", _("看到全部图层。"),
       {"layers": 2, "publish": 2}),
    _c("view.layer", _("缩放到图层"), "view", "zoom-layer", "", "layer_features",
       _("看到左边选中图层的全部要素。"), {"layers": 2}),
    _c("view.selection", _("缩放到所选"), "view", "zoom-selection", "Ctrl+J", "selection",
       _("看到选中的要素。"), {"layers": 2}),
    _c("view.zoom_in", _("放大"), "view", "zoom-in", "Ctrl++", "workspace", more=("Ctrl+=",)),
    _c("view.zoom_out", _("缩小"), "view", "zoom-out", "Ctrl+-", "workspace"),
    _c("view.redraw", _("重画地图"), "view", "refresh", "F5", "workspace"),
    _c("view.labels", _("显示注记"), "view", "", "", "workspace", kind="switch"),
    _c("view.grid", _("显示方里网"), "view", "", "", "workspace", _("整公里的坐标线，数字在地图边上；间隔随比例尺。"),
       kind="switch"),
    _c("view.graticule", _("显示经纬网"), "view", "", "", "workspace", _("经线和纬线，度数在地图边上；间隔随比例尺。"),
       kind="switch"),
    _c("view.alone", _("只看地图"), "view", "map-alone", "F11", "workspace", _("收起四周的面板，再按一次放回来。"),
       kind="switch"),
    _c("view.dark", _("深色界面"), "view", "moon", "", "", kind="switch"),
    _c("view.bright", _("深色界面下地图不调暗"), "view", "", "", "", kind="switch"),
    _c("view.larger", _("字大一号"), "view", "font-size", "Ctrl+Alt+=", "", more=("Ctrl+Alt++",)),
    _c("view.smaller", _("字小一号"), "view", "", "Ctrl+Alt+-"),
    _c("view.normal", _("字号还原为 100 %"), "view", "", "Ctrl+Alt+0"),
    _c("layer.all", _("全部显示"), "layer", "eye", "", "workspace"),
    _c("layer.only", _("只显示这一层"), "layer", "layers", "", "workspace",
       _("其余图层先收起来，再点“全部显示”放回来。")),
    _c("layer.table", _("属性表"), "layer", "table", "F4", "workspace",
       _("左边选中图层的表，可以筛选、排序，选中的和图上一致。"),
       {"layers": 2}, "switch"),
    _c("layer.style", _("样式…"), "layer", "style", "F7", "layer_styled",
       _("左边选中图层怎么画：颜色、线、纹理、符号、注记、比例尺；边改边看。"), {"layers": 2}, caption=_("样式")),
    _c("layer.base_map", _("添加底图…"), "layer", "file-map", "", "writable",
       _("影像、高程、瓦片或天地图，垫在图层下面。"), {"layers": 1}, caption=_("底图")),
    _c("layer.draw", _("在这一层上画"), "layer", "pencil", "", "layer_drawable", kind="tool"),
    _c("tool.select", _("选择"), "draw", "select", "V", "workspace",
       _("点选要素；拖一个框选多个；拖动选中的点可以移动。"),
       {**_MAP}, "tool"),
    _c("tool.pan", _("平移"), "draw", "pan", "H", "workspace", _("拖动地图；按住空格或中键也行。"), {**_MAP}, "tool"),
    _c("tool.identify", _("查看"), "draw", "identify", "I", "workspace", _("点一处，列出那里的全部要素。"),
       {**_MAP}, "tool"),
    _c("tool.measure", _("量测"), "draw", "measure", "M", "workspace",
       _("量长度和面积，不留下要素。"), {**_MAP}, "tool"),
    _c("draw.danger_zone", _("画危险区"), "draw", "zone", "P", "writable", _("逐点单击，回到起点或按回车闭合。"),
       {"zones": 1}, "tool"),
    _c("draw.evacuation_route", _("画撤离路线"), "draw", "route", "L", "writable",
       _("从集合点画到安置点，按回车结束。"), {"routes": 1}, "tool", _("画路线")),
    _c("draw.warning_sign", _("放警示标志"), "draw", "sign", "O", "writable", _("单击放一块警示标志。"),
       {"zones": 1, "routes": 1}, "tool", _("警示标志")),
    _c("draw.shelter", _("放避险安置点"), "draw", "shelter", "", "writable", _("单击放一个避险安置点。"),
       {"routes": 1}, "tool", _("安置点")),
    _c("draw.hazard_point", _("放隐患点"), "draw", "hazard", "", "writable", _("单击放一个隐患点。"),
       {"zones": 1}, "tool", _("隐患点")),
    _c("draw.household", _("放住户"), "draw", "household", "", "writable", _("单击放一户。"), {"routes": 1}, "tool",
       _("住户")),
    _c("tool.vertices", _("改拐点"), "draw", "vertex", "N", "writable",
       _("拖动拐点；在边上单击加点；选中拐点按 Delete 删除。"), {"zones": 2, "routes": 2}, "tool"),
    _c("draw.keyin", _("键入坐标或方位距离"), "draw", "keyin", "", "workspace",
       _("画布上按 = 也行。"),
       {"zones": 3, "routes": 3}, caption=_("键入数值")),
    _c("tool.move", _("移动要素"), "draw", "move", "", "writable", _("拖动整个要素。"), {"zones": 2, "routes": 2},
       "tool", _("移动")),
    _c("tool.labels", _("移动注记"), "draw", "label-move", "Z", "writable",
       _("把名称拖到合适的地方，再出图也在那里；右键单击交还程序安排。"),
       {"layers": 1, "zones": 3, "routes": 3, "publish": 2}, "tool"),
    _c("draw.snap", _("捕捉"), "draw", "snap", "S", "workspace", _("靠近拐点或边时吸上去，相邻的危险区不留缝。"),
       {"zones": 3, "routes": 3}, "switch"),
    _c("draw.finish", _("完成"), "draw", "finish", "", "drawing", _("画布上按回车也行。")),
    _c("draw.back", _("退一点"), "draw", "back-point", "", "drawing", _("画布上按退格也行。")),
    _c("draw.cancel", _("取消"), "draw", "", "", "drawing", _("画布上按 Esc 也行。")),
    _c("check.run", _("全部检查"), "check", "check-all", "F9", "workspace", _("把每一层都查一遍。"), {"checks": 1}),
    _c("check.next", _("下一条"), "check", "chevron-down", "F8", "findings",
       _("定位到下一条检查结果。"), {"checks": 1}),
    _c("check.previous", _("上一条"), "check", "chevron-up", "Shift+F8", "findings", _("定位到上一条检查结果。"),
       {"checks": 1}),
    _c("publish.map_internal", _("A3 警示图（内部）…"), "publish", "map-print", "Ctrl+P", "workspace",
       _("内部用的 A3 警示图，PDF。"), {"publish": 1}, caption=_("内部警示图")),
    _c("publish.map_public", _("A3 警示图（公开）…"), "publish", "map-public", "", "workspace",
       _("张贴用的 A3 警示图，不含个人信息；没有审图号时印“待批”。"), {"publish": 1}, caption=_("公开警示图")),
    _c("publish.cards_work", _("防灾工作明白卡…"), "publish", "card-work", "", "workspace",
       _("每个隐患点一张，发给责任单位和监测人。"), {"publish": 1}, caption=_("工作明白卡")),
    _c("publish.cards_household", _("防灾避险明白卡…"), "publish", "card-household", "", "workspace",
       _("每户一张，背面是这一户的撤离路线图。"), {"publish": 1}, caption=_("避险明白卡")),
    _c("publish.web", _("网页地图…"), "publish", "web", "", "workspace", _("一个不用联网就能看的网页文件。"),
       {"publish": 1}, caption=_("网页地图")),
    _c("publish.web_public", _("网页地图（公开）…"), "publish", "", "", "workspace",
       _("给群众看的网页文件：不含个人信息和坐标；没有审图号时写“待批”。")),
    _c("tools.palette", _("找命令、编号、地名或坐标"), "tools", "search", "Ctrl+K"),
    *(
        _c(f"stage.{stage.key}", _("第 {n} 步：{name}").format(n=n, name=stage.text), "tools", "", f"Ctrl+{n}",
           "workspace", stage.hint)
        for n, stage in enumerate(STAGES, 1)
    ),
    _c("help.keys", _("快捷键一览"), "help", "keyboard", "F1"),
    _c("help.about", _("关于"), "help", "info"),
)  # fmt: skip

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}

# Always at the right end of the toolbar.
TRAILING = ("edit.undo", "edit.redo", "edit.history")

# Menu entries that open a new section.
SECTIONS = {
    "file.import", "file.close", "edit.history", "edit.delete", "view.zoom_in", "view.redraw", "view.dark",
    "view.larger", "layer.table", "layer.draw", "draw.danger_zone", "tool.vertices", "draw.snap", "draw.finish",
    "check.run",
    "publish.cards_work", "publish.web", "stage.layers",
}  # fmt: skip


def stage_tools(stage: str) -> list[list[Command]]:
    """The commands of a stage's toolbar, in groups from left to right."""
    groups: dict[int, list[Command]] = {}
    for command in COMMANDS:
        if command.stages and stage in command.stages:
            groups.setdefault(command.stages[stage], []).append(command)
    return [groups[key] for key in sorted(groups)]
