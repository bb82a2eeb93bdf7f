"""Edits: pure functions that return an Edit (words for the history, and deltas). Nothing here touches a file.

`definitions` is always the workspace's `definitions`. An edit that may not be is refused with EditRefused: a sentence
that names the feature, and a remedy.
"""

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
