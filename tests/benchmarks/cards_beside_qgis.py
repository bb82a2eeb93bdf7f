"""Two-page household cards, each with its own route map of about 50 polygons, beside QGIS's atlas; prints ms a page.

usage: python cards_beside_qgis.py FOLDER [HOUSEHOLDS [WAY …]]          (ways: volumes files; both where none is named)

The workspace is made in FOLDER where it is missing: villages of 75 buildings and 50 households with a zone, a route and
a shelter each. `volumes` sets many cards in one file, `files` one PDF each. QGIS prints 100 pages of it. Maps
of ours show 49 polygons on average, maps of QGIS 46.
"""

import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
sys.path.insert(0, str(HERE))

EAST, NORTH, APART = 36_380_000.0, 4_366_000.0, 1200.0  # metres
A_VILLAGE = 50
DENOMINATOR = 2600.0  # at which maps of QGIS show as much as ours
HAZARD = "地面塌陷"
KINDS = ("卫生室", "超市", "公交站", "居委会", "树")


def make(path: Path, households: int) -> None:
    from geohazard_desktop.cartography.new_workspace import new_workspace, workspace_qml
    from geohazard_desktop.domain.district import read_district
    from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

    ws = new_workspace(path, read_district("150304"))
    try:
        deltas = []

        def add(layer: str, geometry: object, **values: object) -> str:
            feature = Feature(layer, new_uid(), geometry, values | {"schematic": True})
            deltas.append(inserted(feature))
            return feature.uid

        columns = max(1, math.isqrt(households // A_VILLAGE))
        for village in range(-(-households // A_VILLAGE)):
            row, column = divmod(village, columns)
            first = village * A_VILLAGE
            place(add, EAST + column * APART, NORTH + row * APART, first, min(A_VILLAGE, households - first))
        for at in range(0, len(deltas), 20_000):
            ws.apply(Edit("住户和建筑", deltas[at : at + 20_000]))
        ws.store_styles(workspace_qml(ws))
    finally:
        ws.close()


def place(add: Callable[..., str], x: float, y: float, first: int, households: int) -> None:
    """A village whose south-west corner is (x, y); its households are numbered from `first`."""
    import shapely

    name = f"示例{first // A_VILLAGE + 1}"
    code = f"15030404{first // A_VILLAGE:04d}"
    common = {"name": name, "hazard_type": HAZARD}
    point = add("hazard_point", shapely.Point(x + 60, y + 150), unified_code=code, causes="采矿", **common)
    # Beside the route, so that no way passes through it from outside: such a way is barred, its card has no steps.
    turns = [t / 8 * math.pi for t in range(16)]
    edge = shapely.Polygon([(x + 172 + 60 * math.cos(t), y + 198 + 55 * math.sin(t)) for t in turns])
    zone = add("danger_zone", edge, hazard_point=point, **common)
    shelter = add("shelter", shapely.Point(x + 390, y + 300), name=f"{name}广场", area_m2=900.0, contact="姜示例")
    line = shapely.LineString([(x + 20, y + 130), (x + 240, y + 125), (x + 245, y + 250), (x + 380, y + 300)])
    route = add("evacuation_route", line, number="1", danger_zone=zone, shelter=shelter)
    for number, kind in enumerate(KINDS):
        add("landmark", shapely.Point(x + 90 * number, y + 140 + 25 * number), name=f"{kind}{number}", kind=kind)
    for number in range(A_VILLAGE):
        down, across = divmod(number, 10)
        left, low = x + 38 * across + 3 * down, y + 20 + 62 * down
        for part in range(1 + number % 2):
            west = left + 12 * part
            add("building", shapely.box(west, low, west + 10, low + 11), use="住宅")
        if number >= households:
            continue
        values = {"head": "李示例", "people": 3, "house_type": "砖混平房", "phone": "139 0000 0001"}
        values |= {"id": f"WD-H-{first + number + 1:05d}", "subdistrict": "示例街道", "community": name}
        values |= {"address": f"{name} {number + 1} 号", "evacuation_route": route}
        uid = add("household", shapely.Point(left + 11, low - 4), **values)
        for member in ("李示例", "王示例", "李小例"):
            add("household_member", None, household=uid, name=member, sex="女", birth_year=1950)


def ours(path: Path, way: str) -> dict[str, float]:
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    from geohazard_desktop.publishing.cards.publish import publish_cards
    from geohazard_desktop.workspace.workspace import Workspace

    first: list[float] = []
    start, worked = time.perf_counter(), time.process_time()
    with Workspace.open(path, read_only=True) as ws, tempfile.TemporaryDirectory() as out:
        report = publish_cards(
            ws, Path(out), kind="household", together=way == "volumes",
            progress=lambda done, _total, _words: first.append(time.perf_counter() - start) if done == 1 else None,
        )  # fmt: skip
        size = sum(one.stat().st_size for one in report.files)
    seconds = time.perf_counter() - start
    del application
    helped = resource.getrusage(resource.RUSAGE_CHILDREN)  # the second process that fills cards
    return {
        "pages": report.pages,
        "seconds": seconds,
        "worked": time.process_time() - worked + helped.ru_utime + helped.ru_stime,
        "first": first[0] if first else seconds,
        "mib": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + helped.ru_maxrss) / 1024,  # pages both have, twice
        "bytes": size,
        "problems": len(report.problems),
    }


def main() -> None:
    if sys.argv[1] == "ours":
        print(json.dumps(ours(Path(sys.argv[2]), sys.argv[3])))
        return
    from beside_qgis import ENVIRONMENT, QGIS_PYTHON

    folder = Path(sys.argv[1])
    households = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    path = folder / f"cards-{households}.gpkg"
    if not path.exists():
        make(path, households)
    environment = ENVIRONMENT | {"QT_QPA_PLATFORM": "offscreen"}

    def printed(command: list[str]) -> dict[str, float]:
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8")
        found = json.loads(done.stdout.splitlines()[-1])
        print(found, file=sys.stderr)
        return found

    pages = min(100, households)
    theirs = None
    try:
        theirs = printed([QGIS_PYTHON, str(HERE / "cards_in_qgis.py"), str(path), str(pages), str(DENOMINATOR)])
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"QGIS was not timed: {error}", file=sys.stderr)
    for way in sys.argv[3:] or ["volumes", "files"]:
        found = printed([sys.executable, __file__, "ours", str(path), way])
        page = 1000 * found["seconds"] / found["pages"]
        words = f"{way}: {found['pages']} pages, {page:.1f} ms a page, "
        words += f"{1000 * found['worked'] / found['pages']:.1f} of processor time, "
        words += f"first card after {found['first']:.1f} s, {found['mib']:.0f} MiB"
        if theirs is not None:
            words += f"; QGIS {1000 * theirs['seconds'] / theirs['pages']:.1f} ms; ratio "
            words += f"{page / (1000 * theirs['seconds'] / theirs['pages']):.2f}"
        print(words)


if __name__ == "__main__":  # the second process for cards reads this file again
    main()
