"""The layers that a warning map is made for: whatever an office does to the look of its map, they stay readable."""

# What warns and leads away: danger zones, ways, shelters, signs, and the points that it is all about.
PLAN = ("danger_zone", "evacuation_route", "warning_sign", "hazard_point", "shelter")
LEAST_OPACITY = 0.5  # a line half as strong still comes through a copier, one of a fifth does not (seen on copies)
