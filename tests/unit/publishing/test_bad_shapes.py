"""Another program has left shapes that are none: each sheet, card and page still comes, and says what it leaves out."""

import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from shapely import GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.checks.run import check
from geohazard_desktop.publishing.cards.publish import publish_cards
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheets.products import publish_map
from geohazard_desktop.publishing.web.page import publish_web
from geohazard_desktop.workspace import blob
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_387_000.0, 4_376_000.0


def shapes() -> list[BaseGeometry | None]:
    """What was met in files of other programs, and what could be."""
    bow = Polygon([(E, N), (E + 500, N + 500), (E + 500, N), (E, N + 500)])
    return [
        MultiPolygon([bow]),
        MultiPolygon([Polygon([(E, N), (E + 500, N), (E, N)])]),
        MultiLineString([[(E, N), (E, float("nan"))]]),
        MultiPoint([(E, float("inf"))]),
        MultiPolygon([Polygon([(E, N), (1e300, N), (E, 1e300)])]),
        MultiLineString([[(E, N), (1e12, 1e12)]]),
        MultiLineString([[(106.7, 39.5), (106.8, 39.6)]]),
        MultiPolygon(),
        None,
        GeometryCollection([bow, LineString([(E, N), (E + 900, N)])]),
    ]


def spoiled(path: Path, layer: str) -> int:
    """Overwrite the shapes of a layer's first features as a program without our checks does; how many."""
    connection = sqlite3.connect(path)
    blob.register(connection)
    fids = [row[0] for row in connection.execute(f"SELECT fid FROM {layer} ORDER BY fid")]
    for fid, shape in zip(fids, shapes(), strict=False):
        stored = None
        if shape is not None:
            flags = 0b0001_0001 if shape.is_empty else 0b0000_0001
            stored = struct.pack("<2sBBi", b"GP", 0, flags, 4524) + shapely.to_wkb(shape, byte_order=1)
        connection.execute(f"UPDATE {layer} SET geom = ? WHERE fid = ?", (stored, fid))
    connection.commit()
    connection.close()
    return min(len(fids), len(shapes()))


LAYERS = [
    *("danger_zone", "evacuation_route", "shelter", "hazard_point", "household", "susceptibility_zone", "river"),
    *("river_corridor", "subsidence_area", "open_pit", "road", "building", "key_area", "settlement", "water"),
    "landmark",
]


@pytest.fixture
def bad(demo_path: Path) -> Path:
    assert sum(spoiled(demo_path, layer) for layer in LAYERS) > 100
    return demo_path


@pytest.mark.parametrize(
    "publish",
    [
        lambda ws, folder: publish_map(ws, folder / "图.pdf"),
        lambda ws, folder: publish_map(ws, folder / "图.pdf", profile="public"),
        lambda ws, folder: publish_web(ws, folder / "图.html"),
        lambda ws, folder: publish_web(ws, folder / "图.html", profile="public"),
        lambda ws, folder: publish_cards(ws, folder, uids=_first_of(ws, "hazard_point") | _first_of(ws, "household")),
    ],
    ids=["internal", "public", "web", "web public", "cards"],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_it_comes_and_says_what_is_left_out(
    bad: Path, tmp_path: Path, publish: Callable[[Workspace, Path], PublishReport]
):
    with Workspace.open(bad, read_only=True) as ws:
        report = publish(ws, tmp_path)
    assert report.files
    assert all(one.stat().st_size > 10_000 for one in report.files)
    assert report.problems
    assert not any("Traceback" in one or "nan" in one for one in report.problems)


def _first_of(ws: Workspace, layer: str) -> set[str]:
    return set(ws.table(layer).uids[:12])


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_the_checks_name_them(bad: Path):
    with Workspace.open(bad, read_only=True) as ws:
        findings = check(ws)
    told = {one.layer: one.sentence for one in findings if one.rule == "geometry"}
    assert set(told) >= set(LAYERS) - {"household"}
    assert any("坐标不是数" in one.sentence for one in findings)
