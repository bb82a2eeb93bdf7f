"""The status line tells the next click: every tool has a short sentence for it, in every state."""

import pytest
from desk import EAST, NORTH, at, click, press_key
from shapely import LineString, MultiPolygon, Point, box

from geohazard_desktop.editing.all_ways import make_ways
from geohazard_desktop.editing.copies import Foreign
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.identify import IdentifyTool
from geohazard_desktop.editing.label_tool import LabelTool
from geohazard_desktop.editing.measure import measuring
from geohazard_desktop.editing.move import MoveTool
from geohazard_desktop.editing.paste import PasteTool
from geohazard_desktop.editing.select import SelectTool
from geohazard_desktop.editing.shape_tools import SHAPE_TOOLS
from geohazard_desktop.editing.tool import Button
from geohazard_desktop.editing.turn import RotateTool, ScaleTool
from geohazard_desktop.editing.vertex import VertexTool

LONGEST = 60
TOOLS = {
    "select": SelectTool,
    "identify": IdentifyTool,
    "vertices": VertexTool,
    "move": MoveTool,
    "rotate": RotateTool,
    "scale": ScaleTool,
    "labels": LabelTool,
    "paste": lambda context: PasteTool(
        context,
        [Foreign("polygon", box(EAST, NORTH, EAST + 9, NORTH + 9), {}, "危险区")],
        lambda *_: None,
        lambda: None,
    ),
    **{f"measure {kind}": measuring(kind) for kind in ("distance", "area", "angle", "radius")},
    **{f"draw by {key}": lambda context, key=key: DrawTool(context, way=make_ways()[key]) for key in make_ways()},
    **SHAPE_TOOLS,
}


def tell(tool, state: str) -> None:
    words = tool.hint()
    assert words, state
    assert words.endswith("。"), (state, words)
    assert len(words) <= LONGEST, (state, len(words), words)


@pytest.mark.parametrize("name", TOOLS)
@pytest.mark.parametrize("chosen", ["nothing", "zone", "parts", "line"])
def test_each_state_of_each_tool_says_what_comes_next(desk, name, chosen):
    square = box(EAST, NORTH, EAST + 100, NORTH + 100)
    zone = desk.put("danger_zone", square, name="达来浩沟口")
    parts = desk.put("danger_zone", MultiPolygon([box(EAST + 300, NORTH, EAST + 320, NORTH + 20), square]))
    line = desk.put("evacuation_route", LineString([(EAST, NORTH + 200), (EAST + 100, NORTH + 200)]))
    desk.put("shelter", Point(EAST + 50, NORTH + 250))
    picked = {"nothing": None, "zone": zone, "parts": parts, "line": line}[chosen]
    desk.select([] if picked is None else [(picked.layer, picked.uid)])
    tool = TOOLS[name](desk.context(snapping=True))
    tell(tool, "taken")
    for number, place in enumerate([(0, 50), (50, 50), (120, 50), (120, 200), (60, 200)]):
        tool.move(at(*place, Button.NONE))
        tell(tool, f"pointer {number}")
        tool.press(at(*place))
        tell(tool, f"pressed {number}")
        tool.move(at(place[0] + 15, place[1] + 5))
        tell(tool, f"dragged {number}")
        tool.release(at(place[0] + 15, place[1] + 5))
        tell(tool, f"let go {number}")
    for key in ("Backspace", "Left", "Delete", "Enter", "Escape"):
        press_key(tool, key)
        tell(tool, key)


@pytest.mark.parametrize("layer", ["danger_zone", "evacuation_route", "warning_sign"])
def test_drawing_says_what_comes_next(desk, layer):
    tool = DrawTool(desk.context(layer))
    for number, place in enumerate([(0, 0), (100, 0), (100, 100), (0, 100)]):
        tell(tool, f"corner {number}")
        click(tool, *place)
    tell(tool, "drawn")
    desk.refuse = True
    press_key(tool, "Enter")
    tell(tool, "refused")
