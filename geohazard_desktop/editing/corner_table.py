"""拐点表: the corners of a feature as a surveyor lists them, number, X north, Y east, length and bearing of the side to
the next corner (on the plane); as text for Excel, and back."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geohazard_desktop.analysis.measures import bearing, planar_distance
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.coordinate_lists import read_list
from geohazard_desktop.editing.judgement import bearing_words
from geohazard_desktop.editing.tool import Bounds, Place
from geohazard_desktop.workspace.edits import VertexRef
from geohazard_desktop.workspace.edits.vertices import rings_of
from geohazard_desktop.workspace.feature import Feature

NORTH_COLUMN, EAST_COLUMN = 1, 2  # in `CornerRow.texts`


@dataclass(frozen=True, slots=True)
class CornerRow:
    """One corner. `length_m` and `bearing_degrees` are of the side that starts here; None at a line's end."""

    ref: VertexRef
    number: str
    place: Place
    length_m: float | None
    bearing_degrees: float | None

    def texts(self) -> tuple[str, str, str, str, str]:
        """Number, X north, Y east, length, bearing, as shown; to the millimetre."""
        side = "—" if self.length_m is None else f"{self.length_m:.2f}"
        angle = "—" if self.bearing_degrees is None else bearing_words(self.bearing_degrees)
        return self.number, f"{self.place[1]:.3f}", f"{self.place[0]:.3f}", side, angle


def rows_of(feature: Feature) -> list[CornerRow]:
    """All corners in order. Several parts and holes are told in the number: 2-1 is the second part's first corner,
    1孔2-3 the third corner of the first part's second hole."""
    if feature.geometry is None:
        return []
    closed = feature.geometry.geom_type.endswith("Polygon")
    parts = rings_of(feature.geometry)
    rows: list[CornerRow] = []
    for part, rings in enumerate(parts):
        for ring, corners in enumerate(rings):
            places = [(float(east), float(north)) for east, north in corners]
            for index, place in enumerate(places):
                last = index == len(places) - 1
                following = None if len(places) < 2 or (last and not closed) else places[(index + 1) % len(places)]
                rows.append(
                    CornerRow(
                        VertexRef(part, ring, index),
                        _number(part, ring, index, several=len(parts) > 1),
                        place,
                        None if following is None else planar_distance(place, following),
                        None if following is None else bearing(place, following),
                    )
                )
    return rows


def _number(part: int, ring: int, index: int, *, several: bool) -> str:
    if ring:
        return _("{part}孔{ring}-{number}").format(part=part + 1 if several else "", ring=ring, number=index + 1)
    return f"{part + 1}-{index + 1}" if several else str(index + 1)


def rows_of_stroke(places: Sequence[Place], *, closed: bool) -> list[CornerRow]:
    """The corners of an unfinished stroke; a closed one's last side runs back to the first corner."""
    rows: list[CornerRow] = []
    for index, place in enumerate(places):
        last = index == len(places) - 1
        following = None if last and not (closed and len(places) > 2) else places[(index + 1) % len(places)]
        rows.append(
            CornerRow(
                VertexRef(0, 0, index),
                str(index + 1),
                place,
                None if following is None else planar_distance(place, following),
                None if following is None else bearing(place, following),
            )
        )
    return rows


def typed_corner(place: Place, column: int, text: str) -> Place:
    """Where a corner is moved to by what was typed into its column X or Y. Raises EditRefused."""
    try:
        value = float(text.strip().replace(" ", "").replace("\u2009", ""))
    except ValueError:
        raise EditRefused(
            _("“{text}”不是坐标，拐点没有动。").format(text=text), _("请写米数，如 4372020.00。")
        ) from None
    if not math.isfinite(value):
        raise EditRefused(_("“{text}”不是坐标，拐点没有动。").format(text=text), _("请写米数，如 4372020.00。"))
    if column == EAST_COLUMN and value < 1e6 <= place[0]:
        value += place[0] // 1e6 * 1e6  # typed without the zone number: the workspace's own zone
    return (place[0], round(value, 3)) if column == NORTH_COLUMN else (round(value, 3), place[1])


def text_of(rows: Sequence[CornerRow]) -> str:
    """For Excel: a heading and a line a corner, columns parted by tabs. No personal data."""
    heading = (_("点号"), _("X 北（米）"), _("Y 东（米）"), _("边长（米）"), _("方位角"))
    return "\n".join("\t".join(one) for one in (heading, *(row.texts() for row in rows)))


def pasted(
    rows: Sequence[CornerRow], start: int, text: str, epsg: int, bounds: Bounds | None
) -> tuple[dict[VertexRef, Place], str]:
    """New places of the corners from row `start` on, read from a list, and sentences that a person has to agree to.
    Raises EditRefused when the list is longer than the corners are."""
    found = read_list(text, epsg, bounds=bounds)
    places = found.places
    if len(places) > len(rows) - start:
        raise EditRefused(
            _("粘贴的有 {count} 个点，从第 {number} 行起只有 {left} 个拐点，没有改。").format(
                count=len(places), number=start + 1, left=len(rows) - start
            ),
            _("请从靠前的一行粘贴，或先在边上加够拐点。"),
        )
    moved = {row.ref: place for row, place in zip(rows[start:], places, strict=False) if row.place != place}
    return moved, found.doubts
