"""An officer moves names by hand, with real mouse and key events: on the map for every sheet, on one sheet for that."""

from pathlib import Path

import pytest
from fresh import fresh_workspace
from hands import CONTROL, LEFT, Hands, on_disk, until
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shapely import Point, box

from geohazard_desktop.cartography.labels import PlacedLabel
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.desktop.pages.preview_labels import PreviewLabels
from geohazard_desktop.desktop.start import make_window
from geohazard_desktop.publishing.report import SheetMap
from geohazard_desktop.publishing.sheets.products import publish_map
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window

EAST, NORTH = 36_400_000.0, 4_370_000.0
NAME = "五虎山"
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def work(tmp_path: Path, district) -> Path:
    path = tmp_path / "本局 2026.gpkg"
    with fresh_workspace(path, district, styles_for_qgis=True) as ws:
        for layer, geometry, values in (
            ("district", box(EAST, NORTH, EAST + 8000, NORTH + 6000), {"name": "示例区"}),
            ("danger_zone", box(EAST + 1500, NORTH + 1500, EAST + 1900, NORTH + 1900), {"name": "示例沟", "id": "W1"}),
            ("place", Point(EAST + 5000, NORTH + 3000), {"name": NAME}),
        ):
            ws.apply(create_feature(ws.definitions, layer, geometry, values))
    return path


def on_map(hands: Hands, text: str = NAME) -> tuple[float, float]:
    """Where a name stands on the screen's map: its middle in metres."""
    hands.settle()
    frame = hands.canvas.frame
    assert frame is not None
    return place_of(frame.view, next(one for one in frame.labels if one.text == text))


def place_of(view: MapView, label: PlacedLabel) -> tuple[float, float]:
    return view.from_mm(*label.centre)


def on_sheet(work: Path, tmp_path: Path, profile: str = "internal", text: str = NAME) -> tuple[float, float]:
    """Where a name stands on a sheet that is printed now, from the file alone."""
    with Workspace.open(work, read_only=True) as ws:
        (sheet,) = publish_map(ws, tmp_path / "再出.pdf", profile=profile).maps
    return place_of(sheet.view, next(one for one in sheet.labels if one.text == text))


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    def move(where: QPoint, held: Qt.MouseButton) -> None:
        place = QPointF(where)
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, widget.mapToGlobal(place), Qt.MouseButton.NoButton, held, NO_KEY
        )
        QApplication.sendEvent(widget, event)

    move(start, Qt.MouseButton.NoButton)
    QTest.mousePress(widget, LEFT, NO_KEY, start)
    for share in (0.3, 0.7, 1.0):
        move(start + (end - start) * share, LEFT)
    QTest.mouseRelease(widget, LEFT, NO_KEY, end)


# -- on the map --------------------------------------------------------------------------------------------------------


def test_a_name_moved_on_the_map_stands_there_on_every_sheet_until_it_is_undone(hands: Hands, work, tmp_path):
    before = on_map(hands)
    searched = on_sheet(work, tmp_path)
    hands.key(Qt.Key.Key_Z)
    target = before[0] + 900, before[1] + 700
    hands.drag(before, target)
    moved = on_map(hands)
    assert moved == pytest.approx(target, abs=2 * hands.canvas.viewport.pixel)
    assert on_sheet(work, tmp_path) == pytest.approx(moved, abs=0.1)
    assert on_sheet(work, tmp_path, "public") == pytest.approx(moved, abs=0.1)
    assert hands.window.session.workspace.undo_words() == f"移动注记 地名 {NAME}"

    hands.key(Qt.Key.Key_Z, CONTROL)
    assert not hands.window.session.selection, "the row of a helper is nothing to show"
    assert on_map(hands) == pytest.approx(before, abs=0.1)
    assert on_sheet(work, tmp_path) == pytest.approx(searched, abs=0.1)


def test_arrow_keys_nudge_and_a_right_click_gives_back(hands: Hands, work):
    before = on_map(hands)
    hands.key(Qt.Key.Key_Z)
    hands.click(before)
    hands.key(Qt.Key.Key_Up)
    frame = hands.canvas.frame
    assert frame is not None
    nudged = before[1] + 0.5 / frame.view.mm_per_metre
    until(lambda: on_map(hands)[1] == pytest.approx(nudged, abs=0.1), "half a millimetre up")
    QTest.mouseClick(hands.canvas, Qt.MouseButton.RightButton, NO_KEY, hands.pixel(on_map(hands)))
    until(lambda: on_map(hands) == pytest.approx(before, abs=0.1), "where the search sets it")
    assert not on_disk(work, "label_position")


def test_delete_with_the_tool_in_the_hand_deletes_no_feature(hands: Hands, work):
    (place,) = on_disk(work, "place")
    hands.window.session.select([("place", place.uid)])
    hands.key(Qt.Key.Key_Z)
    hands.key(Qt.Key.Key_Delete)
    assert len(on_disk(work, "place")) == 1


# -- on a sheet's preview ----------------------------------------------------------------------------------------------


def print_sheet(hands: Hands) -> PreviewLabels:
    """Print the internal sheet and take 移动注记 on its preview."""
    window = hands.window
    window.center.run("publish.map_internal")
    QTest.mouseClick(window.publish.go, LEFT)
    until(lambda: window.pages.currentWidget() is window.preview, "the sheet's preview")
    QTest.mouseClick(window.preview.hands.buttons["labels"], LEFT)
    assert window.preview.hands.labels is not None
    QApplication.processEvents()
    return window.preview.hands.labels


def sheet_of(labels: PreviewLabels) -> SheetMap:
    assert labels.sheet is not None
    return labels.sheet


def label_of(labels: PreviewLabels) -> PlacedLabel:
    return next(one for one in sheet_of(labels).labels if one.text == NAME)


def test_a_name_moved_on_the_preview_stands_there_in_the_reprint_and_only_on_this_sheet(hands: Hands, work, tmp_path):
    on_screen = on_map(hands)
    on_public = on_sheet(work, tmp_path, "public")
    labels = print_sheet(hands)
    before = sheet_of(labels)
    start = labels.page.place_on_page(label_of(labels).centre)
    end = start + QPoint(-60, 40)
    drag(labels.page, start, end)
    until(lambda: sheet_of(labels) is not before and not hands.window.publisher.busy, "the page set anew")
    after = label_of(labels)
    assert after.by_hand
    away = labels.page.place_on_page(after.centre) - end
    assert abs(away.x()) <= 1
    assert abs(away.y()) <= 1
    stands = place_of(sheet_of(labels).view, after)
    assert on_sheet(work, tmp_path) == pytest.approx(stands, abs=0.1), "the reprint is the same"
    assert on_sheet(work, tmp_path, "public") == pytest.approx(on_public, abs=0.1)
    hands.window.show_map()
    until(lambda: on_map(hands) == pytest.approx(on_screen, abs=0.1), "the name on the screen where it was")


def test_undo_on_the_preview_sets_the_page_back(hands: Hands):
    labels = print_sheet(hands)
    before = sheet_of(labels)
    free = label_of(labels).centre
    start = labels.page.place_on_page(free)
    drag(labels.page, start, start + QPoint(-60, 40))
    until(lambda: sheet_of(labels) is not before and not hands.window.publisher.busy, "the page set anew")
    moved = sheet_of(labels)
    hands.window.center.run("edit.undo")
    until(lambda: sheet_of(labels) is not moved and not hands.window.publisher.busy, "the page set back")
    assert label_of(labels).centre == pytest.approx(free, abs=0.01)
    assert not label_of(labels).by_hand


# -- what stands around ------------------------------------------------------------------------------------------------


def test_the_nets_are_switched_on_in_the_view_menu_and_remembered(hands: Hands, work):
    assert not hands.canvas.nets.grid
    hands.window.center.actions["view.grid"].trigger()
    hands.window.center.actions["view.graticule"].trigger()
    assert hands.canvas.nets.grid
    again = make_window()
    try:
        Hands(again).open(work)
        assert again.map.canvas.nets.grid
        assert again.map.canvas.nets.graticule
        assert again.center.actions["view.grid"].isChecked()
    finally:
        again.close()
        again.deleteLater()
