"""Random sequences of what a hand can do: no invalid feature is ever stored, and undo returns the exact shapes."""

from desk import Desk, at, press_key
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from geohazard_desktop.editing.all_ways import make_ways
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.move import MoveTool
from geohazard_desktop.editing.tool import Button, Modifier
from geohazard_desktop.editing.vertex import VertexTool

WAYS = ("freehand", "trace", "rectangle", "slanted_rectangle", "circle", "circle_three", "regular_polygon")
TOOLS = ("polygon", "line", "vertex", "shared", "move", *WAYS)
places = st.tuples(st.integers(0, 16).map(lambda one: one * 20.0), st.integers(0, 12).map(lambda one: one * 20.0))
modifiers = st.sampled_from([Modifier.NONE, Modifier.NONE, Modifier.SHIFT, Modifier.CONTROL])
steps = st.one_of(
    st.tuples(st.just("click"), places, modifiers),
    st.tuples(st.just("click"), places, modifiers),
    st.tuples(st.just("drag"), places, places),
    st.tuples(st.just("right"), places),
    st.tuples(st.just("double"), places),
    st.tuples(st.just("key"), st.sampled_from(["Enter", "Backspace", "Delete", "Escape", "Left", "Up"])),
    st.tuples(st.just("tool"), st.sampled_from(TOOLS)),
    st.tuples(st.just("undo")),
)


def make(desk: Desk, name: str):
    if name == "polygon":
        return DrawTool(desk.context("danger_zone", snapping=True))
    if name == "line":
        return DrawTool(desk.context("evacuation_route", snapping=True))
    if name in WAYS:
        return DrawTool(desk.context("danger_zone", snapping=True), way=make_ways()[name])
    context = desk.context(snapping=True)
    context.sharing = name == "shared"
    return MoveTool(context) if name == "move" else VertexTool(context)


def do(desk: Desk, tool, step):
    match step:
        case ("click", place, held):
            tool.move(at(*place, Button.NONE, held))
            tool.press(at(*place, Button.LEFT, held))
            tool.release(at(*place, Button.LEFT, held))
        case ("drag", start, end):
            tool.press(at(*start))
            tool.move(at(*end))
            tool.preview()
            tool.release(at(*end))
        case ("right", place):
            tool.press(at(*place, Button.RIGHT))
            tool.release(at(*place, Button.RIGHT))
        case ("double", place):
            tool.double_click(at(*place))
        case ("key", name):
            press_key(tool, name)
        case ("tool", name):
            tool.cancel()
            return make(desk, name)
        case ("undo",):
            if desk.ws.undo_words() is not None:
                desk.ws.undo()
    tool.preview()
    assert tool.hint()
    return tool


# Not shrunk: each try makes a workspace on disk, and a failing sequence is short enough to read as it is.
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(steps, min_size=5, max_size=40))
def test_random_hands(sequence):
    desk = Desk()
    try:
        tool = make(desk, "polygon")
        states = [desk.all_shapes()]
        for step in [("click", (0.0, 0.0), Modifier.NONE), ("click", (100.0, 0.0), Modifier.NONE), *sequence]:
            edits = len(desk.edits)
            stop = desk.ws.subscribe(tool.follow)
            tool = do(desk, tool, step)
            stop()
            if step[0] == "undo":
                if len(states) > 1:
                    states.pop()
            else:
                # A key may be several steps of the history (corners of several features): each is undone by itself.
                assert len(desk.edits) - edits <= 60
                for _number in range(edits, len(desk.edits) - 1):
                    states.append({})
                if len(desk.edits) > edits:
                    states.append(desk.all_shapes())
            desk.assert_all_valid()
        while len(states) > 1:
            now = desk.all_shapes()
            expected = states.pop()
            if expected:
                assert now.keys() == expected.keys()
                assert all(one.same_as(expected[key]) for key, one in now.items())
            desk.ws.undo()
        assert desk.all_shapes() == {}
    finally:
        desk.close()
