"""Map tools as small state machines, snapping, typed coordinates, judgement. No widgets: the canvas feeds events."""
