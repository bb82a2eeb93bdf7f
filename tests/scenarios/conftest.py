"""What every scenario at the window may take: a small office, and a program that is started and ended."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fresh import fresh_workspace
from hands import Hands
from office import EAST, NORTH, ZONE, at
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from shapely import LineString, box

from geohazard_desktop.desktop.checking import unasked
from geohazard_desktop.desktop.main_window import MainWindow
from geohazard_desktop.desktop.start import make_window
from geohazard_desktop.workspace.edits import create_feature


@pytest.fixture
def work(tmp_path: Path, district) -> Path:
    """A small office: its district, one zone, one route."""
    path = tmp_path / "本局 2026.gpkg"
    with fresh_workspace(path, district) as ws:
        for layer, geometry, values in (
            ("district", box(EAST, NORTH, EAST + 4000, NORTH + 3000), {"name": "示例区"}),
            ("danger_zone", box(*ZONE[0], *ZONE[2]), {"id": "SL-W-0001", "name": "示例沟", "hazard_type": "泥石流"}),
            ("evacuation_route", LineString([at(600, 2500), at(900, 2800)]), {"id": "SL-L-0001"}),
        ):
            ws.apply(create_feature(ws.definitions, layer, geometry, values))
    return path


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[list[MainWindow]]:
    """They close while the files that they have open are still there: a change may leave with a backup."""
    made: list[MainWindow] = []
    yield made
    for one in made:
        one.publisher.stop()  # closing would ask
        one.jobs.wait()
        one.close()
        one.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def sit_down(windows: list[MainWindow]):
    """Start the program anew, with a workspace where one is named; what it remembers is read from disk."""

    def start(path: Path | None = None) -> Hands:
        for one in windows:
            one.close()
        window = make_window(opening=path is not None)
        windows.append(window)
        window.resize(1366, 768)
        window.show()
        made = Hands(window)
        made.come_forward()
        if path is not None:
            made.open(path)
        return made

    return start


@pytest.fixture
def hands(sit_down, work: Path) -> Hands:
    return sit_down(work)


@pytest.fixture(autouse=True)
def asked_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks run when a scenario asks for them: beside each window they would take a processor for nothing."""
    monkeypatch.setattr(unasked, "REST_MS", 3_600_000)
