"""The symbol layers of one rule, the topmost first: add, remove, reorder, and the form of the chosen one."""

from collections.abc import Mapping

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from geohazard_desktop.cartography.class_styles import Plain
from geohazard_desktop.cartography.style import FITTING, Rule
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import icon_button, label
from geohazard_desktop.desktop.styles.colours import families
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.forms import FRESH, SymbolForm
from geohazard_desktop.desktop.styles.parts import rule_icon
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits.style_words import kind_word

_SWATCH = QSize(44, 18)
_MOST_IN_SIGHT = 5


class SymbolLayers(QWidget):
    """List and form; both follow the draft."""

    def __init__(self, draft: StyleDraft, definitions: Mapping[str, LayerDefinition]) -> None:
        super().__init__()
        self._draft = draft
        self._colours = families(definitions, draft.definition.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        head = QHBoxLayout()
        head.setSpacing(theme().px(2))
        head.addWidget(label(_("符号层"), "strong"))
        head.addStretch(1)
        self.add_button = icon_button("plus", _("加一个符号层"), self._ask_kind)
        self.remove_button = icon_button("delete", _("删除这个符号层"), self._remove)
        self.up_button = icon_button("chevron-up", _("往上移（后画，盖住下面的）"), lambda: self._move(1))
        self.down_button = icon_button("chevron-down", _("往下移（先画）"), lambda: self._move(-1))
        for one in (self.add_button, self.remove_button, self.up_button, self.down_button):
            head.addWidget(one)
        column.addLayout(head)
        self.list = QListWidget()
        self.list.setObjectName("boxed")
        self.list.setIconSize(QSize(theme().px(_SWATCH.width()), theme().px(_SWATCH.height())))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName(_("符号层"))
        self.list.currentRowChanged.connect(self._chosen)
        column.addWidget(self.list)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self.form: SymbolForm | None = None
        self._formed: tuple[object, int] | None = None
        self._filling = False
        draft.changed.connect(self._changed)
        draft.chosen.connect(self.fill)
        self.fill()

    # -- filling -----------------------------------------------------------------------------------------------------

    def _changed(self, who: object) -> None:
        if who is self.form and who is not None:
            self._fill_list()
        else:
            self._formed = None
            self.fill()

    def fill(self) -> None:
        self._fill_list()
        symbol = self._draft.current_symbol
        key = None if symbol is None else (symbol, id(symbol))
        if self._formed is not None and key is not None and self._formed[1] == key[1]:
            return
        self._formed = key
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        if symbol is not None:
            self.form = SymbolForm(symbol, self._draft.definition, self._colours, self._draft.sample(self._draft.rule))
            self.form.edited.connect(self._edited)
            self._place.addWidget(self.form)

    def _fill_list(self) -> None:
        symbols, draft = self._draft.symbols, self._draft
        self._filling = True
        self.list.clear()
        parsed = draft.parsed_rule
        drawn = parsed.symbols if parsed is not None and len(parsed.symbols) == len(symbols) else ()
        size = self.list.iconSize()
        for number in range(len(symbols) - 1, -1, -1):
            kind = str(symbols[number].get("kind"))
            item = QListWidgetItem(kind_word(kind, draft.geometry))
            if drawn:
                only = Rule("", (drawn[number],))
                values = draft.sample(draft.rule)
                item.setIcon(rule_icon(only, draft.geometry, size, self.devicePixelRatioF(), values))
            self.list.addItem(item)
        if symbols:
            self.list.setCurrentRow(len(symbols) - 1 - draft.symbol)
        rows = min(max(len(symbols), 1), _MOST_IN_SIGHT)
        height = self.list.sizeHintForRow(0) if symbols else theme().px(26)
        self.list.setFixedHeight(rows * height + 2 * self.list.frameWidth() + 4)
        self._filling = False
        has_rule, chosen = draft.current_rule is not None, draft.symbol
        self.add_button.setEnabled(has_rule)
        self.remove_button.setEnabled(bool(symbols))
        self.up_button.setEnabled(chosen < len(symbols) - 1)
        self.down_button.setEnabled(bool(symbols) and chosen > 0)

    def _chosen(self, row: int) -> None:
        if not self._filling and row >= 0:
            self._draft.choose_symbol(len(self._draft.symbols) - 1 - row)

    # -- changing ----------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self._draft.touch(self.form)

    def menu(self) -> QMenu:
        """The kinds that fit the layer's geometry."""
        made = QMenu(self)
        for kind in FITTING[self._draft.geometry]:
            made.addAction(kind_word(kind, self._draft.geometry)).triggered.connect(
                lambda _on=False, kind=kind: self.add(kind)
            )
        return made

    def _ask_kind(self) -> None:
        offered = FITTING[self._draft.geometry]
        if len(offered) == 1:
            self.add(offered[0])
            return
        self._menu = self.menu()
        self._menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def add(self, kind: str) -> None:
        """On top of the others; a tint goes to the bottom, or it would cover them."""
        rule = self._draft.current_rule
        if rule is None:
            return
        symbols = rule.setdefault("symbol", [])
        fresh: Plain = {"kind": kind} | {key: list(v) if isinstance(v, list) else v for key, v in FRESH[kind].items()}
        place = 0 if kind == "fill" else len(symbols)
        symbols.insert(place, fresh)
        self._draft.symbol = place
        self._draft.touch()

    def _remove(self) -> None:
        if self._draft.symbols:
            del self._draft.symbols[self._draft.symbol]
            self._draft.touch()

    def _move(self, by: int) -> None:
        symbols, place = self._draft.symbols, self._draft.symbol
        if 0 <= place + by < len(symbols):
            symbols[place], symbols[place + by] = symbols[place + by], symbols[place]
            self._draft.symbol = place + by
            self._draft.touch()
