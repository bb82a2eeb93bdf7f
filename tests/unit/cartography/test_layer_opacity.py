"""A layer that is seen through: as a whole, alike on screen, paper, page and in QGIS."""

from xml.etree.ElementTree import fromstring

import numpy as np
import pytest
from map_layers_by_hand import picture, rule, view
from PySide6.QtGui import QImage, QPainter
from shapely import box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.legend import legend_entries
from geohazard_desktop.cartography.painter import paint_map
from geohazard_desktop.cartography.qml import style_qml
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.svg import map_svg, map_svg_report
from geohazard_desktop.common.errors import DefinitionInvalid, EditRefused
from geohazard_desktop.publishing.web.style import painting
from geohazard_desktop.workspace.edits import change_style
from geohazard_desktop.workspace.plan_layers import LEAST_OPACITY
from geohazard_desktop.workspace.workspace import Workspace

LOOK = {
    "rule": [
        rule(
            {"kind": "fill", "color": "#2040C0"},
            {"kind": "hatch", "color": "#101010", "width": 0.6, "spacing": 3.0, "angle": 45.0},
            {"kind": "stroke", "color": "#C02020", "width": 6.0, "casing": 2.0},
        )
    ]
}
AREA, OTHER = box(15, 15, 70, 60), box(40, 40, 90, 90)


@pytest.fixture(autouse=True)
def drawing() -> None:
    ensure_application()


def pixels(style: dict) -> np.ndarray:
    """Painted on white, (rows, columns, 3)."""
    sight = view()
    image = QImage(round(sight.width), round(sight.height), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint_map(painter, sight, [picture([AREA, OTHER], style)])
    painter.end()
    return np.array(image.constBits(), dtype=np.uint8).reshape(image.height(), -1, 4)[:, :, :3].astype(int)


def test_the_whole_layer_is_mixed_with_what_lies_below():
    plain = pixels(LOOK)
    assert (plain == 255).mean() < 0.9
    mixed = 255 - (255 - plain) * 0.4
    assert np.abs(pixels({"opacity": 0.4, **LOOK}) - mixed).max() <= 3, "no outline shines through over its own fill"
    assert np.array_equal(pixels({"opacity": 1.0, **LOOK}), plain)


def test_paper_has_it_as_a_group_and_the_legend_as_the_map():
    shapes = [picture([AREA, OTHER], {"opacity": 0.4, **LOOK})]
    svg, report = map_svg_report(view(), shapes)
    assert svg.count('<g opacity="0.4">') == 1
    fromstring(svg)
    (entry,) = legend_entries(report, shapes)
    assert '<g opacity="0.4">' in entry.swatch
    assert "<g opacity" not in map_svg(view(), [picture([AREA], LOOK)])


def test_qgis_and_the_web_page_are_told(workspace: Workspace):
    definition = workspace.definitions["river_corridor"]
    style = Style.parse({"opacity": 0.35, **definition.style}, "river_corridor")
    assert "<layerOpacity>0.35</layerOpacity>" in style_qml(style, definition)
    assert "layerOpacity" not in style_qml(Style.parse(definition.style, "river_corridor"), definition)
    assert painting(style)["opacity"] == 0.35
    assert "opacity" not in painting(Style.parse(definition.style, "river_corridor"))


@pytest.mark.parametrize("value", [0.05, 0, 1.2, "0.5", None])
def test_what_is_no_opacity_is_said(value: object):
    with pytest.raises(DefinitionInvalid, match="opacity 不对"):
        Style.parse({"opacity": value, **LOOK}, "river")


def test_a_change_is_one_step_in_words_and_what_warns_stays_readable(workspace: Workspace):
    mapping = workspace.definitions["river_corridor"].style
    edit = change_style(workspace, "river_corridor", {"opacity": 0.6, **mapping})
    title = workspace.definitions["river_corridor"].title
    assert edit.words == f"样式：{title} 不透明度 100 % → 60 %"
    workspace.apply(edit)
    assert workspace.style("river_corridor")["opacity"] == 0.6
    workspace.undo()
    assert workspace.style("river_corridor") == mapping
    zones = workspace.definitions["danger_zone"].style
    assert change_style(workspace, "danger_zone", {"opacity": LEAST_OPACITY, **zones}).deltas
    with pytest.raises(EditRefused, match="危险区不能淡到 70%，复印以后会看不清。"):
        change_style(workspace, "danger_zone", {"opacity": 0.7, **zones})
