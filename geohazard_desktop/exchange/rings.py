"""Rings of one listed shape as an area: which is an outline and which a hole, their places say, not their numbers.

Survey files number the rings of a parcel, but some give every ring the number 1, and some number a second outline 2.
"""

from collections.abc import Sequence

import shapely


def area_of_rings(rings: Sequence[Sequence[tuple[float, float]]]) -> shapely.Polygon | shapely.MultiPolygon:
    """A ring within another is its hole, one within a hole an outline again; one that is listed twice counts once.
    Where a ring is no sound outline, the first is the outline and all others are its holes: the fault is told by
    whoever looks at shapes."""
    if not all(shapely.Polygon(one).is_valid for one in rings):
        return shapely.Polygon(rings[0], rings[1:])
    rings = list({shapely.Polygon(one).normalize().wkb: one for one in rings}.values())
    whole = [shapely.Polygon(one) for one in rings]
    around = [[at for at, other in enumerate(whole) if other is not one and other.contains(one)] for one in whole]
    areas = [
        shapely.Polygon(
            rings[outline],
            [rings[at] for at, those in enumerate(around) if outline in those and len(those) == len(outside) + 1],
        )
        for outline, outside in enumerate(around)
        if len(outside) % 2 == 0
    ]
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)
