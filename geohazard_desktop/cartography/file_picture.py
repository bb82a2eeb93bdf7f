"""A picture of a layer that is too large to be read whole: what a view needs is read from the file when it is needed.

For each scale step it holds the features that some view has shown, generalised as they came in; the originals are not
kept. A layer of a million features costs what is in sight of it.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.cartography.measured import measured
from geohazard_desktop.cartography.picture import LayerPicture, Level, bounds_of, generalised, scale_step
from geohazard_desktop.cartography.strips import Ints, Strips
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.view import Bounds, MapView
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import FeatureTable, Value
from geohazard_desktop.workspace.workspace import Workspace

LARGE_FROM = 20_000  # features; layers below are read whole
BLOCK = 1000  # rows read between two looks at the clock; also what a writer may have to wait for
STEPS_KEPT = 3
MOST_HELD = 400_000  # features of one step; what is not in sight goes first


@dataclass(slots=True)
class _Held:
    """What one scale step holds, by ascending row id. Inside `region` all features are held."""

    ids: Ints
    table: FeatureTable
    bounds: NDArray[np.float64]
    rules: NDArray[np.int32]
    usable: NDArray[np.bool_]
    flat: Strips | None = None
    region: Bounds | None = None
    level: Level | None = field(default=None)

    def only(self, keep: NDArray[np.bool_]) -> "_Held":
        rows = np.flatnonzero(keep).tolist()
        columns = {name: [column[row] for row in rows] for name, column in self.table.columns.items()}
        uids = [self.table.uids[row] for row in rows]
        table = FeatureTable(self.table.layer, uids, self.table.geometries[keep], columns)
        flat = None if self.flat is None else _renumbered(self.flat, keep)
        return _Held(self.ids[keep], table, self.bounds[keep], self.rules[keep], self.usable[keep], flat)


class FilePicture(LayerPicture):
    """Reads through `workspace`, which stays open as long as the picture is used. `prepare` decides what the other
    methods speak of: they answer for the view that was prepared last."""

    def __init__(self, definition: LayerDefinition, style: Style, workspace: Workspace) -> None:
        self._workspace = workspace
        self.reading: tuple[int, int] | None = None  # features read and to be read, while `prepare` is at it
        self._fields = sorted(style.columns & set(definition.by_name))
        self._measures = style.measures
        columns: dict[str, list[Value]] = {name: [] for name in (*self._fields, *self._measures)}
        nothing = FeatureTable(definition.table, [], np.empty(0, dtype=object), columns)
        super().__init__(definition, style, nothing)
        self._nothing = self._held_of(np.empty(0, dtype=np.int64), nothing)
        self._current = 0
        self._steps = {self._current: self._nothing}
        self._show(self._current)

    def restyled(self, style: Style) -> LayerPicture:
        fields = style.columns & set(self.definition.by_name)
        if not (fields <= set(self._fields) and style.measures <= self._measures):
            # It asks for fields that were not read.
            return FilePicture(self.definition, style, self._workspace).restricted(self.only)
        made = copy.copy(self)
        made.style = style
        made._kept = None
        made._steps = {step: made._in_style(held) for step, held in self._steps.items()}
        made._nothing = made._in_style(self._nothing)
        made._show(self._current)
        return made

    def restricted(self, only: frozenset[str] | None) -> LayerPicture:
        made = copy.copy(self)
        made.only, made._kept = only, None
        made._steps = dict(self._steps)
        made._show(self._current)
        return made

    def _in_style(self, held: _Held) -> _Held:
        return replace(held, rules=self.style.classified(held.table.columns, len(held.table)))

    def forget(self, uids: set[str]) -> None:
        """These features have changed, come or gone: read them anew when they are next in sight."""
        gone = [uids.intersection(held.table.uids) for held in self._steps.values()]
        for (step, held), some in zip(list(self._steps.items()), gone, strict=True):
            kept = held
            if some:
                kept = held.only(np.array([uid not in some for uid in held.table.uids], dtype=bool))
            self._steps[step] = replace(kept, region=None, level=None)
        self._show(self._current)

    def prepare(self, view: MapView) -> Iterator[None]:
        step = scale_step(view)
        held = self._steps.get(step, self._nothing)
        wanted = view.grown_bounds(self.style.reach)
        if self.style.shown_at(view.denominator) and not _inside(wanted, held.region):
            ids = self._workspace.row_ids(self.layer, wanted)
            yield
            held = self._without_gone(held, ids, wanted)
            missing = np.setdiff1d(ids, held.ids, assume_unique=True)
            if len(held.ids) + len(missing) > MOST_HELD:
                held = held.only(np.isin(held.ids, ids, assume_unique=True))
            parts = [held]
            for first in range(0, len(missing), BLOCK):
                self.reading = first, len(missing)
                parts.append(self._read(missing[first : first + BLOCK], 2.0**step))
                yield
            self.reading = None
            held = replace(_joined(parts), region=wanted)
        self._steps.pop(step, None)
        self._steps[step] = held  # the newest stands last
        while len(self._steps) > STEPS_KEPT:
            self._steps.pop(next(iter(self._steps)))
        self._show(step)

    def _without_gone(self, held: _Held, ids: Ints, wanted: Bounds) -> _Held:
        """Without features that would be in sight and are no longer in the file."""
        b = held.bounds
        sight = (b[:, 0] <= wanted[2]) & (b[:, 2] >= wanted[0]) & (b[:, 1] <= wanted[3]) & (b[:, 3] >= wanted[1])
        there = ~sight | np.isin(held.ids, ids, assume_unique=True)
        return held if there.all() else held.only(there)

    def _read(self, ids: Ints, tolerance: float) -> _Held:
        there, table = self._workspace.rows(self.layer, ids, self._fields)
        table = measured(table, self._measures, self._workspace.epsg)
        held = self._held_of(there, table)
        if self.definition.geometry != "point" and len(there):
            good = np.flatnonzero(held.usable)
            held.table.geometries[good] = generalised(table.geometries[good], tolerance)
            flattened = Strips.of_areas if self.definition.geometry == "polygon" else Strips.of_lines
            held.flat = flattened(held.table.geometries[good], good)
        return held

    def _held_of(self, ids: Ints, table: FeatureTable) -> _Held:
        bounds, usable = bounds_of(table.geometries)
        return _Held(ids, table, bounds, self.style.classified(table.columns, len(table)), usable)

    def _show(self, step: int) -> None:
        self._current = step
        held = self._steps[step]
        if held.level is None:
            done = np.ones(len(held.ids), dtype=bool)
            held.level = Level(held.table.geometries, done, held.flat)
        self._take(held.table, held.rules, held.bounds, held.usable)

    def _level(self, _view: MapView) -> Level:
        level = self._steps[self._current].level
        assert level is not None
        return level


def _inside(wanted: Bounds, region: Bounds | None) -> bool:
    if region is None:
        return False
    return wanted[0] >= region[0] and wanted[1] >= region[1] and wanted[2] <= region[2] and wanted[3] <= region[3]


def _renumbered(flat: Strips, keep: NDArray[np.bool_]) -> Strips:
    new = np.cumsum(keep) - 1
    taken = flat.taken(keep[flat.features])
    return Strips(taken.points, taken.starts, new[taken.features])


def _joined(parts: list[_Held]) -> _Held:
    parts = [one for one in parts if len(one.ids)] or parts[:1]
    if len(parts) == 1:
        return parts[0]
    ids = np.concatenate([one.ids for one in parts])
    order = np.argsort(ids, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    offsets = np.cumsum([0, *(len(one.ids) for one in parts)])
    flats = [
        Strips(one.flat.points, one.flat.starts, one.flat.features + offset)
        for one, offset in zip(parts, offsets, strict=False)
        if one.flat is not None
    ]
    flat = Strips.joined(flats) if flats else None
    if flat is not None:
        flat = Strips(flat.points, flat.starts, place[flat.features])
    rows = order.tolist()
    uids = [uid for one in parts for uid in one.table.uids]
    columns = {name: [value for one in parts for value in one.table.columns[name]] for name in parts[0].table.columns}
    table = FeatureTable(
        parts[0].table.layer,
        [uids[row] for row in rows],
        np.concatenate([one.table.geometries for one in parts])[order],
        {name: [column[row] for row in rows] for name, column in columns.items()},
    )
    return _Held(
        ids[order],
        table,
        np.concatenate([one.bounds for one in parts])[order],
        np.concatenate([one.rules for one in parts])[order],
        np.concatenate([one.usable for one in parts])[order],
        flat,
    )
