"""A SQLite that lacks what a workspace rests on is said before a file is touched."""

import pytest

from geohazard_desktop.common import sqlite_fitness
from geohazard_desktop.common.errors import SystemUnfit
from geohazard_desktop.workspace.workspace import Workspace


@pytest.fixture
def poor(monkeypatch):
    """A SQLite that somebody built without R-trees."""
    needs = dict(sqlite_fitness._NEEDS)
    first = next(iter(needs))
    needs[first] = needs[first].replace("rtree", "no_such_tree")
    monkeypatch.setattr(sqlite_fitness, "_NEEDS", needs)
    sqlite_fitness.refuse_unfit_sqlite.cache_clear()
    yield
    sqlite_fitness.refuse_unfit_sqlite.cache_clear()


def test_ours_has_everything():
    assert sqlite_fitness.lacking() == ()


def test_what_is_lacking_is_named_and_no_file_is_touched(workspace, district, tmp_path, poor):
    before = workspace.path.read_bytes()
    for _time in range(2):
        with pytest.raises(SystemUnfit, match=r"没有空间索引（R-tree）.*SQLite 3\.25 以上"):
            Workspace.open(workspace.path)
    with pytest.raises(SystemUnfit):
        Workspace.create(tmp_path / "新.gpkg", district)
    assert workspace.path.read_bytes() == before
    assert [one.name for one in tmp_path.glob("*.gpkg*")] == [workspace.path.name]
