"""A layer's style for QGIS 3: made from the same style as screen and paper, written into the workspace's layer_styles.

It carries symbols, labels, scale limits, Chinese aliases, value lists, and hides `uid`. QGIS does not read the
GeoPackage's own column titles, so the aliases must stand here too.
"""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.placeholders import Placeholder, pieces
from geohazard_desktop.cartography.qml_symbols import defined, field, rgba, symbol_element, text
from geohazard_desktop.cartography.style import Label, Rule, Style
from geohazard_desktop.domain.quantities import THIN
from geohazard_desktop.domain.shape_measures import UNITS
from geohazard_desktop.workspace.conditions import Where
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_BRACES = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_PLACEMENTS = {"point": "6", "inside": "4", "line": "3", "horizontal": "1"}


def style_qml(style: Style, definition: LayerDefinition) -> str:
    """The QML text of `definition`'s layer drawn in `style`."""
    farthest = style.maximum_scale_denominator
    limited = farthest is not None or style.minimum_scale_denominator > 0
    root = Element(
        "qgis",
        {
            "version": "3.22.0",
            "styleCategories": "AllStyleCategories",
            "hasScaleBasedVisibilityFlag": "1" if limited else "0",
            "minScale": f"{farthest or 100_000_000:g}",
            "maxScale": f"{style.minimum_scale_denominator:g}",
            "labelsEnabled": "1" if style.label else "0",
        },
    )
    if definition.geometry != "none":
        root.append(_renderer(style, definition))
        if style.label:
            root.append(_labelling(style.label, definition.geometry, _label_colours(style)))
        if style.opacity < 1.0:
            SubElement(root, "layerOpacity").text = f"{style.opacity:g}"
    _fields(root, definition)
    indent(root, " ")
    return _DOCTYPE + tostring(root, encoding="unicode")


def _renderer(style: Style, definition: LayerDefinition) -> Element:
    parts = list(_parts(style, definition))
    levels = "1" if definition.geometry == "line" else "0"
    if len(parts) == 1 and parts[0][1] == "":
        renderer = Element("renderer-v2", {"type": "singleSymbol", "symbollevels": levels, "forceraster": "0"})
        symbols = SubElement(renderer, "symbols")
        symbols.append(symbol_element(parts[0][0], definition.geometry, "0", parts[0][2]))
        return renderer
    renderer = Element("renderer-v2", {"type": "RuleRenderer", "symbollevels": levels, "forceraster": "0"})
    rules = SubElement(renderer, "rules", {"key": "root"})
    symbols = SubElement(renderer, "symbols")
    for number, (rule, condition, values) in enumerate(parts):
        label = rule.label or definition.title
        told = [value for value in values.values() if value != label]
        if told:
            label = "·".join([label, *told])
        entry = {"key": f"rule{number}", "symbol": str(number), "label": label}
        if condition:
            entry["filter"] = condition
        SubElement(rules, "rule", entry)
        symbols.append(symbol_element(rule, definition.geometry, str(number), values))
    return renderer


def _parts(style: Style, definition: LayerDefinition) -> Iterator[tuple[Rule, str, dict[str, str]]]:
    """Rules as QGIS needs them: there every rule that matches draws, here the first one; and a marker named after a
    field becomes one rule a value."""
    before: list[str] = []
    for rule in style.rules:
        own = _condition(rule.wheres)
        others = [one for one in before if _may_overlap(own, one)]
        shown = own
        if own and others:
            shown = f"({own}) AND NOT coalesce({' OR '.join(f'({one})' for one in others)}, false)"
        elif not own and before:
            shown = "ELSE"
        names = {name for symbol in rule.of_kind("marker") for name in _BRACES.findall(symbol.name)}
        values = _values_of(next(iter(names)), rule, definition) if len(names) == 1 else []
        if len(values) > 1 and shown not in {"", "ELSE"}:
            name = next(iter(names))
            for value in values:
                yield rule, f"{shown} AND {field(name)}={text(value)}", {name: value}
            none_of = ",".join(text(value) for value in values)
            yield rule, f"{shown} AND coalesce({field(name)},'') NOT IN ({none_of})", {}
        else:
            yield rule, shown, ({next(iter(names)): values[0]} if len(values) == 1 else {})
        if own:
            before.append(own)


def _values_of(name: str, rule: Rule, definition: LayerDefinition) -> list[str]:
    if rule.where is not None and rule.where.field == name and rule.where.values:
        return [str(one) for one in rule.where.values]
    member = definition.by_name.get(name)
    return list(member.values) if member else []


def _may_overlap(own: str, other: str) -> bool:
    """Conditions `"f"='a'` and `"f"='b'` exclude each other already."""
    simple = re.compile(r"""("[^"]+")\s*=\s*('[^']*'|[\d.]+)""")
    a, b = simple.fullmatch(own), simple.fullmatch(other)
    return not (a and b and a.group(1) == b.group(1) and a.group(2) != b.group(2))


def _condition(wheres: Sequence[Where]) -> str:
    """All of a rule's conditions; "" where it has none."""
    made = [_test(one) for one in wheres]
    return made[0] if len(made) == 1 else " AND ".join(f"({one})" for one in made)


def _test(where: Where) -> str:
    # What is not filled in makes a comparison there neither true nor false; here it just does not hold.
    return f"NOT coalesce({_plain_test(where)}, false)" if where.negated else _plain_test(where)


def _plain_test(where: Where) -> str:
    name = field(where.field)
    if where.until_today:
        return f"to_date({name}) <= to_date(now())"
    if where.empty:
        return f"trim(coalesce(to_string({name}), '')) = ''"
    if where.contains:
        return f"strpos({name}, {text(where.contains)}) > 0"
    if where.values and all(isinstance(one, bool) for one in where.values):
        # QGIS compares its true with 1 as if they were words.
        name = f"to_int({name})"
    if where.values:
        if len(where.values) == 1:
            return f"{name}={text(where.values[0])}"
        return f"{name} IN ({', '.join(text(one) for one in where.values)})"
    parts = []
    if where.minimum is not None:
        parts.append(f"{name} >= {where.minimum!r}")
    if where.maximum is not None:
        parts.append(f"{name} < {where.maximum!r}")
    return " AND ".join(parts)


def label_expression(label: Label) -> str:
    """A QGIS expression for both lines; a part whose value is missing falls away, as in the program."""
    first, second = _line(label.text), _line(label.second)
    return f"concat({first}, coalesce('\\n' || nullif({second}, ''), ''))" if label.second else first


def _line(template: str) -> str:
    """`coalesce('危险区 ' || "id", '')` for each part between separators."""
    made = []
    for number, piece in enumerate(re.split(r" · ", template)):
        bits = [text(bit) if isinstance(bit, str) else _number(bit) for bit in pieces(piece)]
        joined = " || ".join(bits) or "''"
        made.append(f"coalesce({text(' · ')} || {joined}, '')" if number else f"coalesce({joined}, '')")
    return made[0] if len(made) == 1 else f"concat({', '.join(made)})"


def _number(one: Placeholder) -> str:
    """What stands for a pair of braces. Thousands are parted by a thin space, as here, in any language of QGIS."""
    name = field(one.column)
    if not one.as_number:
        return name
    size, digits = 1.0, one.digits
    if one.unit:
        size = 1.0 if one.measure is not None else UNITS[one.unit].size
        digits = UNITS[one.unit].digits if digits is None else digits
    number = name if size == 1.0 else f"{name} / {size!r}"
    made = f"replace(format_number({number}, {digits}, 'en'), ',', '{THIN}')"
    return f"{made} || {text(' ' + one.word)}" if one.word else made


def _label_colours(style: Style) -> str:
    """An expression for the colour of a feature's name, "" where all names are alike."""
    assert style.label is not None
    if not any(rule.label_color for rule in style.rules):
        return ""
    cases: list[str] = []
    for rule in style.rules:
        colour = text(rgba(rule.label_color or style.label.color))
        if not rule.wheres:
            return f"CASE {' '.join(cases)} ELSE {colour} END" if cases else colour
        cases.append(f"WHEN {_condition(rule.wheres)} THEN {colour}")
    return f"CASE {' '.join(cases)} ELSE {text(rgba(style.label.color))} END"


def _labelling(label: Label, geometry: str, colours: str) -> Element:
    labelling = Element("labeling", {"type": "simple"})
    settings = SubElement(labelling, "settings", {"calloutType": "simple"})
    style = SubElement(
        settings,
        "text-style",
        {
            "fieldName": label_expression(label),
            "isExpression": "1",
            "fontFamily": fonts.paper_family(label.family),
            "fontSize": f"{label.size:g}",
            "fontSizeUnit": "Point",
            "fontWeight": "75" if label.bold else "50",
            "namedStyle": "Bold" if label.bold else "Regular",
            "textColor": rgba(label.color),
            "textOpacity": "1",
            "multilineHeight": "1",
        },
    )
    buffer = {"bufferDraw": "1", "bufferSize": f"{label.halo:g}", "bufferSizeUnits": "MM", "bufferOpacity": "1"}
    SubElement(style, "text-buffer", buffer | {"bufferColor": "255,255,255,255", "bufferJoinStyle": "128"})
    SubElement(settings, "text-format", {"multilineAlign": "1", "wrapChar": "", "addDirectionSymbol": "0"})
    placement = "3" if geometry == "line" and label.placement == "line" else _PLACEMENTS[label.placement]
    if geometry == "line" and placement in {"6", "1"}:
        placement = "4"
    SubElement(
        settings,
        "placement",
        {
            "placement": placement,
            "placementFlags": "9" if label.family == "song" else "10",
            "priority": str(min(10, round(label.priority / 10))),
            "dist": "1",
            "distUnits": "MM",
            "repeatDistance": "110" if geometry == "line" else "0",
            "repeatDistanceUnits": "MM",
            "predefinedPositionOrder": "R,L,B,T,TR,BR,BL,TL",
            "offsetType": "1",
        },
    )
    farthest = label.maximum_scale_denominator
    limited = farthest is not None or label.minimum_scale_denominator > 0
    SubElement(
        settings,
        "rendering",
        {
            "scaleVisibility": "1" if limited else "0",
            "scaleMin": f"{label.minimum_scale_denominator:g}",
            "scaleMax": f"{farthest or 0:g}",
            "obstacle": "1",
            "drawLabels": "1",
            "mergeLines": "1" if geometry == "line" else "0",
        },
    )
    if colours:
        defined(settings, "Color", colours, "dd_properties")
    return labelling


def _fields(root: Element, definition: LayerDefinition) -> None:
    configuration = SubElement(root, "fieldConfiguration")
    _widget(configuration, "uid", "Hidden", [])
    for one in definition.fields:
        _widget(configuration, one.name, *_widget_of(one))
    aliases = SubElement(root, "aliases")
    SubElement(aliases, "alias", {"index": "1", "field": "uid", "name": "内部标识"})
    for number, one in enumerate(definition.fields, 2):
        title = f"{one.title}（{one.unit}）" if one.unit else one.title
        SubElement(aliases, "alias", {"index": str(number), "field": one.name, "name": title})
    table = SubElement(root, "attributetableconfig", {"actionWidgetStyle": "dropDown", "sortExpression": ""})
    columns = SubElement(table, "columns")
    for name in ("fid", "uid"):
        SubElement(columns, "column", {"type": "field", "name": name, "hidden": "1", "width": "-1"})
    for one in definition.fields:
        SubElement(columns, "column", {"type": "field", "name": one.name, "hidden": "0", "width": "-1"})
    expression = field("name") if "name" in definition.by_name else field("uid")
    SubElement(root, "previewExpression").text = expression


Options = list[tuple[str, str, object]]


def _widget_of(one: FieldDefinition) -> tuple[str, Options]:
    if one.values and one.type == "text":
        return "ValueMap", [("map", "ValueMap", one.values)]
    if one.type == "boolean":
        return "CheckBox", [("CheckedState", "QString", "1"), ("UncheckedState", "QString", "0")]
    if one.type in {"date", "datetime"}:
        shown = "yyyy-MM-dd" if one.type == "date" else "yyyy-MM-dd HH:mm"
        return "DateTime", [("display_format", "QString", shown), ("calendar_popup", "bool", "true")]
    return "TextEdit", [("IsMultiline", "bool", "true" if one.multiline else "false")]


def _widget(configuration: Element, name: str, kind: str, options: Options) -> None:
    holder = SubElement(configuration, "field", {"name": name, "configurationFlags": "None"})
    config = SubElement(SubElement(holder, "editWidget", {"type": kind}), "config")
    box = SubElement(config, "Option", {"type": "Map"})
    for key, type_, value in options:
        if type_ == "ValueMap" and isinstance(value, Sequence):
            entries = SubElement(box, "Option", {"name": key, "type": "List"})
            for one in value:
                entry = SubElement(entries, "Option", {"type": "Map"})
                SubElement(entry, "Option", {"name": str(one), "type": "QString", "value": str(one)})
        else:
            SubElement(box, "Option", {"name": key, "type": type_, "value": str(value)})
