"""What QGIS does to the file beside us: rows without numbers, rows we would refuse, a file left in WAL."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import shapely

from geohazard_desktop.workspace import blob
from geohazard_desktop.workspace.edits import change_values, delete_features
from geohazard_desktop.workspace.workspace import Workspace


def add_zone(path: Path, name: str, **values: object) -> None:
    """A danger zone as another program adds it: no uid, no id."""
    columns = {"geom": blob.encode(shapely.MultiPolygon([shapely.box(0, 0, 9, 9)]), 4524), "name": name, **values}
    with closing(sqlite3.connect(path)) as sql:
        blob.register(sql)  # the R-tree's functions, which every GeoPackage program has
        marks = ", ".join("?" * len(columns))
        sql.execute(f"INSERT INTO danger_zone ({', '.join(columns)}) VALUES ({marks})", list(columns.values()))
        sql.commit()


def mode(path: Path) -> str:
    with closing(sqlite3.connect(path)) as sql:
        return str(sql.execute("PRAGMA journal_mode").fetchone()[0])


def numbers(ws: Workspace) -> list[str]:
    return [one.text("id") for one in ws.table("danger_zone")]


def test_rows_added_while_the_file_was_closed_get_numbers_at_the_first_look(workspace):
    workspace.close()
    add_zone(workspace.path, "甲")
    add_zone(workspace.path, "乙")
    before = workspace.path.read_bytes()
    with Workspace.open(workspace.path) as ws:
        assert numbers(ws) == ["", ""]
        assert workspace.path.read_bytes() == before
        ws.poll()
        assert numbers(ws) == ["SL-W-0001", "SL-W-0002"]
        assert [one.actor == "其他程序" for one in ws.history()[:2]] == [False, True]
        assert ws.undo_words() is None  # numbering is nobody's step to take back
        entries = len(ws.history())
        ws.poll()
        assert len(ws.history()) == entries


def test_a_number_that_was_deleted_is_not_given_to_what_another_program_adds(workspace):
    add_zone(workspace.path, "甲")
    workspace.poll()
    workspace.apply(delete_features(workspace.definitions, list(workspace.table("danger_zone"))))
    add_zone(workspace.path, "乙")
    workspace.poll()
    assert numbers(workspace) == ["SL-W-0002"]


def test_the_listener_hears_of_the_row_first_and_then_of_its_number(workspace):
    heard = []
    workspace.subscribe(lambda deltas: heard.extend((one.before is None, one.after.text("id")) for one in deltas))
    add_zone(workspace.path, "甲")
    workspace.poll()
    assert heard == [(True, ""), (False, "SL-W-0001")]


def test_a_row_that_we_would_refuse_is_numbered_as_it_is(workspace):
    add_zone(workspace.path, "甲", must_move_people="许多")
    add_zone(workspace.path, "乙")
    workspace.poll()
    assert numbers(workspace) == ["SL-W-0001", "SL-W-0002"]
    assert workspace.find("danger_zone", "name", "甲")[0]["must_move_people"] == "许多"


def test_who_only_looks_numbers_nothing(workspace):
    add_zone(workspace.path, "甲")
    with Workspace.open(workspace.path, read_only=True) as ws:
        ws.poll()
        assert numbers(ws) == [""]


def test_numbers_wait_while_the_other_program_writes(workspace, monkeypatch):
    monkeypatch.setattr("geohazard_desktop.workspace.connection.BUSY_MILLISECONDS", 20)
    add_zone(workspace.path, "甲")
    with Workspace.open(workspace.path) as ws, closing(sqlite3.connect(workspace.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ws.poll()
        assert numbers(ws) == [""]
        other.execute("ROLLBACK")
        add_zone(workspace.path, "乙")
        ws.poll()
        assert sorted(numbers(ws)) == ["SL-W-0001", "SL-W-0002"]


def test_a_step_over_the_turn_of_the_minute_is_one_step_and_a_later_one_another(workspace):
    times = ["2030-01-01T00:00:58.000Z", "2030-01-01T00:01:01.000Z", "2030-01-01T00:01:40.000Z"]
    with closing(sqlite3.connect(workspace.path)) as sql:
        for number, when in enumerate(times):
            words = ("danger_zone", f"uid{number}", "I", when)
            sql.execute("INSERT INTO journal (layer, uid, operation, made_at) VALUES (?, ?, ?, ?)", words)
        sql.commit()
    assert [one.features for one in workspace.history() if one.kind == "foreign"] == [1, 2]


@pytest.mark.parametrize("look", ["write", "poll", "close"])
def test_a_file_left_in_wal_goes_back_to_the_rollback_journal(workspace, look):
    with closing(sqlite3.connect(workspace.path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT count(*) FROM danger_zone").fetchone()
        add_zone(workspace.path, "甲")
        workspace.poll()
        assert mode(workspace.path) == "wal"  # not while the other program has it open
    if look == "write":
        (zone,) = workspace.table("danger_zone")
        workspace.apply(change_values(workspace.definitions, [zone], {"remark": "看过"}))
    elif look == "poll":
        workspace.poll()
    else:
        workspace.close()
    assert mode(workspace.path) == "delete"
    assert not workspace.path.with_name(workspace.path.name + "-wal").exists()


def test_what_stands_in_wal_is_read_where_no_file_can_be_made(workspace, monkeypatch):
    """A stick's read-only folder: SQLite can't make its two files beside the workspace."""
    workspace.close()
    with closing(sqlite3.connect(workspace.path)) as sql:
        sql.execute("PRAGMA journal_mode = WAL")
    before = workspace.path.read_bytes()
    connect = sqlite3.connect

    class Refusing(sqlite3.Connection):
        def execute(self, *words):
            if words[0] == "PRAGMA schema_version":
                error = sqlite3.OperationalError("unable to open database file")
                error.sqlite_errorname = "SQLITE_CANTOPEN"
                raise error
            return super().execute(*words)

    def refusing(name, **words):
        return connect(name, factory=sqlite3.Connection if "immutable" in name else Refusing, **words)

    monkeypatch.setattr("geohazard_desktop.workspace.connection.sqlite3.connect", refusing)
    with Workspace.open(workspace.path, read_only=True) as ws:
        assert ws.setting("district.prefix") == "SL"
    assert workspace.path.read_bytes() == before
