"""Menu 视图."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import Command

COMMANDS: Sequence[Command] = (
    Command(
        "view.full",
        _("全图"),
        "view",
        "full-extent",
        "Ctrl+0",
        "workspace",
        _("看到全部图层。"),
        {"layers": 2, "publish": 2},
    ),
    Command(
        "view.layer",
        _("缩放到图层"),
        "view",
        "zoom-layer",
        "",
        "layer_features",
        _("看到左边选中图层的全部要素。"),
        {"layers": 2},
    ),
    Command(
        "view.selection",
        _("缩放到所选"),
        "view",
        "zoom-selection",
        "Ctrl+J",
        "selection",
        _("看到选中的要素。"),
        {"layers": 2},
    ),
    Command(
        "view.go_to",
        _("转到……"),
        "view",
        "locate",
        "Ctrl+G",
        "workspace",
        _("坐标、地名、编号、名称或拼音首字母，1:5000，路线上第几米。"),
    ),
    Command("view.back", _("上一个视图"), "view", "view-back", "Alt+Left", "workspace", _("回到刚才看的地方。")),
    Command("view.forward", _("下一个视图"), "view", "view-forward", "Alt+Right", "workspace"),
    Command("view.zoom_in", _("放大"), "view", "zoom-in", "Ctrl++", "workspace", more=("Ctrl+=",)),
    Command("view.zoom_out", _("缩小"), "view", "zoom-out", "Ctrl+-", "workspace"),
    Command("view.redraw", _("重画地图"), "view", "refresh", "F5", "workspace"),
    Command(
        "view.lifted",
        _("显示已撤销的危险区"),
        "view",
        "",
        "",
        "workspace",
        _("关掉就不在图上和登记表里出现，数据不动；本工作文件记住这个选择，出的图不受它影响。"),
        kind="switch",
    ),
    Command("view.labels", _("显示注记"), "view", "", "", "workspace", kind="switch"),
    Command(
        "view.grid",
        _("显示方里网"),
        "view",
        "",
        "",
        "workspace",
        _("整公里的坐标线，数字在地图边上；间隔随比例尺。"),
        kind="switch",
    ),
    Command(
        "view.graticule",
        _("显示经纬网"),
        "view",
        "",
        "",
        "workspace",
        _("经线和纬线，度数在地图边上；间隔随比例尺。"),
        kind="switch",
    ),
    Command(
        "view.alone",
        _("只看地图"),
        "view",
        "map-alone",
        "F11",
        "workspace",
        _("收起四周的面板，再按一次放回来。"),
        kind="switch",
    ),
    Command("view.docks", _("收起或放回面板"), "view", "", "", "workspace", _("画布上按 Tab 也行；工具栏留着。")),
    Command("view.form", _("属性表单"), "view", "", "Alt+Return", "selection", _("到选中要素的表单里去填。")),
    Command(
        "view.next_panel", _("下一个面板"), "view", "", "F6", "", _("键盘到下一个面板：工具、图层、地图、表、属性。")
    ),
    Command("view.previous_panel", _("上一个面板"), "view", "", "Shift+F6"),
    Command(
        "view.meeting",
        _("会议模式"),
        "view",
        "meeting",
        "F10",
        "workspace",
        _("全屏大字，逐个街道看，当场记意见；不显示住户和个人信息。"),
        {"publish": 2},
    ),
    Command("view.dark", _("深色界面"), "view", "moon", "", "", kind="switch"),
    Command("view.bright", _("深色界面下地图不调暗"), "view", "", "", "", kind="switch"),
    Command("view.larger", _("字大一号"), "view", "font-size", "Ctrl+Alt+=", "", more=("Ctrl+Alt++",)),
    Command("view.smaller", _("字小一号"), "view", "", "Ctrl+Alt+-"),
    Command("view.normal", _("字号还原为 100 %"), "view", "", "Ctrl+Alt+0"),
)

# Entries that open a new section of the menu.
SECTIONS = ("view.go_to", "view.zoom_in", "view.redraw", "view.dark", "view.larger")
