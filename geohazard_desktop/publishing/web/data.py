"""The workspace's layers as data for the web page: whole numbers for places, words by number, nothing that isn't shown.

Places are in the web's square world map (x east, y south), counted in steps of 1/2^30 of its side (4 cm at the equator)
from the map's own corner, each vertex as the step from the one before: a third of the size of degrees.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.cartography.label_places import widest_place
from geohazard_desktop.cartography.labels import manual_positions
from geohazard_desktop.cartography.painter import in_order
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import is_official
from geohazard_desktop.publishing.cards.help_words import ASK_THEN_GO
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.web import style as web_style
from geohazard_desktop.publishing.web.cards import Cards
from geohazard_desktop.publishing.web.ways import ROUTES, search_keys, ways
from geohazard_desktop.workspace.workspace import Workspace

CGCS2000 = 4490  # within centimetres of the WGS 84 that web maps speak of
STEPS = 2**30
HIGHEST_DEGREES = 85.0  # of latitude; the square world of web maps ends there
SIMPLIFIED_TO_METRES = 0.3  # a third of a pixel at zoom 17
PUBLIC_METRES, PUBLIC_ZOOM, CLOSEST_ZOOM = 2.0, 18, 19  # a public page is no survey
Box = tuple[float, float, float, float]  # west, south, east, north in degrees


class World:
    """From the workspace's metres to the page's whole steps."""

    def __init__(self, epsg: int, extent: Box) -> None:
        """`extent` is in metres of the workspace; its corner is where the page counts from."""
        self._to_degrees = Transformer.from_crs(epsg, CGCS2000, always_xy=True)
        self.degrees: Box = self._to_degrees.transform_bounds(*extent)
        self.origin = np.zeros(2, dtype=np.int64)
        west, _south, _east, north = self.degrees
        self.origin = np.rint(_square(np.array([[west, north]]))[0]).astype(np.int64)

    def steps(self, coordinates: NDArray[np.float64]) -> NDArray[np.int64]:
        """Rows of east and north as rows of x and y."""
        degrees = np.column_stack(self._to_degrees.transform(coordinates[:, 0], coordinates[:, 1]))
        return np.rint(_square(degrees)).astype(np.int64) - self.origin

    def holds(self, boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which boxes (rows of east and north, least and largest) lie on the square map of the world."""
        found = np.ones(len(boxes), dtype=bool)
        for corner in (boxes[:, :2], boxes[:, 2:]):
            longitude, latitude = self._to_degrees.transform(corner[:, 0], corner[:, 1])
            found &= np.isfinite(longitude) & (np.abs(latitude) < HIGHEST_DEGREES)
        return found

    def metre(self, at: tuple[float, float]) -> float:
        """Steps of one metre near a place."""
        ends = self.steps(np.array([at, (at[0] + 1000.0, at[1])]))
        return float(np.hypot(*(ends[1] - ends[0]))) / 1000.0


def _square(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    latitude = np.radians(degrees[:, 1])
    down = 0.5 - np.log(np.tan(np.pi / 4 + latitude / 2)) / (2 * np.pi)
    return np.column_stack([degrees[:, 0] / 360 + 0.5, down]) * STEPS


class WebData:
    """Everything that the page's painter needs: `json` for it, `icons` and `world` as they came out."""

    def __init__(self, ws: Workspace, layers: MapLayers, extent: Box, *, public: bool) -> None:
        self.ws = ws
        self._tolerance = PUBLIC_METRES if public else SIMPLIFIED_TO_METRES
        self.cards = Cards(ws, layers.doubtful, public=public)
        self.icons = web_style.Icons()
        self.beyond: dict[str, int] = {}  # features of a layer that lie on no map of the world
        self.world = World(ws.epsg, extent)
        self._fixed = manual_positions(ws)
        self._states = layers.states
        self._words: dict[str, int] = {}
        self.pictures = [one for one in in_order(layers.pictures) if (one.usable & (one.rules >= 0)).any()]
        self._uids: dict[str, list[str]] = {}
        drawn = [self._layer(one) for one in self.pictures]
        west, south, east, north = self.world.degrees
        self.json: dict[str, Any] = {
            "steps": STEPS,
            "origin": self.world.origin.tolist(),
            "bounds": [[south, west], [north, east]],
            "public": public,
            "closest": PUBLIC_ZOOM if public else CLOSEST_ZOOM,
            "icons": self.icons.drawn,
            "layers": drawn,
            "words": list(self._words),
            "ways": ways(ws, layers.doubtful, [one.layer for one in self.pictures], self._uids),
            "say": _sentences(),
        }

    def _word(self, text: str) -> int:
        """Words are said once and named by number: thousands of buildings have the same source."""
        return self._words.setdefault(text, len(self._words))

    def _layer(self, picture: LayerPicture) -> dict[str, Any]:
        numbers = np.flatnonzero(picture.usable & (picture.rules >= 0))
        held = self.world.holds(picture.bounds[numbers])
        self.beyond[picture.layer] = int((~held).sum())
        numbers = numbers[held]
        self._uids[picture.layer] = [picture.table.uids[number] for number in numbers.tolist()]
        shapes = _shapes(picture, numbers, self._tolerance)
        strips = [list(_strips(shape)) for shape in shapes]
        placed = iter(self._steps([strip for one in strips for strip in one]))
        return {
            "title": picture.definition.title,
            "kind": picture.definition.geometry,
            **web_style.painting(picture.style),
            "features": [
                self._feature(picture, number, shape, [next(placed) for _strip in one])
                for number, shape, one in zip(numbers.tolist(), shapes, strips, strict=True)
            ],
        }

    def _feature(
        self, picture: LayerPicture, number: int, shape: BaseGeometry, places: list[list[int]]
    ) -> dict[str, Any]:
        definition, label = picture.definition, picture.style.label
        feature = picture.table.feature(number)
        rule = picture.style.rules[picture.rules[number]]
        made: dict[str, Any] = {"r": int(picture.rules[number]), "p": places}
        card = [self._word(words) for row in self.cards.rows(definition, feature) for words in row]
        if card:
            made["c"] = card
        title = self.cards.title(definition, feature)
        if title:
            made["t"] = self._word(title)
        called = title or (_("路线 {number}").format(number=feature.text("number")) if feature.text("number") else "")
        if called and (title or feature.layer == ROUTES):
            made["s"] = search_keys(called, "" if self.cards.public else feature.text("id"))
            if feature.layer == ROUTES and feature.text("number"):
                made["s"] += f" {_('路线')}{feature.text('number')} lx{feature.text('number')}"
            if not title:
                made["n"] = self._word(called)
        icons = self.icons.numbers_of(rule, picture.values(number))
        if icons:
            made["m"] = icons
        if label is None:
            if icons and definition.geometry != "point":
                made["a"] = self._anchor(shape)
            return made
        known = self.cards.values(definition, feature)
        known |= {name: feature[name] for name in picture.style.measures}
        first, second = label.text_of(known), label.second_of(known)
        if feature.layer == ZONES and not is_official(self._states.get(feature.uid, "")):
            made["k"] = 1  # a draft keeps its second line, which says so, at every scale
        if first or second:
            made["l"] = [self._word(first or second)] + ([self._word(second)] if first and second else [])
            if definition.geometry == "polygon":
                made["a"] = self._anchor(shape)
            fixed = self._fixed.get((feature.layer, feature.uid))
            if fixed is not None:
                made["f"] = self.world.steps(np.array([fixed]))[0].tolist()
        return made

    def _steps(self, strips: Sequence[NDArray[np.float64]]) -> Iterator[list[int]]:
        """The strips in steps, a layer at once: a call of the transformation costs more than its points."""
        if not strips:
            return
        steps = self.world.steps(np.concatenate(strips))
        for one in np.split(steps, np.cumsum([len(strip) for strip in strips])[:-1]):
            flat = np.diff(one, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
            yield flat.ravel().tolist()

    def _anchor(self, shape: BaseGeometry) -> list[int]:
        """Where an area is widest, and how far its edge is from there."""
        parts = shapely.get_parts(shape)
        x, y, radius = widest_place(parts[int(np.argmax(shapely.area(parts)))])
        at = self.world.steps(np.array([(x, y)]))[0].tolist()
        return [*at, round(radius * self.world.metre((x, y)))]


def _shapes(picture: LayerPicture, numbers: NDArray[np.int64], tolerance: float) -> Sequence[BaseGeometry]:
    """Shapes without detail that no phone shows. Outer rings run so that their left hand is inside (ticks point there),
    holes the other way round (overlapping areas stay filled)."""
    found = picture.geometries[numbers]
    if picture.definition.geometry == "point":
        return list(found)
    simple = shapely.simplify(found, tolerance)
    simple = np.where(shapely.is_empty(simple), found, simple)
    return list(shapely.orient_polygons(simple, exterior_cw=False))


def _strips(shape: BaseGeometry) -> Iterator[NDArray[np.float64]]:
    """The coordinates of each point, line or ring."""
    for part in shapely.get_parts(shape):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            yield shapely.get_coordinates(ring)


def _sentences() -> dict[str, str]:
    """What the page's own script says."""
    return {
        "zoom_in": _("放大"),
        "zoom_out": _("缩小"),
        "whole": _("全图"),
        "close": _("关闭"),
        "here": _("这里有 {count} 个对象"),
        "metres": _("米"),
        "kilometres": _("公里"),
        "nothing": _("没有填写其他内容。"),
        "place": _("点按处：{place}"),
        "east": _("东经"),
        "north": _("北纬"),
        "not_found": _("没有找到“{words}”。可以输名称、编号或拼音首字母。"),
        "tap_here": _("点一下您在的地方"),
        "route": _("走哪条"),
        "to_route": _("先走到路线"),
        "along": _("再沿路线走"),
        "walk": _("要走"),
        "minutes": _("分钟"),
        "shelter": _("最近的安置点"),
        "about": _("约 {number} 米"),
        "straight": _("（直线，没有量过路）"),
        "inside": _("您在危险区里：{zones}。听到信号马上走。"),
        "inside_ask": _("您在危险区里：{zones}。{first}。").format(zones="{zones}", first=ASK_THEN_GO),
        "crosses": _("直线要穿过危险区{zones}，不能直走，请绕开。"),
        "no_way": _("直线只是方向，遇到河沟、围墙要绕；以现场干部指的路为准。"),
    }
