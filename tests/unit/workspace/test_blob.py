"""Geometries in the file: what can't be read hides nothing else, and is not overwritten."""

import sqlite3
import struct
from pathlib import Path

import pytest
import shapely
from shapely import MultiPoint, MultiPolygon, box

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace import blob
from geohazard_desktop.workspace.edits import change_values, geometry_fault
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_387_000.0, 4_376_000.0
HEAD = struct.pack("<2sBBi4d", b"GP", 0, 3, 4524, E, E + 200, N, N + 100)
CURVE = HEAD + struct.pack("<BII6d", 1, 8, 3, E, N, E + 100, N + 100, E + 200, N)
CUT_OFF = HEAD + b"\x01\x06\x00\x00\x00\x01"
SOUND = MultiPolygon([box(E, N, E + 9, N + 9)])


@pytest.mark.parametrize("broken", [CURVE, CUT_OFF, b"GP", b"hello world"])
def test_one_that_is_none_hides_no_other(broken: bytes):
    sound = blob.encode(SOUND, 4524)
    first, second, third = blob.decode_many([sound, broken, None])
    assert shapely.equals_exact(first, SOUND)
    assert blob.is_unreadable(second)
    assert third is None
    assert blob.is_unreadable(blob.decode(broken))


def test_what_can_be_read_is_not_called_unreadable():
    for shape in (SOUND, MultiPolygon(), MultiPoint([(E, N)]), None):
        assert not blob.is_unreadable(blob.decode(blob.encode(shape, 4524)))


@pytest.mark.parametrize("broken", [CURVE, CUT_OFF])
def test_a_curve_of_another_program_is_named_and_kept(demo_path: Path, broken: bytes):
    connection = sqlite3.connect(demo_path)
    blob.register(connection)
    connection.execute("UPDATE danger_zone SET geom = ? WHERE id = 'WD-W-0002'", (broken,))
    connection.commit()
    connection.close()
    with Workspace.open(demo_path) as ws:
        table = ws.table("danger_zone")
        assert len(table) == 8
        (zone,) = ws.find("danger_zone", "id", "WD-W-0002")
        fault = geometry_fault("polygon", zone.geometry)
        assert fault is not None
        assert "读不懂" in fault.words
        with pytest.raises(EditRefused, match="黄白茨地裂缝 WD-W-0002的图形读不懂"):
            ws.apply(change_values(ws.definitions, [zone], {"reason": "改"}))
        (other,) = ws.find("danger_zone", "id", "WD-W-0003")
        ws.apply(change_values(ws.definitions, [other], {"reason": "改"}))
    connection = sqlite3.connect(demo_path)
    (kept,) = connection.execute("SELECT geom FROM danger_zone WHERE id = 'WD-W-0002'").fetchone()
    connection.close()
    assert kept == broken
