"""Two windows, a full disk, a stick that is pulled: one clear sentence each, and the stroke stays under the pen."""

import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from fresh import fresh_workspace
from hands import Hands, on_disk, until
from office import at
from PySide6.QtCore import Qt
from shapely import Polygon

from geohazard_desktop.common.errors import WorkspaceBusyOrLost
from geohazard_desktop.desktop import files
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.identity import Identity
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window
STROKE = [at(2200, 600), at(3200, 700), at(3100, 1700)]
pulled = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file from being moved")


def begin(hands: Hands) -> None:
    hands.key(Qt.Key.Key_P)
    for place in STROKE:
        hands.click(place)


def finish(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Return)


def still_under_the_pen(hands: Hands) -> bool:
    return hands.window.map.desk.drawing and len(hands.window.map.desk.tool.places) == 3


def test_a_stroke_waits_while_another_program_holds_the_file(hands: Hands, work: Path):
    hands.window.session.workspace._sql.execute("PRAGMA busy_timeout = 20")
    begin(hands)
    other = sqlite3.connect(work, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    finish(hands)
    assert any("正被另一个程序写着" in one for one in hands.bars())
    assert still_under_the_pen(hands)
    other.execute("ROLLBACK")
    other.close()
    hands.window.session.workspace._sql.execute("PRAGMA busy_timeout = 5000")  # the map is read meanwhile
    finish(hands)
    assert len(on_disk(work, "danger_zone")) == 2
    assert not any("正被另一个程序写着" in one for one in hands.bars())


def test_the_second_window_follows_and_the_loser_is_told(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_N)
    with Workspace.open(work, identity=Identity("乙", "b" * 32)) as colleague:
        (zone,) = colleague.table("danger_zone")
        colleague.apply(change_values(colleague.definitions, [zone], {"name": "同事改的"}))
        hands.window._poll.stop()
        edit = change_values(colleague.definitions, [zone], {"name": "我改的"})
        assert not hands.window.session.apply(edit)
        assert any("刚刚被别人改动了" in one for one in hands.bars())
        hands.window.session.poll()
        assert hands.window.form.editor("name").value() == "同事改的"
        begin(hands)
        finish(hands)
        colleague.poll()
        assert colleague.count("danger_zone") == 2


def test_a_full_disk_is_said_and_the_next_try_works(hands: Hands, work: Path):
    sql = hands.window.session.workspace._sql
    begin(hands)
    sql.execute(f"PRAGMA max_page_count = {sql.execute('PRAGMA page_count').fetchone()[0]}")
    ws = hands.window.session.workspace
    with pytest.raises(WorkspaceBusyOrLost, match="磁盘满了"):
        _fill_up(ws)
    before = ws.count("danger_zone")
    finish(hands)
    assert any("磁盘满了" in one for one in hands.bars())
    assert still_under_the_pen(hands)
    hands.key(Qt.Key.Key_Plus)  # the window goes on
    sql.execute("PRAGMA max_page_count = 1000000")
    hands.press("再试一次")
    assert len(on_disk(work, "danger_zone")) == before + 1
    assert not any("磁盘满了" in one for one in hands.bars())


def _fill_up(ws: Workspace) -> None:
    """Draw until there is no room left in the file."""
    for number in range(2000):
        values = {"id": f"SL-W-{number + 100}", "hazard_type": "滑坡"}
        ws.apply(create_feature(ws.definitions, "danger_zone", Polygon(STROKE), values))


@pulled
@pytest.mark.parametrize("same", [True, False], ids=["the very file", "a copy of it"])
def test_a_stick_that_is_pulled_and_put_back(hands: Hands, work: Path, tmp_path: Path, same):
    hands.window.handlers.lost._look.setInterval(20)
    begin(hands)
    away = tmp_path / "拔走.gpkg"
    shutil.move(work, away)
    until(lambda: any("不在原来的位置" in one for one in hands.bars()))
    finish(hands)
    assert still_under_the_pen(hands)
    assert not work.exists()
    if same:
        shutil.move(away, work)
    else:
        shutil.copy(away, work)
    until(lambda: any("回来了" in one for one in hands.bars()))
    assert not any("不在原来的位置" in one for one in hands.bars())
    assert still_under_the_pen(hands)
    finish(hands)
    assert len(on_disk(work, "danger_zone")) == 2
    hands.settle()


@pulled
def test_a_lost_file_is_saved_elsewhere_with_the_stroke(hands: Hands, work: Path, tmp_path: Path, monkeypatch):
    begin(hands)
    work.unlink()
    finish(hands)
    assert any("不在原来的位置" in one for one in hands.bars())
    assert still_under_the_pen(hands)
    target = tmp_path / "另存.gpkg"
    monkeypatch.setattr(files, "ask_save", lambda *_asked: target)
    hands.press("另存到别处…")
    assert len(on_disk(target, "danger_zone")) == 2
    assert "另存.gpkg" in hands.window.windowTitle()
    assert hands.window.session.workspace.undo_words().startswith("画危险区")
    hands.settle()


@pulled
def test_another_file_in_its_place_is_not_taken_for_it(hands: Hands, work: Path, tmp_path: Path, district):
    begin(hands)
    work.unlink()
    fresh_workspace(work, district).close()
    finish(hands)
    assert still_under_the_pen(hands)
    hands.press("再试一次")
    assert any("不是刚才打开的那一个" in one for one in hands.bars())
    assert on_disk(work, "danger_zone") == []
