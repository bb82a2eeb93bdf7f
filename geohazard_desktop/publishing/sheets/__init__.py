"""警示图: papers, extents, panels, batches of sheets."""
