"""The tools of menu 改形 by their commands."""

from collections.abc import Callable, Mapping

from geohazard_desktop.editing.shape_strokes import AddPartTool, HoleTool, ReshapeTool, SplitTool
from geohazard_desktop.editing.tool import Tool, ToolContext

SHAPE_TOOLS: Mapping[str, Callable[[ToolContext], Tool]] = {
    "shape.reshape": ReshapeTool,
    "shape.split": SplitTool,
    "shape.hole": HoleTool,
    "shape.add_part": AddPartTool,
}
