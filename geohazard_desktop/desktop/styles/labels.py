"""The page 注记: what is written beside a feature, how it looks, from which scale, and what yields to what."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from geohazard_desktop.cartography.style import LABEL_LIMITS, Label
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.styles.colours import ColourButton, families
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.label_fields import fill_field_menu
from geohazard_desktop.desktop.styles.parts import MM, Choice, NumberBox, Titled, page_column, two_columns
from geohazard_desktop.desktop.styles.scales import ScaleRange
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.shape_measures import measures_of
from geohazard_desktop.workspace.definition import LayerDefinition

_FAMILIES = (("hei", _("黑体")), ("song", _("宋体")))
_PLACEMENTS = {
    "polygon": (("inside", _("在面里")), ("point", _("在旁边")), ("horizontal", _("水平"))),
    "line": (("line", _("沿线")), ("horizontal", _("水平")), ("point", _("在旁边"))),
    "point": (("point", _("在旁边")), ("inside", _("压在点上"))),
}
_ALL_PLACEMENTS = {"inside": _("在面里"), "point": _("在旁边"), "horizontal": _("水平"), "line": _("沿线")}
_PT = _(" 磅")
_EXAMPLES = 200  # features among which two names that differ are looked for


class LabelPage(QWidget):
    """Follows the draft; what the hand does here goes into it."""

    def __init__(
        self, draft: StyleDraft, definitions: Mapping[str, LayerDefinition], scale: Callable[[], float]
    ) -> None:
        super().__init__()
        self._draft = draft
        column = page_column(self)
        self.on = QCheckBox(_("显示注记"))
        self.on.clicked.connect(self._switched)
        column.addWidget(self.on)
        self.body = QWidget()
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme().px(8))
        column.addWidget(self.body)
        column.addStretch(1)
        self.text, self.second = QLineEdit(), QLineEdit()
        inner.addWidget(Titled(_("内容"), self._with_fields(self.text, "text", _("内容"))))
        inner.addWidget(Titled(_("第二行，小字"), self._with_fields(self.second, "second", _("第二行"))))
        self.example = label("", "note", wrap=True)
        inner.addWidget(self.example)
        inner.addWidget(label(self._number_help(), "note", wrap=True))
        own, others = families(definitions, draft.definition.table)
        self.colour = ColourButton(own, others, _("注记颜色"))
        self.colour.picked.connect(lambda colour: self._set("color", colour))
        self.family = Choice(_FAMILIES, _("字体"))
        self.family.picked.connect(lambda key: self._set("family", key))
        self.first_size = self._number("size", 0.5, _PT, _("字号"))
        self.second_size = self._number("second_size", 0.5, _PT, _("第二行字号"))
        self.halo = self._number("halo", 0.05, MM, _("白边"))
        self.priority = self._number("priority", 5, "", _("优先级"), 0)
        self.priority.setToolTip(_("数大的先占地方；70 以上的宁可盖住符号也要写。危险区是 90。"))
        self.placement = Choice([], _("位置"))
        self.placement.picked.connect(lambda key: self._set("placement", key))
        self.slant = NumberBox(-60, 60, 1, "°", 0, _("斜度"))
        self.slant.setToolTip(_("河流名称左倾 12 度，写 -12。"))
        self.slant.typed.connect(lambda value: self._set("slant", value))
        self.bold = QCheckBox(_("加粗"))
        self.bold.clicked.connect(lambda on: self._set("bold", on))
        fields = [
            Titled(_("颜色"), self.colour),
            Titled(_("字体"), self.family),
            Titled(_("字号"), self.first_size),
            Titled(_("第二行字号"), self.second_size),
            Titled(_("白边"), self.halo),
            Titled(_("优先级"), self.priority),
            Titled(_("位置"), self.placement),
            Titled(_("斜度"), self.slant),
            self.bold,
        ]
        inner.addLayout(two_columns(fields))
        inner.addWidget(label(_("在哪些比例尺上写"), "strong"))
        self.scales = ScaleRange(scale)
        self.scales.edited.connect(self._scales_edited)
        inner.addWidget(self.scales)
        draft.changed.connect(self._changed)
        self.fill()

    def _with_fields(self, line: QLineEdit, key: str, words: str) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        line.setAccessibleName(words)
        line.textEdited.connect(lambda text: self._set(key, text))
        row.addWidget(line, 1)
        insert = QToolButton()
        insert.setObjectName("choice")
        insert.setText(_("插入字段"))
        insert.setAccessibleName(_("在{words}里插入字段").format(words=words))
        insert.clicked.connect(lambda: self._offer(line, key, insert))
        row.addWidget(insert)
        return whole

    def _number_help(self) -> str:
        words = _("数字在花括号里加位数和单位：{字段:1} 留 1 位小数，{字段:km:1} 换成 km 再留 1 位。")
        kinds = list(dict.fromkeys(one.kind for one in measures_of(self._draft.geometry)))
        if not kinds:
            return words
        unit = next(one.unit for one in measures_of(self._draft.geometry) if one.size > 1)
        told = _("不用字段也能写{kinds}：{example}，按图形在椭球面上量。")
        return words + told.format(kinds=_("、").join(kinds), example=f"{{{kinds[0]}:{unit}:1}}")

    def _offer(self, line: QLineEdit, key: str, insert: QToolButton) -> None:
        self._menu = self.field_menu(line, key)
        self._menu.popup(insert.mapToGlobal(insert.rect().bottomLeft()))

    def field_menu(self, line: QLineEdit, key: str) -> QMenu:
        menu = QMenu(self)
        fill_field_menu(menu, self._draft, lambda braces: self._insert(line, key, braces))
        return menu

    def _insert(self, line: QLineEdit, key: str, text: str) -> None:
        line.insert(text)
        self._set(key, line.text())
        line.setFocus()

    def _number(self, key: str, step: float, unit: str, words: str, decimals: int = 2) -> NumberBox:
        box = NumberBox(*LABEL_LIMITS[key], step, unit, decimals, words)
        box.typed.connect(lambda value: self._set(key, value))
        return box

    # -- filling -----------------------------------------------------------------------------------------------------

    @property
    def _label(self) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self._draft.mapping.get("label")
        return found

    def _changed(self, who: object) -> None:
        if who is not self:
            self.fill()

    def fill(self) -> None:
        data = self._label
        self.on.setChecked(data is not None)
        self.body.setVisible(data is not None)
        if data is None:
            return
        default = Label("")
        for line, key in ((self.text, "text"), (self.second, "second")):
            if line.text() != data.get(key, ""):
                line.setText(str(data.get(key, "")))
        self.colour.show_colour(str(data.get("color", default.color)))
        self.family.show_key(data.get("family", default.family))
        for box, key in (
            (self.first_size, "size"),
            (self.second_size, "second_size"),
            (self.halo, "halo"),
            (self.priority, "priority"),
            (self.slant, "slant"),
        ):
            box.show_value(float(data.get(key, getattr(default, key))))
        placement = str(data.get("placement", default.placement))
        rows: list[tuple[object, str]] = list(_PLACEMENTS[self._draft.geometry])
        if placement not in dict(rows):
            rows.append((placement, _ALL_PLACEMENTS.get(placement, placement)))
        self.placement.fill(rows)
        self.placement.show_key(placement)
        self.bold.setChecked(bool(data.get("bold", default.bold)))
        self.scales.show_range(data)
        self._show_example()

    def _show_example(self) -> None:
        """What the first features would be called: a template is easier to judge by its results."""
        style = self._draft.style.label
        if style is None or self._draft.fault is not None:
            self.example.setText("")
            return
        table = self._draft.first_rows(_EXAMPLES, self._draft.style.measures)
        told = []
        for number in range(len(table)):
            values = {name: column[number] for name, column in table.columns.items()}
            words = " / ".join(one for one in (style.text_of(values), style.second_of(values)) if one)
            if words and words not in told:
                told.append(words)
            if len(told) == 2:
                break
        self.example.setText(_("如：{words}").format(words="；".join(told)) if told else _("没有一个要素写得出注记。"))

    # -- changing ----------------------------------------------------------------------------------------------------

    def _switched(self, on: bool) -> None:
        if on:
            fields = self._draft.definition.by_name
            stored = self._draft.stored.get("label")
            text = "{name}" if "name" in fields else "{id}"
            placement = _PLACEMENTS[self._draft.geometry][0][0]
            fresh = {"text": text, "size": 8.0, "color": "#1A1A1A", "halo": 0.5, "priority": 30, "placement": placement}
            self._draft.mapping["label"] = dict(stored) if stored else fresh
        else:
            self._draft.mapping.pop("label", None)
        self._draft.touch()

    def _set(self, key: str, value: Any) -> None:
        data = self._label
        if data is None or data.get(key) == value:
            return
        if key == "second" and not value:
            data.pop("second", None)
        else:
            data[key] = value
        self._draft.touch(self)
        self._show_example()

    def _scales_edited(self) -> None:
        data = self._label
        if data is not None:
            self.scales.store(data)
            self._draft.touch(self)
