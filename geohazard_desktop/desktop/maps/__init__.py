"""The map on the screen: canvas, frames, furniture, views."""
