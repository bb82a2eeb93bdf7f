"""The look of ways that nobody may be sent along on the map's word alone, on the window's map: the layer's own style,
its lines broken, with a sign (`resources/rules/map_doubts.toml`). Papers leave such ways out or say what to do instead,
and take none of this.
"""

from collections.abc import Mapping
from dataclasses import replace

from geohazard_desktop.cartography.style import Rule, Style, Symbol
from geohazard_desktop.domain.rule_file import RuleTable, read_rules
from geohazard_desktop.workspace.conditions import Where
from geohazard_desktop.workspace.feature import FeatureTable, Value

COLUMN = "\x00doubt"  # no field of a layer can have this name
FILE = "map_doubts.toml"
Doubted = Mapping[str, str]  # ask or over, by uid


def doubted_style(style: Style, doubted: Doubted) -> Style:
    """The style with a look of their own for the features in doubt; the style itself where there are none or where the
    rules know no such look of the layer. Raises DefinitionInvalid."""
    looks = read_rules(FILE).values.get(style.layer)
    if not doubted or not isinstance(looks, Mapping):
        return style
    table = read_rules(FILE).table(style.layer)
    kinds = [kind for kind in ("over", "ask") if kind in doubted.values()]
    apart = [_apart(rule, kind, table.table(kind)) for kind in kinds for rule in style.rules]
    return replace(style, rules=(*(one for one in apart if one is not None), *style.rules))


def with_doubts(table: FeatureTable, doubted: Doubted) -> FeatureTable:
    """The table with what `doubted_style` asks for."""
    column: list[Value] = [doubted.get(uid) for uid in table.uids]
    return FeatureTable(table.layer, table.uids, table.geometries, table.columns | {COLUMN: column})


def _apart(rule: Rule, kind: str, look: RuleTable) -> Rule | None:
    """The rule's features in doubt; None where they are drawn apart already, as closed shelters are by their date."""
    if any(one.until_today and not one.negated for one in rule.wheres):
        return None
    sign, colour = look.text("sign"), look.text("color") if "color" in look.values else ""
    symbols: list[Symbol] = []
    if "dash_on_mm" in look.values:
        dash = look.number("dash_on_mm", least=0.2), look.number("dash_off_mm", least=0.2)
        arrows = look.flag("arrows")
        symbols = [
            replace(one, color=colour or one.color, dash=dash if one.kind == "stroke" else one.dash, cap="flat")
            for one in rule.symbols
            if one.kind != "marker" and (arrows or one.kind not in ("arrows", "start_ring"))
        ]
        size, halo = look.number("size_mm", least=0.2), look.number("halo_mm")
        symbols.append(Symbol("marker", name=sign, size=size, halo=halo))
    else:
        symbols = [replace(one, name=sign) if one.kind == "marker" else one for one in rule.symbols]
    named = look.text("label_color") if "label_color" in look.values else rule.label_color
    return replace(
        rule, symbols=tuple(symbols), wheres=(*rule.wheres, Where(COLUMN, values=(kind,))), label_color=named
    )
