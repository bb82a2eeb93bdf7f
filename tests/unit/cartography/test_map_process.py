"""The map process itself: started, asked, changed, broken, as the window does it."""

import multiprocessing
import queue
import sqlite3
import threading
import time
from dataclasses import replace
from multiprocessing.shared_memory import SharedMemory

import numpy as np
import pytest
from shapely import Point, box

from geohazard_desktop.cartography.home import home_bounds, home_viewport
from geohazard_desktop.cartography.map_process import launch, server
from geohazard_desktop.cartography.map_process.messages import (
    Changed,
    Close,
    Open,
    Painted,
    Preview,
    Refresh,
    Refused,
    Show,
    Taken,
)
from geohazard_desktop.cartography.map_process.scene import MapScene
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.cartography.viewport import MARGIN, Viewport
from geohazard_desktop.workspace.edits import change_geometry, create_feature
from geohazard_desktop.workspace.feature import Edit, Feature, changed, inserted, new_uid
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
VIEW = MapView((E, N), 10_000.0, 60.0, 60.0, 96.0)
SECONDS = 60.0


class Asker:
    """Asks one map process, and waits for its answers."""

    def __init__(self):
        self.running = launch.begin()
        self.heard = queue.Queue()
        self.running.tell = self.heard.put
        self.number = 0

    def send(self, message):
        self.running.pipe.send(message)

    def show(self, *layers, view=VIEW):
        self.number += 1
        self.send(Show(self.number, view, layers, labels=False))
        return self.answer()

    def answer(self):
        while True:
            found = self.heard.get(timeout=SECONDS)
            if found is None or found.number == self.number:
                return found
            self.send(Taken(found.number))

    def pixels(self, painted):
        memory = SharedMemory(name=painted.memory)
        size = painted.width * painted.height * 4
        found = np.frombuffer(bytes(memory.buf[:size]), np.uint8).reshape(painted.height, painted.width, 4)
        memory.close()
        self.send(Taken(painted.number))
        return found[:, :, 2::-1].astype(int)


@pytest.fixture(scope="module")
def process():
    asker = Asker()
    yield asker
    asker.running.stop()


@pytest.fixture
def asker(process, workspace):
    workspace.apply(
        create_feature(
            workspace.definitions, "danger_zone", box(E - 200, N - 200, E, N), {"hazard_type": "崩塌", "state": "拟划"}
        )
    )
    process.send(Open(str(workspace.path)))
    return process


def dark(pixels):
    return int((pixels.min(axis=2) < 200).sum())


def test_a_view_comes_as_a_picture(asker):
    painted = asker.show("danger_zone")
    assert isinstance(painted, Painted)
    assert (painted.width, painted.height) == (round(VIEW.width), round(VIEW.height))
    assert dark(asker.pixels(painted)) > 100
    assert dark(asker.pixels(asker.show("shelter"))) == 0


def test_what_is_written_is_shown(asker, workspace):
    before = asker.pixels(asker.show("danger_zone"))
    (zone,) = workspace.table("danger_zone")
    edit = change_geometry(workspace.definitions, zone, box(E, N, E + 200, N + 200))
    workspace.apply(edit)
    boxes = tuple(side.geometry.bounds for one in edit.deltas for side in (one.before, one.after))
    asker.send(Changed({"danger_zone": (zone.uid,)}, boxes))
    after = asker.pixels(asker.show("danger_zone"))
    half = before.shape[0] // 2
    assert dark(before[half:, :half]) > 100
    assert dark(after[half + 8 :, : half - 8]) == 0
    assert dark(after[:half, half:]) > 100


def test_a_style_is_tried_without_being_stored(asker):
    green = {"rule": [{"label": "试", "symbol": [{"kind": "fill", "color": "#00FF00"}]}]}
    stored = asker.pixels(asker.show("danger_zone"))
    asker.send(Preview("danger_zone", green))
    tried = asker.pixels(asker.show("danger_zone"))
    assert ((tried == (0, 255, 0)).all(axis=2)).sum() > 100
    asker.send(Preview("danger_zone", None))
    assert np.array_equal(asker.pixels(asker.show("danger_zone")), stored)


def test_a_zone_is_a_draft_until_its_document_is_entered(asker, workspace):
    (zone,) = workspace.table("danger_zone")
    workspace.apply(Edit("其他程序改状态", [changed(zone, zone.with_values(state="已划定"))]))
    asker.send(Changed({"danger_zone": (zone.uid,)}, (zone.geometry.bounds,)))
    draft = asker.pixels(asker.show("danger_zone"))
    event = {"danger_zone": zone.uid, "step": "已划定", "document_no": "示〔2026〕1号", "date": "2026-06-01"}
    edit = create_feature(workspace.definitions, "zone_event", None, event | {"actor": "示例区人民政府"})
    workspace.apply(edit)
    asker.send(Changed({"zone_event": (edit.deltas[0].uid,)}, ()))
    drawn = asker.pixels(asker.show("danger_zone"))
    assert np.abs(draft - drawn).max() > 100


def test_a_file_that_is_none_is_refused_with_a_sentence(asker, tmp_path):
    wrong = tmp_path / "不是.gpkg"
    wrong.write_text("no", encoding="utf-8")
    asker.send(Open(str(wrong)))
    refused = asker.show("danger_zone")
    assert isinstance(refused, Refused)
    assert "不是.gpkg" in refused.sentence


def test_a_file_that_another_program_put_into_wal_can_be_one_file_again(asker, workspace):
    other = sqlite3.connect(workspace.path)
    other.execute("PRAGMA journal_mode = WAL")
    asker.pixels(asker.show("danger_zone"))
    other.close()
    end = time.monotonic() + SECONDS
    while workspace.in_wal:
        assert time.monotonic() < end, "the map process keeps the file in WAL"
        workspace.poll()
        time.sleep(0.02)
    assert dark(asker.pixels(asker.show("danger_zone"))) > 100


def test_the_newest_order_is_answered(asker):
    for step in range(30):
        asker.number += 1
        asker.send(Show(asker.number, MapView((E + step, N), 10_000.0 + step, 60.0, 60.0, 96.0), ("danger_zone",)))
    answered = asker.answer()
    assert isinstance(answered, Painted)
    assert answered.view.denominator == 10_029.0
    asker.send(Taken(answered.number))


def test_without_shared_memory_the_picture_comes_through_the_pipe(workspace, monkeypatch):
    def none(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(server, "SharedMemory", none)
    ours, theirs = multiprocessing.Pipe()

    def serve():
        serving = server.Server(theirs)
        try:
            with pytest.raises(EOFError):
                serving.serve()
        finally:
            serving.close()

    thread = threading.Thread(target=serve)
    thread.start()
    ours.send(Open(str(workspace.path)))
    ours.send(Show(1, VIEW, ("danger_zone",)))
    painted = ours.recv()
    ours.send(None)
    thread.join(SECONDS)
    assert painted.memory == ""
    assert len(painted.pixels) == painted.width * painted.height * 4


def test_it_ends_with_its_window():
    asker = Asker()
    asker.running.stop()
    assert not asker.running.process.is_alive()
    assert asker.running.process.exitcode == 0


def names(asker, view, **more):
    """Where the names stand in a picture."""
    asker.number += 1
    asker.send(Show(asker.number, view, ("place", "danger_zone", "subdistrict", "shelter"), **more))
    painted = asker.answer()
    assert isinstance(painted, Painted)
    asker.send(Taken(painted.number))
    return {(one.layer, one.uid, one.boxes) for one in painted.labels}


def test_a_view_looks_the_same_whichever_way_one_came_to_it(process, demo_path):
    """While the map is dragged its names keep their places; after anything else they are sought from nothing."""
    asker = process
    with Workspace.open(demo_path, read_only=True) as ws:
        bounds = ws.bounds("district")
    asker.send(Open(str(demo_path)))
    view = MapView.fitting(bounds, 200.0, 160.0)
    fresh = names(asker, view)
    assert fresh
    aside = replace(view, centre=(view.centre[0] + 4000, view.centre[1] + 1500))
    nearer = replace(view, denominator=view.denominator / 1.7)

    def dragged():
        for share in (1.0, 0.5, 0.0):
            part = tuple(a + (b - a) * share for a, b in zip(view.centre, aside.centre, strict=True))
            names(asker, replace(view, centre=part))

    for away in (aside, nearer):
        names(asker, away)
        names(asker, replace(away, denominator=away.denominator * 1.3))
        assert names(asker, view) == fresh
        dragged()
        names(asker, view, labels=False)
        assert names(asker, view) == fresh
        dragged()
        asker.send(Refresh())
        assert names(asker, view) == fresh
        dragged()
        assert names(asker, view, names_anew=True) == fresh


def test_what_is_painted_ahead_is_what_would_be_painted(asker, workspace):
    """The canvas is guessed; the picture is the same as without the guess, and changes are in it."""
    canvas = (300.0, 240.0, 1.0)
    bounds = home_bounds(workspace)
    assert bounds is not None
    viewport = home_viewport(bounds, Viewport(0.0, 0.0, 1.0, *canvas[:2])).aligned(1.0).grown(MARGIN)
    scene = MapScene(workspace.path)
    layers = scene.drawn()
    scene.close()
    view = viewport.view(1.0)
    without = asker.pixels(asker.show(*layers, view=view))
    asker.send(Close())
    asker.send(Open(str(workspace.path), canvas))
    ahead = asker.pixels(asker.show(*layers, view=view))
    assert dark(without) > 100
    assert (without == ahead).all()
    (zone,) = workspace.table("danger_zone")
    edit = change_geometry(workspace.definitions, zone, box(E - 200, N - 200, E - 100, N))
    asker.send(Close())
    asker.send(Open(str(workspace.path), canvas))
    workspace.apply(edit)
    boxes = tuple(side.geometry.bounds for one in edit.deltas for side in (one.before, one.after))
    asker.send(Changed({"danger_zone": (zone.uid,)}, boxes))
    assert dark(asker.pixels(asker.show(*layers, view=view))) < dark(ahead)


def test_a_style_may_ask_for_fields_that_the_last_one_did_not_need(workspace):
    shelter = Feature("shelter", new_uid(), Point(E, N), {"name": "点", "contact": "李示例"})
    workspace.apply(Edit("点", [inserted(shelter)]))
    scene = MapScene(workspace.path)
    style = dict(workspace.style("shelter"))
    scene.preview("shelter", style | {"label": {"text": "{name}"}})
    assert "contact" not in scene.picture("shelter").table.columns
    scene.preview("shelter", style | {"label": {"text": "{contact}"}})
    picture = scene.picture("shelter")
    assert picture.style.label.text_of(picture.values(0)) == "李示例"
    scene.close()
