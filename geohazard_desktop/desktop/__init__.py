"""The Qt window: canvas, panels, dialogs, the command table, the theme. Widgets are named here and nowhere else."""
