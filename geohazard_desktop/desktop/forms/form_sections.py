"""Panels that belong into the form of one layer beside its fields: the place where other rooms put theirs.

A section is a widget made for one feature; `follow` tells it what changed while it is shown. To add one, write it in a
file of its own and name it in `ABOVE` (between the facts and the fields) or `BELOW` (after the fields) by its layer;
"" stands for every layer. The function is given the session and the feature, and answers None where it has nothing
to say.
"""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QWidget

from geohazard_desktop.desktop.session import Session
from geohazard_desktop.workspace.feature import Delta, Feature


class FormSection(QWidget):
    """What every section can be told. `covers` are the layers whose records it shows itself; `asked` carries the id of
    a command that it wants run, `chosen` the keys (layer, uid) of what is to be selected and brought into sight."""

    asked = Signal(str)
    chosen = Signal(list)
    covers: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it has nothing to say now, and takes no room."""
        return False

    def follow(self, deltas: Sequence[Delta]) -> None:
        """The workspace changed; the feature itself is still there."""

    def wants(self, mime: QMimeData) -> bool:  # noqa: ARG002 - what others override
        """Whether what is dragged over the form would be taken here."""
        return False

    def take(self, mime: QMimeData) -> None:
        """It was let go over the form."""

    def unfinished(self) -> bool:
        """Whether something typed here is not stored yet."""
        return False

    def store_unfinished(self) -> None:
        """The selection changes: store what may be stored."""


Factory = Callable[[Session, Feature], FormSection | None]


def _zone_life(session: Session, feature: Feature) -> FormSection:
    from geohazard_desktop.desktop.zones.life_panel import ZoneLifePanel

    return ZoneLifePanel(session, [feature])


def _zone_papers(session: Session, feature: Feature) -> FormSection:
    from geohazard_desktop.desktop.zones.papers_panel import ZonePapersPanel

    return ZonePapersPanel(session, feature)


ABOVE: dict[str, list[Factory]] = {"danger_zone": [_zone_life]}
BELOW: dict[str, list[Factory]] = {"danger_zone": [_zone_papers]}


def sections_of(place: dict[str, list[Factory]], session: Session, feature: Feature) -> Iterator[FormSection]:
    """The sections of `place` for a feature, its layer's own first."""
    for make in (*place.get(feature.layer, ()), *place.get("", ())):
        made = make(session, feature)
        if made is not None:
            yield made
