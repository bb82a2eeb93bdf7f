"""The page 符号: how features are parted, the list of rules, and the look of the chosen one."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.cartography.class_styles import Plain, class_where, default_symbols, mode_of, single
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import icon_button, label
from geohazard_desktop.desktop.styles.classes import CategoryBar, GradeBar
from geohazard_desktop.desktop.styles.colours import ColourButton, families
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.layers import SymbolLayers
from geohazard_desktop.desktop.styles.parts import Choice, Titled, page_column, rule_icon
from geohazard_desktop.desktop.styles.where import WhereField
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.shape_measures import measure_of
from geohazard_desktop.workspace.definition import LayerDefinition

_MODES = (
    ("single", _("单一符号")),
    ("categorised", _("分类：按字段的值")),
    ("graduated", _("分级：按数字大小")),
    ("rules", _("规则：自己写条件")),
)
_MOST_IN_SIGHT = 7


class RulesPage(QWidget):
    """Follows the draft; what the hand does here goes into it."""

    def __init__(self, draft: StyleDraft, definitions: Mapping[str, LayerDefinition]) -> None:
        super().__init__()
        self._draft = draft
        self._by_hand = False  # rules stay rules although they look like classes
        self._filling = False
        self._detailed: Plain | None = None
        column = page_column(self)
        self.mode = Choice(_MODES, _("要素怎么分"))
        self.mode.picked.connect(self._mode_picked)
        column.addWidget(self.mode)
        self.categories, self.grades = CategoryBar(draft), GradeBar(draft)
        for bar in (self.categories, self.grades):
            bar.hide()
            column.addWidget(bar)
        self.told = label("", "reminder", wrap=True)
        self.told.hide()
        column.addWidget(self.told)
        self.box = QWidget()
        inner = QVBoxLayout(self.box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme().px(4))
        inner.addLayout(self._head())
        self.list = self._list()
        inner.addWidget(self.list)
        column.addWidget(self.box)
        self._details = QVBoxLayout()
        self._details.setSpacing(theme().px(8))
        column.addLayout(self._details)
        self._colours = families(definitions, draft.definition.table)
        self._build_details()
        self.layers = SymbolLayers(draft, definitions)
        column.addWidget(self.layers)
        column.addStretch(1)
        draft.changed.connect(self._changed)
        draft.chosen.connect(self._chosen_elsewhere)
        self.fill()

    # -- building ----------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme().px(2))
        self.heading = label("", "strong")
        head.addWidget(self.heading)
        head.addStretch(1)
        self.add_button = icon_button("plus", _("加一条规则"), self._add)
        self.remove_button = icon_button("delete", _("删除这条规则"), self._remove)
        self.up_button = icon_button("chevron-up", _("往上移（先比较）"), lambda: self._move(-1))
        self.down_button = icon_button("chevron-down", _("往下移（后比较）"), lambda: self._move(1))
        for one in (self.add_button, self.remove_button, self.up_button, self.down_button):
            head.addWidget(one)
        return head

    def _list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setObjectName("boxed")
        made.setColumnCount(2)
        made.setHeaderHidden(True)
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setIconSize(QSize(theme().px(36), theme().px(18)))
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setAccessibleName(_("规则，从上到下比较，先对上的算"))
        made.header().setStretchLastSection(False)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        made.currentItemChanged.connect(self._row_chosen)
        return made

    def _build_details(self) -> None:
        self.label_line = QLineEdit()
        self.label_line.textEdited.connect(self._label_typed)
        self._label_titled = Titled(_("图例文字"), self.label_line)
        self._first_row = QHBoxLayout()
        self._first_row.setSpacing(theme().px(10))
        self._first_row.addWidget(self._label_titled, 1)
        self._details.addLayout(self._first_row)
        self.where: WhereField | None = None
        self._where_place = QVBoxLayout()
        self._details.addLayout(self._where_place)
        row = QHBoxLayout()
        self.own_label = QCheckBox(_("注记另用颜色"))
        self.own_label.clicked.connect(self._own_label_clicked)
        self.label_colour = ColourButton(*self._colours, _("这条规则的注记颜色"))
        self.label_colour.picked.connect(self._label_colour_picked)
        row.addWidget(self.own_label)
        row.addWidget(self.label_colour)
        row.addStretch(1)
        self._details.addLayout(row)

    # -- filling -----------------------------------------------------------------------------------------------------

    def _changed(self, who: object) -> None:
        if who is self or (who is self.layers.form and who is not None):
            self._fill_list()
        else:
            self._detailed = None
            self.fill()

    def _chosen_elsewhere(self) -> None:
        self._select_row()
        self._fill_details()

    def fill(self) -> None:
        found = mode_of(self._draft.rules)
        self.show_mode("rules" if self._by_hand else found)
        self._fill_list()
        self._fill_details()

    def show_mode(self, mode: str) -> None:
        self.mode.show_key(mode)
        self.categories.setVisible(mode == "categorised")
        self.grades.setVisible(mode == "graduated")
        self.categories.show_state()
        self.grades.show_state()
        # One symbol for all that holds: what is over keeps its own beside it.
        self.box.setVisible(mode != "single" or len(self._draft.rules) > 1)
        self.heading.setText({"rules": _("规则，先对上的算"), "single": _("符号")}.get(mode, _("类")))

    def _fill_list(self) -> None:
        draft, rules = self._draft, self._draft.rules
        self._filling = True
        self.list.clear()
        counts = draft.counts()
        parsed = draft.style.rules if draft.fault is None else ()
        size, ratio = self.list.iconSize(), self.devicePixelRatioF()
        for number, rule in enumerate(rules):
            item = QTreeWidgetItem(self.list)
            item.setText(0, str(rule.get("label") or _("规则 {n}").format(n=number + 1)))
            item.setToolTip(0, item.text(0))
            if number < len(parsed) and parsed[number].symbols:
                item.setIcon(0, rule_icon(parsed[number], draft.geometry, size, ratio, draft.sample(number)))
            item.setText(1, f"{counts.get(number, 0):,}".replace(",", "\u2009"))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(1, theme().colour("text3"))
        shown = min(max(len(rules), 2), _MOST_IN_SIGHT)
        self.list.setFixedHeight(shown * max(self.list.sizeHintForRow(0), theme().px(25)) + 6)
        lost = counts.get(-1, 0)
        self.told.setVisible(bool(lost))
        self.told.setText(_("有 {count} 个要素哪条规则都对不上，图上不画。请加一条“其余全部要素”。").format(count=lost))
        self._select_row()
        self._filling = False
        chosen = draft.rule
        self.remove_button.setEnabled(len(rules) > 1)
        self.up_button.setEnabled(chosen > 0)
        self.down_button.setEnabled(chosen < len(rules) - 1)

    def _select_row(self) -> None:
        item = self.list.topLevelItem(self._draft.rule)
        if item is not None and item is not self.list.currentItem():
            filling, self._filling = self._filling, True
            self.list.setCurrentItem(item)
            self._filling = filling
        rules = self._draft.rules
        self.up_button.setEnabled(self._draft.rule > 0)
        self.down_button.setEnabled(self._draft.rule < len(rules) - 1)

    def _fill_details(self) -> None:
        rule = self._draft.current_rule
        if rule is self._detailed and rule is not None:
            return
        self._detailed = rule
        if self.where is not None:
            for one in (self.where, self.where.titled):
                one.hide()
                one.deleteLater()
            self.where = None
        self._label_titled.setEnabled(rule is not None)
        self.label_line.setText(str(rule.get("label", "")) if rule else "")
        self.label_line.setPlaceholderText(self._draft.definition.title)
        if rule is not None and self.mode.currentData() != "single":
            self.where = WhereField(self._draft, rule)
            self.where.edited.connect(self._where_edited)
            self._first_row.addWidget(self.where.titled, 1)
            self._where_place.addWidget(self.where)
        labelled = rule is not None and "label" in self._draft.mapping and not self.box.isHidden()
        colour = str(rule.get("label_color", "")) if rule else ""
        self.own_label.setVisible(labelled)
        self.own_label.setChecked(bool(colour))
        self.label_colour.setVisible(labelled and bool(colour))
        if colour:
            self.label_colour.show_colour(colour)

    # -- changing ----------------------------------------------------------------------------------------------------

    def _mode_picked(self, mode: str) -> None:
        draft = self._draft
        self._by_hand = mode == "rules"
        if mode == mode_of(draft.rules) or mode == "rules":
            self._detailed = None
            self.fill()
        elif mode == "single":
            draft.set_rules(single(draft.rules, draft.geometry))
            self._tell_ended(len(draft.rules) > 1)
        elif mode == "categorised":
            self._categorise()
        else:
            self._grade()

    def _tell_ended(self, kept: bool) -> None:
        if kept:
            words = _("已经停用、迁出、撤销的要和在用的分得开，“{label}”这条规则留着；它的样子可以改。")
            self.told.setText(words.format(label=self._draft.rules[0].get("label", "")))
            self.told.show()

    def _categorise(self) -> None:
        """Nothing changes until there is a field to class by."""
        self.show_mode("categorised")
        if not self.categories.start():
            self.show_mode(mode_of(self._draft.rules))
            words = _("{title}没有可以分类的字段：哪个字段都还没有填值。样式没有动。")
            self.told.setText(words.format(title=self._draft.definition.title))
            self.told.show()

    def _grade(self) -> None:
        if not self.grades.fields:
            self.show_mode(mode_of(self._draft.rules))
            self.told.setText(_("{title}没有数字字段，分不了级。").format(title=self._draft.definition.title))
            self.told.show()
            return
        self.show_mode("graduated")
        self.grades.start()

    def _row_chosen(self, item: QTreeWidgetItem | None, _before: object) -> None:
        if not self._filling and item is not None:
            self._draft.choose_rule(self.list.indexOfTopLevelItem(item))

    def _label_typed(self, text: str) -> None:
        rule = self._draft.current_rule
        if rule is not None:
            rule["label"] = text
            self._draft.touch(self)

    def _where_edited(self) -> None:
        self._draft.touch(self)

    def _own_label_clicked(self, on: bool) -> None:
        rule = self._draft.current_rule
        if rule is None:
            return
        if on:
            rule["label_color"] = str(self._draft.mapping["label"].get("color", "#1A1A1A"))
            self.label_colour.show_colour(rule["label_color"])
        else:
            rule.pop("label_color", None)
        self.label_colour.setVisible(on)
        self._draft.touch(self)

    def _label_colour_picked(self, colour: str) -> None:
        rule = self._draft.current_rule
        if rule is not None:
            rule["label_color"] = colour
            self._draft.touch(self)

    def _add(self) -> None:
        """Before the rule for all others: behind it nothing would ever match."""
        draft, rules = self._draft, list(self._draft.rules)
        current = draft.current_rule
        symbols = [dict(one) for one in (current or {}).get("symbol", [])] or default_symbols(draft.geometry)
        fresh: Plain = {"label": _("新的一类"), "symbol": symbols}
        wheres = [one for one in map(class_where, [current or {}, *rules]) if one and not measure_of(one["field"])]
        field = wheres[0]["field"] if wheres else draft.definition.fields[0].name
        fresh["where"] = {"field": field, "equals": ""}
        at = next((number for number, one in enumerate(rules) if "where" not in one), len(rules))
        rules.insert(at, fresh)
        self._by_hand = mode_of(draft.rules) not in ("categorised",)
        draft.set_rules(rules, chosen=at)

    def _remove(self) -> None:
        rules = list(self._draft.rules)
        if len(rules) > 1:
            del rules[self._draft.rule]
            self._draft.set_rules(rules, chosen=min(self._draft.rule, len(rules) - 1))
            self._tell_ended(len(self._draft.rules) > len(rules))

    def _move(self, by: int) -> None:
        rules, at = list(self._draft.rules), self._draft.rule
        if 0 <= at + by < len(rules):
            rules[at], rules[at + by] = rules[at + by], rules[at]
            self._draft.set_rules(rules, chosen=at + by)
