"""Make a workspace with N polygons that share wavy edges, as a survey's 图斑 do.

usage: python make_polygons.py N OUT.gpkg [--same-size]

They are 易发区 of the four classes, about 33 vertices each, in a style of plain fills and thin edges that both programs
draw alike; QGIS finds the same style in the file. They cover the same ground whatever their number, or with --same-size
as much ground as their number needs, the south-west corner always alike.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from geohazard_desktop.cartography.new_workspace import new_workspace, workspace_qml
from geohazard_desktop.domain.district import read_district
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

LAYER = "susceptibility_zone"
CLASSES = {"高易发区": "#F7CFC4", "中易发区": "#FBDDB6", "低易发区": "#FFF6C8", "不发育区": "#E8F5E9"}
EAST, NORTH, WIDE, HIGH = 36_380_000.0, 4_366_000.0, 32_000.0, 20_000.0  # metres, in the shape of the window
SAME_SIZE = 10_000  # --same-size: as large as the cells of so many on that ground
VERTICES_A_SIDE = 8
A_STEP = 50_000  # features written at once
RULE = """
[[style.rule]]
label = "{name}"
where = {{ field = "class", equals = "{name}" }}
symbol = [
  {{ kind = "fill", color = "{color}" }},
  {{ kind = "stroke", color = "#555555", width = 0.1 }},
]
"""


def grid(count: int) -> tuple[int, int]:
    """Columns and rows of so many cells in the shape of the window."""
    columns = max(1, round((count * WIDE / HIGH) ** 0.5))
    return columns, -(-count // columns)


def polygons(numbers: np.ndarray, columns: int, cell: tuple[float, float]) -> list[shapely.Polygon]:
    """Cells of a grid whose plane is bent: the bend depends on the place alone, so neighbours share edges."""
    sides = np.linspace(0, 1, VERTICES_A_SIDE, endpoint=False)
    zero, one = np.zeros_like(sides), np.ones_like(sides)
    around = np.concatenate(
        [
            np.column_stack([sides, zero]),
            np.column_stack([one, sides]),
            np.column_stack([1 - sides, one]),
            np.column_stack([zero, 1 - sides]),
        ]
    )
    cells = np.stack(np.divmod(numbers, columns)[::-1], axis=1)
    u, v = np.moveaxis(cells[:, None, :] + around[None, :, :], 2, 0)
    bent_u = u + 0.3 * np.sin(1.7 * v + 0.6 * u) + 0.06 * np.sin(9.1 * v + 4.3 * u)
    bent_v = v + 0.3 * np.sin(1.3 * u - 0.8 * v) + 0.06 * np.cos(8.3 * u - 5.9 * v)
    places = np.stack([EAST + bent_u * cell[0], NORTH + bent_v * cell[1]], axis=2)
    return list(shapely.polygons(places))


def make(count: int, out: Path, *, same_size: bool = False) -> None:
    columns, rows = grid(count)
    sized = grid(SAME_SIZE) if same_size else (columns, rows)
    cell = WIDE / sized[0], HIGH / sized[1]
    names = np.random.default_rng(7).choice(list(CLASSES), count).tolist()
    style = "[style]\ndraw_order = 20\n" + "".join(RULE.format(name=k, color=v) for k, v in CLASSES.items())
    style_row = Feature("style", new_uid(), None, {"table_name": LAYER, "toml": style})
    with new_workspace(out, read_district()) as ws:
        ws.apply(Edit("样式", [inserted(style_row)]))
        for first in range(0, count, A_STEP):
            numbers = np.arange(first, min(first + A_STEP, count))
            zones = zip(polygons(numbers, columns, cell), names[first : first + A_STEP], strict=False)
            edits = [inserted(Feature(LAYER, new_uid(), shape, {"class": name})) for shape, name in zones]
            ws.apply(Edit("图斑", edits))
        ws.store_styles(workspace_qml(ws))
        print(f"{ws.count(LAYER)} polygons of {4 * VERTICES_A_SIDE + 1} vertices")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--same-size", action="store_true")
    chosen = parser.parse_args()
    make(chosen.count, chosen.out, same_size=chosen.same_size)
