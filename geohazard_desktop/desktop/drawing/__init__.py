"""The hand on the map: strokes, corners, snapping, numbers that are typed, copies."""
