"""What a sheet shows is chosen on its preview: dragged, zoomed with the wheel, typed, given back."""

from pathlib import Path

import pytest
from fresh import fresh_workspace
from hands import LEFT, Hands, on_disk, until
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shapely import box

from geohazard_desktop.desktop.pages.preview_extent import PreviewExtent, read_scale
from geohazard_desktop.publishing.report import SheetMap
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window

EAST, NORTH = 36_400_000.0, 4_370_000.0
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def work(tmp_path: Path, district) -> Path:
    path = tmp_path / "本局 2026.gpkg"
    with fresh_workspace(path, district, styles_for_qgis=True) as ws:
        for layer, geometry, values in (
            ("district", box(EAST, NORTH, EAST + 8000, NORTH + 6000), {"name": "示例区"}),
            ("subdistrict", box(EAST, NORTH, EAST + 4000, NORTH + 6000), {"name": "西街道"}),
            ("subdistrict", box(EAST + 4000, NORTH, EAST + 8000, NORTH + 6000), {"name": "东街道"}),
            ("danger_zone", box(EAST + 1500, NORTH + 1500, EAST + 1900, NORTH + 1900), {"name": "示例沟", "id": "W1"}),
        ):
            ws.apply(create_feature(ws.definitions, layer, geometry, values))
    return path


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, LEFT, NO_KEY, start)
    for share in (0.3, 0.7, 1.0):
        place = QPointF(start + (end - start) * share)
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, widget.mapToGlobal(place), Qt.MouseButton.NoButton, LEFT, NO_KEY
        )
        QApplication.sendEvent(widget, event)
    QTest.mouseRelease(widget, LEFT, NO_KEY, end)


def wheel(widget: QWidget, at: QPoint, turned: int) -> None:
    place = QPointF(at)
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, NO_KEY,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def frame_streets(hands: Hands) -> PreviewExtent:
    """Print a sheet for each 街道 and take 调整范围 on the first one's preview."""
    window = hands.window
    window.center.run("publish.map_street")
    QTest.mouseClick(window.publish.go, LEFT)
    until(lambda: window.pages.currentWidget() is window.preview, "the first sheet's preview")
    QTest.mouseClick(window.preview.hands.buttons["extent"], LEFT)
    assert window.preview.hands.extent is not None
    QApplication.processEvents()
    return window.preview.hands.extent


def sheet_of(extent: PreviewExtent) -> SheetMap:
    assert extent.sheet is not None
    return extent.sheet


def set_anew(hands: Hands, extent: PreviewExtent, before: SheetMap) -> SheetMap:
    until(lambda: sheet_of(extent) is not before and not hands.window.publisher.busy, "the page set anew")
    return sheet_of(extent)


def test_the_hand_chooses_the_extent_and_a_reprint_keeps_it(hands: Hands, work):
    extent = frame_streets(hands)
    page = extent.page
    first = sheet_of(extent)
    assert not first.by_hand
    assert not extent.automatic.isEnabled()

    middle = page.map_box().center().toPoint()
    drag(page, middle, middle + QPoint(60, -30))
    moved = set_anew(hands, extent, first)
    assert moved.by_hand
    metres = first.view.denominator / 1000.0 / page.pixels_per_mm  # of a pixel
    assert moved.view.centre[0] == pytest.approx(first.view.centre[0] - 60 * metres, abs=metres)
    assert moved.view.centre[1] == pytest.approx(first.view.centre[1] - 30 * metres, abs=metres)
    assert moved.view.denominator == first.view.denominator

    corner = page.map_box().topLeft().toPoint() + QPoint(30, 30)
    wheel(page, corner, 120)
    assert page.view.denominator < moved.view.denominator, "the scale follows the wheel at once"
    closer = set_anew(hands, extent, moved)
    assert closer.view.denominator == page.view.denominator

    extent.scale.setFocus()
    extent.scale.selectAll()
    QTest.keyClicks(extent.scale, "1:12000")
    QTest.keyClick(extent.scale, Qt.Key.Key_Return)
    typed = set_anew(hands, extent, closer)
    assert typed.view.denominator == 12_000
    assert extent.scale.text() == "1∶12 000"

    with Workspace.open(work, read_only=True) as ws:
        uid = typed.subject[1]
        again = WarningSheet(ws, SheetSpec("A3", "internal", "subdistrict", uid))
        assert again.view.denominator == 12_000
        assert again.view.centre == pytest.approx(typed.view.centre, abs=0.01)
        other = next(one.uid for one in ws.table("subdistrict") if one.uid != uid)
        assert not WarningSheet(ws, SheetSpec("A3", "internal", "subdistrict", other)).by_hand
        assert not WarningSheet(ws, SheetSpec("A4", "internal", "subdistrict", uid)).by_hand

    hands.window.center.run("edit.undo")
    undone = set_anew(hands, extent, typed)
    assert undone.view.denominator == closer.view.denominator

    QTest.mouseClick(extent.automatic, LEFT)
    back = set_anew(hands, extent, undone)
    assert not back.by_hand
    assert back.view == first.view

    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not hands.window.preview.hands.at_hand


def test_a_scale_that_is_none_is_said_and_changes_nothing(hands: Hands, work):
    extent = frame_streets(hands)
    for typed, told in (("abc", "不是比例尺"), ("1:3", "不能用")):
        extent.scale.setFocus()
        extent.scale.selectAll()
        QTest.keyClicks(extent.scale, typed)
        QTest.keyClick(extent.scale, Qt.Key.Key_Return)
        assert told in extent.told.text()
    assert not on_disk(work, "sheet")


@pytest.mark.parametrize(
    ("typed", "found"), [("1:8000", 8000), ("1∶8 000", 8000), ("8,000", 8000), ("0", None), ("abc", None), ("", None)]
)
def test_scales_are_read_as_people_write_them(typed, found):
    assert read_scale(typed) == found


def test_a_layer_that_is_unticked_and_printed_all_the_same_is_named(hands: Hands):
    window = hands.window
    window.layers.show_layer("danger_zone", False)
    extent = frame_streets(hands)
    line = window.preview.unticked.line
    assert line.isVisible()
    assert "照样印的图层：危险区。" in line.text()
    QTest.keyClick(extent.page, Qt.Key.Key_Escape)
    window.layers.show_layer("danger_zone")
    assert not line.isVisible()
