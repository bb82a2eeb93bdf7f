"""The table of ways on an internal sheet."""

from notice_village import build, change, only, points_of

from geohazard_desktop.publishing.products import PRODUCTS

NAME = "示例河下游左岸山洪泥石流区"


def test_a_long_name_of_a_zone_is_as_large_as_the_others_with_its_number_below(workspace, tmp_path):
    """Beside its number it had two lines of 8 pt, in a table that is read from a metre."""
    ws = build(workspace)
    change(ws, only(ws, "danger_zone"), name=NAME)
    change(ws, only(ws, "evacuation_route"), start=None)
    PRODUCTS["map_internal"].publish(ws, tmp_path / "图.pdf", {})
    assert 11.5 in points_of(tmp_path / "图.pdf", NAME)
