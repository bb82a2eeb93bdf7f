"""Which part of the map a picture shows, and which of its layers, as a text that an order can carry."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ground:
    """`bounds` in metres: east min, north min, east max, north max. `layers`: the tables in sight; None: all."""

    bounds: tuple[float, float, float, float]
    layers: tuple[str, ...] | None = None

    def text(self) -> str:
        """36388000,4370000,36390000,4371000;danger_zone,shelter"""
        numbers = ",".join(f"{one:.3f}" for one in self.bounds)
        return numbers if self.layers is None else f"{numbers};{','.join(self.layers)}"

    @classmethod
    def parse(cls, text: str) -> "Ground | None":
        """The ground that a text names; None where it names none."""
        numbers, cut, layers = text.partition(";")
        try:
            found = tuple(float(one) for one in numbers.split(","))
        except ValueError:
            return None
        if len(found) != 4 or not all(map(math.isfinite, found)) or found[0] >= found[2] or found[1] >= found[3]:
            return None
        bounds = (found[0], found[1], found[2], found[3])
        return cls(bounds, tuple(one for one in layers.split(",") if one) if cut else None)
