"""Reshaping every feature whose border a drawn line crosses, in one step. Where borders are shared, both sides take the
same new stretch, and a corner where three meet moves along: what one gains the others lose, so that no gap opens."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.borders import NOISE_M2
from geohazard_desktop.workspace.edits.nodes import with_corners
from geohazard_desktop.workspace.edits.precision import (
    REACH,
    corner_set,
    name_of,
    new_corners,
    noded,
    numbered_like,
    refuse_unusable,
    settled,
)
from geohazard_desktop.workspace.edits.reshape import reshaped_by
from geohazard_desktop.workspace.edits.vertices import Place
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, changed

Key = tuple[str, str]


def reshape_all(
    definitions: Definitions,
    features: Sequence[Feature],
    line: BaseGeometry,
    *,
    neighbours: Sequence[Feature] = (),
    sharing: bool = False,
) -> Edit:
    """Each of `features` (areas and lines) whose border `line` (a LineString; metres) meets twice, with the stretch
    between replaced by it. With `sharing` neighbours that border on what changes are reshaped along.

    Raises EditRefused when none is met twice, when a shape would be faulty, or when what one area loses would have to
    be divided between several neighbours: nothing drawn says how. With `sharing` also for a line that crosses or
    touches itself: the sides of such a line are not two, and ground between neighbours would get lost.
    """
    if sharing and not shapely.is_simple(line):
        raise EditRefused(
            _("重塑的线和自己相交或相碰，共用的边会对不上，没有改动。"), _("请重画一条不碰到自己的线，再重塑。")
        )
    ready = [one for one in features if one.geometry is not None and definitions[one.layer].geometry != "point"]
    own_keys = {(one.layer, one.uid) for one in ready}
    others = [one for one in neighbours if (one.layer, one.uid) not in own_keys]
    beside = [one for one in others if sharing and definitions[one.layer].geometry == "polygon"]
    met, line = _met([*ready, *beside] if sharing else ready, definitions, line)
    known = corner_set(one.geometry for one in [*ready, *others])
    done: dict[Key, Delta] = {}
    gone: list[tuple[Key, BaseGeometry]] = []
    refused: EditRefused | None = None
    for index, old in enumerate([*ready, *beside]):
        if index >= len(ready) and not _concerned(met[old.layer, old.uid], done.values(), gone):
            continue
        try:
            taken = _ground(done.values()) if sharing else None
            after, stretch = _one(definitions, old, met[old.layer, old.uid], line, known, taken)
        except EditRefused as error:
            refused = refused or error
            continue
        done[old.layer, old.uid] = changed(old, old.with_geometry(after))
        if len(stretch) > 1:
            gone.append(((old.layer, old.uid), LineString(stretch)))
    own = [one for one in ready if (one.layer, one.uid) in done]
    if not own:
        raise refused or EditRefused(_("这条线没有碰到要重塑的边线。"), _("请从边线上画起，再回到边线上。"))
    if sharing:
        _refuse_divided(definitions, gone, [one for one in [*ready, *beside] if (one.layer, one.uid) not in done])
        _refuse_gaps([*ready, *beside], done)
    places = new_corners([one.after.geometry for one in done.values() if one.after is not None], known)
    rest = [one for one in others if (one.layer, one.uid) not in done]
    along = len(done) - len(own)
    words = _("重塑{names}").format(names=led(called_all(definitions, own)))
    if along:
        words += _("，连同 {count} 个相邻要素的共用边").format(count=along)
    return Edit(words, [*done.values(), *noded(definitions, places, rest)])


def _met(
    pool: Sequence[Feature], definitions: Definitions, line: BaseGeometry
) -> tuple[dict[Key, BaseGeometry], BaseGeometry]:
    """Shapes and line with a corner, to the millimetre, wherever they cross, the same one in all of them: else each
    border would get a crossing of its own, a hair beside the others'."""
    shapes = {(one.layer, one.uid): one.geometry for one in pool if one.geometry is not None}
    known = np.array(sorted(corner_set(shapes.values())))
    crossings: set[Place] = set()
    for shape in shapes.values():
        edges = shape.boundary if shape.geom_type.endswith("Polygon") else shape
        for east, north in shapely.get_coordinates(edges.intersection(line)).tolist():
            away = np.hypot(*(known - (east, north)).T)
            near = int(away.argmin())
            there = known[near] if away[near] <= REACH else (round(east, 3), round(north, 3))
            crossings.add((float(there[0]), float(there[1])))
    if not crossings:
        return shapes, line
    places = np.array(sorted(crossings))
    found = {}
    for one in pool:
        if one.geometry is not None:
            kind = definitions[one.layer].geometry
            found[one.layer, one.uid] = with_corners(kind, one.geometry, places) or one.geometry
    drawn = with_corners("line", shapely.MultiLineString([line]), places)
    return found, (shapely.get_parts(drawn)[0] if drawn is not None else line)


def _one(
    definitions: Definitions,
    old: Feature,
    shape: BaseGeometry,
    line: BaseGeometry,
    known: set[Place],
    taken: BaseGeometry | None,
) -> tuple[BaseGeometry, list[Place]]:
    kind = definitions[old.layer].geometry
    after, stretch, _come = reshaped_by(kind, shape, line, name_of(definitions, old), taken)
    after = settled(after, known)
    if kind == "polygon" and old.geometry is not None:
        after = numbered_like(after, old.geometry)
    refuse_unusable(kind, after, called(definitions, old))
    return after, stretch


def _ground(done: Iterable[Delta]) -> BaseGeometry | None:
    """What areas hold that are reshaped already; the next one may not have it too."""
    shapes = [one.after.geometry for one in done if one.after is not None and one.after.geometry is not None]
    areas = [one for one in shapes if one.geom_type.endswith("Polygon")]
    return shapely.union_all(areas) if areas else None


def _concerned(shape: BaseGeometry, done: Iterable[Delta], gone: Sequence[tuple[Key, BaseGeometry]]) -> bool:
    """Whether a neighbour loses ground to one that is reshaped, or borders on a stretch that went."""
    ground = _ground(done)
    if ground is not None and ground.intersection(shape).area > NOISE_M2:
        return True
    return any(_shared(stretch, shape) > 10 * REACH for _key, stretch in gone)


def _shared(stretch: BaseGeometry, shape: BaseGeometry) -> float:
    if shape.boundary.is_empty:
        return 0.0
    return float(stretch.intersection(shape.boundary.buffer(REACH)).length)


def _refuse_divided(
    definitions: Definitions, gone: Sequence[tuple[Key, BaseGeometry]], left: Sequence[Feature]
) -> None:
    for _key, stretch in gone:
        for one in left:
            if one.geometry is not None and _shared(stretch, one.geometry) > 10 * REACH:
                raise EditRefused(
                    _("要换的这一段边线只有一部分和{name}共用，不知道怎样跟着改。").format(
                        name=name_of(definitions, one)
                    ),
                    _("请分段重塑，让起点和终点都落在共用的边上，或先关掉“共用边”。"),
                )


def _refuse_gaps(pool: Sequence[Feature], done: Mapping[Key, Delta]) -> None:
    """A stroke that crosses outer and shared borders several times may leave ground between neighbours to nobody."""
    before = [one.geometry for one in pool if one.geometry is not None and one.geometry.geom_type.endswith("Polygon")]
    after = []
    for one in pool:
        delta = done.get((one.layer, one.uid))
        now = delta.after if delta is not None else one
        if now is not None and now.geometry is not None and now.geometry.geom_type.endswith("Polygon"):
            after.append(now.geometry)
    if len(after) > 1 and _enclosed(after) > _enclosed(before) + NOISE_M2:
        raise EditRefused(
            _("照这条线重塑，相邻的要素之间会留下没人要的空地。"),
            _("请分段重塑，让线只在起点和终点碰到外边线，或先关掉“共用边”。"),
        )


def _enclosed(shapes: Sequence[BaseGeometry]) -> float:
    """Square metres of the holes in what the shapes cover together."""
    parts = shapely.get_parts(shapely.union_all(shapely.make_valid(shapes)))
    return sum(
        float(shapely.Polygon(ring).area) for part in parts if part.geom_type == "Polygon" for ring in part.interiors
    )
