"""Files that are none, or that someone else holds: one sentence, and the window and the work stay as they were."""

import sqlite3
from pathlib import Path

import pytest
from hands import Hands, on_disk
from office import at
from PySide6.QtCore import Qt

from geohazard_desktop.desktop import preferences

pytestmark = pytest.mark.window


def _no_geopackage(path: Path, _work: Path) -> None:
    path.write_text("不是数据库", encoding="utf-8")


def _newer(path: Path, work: Path) -> None:
    path.write_bytes(work.read_bytes())
    sql = sqlite3.connect(path)
    sql.execute("UPDATE workspace_about SET value = '99' WHERE key = 'format'")
    sql.commit()
    sql.close()


def _cut_short(path: Path, work: Path) -> None:
    path.write_bytes(work.read_bytes()[:20_000])


def _not_there(_path: Path, _work: Path) -> None:
    return None


@pytest.mark.parametrize("make", [_no_geopackage, _newer, _cut_short, _not_there])
def test_a_bad_file_leaves_one_sentence_the_start_page_and_the_file_as_it_was(sit_down, work, tmp_path, make):
    path = tmp_path / "坏文件.gpkg"
    make(path, work)
    before = path.read_bytes() if path.exists() else None
    hands = sit_down()
    assert not hands.window.handlers.files.open_path(path)
    assert len(hands.bars()) == 1
    assert "坏文件.gpkg" in hands.bars()[0]
    assert hands.on_start_page()
    assert (path.read_bytes() if path.exists() else None) == before
    assert preferences.load().recent == []


def test_a_bad_file_leaves_the_open_workspace_open(hands: Hands, work: Path, tmp_path: Path):
    _no_geopackage(tmp_path / "坏文件.gpkg", work)
    assert not hands.window.handlers.files.open_path(tmp_path / "坏文件.gpkg")
    assert hands.window.session.workspace.path == work


def test_a_file_that_another_program_holds_refuses_the_step_and_takes_it_afterwards(hands: Hands, work: Path):
    hands.window.session.workspace._connection.sql.execute("PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(work, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    hands.window.center.run("draw.warning_sign")
    hands.click(at(2500, 1000))
    assert any("另一个程序" in one for one in hands.bars())
    holder.execute("ROLLBACK")
    holder.close()
    hands.click(at(2600, 1100))
    assert len(on_disk(work, "warning_sign")) == 1
    assert not any("另一个程序" in one for one in hands.bars()), "what is no longer so is no longer said"


def test_a_read_only_file_opens_for_looking_and_printing_alone(sit_down, work: Path):
    work.chmod(0o444)
    before = work.read_bytes()
    hands = sit_down()
    hands.open(work)
    assert any("只能看和出图" in one for one in hands.bars())
    hands.key(Qt.Key.Key_P)
    assert hands.window.map.desk.name == "tool.select"
    hands.click(at(1000, 1000))
    assert hands.window.form.editor("name").read_only
    hands.key(Qt.Key.Key_Delete)
    assert hands.window.center.actions["publish.map_internal"].isEnabled()
    assert work.read_bytes() == before
