"""Both programs in turn on the same workspace; prints medians and ratios, judges nothing."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROUNDS = 5
SCREEN = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]


def our_launch(path: Path) -> float:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"BENCH_START": str(time.time()), "GEOHAZARD_HOME": home, "QT_QPA_PLATFORM": "xcb"}
        words = [*SCREEN, sys.executable, str(HERE / "our_side.py"), "launch", str(path)]
        return float(_said(words, environment))


def qgis_launch(path: Path) -> float:
    with tempfile.NamedTemporaryFile() as out:
        environment = os.environ | {
            "BENCH_START": str(time.time()), "BENCH_FILE": str(path), "BENCH_OUT": out.name, "PYTHONPATH": ""
        }  # fmt: skip
        words = ["qgis", "--noversioncheck", "--nologo", "--noplugins", "--code", str(HERE / "qgis_side.py")]
        subprocess.run([*SCREEN, *words], env=environment, capture_output=True, check=False, timeout=180)
        said = Path(out.name).read_text(encoding="utf-8").split()
    # Now and then the virtual screen doesn't come up; such a run is no timing.
    return float(said[0]) if said else qgis_launch(path)


def our_redraw(path: Path) -> float:
    return float(_said([sys.executable, str(HERE / "our_side.py"), "redraw", str(path)], dict(os.environ)))


def qgis_redraw(path: Path) -> float:
    words = ["/usr/bin/python3", str(HERE / "qgis_side.py"), str(path)]
    return float(_said(words, os.environ | {"PYTHONPATH": ""}))


def _said(words: list[str], environment: dict[str, str]) -> str:
    found = subprocess.run(words, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=180)
    if not found.stdout.strip():
        raise SystemExit(f"{words[0]} said nothing: {found.stderr[-2000:]}")
    return found.stdout.split()[-1]


def compare(title, ours, theirs, path, rounds=ROUNDS):
    pairs = [(ours(path), theirs(path)) for _round in range(rounds)]
    us, them = median(one for one, _other in pairs), median(other for _one, other in pairs)
    print(f"{title}: ours {us:.2f} s, QGIS {them:.2f} s, ratio {us / them:.2f}", flush=True)


def main() -> None:
    root = HERE.parents[1]
    sys.path.insert(0, str(root))
    from polygons import make

    with tempfile.TemporaryDirectory() as folder:
        demo, zones = Path(folder) / "demo.gpkg", Path(folder) / "zones.gpkg"
        subprocess.run([sys.executable, str(root / "main.py"), "new", str(demo), "--demo"], check=True)
        compare("launch to the first map, demo", our_launch, qgis_launch, demo)
        make(10_000, zones)
        compare("launch to the first map, 10 000 polygons", our_launch, qgis_launch, zones)
        compare("redraw at full extent, 10 000 polygons", our_redraw, qgis_redraw, zones)
        for count in map(int, sys.argv[1:]):
            make(count, zones)
            compare(f"redraw at full extent, {count} polygons", our_redraw, qgis_redraw, zones, 3)


if __name__ == "__main__":
    main()
