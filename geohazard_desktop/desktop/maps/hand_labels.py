"""Where the hand put names, for the screen: read once, read again when one of them is moved."""

from collections.abc import Sequence

from geohazard_desktop.cartography.label_hand import Offsets, manual_positions
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.workspace.edits.labels import LABELS
from geohazard_desktop.workspace.feature import Delta


class HandLabels:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._offsets: Offsets | None = None
        session.opened.connect(self.forget)
        session.closing.connect(self.forget)

    def forget(self) -> None:
        self._offsets = None

    def offsets(self) -> Offsets:
        """Those that hold for every map; what was moved on one sheet stays there."""
        if self._session.ws is None:
            return {}
        if self._offsets is None:
            self._offsets = manual_positions(self._session.ws)
        return self._offsets

    def follow(self, deltas: Sequence[Delta]) -> bool:
        """True when a name may stand elsewhere now."""
        touched = any(one.layer == LABELS for one in deltas)
        if touched:
            self.forget()
        return touched
