"""A fresh workspace in a moment. Making one takes a third of a second of a processor, and two thousand tests begin with
one: so one is made for each district and identity that is asked for, and what a test gets is a copy of that file."""

import shutil
from pathlib import Path

from geohazard_desktop.cartography.new_workspace import new_workspace
from geohazard_desktop.common.scratch import scratch
from geohazard_desktop.domain.district import District
from geohazard_desktop.workspace.identity import Identity
from geohazard_desktop.workspace.workspace import Workspace

_made: dict[str, Path] = {}


def fresh_workspace(
    path: Path, district: District, *, identity: Identity | None = None, styles_for_qgis: bool = False
) -> Workspace:
    """As `Workspace.create` leaves it (with `styles_for_qgis` as `new_workspace` does), open for writing. Its one step
    is told of `identity`, or of whoever was the first to ask for such a file in this process."""
    key = repr((sorted(district.settings.items()), identity, styles_for_qgis))
    if key not in _made:
        folder = scratch() / "fresh"
        folder.mkdir(exist_ok=True)
        master = folder / f"{len(_made)}.gpkg"
        made = (
            new_workspace(master, district)
            if styles_for_qgis
            else Workspace.create(master, district, identity=identity)
        )
        made.close()
        _made[key] = master
    assert not path.exists(), f"{path} is there already"
    shutil.copyfile(_made[key], path)
    return Workspace.open(path, identity=identity)
