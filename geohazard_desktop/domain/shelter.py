"""How many people a shelter takes: as typed by the office, else whole people on its area."""

import math


def capacity(typed: float | None, area_m2: float | None, area_per_person: float | None) -> int | None:
    """People, or None where neither the number nor both areas (m², m² a person) are known.

    A typed number wins: the office may know of walls and beds that an area doesn't show. People are rounded down.
    """
    if typed is not None:
        return int(typed)
    if area_m2 is None or not area_per_person or area_per_person < 0:
        return None
    # 900 / 1.5 in binary may fall a hair short of a whole number of people
    return math.floor(area_m2 / area_per_person + 1e-9)
