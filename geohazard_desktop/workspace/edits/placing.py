"""A feature that is registered already gets its point on the map, or another one."""

from collections.abc import Mapping

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.features import change_geometry
from geohazard_desktop.workspace.edits.validity import geometry_fault, refuse_faulty
from geohazard_desktop.workspace.edits.wording import Definitions, called, followed, led
from geohazard_desktop.workspace.feature import Edit, Feature, Value, changed


def has_place(definitions: Definitions, feature: Feature) -> bool:
    """Whether the map can show the feature: its shape is there and may stand."""
    return geometry_fault(definitions[feature.layer].geometry, feature.geometry) is None


def place_feature(
    definitions: Definitions, feature: Feature, geometry: BaseGeometry, values: Mapping[str, Value] | None = None
) -> Edit:
    """Put a feature of a point layer at `geometry` (a point, metres of the workspace's CRS), in one step with `values`
    that the place says of it: only fields that are empty take them, what was registered stays.

    Raises EditRefused for a layer of lines, areas or records, and for a point that may not stand.
    """
    definition = definitions[feature.layer]
    name = called(definitions, feature)
    if definition.geometry != "point":
        raise EditRefused(
            _("{title}不是一个点，不能这样放到地图上。").format(title=definition.title), _("请用画它的工具。")
        )
    refuse_faulty(definition.geometry, geometry, name)
    again = has_place(definitions, feature)
    words = (
        _("重新放{name}").format(name=led(name)) if again else _("放{name}到地图上").format(name=led(followed(name)))
    )
    (delta,) = change_geometry(definitions, feature, geometry).deltas
    after = delta.after or feature
    empty = {key: value for key, value in (values or {}).items() if feature[key] in (None, "")}
    return Edit(words, [changed(feature, after.with_values(**empty))])
