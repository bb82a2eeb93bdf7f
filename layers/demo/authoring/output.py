"""Collects features and writes them: GeoJSON in degrees for layers with geometry, JSON for tables without."""

import json
import tomllib
from pathlib import Path
from typing import Any

from shapely import normalize, remove_repeated_points
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from authoring.curves import DECIMALS, to_degrees, to_local


def layer_fields(folder: Path) -> dict[str, list[str]]:
    """Field names by table, in the definitions' order; tables without a definition are refused by `write`."""
    common = _names(folder / "_common.toml")
    return {path.stem: common + _names(path) for path in folder.glob("*.toml") if not path.stem.startswith("_")}


def _names(path: Path) -> list[str]:
    return [one["name"] for one in tomllib.loads(path.read_text(encoding="utf-8")).get("field", [])]


class Drawing:
    """All features by table. `key` is a feature's name inside the files: references between features use it."""

    def __init__(self) -> None:
        self.features: dict[str, list[dict[str, Any]]] = {}
        self.local: dict[str, dict[str, BaseGeometry]] = {}

    def add(self, table: str, key: str, geometry: BaseGeometry | None, source: str, **values: Any) -> None:
        """Add a feature drawn in local metres; it is rounded to DECIMALS at once, so that checks see what is stored."""
        self.add_degrees(table, key, None if geometry is None else to_degrees(geometry), source, **values)

    def add_degrees(self, table: str, key: str, degrees: BaseGeometry | None, source: str, **values: Any) -> None:
        """Add a feature whose geometry is in degrees already."""
        rows = self.features.setdefault(table, [])
        degrees = None if degrees is None else remove_repeated_points(degrees)  # corners that rounding laid together
        if any(row["key"] == key for row in rows):
            raise ValueError(f"{table}: {key} twice")
        kept = {name: value for name, value in values.items() if value is not None and value != ""}
        properties = {**kept, "source": source, "schematic": True}
        rows.append({"key": key, "geometry": degrees, "properties": properties})
        if degrees is not None:
            if degrees.is_empty or not degrees.is_valid:
                raise ValueError(f"{table}: {key} is empty or invalid")
            self.local.setdefault(table, {})[key] = to_local(degrees)

    def values(self, table: str, key: str) -> dict[str, Any]:
        """The properties of one feature, to be completed."""
        found: dict[str, Any] = next(row["properties"] for row in self.features[table] if row["key"] == key)
        return found

    def write(self, folder: Path, definitions: dict[str, list[str]]) -> None:
        """Write every table; property order follows the layer's definition where there is one."""
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in self.features.items():
            order = definitions[table]
            lines = [json.dumps(_feature(row, order), ensure_ascii=False, separators=(",", ":")) for row in rows]
            body = ",\n".join(lines)
            if rows[0]["geometry"] is None:
                (folder / f"{table}.json").write_text(f"[\n{body}\n]\n", encoding="utf-8", newline="\n")
            else:
                head = '{"type":"FeatureCollection","name":"%s","features":[\n' % table  # noqa: UP031
                (folder / f"{table}.geojson").write_text(head + body + "\n]}\n", encoding="utf-8", newline="\n")


def _feature(row: dict[str, Any], order: list[str]) -> dict[str, Any]:
    given = row["properties"]
    if order and set(given) - set(order):
        raise ValueError(f"unknown fields {sorted(set(given) - set(order))} in {row['key']}")
    names = [name for name in order if name in given] + [name for name in given if name not in order]
    properties = {name: given[name] for name in names}
    if row["geometry"] is None:
        return {"key": row["key"], **properties}
    return {
        "type": "Feature",
        "id": row["key"],
        "properties": properties,
        "geometry": _rounded(mapping(_outward(row["geometry"]))),
    }


def _outward(geometry: BaseGeometry) -> BaseGeometry:
    if geometry.geom_type == "Polygon":
        return orient(geometry)  # RFC 7946: outer rings anticlockwise
    if geometry.geom_type == "MultiPolygon":
        ordered = normalize(geometry)
        return type(geometry)([orient(part) for part in ordered.geoms])
    return geometry


def _rounded(shape: dict[str, Any]) -> dict[str, Any]:
    def settle(values: Any) -> Any:
        if isinstance(values, (list, tuple)):
            return [settle(value) for value in values]
        return round(float(values), DECIMALS)

    return {"type": shape["type"], "coordinates": settle(shape["coordinates"])}
