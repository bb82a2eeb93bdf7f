"""A list never ends in the middle of a line."""

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QListView, QTableWidget, QVBoxLayout, QWidget

from geohazard_desktop.desktop.start import application
from geohazard_desktop.desktop.whole_rows import WholeRows


@pytest.fixture
def room():
    application()
    made = QWidget()
    QVBoxLayout(made).setContentsMargins(0, 0, 0, 0)
    yield made
    made.deleteLater()


def put_in(room: QWidget, view, least: int = 3) -> WholeRows:
    made = WholeRows(view, least)
    room.layout().addWidget(made)
    room.show()
    QApplication.processEvents()
    return made


@pytest.mark.parametrize("high", range(200, 260, 7))
def test_a_table_shows_its_head_and_whole_rows(room, high):
    table = QTableWidget(50, 2)
    table.verticalHeader().setDefaultSectionSize(31)
    put_in(room, table)
    room.resize(300, high)
    QApplication.processEvents()
    assert table.viewport().height() % 31 == 0
    assert high - 31 < table.height() <= high


@pytest.mark.parametrize("high", range(200, 260, 7))
def test_so_does_a_list(room, high):
    view = QListView()
    view.setModel(QStringListModel([str(one) for one in range(50)]))
    put_in(room, view)
    room.resize(300, high)
    QApplication.processEvents()
    assert view.viewport().height() % view.sizeHintForRow(0) == 0


def test_it_asks_for_room_for_some_rows_and_for_none_where_the_list_is_hidden(room):
    table = QTableWidget(50, 2)
    table.verticalHeader().setDefaultSectionSize(31)
    made = put_in(room, table, 5)
    assert room.minimumSizeHint().height() >= 5 * 31
    table.hide()
    assert made.isHidden()
    table.show()
    assert not made.isHidden()
