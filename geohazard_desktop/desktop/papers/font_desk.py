"""Says what this machine's fonts lack when somebody comes to print, before the first page is set."""

from pathlib import Path
from typing import TYPE_CHECKING

from geohazard_desktop.desktop.background import Jobs, Progress

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.publishing.typeset.font_check import FontFault

_BAR = "fonts"


class FontDesk:
    """Looks once for each opened workspace and after each change of it, when the stage 出图 is shown."""

    def __init__(self, window: "MainWindow", jobs: Jobs) -> None:
        self._window, self._jobs = window, jobs
        self._looked = False
        self._faults: list[FontFault] = []
        window.session.changed.connect(lambda _deltas: self._forget())
        window.session.when_opened(self._forget)
        window.session.closing.connect(lambda: window.banner.take_down(_BAR))

    def _forget(self) -> None:
        self._looked = False

    def stage_shown(self, stage: str) -> None:
        """A bar in the stage 出图 alone, as long as something lacks."""
        ws = self._window.session.ws
        if stage != "publish" or ws is None:
            self._window.banner.take_down(_BAR)
        elif self._looked:
            self._tell()
        else:
            self._looked = True
            path = ws.path
            self._jobs.start(
                lambda _progress: _look(path, _progress),
                lambda faults: self._found(path, faults),
                failed=self._forget,  # looked at again when the stage is shown the next time
            )

    def _found(self, path: Path, faults: "list[FontFault]") -> None:
        if self._window.session.ws is None or self._window.session.ws.path != path:
            return  # of a workspace that was left
        self._faults = faults
        if self._window.stage == "publish":
            self._tell()

    def _tell(self) -> None:
        self._window.banner.take_down(_BAR)
        for one in self._faults:
            self._window.banner.keep(_BAR, "error" if one.stops else "warning", one.sentence, one.remedy)


def _look(path: Path, _progress: Progress) -> "list[FontFault]":
    from geohazard_desktop.publishing.typeset.font_check import font_faults
    from geohazard_desktop.workspace.workspace import Workspace

    with Workspace.open(path, read_only=True) as ws:
        return font_faults(ws)
