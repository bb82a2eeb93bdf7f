"""Features and deltas: what every floor above passes around.

Coordinates are east then north in metres of the workspace's projected CRS. Geometry is a Shapely geometry of the
layer's Multi type (MultiPolygon, MultiLineString, MultiPoint), 2-D, or None.

Values by field type: text, list, date, datetime and reference are str (a list is joined by "、", a date is
ISO 8601 "2026-07-18", a reference is the target's uid), integer is int, real is float, boolean is bool; absent is None.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

LIST_SEPARATOR = "、"
SHOWN = ".shown"  # a column of this ending says how labels call the values of the field before it

Value = str | int | float | bool | None


def new_uid() -> str:
    """A fresh identity for a feature: a UUID as 32 hex digits, made once, never reused."""
    return uuid4().hex


def split_list(value: Value) -> list[str]:
    """The parts of a list value, empty parts left out."""
    return [part for part in str(value or "").split(LIST_SEPARATOR) if part]


def text_of(value: Value) -> str:
    """A value as text, as `Feature.text` has it."""
    text = "" if value is None else str(value)
    return "" if text.isspace() else text


@dataclass(frozen=True, slots=True)
class Feature:
    """One row of a layer. `values` holds every field of the definition except uid and geometry."""

    layer: str
    uid: str
    geometry: BaseGeometry | None = None
    values: Mapping[str, Value] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Value:
        return self.values.get(name)

    def text(self, name: str) -> str:
        """The value as text, "" when absent: blanks alone are what a form sends that nobody filled in."""
        return text_of(self.values.get(name))

    def with_values(self, **values: Value) -> "Feature":
        return replace(self, values={**self.values, **values})

    def with_geometry(self, geometry: BaseGeometry | None) -> "Feature":
        return replace(self, geometry=geometry)

    def same_as(self, other: "Feature | None") -> bool:
        """True when identity, values and coordinates agree exactly (absent and None are the same)."""
        if other is None or self.uid != other.uid or self.layer != other.layer:
            return False
        names = set(self.values) | set(other.values)
        if any(self.values.get(name) != other.values.get(name) for name in names):
            return False
        if self.geometry is None or other.geometry is None:
            return self.geometry is other.geometry
        return bool(self.geometry.equals_exact(other.geometry, 0.0))


@dataclass(frozen=True, slots=True)
class Delta:
    """One feature's step. Insert, change and delete follow from which side is missing."""

    layer: str
    uid: str
    before: Feature | None
    after: Feature | None

    def inverted(self) -> "Delta":
        return Delta(self.layer, self.uid, self.after, self.before)


def inserted(feature: Feature) -> Delta:
    return Delta(feature.layer, feature.uid, None, feature)


def changed(before: Feature, after: Feature) -> Delta:
    return Delta(before.layer, before.uid, before, after)


def deleted(feature: Feature) -> Delta:
    return Delta(feature.layer, feature.uid, feature, None)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a pure edit function returns: deltas, and words for the history ("移动危险区 WD-W-0003 的 2 个拐点")."""

    words: str
    deltas: Sequence[Delta]


@dataclass(slots=True)
class FeatureTable:
    """Many features of one layer, column by column. All columns have the same length as `uids`."""

    layer: str
    uids: list[str]
    geometries: NDArray[np.object_]
    columns: dict[str, list[Value]]

    def __len__(self) -> int:
        return len(self.uids)

    def __iter__(self) -> Iterator[Feature]:
        for index in range(len(self.uids)):
            yield self.feature(index)

    def column(self, name: str) -> list[Value]:
        """A field's values, all None where the file has no such column yet: a workspace of an earlier day gets those of
        later fields with the first step that writes."""
        return self.columns.get(name) or [None] * len(self)

    def feature(self, index: int) -> Feature:
        values = {name: column[index] for name, column in self.columns.items()}
        return Feature(self.layer, self.uids[index], self.geometries[index], values)

    @classmethod
    def of(cls, layer: str, features: Sequence[Feature]) -> "FeatureTable":
        names: dict[str, None] = {}
        for one in features:
            names.update(dict.fromkeys(one.values))
        geometries = np.empty(len(features), dtype=object)
        for index, one in enumerate(features):
            geometries[index] = one.geometry
        return cls(
            layer,
            [one.uid for one in features],
            geometries,
            {name: [one.values.get(name) for one in features] for name in names},
        )


Row = dict[str, Any]
