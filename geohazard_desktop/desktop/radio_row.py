"""A row of a dialog's form where one of few things is chosen, all in sight."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.theme import theme


def radio_row(
    parent: QWidget, grid: QGridLayout, place: int, title: str, choices: Sequence[tuple[str, str, bool]]
) -> QButtonGroup:
    """Put the row into `grid`; `choices` are (key, words, possible), and the first that is possible is chosen."""
    group = QButtonGroup(parent)
    row = QHBoxLayout()
    row.setSpacing(theme().px(16))
    for key, words, possible in choices:
        made = QRadioButton(words)
        made.setProperty("key", key)
        made.setEnabled(possible)
        group.addButton(made)
        row.addWidget(made)
        if possible and group.checkedButton() is None:
            made.setChecked(True)
    row.addStretch(1)
    grid.addWidget(label(title, "label"), place, 0)
    grid.addLayout(row, place, 1)
    return group


def chosen_key(group: QButtonGroup) -> str:
    return str(group.checkedButton().property("key"))
