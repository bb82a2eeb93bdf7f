"""From which scale to which something is shown; and the page 显示: the layer's own range, and its place in the pile."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from geohazard_desktop.cartography.style import LEAST_OPACITY as LEAST
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.parts import NumberBox, Titled, page_column
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.plan_layers import LEAST_OPACITY, PLAN

_FARTHEST, _NEAREST = "maximum_scale_denominator", "minimum_scale_denominator"
_MOST = 1_000_000_000


class ScaleRange(QWidget):
    """`edited` after a hand changed it; `store` then writes it into a mapping."""

    edited = Signal()

    def __init__(self, scale: Callable[[], float]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(6))
        grid.setVerticalSpacing(theme().px(6))
        self.farthest, self.nearest = self._box(_("缩小到")), self._box(_("放大到"))
        self.buttons = []
        for row, (box, words) in enumerate(((self.farthest, _("缩小到此为止")), (self.nearest, _("放大到此为止")))):
            grid.addWidget(label(words, "label"), row * 2, 0, 1, 2)
            grid.addWidget(box, row * 2 + 1, 0)
            take = button(_("现在的比例尺"), lambda box=box: self._take(box, scale()), size="small")
            take.setAccessibleName(_("{words}：用地图现在的比例尺").format(words=words))
            grid.addWidget(take, row * 2 + 1, 1)
            self.buttons.append(take)
        grid.setColumnStretch(0, 1)
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        grid.addWidget(self.fault, 4, 0, 1, 2)

    def _box(self, words: str) -> NumberBox:
        box = NumberBox(0, _MOST, 5000, "", 0, words)
        box.setPrefix("1:")
        box.setSpecialValueText(_("不限"))
        box.typed.connect(lambda _value: self._typed())
        return box

    def _take(self, box: NumberBox, denominator: float) -> None:
        """Rounded outward to three digits, so that what is in sight now stays in sight."""
        digits = max(len(f"{denominator:.0f}") - 3, 0)
        step = 10**digits
        upward = box is self.farthest
        rounded = -(-denominator // step) * step if upward else denominator // step * step
        box.show_value(rounded)
        self._typed()

    def show_range(self, data: Mapping[str, Any]) -> None:
        self.farthest.show_value(float(data.get(_FARTHEST) or 0))
        self.nearest.show_value(float(data.get(_NEAREST) or 0))
        self._judge()

    def _judge(self) -> bool:
        far, near = self.farthest.value(), self.nearest.value()
        wrong = bool(far) and near > far
        self.fault.setText(_("“放大到”要比“缩小到”的比例尺大（分母小），否则什么都不显示。") if wrong else "")
        self.fault.setVisible(wrong)
        return not wrong

    def _typed(self) -> None:
        if self._judge():
            self.edited.emit()

    def store(self, data: dict[str, Any]) -> None:
        for key, box in ((_FARTHEST, self.farthest), (_NEAREST, self.nearest)):
            if box.value():
                data[key] = int(box.value())
            else:
                data.pop(key, None)


class ScalePage(QWidget):
    """The layer's range of scales, and what it lies over."""

    def __init__(
        self, draft: StyleDraft, definitions: Mapping[str, LayerDefinition], scale: Callable[[], float]
    ) -> None:
        super().__init__()
        self._draft, self._definitions = draft, definitions
        column = page_column(self)
        column.addWidget(label(_("在哪些比例尺上画这一层"), "strong"))
        self.scales = ScaleRange(scale)
        self.scales.edited.connect(self._scales_edited)
        column.addWidget(self.scales)
        column.addSpacing(theme().px(6))
        least = LEAST_OPACITY if draft.definition.table in PLAN else LEAST
        self.opacity = NumberBox(round(100 * least), 100, 5, " %", 0, _("整层的不透明度"))
        self.opacity.typed.connect(self._opacity_typed)
        column.addWidget(Titled(_("整层的不透明度（名称不变淡）"), self.opacity))
        self.order = NumberBox(0, 1000, 5, "", 0, _("绘制次序"))
        self.order.typed.connect(self._order_typed)
        column.addWidget(Titled(_("绘制次序（小的先画，压在下面）"), self.order))
        self.neighbours = label("", "note", wrap=True)
        column.addWidget(self.neighbours)
        column.addStretch(1)
        draft.changed.connect(lambda who: None if who is self else self.fill())
        self.fill()

    def fill(self) -> None:
        self.scales.show_range(self._draft.mapping)
        self.opacity.show_value(round(100 * self._draft.mapping.get("opacity", 1.0)))
        self.order.show_value(float(self._draft.mapping.get("draw_order", 100)))
        self._show_neighbours()

    def _show_neighbours(self) -> None:
        own = self._draft.mapping.get("draw_order", 100)
        others = sorted(
            (float(one.style.get("draw_order", 100)), one.title)
            for one in self._definitions.values()
            if one.style and one.table != self._draft.definition.table and not one.helper
        )
        under = [title for order, title in others if order <= own][-1:]
        over = [title for order, title in others if order > own][:1]
        told = [_("压在{title}上面").format(title=under[0])] if under else []
        told += [_("被{title}压着").format(title=over[0])] if over else []
        self.neighbours.setText("，".join(told) + "。" if told else "")

    def _scales_edited(self) -> None:
        self.scales.store(self._draft.mapping)
        self._draft.touch(self)

    def _opacity_typed(self, percent: float) -> None:
        self._draft.mapping.pop("opacity", None)
        if percent < 100:
            self._draft.mapping["opacity"] = percent / 100
        self._draft.touch(self)

    def _order_typed(self, value: float) -> None:
        self._draft.mapping["draw_order"] = int(value) if value.is_integer() else value
        self._draft.touch(self)
        self._show_neighbours()
