"""What a lock means for tools: shapes stay, fields may change; base layers are locked as long as nobody opens them."""

import pytest
import shapely
from desk import EAST, NORTH

from geohazard_desktop.editing.locks import locked_at_first, locked_layers
from geohazard_desktop.workspace.edits import change_values, delete_features, move_features


@pytest.mark.parametrize(
    ("layer", "locked"),
    [
        ("district", True),
        ("subdistrict", True),
        ("neighbour", True),
        ("water", True),
        ("susceptibility_zone", True),
        ("danger_zone", False),
        ("objection", False),
        ("household_member", False),
    ],
)
def test_the_base_is_locked_at_first_and_the_offices_own_work_is_not(desk, layer: str, locked: bool):
    assert locked_at_first(desk.ws.definitions[layer]) is locked


def test_an_edit_of_shapes_meets_the_lock_and_one_of_fields_does_not(desk):
    town = desk.put("subdistrict", shapely.box(EAST, NORTH, EAST + 100, NORTH + 100), name="示例街道")
    definitions = desk.ws.definitions
    for edit, met in (
        (move_features(definitions, [town], 5.0, 0.0), ["subdistrict"]),
        (delete_features(definitions, [town]), ["subdistrict"]),
        (change_values(definitions, [town], {"name": "别的街道"}), []),
    ):
        assert list(locked_layers(definitions, edit, lambda layer: layer == "subdistrict")) == met
        assert not locked_layers(definitions, edit, lambda _layer: False)


def test_a_click_selects_from_no_locked_layer_but_sees_it(desk):
    context = desk.context()
    context.locked = lambda layer: layer == "district"
    assert "district" not in context.click_layers()
    assert "district" in context.seen_layers()
