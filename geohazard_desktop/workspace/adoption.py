"""Fields that the program's registers gained after a workspace was made.

A workspace keeps the definitions of its first day. Registers whose entries the program itself writes must have every
field that it writes, and a check must not ask for a field that no form has. So the shipped definition's further fields
are added when the file is opened; the columns come with the first step that writes (see `upkeep.mend`), for opening
changes nothing.
"""

import dataclasses
from collections.abc import Mapping, Sequence

from geohazard_desktop.common.places import layer_file
from geohazard_desktop.workspace.definition import LayerDefinition, parse_definition

# Layers that an office may have made its own, with the fields that the program itself writes into them or that checks
# and papers ask for.
_LATER = {
    "household": ("at_home", "moved_out_on", "moved_out_reason", "helper", "helper_phone"),
    "hazard_point": ("geology",),
    "shelter": ("closed_on", "closed_reason"),
    "setting": ("person", "phone"),
}
_OWN_REGISTERS = ("zone_event", "attachment", "household_member", "card_issue", "sheet")


def with_later_fields(
    definitions: Mapping[str, LayerDefinition], texts: Mapping[str, str]
) -> dict[str, LayerDefinition]:
    """The definitions with the later fields; `texts` are the TOML texts in the workspace. Raises ResourceMissing."""
    found = dict(definitions)
    for table in _OWN_REGISTERS:
        shipped = layer_file(f"{table}.toml").read_text(encoding="utf-8")
        if table not in found or texts.get(table) == shipped:
            continue
        own = found[table]
        wanted = parse_definition(table, shipped)
        later = [one for one in wanted.fields if one.name not in own.by_name]
        # A field's list of values grows with what the program writes into it.
        fields = [
            dataclasses.replace(one, values=wanted.by_name[one.name].values)
            if one.values and one.name in wanted.by_name
            else one
            for one in own.fields
        ]
        if later or tuple(fields) != own.fields:
            found[table] = dataclasses.replace(own, fields=(*fields, *later))
    for table, names in _LATER.items():
        lacking = [one for one in names if table in found and one not in found[table].by_name]
        if lacking:
            found[table] = _with_fields(found[table], lacking)
    return found


def _with_fields(own: LayerDefinition, names: Sequence[str]) -> LayerDefinition:
    """The layer with the shipped fields of `names`, each behind the one that it stands behind there, and with the rules
    that draw grey what is over by one of them, before its own rules."""
    shipped = parse_definition(own.table, layer_file(f"{own.table}.toml").read_text(encoding="utf-8"))
    fields = list(own.fields)
    before = [one.name for one in shipped.fields]
    for later in (shipped.by_name[one] for one in before if one in names):
        there = {one.name: place for place, one in enumerate(fields, 1)}
        ahead = [there[one] for one in before[: before.index(later.name)] if one in there]
        fields.insert(ahead[-1] if ahead else len(fields), later)
    grey = [one for one in shipped.style.get("rule", ()) if one.get("where", {}).get("field") in names]
    style = {**own.style, "rule": [*grey, *own.style["rule"]]} if own.style.get("rule") else own.style
    return dataclasses.replace(own, fields=tuple(fields), style=style)
