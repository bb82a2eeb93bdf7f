"""Backups: whole and checked or not there at all, thinned with time, put back without losing what is there now."""

import os
import shutil
import sqlite3
import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from shapely import box

from geohazard_desktop.common.errors import BackupFailed, ExportRefused
from geohazard_desktop.workspace.backup import (
    BEFORE_RESTORE,
    Backup,
    back_up,
    backup_folder,
    backups_of,
    copy_file,
    look_into,
    restore,
    spare,
    thin_out,
)
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.workspace import Workspace


def add(ws: Workspace, name: str) -> None:
    values = {"id": ws.next_number("danger_zone"), "name": name}
    ws.apply(create_feature(ws.definitions, "danger_zone", box(0, 0, 9, 9), values))


def names(path: Path) -> list[str]:
    with Workspace.open(path, read_only=True) as ws:
        return [one.text("name") for one in ws.table("danger_zone")]


def test_a_backup_is_a_workspace_of_its_own(workspace):
    add(workspace, "南沟")
    folder = backup_folder(workspace.path)
    made = back_up(workspace.path, folder)
    assert made.path.parent == workspace.path.parent / "备份"
    assert names(made.path) == ["南沟"]
    assert [one.path for one in backups_of(workspace.path, folder)] == [made.path]
    assert [one.name for one in folder.iterdir()] == [made.path.name]


def test_a_chosen_folder_keeps_two_files_of_one_name_apart(tmp_path):
    one, other = (backup_folder(tmp_path / place / "本局.gpkg", str(tmp_path)) for place in ("甲", "乙"))
    assert one != other
    assert one.parent == other.parent == tmp_path


def test_drawing_goes_on_while_a_backup_is_made(workspace):
    for number in range(30):
        add(workspace, f"沟 {number}" + "长" * 3000)
    done: list[Backup] = []
    worker = threading.Thread(target=lambda: done.append(back_up(workspace.path, backup_folder(workspace.path))))
    worker.start()
    for number in range(10):
        add(workspace, f"新 {number}")
    worker.join()
    assert 30 <= len(names(done[0].path)) <= 40
    assert len(names(workspace.path)) == 40


def test_of_each_day_one_stays_for_a_month(tmp_path):
    today = date(2026, 7, 18)
    noon = datetime(2026, 7, 18, 12)
    made = [noon - timedelta(hours=hours) for hours in range(0, 24 * 40, 3)]
    backups = [Backup(tmp_path / str(when), when, 1) for when in made]
    gone = spare(backups, today)
    kept = [one for one in backups if one not in gone]
    assert sum(one.made_at.date() == today for one in kept) == sum(when.date() == today for when in made)
    days = [one.made_at.date() for one in kept if one.made_at.date() < today]
    assert len(days) == len(set(days)) == 30
    for one in kept:
        if one.made_at.date() < today:
            assert one.made_at == max(when for when in made if when.date() == one.made_at.date())


def test_thinning_leaves_other_files_alone(workspace):
    folder = backup_folder(workspace.path)
    old = back_up(workspace.path, folder)
    ancient = old.path.with_name(f"{workspace.path.stem} 2020-01-02 03-04-05.gpkg")
    shutil.copy(old.path, ancient)
    strangers = [folder / "别的 2020-01-02 03-04-05.gpkg", folder / "说明.txt"]
    for one in strangers:
        one.write_text("", encoding="utf-8")
    assert thin_out(workspace.path, folder) == [ancient]
    assert all(one.exists() for one in (*strangers, old.path))


def test_a_backup_that_can_not_be_written_leaves_nothing_and_says_where(workspace, tmp_path):
    blocked = tmp_path / "不是文件夹"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(BackupFailed, match=r"没有备份成.*不是文件夹"):
        back_up(workspace.path, blocked / "备份")
    away = workspace.path.with_name("不在.gpkg")
    with pytest.raises(BackupFailed, match="不在原来的位置"):
        back_up(away, tmp_path / "备份")
    assert not (tmp_path / "备份").exists()


def test_one_made_within_the_same_second_stays(workspace):
    folder = backup_folder(workspace.path)
    made = [back_up(workspace.path, folder) for _time in range(3)]
    assert {one.path for one in made} == {one.path for one in backups_of(workspace.path, folder)}
    assert len({one.path for one in made}) == 3


def test_no_folder_comes_to_be_for_a_file_whose_stick_was_pulled(tmp_path):
    gone = tmp_path / "盘" / "本局.gpkg"
    with pytest.raises(BackupFailed) as caught:
        back_up(gone, backup_folder(gone))
    assert caught.value.sentence == "本局.gpkg 没有备份成：工作文件不在原来的位置了。"
    assert str(gone.parent) in caught.value.remedy
    assert not gone.parent.exists()


def test_a_copy_replaces_its_target_only_when_it_is_whole(workspace, tmp_path):
    target = tmp_path / "副本.gpkg"
    target.write_text("原来的", encoding="utf-8")
    with pytest.raises(ExportRefused, match=r"副本\.gpkg"):
        copy_file(workspace.path.with_name("不在.gpkg"), target)
    assert target.read_text(encoding="utf-8") == "原来的"
    copy_file(workspace.path, target)
    assert names(target) == []


def test_what_a_backup_holds_is_told_beside_now(workspace):
    add(workspace, "南沟")
    made = back_up(workspace.path, backup_folder(workspace.path))
    add(workspace, "北沟")
    (zone, _other) = workspace.table("danger_zone")
    workspace.apply(change_values(workspace.definitions, [zone], {"name": "南沟下段"}))
    facts = look_into(made, workspace.path)
    assert (facts.steps, facts.since, facts.counts) == (2, 2, (("危险区", 1, 2),))
    assert "画危险区" in facts.last_words
    made.path.write_bytes(made.path.read_bytes()[:9000])
    assert look_into(made, workspace.path).fault


def test_restoring_keeps_what_is_there_now_and_other_windows_follow(workspace):
    folder = backup_folder(workspace.path)
    add(workspace, "南沟")
    made = back_up(workspace.path, folder)
    add(workspace, "北沟")
    with Workspace.open(workspace.path) as other:
        assert other.undo_words()
        list(other.steps())
        kept = restore(workspace.path, made, folder)
        assert other.undo_words() == "画危险区 SL-W-0001"
        other.poll()
        assert other.replaced
        assert other.history(1)[0].words.endswith("的备份恢复")
    assert kept.note == BEFORE_RESTORE
    assert names(workspace.path) == ["南沟"]
    assert names(kept.path) == ["南沟", "北沟"]
    assert {one.note for one in backups_of(workspace.path, folder)} == {"", BEFORE_RESTORE}
    with Workspace.open(workspace.path) as ws:
        add(ws, "又一条")
        assert ws.verify_history() == []


def test_a_broken_backup_is_not_put_back(workspace):
    folder = backup_folder(workspace.path)
    add(workspace, "南沟")
    made = back_up(workspace.path, folder)
    with made.path.open("r+b") as stream:
        stream.seek(4096 * 3)
        stream.write(b"\xff" * 4096 * 4)
    before = workspace.path.read_bytes()
    with pytest.raises(BackupFailed, match="坏了"):
        restore(workspace.path, made, folder)
    assert workspace.path.read_bytes() == before


def test_a_file_that_another_program_keeps_in_wal_becomes_one_file(workspace):
    other = sqlite3.connect(workspace.path)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("UPDATE setting SET value = '甲' WHERE key = 'office.name'")
    other.commit()
    made = back_up(workspace.path, backup_folder(workspace.path))
    other.close()
    with Workspace.open(made.path, read_only=True) as ws:
        assert ws.setting("office.name") == "甲"
        assert not ws.in_wal
    assert [one.name for one in made.path.parent.iterdir()] == [made.path.name]


def test_what_a_killed_process_left_goes_and_what_is_being_written_stays(workspace):
    folder = backup_folder(workspace.path)
    folder.mkdir()
    left, fresh = (folder / f"{workspace.path.stem} {day}.gpkg.part" for day in ("2026-07-01", "2026-07-02"))
    for one in (left, fresh):
        one.write_bytes(b"half")
    os.utime(left, (1_000_000_000, 1_000_000_000))
    made = back_up(workspace.path, folder)
    assert sorted(one.name for one in folder.iterdir()) == sorted([fresh.name, made.path.name])


def test_a_draft_that_is_held_open_keeps_nobody_from_a_backup(workspace, monkeypatch):
    """Windows refuses to delete it."""
    folder = backup_folder(workspace.path)
    folder.mkdir()
    left = folder / f"{workspace.path.stem} 2026-07-01.gpkg.part"
    left.write_bytes(b"half")
    os.utime(left, (1_000_000_000, 1_000_000_000))
    unlink = Path.unlink

    def held(self: Path, missing_ok: bool = False) -> None:
        if self == left:
            raise PermissionError(13, "The process cannot access the file", str(self))
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    assert back_up(workspace.path, folder).path.is_file()
