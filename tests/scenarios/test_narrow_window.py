"""Large type in a small window: what is said while drawing stays whole."""

import pytest
from hands import Hands, until
from office import ZONE
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QScrollArea
from shapely import Point

from geohazard_desktop.analysis.shares import Share
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.edits import create_feature

pytestmark = pytest.mark.window


@pytest.fixture
def large_type():
    yield
    theme().set(percent=100)


@pytest.mark.usefixtures("large_type")
@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_the_live_figures_stay_inside_the_map(hands: Hands, size: tuple[int, int]):
    window, canvas = hands.window, hands.canvas
    ws = window.session.workspace
    for east in (700, 900):
        place = Point(ZONE[0][0] + east - 500, ZONE[0][1] + 300)
        ws.apply(create_feature(ws.definitions, "household", place, {"head": "赵示例", "people": 4}))
    window.resize(*size)
    theme().set(percent=150)
    window.map.look_at_all()
    hands.settle()
    hands.key(Qt.Key.Key_P)
    for place in ZONE[:3]:
        hands.click(place)
    hands.point_at(ZONE[3])
    live = window.map.live
    until(lambda: "2 户" in live.people_row.figures[0].text(), "the households are counted")
    assert canvas.rect().contains(live.geometry())
    shown = [one for row in (live.shape_row, live.people_row) for one in row.figures if one.isVisible()]
    assert len(shown) >= 2
    for one in shown:
        inside = QRect(one.mapTo(live, one.rect().topLeft()), one.size())
        assert live.rect().contains(inside), "no figure is cut"
        assert one.width() >= one.sizeHint().width()
    assert window.layers.tree.columnWidth(0) > theme().px(120), "layers have room for their names"


@pytest.mark.usefixtures("large_type")
def test_every_panel_stays_inside_the_window_and_what_prints_is_in_sight(hands: Hands):
    window = hands.window
    theme().set(percent=150)
    window.show_stage("publish")
    window.center.run("publish.cards_household")
    until(lambda: window.side.width() >= theme().px(340), "the panel grows with its type")
    until(lambda: window.side.mapTo(window, window.side.rect().bottomRight()).x() < window.width(), "and stays inside")
    inside = QRect(window.rect())
    for one in (window.publish.go, window.publish.products, window.layers.tree, window.map.canvas, window.side):
        assert one.isVisible()
        corner = one.mapTo(window, one.rect().topLeft())
        assert inside.contains(QRect(corner, one.size())), f"{one} is cut by the window's edge"
    assert window.map.canvas.width() > window.width() // 4
    assert window.publish.subject_table.table.verticalHeader().defaultSectionSize() == theme().px(27)


@pytest.mark.usefixtures("large_type")
def test_the_findings_are_in_sight_and_the_shares_go_with_them(hands: Hands):
    window = hands.window
    theme().set(percent=150)
    window.show_stage("checks")
    until(lambda: window.handlers.checks.done, "checked")
    shares = [Share("中易发区", 1.0, 10.0, 10.0, 0.0, True), Share("不发育区", 9.0, 90.0, 90.0, 0.0, True)]
    area = window.checks.findChild(QScrollArea)

    def told() -> list[QLabel]:
        window.checks.show_shares(shares)  # again: a run of the checks in between knows of none here
        return [one for one in window.checks.findChildren(QLabel) if one.text() == "易发区占比与预案一致"]

    until(lambda: [area.isAncestorOf(one) for one in told()] == [True], "no room above the list")
    until(lambda: window.side.mapTo(window, window.side.rect().bottomRight()).y() < window.height(), "inside")
    theme().set(percent=100)
    until(lambda: [area.isAncestorOf(one) for one in told()] == [False], "room again")
