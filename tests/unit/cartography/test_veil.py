"""A street that is spoken of in a meeting: paler around it, its own names whole, its neighbours' left out."""

from map_layers_by_hand import E, N, picture, rule, view
from PySide6.QtGui import QColor, QImage
from shapely import box

from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.labels import place_labels
from geohazard_desktop.cartography.veil import veiled

FILL = {"kind": "fill", "color": "#808080"}
WEST, EAST = box(0, 0, 600, 1000), box(600, 0, 1000, 1000)


def at():
    return view(100, 100, denominator=10_000)


def test_what_lies_around_is_paler_and_what_lies_inside_stays_as_it_was():
    ensure_application()
    image = QImage(round(at().width_mm * at().device_per_mm), round(at().height_mm * at().device_per_mm),
                   QImage.Format.Format_RGB32)  # fmt: skip
    image.fill(QColor("#808080"))
    street = box(E, N, E + 600, N + 1000)
    found, _core = veiled(image, at(), street.wkb)
    middle = image.height() // 2
    assert found.pixelColor(image.width() // 4, middle) == QColor("#808080")
    assert found.pixelColor(image.width() * 9 // 10, middle).red() > 160
    border = [found.pixelColor(round(image.width() * 0.6), y).red() for y in range(image.height())]
    assert min(border) < 90  # its border stands out
    assert image.pixelColor(image.width() * 9 // 10, middle) == QColor("#808080")  # the picture that is kept


def test_names_of_the_street_are_whole_and_those_of_its_neighbour_left_out():
    ensure_application()
    style = {"rule": [rule(FILL)], "label": {"text": "{name}", "size": 12.0, "halo": 0.5, "priority": 75}}
    streets = picture([WEST, EAST], style, "subdistrict", name=["西街道", "东街道"])
    heap = picture([box(560, 480, 590, 500)], style, "zone", name=["街道边上的渣堆不稳定斜坡"])
    for one in (streets, heap):
        list(one.prepare(at()))
    core = veiled(QImage(4, 4, QImage.Format.Format_RGB32), at(), box(E, N, E + 600, N + 1000).wkb)[1]
    named = {one.text: one.boxes[0] for one in place_labels(at(), [streets, heap], {}, within=core).labels}
    assert set(named) == {"西街道", "街道边上的渣堆不稳定斜坡"}
    assert {one.text for one in place_labels(at(), [streets, heap], {}).labels} > set(named)
