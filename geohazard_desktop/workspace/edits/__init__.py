"""Edits: pure functions that return an Edit (words for the history, and deltas). Nothing here touches a file.

`definitions` is always the workspace's `definitions`. An edit that may not be is refused with EditRefused: a sentence
that names the feature, and a remedy.

Each edit's module is loaded when its name is first asked for: a window that only shows a map loads none.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geohazard_desktop.workspace.edits.attachments import attach_photos, change_photo, delete_photos, photos_of
    from geohazard_desktop.workspace.edits.batch import BatchPlan, Change, copy_sources, plan_batch, ways_for
    from geohazard_desktop.workspace.edits.cells import change_cells
    from geohazard_desktop.workspace.edits.features import (
        change_geometry,
        change_values,
        create_feature,
        create_features,
        delete_features,
        move_features,
    )
    from geohazard_desktop.workspace.edits.shared import (
        Corners,
        Moves,
        add_shared,
        delete_corners,
        delete_shared,
        move_corners,
        move_shared,
    )
    from geohazard_desktop.workspace.edits.style import change_style, reset_style
    from geohazard_desktop.workspace.edits.validity import geometry_fault
    from geohazard_desktop.workspace.edits.values import value_fault
    from geohazard_desktop.workspace.edits.vertices import (
        VertexRef,
        add_vertex,
        delete_vertex,
        move_vertex,
        place_of,
        vertices_of,
    )

_MODULES = {
    "BatchPlan": "batch",
    "Change": "batch",
    "Corners": "shared",
    "Moves": "shared",
    "VertexRef": "vertices",
    "add_shared": "shared",
    "add_vertex": "vertices",
    "attach_photos": "attachments",
    "change_cells": "cells",
    "change_geometry": "features",
    "change_photo": "attachments",
    "change_style": "style",
    "change_values": "features",
    "copy_sources": "batch",
    "create_feature": "features",
    "create_features": "features",
    "delete_corners": "shared",
    "delete_features": "features",
    "delete_photos": "attachments",
    "delete_shared": "shared",
    "delete_vertex": "vertices",
    "geometry_fault": "validity",
    "move_corners": "shared",
    "move_features": "features",
    "move_shared": "shared",
    "move_vertex": "vertices",
    "photos_of": "attachments",
    "place_of": "vertices",
    "plan_batch": "batch",
    "reset_style": "style",
    "value_fault": "values",
    "vertices_of": "vertices",
    "ways_for": "batch",
}

__all__ = [
    "BatchPlan",
    "Change",
    "Corners",
    "Moves",
    "VertexRef",
    "add_shared",
    "add_vertex",
    "attach_photos",
    "change_cells",
    "change_geometry",
    "change_photo",
    "change_style",
    "change_values",
    "copy_sources",
    "create_feature",
    "create_features",
    "delete_corners",
    "delete_features",
    "delete_photos",
    "delete_shared",
    "delete_vertex",
    "geometry_fault",
    "move_corners",
    "move_features",
    "move_shared",
    "move_vertex",
    "photos_of",
    "place_of",
    "plan_batch",
    "reset_style",
    "value_fault",
    "vertices_of",
    "ways_for",
]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(name)
    found: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found
