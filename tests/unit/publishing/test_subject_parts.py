"""The order in which subjects are listed and printed."""

from notice_village import E, N, add
from shapely import Point, box

from geohazard_desktop.publishing.subject_parts import Parts


def test_zones_are_listed_by_number_and_households_as_they_are_visited(workspace):
    for number, east in (("SL-W-0003", 0), ("", 300), ("SL-W-0001", 900), ("SL-W-0002", 600)):
        add(workspace, "danger_zone", box(E + east, N, E + east + 100, N + 100), id=number or None, name=f"区{east}")
    for number, east in (("SL-H-0002", 0), ("SL-H-0001", 500)):
        add(workspace, "household", Point(E + east, N), id=number, head="李示例")
    parts = Parts(workspace)
    listed = [one.text("id") for one in parts.in_order("danger_zone")]
    assert listed == ["SL-W-0001", "SL-W-0002", "SL-W-0003", ""]
    assert [one.text("id") for one in parts.in_order("household")] == ["SL-H-0002", "SL-H-0001"]
