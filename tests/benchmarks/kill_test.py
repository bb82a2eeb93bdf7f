"""Kill a drawing program at random moments, several hundred times, and see that no finished stroke is lost.

    python tests/benchmarks/kill_test.py --rounds 300

Each round starts a process that draws, changes, deletes and undoes through the workspace and says each step once it is
stored; it is killed (SIGKILL; TerminateProcess on Windows) at a random moment. Then the file must open, be sound, hold
every step that was said, at most one more, whole, and its history must agree with its rows. The next round goes on in
the same file. Exit status 1 and the round's seed where anything is otherwise.
"""

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from shapely import box

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from geohazard_desktop.domain.district import District, Setting
from geohazard_desktop.workspace.edits import change_values, create_feature, delete_features, move_features
from geohazard_desktop.workspace.identity import Identity
from geohazard_desktop.workspace.workspace import Workspace

OFFICER = Identity("甲", "a" * 32)
LAYER = "danger_zone"


def draw(path: Path, seed: int) -> None:
    """What the process does until it is killed: says `ready`, then `<change id> <words>` for each step on disk."""
    chance = random.Random(seed)
    ws = Workspace.open(path, identity=OFFICER)
    print("ready", flush=True)
    while True:
        zones = list(ws.table(LAYER))
        what = chance.choice(("draw", "draw", "move", "rename", "delete", "undo"))
        if what == "undo" and ws.undo_words():
            ws.undo()
        elif what == "draw" or not zones:
            corner = chance.randrange(1, 10_000)
            values = {"id": ws.next_number(LAYER), "name": f"沟 {corner}", "remark": "字" * chance.randrange(2_000)}
            ws.apply(create_feature(ws.definitions, LAYER, box(corner, 0, corner + 50, 70), values))
        else:
            zone = chance.choice(zones)
            if what == "move":
                ws.apply(move_features(ws.definitions, [zone], 1.5, -0.5))
            elif what == "rename":
                ws.apply(change_values(ws.definitions, [zone], {"name": f"名 {time.monotonic_ns()}"}))
            elif what == "delete" and len(zones) > 20:
                ws.apply(delete_features(ws.definitions, [zone]))
        newest = ws.history(1)[0]
        print(newest.change_id, newest.words, flush=True)


def one_round(path: Path, seed: int) -> tuple[int, list[str]]:
    """The number of steps that were said, and what was wrong."""
    chance = random.Random(seed)
    child = subprocess.Popen(
        [sys.executable, __file__, "--draw", str(path), "--seed", str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert child.stdout is not None
    with child.stdout:
        if child.stdout.readline().strip() != "ready":
            return 0, ["the drawing process did not start"]
        time.sleep(chance.random() ** 2 * 0.25)
        child.kill()
        lines = [line.rstrip("\n") for line in child.stdout if line.endswith("\n")]
    child.wait()
    return len(lines), faults(path, lines)


def faults(path: Path, lines: list[str]) -> list[str]:
    """What is wrong with the file after a kill; `lines` are the steps that were said to be stored."""
    found = []
    with Workspace.open(path, identity=OFFICER) as ws:
        steps = {str(one.change_id): one.words for one in ws.history(len(lines) + 50)}
        for line in lines:
            number, words = line.split(" ", 1)
            if steps.get(number) != words:
                found.append(f"step {line} was said and is not there")
        if lines and ws.history(1)[0].change_id - int(lines[-1].split(" ", 1)[0]) > 1:
            found.append("more than one step beyond the last that was said")
        found += ws.verify_history()
        uids = ws.table(LAYER).uids
        if len(set(uids)) != len(uids):
            found.append("a feature stands twice")
        ws.undo_words()
    # Once opened, the one file is whole: a copy without anything beside it says the same.
    alone = Path(shutil.copy(path, path.with_name("副本.gpkg")))
    with closing(sqlite3.connect(alone)) as sql:
        found += [row[0] for row in sql.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
        newest = sql.execute("SELECT max(change_id) FROM change").fetchone()[0]
        if lines and newest < int(lines[-1].split(" ", 1)[0]):
            found.append("a copy of the file lacks a step that was said")
    return found


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=300)
    words.add_argument("--seed", type=int, default=0)
    words.add_argument("--draw", type=Path)
    asked = words.parse_args()
    if asked.draw:
        draw(asked.draw, asked.seed)
        return 0
    facts = {"district.name": "示例区", "district.code": "990101", "district.prefix": "SL", "district.epsg": 4524}
    district = District({key: Setting(key, key, value, "测试") for key, value in facts.items()})
    started = time.monotonic()
    said = idle = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "杀 进程.gpkg"
        Workspace.create(path, district, identity=OFFICER).close()
        for number in range(asked.rounds):
            count, wrong = one_round(path, asked.seed + number)
            said += count
            idle += count == 0
            if wrong:
                print(f"round {number}, seed {asked.seed + number}:", *wrong, sep="\n  ")
                return 1
        size = path.stat().st_size / 1e6
    print(
        f"{asked.rounds} kills, {said} finished steps said, none lost; {idle} rounds were killed before a step; "
        f"file {size:.1f} MB; {time.monotonic() - started:.0f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
