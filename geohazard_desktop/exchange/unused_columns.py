"""Columns of a list that no field of the layer takes: told as what is lost, with the layer that would take them."""

from collections.abc import Mapping, Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.mapping import base_and_unit, key
from geohazard_desktop.exchange.report import Evidence, listed
from geohazard_desktop.workspace.definition import LayerDefinition

# Headings of what a layer has a field for under quite other words.
_ALSO: Mapping[str, tuple[str, str]] = {
    "行动不便": ("household_member", "mobility"),
    "行动能力": ("household_member", "mobility"),
    "残疾": ("household_member", "mobility"),
    "听力": ("household_member", "hearing"),
    "老人": ("household_member", "age"),
    "儿童": ("household_member", "age"),
}


def unused_columns(
    definitions: Mapping[str, LayerDefinition], definition: LayerDefinition, unused: Sequence[str]
) -> list[Evidence]:
    """A doubt for the columns that another layer has a field for, one for the rest; none where all are used."""
    taken: dict[str, dict[str, str]] = {}
    rest = []
    for column in unused:
        found = _taker(definitions, definition, column)
        if found is None:
            rest.append(column)
        else:
            taken.setdefault(found[0], {})[column] = found[1]
    told = []
    for table, columns in taken.items():
        other = definitions[table]
        pairs = "、".join(one if one == title else f"{one}（{title}）" for one, title in columns.items())
        words = _("不写进“{layer}”：{columns}。它们是“{other}”的。")
        sentence = words.format(columns=pairs, layer=definition.title, other=other.title)
        if table == "household_member":
            sentence += _(
                "家庭人数是 1 的户写成他的家庭成员；人多的户，行动能力、听力记成一名没有姓名的成员，"
                "性别、年龄没有导入：请每人一行、加“成员姓名”一列，或在住户属性里填。"
            )
        told.append(Evidence("fields", sentence, doubt=True))
    if rest:
        words = _("没有用到、不会导入的列：{names}。要用的，请在下面对应到字段。")
        told.append(Evidence("fields", words.format(names=listed(rest, 30)), doubt=True))
    return told


def _taker(
    definitions: Mapping[str, LayerDefinition], definition: LayerDefinition, column: str
) -> tuple[str, str] | None:
    """Table and field title of what would take the column: a layer that refers to this one first."""
    words = {key(column), base_and_unit(column)[0]}
    for heading, (table, name) in _ALSO.items():
        if any(heading in word for word in words) and table in definitions and _belongs(definitions[table], definition):
            return table, definitions[table].by_name[name].title
    for other in definitions.values():
        if other is definition or other.helper or not _belongs(other, definition):
            continue
        for field in other.fields:
            if words & {key(field.title), *map(key, field.aliases)}:
                return other.table, field.title
    return None


def _belongs(other: LayerDefinition, definition: LayerDefinition) -> bool:
    """Whether the other layer's rows are parts of this one's features, as members are of households."""
    return other.geometry == "none" and any(one.required and one.target == definition.table for one in other.fields)
