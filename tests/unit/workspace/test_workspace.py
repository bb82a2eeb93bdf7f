"""The workspace file: whole at every moment, its journal written by triggers, undo that holds across restarts."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
import shapely
from fresh import fresh_workspace
from shapely import Point, Polygon

from geohazard_desktop.common.errors import (
    EditRefused,
    FileExists,
    NotAWorkspace,
    UndoRefused,
    WorkspaceBusyOrLost,
    WorkspaceLocked,
    WorkspaceReadOnly,
    WorkspaceTooNew,
)
from geohazard_desktop.workspace import blob
from geohazard_desktop.workspace.edits import create_feature, move_features
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, changed, deleted, inserted, new_uid
from geohazard_desktop.workspace.identity import Identity
from geohazard_desktop.workspace.workspace import Workspace

OFFICER = Identity("甲", "a" * 32)
COLLEAGUE = Identity("乙", "b" * 32)


@pytest.fixture
def path(tmp_path, district) -> Path:
    place = tmp_path / "工作 文件.gpkg"
    fresh_workspace(place, district, identity=OFFICER).close()
    return place


@pytest.fixture
def ws(path):
    with Workspace.open(path, identity=OFFICER) as found:
        yield found


def zone(number: str = "", east: float = 500_000.0, north: float = 4_370_000.0, **values) -> Feature:
    ring = [(east, north), (east + 100, north), (east + 100 / 3, north + 0.1 + 0.2), (east, north + 80)]
    values = {"id": number, "name": f"示例{number}", "hazard_type": "滑坡", **values}
    return Feature("danger_zone", new_uid(), Polygon(ring), values)


def draw(ws: Workspace, feature: Feature) -> Feature:
    ws.apply(Edit(f"划定危险区 {feature.text('id')}", [inserted(feature)]))
    stored = ws.feature(feature.layer, feature.uid)
    assert stored is not None
    return stored


def test_what_is_applied_is_there_after_a_restart(path):
    with Workspace.open(path, identity=OFFICER) as ws:
        stored = draw(ws, zone("WD-W-0001"))
    with Workspace.open(path, identity=OFFICER) as again:
        found = again.feature("danger_zone", stored.uid)
        assert found.same_as(stored)
        assert found["state"] == "拟划"  # the definition's default
        assert found.geometry.geom_type == "MultiPolygon"


def test_one_change_row_a_step(ws):
    draw(ws, zone("1"))
    two = [zone("2"), zone("3")]
    ws.apply(Edit("划定 2 个危险区", [inserted(one) for one in two]))
    sql = sqlite3.connect(ws.path)
    assert sql.execute("SELECT count(*) FROM change").fetchone() == (3,)  # and 新建
    assert sql.execute("SELECT count(*) FROM journal WHERE layer = 'danger_zone'").fetchone() == (3,)
    sql.close()
    newest = ws.history()[0]
    assert (newest.words, newest.actor, newest.features) == ("划定 2 个危险区", "甲", 2)


def test_undo_and_redo_across_a_restart_give_back_the_very_coordinates(path):
    with Workspace.open(path, identity=OFFICER) as ws:
        first = draw(ws, zone("1", potential_loss_wan=0.1 + 0.2))
        moved = first.with_geometry(shapely.affinity.translate(first.geometry, 1 / 3, -1 / 7))
        ws.apply(Edit("移动危险区 1", [changed(first, moved)]))
        ws.apply(Edit("删除危险区 1", [deleted(ws.feature("danger_zone", first.uid))]))
    with Workspace.open(path, identity=OFFICER) as ws:
        assert ws.undo_words() == "删除危险区 1"
        ws.undo()
        assert ws.feature("danger_zone", first.uid).geometry.equals_exact(moved.geometry, 0.0)
        assert ws.undo_words() == "移动危险区 1"
        ws.undo()
        assert ws.feature("danger_zone", first.uid).same_as(first)
    with Workspace.open(path, identity=OFFICER) as ws:
        assert ws.redo_words() == "移动危险区 1"
        ws.redo()
        ws.redo()
        assert ws.feature("danger_zone", first.uid) is None
        with pytest.raises(UndoRefused):
            ws.redo()


def test_a_new_step_ends_redo(ws):
    draw(ws, zone("1"))
    ws.undo()
    draw(ws, zone("2"))
    assert ws.redo_words() is None


def test_undo_is_refused_where_a_colleague_changed_the_feature_since(path):
    with Workspace.open(path, identity=OFFICER) as mine, Workspace.open(path, identity=COLLEAGUE) as theirs:
        stored = draw(mine, zone("WD-W-0001"))
        seen = theirs.feature("danger_zone", stored.uid)
        theirs.apply(Edit("改名", [changed(seen, seen.with_values(name="新名"))]))
        with pytest.raises(UndoRefused, match=r"WD-W-0001.*乙"):
            mine.undo()
        assert mine.feature("danger_zone", stored.uid)["name"] == "新名"


def test_a_colleague_undoes_only_their_own_steps(path):
    with Workspace.open(path, identity=OFFICER) as mine, Workspace.open(path, identity=COLLEAGUE) as theirs:
        draw(mine, zone("1"))
        assert theirs.undo_words() is None
        draw(theirs, zone("2"))
        mine.undo()
        assert [one["id"] for one in mine.table("danger_zone")] == ["2"]


def test_undo_takes_back_only_the_steps_of_its_own_window_until_a_restart(path):
    """Two windows of one user: the same installation, one file."""
    with Workspace.open(path, identity=OFFICER) as first:
        draw(first, zone("1"))
        with Workspace.open(path, identity=OFFICER) as second:
            second.beside_another()
            assert second.undo_words() is None, "what the first did is the first's"
            draw(second, zone("2"))
            first.undo()
            assert [one["id"] for one in second.table("danger_zone")] == ["2"]
            first.redo()
            second.undo()
            assert [one["id"] for one in first.table("danger_zone")] == ["1"]
            second.redo()
            assert (first.undo_words(), second.undo_words()) == ("划定危险区 1", "划定危险区 2")
    with Workspace.open(path, identity=OFFICER) as again:
        again.undo()
        assert [one["id"] for one in again.table("danger_zone")] == ["1"]
        again.undo()
        assert (again.count("danger_zone"), again.undo_words()) == (0, None)


def test_an_edit_on_a_stale_feature_is_refused(path):
    with Workspace.open(path, identity=OFFICER) as mine, Workspace.open(path, identity=COLLEAGUE) as theirs:
        stored = draw(mine, zone("1"))
        theirs.apply(Edit("改名", [changed(stored, stored.with_values(name="乙改的"))]))
        with pytest.raises(EditRefused, match="别人"):
            mine.apply(Edit("改名", [changed(stored, stored.with_values(name="甲改的"))]))
        assert mine.feature("danger_zone", stored.uid)["name"] == "乙改的"


def test_another_window_is_told(path):
    with Workspace.open(path, identity=OFFICER) as mine, Workspace.open(path, identity=COLLEAGUE) as theirs:
        told: list[Delta] = []
        theirs.subscribe(told.extend)
        stored = draw(mine, zone("1"))
        assert theirs.poll()
        assert [(one.uid, one.before, one.after.same_as(stored)) for one in told] == [(stored.uid, None, True)]
        assert not theirs.poll()


def test_an_edit_all_or_nothing(ws):
    good, bad = zone("1"), zone("2", must_move_people="很多")
    with pytest.raises(EditRefused, match="需转移人数"):
        ws.apply(Edit("划定", [inserted(good), inserted(bad)]))
    assert ws.count("danger_zone") == 0
    assert [one.words for one in ws.history()] == ["新建工作文件"]


def test_wrong_geometry_is_refused_with_the_features_name(ws):
    with pytest.raises(EditRefused, match=r"示例WD-W-0009 WD-W-0009.*面"):
        ws.apply(Edit("划定", [inserted(zone("WD-W-0009").with_geometry(Point(1, 2)))]))


def test_registers_take_rows_and_keep_them(ws):
    entry = Feature("zone_event", new_uid(), None, {})
    ws.apply(Edit("登记", [inserted(entry)]))
    stored = ws.feature("zone_event", entry.uid)
    with pytest.raises(EditRefused, match="只增不减"):
        ws.apply(Edit("删登记", [deleted(stored)]))
    assert ws.undo_words() is None
    other = sqlite3.connect(ws.path)
    for statement in ("DELETE FROM zone_event", "UPDATE zone_event SET remark = 'x'", "DELETE FROM journal"):
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(statement)
    other.close()


def test_numbers_are_never_given_twice(ws):
    assert ws.next_number("danger_zone").endswith("-W-0001")
    stored = draw(ws, zone(ws.next_number("danger_zone")))
    ws.apply(Edit("删除", [deleted(stored)]))
    assert ws.next_numbers("danger_zone", 2)[1].endswith("-W-0003")


def foreign_connection(path: Path) -> sqlite3.Connection:
    """Another program on the same file: R-tree functions as every GeoPackage program has them, nothing of ours."""
    sql = sqlite3.connect(path)
    blob.register(sql)
    return sql


def test_what_another_program_writes_joins_the_history_and_gets_a_number(ws):
    own = draw(ws, zone("WD-W-0001"))
    sql = foreign_connection(ws.path)
    shape = blob.encode(shapely.MultiPolygon([zone().geometry]), ws.epsg)
    sql.execute("INSERT INTO danger_zone (geom, name, hazard_type) VALUES (?, '外来甲', '崩塌')", (shape,))
    # a copy in QGIS carries the uid of the original along
    sql.execute("INSERT INTO danger_zone (geom, uid, name) VALUES (?, ?, '外来乙')", (shape, own.uid))
    sql.execute("UPDATE danger_zone SET name = '改过' WHERE id = 'WD-W-0001'")
    sql.commit()
    sql.close()
    told = ws.poll()
    assert {one.after["name"] for one in told} == {"外来甲", "外来乙", "改过"}
    assert len({one.uid for one in told}) == 3
    assert "编号" in ws.history()[0].words
    assert ws.history()[1].actor == "其他程序"
    numbers = [one.text("id") for one in ws.table("danger_zone")]
    assert len(set(numbers)) == 3
    assert all(numbers)
    with pytest.raises(UndoRefused, match="其他程序"):
        ws.undo()


def test_a_number_given_to_a_row_later_stands_in_no_undos_way(ws):
    own = draw(ws, zone("").with_values(id=None))
    ws.apply(move_features(ws.definitions, [own], 10.0, 0.0))
    assert ws.number_rows() == 1
    ws.undo()
    (one,) = ws.table("danger_zone")
    assert one.text("id")
    assert one.geometry.equals(own.geometry)
    ws.undo()
    assert ws.count("danger_zone") == 0
    ws.redo()
    ws.redo()
    (again,) = ws.table("danger_zone")
    assert again.text("id") == one.text("id")
    assert not again.geometry.equals(own.geometry)


def test_a_table_rebuilt_by_another_program_is_noticed_and_mended(ws):
    draw(ws, zone("1"))
    sql = foreign_connection(ws.path)
    sql.execute("DROP TRIGGER danger_zone_journal_update")
    sql.execute("UPDATE danger_zone SET name = '悄悄改的'")
    sql.commit()
    sql.close()
    ws.poll()
    assert any("危险区" in one for one in ws.notices)
    draw(ws, zone("2"))
    sql = sqlite3.connect(ws.path)
    assert sql.execute("SELECT count(*) FROM journal_break").fetchone() == (1,)
    assert sql.execute("SELECT 1 FROM sqlite_master WHERE name = 'danger_zone_journal_update'").fetchone()
    sql.close()
    assert any("危险区" in one for one in ws.notices)


def test_opening_writes_nothing(path):
    before = path.read_bytes()
    with Workspace.open(path, identity=OFFICER) as ws:
        ws.table("danger_zone")
        ws.verify_history()
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_read_only_opens_for_looking(path):
    with Workspace.open(path, identity=OFFICER) as ws:
        draw(ws, zone("1"))
    path.chmod(0o444)
    with Workspace.open(path, read_only=True) as ws:
        assert ws.count("danger_zone") == 1
        assert ws.read_only_reason
        with pytest.raises(WorkspaceReadOnly, match=path.name):
            ws.apply(Edit("划定", [inserted(zone("2"))]))
    path.chmod(0o644)


def test_what_is_no_workspace_is_refused_by_name(tmp_path, path):
    with pytest.raises(NotAWorkspace, match="找不到"):
        Workspace.open(tmp_path / "没有.gpkg")
    text = tmp_path / "笔记.gpkg"
    text.write_text("不是数据库", encoding="utf-8")
    with pytest.raises(NotAWorkspace, match=r"笔记\.gpkg"):
        Workspace.open(text)
    plain = tmp_path / "普通.gpkg"
    sqlite3.connect(plain).execute("CREATE TABLE gpkg_contents (a)").connection.close()
    with pytest.raises(NotAWorkspace, match="导入"):
        Workspace.open(plain)
    cut = tmp_path / "断.gpkg"
    cut.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(NotAWorkspace, match=r"断\.gpkg"):
        Workspace.open(cut)


def test_a_newer_file_is_refused_untouched(path):
    sql = sqlite3.connect(path)
    sql.execute("UPDATE workspace_about SET value = '99' WHERE key = 'format'")
    sql.commit()
    sql.close()
    before = path.read_bytes()
    with pytest.raises(WorkspaceTooNew, match="升级"):
        Workspace.open(path)
    assert path.read_bytes() == before


def test_definitions_are_read_once_and_each_opening_has_a_table_of_its_own(path):
    with Workspace.open(path) as one, Workspace.open(path) as other:
        assert one.made_definitions["danger_zone"] is other.made_definitions["danger_zone"]
        del one.made_definitions["danger_zone"]
        assert "danger_zone" in other.made_definitions


def test_create_never_overwrites(path, district):
    before = path.read_bytes()
    with pytest.raises(FileExists, match=path.name):
        Workspace.create(path, district)
    assert path.read_bytes() == before


def test_a_locked_file_refuses_the_step_and_goes_on_after(ws):
    ws._connection.sql.execute("PRAGMA busy_timeout = 50")
    holder = sqlite3.connect(ws.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceLocked, match="另一个程序"):
        draw(ws, zone("1"))
    holder.execute("ROLLBACK")
    holder.close()
    draw(ws, zone("1"))
    assert ws.count("danger_zone") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file from being moved")
def test_a_file_that_vanished_refuses_the_step(ws, tmp_path):
    away = tmp_path / "拔走.gpkg"
    shutil.move(ws.path, away)
    with pytest.raises(WorkspaceBusyOrLost, match="不在原来的位置"):
        draw(ws, zone("1"))
    shutil.move(away, ws.path)
    draw(ws, zone("1"))
    assert ws.count("danger_zone") == 1


def test_a_full_disk_refuses_the_step_and_keeps_the_rest(ws):
    draw(ws, zone("1"))
    pages = ws._sql.execute("PRAGMA page_count").fetchone()[0]
    ws._sql.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(WorkspaceBusyOrLost, match="磁盘满了"):
        ws.apply(Edit("划定", [inserted(zone(str(index), remark="长" * 3000)) for index in range(50)]))
    ws._sql.execute("PRAGMA max_page_count = 1000000")
    assert [one["id"] for one in ws.table("danger_zone")] == ["1"]
    draw(ws, zone("2"))


def test_a_box_finds_what_meets_it(ws):
    near, far = zone("1"), zone("2", east=520_000)
    ws.apply(Edit("划定", [inserted(near), inserted(far)]))
    table = ws.table("danger_zone", bounds=(499_000, 4_369_000, 501_000, 4_371_000))
    assert [one["id"] for one in table] == ["1"]
    box = ws.bounds("danger_zone")
    assert box[0] == pytest.approx(500_000, abs=4)
    assert box[2] == pytest.approx(520_100, abs=4)


def test_a_workspaces_own_style_wins(ws):
    assert "rule" in ws.style("danger_zone")
    own = "[style]\ndraw_order = 7\n"
    ws.apply(Edit("改样式", [inserted(Feature("style", new_uid(), None, {"table_name": "danger_zone", "toml": own}))]))
    assert ws.style("danger_zone") == {"draw_order": 7}


KILLED = """
import sys
from pathlib import Path
from shapely import box
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.identity import Identity
from geohazard_desktop.workspace.workspace import Workspace

ws = Workspace.open(Path(sys.argv[1]), identity=Identity("甲", "a" * 32))
print(ws._connection.sql.execute("PRAGMA synchronous").fetchone()[0], flush=True)
index = ws.count("danger_zone")
while True:
    index += 1
    zone = Feature("danger_zone", new_uid(), box(0, 0, index, 1), {"id": str(index), "hazard_type": "滑坡"})
    ws.apply(Edit("划定", [inserted(zone)]))
    print(index, flush=True)
"""


def test_killing_the_process_loses_no_finished_stroke(path):
    """The program says a stroke is stored, is killed at once, and reopens with every stroke it has said."""
    for pause in (0.02, 0.05, 0.11):
        child = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(KILLED), str(path)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout.readline() == "2\n", "each has reached the disk itself, whatever the tests do with theirs"
        first = child.stdout.readline()
        assert first
        time.sleep(pause)
        child.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        said = [int(line) for line in [first, *child.stdout.read().split()]]
        child.wait()
        child.stdout.close()
        with Workspace.open(path, identity=OFFICER) as ws:
            numbers = [int(one.text("id")) for one in ws.table("danger_zone")]
            assert numbers == list(range(1, len(numbers) + 1))
            assert len(numbers) in (said[-1], said[-1] + 1)
            assert ws.verify_history() == []


def test_a_file_marked_read_only_stays_so_even_for_an_administrator(tmp_path, district):
    path = tmp_path / "只读.gpkg"
    fresh_workspace(path, district).close()
    before = path.read_bytes()
    path.chmod(0o444)
    with Workspace.open(path) as ws:
        assert ws.read_only
        assert "只读" in ws.read_only_reason
        with pytest.raises(WorkspaceReadOnly):
            ws.apply(create_feature(ws.definitions, "landmark", Point(36_400_000, 4_370_000), {}))
    path.chmod(0o644)
    assert path.read_bytes() == before


def test_qgis_finds_the_styles(path):
    """GDAL lists an unregistered table only where no attribute table is registered: QGIS would see no style at all."""
    with sqlite3.connect(path) as raw:
        registered = raw.execute("SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'").fetchall()
    assert registered == [("attributes",)]


def test_a_step_that_a_thread_of_this_window_made_is_this_window_s_to_undo(ws):
    with ws.beside() as thread:
        made = draw(thread, zone("WD-W-0001"))
    ws.poll()
    assert ws.feature("danger_zone", made.uid) is not None
    ws.undo()
    assert ws.feature("danger_zone", made.uid) is None
