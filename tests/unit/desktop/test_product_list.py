"""The options of a product: what means nothing as the others stand is out of sight."""

from PySide6.QtWidgets import QWidget

from geohazard_desktop.desktop.papers.product_list import OptionsForm
from geohazard_desktop.publishing.products import PRODUCTS


def test_how_far_parts_overlap_is_asked_where_there_are_parts(application):
    form = OptionsForm()
    form.show_product(PRODUCTS["map_internal"])

    def shown() -> set[str]:
        return {
            one.accessibleName() for one in form.findChildren(QWidget) if one.accessibleName() and not one.isHidden()
        }

    assert "相邻两张重叠" not in shown()
    before = form.values()
    form.set_values({"tiles": "A4"})
    assert "相邻两张重叠" in shown()
    form.set_values({"tiles": ""})
    assert "相邻两张重叠" not in shown()
    assert form.values() == before, "what is out of sight keeps its value"
