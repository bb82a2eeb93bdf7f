"""A feature more in a workspace: what nearly every test begins with."""

from typing import Any

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


def add(ws: Workspace, layer: str, geometry: BaseGeometry | None = None, **values: Any) -> str:
    """Put it in as one step; its uid."""
    edit = create_feature(ws.definitions, layer, geometry, values)
    ws.apply(edit)
    return edit.deltas[0].uid


def added(ws: Workspace, layer: str, geometry: BaseGeometry | None = None, **values: Any) -> Feature:
    """The same; the feature as the workspace has it now."""
    found = ws.feature(layer, add(ws, layer, geometry, **values))
    assert found is not None
    return found
