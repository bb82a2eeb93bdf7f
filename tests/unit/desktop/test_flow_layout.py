"""A row of buttons of several heights has one middle; what has no room goes on below."""

from PySide6.QtWidgets import QFrame, QWidget

from geohazard_desktop.desktop.parts import FlowLayout


def test_low_and_high_ones_of_a_row_stand_on_one_middle(application):
    holder = QWidget()
    flow = FlowLayout(holder, spacing=4, margin=0)
    made = []
    for height in (20, 40, 30, 20):
        one = QFrame()
        one.setFixedSize(100, height)
        flow.addWidget(one)
        made.append(one)
    holder.resize(320, 100)
    holder.show()
    assert [one.geometry().center().y() for one in made[:3]] == [19, 19, 19]
    assert (made[3].x(), made[3].y()) == (0, 44)
    holder.close()
