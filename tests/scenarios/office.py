"""The small invented office of the window's scenarios: where its district, zones and ways lie."""

EAST, NORTH = 36_400_000.0, 4_370_000.0


def at(east: float, north: float) -> tuple[float, float]:
    """A place in the invented district, in metres from its south-west corner."""
    return EAST + east, NORTH + north


ZONE = [at(500, 500), at(1500, 500), at(1500, 1500), at(500, 1500)]
NEW_ZONE = [at(2200, 600), at(3200, 700), at(3100, 1700), at(2100, 1600)]
WAY = [at(1000, 1800), at(2000, 2400), at(3200, 2600)]
