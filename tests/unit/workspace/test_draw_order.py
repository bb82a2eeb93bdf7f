"""Which layer lies over which: one step, as little as possible, and what warns stays above what covers ground."""

import pytest

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.edits import change_style
from geohazard_desktop.workspace.edits.draw_order import drawn_in_order, move_layer, order_of
from geohazard_desktop.workspace.workspace import Workspace


def moved(ws: Workspace, layer: str, place: int) -> list[str]:
    """The order after the move, as the file has it."""
    ws.apply(move_layer(ws, layer, place))
    return drawn_in_order(ws)


def test_a_layer_is_moved_alone_where_there_is_room(workspace: Workspace):
    before = drawn_in_order(workspace)
    assert before[0] == "shelter"
    place = before.index("haul_road")
    edit = move_layer(workspace, "road", place)
    assert edit.words == "图层次序：道路移到运煤大通道上面"
    assert [one.after.text("table_name") for one in edit.deltas] == ["road"]
    after = moved(workspace, "road", place)
    assert after.index("road") == place
    assert [one for one in after if one != "road"] == [one for one in before if one != "road"]
    workspace.undo()
    assert drawn_in_order(workspace) == before
    assert not move_layer(workspace, "road", before.index("road")).deltas


def test_every_layer_that_may_be_moved_gets_just_there(workspace: Workspace):
    """Also where the neighbours have one and the same order, and at the ends."""
    for layer in ("road", "railway"):
        style = {**workspace.style(layer), "draw_order": order_of(workspace, "haul_road")}
        workspace.apply(change_style(workspace, layer, style))
    tried = 0
    for layer in drawn_in_order(workspace):
        for place in range(0, len(drawn_in_order(workspace)), 3):
            wanted = [one for one in drawn_in_order(workspace) if one != layer]
            wanted.insert(place, layer)
            try:
                edit = move_layer(workspace, layer, place)
            except EditRefused:
                continue
            workspace.apply(edit)
            assert drawn_in_order(workspace) == wanted
            tried += 1
    assert tried > 60


@pytest.mark.parametrize(
    ("layer", "over", "words"),
    [
        ("susceptibility_zone", "danger_zone", "易发区不能画在危险区上面"),
        ("road", "evacuation_route", "道路不能画在"),
        ("danger_zone", "evacuation_route", "危险区不能画在撤离路线上面"),
    ],
)
def test_nothing_is_laid_over_what_warns(workspace: Workspace, layer: str, over: str, words: str):
    with pytest.raises(EditRefused, match=words):
        move_layer(workspace, layer, drawn_in_order(workspace).index(over))


def test_what_warns_is_not_laid_below_what_covers_ground(workspace: Workspace):
    with pytest.raises(EditRefused, match="不能画在危险区上面"):
        move_layer(workspace, "danger_zone", len(drawn_in_order(workspace)) - 1)
    after = moved(workspace, "place", 0)
    assert after[0] == "place", "points hide little, and may lie anywhere"
