"""Where a photo was taken, against where its feature lies: offered as a place, never taken without being asked."""

from collections.abc import Callable
from dataclasses import dataclass

from shapely.geometry import Point

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.editing.coordinates import from_degrees
from geohazard_desktop.workspace.edits import change_geometry
from geohazard_desktop.workspace.feature import Edit, Feature
from geohazard_desktop.workspace.workspace import Workspace

_NEAR = 3.0  # metres: nearer than a telephone knows
_FAR = 5000.0


@dataclass(frozen=True, slots=True)
class Offer:
    """`worth_asking`: the feature is a point and lies elsewhere, so that the photo's place might be the better one."""

    photo: str
    sentence: str
    metres: float
    worth_asking: bool
    edit: Callable[[], Edit]


def offer_of(ws: Workspace, feature: Feature, row: Feature) -> Offer | None:
    """What a photo's place says about its feature; None where either has none."""
    longitude, latitude = row["longitude"], row["latitude"]
    if not isinstance(longitude, float) or not isinstance(latitude, float):
        return None
    kind = ws.definitions[feature.layer].geometry
    if feature.geometry is None or feature.geometry.is_empty or kind == "none":
        return None
    place = Point(from_degrees(ws.epsg, longitude, latitude))
    metres = float(feature.geometry.distance(place))
    far = words.length(metres)
    if kind != "point":
        sentence = _("照片在图形以内拍的。") if metres == 0 else _("拍摄位置距图形 {far}。").format(far=far)
    elif metres <= _NEAR:
        sentence = _("拍摄位置就在该点。")
    else:
        sentence = _("照片位置距该点 {far}，用作位置？").format(far=far)
        if metres > _FAR:
            sentence = _("照片位置距该点 {far}，可能是在别处拍的。").format(far=far)
    worth = kind == "point" and _NEAR < metres <= _FAR
    return Offer(row.uid, sentence, metres, worth, lambda: _moved(ws, feature, place))


def _moved(ws: Workspace, feature: Feature, place: Point) -> Edit:
    from geohazard_desktop.workspace.edits.wording import called, followed, led

    name = followed(led(called(ws.definitions, feature)))
    words_of_step = _("把{name}移到照片的拍摄位置").format(name=name)
    return change_geometry(ws.definitions, feature, place, words=words_of_step)
