"""A meeting's pages, counted anew beside the window: of a thousand households that takes a fifth of a second, which
nobody may wait for in front of a room."""

from collections.abc import Callable
from pathlib import Path

from geohazard_desktop.analysis.street_meeting import StreetPage, street_pages
from geohazard_desktop.desktop.background import Job, Jobs, Progress
from geohazard_desktop.workspace.workspace import Workspace


class CountedApart:
    """`done` gets the pages of the data as they are; an answer about data that have changed since is dropped."""

    def __init__(self, jobs: Jobs, done: Callable[[list[StreetPage]], object]) -> None:
        self._jobs, self._done = jobs, done
        self._path: Path | None = None
        self._job: Job | None = None
        self._changes = 0

    def changed(self) -> None:
        """Whatever is under way is about other data."""
        self._changes += 1

    def ask(self, path: Path) -> None:
        """Count anew; what is under way goes to its end first."""
        self._path = path
        if self._job is not None:
            return
        changes = self._changes

        def work(_progress: Progress) -> list[StreetPage]:
            with Workspace.open(path, read_only=True) as ws:
                return street_pages(ws)

        def take(pages: list[StreetPage]) -> None:
            if self._path is not None and changes == self._changes:
                self._done(pages)

        def ended() -> None:
            self._job = None
            if self._path is not None and changes != self._changes:
                self.ask(self._path)

        self._job = self._jobs.start(work, take, ended=ended)

    def leave(self) -> None:
        """Nobody looks any more."""
        self._path = None
