"""The order in which subjects are listed and printed."""

from notice_village import E, N, add
from shapely import Point, box

from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.subject_parts import Parts, lacking_of

CARDS = ("cards_household", "cards_large")


def test_zones_are_listed_by_number_and_households_as_they_are_visited(workspace):
    for number, east in (("SL-W-0003", 0), ("", 300), ("SL-W-0001", 900), ("SL-W-0002", 600)):
        add(workspace, "danger_zone", box(E + east, N, E + east + 100, N + 100), id=number or None, name=f"区{east}")
    for number, east in (("SL-H-0002", 0), ("SL-H-0001", 500)):
        add(workspace, "household", Point(E + east, N), id=number, head="李示例")
    parts = Parts(workspace)
    listed = [one.text("id") for one in parts.in_order("danger_zone")]
    assert listed == ["SL-W-0001", "SL-W-0002", "SL-W-0003", ""]
    assert [one.text("id") for one in parts.in_order("household")] == ["SL-H-0002", "SL-H-0001"]


def test_the_large_print_does_not_lack_what_it_does_not_print(workspace):
    """It takes the household card's form, and has neither its map nor its foot."""
    house = add(workspace, "household", Point(E, N), head="赵示例")
    said = {key: dict(lacking_of(workspace, PRODUCTS[key], {house.uid}))[house.uid] for key in CARDS}
    only_on_the_card = {"发放单位负责人", "发放单位联系电话", "家庭住址", "救护单位"}
    assert only_on_the_card <= set(said["cards_household"])
    assert not {*only_on_the_card, "撤离路线图"} & set(said["cards_large"])
    assert {"预警信号", "危险区名称"} <= set(said["cards_large"])
