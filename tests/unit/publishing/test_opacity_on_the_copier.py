"""How far the layers that warn may be seen through: measured on copies of what the legend shows of them."""

import pytest
from copier import copy_of_svg

from geohazard_desktop.cartography.legend import SWATCH_MM, swatch_svg
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.plan_layers import LEAST_OPACITY


def black_on_a_copy(layer: str, label: str, opacity: float) -> float:
    """The share of a layer's sample that a copier makes black."""
    definition = read_definitions()[layer]
    look = next(one for one in Style.parse(definition.style, layer).rules if one.label == label)
    swatch = swatch_svg(look, definition.geometry, opacity=opacity)
    return float((copy_of_svg(swatch, *SWATCH_MM, 1.0) < 0.15).mean())


@pytest.mark.parametrize(("layer", "label"), [("danger_zone", "地质灾害危险区"), ("evacuation_route", "撤离路线")])
def test_what_warns_is_still_black_on_a_copy_at_the_least_opacity_and_would_not_be_below(layer: str, label: str):
    whole = black_on_a_copy(layer, label, 1.0)
    assert whole > 0.05
    assert black_on_a_copy(layer, label, LEAST_OPACITY) > 0.7 * whole
    assert black_on_a_copy(layer, label, 0.6) == 0.0
