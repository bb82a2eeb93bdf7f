"""Whole features: create, change values or shape, move, delete."""

from collections.abc import Mapping, Sequence

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits.validity import geometry_fault, refuse_faulty
from geohazard_desktop.workspace.edits.values import value_fault
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, Value, changed, deleted, inserted, new_uid
from geohazard_desktop.workspace.kept import kept_reason, not_deleted

_MULTI = {"polygon": shapely.MultiPolygon, "line": shapely.MultiLineString, "point": shapely.MultiPoint}


def create_feature(
    definitions: Definitions,
    layer: str,
    geometry: BaseGeometry | None = None,
    values: Mapping[str, Value] | None = None,
    *,
    uid: str | None = None,
) -> Edit:
    """A new feature. `values` usually brings the number: `{"id": ws.next_number(layer)}`.

    Required fields may still be empty: what is drawn is stored at once and filled in the form; the checks remind.
    Raises EditRefused for a faulty geometry or value.
    """
    definition = _definition(definitions, layer)
    feature = Feature(
        layer, uid or new_uid(), _multi(definition, geometry), {**_defaults(definition), **(values or {})}
    )
    name = called(definitions, feature)
    refuse_faulty(definition.geometry, feature.geometry, name)
    _refuse_values(definition, name, feature.values)
    words = {"polygon": _("画{name}"), "line": _("画{name}"), "point": _("放{name}"), "none": _("登记{name}")}
    return Edit(words[definition.geometry].format(name=name), [inserted(feature)])


def create_features(definitions: Definitions, features: Sequence[Feature], *, words: str = "") -> Edit:
    """Several new features in one step (paste, split). Raises EditRefused naming the first faulty one."""
    ready = []
    for one in features:
        ready.append(create_feature(definitions, one.layer, one.geometry, one.values, uid=one.uid).deltas[0])
    made = [one.after for one in ready if one.after is not None]
    return Edit(words or _("添加{names}").format(names=led(called_all(definitions, made))), ready)


def change_values(definitions: Definitions, features: Sequence[Feature], values: Mapping[str, Value]) -> Edit:
    """The same values for one or several features. Features that have them already get no delta.

    Raises EditRefused for an unknown field, a value outside the field's range, or a required field made empty.
    """
    deltas = []
    titles: dict[str, None] = {}
    touched = []
    for one in features:
        definition = _definition(definitions, one.layer)
        _refuse_values(definition, called(definitions, one), values)
        _refuse_kept(one, called(definitions, one), values)
        different = {name: value or None if value == "" else value for name, value in values.items()}
        different = {name: value for name, value in different.items() if one.values.get(name) != value}
        for name, value in different.items():
            field = definition.by_name[name]
            if field.required and value is None:
                raise EditRefused(
                    _("{name}的“{title}”必须填。").format(name=followed(called(definitions, one)), title=field.title),
                    _("请填好再存，或按 Esc 恢复原来的内容。"),
                )
            titles[field.title] = None
        if different:
            touched.append(one)
            deltas.append(changed(one, one.with_values(**different)))
    named = called_all(definitions, touched or list(features))
    return Edit(_("改{name}的{fields}").format(name=led(followed(named)), fields="、".join(titles)), deltas)


def change_geometry(definitions: Definitions, feature: Feature, geometry: BaseGeometry, *, words: str = "") -> Edit:
    """Another shape for a feature. Raises EditRefused when the new shape is faulty.

    A feature that came in faulty may be changed to a shape that is still faulty: mending may need several steps.
    """
    definition = _definition(definitions, feature.layer)
    name = called(definitions, feature)
    if feature.geometry is None or geometry_fault(definition.geometry, feature.geometry) is None:
        refuse_faulty(definition.geometry, geometry, name)
    after = feature.with_geometry(_multi(definition, geometry))
    return Edit(words or _("改{name}的图形").format(name=followed(name)), [changed(feature, after)])


def move_features(definitions: Definitions, features: Sequence[Feature], east: float, north: float) -> Edit:
    """Move by `east` and `north` metres."""
    deltas = []
    moved = []
    for one in features:
        if one.geometry is None:
            continue
        moved.append(one)
        deltas.append(changed(one, one.with_geometry(affinity.translate(one.geometry, east, north))))
    if not moved:
        raise EditRefused(_("选中的要素没有图形，不能移动。"), _("请先选中地图上的要素。"))
    return Edit(_("移动{names}").format(names=led(called_all(definitions, moved))), deltas)


def delete_features(
    definitions: Definitions, features: Sequence[Feature], *, referring: Sequence[Feature] = ()
) -> Edit:
    """Delete features, in one step with what hangs on them.

    `referring` are the features that refer to them (see `editing.delete.referring`): those that can't be without (a
    household's members) go too, the others lose the reference. Raises EditRefused for registers, and for a feature that
    a register speaks of: what left the office must not lose its subject.
    """
    if not features:
        raise EditRefused(_("没有选中要素。"), _("请先选中要删除的要素。"))
    for one in features:
        if _definition(definitions, one.layer).append_only:
            raise EditRefused(
                _("{title}是只增不减的登记，不能删。").format(title=definitions[one.layer].title), _("请再记一条更正。")
            )
    gone = {one.uid for one in features}
    _refuse_registered(definitions, features, [one for one in referring if one.uid not in gone])
    hanging, cut = _without(definitions, [one for one in referring if one.uid not in gone], gone)
    words = _("删除{names}").format(names=led(called_all(definitions, features)))
    if hanging:
        words += _("，连同{names}").format(names=led(called_all(definitions, hanging)))
    if cut:
        words += _("，清空 {count} 处引用").format(count=len(cut))
    return Edit(words, [*(deleted(one) for one in features), *(deleted(one) for one in hanging), *cut])


def _refuse_registered(definitions: Definitions, features: Sequence[Feature], referring: Sequence[Feature]) -> None:
    for entry in referring:
        names = [one.name for one in definitions[entry.layer].holding]
        subject = next((one for one in features if one.uid in map(entry.text, names)), None)
        if subject is None:
            continue
        count = sum(one.layer == entry.layer and subject.uid in map(one.text, names) for one in referring)
        raise not_deleted(subject.layer, called(definitions, subject), count, definitions[entry.layer].title)


def _without(
    definitions: Definitions, referring: Sequence[Feature], gone: set[str]
) -> tuple[list[Feature], list[Delta]]:
    """Features that go with what is gone, and deltas of those that only lose a reference."""
    hanging: list[Feature] = []
    cut: list[Delta] = []
    for one in referring:
        if definitions[one.layer].append_only:
            continue  # a register's row stays as it was entered
        fields = [field for field in definitions[one.layer].fields if one.text(field.name) in gone]
        fields = [field for field in fields if field.type == "reference"]
        if any(field.required for field in fields):
            hanging.append(one)
        elif fields:
            cut.append(changed(one, one.with_values(**dict.fromkeys((field.name for field in fields), None))))
    return hanging, cut


def _definition(definitions: Definitions, layer: str) -> LayerDefinition:
    if layer not in definitions:
        raise EditRefused(_("工作文件里没有图层 {layer}。").format(layer=layer), _("请换一个图层。"))
    return definitions[layer]


def _defaults(definition: LayerDefinition) -> dict[str, Value]:
    return {one.name: one.default for one in definition.fields if one.default is not None}


def _multi(definition: LayerDefinition, geometry: BaseGeometry | None) -> BaseGeometry | None:
    """2-D and Multi, as the store keeps it, so that `after` equals what is read back."""
    if geometry is None or definition.geometry == "none":
        return geometry
    flat = shapely.force_2d(geometry)
    if flat.is_empty or flat.geom_type.startswith(("Multi", "Geometry")):
        return flat
    return _MULTI[definition.geometry]([flat]) if geometry_fault(definition.geometry, flat) is None else flat


def _refuse_kept(feature: Feature, name: str, values: Mapping[str, Value]) -> None:
    for key in values:
        reason = kept_reason(feature.layer, key)
        if reason and values[key] != feature[key]:
            raise EditRefused(
                _("{name}：{reason}。").format(name=name, reason=reason), _("请在它的“过程”里登记下一步，或更正登记。")
            )


def _refuse_values(definition: LayerDefinition, name: str, values: Mapping[str, Value]) -> None:
    unknown = [one for one in values if one not in definition.by_name]
    if unknown:
        raise EditRefused(
            _("{title}没有这些字段：{fields}。").format(title=definition.title, fields="、".join(unknown)),
            _("请核对字段名。"),
        )
    for key, value in values.items():
        fault = value_fault(definition.by_name[key], value)
        if fault:
            raise EditRefused(_("{name}：{fault}。").format(name=name, fault=fault), _("请改好再存。"))
