"""Is that row the household of the same name? What is told beside the question is true of how the file is read now."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from shapely import Point

from geohazard_desktop.desktop.imports.namesakes import NamesakeChooser
from geohazard_desktop.exchange.alike import ADD, Namesake
from geohazard_desktop.workspace.feature import Feature

HOME = Feature("household", "h1", Point(0, 0), {"id": "SL-H-0001", "head": "赵示例", "people": 3})
OTHER = Feature("household", "h2", Point(50, 0), {"id": "SL-H-0002", "head": "赵示例", "people": 2})


@pytest.fixture
def chooser(application):
    """In a window that is not shown: by itself it would be one, and take the keys from those of later tests."""
    holder = QWidget()
    made = NamesakeChooser()
    made.setParent(holder)
    yield made
    holder.deleteLater()


def asked(east: float, people: int = 3, candidates=(HOME,), name: str = "第 2 行（赵示例）") -> Namesake:
    row = Feature("household", "", Point(east, 0), {"head": "赵示例", "people": people})
    return Namesake(2, name, row, candidates)


def told(chooser: NamesakeChooser) -> list[str]:
    cells = [chooser.rows.cellWidget(0, column) for column in (0, 1)]
    return [one.text() for one in cells if isinstance(one, QLabel)]


def test_how_far_and_how_many_are_told_anew_when_the_file_is_read_otherwise(chooser):
    chooser.show_rows([asked(12_000)], {})
    assert told(chooser) == ["第 2 行（赵示例），3 人", "SL-H-0001，赵示例，3 人，相距 12.0 公里"]
    chooser.show_rows([asked(20, people=4)], {})  # another CRS, another column
    assert told(chooser) == ["第 2 行（赵示例），4 人", "SL-H-0001，赵示例，3 人，相距 20 米"]


def test_a_box_stays_while_nothing_else_is_told_beside_it(chooser):
    chooser.show_rows([asked(20)], {})
    box = chooser.boxes["第 2 行（赵示例）"]
    chooser.show_rows([asked(20)], {"第 2 行（赵示例）": ADD})
    assert chooser.boxes["第 2 行（赵示例）"] is box
    assert box.currentData() == ADD


def test_all_are_the_same_household_leaves_the_answer_of_a_row_that_may_be_one_of_several(chooser):
    said = []
    chooser.chosen.connect(said.append)
    several = asked(20, candidates=(HOME, OTHER), name="第 3 行（赵示例）")
    for before, after in (("h2", {"第 3 行（赵示例）": "h2"}), (ADD, {}), ("", {})):
        chooser.show_rows([asked(20), several], {"第 3 行（赵示例）": before})
        chooser.all.setCurrentIndex(chooser.all.findData("same"))
        chooser.all.activated.emit(chooser.all.currentIndex())
        assert said[-1] == {"第 2 行（赵示例）": "h1", **after}
