"""意见: pinned and answered as steps that can be undone; an older file takes the layer with the first pin."""

import sqlite3
from datetime import date, datetime

import pytest
from fresh import fresh_workspace
from shapely import Point, box

from geohazard_desktop.common.errors import EditRefused, WorkspaceReadOnly
from geohazard_desktop.workspace.edits.objections import (
    AREAS,
    DECLINED,
    OBJECTIONS,
    TAKEN,
    answer_objection,
    pin_objection,
)
from geohazard_desktop.workspace.later_layers import add_layers
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
SAID = datetime(2026, 7, 1, 9, 30)


def pinned(ws: Workspace, **more):
    edit = pin_objection(
        ws.definitions, ws.next_number(OBJECTIONS), Point(E, N), " 沟改道了 ", role="居民", said_at=SAID, **more
    )
    ws.apply(edit)
    return edit


def test_a_pin_with_its_outline_is_one_step(workspace):
    edit = pinned(workspace, area=box(E, N, E + 50, N + 50), street="西街道")
    assert edit.words == "记下意见 SL-Y-0001"
    (one,) = workspace.table(OBJECTIONS)
    assert (one.text("text"), one.text("role"), one.text("status")) == ("沟改道了", "居民", "待核")
    assert one["speaker"] is None
    assert [area.text("objection") for area in workspace.table(AREAS)] == [one.uid]
    workspace.undo()
    assert workspace.count(OBJECTIONS) == workspace.count(AREAS) == 0


def test_without_words_nothing_is_pinned(workspace):
    with pytest.raises(EditRefused, match="还没有写内容"):
        pin_objection(workspace.definitions, "1", Point(E, N), "  ", said_at=SAID)


def test_who_is_declined_is_told_why(workspace):
    pinned(workspace)
    (one,) = workspace.table(OBJECTIONS)
    with pytest.raises(EditRefused, match="不采纳要写明理由"):
        answer_objection(workspace.definitions, [one], DECLINED, " ", date(2026, 7, 2))
    workspace.apply(answer_objection(workspace.definitions, [one], TAKEN, "", date(2026, 7, 2)))
    (one,) = workspace.table(OBJECTIONS)
    assert (one.text("status"), one.text("decided_on")) == (TAKEN, "2026-07-02")
    assert workspace.history(1)[0].words == "意见 SL-Y-0001：已采纳"


@pytest.fixture
def older(tmp_path, district):
    """A file of a version that knew no objections."""
    path = tmp_path / "旧 工作区.gpkg"
    fresh_workspace(path, district).close()
    sql = sqlite3.connect(path)
    for table in (OBJECTIONS, AREAS):
        for (name,) in sql.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
        ).fetchall():
            sql.execute(f'DROP TRIGGER "{name}"')
        sql.execute(f"DROP TABLE {table}")
        sql.execute(f"DROP TABLE rtree_{table}_geom")
        for registry in ("gpkg_geometry_columns", "gpkg_data_columns", "gpkg_extensions", "gpkg_contents"):
            sql.execute(f"DELETE FROM {registry} WHERE table_name = ?", (table,))
        sql.execute("DELETE FROM gpkg_data_column_constraints WHERE constraint_name LIKE ?", (f"{table}%",))
        sql.execute("DELETE FROM layer_definition WHERE table_name = ?", (table,))
    sql.commit()
    sql.close()
    return path


def test_an_older_file_takes_the_layers_when_the_first_pin_comes(older):
    with Workspace.open(older) as ws:
        assert OBJECTIONS not in ws.definitions
        assert add_layers(ws, (OBJECTIONS, AREAS))
        assert not add_layers(ws, (OBJECTIONS, AREAS))
        pinned(ws)
        assert list(ws.definitions).index(OBJECTIONS) < list(ws.definitions).index("hazard_point")
    with Workspace.open(older) as ws:
        assert ws.notices == []
        assert ws.count(OBJECTIONS) == 1
        ws.undo()
        assert ws.count(OBJECTIONS) == 0


def test_a_file_that_may_not_be_written_takes_none(older):
    with Workspace.open(older, read_only=True) as ws, pytest.raises(WorkspaceReadOnly, match="不能加图层"):
        add_layers(ws, (OBJECTIONS,))
