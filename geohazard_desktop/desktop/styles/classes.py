"""The bars that make classes: by a field's values with their counts, or by limits of a number."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.cartography.class_styles import (
    RAMPS,
    Plain,
    categorised,
    class_rules,
    class_where,
    dotted,
    graduated,
    ramp_colours,
    recoloured_by_ramp,
)
from geohazard_desktop.cartography.classes import (
    MOST_CATEGORIES,
    MOST_CLASSES,
    Category,
    Method,
    limits,
    numbers,
)
from geohazard_desktop.cartography.classes import value_words as shown
from geohazard_desktop.cartography.style import MOST_RULES
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label, restyle
from geohazard_desktop.desktop.styles.condition import read_number
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.parts import Choice, NumberBox, Titled, on_tile, two_columns
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.shape_measures import measure_of, measures_of
from geohazard_desktop.workspace.definition import FieldDefinition

_METHODS = (
    ("natural", _("自然断点")),
    ("quantile", _("等数量")),
    ("interval", _("等间距")),
    ("hand", _("手工")),
)
_NUMBERS = ("integer", "real")
_PART_NOTHING = ("id", "schematic", "remark", "pinyin")  # a value of its own for each feature, or one for all


class CategoryBar(QWidget):
    """A class for each value."""

    classed = Signal()

    def __init__(self, draft: StyleDraft) -> None:
        super().__init__()
        self._draft = draft
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        rows = [(one.name, one.title) for one in draft.definition.fields if one.type not in ("reference", "list")]
        self.field = Choice(rows, _("按哪个字段分类"))
        self.field.setPlaceholderText(_("选一个字段"))
        self.field.picked.connect(lambda _name: self.classify())
        column.addWidget(Titled(_("按哪个字段分类"), self.field))
        row = QHBoxLayout()
        row.setSpacing(theme().px(6))
        self.again = button(_("全部重新分"), self.classify, size="small")
        self.again.setToolTip(_("字段定义的值和数据里的值各成一类；已有的类保持原样。"))
        self.field.currentIndexChanged.connect(lambda at: self.again.setEnabled(at >= 0))
        self.rest = button(_("添加其余"), self.add_rest, size="small")
        row.addWidget(self.again)
        row.addWidget(self.rest)
        row.addStretch(1)
        column.addLayout(row)
        self.note = label("", "note", wrap=True)
        self.note.hide()
        column.addWidget(self.note)
        draft.changed.connect(lambda _who: self.show_state())

    def default_field(self) -> str:
        """The field that parts features best without a word from the hand: one whose values the definition names, else
        the first with a few values; "" where none does."""
        fields = [one for one in self._draft.definition.fields if one.type not in ("reference", "list")]
        named = next((one.name for one in fields if one.values and one.name != "schematic"), "")
        return named or next((one.name for one in fields if self._parts(one)), "")

    def _parts(self, field: FieldDefinition) -> bool:
        if field.name in _PART_NOTHING or field.multiline:
            return False
        found = self._draft.categories(field.name)
        repeated = any(one.count > 1 for one in found)
        return 2 <= len(found) <= (MOST_CATEGORIES if repeated else MOST_CLASSES)

    def start(self) -> bool:
        """Class by the field that suits; where none does, the hand chooses one first. False: no field has a value."""
        name = self.default_field()
        self.field.show_key(name)
        if name:
            self.classify()
            return True
        fields = [self.field.itemData(at) for at in range(self.field.count())]
        if not any(self._draft.categories(one) for one in fields):
            return False
        self._tell(_("没有一个字段明显适合分类；请选一个字段，选了才分。"))
        return True

    def _tell(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def show_state(self) -> None:
        if self.isHidden():
            return
        now = next((one["field"] for one in map(class_where, class_rules(self._draft.rules))), "")
        if self.field.findData(now) >= 0:
            self.field.show_key(now)
        left = self._missing()
        self.rest.setEnabled(bool(left))
        self.rest.setText(_("添加其余（{count} 类）").format(count=len(left)) if left else _("添加其余"))

    def _found(self) -> list[Category]:
        return self._draft.categories(str(self.field.currentData() or ""))

    def _missing(self) -> list[Category]:
        """Values that no rule names yet."""
        named = set()
        for rule in self._draft.style.rules:
            if rule.where is not None and rule.where.field == self.field.currentData():
                named |= {(type(one), one) for one in rule.where.values}
        return [one for one in self._found() if (type(one.value), one.value) not in named]

    def _within(self, found: list[Category]) -> list[Category]:
        """At most as many as somebody tells apart; the rest is said, and stays in the class for the rest."""
        words = _("值有 {count} 种，只列了 {most} 种，其余归“其他”；要分得更粗，请用“分级”或自己写规则。")
        over = len(found) > MOST_CATEGORIES
        self._tell(words.format(count=len(found), most=MOST_CATEGORIES) if over else "")
        return found[:MOST_CATEGORIES]

    def classify(self) -> None:
        found = self._within(self._found())
        name = str(self.field.currentData() or "")
        if not found:
            # Rules without a class would only take the layer's look away.
            title = self.field.currentText()
            self.show_state()
            self._tell(_("字段“{title}”还没有填值，分不了类；样式没有动，请换一个字段。").format(title=title))
            return
        made = categorised(name, found, self._draft.rules, self._draft.geometry)
        self._draft.set_rules(made)
        self._tell_dots(made)
        self.classed.emit()

    def _tell_dots(self, made: Sequence[Plain]) -> None:
        """A drawing has no colour to part classes by: that it became a dot is said."""
        if any(dotted(one.get("symbol", ())) for one in made):
            words = _("图案不能换颜色，各类改用彩色圆点；要用图案，请逐类在下面选符号。")
            before = self.note.text() if not self.note.isHidden() else ""
            self._tell(f"{before}\n{words}".strip())

    def add_rest(self) -> None:
        """What no rule names yet joins before the rule for all others; what is there stays as it is."""
        name = str(self.field.currentData() or "")
        rules = self._draft.rules
        room = MOST_RULES - len(rules)
        added = categorised(name, self._missing()[: max(room, 0)], rules, self._draft.geometry, rest=False)
        at = next((number for number, one in enumerate(rules) if "where" not in one), len(rules))
        self._draft.set_rules([*rules[:at], *added, *rules[at:]], chosen=at)
        self._tell("")
        self._tell_dots(added)
        self.classed.emit()


class GradeBar(QWidget):
    """Classes of a number."""

    classed = Signal()

    def __init__(self, draft: StyleDraft) -> None:
        super().__init__()
        self._draft = draft
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        fields = [(one.name, one.title) for one in draft.definition.fields if one.type in _NUMBERS]
        self.fields = [*fields, *((one.name, one.title) for one in measures_of(draft.geometry))]
        self.field = Choice(self.fields, _("按哪个数字分级"))
        self.field.picked.connect(lambda _name: self.classify())
        self.method = Choice(_METHODS, _("分法"))
        self.method.picked.connect(self._method_chosen)
        self.count = NumberBox(2, MOST_CLASSES, 1, _(" 级"), 0, _("分几级"))
        self.count.show_value(5)
        self.count.typed.connect(lambda _count: self.classify())
        self.ramp = Choice([], _("色带"))
        self.ramp.setIconSize(QSize(theme().px(60), theme().px(12)))
        for key, (words, _stops) in RAMPS.items():
            self.ramp.addItem(self._picture(key), words, key)
        self.ramp.picked.connect(self._ramp_chosen)
        self.bounds = QLineEdit()
        self.bounds.setAccessibleName(_("界限"))
        self.bounds.setPlaceholderText(_("如 10 20 50"))
        self.bounds.editingFinished.connect(self._bounds_typed)
        titled = [
            Titled(_("按哪个数字分级"), self.field),
            Titled(_("分法"), self.method),
            Titled(_("分几级"), self.count),
            Titled(_("色带"), self.ramp),
            Titled(_("各级的界限，从小到大"), self.bounds),
        ]
        column.addLayout(two_columns(titled, [titled[0], titled[3], titled[4]]))
        self.note = label("", "note", wrap=True)
        self.note.hide()
        column.addWidget(self.note)
        draft.changed.connect(lambda _who: self.show_state())

    def default_field(self) -> str:
        """The first number that has values: of the fields, and where none has, of what the shapes measure."""
        names = [name for name, _title in self.fields]
        return next((one for one in names if len(numbers(self._draft.column(one)))), names[0] if names else "")

    def start(self) -> None:
        """Class the first number that has values; where none has, one limit to be changed by hand."""
        self.field.show_key(self.default_field())
        self.classify()
        if not any("minimum" in one for one in map(class_where, self._draft.rules)):
            self.bounds.setText("0")
            self._bounds_typed()
            self._tell(_("这个字段还没有填数；请在上面手工写界限。"))

    def show_state(self) -> None:
        if self.isHidden():
            return
        wheres = [class_where(one) for one in class_rules(self._draft.rules)]
        now = wheres[0]["field"] if wheres else ""
        if self.field.findData(now) >= 0:
            self.field.show_key(now)
        found = sorted({float(one["minimum"]) for one in wheres if abs(one.get("minimum", -1e300)) < 1e299})
        if not self.bounds.hasFocus():
            self.bounds.setText(" ".join(shown(one) for one in found))
        if found and not self.count.hasFocus():  # under the hand it keeps what was asked for
            self.count.show_value(min(len(found) + 1, MOST_CLASSES))

    def regrade(self, field: str) -> None:
        """Limits from this layer's own values, by the program."""
        self.field.show_key(field)
        self.method.show_key("natural")
        self.classify()

    def classify(self) -> None:
        method = self.method.currentData()
        if method == "hand":
            self._bounds_typed()
            return
        name = str(self.field.currentData() or "")
        values = numbers(self._draft.column(name))
        if not len(values):
            self._tell(_("这个字段还没有填数，分不了级；可以在下面手工写界限。"))
            return
        chosen: Method = method if method in ("interval", "quantile") else "natural"
        self._make(limits(values, int(self.count.value()), chosen))

    def _make(self, found: list[float]) -> None:
        name = str(self.field.currentData() or "")
        field = self._draft.definition.by_name.get(name)
        measure = measure_of(name)
        unit = measure.unit if measure is not None else field.unit if field is not None else ""
        ramp = str(self.ramp.currentData())
        whole = field is not None and field.type == "integer" and all(one.is_integer() for one in found)
        made = graduated(name, found, ramp, self._draft.rules, self._draft.geometry, unit, whole=whole)
        wanted = int(self.count.value())
        short = self.method.currentData() != "hand" and len(found) + 1 < wanted
        self._tell(_("不同的数只够分 {count} 级。").format(count=len(found) + 1) if short else "")
        self._draft.set_rules(made)
        self.bounds.setText(" ".join(shown(one) for one in found))
        self.classed.emit()

    def _method_chosen(self, method: str) -> None:
        if method == "hand":
            self.bounds.setFocus()
            self.bounds.selectAll()
        else:
            self.classify()

    def _bounds_typed(self) -> None:
        parts = [one for one in re.split(r"[\s,，、;；]+", self.bounds.text().strip()) if one]
        found = [read_number(one) for one in parts]
        bounds = sorted({float(one) for one in found if one is not None})
        wrong = next((text for text, one in zip(parts, found, strict=True) if one is None), "")
        restyle(self.bounds, wrong=bool(wrong))
        if wrong:
            self._tell(_("“{text}”不是数。").format(text=wrong))
            return
        if len(bounds) >= 2 * MOST_CLASSES:
            self._tell(_("界限太多了，最多 {most} 个。").format(most=2 * MOST_CLASSES - 1))
            return
        now = {float(one["minimum"]) for one in map(class_where, self._draft.rules) if "minimum" in one}
        if bounds and bounds != sorted(one for one in now if abs(one) < 1e299):
            self.method.show_key("hand")
            self._make(bounds)

    def _ramp_chosen(self, ramp: str) -> None:
        self._draft.set_rules(recoloured_by_ramp(self._draft.rules, ramp), chosen=self._draft.rule)

    def _tell(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _picture(self, name: str) -> QIcon:
        wide, high = theme().px(60), theme().px(12)
        colours = ramp_colours(name, 10)

        def paint(painter: QPainter) -> None:
            step = (wide - 2) / len(colours)
            for number, colour in enumerate(colours):
                painter.fillRect(QRectF(1 + number * step, 1, step + 0.5, high - 2), QColor(colour))

        return QIcon(on_tile(wide, high, self.devicePixelRatioF(), paint))
