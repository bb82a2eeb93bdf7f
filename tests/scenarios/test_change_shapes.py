"""A surveyor changes shapes at the window with real mouse and key events; each step is one step of the history."""

from pathlib import Path

import pytest
import shapely
from hands import CONTROL, Hands, on_disk
from office import at
from PySide6.QtCore import Qt

pytestmark = pytest.mark.window


def area(path: Path, layer: str = "danger_zone") -> float:
    return sum(one.geometry.area for one in on_disk(path, layer) if one.geometry is not None)


def stroke(hands: Hands, command: str, *places: tuple[float, float]) -> None:
    """Take a tool, click along, finish by Enter."""
    hands.window.center.run(command)
    for place in places:
        hands.click(at(*place))
    hands.key(Qt.Key.Key_Return)


def test_a_border_is_reshaped_outward_and_inward_and_undone(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    before = area(work)
    hands.key(Qt.Key.Key_G)
    assert "重塑" in hands.window.map.desk.tool.title
    for place in ((1450, 800), (1900, 800), (1900, 1200), (1450, 1200)):
        hands.click(at(*place))
    assert hands.canvas.preview.outlines, "the result is seen before it is"
    hands.key(Qt.Key.Key_Return)
    assert area(work) == pytest.approx(before + 400 * 400, rel=0.02)
    assert hands.window.session.workspace.history(1)[0].words == "重塑危险区 SL-W-0001"
    stroke(hands, "shape.reshape", (450, 800), (700, 800), (700, 1200), (450, 1200))
    assert area(work) == pytest.approx(before + 400 * 400 - 200 * 400, rel=0.02)
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert area(work) == before


def test_a_zone_is_split_by_a_line_and_the_larger_part_keeps_its_number(hands: Hands, work: Path):
    uid = on_disk(work, "danger_zone")[0].uid
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_X)
    hands.click(at(800, 300))
    hands.point_at(at(800, 1000))
    assert "没有穿过" in hands.window.map.desk.hint()
    hands.click(at(800, 1800))
    hands.key(Qt.Key.Key_Return)
    kept, new = on_disk(work, "danger_zone")
    assert (kept.uid, kept.text("id"), new.text("id")) == (uid, "SL-W-0001", "SL-W-0002")
    assert kept.geometry.area > new.geometry.area
    assert hands.window.session.workspace.history(1)[0].words == "分割危险区 SL-W-0001 为 2 个"
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert len(on_disk(work, "danger_zone")) == 1


def test_a_stroke_that_crosses_nothing_stays_under_the_pen(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    hands.key(Qt.Key.Key_X)
    hands.click(at(2000, 300))
    hands.click(at(2000, 1800))
    hands.key(Qt.Key.Key_Return)
    assert len(on_disk(work, "danger_zone")) == 1
    assert any("没有穿过" in one for one in hands.bars())
    assert hands.window.map.desk.drawing
    hands.key(Qt.Key.Key_Escape)
    assert not hands.window.map.desk.drawing


def test_a_hole_is_cut_and_a_part_is_added(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    before = area(work)
    stroke(hands, "shape.hole", (800, 800), (1200, 800), (1200, 1200), (800, 1200))
    assert area(work) == pytest.approx(before - 400 * 400, rel=0.02)
    stroke(hands, "shape.add_part", (2200, 800), (2600, 800), (2600, 1200), (2200, 1200))
    assert area(work) == pytest.approx(before, rel=0.02)
    assert len(shapely.get_parts(on_disk(work, "danger_zone")[0].geometry)) == 2
