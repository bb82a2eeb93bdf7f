"""Several neighbours of one layer become one feature; what referred to those that vanish refers to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.edits.labels import with_labels
from geohazard_desktop.workspace.edits.precision import (
    MILLIMETRE,
    corner_set,
    name_of,
    numbered_like,
    refuse_unusable,
    settled,
)
from geohazard_desktop.workspace.edits.values import value_fault
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, Value, changed, deleted

ATTACHMENTS = "attachment"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the features to be merged differ. `values` by uid, the kept feature's first."""

    field: FieldDefinition
    values: Mapping[str, Value]


def keeper(definitions: Definitions, features: Sequence[Feature], registered: Collection[str] = ()) -> Feature:
    """Which feature the others join: the one that registers speak of, else the largest.

    `registered` are the uids of which a register speaks. Raises EditRefused where two are: one register would lose its
    subject.
    """
    spoken_of = [one for one in features if one.uid in registered]
    if len(spoken_of) > 1:
        names = "、".join(called(definitions, one) for one in spoken_of)
        raise EditRefused(
            _("{names}都有登记，合并后有一份登记会找不到它说的是谁。").format(names=followed(names)),
            _("请只选一个有登记的；危险区也可以另画一个新的，再把旧的撤销。"),
        )
    return spoken_of[0] if spoken_of else min(features, key=_rank)


def differences(definitions: Definitions, features: Sequence[Feature], kept: Feature) -> list[Difference]:
    """Fields that the officer may choose for: all that differ but the number, which goes with the kept feature, and a
    danger zone's state, which its register says."""
    if not features:
        return []
    own = [kept, *(one for one in features if one.uid != kept.uid)]
    found = []
    for field in definitions[kept.layer].fields:
        if field.name == "id" or (kept.layer, field.name) == ("danger_zone", "state"):
            continue
        values = {one.uid: one.values.get(field.name) for one in own}
        if len({value or None for value in values.values()}) > 1:
            found.append(Difference(field, values))
    return found


def merged_shape(definitions: Definitions, features: Sequence[Feature], kept: Feature) -> BaseGeometry:
    """The Multi geometry of all together (areas united, lines joined end to end in the kept one's direction)."""
    kind = definitions[kept.layer].geometry
    shapes = [one.geometry for one in features if one.geometry is not None and not one.geometry.is_empty]
    if kind == "polygon":
        # Borders that agree to the millimetre but not to the last digit would leave a crack.
        first, *others = shapes
        united = shapely.union_all([first, *(shapely.snap(one, first, MILLIMETRE) for one in others)])
        parts = shapely.get_parts(settled(united, corner_set(shapes)))
        whole = shapely.multipolygons(parts)
        return whole if kept.geometry is None else numbered_like(whole, kept.geometry)
    lines = [
        part
        for one in sorted(features, key=lambda one: one.uid != kept.uid)
        if one.geometry is not None
        for part in shapely.get_parts(one.geometry)
    ]
    return shapely.multilinestrings(_joined(lines))


def merge(
    definitions: Definitions,
    features: Sequence[Feature],
    *,
    registered: Collection[str] = (),
    values: Mapping[str, Value] | None = None,
    several_parts: bool = False,
    referring: Sequence[Feature] = (),
    attached: Sequence[Feature] = (),
    labels: Sequence[Feature] = (),
) -> Edit:
    """Merge `features` into the one that `keeper` names; the others vanish.

    `values` are the officer's choices where they differ; else the kept one's hold. `referring` are the features that
    refer to any of them and are re-pointed, `attached` the rows of attachments, `labels` those of names moved by hand.
    Raises EditRefused when they are of two layers, not connected (unless `several_parts`), or a register would lose
    its subject.
    """
    refuse_unfit(definitions, features)
    kept = keeper(definitions, features, registered)
    gone = [one for one in features if one.uid != kept.uid]
    kind = definitions[kept.layer].geometry
    shape = merged_shape(definitions, features, kept)
    if not several_parts and len(shapely.get_parts(shape)) > most_parts(features):
        raise not_connected(definitions, features)
    refuse_unusable(kind, shape, called(definitions, kept))
    for name, value in (values or {}).items():
        fault = value_fault(definitions[kept.layer].by_name[name], value)
        if fault:
            raise EditRefused(f"{called(definitions, kept)}：{fault}。", _("请改好再合并。"))
    after = kept.with_geometry(shape).with_values(**(values or {}))
    vanished = {one.uid for one in gone}
    pointed = _pointed(definitions, referring, vanished, kept)
    deltas = [changed(kept, after), *(deleted(one) for one in gone), *pointed]
    deltas += [
        changed(one, one.with_values(target_uid=kept.uid))
        for one in attached
        if one.text("target_layer") == kept.layer and one.text("target_uid") in vanished
    ]
    words = _("合并{names}为{kept}").format(
        names=led(followed(called_all(definitions, features))), kept=called(definitions, kept)
    )
    if pointed:
        named = called_all(definitions, [one.before for one in pointed if one.before is not None])
        words += _("，{names}改为指向它").format(names=followed(named))
    return with_labels(Edit(words, deltas), labels)


def most_parts(features: Sequence[Feature]) -> int:
    """More parts than this in the result means that something is not connected."""
    most = [len(shapely.get_parts(one.geometry)) for one in features if one.geometry is not None]
    return 1 + sum(one - 1 for one in most)


def not_connected(definitions: Definitions, features: Sequence[Feature]) -> EditRefused:
    return EditRefused(
        _("选中的 {names}互不相连，合并后是分开的几个部分。").format(names=called_all(definitions, features)),
        _("请先把它们画到相接，或者选“合并成多个部分”。"),
    )


def refuse_unfit(definitions: Definitions, features: Sequence[Feature]) -> None:
    """Raise EditRefused unless these are two or more sound areas or lines of one layer."""
    layers = {one.layer for one in features}
    if len(features) < 2 or len(layers) != 1:
        raise EditRefused(_("合并要选同一图层的两个以上要素。"), _("请按住 Shift 单击，把相邻的都选上。"))
    definition = definitions[next(iter(layers))]
    if definition.geometry not in ("polygon", "line"):
        raise EditRefused(_("{title}不是面也不是线，不能合并。").format(title=definition.title), _("请选面或线。"))
    for one in features:
        if one.geometry is None or one.geometry.is_empty or not one.geometry.is_valid:
            raise EditRefused(
                _("{name}的图形有错，不能合并。").format(name=name_of(definitions, one)),
                _("请先用“改拐点”改好，再合并。"),
            )


def _pointed(
    definitions: Definitions, referring: Sequence[Feature], vanished: Collection[str], kept: Feature
) -> list[Delta]:
    deltas = []
    for one in referring:
        definition = definitions[one.layer]
        known = definition.holding if definition.append_only else definition.fields
        names = [its.name for its in known if its.type == "reference" and one.text(its.name) in vanished]
        if not names or one.uid in vanished or one.uid == kept.uid:
            continue
        if definition.append_only:
            # `keeper` sees to it for the registers it was told of; this is what the window did not know.
            raise EditRefused(
                _("{register}里有一条登记说的是要合并掉的要素，登记不能改。").format(register=definition.title),
                _("请刷新后再合并一次。"),
            )
        deltas.append(changed(one, one.with_values(**dict.fromkeys(names, kept.uid))))
    return deltas


def _rank(feature: Feature) -> tuple[float, str]:
    """The largest first; of equally large ones (but for rounding) the one with the older number."""
    size = 0.0 if feature.geometry is None else float(feature.geometry.area or feature.geometry.length)
    return -round(size, 2), feature.text("id") or "~"


def _joined(lines: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Lines joined where their ends meet (to the millimetre), in the direction of the first of each chain."""
    left = [shapely.get_coordinates(one) for one in lines]
    chains = []
    while left:
        chain = left.pop(0)
        while True:
            found = _next(chain, left)
            if found is None:
                break
            index, chain = found
            del left[index]
        chains.append(shapely.LineString(chain))
    return chains


def _next(chain: np.ndarray, left: Sequence[np.ndarray]) -> tuple[int, np.ndarray] | None:
    for index, one in enumerate(left):
        for way in (one, one[::-1]):
            if np.hypot(*(chain[-1] - way[0])) <= MILLIMETRE:
                return index, np.vstack([chain, way[1:]])
            if np.hypot(*(chain[0] - way[-1])) <= MILLIMETRE:
                return index, np.vstack([way[:-1], chain])
    return None
