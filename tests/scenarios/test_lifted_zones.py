"""已撤销 danger zones leave view and registers when asked, are counted there, and come back; paper goes by itself."""

from pathlib import Path

import pytest
from hands import LEFT, Hands, on_disk
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from geohazard_desktop.domain.lifecycle import lifted
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window


def tree_words(hands: Hands) -> str:
    return hands.window.layers.rows()["danger_zone"].text(1)


def test_lifted_zones_are_hidden_counted_and_shown_again(sit_down, demo_path: Path):
    hands: Hands = sit_down(demo_path)
    window = hands.window
    zones, panel = window.map.lifted, window.register
    (gone,) = zones.all
    shape = window.session.workspace.feature("danger_zone", gone).geometry
    window.map.look_at_keys([("danger_zone", gone)])
    window.map.canvas.maker.labels = False
    for layer in window.layers.rows():
        window.layers.show_layer(layer, layer == "danger_zone")
    hands.settle()
    ring = shape.geoms[0].exterior
    around = [ring.interpolate(at, normalized=True) for at in (n / 80 for n in range(80))]

    def drawn() -> int:
        """At how many of the places along its edge something dark stands."""
        image = window.map.canvas.grab().toImage()
        places = [hands.pixel((one.x, one.y)) for one in around]
        return sum(QColor(image.pixel(one)).lightness() < 170 for one in places if image.valid(one))

    assert drawn() > 20, "grey and dashed"
    middle = shape.representative_point()
    hands.click((middle.x, middle.y))
    assert window.session.selection == [("danger_zone", gone)]
    window.layers.set_current("danger_zone")
    hands.key(Qt.Key.Key_F4)
    hands.settle()
    total = panel.model.rowCount()
    assert panel.hide_lifted.text() == "藏起已撤销 1 行"
    QTest.mouseClick(panel.hide_lifted, LEFT)
    assert window.session.selection == [], "what is out of sight is not selected"
    assert panel.model.rowCount() == total - 1
    assert panel.hide_lifted.text() == "已撤销 1 行没有列出"
    assert panel.count.text() == f"{total - 1} 行"
    assert tree_words(hands) == f"{total - 1} / {total}"
    assert window.map.canvas.note == "已撤销 1 个没有显示"
    assert not window.center.actions["view.lifted"].isChecked()
    hands.key(Qt.Key.Key_F4)
    window.map.look_at_keys([("danger_zone", gone)])
    hands.settle()
    assert drawn() == 0
    hands.click((middle.x, middle.y))
    assert window.session.selection == []
    panel.show_layer("zone_event")
    steps = [panel.model.values(row)["danger_zone"] for row in range(panel.model.rowCount())]
    assert steps
    assert gone not in steps
    assert len(on_disk(demo_path, "danger_zone")) == total, "nothing is changed in the data"

    again = sit_down(demo_path)
    assert again.window.map.lifted.hidden, "the workspace's view is remembered"
    again.window.center.run("view.lifted")
    again.settle()
    assert tree_words(again) == str(total)
    assert again.window.map.canvas.note == ""


def test_paper_never_shows_a_lifted_zone_as_one_in_force(demo_path: Path):
    from geohazard_desktop.publishing.map_layers import MapLayers

    with Workspace.open(demo_path, read_only=True) as ws:
        layers = MapLayers(ws, lambda one: one.table == "danger_zone")
        assert layers.features("danger_zone")
        assert lifted() not in {one.text("state") for one in layers.features("danger_zone")}
        (picture,) = MapLayers(ws, lambda one: one.table == "danger_zone", lifted_too=True).pictures
        (rule,) = {picture.style.rule_for(one.values).label for one in picture.table if one.text("state") == lifted()}
        assert rule == "已撤销的危险区"
