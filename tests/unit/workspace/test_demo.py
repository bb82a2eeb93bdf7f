"""The shipped demo: whole, consistent, schematic throughout, and as the plan's shares say."""

import re
import tomllib
from collections import Counter

import numpy as np
import pytest
import shapely
from fresh import fresh_workspace
from pyproj import Geod, Transformer
from shapely.ops import unary_union

from geohazard_desktop.common.errors import DefinitionInvalid, EditRefused, ResourceMissing, UndoRefused
from geohazard_desktop.common.places import layer_file
from geohazard_desktop.domain.district import read_district
from geohazard_desktop.workspace import demo
from geohazard_desktop.workspace.demo import demo_districts, load_demo
from geohazard_desktop.workspace.edits import value_fault
from geohazard_desktop.workspace.identity import Identity
from geohazard_desktop.workspace.workspace import Workspace

CODE = "150304"
OFFICER = Identity("甲", "a" * 32)
INVENTED_PHONE = re.compile(r"139 0000 \d{4}")
PUBLIC_PHONES = {"110", "119", "120", "0473-3666525"}


@pytest.fixture(scope="module")
def ws(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "演示.gpkg"
    with Workspace.create(path, read_district(CODE), identity=OFFICER) as workspace:
        load_demo(workspace)
        yield workspace


def features(ws, layer):
    return list(ws.table(layer))


def test_the_demo_is_one_step_of_the_history_and_is_not_undone(ws):
    assert ws.history(1)[0].words == "载入演示数据"
    assert ws.undo_words() is None
    with pytest.raises(UndoRefused):
        ws.undo()


def test_every_layer_is_filled(ws):
    empty = [name for name, one in ws.definitions.items() if not one.helper and ws.count(name) == 0]
    # What people object to is heard at a meeting; the demo puts no words into anybody's mouth.
    assert empty == ["objection", "objection_area"]
    counts = {name: ws.count(name) for name in ws.definitions}
    assert counts["household"] == 60
    assert counts["hazard_point"] >= 12
    assert counts["subdistrict"] == 8
    assert counts["key_area"] == 6
    assert counts["danger_zone"] >= 7
    assert counts["shelter"] >= 6
    assert counts["warning_sign"] >= counts["danger_zone"]
    assert counts["household_member"] > 120


def test_everything_says_that_it_is_schematic(ws):
    for name, definition in ws.definitions.items():
        if definition.helper and name != "sheet":
            continue
        for one in features(ws, name):
            assert one["schematic"] is True, (name, one.text("name"))
            assert "示意" in one.text("source") or "虚构" in one.text("source"), (name, one.text("source"))


def test_values_are_what_the_definitions_allow(ws):
    for name, definition in ws.definitions.items():
        for one in features(ws, name):
            for field in definition.fields:
                value = one[field.name]
                if value is None:
                    assert not field.required, (name, field.name)
                else:
                    assert value_fault(field, value) is None, (name, field.name, value)


def test_references_resolve(ws):
    for name, definition in ws.definitions.items():
        for field in definition.fields:
            if field.type == "reference":
                for one in features(ws, name):
                    target = one.text(field.name)
                    assert not target or ws.feature(field.target, target) is not None, (name, field.name)


def test_shapes_are_valid_and_lie_where_they_belong(ws):
    district = unary_union(list(ws.table("district").geometries)).buffer(1.0)
    outside = {"neighbour", "river", "water", "railway", "road", "place", "haul_road_buffer"}
    for name, definition in ws.definitions.items():
        if definition.geometry == "none":
            continue
        table = ws.table(name)
        assert bool(shapely.is_valid(table.geometries).all()), name
        assert not bool(shapely.is_empty(table.geometries).any()), name
        if name not in outside:
            assert all(district.covers(one) for one in table.geometries), name


def test_susceptibility_covers_the_district_once_with_the_shares_of_the_plan(ws):
    table = ws.table("susceptibility_zone")
    shapes = list(table.geometries)
    assert shapely.coverage_is_valid([part for one in shapes for part in shapely.get_parts(one)])
    assert unary_union(shapes).symmetric_difference(ws.table("district").geometries[0]).area < 1.0
    geod, back = Geod(ellps="GRS80"), Transformer.from_crs(ws.epsg, 4490, always_xy=True)
    areas = Counter()
    for name, shape in zip(table.columns["class"], shapes, strict=True):
        lonlat = shapely.transform(shape, lambda p: np.column_stack(back.transform(p[:, 0], p[:, 1])))
        areas[name] += abs(geod.geometry_area_perimeter(lonlat)[0])
    shares = {name: 100 * area / areas.total() for name, area in areas.items()}
    assert shares == pytest.approx({"中易发区": 22.73, "低易发区": 3.12, "不发育区": 74.15}, abs=0.01)


def test_administrative_units_cover_the_district_once(ws):
    shapes = list(ws.table("subdistrict").geometries)
    assert shapely.coverage_is_valid([part for one in shapes for part in shapely.get_parts(one)])
    assert unary_union(shapes).symmetric_difference(ws.table("district").geometries[0]).area < 1.0


def test_zones_of_each_kind_that_the_plan_names_in_every_state(ws):
    zones = features(ws, "danger_zone")
    kinds = {"崩塌", "滑坡", "泥石流", "山洪泥石流", "地面塌陷", "地裂缝"}
    assert kinds <= {one.text("hazard_type") for one in zones}
    assert {one.text("state") for one in zones} == {"拟划", "已划定", "已公告", "已设警示", "已撤销"}
    for zone in zones:
        steps = [one.text("step") for one in ws.find("zone_event", "danger_zone", zone.uid)]
        assert zone.text("state") in steps


def test_routes_lead_out_of_the_zone_to_their_shelter(ws):
    zones = [one for one in features(ws, "danger_zone") if one.text("state") != "已撤销"]
    for route in features(ws, "evacuation_route"):
        line = shapely.get_parts(route.geometry)[0]
        zone = ws.feature("danger_zone", route.text("danger_zone"))
        shelter = ws.feature("shelter", route.text("shelter"))
        start, end = shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])
        assert zone.geometry.contains(start)
        assert end.distance(shelter.geometry) < 20
        assert not any(one.geometry.intersects(end) or one.geometry.intersects(shelter.geometry) for one in zones)
        assert len(line.simplify(5).coords) >= 3, "a way bends as streets do"


def test_signs_stand_on_the_edge_where_routes_come_in(ws):
    for zone in features(ws, "danger_zone"):
        if zone.text("state") == "已撤销":
            continue
        signs = [one.geometry for one in ws.find("warning_sign", "danger_zone", zone.uid)]
        assert len(signs) >= 2
        edge = zone.geometry.boundary
        assert all(edge.distance(one) < 1.0 for one in signs)
        for route in ws.find("evacuation_route", "danger_zone", zone.uid):
            assert min(one.distance(route.geometry) for one in signs) < 70


def test_households_have_all_that_their_card_asks_for(ws):
    members = Counter(one.text("household") for one in features(ws, "household_member"))
    for one in features(ws, "household"):
        for name in ("head", "people", "house_type", "address", "phone", "subdistrict", "community", "hazard_point",
                     "evacuation_route", "notes"):  # fmt: skip
            assert one.text(name), name
        assert members[one.uid] == one["people"]
        route = ws.feature("evacuation_route", one.text("evacuation_route"))
        assert one.geometry.distance(route.geometry) < 200
    assert max(members.values()) > 10, "one family needs a further sheet"
    assert any("𠮷" in one.text("head") for one in features(ws, "household"))
    assert len({one.text("address") for one in features(ws, "household")}) == 60


def test_hazard_points_fill_the_official_form(ws):
    optional = {"volume_m3", "closed_on", "closed_reason", "danger_zone", "shelter", "remark", "surveyed_on", "group"}
    definition = ws.definition("hazard_point")
    for one in features(ws, "hazard_point"):
        missing = [field.name for field in definition.fields if not one.text(field.name) and field.name not in optional]
        assert missing == []
        assert re.fullmatch(rf"{CODE}\d{{6}}", one.text("unified_code"))


def test_no_phone_is_a_real_persons(ws):
    for name, definition in ws.definitions.items():
        for field in definition.fields:
            if field.name.endswith("phone"):
                for one in features(ws, name):
                    number = one.text(field.name)
                    assert not number or number in PUBLIC_PHONES or INVENTED_PHONE.fullmatch(number), (name, number)


def test_checks_find_no_error_and_nobody_is_warned_on_the_way(ws):
    from geohazard_desktop.analysis.evacuation import HouseholdWay, WayFinder
    from geohazard_desktop.checks.run import check

    # What remains is what a first user ought to meet: a plant's people whom no list has yet, two long routes that their
    # remarks speak of, and two notes.
    found = sorted((one.rule, one.id) for one in check(ws))
    routes = [("route_time", "WD-L-0001"), ("route_time", "WD-L-0007")]
    assert found == [("danger_zone_unregistered", "WD-W-0003"), ("public_map", ""), *routes, ("schematic", "")]
    long = [one for one in features(ws, "evacuation_route") if one.text("remark")]
    assert [one.text("id") for one in long] == ["WD-L-0001", "WD-L-0007"]
    finder = WayFinder(ws)
    for household in features(ws, "household"):
        way = finder.way(household)
        assert isinstance(way, HouseholdWay)
        assert way.warnings == ()
        assert len(way.steps) >= 2


def test_settings_are_filled_only_where_the_district_leaves_them_empty(ws):
    district = read_district(CODE)
    assert "铜锣" in ws.setting("signal.text")
    assert ws.setting("duty.phone") == district.text("duty.phone")
    keys = [one.text("key") for one in features(ws, "setting")]
    assert len(keys) == len(set(keys))


def test_numbers_for_people_are_given_in_file_order(ws):
    assert [one.text("id") for one in features(ws, "danger_zone")] == [f"WD-W-{n:04d}" for n in range(1, 9)]


def test_about_says_what_each_layer_rests_on(ws):
    about = tomllib.loads(layer_file("demo", CODE, "about.toml").read_text(encoding="utf-8"))
    files = {one.stem for one in layer_file("demo", CODE).iterdir() if one.suffix in {".json", ".geojson"}}
    assert set(about["layer"]) == files
    assert sum(one.stat().st_size for one in layer_file("demo", CODE).iterdir()) < 2_000_000


def test_a_district_without_a_demo_is_refused_with_a_sentence(tmp_path, district):
    with fresh_workspace(tmp_path / "别区.gpkg", district, identity=OFFICER) as other:
        with pytest.raises(ResourceMissing, match="990101 没有演示数据"):
            load_demo(other)
        assert other.count("district") == 0
    assert CODE in demo_districts()


def test_a_demo_is_never_mixed_into_work_that_is_there(tmp_path, district):
    path = tmp_path / "区.gpkg"
    with fresh_workspace(path, district, identity=OFFICER) as other:
        load_demo(other, CODE)
        with pytest.raises(EditRefused, match="没有载入演示数据"):
            load_demo(other, CODE)
        assert other.count("household") == 60


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "读不懂"),
        ('{"type":"FeatureCollection","features":[{"id":"a","geometry":{"type":"Point","coordinates":[108,39]},'
         '"properties":{"name":"甲"}}]}', "没有标明是示意数据"),
    ],
)  # fmt: skip
def test_a_faulty_demo_is_refused_and_nothing_is_stored(tmp_path, district, monkeypatch, text, words):
    folder = tmp_path / "layers" / "demo" / "990101"
    folder.mkdir(parents=True)
    (folder / "place.geojson").write_text(text, encoding="utf-8")
    with fresh_workspace(tmp_path / "区.gpkg", district, identity=OFFICER) as other:
        monkeypatch.setattr(demo, "layer_file", lambda *parts: tmp_path.joinpath("layers", *parts))
        with pytest.raises(DefinitionInvalid, match=words):
            load_demo(other)
        assert other.count("place") == 0
