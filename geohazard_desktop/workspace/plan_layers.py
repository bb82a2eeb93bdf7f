"""The layers that a warning map is made for: whatever an office does to the look of its map, they stay readable."""

# What warns and leads away: danger zones, ways, shelters, signs, and the points that it is all about.
PLAN = ("danger_zone", "evacuation_route", "warning_sign", "hazard_point", "shelter")
# On a copy seven tenths of what is black stay black; at 0.6 zones and ways have none (`test_opacity_on_the_copier`).
LEAST_OPACITY = 0.8
