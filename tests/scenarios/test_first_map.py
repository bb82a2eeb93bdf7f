"""The program is started with a workspace: the map comes first, the panels after it, and nothing is lost between."""

import json
from pathlib import Path

import pytest
from hands import Hands, until
from office import at
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geohazard_desktop.cartography.style import Style
from geohazard_desktop.common.user_folders import config_folder
from geohazard_desktop.desktop import furnishing, preferences
from geohazard_desktop.desktop.furnishing import SIDES, Later
from geohazard_desktop.desktop.start import make_window
from geohazard_desktop.desktop.swatches import swatch_icon

pytestmark = pytest.mark.window


@pytest.fixture
def opening(windows, work: Path) -> Hands:
    """A window with its first map, whose panels have not come yet."""
    window = make_window(opening=True)
    windows.append(window)
    window.resize(1366, 768)
    window.show()
    hands = Hands(window)
    hands.come_forward()
    assert window.files.open_path(work)
    hands.settle()
    assert not window.furnished
    return hands


def test_the_panels_come_by_themselves_and_know_the_workspace(opening: Hands):
    window = opening.window
    done: list[bool] = []
    Later(window, lambda: done.append(True))
    until(lambda: done, "the panels")
    assert [window.seats.key_of(window.side.widget(place)) for place in range(window.side.count())] == list(SIDES)
    assert window.map.canvas.hasFocus()
    window.show_stage("publish")
    window.publish.choose("map_zone")
    until(lambda: window.publish.subject_table.model.rowCount() == 1, "the zone in the list")
    window.center.run("layer.table")
    assert window.register.isVisible()


def _one_waits_already() -> None:
    """A swatch that came into sight before, as of the workspace that was open: those after it are held all the same."""
    look = {"rule": [{"label": "示例", "symbol": [{"kind": "fill", "color": "#FF0000"}]}]}
    canvas = QImage(22, 16, QImage.Format.Format_ARGB32)
    painter = QPainter(canvas)
    swatch_icon(Style.parse(look, "示例").rules[0], "polygon", 1.0).paint(painter, QRect(0, 0, 22, 16))
    painter.end()


def test_the_swatches_of_the_tree_come_after_the_first_map(windows, work: Path, monkeypatch):
    """The first of them loads all that paints symbols: the map does not wait for that."""
    monkeypatch.setattr(furnishing, "_LATEST_S", 120.0)  # on a busy machine the map is given up after two
    _one_waits_already()
    window = make_window(opening=True)
    windows.append(window)
    window.resize(1366, 768)
    window.show()
    assert window.files.open_path(work)
    Later(window, lambda: None)
    tree, canvas = window.layers.tree, window.map.canvas
    row = tree.visualItemRect(tree.topLevelItem(0).child(0))

    def picture() -> QImage:
        return tree.viewport().grab(row).toImage().copy(0, 0, 3 * tree.indentation() + 30, row.height())

    plain, looked = picture(), 0
    while not canvas.settled:
        QApplication.processEvents()
        if not canvas.settled:
            assert picture() == plain
            looked += 1
    assert looked
    until(lambda: window.furnished, "the panels")
    until(lambda: picture() != plain, "the swatches")


def test_a_click_before_they_came_is_answered_with_the_form(opening: Hands):
    opening.click(at(1000, 1000))
    window = opening.window
    assert not window.furnished
    Later(window, lambda: None)
    until(lambda: window.furnished, "the panels")
    assert window.side.currentWidget() is window.form
    assert window.form.editor("name").isVisible()


def test_a_tab_chosen_before_its_panel_came_shows_the_panel(opening: Hands):
    window = opening.window
    bar = window.side.tabBar()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(list(SIDES).index("history")).center())
    assert window.side.currentWidget() is window.history
    assert window.history.isVisible()


def test_a_command_before_they_came_runs(opening: Hands):
    opening.key(Qt.Key.Key_F9)
    until(lambda: opening.window.handlers.checks.done, "the checks")
    assert opening.window.side.currentWidget() is opening.window.checks


def test_the_next_start_paints_for_the_canvas_of_this_one(hands: Hands):
    canvas = hands.canvas
    expected = (float(canvas.width()), float(canvas.height()), canvas.devicePixelRatioF())
    hands.window.close()
    assert preferences.load().canvas == expected


@pytest.mark.parametrize("told", ["wide", [1, 2], [0, 800, 1], [900, "x", 1], [900, 800, 99], None])
def test_a_canvas_that_nobody_can_have_is_not_painted_for(hands: Hands, told):
    hands.window.close()
    path = config_folder() / "preferences.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**stored, "canvas": told}), encoding="utf-8")
    assert preferences.load().canvas == preferences.Preferences().canvas
