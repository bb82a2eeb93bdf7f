"""The tools of menu 改形 by their commands."""

from collections.abc import Callable, Mapping

from geohazard_desktop.editing.explode import ExplodeTool
from geohazard_desktop.editing.shape_clicks import DeletePartTool, ExtendTool, FillHoleTool, TrimTool
from geohazard_desktop.editing.shape_corners import SimplifyTool, SmoothTool
from geohazard_desktop.editing.shape_options import BufferTool, OffsetTool
from geohazard_desktop.editing.shape_strokes import AddPartTool, HoleTool, ReshapeTool, SplitTool
from geohazard_desktop.editing.tool import Tool, ToolContext

SHAPE_TOOLS: Mapping[str, Callable[[ToolContext], Tool]] = {
    "shape.reshape": ReshapeTool,
    "shape.split": SplitTool,
    "shape.hole": HoleTool,
    "shape.fill_hole": FillHoleTool,
    "shape.add_part": AddPartTool,
    "shape.delete_part": DeletePartTool,
    "shape.explode": ExplodeTool,
    "shape.extend": ExtendTool,
    "shape.trim": TrimTool,
    "shape.offset": OffsetTool,
    "shape.buffer": BufferTool,
    "shape.simplify": SimplifyTool,
    "shape.smooth": SmoothTool,
}
