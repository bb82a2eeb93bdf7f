"""A morning at the desk, with real mouse and key events: drawn, snapped, traced, split, merged, undone; the program
ends and starts again, and the work goes on; checked and mended. The file holds exactly what the hands did."""

from pathlib import Path

import pytest
import shapely
from hands import CONTROL, Hands, on_disk, until
from office import ZONE, at
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication
from shapely import Polygon

from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window
Key = Qt.Key


def zones(work: Path) -> dict[str, shapely.Geometry]:
    return {one.text("id"): one.geometry for one in on_disk(work, "danger_zone")}


def history(work: Path) -> list[str]:
    """What was done, the oldest step first, without the office's own beginning."""
    with Workspace.open(work, read_only=True) as ws:
        return [one.words for one in reversed(ws.history()) if "新建" not in one.words][3:]


def off(hands: Hands, place: tuple[float, float], pixels: float = 3.0) -> tuple[float, float]:
    """Beside a place by some pixels: where a hand clicks that trusts the snapping."""
    return place[0] + pixels * hands.canvas.viewport.pixel, place[1] + pixels * hands.canvas.viewport.pixel


def merge_in_the_dialog(hands: Hands) -> None:
    QTimer.singleShot(0, lambda: hands.press("合并", QApplication.activeModalWidget()))
    hands.window.center.run("shape.merge")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    hands.come_forward()


def corners_of(geometry: shapely.Geometry) -> set[tuple[float, float]]:
    return {(east, north) for east, north in shapely.get_coordinates(geometry).tolist()}


def draw_two(hands: Hands, work: Path) -> tuple[shapely.Geometry, shapely.Geometry]:
    # Drawn beside the old zone: two corners snap onto its corners, the others are free.
    free = [at(2100, 1500), at(2100, 500)]
    hands.draw(Key.Key_P, [off(hands, ZONE[1]), off(hands, ZONE[2]), *free])
    second = zones(work)["SL-W-0002"]
    assert {ZONE[1], ZONE[2]} <= corners_of(second)
    assert second.intersection(Polygon(ZONE)).area == 0

    # Along the old zone's northern border, from corner to corner, and home over open ground.
    hands.key(Key.Key_P)
    hands.click(off(hands, ZONE[3]))
    hands.key(Key.Key_T)
    hands.click(off(hands, ZONE[2]))
    hands.key(Key.Key_T)
    for place in (at(1500, 2000), at(500, 2000)):
        hands.click(place)
    hands.key(Key.Key_Return)
    third = zones(work)["SL-W-0003"]
    assert third.area == pytest.approx(1000 * 500, rel=0.02)
    assert third.intersection(Polygon(ZONE)).length == pytest.approx(1000)
    return second, third


def split_and_merge(hands: Hands, work: Path, whole: float, area: float) -> dict[str, shapely.Geometry]:
    # Split by a line, merged again, and the merge taken back.
    hands.key(Key.Key_V)
    hands.click(at(1000, 1700))
    hands.key(Key.Key_X)
    for place in (at(800, 1400), at(800, 2200)):
        hands.click(place)
    hands.key(Key.Key_Return)
    assert set(zones(work)) == {"SL-W-0001", "SL-W-0002", "SL-W-0003", "SL-W-0004"}
    assert sum(one.area for one in zones(work).values()) == pytest.approx(whole)
    parts = [one for one in on_disk(work, "danger_zone") if one["id"] in ("SL-W-0003", "SL-W-0004")]
    hands.window.session.select([(one.layer, one.uid) for one in parts])
    merge_in_the_dialog(hands)
    assert zones(work)["SL-W-0003"].area == pytest.approx(area)
    hands.key(Key.Key_Z, CONTROL)
    split = zones(work)
    assert len(split) == 4
    return split


def mend_the_gap(hands: Hands, work: Path) -> None:
    # A colleague left a gap of half a metre; the check finds it, the repair closes it.
    with Workspace.open(work) as other:
        beside = shapely.box(ZONE[0][0] - 400, ZONE[0][1], ZONE[0][0] - 0.5, ZONE[3][1])
        other.apply(
            create_feature(other.definitions, "danger_zone", beside, {"id": "SL-W-0009", "hazard_type": "滑坡"})
        )
    hands.window.session.poll()
    checks = hands.window.handlers.checks
    hands.key(Key.Key_F9)
    until(lambda: checks.done and not checks.busy, "checked")
    for _step in range(len(hands.window.checks.findings) + 1):
        hands.key(Key.Key_F8)
        if hands.window.checks.current.rule == "danger_zone_gap":
            break
    hands.press("采用：对齐共用边", hands.window.checks)
    until(lambda: not checks.busy, "the checks rest")


def test_a_morning_from_the_first_corner_to_the_last_check(sit_down, work: Path):
    hands = sit_down(work)
    second, third = draw_two(hands, work)
    split = split_and_merge(hands, work, 1_000_000 + second.area + third.area, third.area)

    # The program ends, and starts again tomorrow: the merge can still be done again, and be undone.
    hands = sit_down(work)
    hands.key(Key.Key_Y, CONTROL)
    assert len(zones(work)) == 3
    hands.key(Key.Key_Z, CONTROL)
    assert {number: one.wkb for number, one in zones(work).items()} == {n: one.wkb for n, one in split.items()}
    hands.key(Key.Key_Z, CONTROL)  # and the split, of yesterday
    assert zones(work)["SL-W-0003"].equals(third)

    mend_the_gap(hands, work)
    made = zones(work)
    assert set(made) == {"SL-W-0001", "SL-W-0002", "SL-W-0003", "SL-W-0009"}
    assert made["SL-W-0002"].equals(second)
    assert made["SL-W-0003"].equals(third)
    assert made["SL-W-0009"].distance(made["SL-W-0001"]) == 0
    union = shapely.union_all(list(made.values()))
    assert union.area == pytest.approx(sum(one.area for one in made.values()), abs=1.0)
    said = history(work)
    done = ["画", "画", "分割", "合并"]
    assert [words[: len(word)] for words, word in zip(said, done, strict=False)] == done
    assert all(one.is_valid for one in made.values())
