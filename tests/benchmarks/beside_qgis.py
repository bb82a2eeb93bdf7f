"""Time this program and QGIS in turn on workspaces made by make_polygons.py; prints medians and ratios.

usage: python beside_qgis.py FOLDER [RUNS] [FIGURE …]      (figures: launch redraws window hands memory sheet)

Each figure comes from a process of its own; the two programs take turns, so that a busy machine is busy for both. The
workspaces are made in FOLDER where they are missing.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
LAYER = "susceptibility_zone"
WIDTH, HEIGHT = 1600, 1000
FIGURES = ("launch", "redraws", "window", "hands", "memory", "sheet")
GROWTH = (10_000, 100_000, 1_000_000)
# Debian's QGIS has its bindings for the system's Python alone.
QGIS_PYTHON = shutil.which("python3", path=os.defpath) or ""
QGIS = shutil.which("qgis")
# As on a user's machine, where Python keeps what it has compiled.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SCREEN = shutil.which("xvfb-run")


def made(folder: Path, count: int, *more: str) -> Path:
    path = folder / f"{count}{''.join(more)}.gpkg"
    if not path.exists():
        print(f"making {path.name}", file=sys.stderr)
        subprocess.run([sys.executable, str(HERE / "make_polygons.py"), str(count), str(path), *more], check=True)
    return path


def printed(command: list[str]) -> object:
    environment = ENVIRONMENT | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, encoding="utf-8")
    return json.loads(done.stdout)


def ours(what: str, file: Path) -> object:
    return printed([sys.executable, str(HERE / "ours.py"), what, str(file)])


def theirs(what: str, file: Path) -> object:
    return printed([QGIS_PYTHON, str(HERE / "theirs.py"), what, str(file), LAYER]) if QGIS else None


def on_screen(what: str, command: list[str], file: Path) -> dict[str, object]:
    """What a window wrote before it ended; {} where it could not start."""
    if not SCREEN:
        return {}
    with tempfile.TemporaryDirectory() as home:
        out = Path(home) / "found.json"
        more = {
            "BENCH_FILE": str(file),
            "BENCH_LAYER": LAYER,
            "BENCH_OUT": str(out),
            "GEOHAZARD_HOME": home,
            "BENCH_START": repr(time.time()),
        }
        more |= {} if command[0] == sys.executable else {"BENCH_WHAT": what}
        screen = [SCREEN, "-a", "-s", f"-screen 0 {WIDTH}x{HEIGHT}x24"]
        try:
            subprocess.run([*screen, *command], env=ENVIRONMENT | more, capture_output=True, check=False, timeout=180)
        except subprocess.TimeoutExpired:
            return {}
        return json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}


def our_window(what: str, file: Path) -> dict[str, object]:
    return on_screen(what, [sys.executable, str(HERE / "ours.py"), what, str(file)], file)


def their_window(what: str, file: Path) -> dict[str, object]:
    if not QGIS:
        return {}
    plain = [QGIS, "--noversioncheck", "--nologo", "--noplugins", "--code", str(HERE / "theirs.py")]
    return on_screen(what, plain, file)


class Table:
    def __init__(self) -> None:
        self._found: dict[str, tuple[list[float], list[float]]] = {}

    def note(self, figure: str, ours: object = None, theirs: object = None) -> None:
        for which, seconds in enumerate((ours, theirs)):
            some = seconds if isinstance(seconds, list) else [seconds]
            self._found.setdefault(figure, ([], []))[which].extend(one for one in some if one is not None)

    def show(self) -> None:
        print(f"{'':38}{'ours':>10}{'QGIS':>10}{'ratio':>8}")
        for figure, both in self._found.items():
            mine, other = (statistics.median(one) if one else None for one in both)
            ratio = f"{mine / other:8.2f}" if mine and other else f"{'–':>8}"
            shown = "".join(f"{one:10.3f}" if one is not None else f"{'–':>10}" for one in (mine, other))
            print(f"{figure:38}{shown}{ratio}")


def figures(folder: Path, runs: int, wanted: tuple[str, ...]) -> Table:
    table = Table()
    # QGIS switches a file to WAL: each program has a copy of its own.
    small, large = made(folder, 10_000), made(folder, 100_000)
    for number in range(runs):
        if "launch" in wanted:
            for name, file in (("10 000", small), ("100 000", large)):
                mine, other = our_window("launch", file), their_window("launch", file)
                table.note(f"launch, {name}", mine.get("launch"), other.get("launch"))
        if "redraws" in wanted:
            mine, other = ours("redraws", large), theirs("redraws", large)
            for share, seconds in mine.items():
                area = f"1/{round(1 / float(share) ** 2)}"
                their = other[share] if other else None
                table.note(f"first redraw, {area} of 100 000", seconds[0], their[0] if their else None)
                table.note(f"redraw, {area} of 100 000", seconds[1:], their[1:] if their else None)
        if "memory" in wanted:
            table.note(
                "memory, MiB", our_window("memory", large).get("memory"), their_window("memory", large).get("memory")
            )
        if "sheet" in wanted:
            table.note("A3 PDF of 10 000", ours("sheet", small), theirs("sheet", small))
        if "window" in wanted:
            for count in GROWTH:
                table.note(f"fixed window, {count} features", ours("window", made(folder, count, "--same-size"))[1:])
        if "hands" in wanted:
            found = our_window("hands", large)
            frames = sorted(found.get("frames", []))
            if frames:
                table.note("event to frame, median", statistics.median(frames))
                table.note("event to frame, 95 %", frames[int(len(frames) * 0.95)])
                table.note("longest stall of the event loop", found["longest"])
        print(f"run {number + 1} of {runs} done", file=sys.stderr)
    return table


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    runs = int(arguments[1]) if len(arguments) > 1 else 3
    wanted = tuple(arguments[2:]) or FIGURES
    unknown = set(wanted) - set(FIGURES)
    if unknown:
        raise SystemExit(f"unknown figures: {', '.join(sorted(unknown))}; there are {', '.join(FIGURES)}")
    figures(folder, runs, wanted).show()


if __name__ == "__main__":
    main(sys.argv[1:])
