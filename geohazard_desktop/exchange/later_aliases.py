"""Headings that the program learned after a workspace was made: a workspace keeps the definitions of its first day, but
under which words others send a field is no part of its data."""

import dataclasses
from functools import cache

from geohazard_desktop.common.errors import ResourceMissing
from geohazard_desktop.common.places import layer_file
from geohazard_desktop.workspace.definition import LayerDefinition, parse_definition


def with_later_aliases(definition: LayerDefinition) -> LayerDefinition:
    """The definition with the shipped one's aliases behind its own; a layer that is not shipped stays as it is."""
    shipped = _shipped(definition.table)
    if shipped is None:
        return definition
    fields = []
    for one in definition.fields:
        known = shipped.by_name.get(one.name)
        more = [] if known is None else [alias for alias in known.aliases if alias not in one.aliases]
        fields.append(dataclasses.replace(one, aliases=(*one.aliases, *more)) if more else one)
    return dataclasses.replace(definition, fields=tuple(fields))


@cache
def _shipped(table: str) -> LayerDefinition | None:
    try:
        return parse_definition(table, layer_file(f"{table}.toml").read_text(encoding="utf-8"))
    except ResourceMissing:
        return None
