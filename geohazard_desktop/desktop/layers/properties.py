"""What a layer is: its kind, count, place, CRS, file, scales, sources, and its fields with their words."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import shapely
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from geohazard_desktop.cartography.faults import Fault, told
from geohazard_desktop.cartography.picture import FARTHEST
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.forms.feature_facts import reading_order
from geohazard_desktop.desktop.parts import button, label, line
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.desktop.window_words import crs_words
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import FeatureTable
from geohazard_desktop.workspace.workspace import Workspace

_SOURCES = 3
_VALUES = 6


class LayerProperties(QDialog):
    """After `exec`: `wanted` is what to go on with ("table", "style"), "" when nothing."""

    def __init__(
        self, ws: Workspace, layer: str, style: Style | None, faults: Sequence[Fault], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._ws, self._layer = ws, layer
        self.wanted = ""
        definition = ws.definitions[layer]
        self.setWindowTitle(_("图层属性：{title}").format(title=definition.title))
        open_at(self, 760, 640)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(8))
        column.addWidget(label(definition.title, "title"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, theme().px(8), 0)
        inside.setSpacing(theme().px(10))
        inside.addLayout(self._facts(style, faults))
        inside.addWidget(line())
        inside.addWidget(label(_("字段（{count} 个）").format(count=len(definition.fields)), "strong"))
        inside.addLayout(self._fields(reading_order(definition)))
        inside.addStretch(1)
        area.setWidget(body)
        column.addWidget(area, 1)
        row = QHBoxLayout()
        row.addWidget(button(_("登记表"), lambda: self._leave("table"), icon_name="table"))
        if style is not None:
            row.addWidget(button(_("样式……"), lambda: self._leave("style"), icon_name="style"))
        row.addStretch(1)
        close = button(_("知道了"), self.reject, primary=True)
        close.setDefault(True)
        row.addWidget(close)
        column.addLayout(row)

    def _leave(self, wanted: str) -> None:
        self.wanted = wanted
        self.accept()

    def _facts(self, style: Style | None, faults: Sequence[Fault]) -> QGridLayout:
        ws, definition = self._ws, self._ws.definitions[self._layer]
        table = ws.table(self._layer)
        kinds = {"polygon": _("面"), "line": _("线"), "point": _("点"), "none": _("没有图形的登记表")}
        rows = [
            (_("种类"), kinds[definition.geometry]),
            (_("要素"), _("{count} 个").format(count=words.grouped(len(table)))),
        ]
        if faults:
            rows.append((_("图形有错"), told(definition, faults)))
        if definition.geometry != "none":
            rows += [(_("坐标系"), crs_words(ws.crs)[0]), (_("范围"), _extent(table))]
        if style is not None:
            rows.append((_("显示比例尺"), _scales(style)))
        rows += [
            (_("文件"), str(ws.path)),
            (_("表名"), definition.table),
            (_("资料来源"), _sources(table)),
        ]
        if definition.personal:
            rows.append((_("个人信息"), _("整层都是，不进公开图")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(14))
        grid.setVerticalSpacing(theme().px(5))
        for number, (name, value) in enumerate(rows):
            grid.addWidget(label(name, "label"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_taken(value), number, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _fields(self, fields: Sequence[FieldDefinition]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(14))
        grid.setVerticalSpacing(theme().px(4))
        for place, head in enumerate((_("名称"), _("字段名"), _("类型"), _("说明"))):
            grid.addWidget(label(head, "label"), 0, place)
        for number, one in enumerate(fields, 1):
            title = f"{one.title}（{one.unit}）" if one.unit else one.title
            cells = (title, one.name, _type_words()[one.type], self._notes(one))
            for place, text in enumerate(cells):
                cell = _taken(text)
                grid.addWidget(cell, number, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(3, 1)
        return grid

    def _notes(self, field: FieldDefinition) -> str:
        said = []
        if field.required:
            said.append(_("必填"))
        if self._ws.definitions[self._layer].is_personal(field.name):
            said.append(_("个人信息"))
        if field.target:
            target = self._ws.definitions.get(field.target)
            said.append(_("指向{title}").format(title=target.title if target else field.target))
        if field.values:
            more = _("等 {count} 种").format(count=len(field.values)) if len(field.values) > _VALUES else ""
            said.append("、".join(field.values[:_VALUES]) + more)
        return "；".join(said)


def _type_words() -> dict[str, str]:
    return {
        "text": _("文字"),
        "integer": _("整数"),
        "real": _("数字"),
        "boolean": _("是或否"),
        "date": _("日期"),
        "datetime": _("日期和时间"),
        "list": _("多选"),
        "reference": _("引用"),
    }


def _taken(text: str) -> QLabel:
    """A value that can be marked and copied."""
    made = label(text or words.EMPTY, wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def _extent(table: FeatureTable) -> str:
    """Of all shapes that lie on the plane; a broken one must not make the rest unsayable."""
    boxes = shapely.bounds(np.asarray(table.geometries, dtype=object)).reshape(-1, 4)
    with np.errstate(invalid="ignore"):
        boxes = boxes[(np.abs(boxes) <= FARTHEST).all(axis=1)]
    if not len(boxes):
        return ""
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    return _("X 北 {south} 到 {north}　Y 东 {west} 到 {east}").format(
        south=words.grouped(south), north=words.grouped(north), west=words.grouped(west), east=words.grouped(east)
    )


def _scales(style: Style) -> str:
    far, near = style.maximum_scale_denominator, style.minimum_scale_denominator
    if far is None and not near:
        return _("任何比例尺都显示")
    if far is None:
        return _("小于 1:{near} 时显示").format(near=words.grouped(near))
    if not near:
        return _("大于 1:{far} 时显示，再缩小就收起").format(far=words.grouped(far))
    return _("1:{near} 到 1:{far} 之间显示").format(near=words.grouped(near), far=words.grouped(far))


def _sources(table: FeatureTable) -> str:
    counts = Counter(str(one) for one in table.columns.get("source", ()) if one)
    known = [_("{source}（{count} 个）").format(source=one, count=count) for one, count in counts.most_common(_SOURCES)]
    more = len(counts) - len(known)
    return "\n".join([*known, *([_("还有 {count} 种").format(count=more)] if more > 0 else [])])
