"""Makes the input of the benchmarks: a workspace whose susceptibility layer holds many bent polygons.

python tests/benchmarks/polygons.py 10000 FILE.gpkg
"""

import sys
from pathlib import Path

import numpy as np
import shapely

CORNERS, METRES, EAST, NORTH = 34, 60.0, 36_382_000.0, 4_368_000.0
CLASSES = ("中易发区", "低易发区", "不发育区")


def shapes(count: int) -> list[shapely.MultiPolygon]:
    """Rings of 34 corners on a lattice, each bent in its own way; the same for the same count."""
    random = np.random.default_rng(20260601)
    side = int(np.ceil(np.sqrt(count)))
    turn = np.linspace(0.0, 2 * np.pi, CORNERS, endpoint=False)
    found = []
    for number in range(count):
        radius = METRES * (0.36 + 0.12 * random.random(CORNERS))
        east = EAST + METRES * (number % side) + radius * np.cos(turn)
        north = NORTH + METRES * (number // side) + radius * np.sin(turn)
        found.append(shapely.MultiPolygon([shapely.Polygon(np.column_stack([east, north]))]))
    return found


def make(count: int, path: Path) -> None:
    from geohazard_desktop.cartography.new_workspace import new_workspace
    from geohazard_desktop.domain.district import read_district
    from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

    path.unlink(missing_ok=True)
    with new_workspace(path, read_district()) as ws:
        features = [
            Feature("susceptibility_zone", new_uid(), shape, {"name": f"面 {number}", "class": CLASSES[number % 3]})
            for number, shape in enumerate(shapes(count), 1)
        ]
        ws.apply(Edit(f"导入 {count} 个面", [inserted(one) for one in features]))


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]))
