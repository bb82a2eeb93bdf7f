"""A whole file gets to its place although a scanner looks into it for a moment, and says so where somebody keeps it."""

import os
from pathlib import Path

import pytest

from geohazard_desktop.common import moving
from geohazard_desktop.common.moving import move_over, move_to_new


@pytest.fixture
def files(tmp_path) -> tuple[Path, Path]:
    source, target = tmp_path / ".新.part", tmp_path / "图.pdf"
    source.write_bytes(b"new")
    target.write_bytes(b"old")
    return source, target


def hold(monkeypatch, times: int, number: int | None) -> list[float]:
    """Windows refuses so often; answers with the waits."""
    waits: list[float] = []
    replace, left = os.replace, [times]

    def held(source: Path, target: Path) -> None:
        if left[0]:
            left[0] -= 1
            error = PermissionError(13, "Access is denied", str(source))
            if number is not None:
                error.winerror = number
            raise error
        replace(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(moving.time, "sleep", waits.append)
    return waits


@pytest.mark.parametrize("number", [5, 32])
def test_a_scanner_that_looks_into_the_file_is_waited_for(files, monkeypatch, number):
    waits = hold(monkeypatch, 2, number)
    move_over(*files)
    assert files[1].read_bytes() == b"new"
    assert len(waits) == 2


def test_who_keeps_the_file_is_not_waited_for_longer_than_a_second(files, monkeypatch):
    waits = hold(monkeypatch, 1000, 32)
    with pytest.raises(PermissionError):
        move_over(*files)
    assert sum(waits) < 1
    assert [one.read_bytes() for one in files] == [b"new", b"old"]


def test_where_nobody_holds_it_nothing_waits(files, monkeypatch):
    waits = hold(monkeypatch, 1, None)
    with pytest.raises(PermissionError):
        move_over(*files)
    assert waits == []


def test_what_came_meanwhile_is_not_written_over(files):
    with pytest.raises(FileExistsError):
        move_to_new(*files)
    assert files[1].read_bytes() == b"old"
    files[1].unlink()
    move_to_new(*files)
    assert files[1].read_bytes() == b"new"
