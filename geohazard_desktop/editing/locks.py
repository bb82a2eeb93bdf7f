"""Locked layers: what other maps stand on is not touched by a slip of the hand.

A locked layer is seen, snapped to and identified; a click does not select from it (with Alt it does), and no tool
changes a shape of it. The window keeps which layers are locked; here is what that means for tools.
"""

from collections.abc import Callable, Mapping, Sequence

from geohazard_desktop.editing.delete import BASE_GROUP
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Delta, Edit

_GIVEN = ("susceptibility_zone",)  # the county's zoning came with its report and covers all of the district


def locked_at_first(definition: LayerDefinition) -> bool:
    """Whether a layer is locked as long as nobody has said otherwise."""
    given = definition.group == BASE_GROUP or definition.table in _GIVEN
    return lockable(definition) and (given or definition.reference)


def lockable(definition: LayerDefinition) -> bool:
    return definition.geometry != "none" and not definition.helper


def locked_layers(
    definitions: Mapping[str, LayerDefinition], edit: Edit, locked: Callable[[str], bool]
) -> Sequence[str]:
    """The locked layers in which an edit would make, change or delete a shape; what fields say is not locked."""
    found = dict.fromkeys(
        one.layer
        for one in edit.deltas
        if one.layer in definitions and lockable(definitions[one.layer]) and _shapes(one) and locked(one.layer)
    )
    return list(found)


def edit_is_of_values(edit: Edit) -> bool:
    """Whether an edit leaves every shape as it is."""
    return not any(_shapes(one) for one in edit.deltas)


def _shapes(delta: Delta) -> bool:
    before, after = delta.before, delta.after
    if before is None or after is None:
        return True
    if before.geometry is None or after.geometry is None:
        return before.geometry is not after.geometry
    return not before.geometry.equals_exact(after.geometry, 0.0)
