"""QGIS's styles in the file follow the workspace's own ones: changes, undo, other windows, and files that were busy."""

import copy
import sqlite3

from fresh import fresh_workspace

from geohazard_desktop.cartography.new_workspace import workspace_qml
from geohazard_desktop.cartography.qgis_styles import QgisStyles
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.workspace import connection
from geohazard_desktop.workspace.edits import change_style, create_feature, reset_style
from geohazard_desktop.workspace.workspace import Workspace

OLD, NEW = "215,0,15,255", "18,52,86,255"


def blue(ws):
    mapping = copy.deepcopy(dict(ws.definitions["danger_zone"].style))
    mapping["rule"][0]["symbol"][2]["color"] = "#123456"
    return mapping


def qml(path, layer="danger_zone"):
    """What QGIS would read from the file at this moment."""
    with sqlite3.connect(path) as sql:
        rows = sql.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = ?", (layer,)).fetchall()
    assert len(rows) == 1, "one style a layer"
    return rows[0][0]


def office(tmp_path, district):
    return fresh_workspace(tmp_path / "本局.gpkg", district, styles_for_qgis=True)


def test_a_change_its_undo_and_its_redo_reach_qgis(tmp_path, district):
    with office(tmp_path, district) as ws:
        QgisStyles(ws)
        before, road = qml(ws.path), qml(ws.path, "road")
        ws.apply(change_style(ws, "danger_zone", blue(ws)))
        assert NEW in qml(ws.path)
        ws.undo()
        assert qml(ws.path) == before
        ws.redo()
        assert NEW in qml(ws.path)
        ws.apply(reset_style(ws, "danger_zone"))
        assert qml(ws.path) == before
        assert qml(ws.path, "road") == road


def test_the_session_owns_the_listener(tmp_path, district):
    session = Session()
    session.take(office(tmp_path, district))
    path = session.workspace.path
    assert session.apply(change_style(session.workspace, "danger_zone", blue(session.workspace)))
    assert NEW in qml(path)
    assert session.undo()
    assert NEW not in qml(path)
    session.close()


def test_what_another_window_changed_is_followed(tmp_path, district):
    """The other window may be an older program that knows nothing of QGIS's styles."""
    with office(tmp_path, district) as ws, Workspace.open(ws.path) as other:
        QgisStyles(ws)
        ws.poll()
        other.apply(change_style(other, "danger_zone", blue(other)))
        assert NEW not in qml(ws.path)
        ws.poll()
        assert NEW in qml(ws.path)


def test_opening_changes_nothing_and_the_first_step_catches_up(tmp_path, district):
    with office(tmp_path, district) as ws:
        ws.apply(change_style(ws, "danger_zone", blue(ws)))
        path = ws.path
    size = path.read_bytes()
    with Workspace.open(path) as ws:
        follower = QgisStyles(ws)
        ws.poll()
        follower.close()
    assert path.read_bytes() == size
    with Workspace.open(path) as ws:
        QgisStyles(ws)
        ws.apply(create_feature(ws.definitions, "person", None, {"name": "测试"}))
    assert NEW in qml(path)


def test_a_layer_set_back_while_nobody_followed_is_found_too(tmp_path, district):
    with office(tmp_path, district) as ws:
        follower = QgisStyles(ws)
        ws.apply(change_style(ws, "danger_zone", blue(ws)))
        follower.close()
        ws.apply(reset_style(ws, "danger_zone"))
        assert NEW in qml(ws.path)
        QgisStyles(ws)
        ws.apply(create_feature(ws.definitions, "person", None, {"name": "测试"}))
        assert qml(ws.path) == workspace_qml(ws)["danger_zone"]


def test_a_read_only_file_is_left_alone(tmp_path, district):
    with office(tmp_path, district) as ws:
        ws.apply(change_style(ws, "danger_zone", blue(ws)))
        path = ws.path
    with Workspace.open(path, read_only=True) as ws:
        follower = QgisStyles(ws)
        follower.refresh()
        follower.close()
    assert NEW not in qml(path)


def test_a_busy_file_fails_nothing_and_the_next_step_is_the_next_chance(tmp_path, district, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 50)
    with office(tmp_path, district) as ws:
        follower = QgisStyles(ws)
        busy = sqlite3.connect(ws.path, isolation_level=None)

        def held(_deltas):
            busy.execute("BEGIN IMMEDIATE")

        follower.close()
        free = ws.subscribe(held)  # another program takes the file right after our step
        follower = QgisStyles(ws)
        ws.apply(change_style(ws, "danger_zone", blue(ws)))
        assert ws.style("danger_zone") == blue(ws)
        free()
        busy.execute("COMMIT")
        busy.close()
        assert NEW not in qml(ws.path)
        ws.apply(create_feature(ws.definitions, "person", None, {"name": "测试"}))
        assert NEW in qml(ws.path)


def test_a_style_that_cant_be_read_leaves_qgis_the_default(tmp_path, district):
    with office(tmp_path, district) as ws:
        QgisStyles(ws)
        before = qml(ws.path)
        edit = change_style(ws, "danger_zone", blue(ws) | {"draw_order": "vorn"})
        ws.apply(edit)
        assert qml(ws.path).startswith(before.rstrip())
