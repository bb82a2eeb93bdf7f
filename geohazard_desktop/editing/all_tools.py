"""The tools by their commands; a command that is not here draws in the way chosen (DrawTool)."""

from collections.abc import Callable, Mapping

from geohazard_desktop.editing.identify import IdentifyTool
from geohazard_desktop.editing.label_tool import LabelTool
from geohazard_desktop.editing.measure import MeasureTool, measuring
from geohazard_desktop.editing.move import MoveTool
from geohazard_desktop.editing.select import SelectTool
from geohazard_desktop.editing.select_area import FreehandSelectTool, PolygonSelectTool, RadiusSelectTool
from geohazard_desktop.editing.shape_tools import SHAPE_TOOLS
from geohazard_desktop.editing.tool import Tool, ToolContext
from geohazard_desktop.editing.turn import RotateTool, ScaleTool
from geohazard_desktop.editing.vertex import VertexTool

TOOLS: Mapping[str, Callable[[ToolContext], Tool]] = {
    "tool.select": SelectTool,
    "tool.select_polygon": PolygonSelectTool,
    "tool.select_freehand": FreehandSelectTool,
    "tool.select_radius": RadiusSelectTool,
    "tool.identify": IdentifyTool,
    "tool.measure": MeasureTool,
    "tool.measure_area": measuring("area"),
    "tool.measure_angle": measuring("angle"),
    "tool.measure_radius": measuring("radius"),
    "tool.vertices": VertexTool,
    "tool.move": MoveTool,
    "tool.rotate": RotateTool,
    "tool.scale": ScaleTool,
    "tool.labels": LabelTool,
    **SHAPE_TOOLS,
}
