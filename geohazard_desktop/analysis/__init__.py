"""What the shapes say: measures, ways on foot, shares, position, exposure. Reads a workspace, changes nothing."""
