"""Faults that can be mended, put into the sound office of test_rules: how each is made, and the repair it gets."""

import shapely
from shapely import LineString, Point, Polygon
from test_rules import E, N, box


def _classes(office, apart: float) -> None:
    office.reshape("susceptibility_zone", shapely.box(E - 3000, N - 3000, E, N + 3000))
    office.put("susceptibility_zone", shapely.box(E + apart, N - 3000, E + 3000, N + 3000), **{"class": "低易发区"})


def _roads(office) -> None:
    office.put("road", LineString([(E, N - 500), (E + 100, N - 500)]), name="一路")
    office.put("road", LineString([(E + 101, N - 600), (E + 101, N - 400)]), name="二路")


def _streets(office) -> None:
    office.put("subdistrict", shapely.box(E - 3000, N - 3000, E + 3000, N + 3000), name="河滨街道")
    for layer in ("danger_zone", "hazard_point", "household"):
        office.change(layer, subdistrict="河滨街道" if layer != "danger_zone" else "邻街")


def _through_the_zone(office) -> None:
    """The house moves to the other side of the zone; a second route, which its people don't take, passes there."""
    around = LineString([(E - 150, N + 150), (E - 150, N + 300), (E + 690, N + 420)])
    shelter, zone = office.made["shelter"].uid, office.made["danger_zone"].uid
    office.put("evacuation_route", around, number="2", shelter=shelter, danger_zone=zone)
    office.reshape("household", Point(E - 100, N + 50))


MENDABLE = {
    "geometry": lambda o: o.put_raw("key_area", Polygon([(E, N), (E + 9, N + 9), (E + 9, N), (E, N + 9)])),
    "duplicate_corners": lambda o: o.put(
        "key_area", Polygon([(E, N), (E + 9, N), (E + 9.001, N), (E + 9, N + 9), (E, N + 9)])
    ),
    "sliver": lambda o: o.put(
        "key_area", shapely.MultiPolygon([box(0, 0, 50), shapely.box(E + 60, N, E + 100, N + 0.2)])
    ),
    "danger_zone_overlap": lambda o: o.put("danger_zone", box(299, 0, 150), hazard_type="崩塌", must_move_people=0),
    "susceptibility_overlap": lambda o: _classes(o, -0.5),
    "danger_zone_gap": lambda o: o.put("danger_zone", box(300.6, 0, 150), hazard_type="崩塌", must_move_people=0),
    "susceptibility_gap": lambda o: _classes(o, 0.5),
    "route_shelter": lambda o: o.reshape(
        "evacuation_route", LineString([(E + 250, N + 100), (E + 400, N + 100), (E + 620, N + 400)])
    ),
    "route_start": lambda o: o.reshape("evacuation_route", LineString([(E + 350, N + 100), (E + 700, N + 420)])),
    "dangle": _roads,
    "coordinates_swapped": lambda o: o.reshape("hazard_point", Point(N + 100, E + 150)),
    "duplicate_features": lambda o: o.put("shelter", Point(E + 700, N + 420), name="胜利广场", capacity=100),
    "missing_id": lambda o: o.change("shelter", id=None),
    "duplicate_id": lambda o: o.put("shelter", Point(E + 900, N), id="SL-A-0001"),
    "dangling_reference": lambda o: o.change("hazard_point", shelter="0" * 32),
    "field_values": lambda o: o.change("shelter", surveyed_on="2026年7月1日"),
    "unseen_signs": lambda o: o.change("household", head="张\u202e示\u200b例"),
    "phone_form": lambda o: o.change("household", phone="手机：13900000003"),
    "danger_zone_events": lambda o: o.change("danger_zone", state="已划定"),
    "household_zone": lambda o: o.change("household", danger_zone=None),
    "household_crosses_zone": _through_the_zone,
    "household_route": lambda o: o.change("household", evacuation_route=None),
    "danger_zone_hazard_point": lambda o: o.change("danger_zone", hazard_point=None),
    "sign_zone": lambda o: o.change("warning_sign", danger_zone=None),
    "place_names": _streets,
    "household_remarks": lambda o: o.change("household_member", remark="本人耳聋"),
    "danger_zone_people": lambda o: o.change("hazard_point", threatened_objects="住户 1 户 1 人、北岸路 90 m"),
    "scale_class": lambda o: o.change("hazard_point", volume_m3=250_000.0, scale_class="小型"),
}

FIXES = {
    "geometry": "make_valid",
    "duplicate_corners": "thin_corners",
    "sliver": "drop_crumbs",
    "danger_zone_overlap": "cut_overlap",
    "susceptibility_overlap": "cut_overlap",
    "danger_zone_gap": "fill_gap",
    "susceptibility_gap": "fill_gap",
    "route_shelter": "end_to_shelter",
    "route_start": "start_to_zone",
    "dangle": "join_end",
    "coordinates_swapped": "replace",
    "duplicate_features": "delete_copy",
    "missing_id": "next_number",
    "duplicate_id": "next_number",
    "dangling_reference": "clear_reference",
    "field_values": "date",
    "unseen_signs": "unseen_signs",
    "phone_form": "phone",
    "danger_zone_events": "state_by_register",
    "household_zone": "zone_by_place",
    "household_crosses_zone": "clear_way",
    "household_route": "only_route",
    "danger_zone_hazard_point": "only_hazard_point",
    "sign_zone": "zone_by_place",
    "place_names": "street_by_place",
    "household_remarks": "hearing_by_remark",
    "danger_zone_people": "threat_numbers",
    "scale_class": "scale_by_volume",
}
