"""The tables of dialogs and panels that are read, and whose cells nobody types into."""

from collections.abc import Sequence

from PySide6.QtWidgets import QTableWidget

from geohazard_desktop.desktop.theme import theme


def read_table(name: str, headings: Sequence[str], row: int = 0, *, boxed: bool = False) -> QTableWidget:
    """An empty table, `name` for who listens to it; `row` is the height of its rows in pixels at 100 %, 0 the style's.
    `boxed`: with an edge of its own."""
    made = QTableWidget(0, len(headings))
    if boxed:
        made.setObjectName("boxed")
    made.setAccessibleName(name)
    made.setHorizontalHeaderLabels(list(headings))
    made.verticalHeader().hide()
    if row:
        made.verticalHeader().setDefaultSectionSize(theme().px(row))
    made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    made.setShowGrid(False)
    return made
