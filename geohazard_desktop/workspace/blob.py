"""GeoPackage geometry: the standard's binary header around WKB, and the functions its R-tree triggers call.

Header as in OGC 12-128r18, 2.1.3: magic "GP", version 0, flags, srs_id, envelope (min east, max east, min north,
max north), all little-endian as written here; other programs may write big-endian or leave the envelope out.
"""

import sqlite3
import struct
from collections.abc import Callable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryCollection
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

# Stands for what GEOS can't read: a curve, or a blob that another program broke. It is empty and of no layer's kind, so
# the map leaves it out, the checks name it, and no edit of the feature can overwrite what is really in the file.
UNREADABLE = GeometryCollection()
_UNREAD = (GEOSException, NotImplementedError, ValueError, IndexError)
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_WITH_ENVELOPE_LITTLE_ENDIAN = 0b0000_0011
_EMPTY_LITTLE_ENDIAN = 0b0001_0001


def encode(geometry: BaseGeometry | None, srs_id: int) -> bytes | None:
    """The blob to store for a 2-D geometry; None stays None."""
    if geometry is None:
        return None
    body: bytes = shapely.to_wkb(geometry, output_dimension=2, byte_order=1)
    if geometry.is_empty:
        return struct.pack("<2sBBi", b"GP", 0, _EMPTY_LITTLE_ENDIAN, srs_id) + body
    east_min, north_min, east_max, north_max = geometry.bounds
    header = struct.pack(
        "<2sBBi4d", b"GP", 0, _WITH_ENVELOPE_LITTLE_ENDIAN, srs_id, east_min, east_max, north_min, north_max
    )
    return header + body


def wkb(blob: bytes) -> bytes:
    """The WKB inside a GeoPackage blob. Raises ValueError when it is none."""
    if blob[:2] != b"GP" or len(blob) < 8:
        raise ValueError("not a GeoPackage geometry")
    return blob[8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 0b111] :]


def _bodies(blobs: Sequence[bytes | None]) -> list[bytes | None]:
    """The WKB of each. Headers of one layer are nearly all alike, so only one that differs is looked at."""
    first = next((one for one in blobs if one is not None), b"")
    head, begin = first[:4], len(first) - len(wkb(first)) if first else 0
    return [None if one is None else one[begin:] if one[:4] == head else wkb(one) for one in blobs]


def decode_many(blobs: Sequence[bytes | None]) -> NDArray[np.object_]:
    """Geometries of many blobs; None where the blob is None, UNREADABLE where it is none. Z and M are dropped."""
    bodies = np.empty(len(blobs), dtype=object)
    found: NDArray[np.object_]
    try:
        bodies[:] = _bodies(blobs)
        found = shapely.from_wkb(bodies)
    except _UNREAD:
        # One of them must not keep the others from being seen.
        found = bodies
        for index, blob in enumerate(blobs):
            found[index] = decode(blob)
    if shapely.has_z(found).any():
        found = shapely.force_2d(found)
    return np.asarray(found, dtype=object)


def decode(blob: bytes | None) -> BaseGeometry | None:
    """One geometry; UNREADABLE where the blob is none."""
    try:
        return None if blob is None else shapely.force_2d(shapely.from_wkb(wkb(blob)))
    except _UNREAD:
        return UNREADABLE


def is_unreadable(geometry: BaseGeometry | None) -> bool:
    """Whether a geometry stands for a blob that can't be read."""
    return geometry is not None and geometry.geom_type == "GeometryCollection" and geometry.is_empty


def _bounds(blob: bytes) -> tuple[float, float, float, float]:
    flags = blob[3]
    order = "<" if flags & 1 else ">"
    if (flags >> 1) & 0b111:
        east_min, east_max, north_min, north_max = struct.unpack_from(order + "4d", blob, 8)
        return east_min, north_min, east_max, north_max
    bounds: tuple[float, float, float, float] = shapely.from_wkb(wkb(blob)).bounds
    return bounds


def _is_empty(blob: bytes | None) -> int | None:
    if blob is None:
        return None
    if (blob[3] >> 1) & 0b111 and not blob[3] & 0b1_0000:
        return 0
    return int(shapely.from_wkb(wkb(blob)).is_empty)


def _corner(index: int) -> Callable[[bytes | None], float | None]:
    return lambda blob: None if blob is None else _bounds(blob)[index]


def register(connection: sqlite3.Connection) -> None:
    """Give `connection` the functions that R-tree triggers call; without them every write fails."""
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)
    for name, index in (("ST_MinX", 0), ("ST_MinY", 1), ("ST_MaxX", 2), ("ST_MaxY", 3)):
        connection.create_function(name, 1, _corner(index), deterministic=True)
