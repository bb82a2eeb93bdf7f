"""Make a workspace with N polygons that share wavy edges, as a survey's 图斑 do.

usage: python make_polygons.py N OUT.gpkg

They are 易发区 of the four classes, about 33 vertices each, in a style of plain fills and thin edges that both programs
draw alike; QGIS finds the same style in the file.
"""

import sys
from pathlib import Path

import numpy as np
import shapely

from geohazard_desktop.cartography.new_workspace import new_workspace, workspace_qml
from geohazard_desktop.domain.district import read_district
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

LAYER = "susceptibility_zone"
CLASSES = {"高易发区": "#F7CFC4", "中易发区": "#FBDDB6", "低易发区": "#FFF6C8", "不发育区": "#E8F5E9"}
EAST, NORTH, WIDE, HIGH = 36_380_000.0, 4_366_000.0, 32_000.0, 20_000.0  # metres, in the shape of the window
VERTICES_A_SIDE = 8
RULE = """
[[style.rule]]
label = "{name}"
where = {{ field = "class", equals = "{name}" }}
symbol = [
  {{ kind = "fill", color = "{color}" }},
  {{ kind = "stroke", color = "#555555", width = 0.1 }},
]
"""


def polygons(count: int) -> list[shapely.Polygon]:
    """Cells of a grid whose plane is bent: the bend depends on the place alone, so neighbours share edges."""
    columns = max(1, round((count * WIDE / HIGH) ** 0.5))
    rows = -(-count // columns)
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
    cells = np.stack(np.divmod(np.arange(count), columns)[::-1], axis=1)
    u, v = np.moveaxis(cells[:, None, :] + around[None, :, :], 2, 0)
    bent_u = u + 0.3 * np.sin(1.7 * v + 0.6 * u) + 0.06 * np.sin(9.1 * v + 4.3 * u)
    bent_v = v + 0.3 * np.sin(1.3 * u - 0.8 * v) + 0.06 * np.cos(8.3 * u - 5.9 * v)
    places = np.stack([EAST + bent_u * WIDE / columns, NORTH + bent_v * HIGH / rows], axis=2)
    return list(shapely.polygons(places))


def main(count: int, out: Path) -> None:
    names = np.random.default_rng(7).choice(list(CLASSES), count).tolist()
    style = "[style]\ndraw_order = 20\n" + "".join(RULE.format(name=k, color=v) for k, v in CLASSES.items())
    style_row = Feature("style", new_uid(), None, {"table_name": LAYER, "toml": style})
    with new_workspace(out, read_district()) as ws:
        ws.apply(Edit("样式", [inserted(style_row)]))
        zones = zip(polygons(count), names, strict=True)
        ws.apply(Edit("图斑", [inserted(Feature(LAYER, new_uid(), shape, {"class": name})) for shape, name in zones]))
        ws.store_styles(workspace_qml(ws))
        print(f"{ws.count(LAYER)} polygons of {4 * VERTICES_A_SIDE + 1} vertices")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
