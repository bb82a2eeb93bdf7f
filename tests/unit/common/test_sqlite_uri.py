"""A workspace on a share or on a mapped drive opens like any other."""

import sqlite3
from contextlib import closing
from pathlib import Path, PureWindowsPath

import pytest

from geohazard_desktop.common.sqlite_uri import sqlite_uri


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (r"D:\地灾\本局 #1.gpkg", "file:///D:/%E5%9C%B0%E7%81%BE/%E6%9C%AC%E5%B1%80%20%231.gpkg?mode=ro"),
        (r"\\fuwuqi\gongxiang\本局.gpkg", "file:////fuwuqi/gongxiang/%E6%9C%AC%E5%B1%80.gpkg?mode=ro"),
    ],
)
def test_drives_and_shares_of_windows(path, uri):
    assert sqlite_uri(PureWindowsPath(path), "ro") == uri


def test_sqlite_takes_four_slashes_and_refuses_the_host_that_python_writes(tmp_path):
    """A share can't be had in a test; its form can: any absolute path may be written with a slash more."""
    path = tmp_path / "本局 ?#%.gpkg"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE here (x)")
        made.commit()
    share = PureWindowsPath("//" + "/".join(path.parts[1:]))  # \\tmp\…: host and folder are the first two parts
    with pytest.raises(sqlite3.OperationalError, match="authority"):
        sqlite3.connect(share.as_uri(), uri=True)
    with closing(sqlite3.connect(sqlite_uri(share, "ro"), uri=True)) as found:
        assert found.execute("SELECT name FROM sqlite_master").fetchall() == [("here",)]


def test_what_may_not_be_written_is_not(tmp_path: Path):
    path = tmp_path / "本局.gpkg"
    sqlite3.connect(path).close()
    for uri in (sqlite_uri(path, "ro"), sqlite_uri(path, "ro", immutable=True)):
        with (
            closing(sqlite3.connect(uri, uri=True)) as found,
            pytest.raises(sqlite3.OperationalError, match="readonly"),
        ):
            found.execute("CREATE TABLE more (x)")
    with closing(sqlite3.connect(sqlite_uri(path, "rw"), uri=True)) as found:
        found.execute("CREATE TABLE more (x)")
