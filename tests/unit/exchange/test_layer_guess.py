"""Into which layer a file goes is guessed from its name, its shapes and its columns, and told; never when in doubt."""

import dataclasses

import pytest
from look_alikes import bow_tie, frame, square
from shapely import LineString

from geohazard_desktop.exchange.importer import import_file, plan_import
from geohazard_desktop.exchange.later_aliases import with_later_aliases
from geohazard_desktop.exchange.layer_guess import guess_layer, layers_taking
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits import create_feature

LAYERS = read_definitions()


def guessed(path, current="danger_zone"):
    return guess_layer(LAYERS, open_source(path), current, (path.stem, ""))


def test_a_list_of_households_goes_to_the_households(tmp_path):
    path = tmp_path / "住户.csv"
    path.write_text("名称,户主,人口,X,Y\n甲家,李示例,4,4370100,36400100\n", encoding="utf-8")
    found = guessed(path)
    assert found.layer == "household"
    assert found.sentence == "按名称里的“住户”和“户主”等列，写入图层先选了“住户”；不对请改选。"
    # Its columns alone say it, too.
    assert guessed(path.rename(tmp_path / "表1.csv")).layer == "household"


def test_shapes_and_names_decide_between_layers(tmp_path):
    for name, shape, columns, layer in (
        (
            "2026隐患点成果.csv",
            None,
            "名称,灾害类型,威胁户数,威胁人数,X,Y\n甲,滑坡,3,9,4370100,36400100\n",
            "hazard_point",
        ),
        (
            "撤离路线.geojson",
            LineString([(36400100, 4370100), (36400200, 4370100)]),
            {"名称": ["甲"]},
            "evacuation_route",
        ),
        ("采空区.geojson", square(), {"矿名": ["示例煤矿"], "采深": [100]}, "subsidence_area"),
    ):
        path = tmp_path / name
        if shape is None:
            path.write_text(columns, encoding="utf-8")
        else:
            frame(columns, [shape]).to_file(path)
        assert guessed(path, "household").layer == layer, name


def test_the_area_of_a_river_is_water_and_districts_are_offered_first_for_districts(tmp_path):
    frame({"NAME": ["黄河"]}, [square()]).to_file(tmp_path / "yellow_river_polygons.geojson")
    assert guessed(tmp_path / "yellow_river_polygons.geojson").layer == "water"
    frame({"名称": ["甲区"], "adcode": ["990102"], "级别": ["区"]}, [square()]).to_file(tmp_path / "成果.geojson")
    offered = layers_taking(LAYERS, open_source(tmp_path / "成果.geojson"), ("成果", ""))
    assert {"district", "neighbour"} <= {one.table for one in offered[:4]}


def test_what_fits_several_layers_stays_where_people_are(tmp_path):
    path = tmp_path / "成果.geojson"
    frame({"名称": ["甲"]}, [square()]).to_file(path)
    found = guessed(path, "neighbour")
    assert (found.layer, found.sentence, found.evidence) == ("neighbour", "", [])


def test_headings_learned_later_hold_for_older_workspaces():
    zone = LAYERS["danger_zone"]
    old = dataclasses.replace(zone, fields=tuple(dataclasses.replace(one, aliases=("甲",)) for one in zone.fields))
    assert {"甲", "所在街道"} <= set(with_later_aliases(old).by_name["subdistrict"].aliases)
    own = dataclasses.replace(zone, table="own_layer")
    assert with_later_aliases(own) is own


@pytest.fixture
def zones(workspace, tmp_path):
    """Of four zones one lies 25 km off, one is broken and can't be imported either."""
    workspace.apply(create_feature(workspace.definitions, "district", square(0, 0, 9000), {"name": "示例区"}))
    columns = {
        "名称": ["近", "远", "坏", "修"],
        "灾种": ["滑坡", "滑坡", "滑波", "滑坡"],
        "所在街道": ["西街道"] * 4,
        "威胁户数": [1, 2, 3, 4],
        "威胁人数": [4, 8, 12, 16],
    }
    shapes = [square(), square(34_000.0), bow_tie(), bow_tie()]
    path = tmp_path / "危险区.geojson"
    frame(columns, shapes).to_file(path)
    return path


def test_what_lies_outside_the_district_is_listed_and_repairs_agree(workspace, zones):
    report = import_file(workspace, zones, "danger_zone")
    (far,) = [one for one in report.problems if one.kind == "note"]
    assert far.sentence == (
        "危险区.geojson 第 2 个要素（远）：在示例区以外约 25 公里，也导入了。请在图上核对位置和坐标系。"
    )
    assert (report.imported, report.skipped, report.repaired) == (3, 1, 1)
    assert [one.row for one in report.problems if one.kind == "repaired"] == [3]
    assert [one.row for one in report.problems if one.kind == "skipped"] == [2]
    assert {one.text("subdistrict") for one in workspace.table("danger_zone")} == {"西街道"}


def test_who_is_threatened_is_not_taken_for_who_has_to_move(workspace, zones):
    report = import_file(workspace, zones, "danger_zone")
    (told,) = [one for one in report.evidence if "不是受威胁的" in one.sentence]
    assert told.doubt
    assert told.sentence.startswith("“威胁户数、威胁人数”没有写入")
    mapped = plan_import(workspace, open_source(zones), "danger_zone", mapping={"must_move_people": "威胁人数"})
    assert not [one for one in mapped.report.evidence if "不是受威胁的" in one.sentence]
    assert [one["must_move_people"] for one in mapped.features] == [4, 8, 16]
