"""The frame of a map on paper cuts no symbol."""

import numpy as np
import pytest
from shapely import MultiPoint, Point, get_coordinates

from geohazard_desktop.cartography.label_sources import symbol_radius
from geohazard_desktop.cartography.legend import legend_entries
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.svg import map_svg_report, shown_report
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.cartography.whole_symbols import whole_symbols
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.feature import Feature, FeatureTable, new_uid

E, N = 36_400_000.0, 4_370_000.0
VIEW = MapView((E, N), 1000.0, 100.0, 80.0, 300.0)  # 100 m × 80 m; a millimetre is a metre


def picture(layer: str, *places: Point | MultiPoint, **values) -> LayerPicture:
    definition = read_definitions()[layer]
    empty = dict.fromkeys((one.name for one in definition.fields), None)
    rows = [Feature(layer, new_uid(), MultiPoint([one]) if isinstance(one, Point) else one, {**empty, **values})
            for one in places]  # fmt: skip
    return LayerPicture(definition, Style.parse(definition.style, layer), FeatureTable.of(layer, rows))


def test_a_landmark_that_the_frame_would_cut_is_left_out_with_its_line_of_the_legend():
    cut = picture("landmark", Point(E + 49, N), Point(E, N - 39.5), Point(E + 50.5, N), name="主井", kind="井架")
    drawn_report = map_svg_report(VIEW, [cut])[1]
    assert legend_entries(drawn_report, [cut]), "it would be drawn"
    told = shown_report(VIEW, [cut])
    assert (told.counts, told.sizes, told.markers) == (drawn_report.counts, drawn_report.sizes, drawn_report.markers)
    (drawn,) = whole_symbols([cut], VIEW)
    svg, report = map_svg_report(VIEW, [drawn])
    assert report.drawn("landmark") == 0
    assert legend_entries(report, [drawn]) == []
    assert "主井" not in svg


def test_what_the_map_warns_of_is_drawn_whole_inside_the_frame():
    near, beyond, two = Point(E + 49.5, N + 39.9), Point(E - 50.5, N), MultiPoint([(E, N), (E - 50.5, N)])
    given = picture("hazard_point", near, beyond, two, hazard_type="崩塌", status="在册", name="东坡")
    (drawn,) = whole_symbols([given], VIEW)
    assert drawn.table.uids == [given.table.uids[0], given.table.uids[2]]
    half = symbol_radius(drawn.style.rules[drawn.rules[0]], drawn.values(0), VIEW.denominator)
    places = np.concatenate([get_coordinates(one) for one in drawn.geometries]) - (E, N)
    assert (np.abs(places) <= np.array([50.0, 40.0]) - half).all()
    assert np.abs(places[0] - (49.5, 39.9)).max() < 2 * half
    assert places[1].tolist() == [0, 0]


@pytest.mark.parametrize("layer", ["landmark", "shelter"])
def test_a_layer_with_nothing_at_the_frame_is_the_same_one(layer):
    given = picture(layer, Point(E, N), Point(E + 30, N + 20), Point(E + 500, N), name="示例")
    assert whole_symbols([given], VIEW)[0] is given
