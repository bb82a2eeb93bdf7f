"""What of a style a black-and-white copier will lose, and what in it can't be found: said while it is being made."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from geohazard_desktop.cartography.placeholders import columns_in, placeholders
from geohazard_desktop.cartography.style import FITTING, Label, Rule, Style, Symbol
from geohazard_desktop.cartography.symbol_files import symbol_or_question
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.shape_measures import measure_of, measures_of, units_from
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits.style_words import kind_word

DARKEST_KEPT = 91  # grey = 0.299 R + 0.587 G + 0.114 B: lines and textures up to here survive a copier
_LINES = {"stroke", "hatch", "dots", "crosses", "waves", "ticks", "arrows", "railway", "double", "start_ring"}
_MOST = 3
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")


def grey(colour: str) -> int:
    """The grey, 0 (black) to 255, that a copier makes of #RRGGBB."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


def survives(colour: str) -> bool:
    """Whether a line or texture of this colour is still there after a copier."""
    return grey(colour) <= DARKEST_KEPT


def copier_warnings(style: Style, definition: LayerDefinition) -> list[str]:
    """Sentences about what would be lost in black and white."""
    found = list(dict.fromkeys(_pale(style, definition)))
    if len(found) > _MOST:
        found = [*found[:_MOST], _("还有 {count} 处颜色太浅。").format(count=len(found) - _MOST)]
    if style.label is not None and not survives(style.label.color):
        found.append(
            _("注记颜色 {colour} 复印后是灰度 {grey}，会看不清；不大于 {most} 才稳。").format(
                colour=style.label.color, grey=grey(style.label.color), most=DARKEST_KEPT
            )
        )
    alike = _alike(style.rules)
    if alike:
        found.append(
            _("“{first}”和“{second}”只靠颜色区分，黑白复印后分不出来；请再加纹理，或换线形、线宽。").format(
                first=alike[0], second=alike[1]
            )
        )
    return found


def doubts(style: Style, definition: LayerDefinition) -> list[str]:
    """Sentences about fields and symbols that a style names and that aren't there."""
    found = []
    own = {one.name for one in measures_of(definition.geometry)}
    for name in sorted(style.columns - set(definition.by_name)):
        measure = measure_of(name)
        if measure is not None and measure.name not in own:
            found.append(
                _("{title}的图形没有{kind}：用它的条件一个要素也对不上，注记里是空的。").format(
                    title=definition.title, kind=measure.kind
                )
            )
        elif measure is None:
            found.append(
                _("{title}没有字段 {name}：用它的条件一个要素也对不上，注记里是空的。").format(
                    title=definition.title, name=name
                )
            )
    names: dict[str, None] = {}
    for rule in style.rules:
        for symbol in rule.of_kind("marker"):
            names.update(dict.fromkeys(_marker_names(rule, symbol, definition)))
    for name in names:
        problem = symbol_or_question(name)[1]
        if problem:
            found.append(problem)
    kinds = dict.fromkeys(symbol.kind for rule in style.rules for symbol in rule.symbols)
    unfit = [kind_word(one, definition.geometry) for one in kinds if one not in FITTING.get(definition.geometry, ())]
    if unfit:
        found.append(_("{title}上画不出这些符号层：{kinds}。").format(title=definition.title, kinds="、".join(unfit)))
    if style.label is not None:
        named = columns_in(style.label.text) | columns_in(style.label.second)
        private = [one.title for one in definition.fields if one.name in named and definition.is_personal(one.name)]
        found += _unfit_units(style.label, definition)
        if private:
            found.append(
                _("注记里有个人信息（{fields}）：公开图和明白卡上不写，内部图上会写。").format(
                    fields="、".join(private)
                )
            )
    open_to_all = [number for number, rule in enumerate(style.rules) if not rule.wheres]
    if open_to_all and open_to_all[0] < len(style.rules) - 1:
        found.append(_("第 {n} 条规则没有条件，什么都对得上；排在它后面的规则用不到。").format(n=open_to_all[0] + 1))
    return found


def _pale(style: Style, definition: LayerDefinition) -> Iterator[str]:
    for number, rule in enumerate(style.rules, 1):
        for symbol in rule.symbols:
            if symbol.kind in _LINES and not survives(symbol.color):
                name = rule.label or (definition.title if len(style.rules) == 1 else _("规则 {n}").format(n=number))
                yield _("“{rule}”的{kind} {colour} 复印后是灰度 {grey}，会印没；不大于 {most} 才稳。").format(
                    rule=name,
                    kind=kind_word(symbol.kind, definition.geometry),
                    colour=symbol.color,
                    grey=grey(symbol.color),
                    most=DARKEST_KEPT,
                )


def _alike(rules: Sequence[Rule]) -> tuple[str, str] | None:
    """Two rules that differ in nothing but colour."""
    seen: dict[str, tuple[int, tuple[Symbol, ...], str]] = {}
    for number, rule in enumerate(rules, 1):
        if not rule.symbols:
            continue
        plain = repr([_without_colour(one) for one in rule.symbols])
        name = rule.label or _("规则 {n}").format(n=number)
        if plain not in seen:
            seen[plain] = (number, rule.symbols, name)
        elif seen[plain][1] != rule.symbols:
            return seen[plain][2], name
    return None


def _without_colour(symbol: Symbol) -> Symbol:
    """An SVG in the style has its colours in its text."""
    name = _COLOUR.sub("#000000", symbol.name)
    return replace(symbol, color="#000000", inner="#FFFFFF", opacity=1.0, name=name)


def _unfit_units(label: Label, definition: LayerDefinition) -> Iterator[str]:
    """A stored number is turned into km, 公顷 … only where it is stored in m or m²."""
    for one in (*placeholders(label.text), *placeholders(label.second)):
        field = definition.by_name.get(one.name)
        if one.unit and field is not None and one.unit not in units_from(field.unit):
            words = _("字段“{field}”的单位是{unit}，不能换算成 {asked}，注记里的数是错的；请改成 {plain}。")
            yield words.format(
                field=field.title,
                unit=field.unit or _("空的"),
                asked=one.word,
                plain=f"{{{one.name}}}" if one.digits is None else f"{{{one.name}:{one.digits}}}",
            )


def _marker_names(rule: Rule, symbol: Symbol, definition: LayerDefinition) -> Iterator[str]:
    """The files that a marker may need: its name, or one for each value of the field that its name speaks of."""
    fields = [one for one in definition.fields if f"{{{one.name}}}" in symbol.name]
    if "{" not in symbol.name or symbol.name.lstrip().startswith("<"):
        yield symbol.name
    elif len(fields) == 1:
        own = rule.where.values if rule.where is not None and rule.where.field == fields[0].name else ()
        for value in own or fields[0].values:
            values: Mapping[str, object] = {fields[0].name: value}
            yield symbol.name_of(values)  # type: ignore[arg-type]
