"""What else a command is called: the short commands of CAD, the names of QGIS and ArcGIS, words people use for it.

The finder (Ctrl+K) reads them beside the command's own name; a CAD command typed in full comes first.
"""

from collections.abc import Mapping, Sequence

from geohazard_desktop.common.pinyin import matches
from geohazard_desktop.desktop.command import Command

_SYNONYMS: Mapping[str, Sequence[str]] = {
    "publish.bilingual": ("蒙汉双语", "蒙文", "mongolian", "双语", "翻译"),
    "tool.select": ("SE", "select", "选取要素", "点选", "框选", "箭头"),
    "tool.select_polygon": ("WP", "CP", "select features by polygon", "按多边形选择", "圈选"),
    "tool.select_freehand": ("lasso", "select features by freehand", "手绘选择", "自由选择"),
    "tool.select_radius": ("select features by radius", "按半径选择", "圆形选择"),
    "select.shown": ("ALL", "select all features from all layers", "全选所有图层"),
    "select.invert": ("invert feature selection", "反转选择"),
    "select.meeting": ("select by location", "按位置选择", "空间查询"),
    "select.inside": ("select by location", "按位置选择", "危险区里有谁", "范围内"),
    "select.previous": ("previous selection", "P", "重选"),
    "tool.pan": ("P", "pan", "手", "漫游", "移动地图"),
    "view.bookmark": ("new spatial bookmark", "新建空间书签", "记住视图"),
    "view.bookmarks": ("spatial bookmarks", "空间书签", "VIEW", "收藏的视图"),
    "tool.zoom_box": ("Z", "ZOOM", "zoom in", "框选放大", "窗口缩放", "放大镜", "缩放到框"),
    "tool.identify": ("ID", "identify", "识别要素", "查询", "属性查询"),
    "tool.measure": ("DI", "DIST", "measure line", "测量", "测量线长", "量距"),
    "tool.measure_area": ("AA", "AREA", "measure area", "测量面积"),
    "tool.measure_angle": ("DAN", "measure angle", "测量角度", "夹角"),
    "tool.measure_radius": ("DRA", "radius", "测量半径"),
    "draw.danger_zone": ("PL", "PLINE", "H", "add polygon feature", "添加多边形要素", "面", "多段线", "圈定危险区"),
    "draw.evacuation_route": ("PL", "PLINE", "L", "LINE", "add line feature", "添加线要素", "逃生路线", "线"),
    "draw.warning_sign": ("PO", "POINT", "add point feature", "添加点要素", "警示牌", "标牌"),
    "draw.shelter": ("PO", "POINT", "添加点要素", "避难所", "安置点", "集合点"),
    "draw.hazard_point": ("PO", "POINT", "添加点要素", "灾害点"),
    "draw.household": ("PO", "POINT", "添加点要素", "户主", "受威胁户"),
    "layer.order": ("layer order", "图层顺序", "DRAWORDER", "置顶", "置底", "绘制次序"),
    "layer.rename": ("rename layer", "重命名图层", "F2"),
    "layer.reference": (
        "add vector layer",
        "添加矢量图层",
        "添加图层",
        "三区三线",
        "矿权",
        "地籍",
        "外部数据",
        "XREF",
        "XATTACH",
    ),
    "layer.draw": ("add feature", "添加要素", "数字化"),
    "way.corners": ("PL", "逐点画", "折线"),
    "way.freehand": ("SKETCH", "stream digitizing", "流数字化", "徒手画"),
    "way.trace": ("trace", "启用追踪", "描边", "追踪"),
    "way.rectangle": ("REC", "RECTANG", "rectangle", "长方形"),
    "way.slanted_rectangle": ("rectangle from 3 points", "由三点添加矩形"),
    "way.circle": ("C", "CIRCLE", "circle"),
    "way.circle_three": ("3P", "circle from 3 points", "由三点添加圆"),
    "way.regular_polygon": ("POL", "POLYGON", "regular polygon", "规则多边形", "六边形"),
    "draw.keyin": ("advanced digitizing", "高级数字化", "键入点", "输入坐标", "动态输入"),
    "draw.snap": ("OS", "F3", "OSNAP", "snapping", "启用捕捉", "对象捕捉", "吸附"),
    "draw.snap_settings": ("DS", "DSETTINGS", "snapping options", "捕捉选项", "容差"),
    "draw.share": ("topological editing", "拓扑编辑", "公共边"),
    "draw.avoid": ("avoid overlap", "避免重叠", "不压盖", "裁掉重叠"),
    "tool.vertices": ("PE", "PEDIT", "vertex tool", "顶点工具", "节点", "编辑节点", "夹点", "折点"),
    "shape.corners": ("vertex editor", "顶点编辑器", "界址点", "坐标表"),
    "tool.move": ("M", "MOVE", "move feature", "移动要素", "平移要素"),
    "draw.place": ("定位住户", "重新放", "没有坐标", "补位置", "补坐标", "set geometry"),
    "tool.rotate": ("RO", "ROTATE", "rotate feature", "旋转要素"),
    "tool.scale": ("SC", "SCALE", "scale feature", "缩放要素", "放大要素"),
    "shape.reshape": ("reshape features", "要素整形", "整形", "修边", "重画边线"),
    "shape.offset": ("O", "OFFSET", "offset curve", "偏移曲线", "平行线"),
    "shape.buffer": ("buffer", "缓冲", "外扩"),
    "shape.simplify": ("simplify feature", "简化要素", "抽稀", "减点"),
    "shape.smooth": ("F", "FILLET", "smooth", "平滑", "圆角"),
    "shape.split": ("BR", "BREAK", "split features", "分割要素", "切割", "打断", "裁开"),
    "shape.merge": ("J", "JOIN", "REGION", "UNI", "merge selected features", "合并所选要素", "融合"),
    "shape.explode": ("X", "EXPLODE", "multipart to singleparts", "多部件转单部件", "炸开", "分解"),
    "shape.hole": ("add ring", "添加环", "挖空", "岛"),
    "shape.fill_hole": ("fill ring", "delete ring", "删除环", "填充环", "去洞"),
    "shape.add_part": ("add part", "添加部件"),
    "shape.delete_part": ("delete part", "删除部件"),
    "shape.extend": ("EX", "EXTEND", "extend", "延长"),
    "shape.trim": ("TR", "TRIM", "trim/extend feature", "修剪/延伸要素", "剪短"),
    "shape.reverse": ("REVERSE", "reverse line", "反转线", "换方向"),
    "tool.labels": ("move label", "移动标注", "移动标签", "注记"),
    "edit.undo": ("U", "UNDO", "undo", "回退", "后退一步"),
    "edit.redo": ("REDO", "redo", "恢复"),
    "edit.copy": ("CO", "CP", "COPY", "copy features"),
    "edit.cut": ("cut features", "剪下"),
    "edit.paste": ("paste features", "贴上"),
    "edit.delete": ("E", "ERASE", "DEL", "delete selected", "擦除", "删掉"),
    "edit.select_all": ("AI_SELALL", "select all features", "选择全部"),
    "edit.select_none": ("deselect features", "取消选取", "全不选"),
    "edit.history": ("history", "操作记录", "日志"),
    "view.full": ("ZE", "ZA", "zoom full", "全图显示", "范围"),
    "view.layer": ("zoom to layer", "缩放到图层"),
    "view.selection": ("zoom to selection", "缩放到选择"),
    "view.go_to": ("ID", "coordinate", "定位", "跳转", "查坐标"),
    "view.back": ("ZP", "zoom last", "上一视图"),
    "view.redraw": ("RE", "REGEN", "R", "refresh", "刷新"),
    "view.grid": ("GRID", "公里网", "格网"),
    "view.alone": ("full screen", "全屏"),
    "view.form": ("PR", "CH", "PROPERTIES", "MO", "属性", "特性"),
    "layer.table": ("open attribute table", "打开属性表", "属性表"),
    "layer.style": ("layer styling", "图层样式", "符号化", "符号系统"),
    "layer.base_map": ("add raster layer", "XYZ tiles", "影像", "天地图", "底图"),
    "file.import": ("add vector layer", "加载数据", "添加图层", "shp", "kml", "gpx", "奥维", "两步路"),
    "file.export": ("save features as", "export", "另存为", "导出要素", "shp", "kml", "dxf", "奥维", "CAD"),
    "layer.export": ("save features as", "export", "另存图层", "导出 shp"),
    "file.open": ("open project", "打开项目"),
    "file.settings": ("options", "选项", "设置"),
    "check.run": ("topology checker", "拓扑检查", "检查几何图形", "查错"),
    "tools.find": ("FIND", "搜索"),
    "help.keys": ("shortcuts", "键盘快捷键", "热键"),
}


def synonyms(id: str) -> Sequence[str]:
    return _SYNONYMS.get(id, ())


def rank(command: Command, typed: str) -> int | None:
    """How well a command answers what was typed, 0 best (its short command or one of its names in full), None not."""
    wanted = typed.strip().casefold()
    names = [command.text.rstrip("…"), command.label, *synonyms(command.id)]
    if not wanted:
        return 2
    if any(one.casefold() == wanted for one in names):
        return 0
    if any(one.casefold().startswith(wanted) for one in names):
        return 1
    found = any(matches(one, typed) if not one.isascii() else wanted in one.casefold().split() for one in names)
    return 2 if found else None
