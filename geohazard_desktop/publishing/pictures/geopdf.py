"""Where on the ground a map of a PDF lies, written into the PDF (ISO 32000-2, 12.10: geospatial features).

A reader of GeoPDF (QGIS, GDAL, Acrobat's measuring tool) then gives coordinates for each point of the page. What
typesetting made stays as it is, byte for byte: the file gets an incremental update (7.5.6), the page objects once more
with a viewport each.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyproj import CRS, Transformer

from geohazard_desktop.cartography.view import MapView

_POINTS_PER_MM = 72.0 / 25.4
_CORNERS = ((0, 0), (0, 1), (1, 1), (1, 0))  # right, up in the map's own unit square
_MEDIA_BOX = re.compile(rb"/MediaBox\s*\[\s*([\d.\-]+)\s+([\d.\-]+)\s+([\d.\-]+)\s+([\d.\-]+)\s*\]")


@dataclass(frozen=True, slots=True)
class PlacedMap:
    """A map on a page: `page` from 0, `at` its upper left corner in mm from the page's, `view` its ground and size."""

    page: int
    at: tuple[float, float]
    view: MapView
    name: str


def georeferenced(pdf: bytes, maps: Sequence[PlacedMap], crs: CRS) -> bytes:
    """`pdf` (as Typst writes it: plain objects, one table of them) with the ground of its maps told, in `crs`.

    Raises ValueError where the PDF is of another make.
    """
    root, size, start, rest = _trailer(pdf)
    offsets = _offsets(pdf, start)
    pages = list(_leaves(pdf, offsets, _reference(_object(pdf, offsets, root), b"Pages")))
    to_degrees = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    changed: dict[int, bytes] = {}
    for number in sorted({one.page for one in maps}):
        page = pages[number]
        body = _object(pdf, offsets, page)
        on_it = [_viewport(one, body, crs, to_degrees) for one in maps if one.page == number]
        cut = body.rindex(b">>")
        changed[page] = body[:cut] + b"/VP[" + b"".join(on_it) + b"]" + body[cut:]
    return _appended(pdf, changed, size, root, start, rest)


def _viewport(one: PlacedMap, page: bytes, crs: CRS, to_degrees: Transformer) -> bytes:
    found = _MEDIA_BOX.search(page)
    if found is None:
        raise ValueError("a page without a size of its own")
    left, _bottom, _right, top = (float(part) for part in found.groups())
    x0 = left + one.at[0] * _POINTS_PER_MM
    y1 = top - one.at[1] * _POINTS_PER_MM
    x1 = x0 + one.view.width_mm * _POINTS_PER_MM
    y0 = y1 - one.view.height_mm * _POINTS_PER_MM
    east_min, north_min, east_max, north_max = one.view.bounds
    ground = []
    for right, up in _CORNERS:
        east = east_max if right else east_min
        north = north_max if up else north_min
        longitude, latitude = to_degrees.transform(east, north)
        ground.append(f"{latitude:.11f} {longitude:.11f}")
    square = " ".join(f"{right} {up}" for right, up in _CORNERS)
    epsg = crs.to_epsg()
    code = f"/EPSG {epsg}" if epsg else ""
    # The form of WKT that the standard names is ESRI's.
    system = f"<</Type/PROJCS{code}/WKT {_text(crs.to_wkt('WKT1_ESRI'))}>>"
    measure = (
        f"<</Type/Measure/Subtype/GEO/Bounds[{square}]/LPTS[{square}]/GPTS[{' '.join(ground)}]"
        f"/GCS{system}/PDU[/M/SQM/DEG]>>"
    )
    box = f"{x0:.4f} {y0:.4f} {x1:.4f} {y1:.4f}"
    return f"<</Type/Viewport/BBox[{box}]/Name {_text(one.name)}/Measure{measure}>>".encode("ascii")


def _text(words: str) -> str:
    """A PDF string in hexadecimal, so that nothing in it means anything."""
    plain = words.encode("ascii") if words.isascii() else b"\xfe\xff" + words.encode("utf-16-be")
    return f"<{plain.hex()}>"


# -- the file ----------------------------------------------------------------------------------------------------------


def _trailer(pdf: bytes) -> tuple[int, int, int, bytes]:
    """Number of the root, count of objects, place of the table, and the trailer's other entries."""
    place = pdf.rfind(b"trailer")
    found = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", pdf)
    if place < 0 or found is None:
        raise ValueError("no plain table of objects")
    words = pdf[place : found.start()]
    root, size = re.search(rb"/Root (\d+) 0 R", words), re.search(rb"/Size (\d+)", words)
    if root is None or size is None:
        raise ValueError("no plain trailer")
    rest = b"".join(re.findall(rb"/Info \d+ \d+ R|/ID\s*\[.*?\]", words, re.DOTALL))
    return int(root.group(1)), int(size.group(1)), int(found.group(1)), rest


def _offsets(pdf: bytes, start: int) -> dict[int, int]:
    table = re.match(rb"xref\s+0 (\d+)\s+", pdf[start:])
    if table is None:
        raise ValueError("no plain table of objects")
    first = start + table.end()
    rows = (pdf[first + 20 * number : first + 20 * number + 18] for number in range(int(table.group(1))))
    return {number: int(row[:10]) for number, row in enumerate(rows) if row[17:18] == b"n"}


def _object(pdf: bytes, offsets: dict[int, int], number: int) -> bytes:
    start = offsets[number]
    head = re.match(rb"\d+ \d+ obj\s*", pdf[start : start + 40])
    if head is None:
        raise ValueError(f"object {number} is not where the table says")
    return pdf[start + head.end() : pdf.index(b"endobj", start)].rstrip()


def _reference(words: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb"\s+(\d+) 0 R", words)
    if found is None:
        raise ValueError(f"no {key.decode()} in the root")
    return int(found.group(1))


def _leaves(pdf: bytes, offsets: dict[int, int], number: int) -> Sequence[int]:
    """The pages below a node of the page tree, in order."""
    words = _object(pdf, offsets, number)
    kids = re.search(rb"/Kids\s*\[(.*?)\]", words, re.DOTALL)
    if kids is None:
        return [number]
    below = [int(one) for one in re.findall(rb"(\d+) 0 R", kids.group(1))]
    return [page for one in below for page in _leaves(pdf, offsets, one)]


def _appended(pdf: bytes, changed: dict[int, bytes], size: int, root: int, start: int, rest: bytes) -> bytes:
    made = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    rows = []
    for number, body in sorted(changed.items()):
        rows.append(f"{number} 1\n{len(made):010d} 00000 n\r\n")
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(made)
    made += ("xref\n" + "".join(rows)).encode()
    made += f"trailer\n<</Size {size}/Root {root} 0 R/Prev {start}".encode() + rest + b">>\n"
    made += f"startxref\n{table}\n%%EOF\n".encode()
    return bytes(made)
