"""What the commands' enabling depends on, read from the window."""

from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import Situation
from geohazard_desktop.desktop.commands import COMMANDS

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


def situation_of(window: "MainWindow") -> Situation:
    ws = window.session.ws
    current = window.layers.current_layer() if ws is not None else ""
    definition = ws.definitions.get(current) if ws is not None else None
    desk, drawing = window.map.desk, window.map.desk.drawing
    return Situation(
        has_workspace=ws is not None,
        read_only_reason=window.session.read_only_reason(),
        selected=len(window.session.selection),
        selected_layers=frozenset(layer for layer, _uid in window.session.selection),
        undo_words=_("退一点") if drawing else window.following.undo_words[0],
        redo_words=_("放回退掉的点")
        if desk.strokes.taken_back
        else None
        if drawing
        else window.following.undo_words[1],
        others_words=window.following.others_words,
        drawing=drawing,
        placeable=_placeable(window),
        layer_drawable=definition is not None and definition.drawn,
        layer_styled=definition is not None and definition.geometry != "none" and bool(definition.style),
        layer_has_features=ws is not None and definition is not None and ws.count(current) > 0,
        findings=len(window.checks.findings) if window.furnished else 0,
        measured=len(window.map.desk.board.kept),
    )


def _placeable(window: "MainWindow") -> bool:
    """Whether what is selected is one point of a layer that the office may change."""
    ws, selection = window.session.ws, window.session.selection
    definition = ws.definitions.get(selection[0][0]) if ws is not None and len(selection) == 1 else None
    return definition is not None and definition.geometry == "point" and not definition.why_fixed


def tell_checks(window: "MainWindow") -> None:
    """Which switches are on, and which tool is in the hand."""
    check = window.center.check
    check("view.labels", window.map.canvas.maker.labels)
    check("view.grid", window.map.canvas.nets.grid)
    check("view.graticule", window.map.canvas.nets.graticule)
    check("view.dark", window.liked.theme == "dark")
    check("view.bright", window.liked.bright_map)
    if window.furnished:
        check("check.unasked", window.liked.check_unasked)
        check("check.marks", window.handlers.checks.marks.shown)
        for id, on in window.handlers.snapping.switched():
            check(id, on)
        check("shape.corners", window.handlers.corners.shown)
    check("layer.table", window.docks["register"].isVisible())
    for command in COMMANDS:
        if command.family == "way":
            check(command.id, command.id == f"way.{window.map.desk.ways.key}")
        elif command.kind == "tool":
            check(command.id, window.map.desk.name == command.id)
