"""The workspace as the rules see it: each layer read once, references resolved, features called by their names."""

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.calling_zone import CallingZones
from geohazard_desktop.analysis.counted_today import counts_today
from geohazard_desktop.analysis.evacuation import BarredWay, HouseholdWay, NoWay, WayFinder
from geohazard_desktop.analysis.must_move import MustMove, must_move
from geohazard_desktop.analysis.parameters import severity
from geohazard_desktop.analysis.zone_states import in_force
from geohazard_desktop.checks.finding import Finding, Severity
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits.wording import spaced
from geohazard_desktop.workspace.feature import Feature, FeatureTable, text_of
from geohazard_desktop.workspace.named_people import NamedPeople, people_of
from geohazard_desktop.workspace.own_district import names_own
from geohazard_desktop.workspace.workspace import Workspace

_TICK = 500  # features between two looks at whether to stop


class Office:
    """Reads lazily and keeps what it read: for one run of the checks."""

    def __init__(
        self,
        ws: Workspace,
        *,
        today: datetime.date | None = None,
        focus: Mapping[str, Collection[str]] | None = None,
        tick: Callable[[], object] | None = None,
    ) -> None:
        """`focus` are the uids to judge, by layer (None: all); what else is read only serves to judge them. `tick` is
        called now and then while features are looked at, and may raise to stop the run."""
        self.ws = ws
        self.today = today or datetime.date.today()
        self.focus = focus
        self._tick = tick or (lambda: None)
        self._names: set[str] = set()  # given by `called` since the last finding
        self._tables: dict[str, FeatureTable] = {}
        self._features: dict[str, list[Feature]] = {}
        self._by_uid: dict[str, dict[str, Feature]] = {}
        self._judged: dict[str, FeatureTable] = {}
        self._uids: dict[str, set[str]] = {}
        self._trees: dict[str, tuple[shapely.STRtree, list[Feature]]] = {}
        self._ways: dict[str, HouseholdWay | NoWay] = {}
        self._needs: dict[str, MustMove] = {}
        self._texts: dict[tuple[str, tuple[str, ...]], list[tuple[str, ...]]] = {}

    @cached_property
    def settings(self) -> dict[str, str]:
        return self.ws.settings()

    @cached_property
    def people(self) -> NamedPeople:
        """Everybody who is registered, to be found in texts."""
        return people_of(self.ws)

    @cached_property
    def layers(self) -> list[LayerDefinition]:
        """Every layer that the office answers for, in tree order: no helpers, no reference layers."""
        return [one for one in self.ws.definitions.values() if not one.helper and not one.reference]

    def table(self, layer: str) -> FeatureTable:
        if layer not in self._tables:
            known = layer in self.ws.definitions
            self._tables[layer] = self.ws.table(layer) if known else FeatureTable.of(layer, [])
        return self._tables[layer]

    def features(self, layer: str) -> list[Feature]:
        if layer not in self._features:
            self._features[layer] = [_with_sound_places(one) for one in self.table(layer)]
        return self._features[layer]

    def texts(self, layer: str, *fields: str) -> list[tuple[str, ...]]:
        """The texts of some fields of each feature of a layer, in file order: for layers of which a rule counts all."""
        if (layer, fields) not in self._texts:
            whole = self.focus is None or layer in self._tables or layer not in self.ws.definitions
            table = self.table(layer) if whole else self.ws.table(layer, fields=fields)
            columns = ([text_of(value) for value in table.column(name)] for name in fields)
            self._texts[layer, fields] = list(zip(*columns, strict=True))
        return self._texts[layer, fields]

    # -- what is judged --------------------------------------------------------------------------------------------

    def is_judged(self, feature: Feature) -> bool:
        return self.focus is None or feature.uid in self.focus.get(feature.layer, ())

    def judged(self, layer: str) -> Iterator[Feature]:
        """The features of a layer that findings are wanted about."""
        if self.focus is None or layer in self._tables:
            found = [one for one in self.features(layer) if self.is_judged(one)]
        else:
            found = [_with_sound_places(one) for one in self.judged_table(layer)]
        for index, one in enumerate(found):
            if index % _TICK == 0:
                self._tick()
            yield one

    def judged_today(self, layer: str) -> Iterator[Feature]:
        """Those of `judged` that count today: households in residence, shelters in use."""
        return (one for one in self.judged(layer) if counts_today(one, self.today))

    def judged_table(self, layer: str) -> FeatureTable:
        """The same as columns, shapes as they are in the file: for rules that look at every row of every layer."""
        self._tick()
        if self.focus is None or layer not in self.ws.definitions:
            return self.table(layer)
        if layer not in self._judged:
            self._judged[layer] = self.ws.table(layer, uids=list(self.focus.get(layer, ())))
        return self._judged[layer]

    @property
    def judged_zones(self) -> Iterator[Feature]:
        """Danger zones that hold and are judged."""
        self._tick()
        return (one for one in self.zones if self.is_judged(one))

    def around_judged(self, layer: str, metres: float) -> list[Feature]:
        """The features of a layer that are judged or may lie within `metres` of one that is."""
        if self.focus is None:
            return self.features(layer)
        boxes = [shape.bounds for _one, shape in shaped(list(self.judged(layer)))]
        found: dict[str, Feature] = {}
        for west, south, east, north in boxes:
            box = (west - metres, south - metres, east + metres, north + metres)
            for one in self.ws.table(layer, bounds=box):
                found.setdefault(one.uid, _with_sound_places(one))
        return list(found.values())

    def meeting(self, layer: str, shape: BaseGeometry) -> list[Feature]:
        """The features of a layer that `shape` meets, in file order."""
        if layer not in self.ws.definitions:
            return []
        if self.focus is not None and layer not in self._tables:
            near = shaped([_with_sound_places(one) for one in self.ws.table(layer, bounds=shape.bounds)])
            return [one for one, ground in near if ground.intersects(shape)]
        if layer not in self._trees:
            solid = list(shaped(self.features(layer)))
            self._trees[layer] = (shapely.STRtree([ground for _one, ground in solid]), [one for one, _g in solid])
        tree, features = self._trees[layer]
        return [features[index] for index in sorted(tree.query(shape, predicate="intersects"))]

    # -- what is looked up -----------------------------------------------------------------------------------------

    def uids(self, layer: str) -> set[str]:
        """Every uid of a layer: what a reference may point at."""
        if layer not in self._uids:
            known = layer in self.ws.definitions
            self._uids[layer] = set(self.ws.attributes(layer).uids) if known else set()
        return self._uids[layer]

    def by_uid(self, layer: str) -> dict[str, Feature]:
        if layer not in self._by_uid:
            self._by_uid[layer] = {one.uid: one for one in self.features(layer)}
        return self._by_uid[layer]

    def referred(self, feature: Feature, field: str) -> Feature | None:
        """The feature that a reference field points to; None when it is empty or dangles."""
        definition = self.ws.definitions[feature.layer]
        known = definition.by_name.get(field)
        return self.by_uid(known.target).get(feature.text(field)) if known and known.target else None

    @cached_property
    def zones(self) -> list[Feature]:
        """Danger zones that hold by their register (everything but 已撤销), with a shape."""
        return in_force(self.ws, (one for one in self.features("danger_zone") if has_shape(one)))

    @cached_property
    def _zone_tree(self) -> shapely.STRtree:
        return shapely.STRtree([one.geometry for one in self.zones])

    def zones_at(self, geometry: BaseGeometry) -> list[Feature]:
        """Danger zones that hold and meet `geometry`, their edges included, in file order."""
        return [self.zones[index] for index in sorted(self._zone_tree.query(geometry, predicate="intersects"))]

    @cached_property
    def calling(self) -> CallingZones:
        """Which zone's signal calls a household."""
        of_route = {uid: one.text("danger_zone") for uid, one in self.by_uid("evacuation_route").items()}
        return CallingZones(self.zones, of_route)

    # -- what several rules ask, worked out once -------------------------------------------------------------------

    @cached_property
    def finder(self) -> WayFinder:
        return WayFinder(self.ws)

    def way_of(self, household: Feature) -> HouseholdWay | NoWay:
        """The way of a household as it stands in the file, as its card would print it."""
        if household.uid not in self._ways:
            self._ways[household.uid] = self.finder.way(household)
        return self._ways[household.uid]

    def judged_ways(self) -> Iterator[tuple[Feature, HouseholdWay]]:
        """Each judged household in residence whose route can be drawn, with its way, also where papers may not tell it;
        the others are household_route's to say."""
        for one in self.judged_today("household"):
            found = self.way_of(one)
            way = found.way if isinstance(found, BarredWay) else found
            if isinstance(way, HouseholdWay):
                yield one, way

    def need_of(self, zone: Feature) -> MustMove:
        """How many have to leave a zone, by its form and by the registers."""
        if zone.uid not in self._needs:
            self._needs[zone.uid] = must_move(self.ws, zone, self.today)
        return self._needs[zone.uid]

    @cached_property
    def district(self) -> BaseGeometry | None:
        found = [one for one in self.features("district") if has_shape(one)]
        code, name = self.settings.get("district.code", ""), self.settings.get("district.name", "")
        own = [one for one in found if names_own(one.text("code"), one.text("name"), code, name)]
        shapes = [one.geometry for one in own or found]
        return shapely.union_all(shapely.make_valid(shapes)) if shapes else None

    @cached_property
    def easting_offset(self) -> float:
        """Metres that the zone number adds to an easting: 36 000 000 in zone 36, 0 in a CRS without zone numbers."""
        operation = self.ws.crs.coordinate_operation
        eastings = [one.value for one in operation.params if one.name == "False easting"] if operation else []
        return float(eastings[0]) // 1_000_000.0 * 1_000_000.0 if eastings else 0.0

    def from_degrees(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Longitude and latitude (N, 2) as east and north of the workspace's CRS in metres."""
        from pyproj import Transformer

        crs = self.ws.crs
        across = Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
        return np.column_stack(across.transform(places[:, 0], places[:, 1]))

    def called(self, feature: Feature) -> str:
        """How a finding names a feature: layer, name (never a personal one), number."""
        definition = self.ws.definitions[feature.layer]
        shown = "name" in definition.by_name and not definition.is_personal("name")
        name = feature.text("name") if shown else ""
        words = " ".join(part for part in (definition.title, name, feature.text("id")) if part)
        if definition.letter and not name and not feature.text("id"):
            words = _("未编号的{title}").format(title=definition.title)
        self._names.add(words)
        return words

    def finding(
        self,
        rule: str,
        feature: Feature,
        sentence: str,
        place: BaseGeometry | None = None,
        *,
        others: Sequence[Feature] = (),
        about: str = "",
        fix: str = "",
        opens: str = "",
        unplaced: bool = False,
    ) -> Finding:
        """A finding about one feature; without `place` it points at a place inside the feature. `others`, `about`,
        `fix`, `opens` and `unplaced` as in Finding."""
        where = place if place is not None else feature.geometry
        point = None if where is None or where.is_empty else _point(where)
        sentence = spaced(sentence, self._names)
        self._names.clear()
        return Finding(
            rule, feature.layer, feature.text("id"), feature.uid, _grave(rule), sentence, point,
            tuple(one.uid for one in others), about, fix, opens=opens, unplaced=unplaced,
        )  # fmt: skip

    def layer_finding(self, rule: str, layer: str, sentence: str, *, about: str = "") -> Finding:
        return Finding(rule, layer, "", "", _grave(rule), sentence, about=about)

    def dated(self, feature: Feature, field: str) -> datetime.date | None:
        try:
            return datetime.date.fromisoformat(feature.text(field)[:10])
        except ValueError:
            return None


def _with_sound_places(feature: Feature) -> Feature:
    """Without a shape whose coordinates are no numbers: the rule about shapes says so, and no other could reckon."""
    shape = feature.geometry
    if shape is None or np.isfinite(shapely.get_coordinates(shape)).all():
        return feature
    return feature.with_geometry(None)


def has_shape(feature: Feature) -> bool:
    return feature.geometry is not None and not feature.geometry.is_empty


def shaped(features: list[Feature]) -> Iterator[tuple[Feature, BaseGeometry]]:
    """Features that have a shape, with it."""
    for one in features:
        if one.geometry is not None and not one.geometry.is_empty:
            yield one, one.geometry


def _grave(rule: str) -> Severity:
    return cast(Severity, severity(rule))


def _point(geometry: BaseGeometry) -> Point | None:
    # An invalid polygon may have no representative point: its first corner will do.
    if geometry.geom_type == "Point":
        return Point(geometry.x, geometry.y)
    try:
        return geometry.representative_point()
    except shapely.errors.GEOSException:
        corners = shapely.get_coordinates(geometry)
        return Point(corners[0]) if len(corners) else None
