"""What the layer tree says about each layer, and what the susceptibility shares say beside their classes."""

from collections.abc import Sequence

from geohazard_desktop.analysis.shares import Share
from geohazard_desktop.cartography.placeholders import columns_in
from geohazard_desktop.cartography.style import Rule
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.layers.tree_rows import Entry
from geohazard_desktop.desktop.scene import Scene
from geohazard_desktop.desktop.swatches import swatch_icon
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.workspace import Workspace


def entries_of(ws: Workspace, scene: Scene, ratio: float) -> list[Entry]:
    """All layers but the helpers, in tree order. Raises DefinitionInvalid for a style that can't be read."""
    found = []
    for definition in ws.in_use():
        icon = None
        classes = []
        fault = None
        if definition.geometry != "none" and definition.style:
            rules = scene.style(definition.table).rules
            fault = scene.style_faults.get(definition.table)
            icons = [swatch_icon(one, definition.geometry, ratio, _example(definition, one)) for one in rules]
            if rules:
                icon = icons[_typical(rules)]
            if len(rules) > 1:
                classes = [
                    (picture, one.label or definition.title, "", "") for picture, one in zip(icons, rules, strict=True)
                ]
        found.append(
            Entry(
                definition.table,
                definition.title,
                definition.group,
                icon,
                ws.count(definition.table),
                definition.personal,
                definition.geometry != "none",
                classes,
                str(fault) if fault is not None else "",
                definition.paper if definition.reference else None,
                definition.source,
                _reference_tip(definition) if definition.reference else "",
            )
        )
    return found


def _reference_tip(definition: LayerDefinition) -> str:
    papers = {
        "": _("不印在图上"),
        "internal": _("印在内部图上"),
        "public": _("印在内部图、公开图和网页上"),
    }
    words = _("参考图层，只看不改；{paper}。资料来源：{source}")
    return words.format(paper=papers[definition.paper], source=definition.source or _("没有写"))


def _named(rule: Rule) -> list[str]:
    """The fields that the names of the rule's markers are made of."""
    return [field for symbol in rule.of_kind("marker") for field in columns_in(symbol.name)]


def _example(definition: LayerDefinition, rule: Rule) -> dict[str, str]:
    """Values for a marker that is named after a field: a swatch shows one of its kinds, not a question mark."""
    known = (definition.by_name[field] for field in _named(rule) if field in definition.by_name)
    return {one.name: one.values[0] for one in known if one.values}


def _typical(rules: Sequence[Rule]) -> int:
    """The rule by which a layer is known: where types have symbols of their own, one of those; never by the
    look of what is over."""
    of_type = (number for number, one in enumerate(rules) if one.where is not None and one.where.field in _named(one))
    lasting = (number for number, one in enumerate(rules) if not any(where.until_today for where in one.wheres))
    return next(of_type, next(lasting, 0))


def share_figures(shares: Sequence[Share]) -> dict[str, tuple[str, str]]:
    """Figure and tip by class: 22.73 %, and how it stands to the plan."""
    figures: dict[str, tuple[str, str]] = {}
    if not any(one.km2 for one in shares):
        return figures  # nothing is imported yet: 0.00 % would read as a finding
    for one in shares:
        if one.planned_percent is None:
            tip = _("{km2:.2f} km²，预案里没有这一类的占比").format(km2=one.km2)
        else:
            words = _(
                "{km2:.2f} km²，占 {percent:.3f} %；预案 {planned:.2f} %，相差 {difference:+.3f} 个百分点（{judged}）"
            )
            tip = words.format(
                km2=one.km2,
                percent=one.percent,
                planned=one.planned_percent,
                difference=one.difference or 0.0,
                judged=_("一致") if one.agrees else _("不一致"),
            )
        sign = "" if one.agrees is not False else " !"
        figures[one.name] = (f"{one.percent:.2f} %{sign}", tip)
    return figures
