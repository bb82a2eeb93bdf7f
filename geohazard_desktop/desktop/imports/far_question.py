"""Asks before corners go where they are hardly meant: one question for every table in which coordinates are typed."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.editing.far_places import district_of, growth_words, outside_words
from geohazard_desktop.editing.tool import Place
from geohazard_desktop.workspace.edits import VertexRef
from geohazard_desktop.workspace.workspace import Workspace


def meant(
    parent: QWidget,
    ws: Workspace,
    geometry: BaseGeometry | None,
    moved: Mapping[VertexRef, Place],
    do: Callable[[], object],
    doubts: str = "",
) -> None:
    """Move corners of `geometry` (None: still being drawn) to `moved` by calling `do`: at once, or after a question
    where the places lie outside the district or the shape grows out of all measure; `doubts` are further ones."""
    told = [outside_words(district_of(ws), list(moved.values())), growth_words(geometry, moved)]
    words = "".join(one for one in told if one)
    if words:
        words += _("像是数字写错了一位。")
    words = doubts + words
    if words:
        # When the cell's editor has gone: it would store once more, losing the keyboard to the question.
        QTimer.singleShot(0, parent, lambda: do() if _agreed(parent, words) else None)
    else:
        do()


def _agreed(parent: QWidget, words: str) -> bool:
    asked = Question(
        parent.window(),
        _("这个坐标是要移到那里吗？"),
        words,
        _("仍然移过去"),
        _("不移，改坐标"),
    )
    found = bool(asked.exec())
    asked.deleteLater()
    return found
