"""From what a map was drawn: a digest of all that the painter was given, which travels at the end of its SVG.

Two maps with one digest show the same things in the same look, however the painters of two versions of the program draw
them. So a paper at a door is not called out of date because the program draws better today.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop import __version__
from geohazard_desktop.cartography.painter import FixedLabels
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import FITTING, Style
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import SHOWN, Feature, FeatureTable

_BEGIN, _END, _CLOSE = "<!--from:", "-->", "</svg>"
_DIGITS = 24
_MARK = len(_BEGIN) + _DIGITS + len(_END)
# To be raised by whoever mends a painter that could lead somebody wrong (an arrow that pointed elsewhere, a sign of
# another kind): all papers with maps from before are then told as to be printed again.
EDITION = 2  # 2: leaders that crossed another route, names that stood in a zone of another


def drawn_from(
    view: MapView,
    pictures: Sequence[LayerPicture],
    *,
    fixed_labels: FixedLabels | None = None,
    grid_step: float | None = None,
    spoken_of: BaseGeometry | None = None,
) -> str:
    """The digest of a map: its frame, and of each layer the look and the features whose ink may reach the frame, with
    their shapes and the values that look and names are made from. Boxes that names keep out of follow from the rest."""
    whole = hashlib.blake2b(digest_size=_DIGITS // 2)
    frame = [round(one, 1) for one in view.bounds]
    whole.update(repr([EDITION, frame, round(view.denominator, 3), grid_step]).encode())
    if spoken_of is not None:
        whole.update(shapely.to_wkb(spoken_of))
    there: set[tuple[str, str]] = set()
    for picture in pictures:
        numbers = picture.visible(view).tolist()
        if not numbers:
            continue
        whole.update(f"{picture.layer} {_told(picture.style.told)}".encode("utf-8", "surrogatepass"))
        for one in _features(picture, numbers):
            whole.update(one)
        if fixed_labels:
            there |= {(picture.layer, picture.table.uids[number]) for number in numbers}
    for key in sorted(there & (fixed_labels or {}).keys()):
        whole.update(repr((key, (fixed_labels or {})[key])).encode())
    return whole.hexdigest()


def digest_of(*parts: BaseGeometry | object) -> str:
    """The same kind of digest for a map that is drawn from shapes and words alone."""
    whole = hashlib.blake2b(repr(EDITION).encode(), digest_size=_DIGITS // 2)
    for one in parts:
        whole.update(shapely.to_wkb(one) if isinstance(one, BaseGeometry) else repr(one).encode("utf-8", "replace"))
    return whole.hexdigest()


def marked(svg: str, digest: str) -> str:
    """The SVG that says from what it was drawn, in a comment that no viewer minds."""
    return f"{svg.removesuffix(_CLOSE)}{_BEGIN}{digest}{_END}{_CLOSE}"


def unmarked(svg: str) -> tuple[str, str]:
    """The SVG without its mark, and the digest; "" for one that bears none."""
    body = svg.removesuffix(_CLOSE)
    if body[-_MARK:].startswith(_BEGIN) and body.endswith(_END):
        return body[:-_MARK] + _CLOSE, body[len(_BEGIN) - _MARK : -len(_END)]
    return svg, ""


@lru_cache(maxsize=1)
def painter_mark() -> str:
    """The same for two programs that draw alike: the version, and what this painter and this machine's fonts make of a
    small map with every kind of symbol that never changes."""
    from geohazard_desktop.cartography.svg import map_svg

    view = MapView((1000.0, 1000.0), 10_000.0, 100.0, 100.0, 300.0)
    drawing, _digest = unmarked(map_svg(view, list(_scene())))
    return f"{__version__} {hashlib.blake2b(drawing.encode(), digest_size=8).hexdigest()}"


def _features(picture: LayerPicture, numbers: Sequence[int]) -> list[bytes]:
    """The digest of each feature as it looks; asked for by many maps, kept with its layer."""
    columns = picture.table.columns
    names = sorted(one for one in columns if one.removesuffix(SHOWN) in picture.style.columns)
    kept = picture.drawn_from.setdefault(tuple(names), {})
    if lacking := [one for one in numbers if one not in kept]:
        used = [(name, columns[name]) for name in names]
        # All shapes in one call: one by one took most of what a sheet of ten thousand areas cost.
        shapes = shapely.to_wkb(picture.geometries[lacking])
        for number, rule, shape in zip(lacking, picture.rules[lacking].tolist(), shapes, strict=True):
            told = repr((rule, [(name, column[number]) for name, column in used]))
            kept[number] = hashlib.blake2b(told.encode("utf-8", "surrogatepass") + shape, digest_size=12).digest()
    return [kept[one] for one in numbers]


@lru_cache(maxsize=256)
def _told(look: str) -> str:
    return hashlib.blake2b(look.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _scene() -> Iterable[LayerPicture]:
    """An area, a line and a point, each in every symbol that fits it, with its name."""
    shapes = {
        "polygon": shapely.Polygon([(600, 700), (1300, 650), (1400, 1300), (900, 1100), (650, 1350)]),
        "line": shapely.LineString([(550, 600), (900, 950), (950, 1400), (1450, 1450)]),
        "point": shapely.Point(1100.0, 900.0),
    }
    own = {"marker": {"name": "shelter", "halo": 0.4}, "stroke": {"dash": [2.0, 1.0], "casing": 0.3}}
    for geometry, kinds in FITTING.items():
        layer = f"scene_{geometry}"
        look = {
            "rule": [{"label": layer, "symbol": [{"kind": kind, **own.get(kind, {})} for kind in kinds]}],
            "label": {"text": "{name}", "second": "{id}", "placement": "line" if geometry == "line" else "point"},
        }
        definition = LayerDefinition(layer, layer, geometry, ())  # type: ignore[arg-type]
        feature = Feature(layer, layer, shapes[geometry], {"name": "示例沟", "id": "0001"})
        yield LayerPicture(definition, Style.parse(look, layer), FeatureTable.of(layer, [feature]))
