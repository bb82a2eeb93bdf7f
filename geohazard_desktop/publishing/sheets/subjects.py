"""What a sheet is of: the district, a 街道, a danger zone, a hazard point, a key area."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.analysis.street_register import STREETS, belonging, outlined
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.paper_subjects import paper_subject
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.own_district import own_district_bounds
from geohazard_desktop.workspace.workspace import Workspace

KEY_AREAS = "key_area"
_AROUND_POINT = 250.0  # metres that belong to a hazard point without a danger zone
_LEAST = {STREETS: 2000.0, KEY_AREAS: 2000.0, ZONES: 500.0, "hazard_point": 500.0}


@dataclass(frozen=True, slots=True)
class SheetSubject:
    """`layer` and `uid` are "" for the district. `zones`: uids of the danger zones that it is about, None for all.
    `shapes` are what must be on the map; of a 街道 without an outline (`registered`) what the register gives to it."""

    layer: str
    uid: str
    name: str
    number: str
    title: str
    place: str
    zones: frozenset[str] | None
    shapes: tuple[BaseGeometry, ...]
    least_denominator: float = 1000.0
    registered: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.layer, self.uid

    @property
    def land(self) -> BaseGeometry | None:
        """The ground that it is, which its sheet marks out from what lies around: of a 街道 with an outline, of a key
        area. None of others, which the frame is drawn around."""
        return self.shapes[0] if self.layer in (STREETS, KEY_AREAS) and not self.registered else None

    @property
    def street_title(self) -> str:
        """Of the public sheet of a danger zone."""
        return street_title(self.name)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        found = shapely.total_bounds(list(self.shapes))
        return float(found[0]), float(found[1]), float(found[2]), float(found[3])


def district_subject(ws: Workspace, name: str) -> SheetSubject:
    """The district's boundary; without one, whatever has been drawn. Raises ExportRefused where there is nothing."""
    bounds = own_district_bounds(ws)
    bounds = bounds or ws.extent()
    if bounds is None:
        raise ExportRefused(
            _("工作文件 {name} 里还没有可以上图的要素。").format(name=ws.path.name), _("请先导入或绘制图层。")
        )
    title = sheet_title("", name)
    return SheetSubject("", "", name, "", title, name, None, (shapely.box(*bounds),))


def subject_of(ws: Workspace, layers: MapLayers, layer: str, uid: str) -> SheetSubject:
    """A feature as a sheet's subject, with the zones, routes and shelters that belong to it.

    Raises ExportRefused where the feature has no place, or where it is a zone that was lifted."""
    feature = paper_subject(ws, layer, uid)
    if feature is not None and layer == STREETS and not outlined(feature):
        return _registered_street(ws, layers, feature)
    name = "" if feature is None else feature.text("name") or feature.text("id")
    if feature is None or feature.geometry is None or feature.geometry.is_empty:
        raise ExportRefused(
            _("{title}“{name}”没有位置，出不了图。").format(title=ws.definition(layer).title, name=name or uid[:8]),
            _("请先在图上画出它，再出图。"),
        )
    name = name or ws.definition(layer).title
    shape = shapely.make_valid(feature.geometry)
    zones = _zones_of(layers, feature, shape)
    belonging = _belonging(layers, zones)
    shapes = [shape.buffer(_AROUND_POINT) if shape.area == 0 else shape]
    if layer in (ZONES, "hazard_point"):
        shapes += [one.geometry for one in belonging if one.geometry is not None]
    return SheetSubject(
        layer,
        uid,
        name,
        feature.text("id"),
        sheet_title(layer, name),
        ws.setting("district.name") + _street(ws, feature, shape),
        frozenset(one.uid for one in zones),
        tuple(shapes),
        _LEAST.get(layer, 1000.0),
    )


def _registered_street(ws: Workspace, layers: MapLayers, feature: Feature) -> SheetSubject:
    """A 街道 without an outline: its zones with their ways and shelters, and the ground around its points."""
    name = feature.text("name") or feature.text("id")
    found = belonging(ws, name)
    uids = {one.uid for one in found.zones}
    zones = [one for one in layers.features(ZONES) if one.uid in uids]
    shown = [*_belonging(layers, zones), *found.points]
    shapes = [shapely.make_valid(one.geometry) for one in shown if one.geometry is not None and outlined(one)]
    if not shapes:
        raise ExportRefused(
            _("“{name}”的界线没有载入，登记里也没有属于它、有位置的危险区和隐患点，出不了图。").format(name=name),
            _("请先导入街道（镇）的界线，或在危险区、隐患点的“街道（镇）”里填上它。"),
        )
    shapes = [one if one.area else one.buffer(_AROUND_POINT) if one.length == 0 else one for one in shapes]
    return SheetSubject(
        STREETS,
        feature.uid,
        name,
        feature.text("id"),
        sheet_title(STREETS, name),
        ws.setting("district.name"),
        frozenset(one.uid for one in zones),
        tuple(shapes),
        _LEAST[STREETS],
        registered=True,
    )


def street_title(name: str) -> str:
    """Of the public sheet of a danger zone."""
    return _("{name}　撤离图").format(name=name if name.endswith(_("危险区")) else name + _("危险区"))


def sheet_title(layer: str, name: str) -> str:
    """Of the sheet of a feature of that name; "" is the district's."""
    if layer == ZONES:
        return _("{name}地质灾害警示图").format(name=name if name.endswith(_("危险区")) else name + _("危险区"))
    if layer == "hazard_point":
        return _("{name}隐患点地质灾害警示图").format(name=name.removesuffix(_("隐患点")))
    return _("{name}地质灾害警示图").format(name=name)


def partial_title(whole: str) -> str:
    """Of a sheet whose frame leaves out some of what it is of: a part does not pass for the whole."""
    return _("{title}（局部）").format(title=whole)


def _street(ws: Workspace, feature: Feature, shape: BaseGeometry) -> str:
    """The 街道 that it lies in: by its own field, else by its place; "" where that is not told."""
    if feature.layer in (STREETS, KEY_AREAS):
        return ""
    if feature.text("subdistrict"):
        return feature.text("subdistrict")
    middle = shape.representative_point()
    found = [one for one in ws.table("subdistrict", bounds=middle.bounds) if one.geometry is not None]
    return next((one.text("name") for one in found if one.geometry.covers(middle)), "")  # type: ignore[union-attr]


def _zones_of(layers: MapLayers, feature: Feature, shape: BaseGeometry) -> list[Feature]:
    holding = [one for one in layers.features(ZONES) if layers.states.get(one.uid) != lifted()]
    if feature.layer == ZONES:
        found = [one for one in holding if one.uid == feature.uid]
        if not found:
            raise ExportRefused(
                _("危险区“{name}”已经撤销，不再出警示图。").format(name=feature.text("name") or feature.text("id")),
                _("要查它，请看登记表里的发展过程。"),
            )
        return found
    touched = [
        one
        for one in holding
        if one.geometry and measurable(one.geometry) and shapely.make_valid(one.geometry).intersects(shape)
    ]
    if feature.layer == "hazard_point":
        uids = {one.uid for one in touched}
        return [one for one in holding if one.text("hazard_point") == feature.uid or one.uid in uids]
    return touched


def _belonging(layers: MapLayers, zones: Sequence[Feature]) -> list[Feature]:
    uids = {one.uid for one in zones}
    routes = [one for one in layers.features("evacuation_route") if one.text("danger_zone") in uids]
    shelters = {one.text("shelter") for one in routes}
    return [*zones, *routes, *(one for one in layers.features("shelter") if one.uid in shelters)]
