"""Tables of corners come in as areas: every usual form, with names, holes, and the system that they speak of."""

import openpyxl
import pytest
import shapely
from look_alikes import EAST, NORTH

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.corner_shapes import zone_guess
from geohazard_desktop.exchange.importer import import_file
from geohazard_desktop.exchange.source import open_source
from geohazard_desktop.workspace.edits import create_feature

RING = [(NORTH, EAST), (NORTH, EAST + 100), (NORTH + 50, EAST + 100), (NORTH + 50, EAST)]
SOUTH = [(north - 500, east) for north, east in RING]
TYPE = {"hazard_type": "泥石流"}


@pytest.fixture
def office(workspace):
    box = shapely.box(EAST - 9000, NORTH - 9000, EAST + 9000, NORTH + 9000)
    workspace.apply(create_feature(workspace.definitions, "district", box, {"name": "示例区"}))
    return workspace


def come_in(office, path, layer="danger_zone", **how):
    report = import_file(office, path, layer, constants=TYPE if layer == "danger_zone" else {}, **how)
    made = list(office.features([(layer, uid) for uid in office.table(layer).uids]))
    return report, sorted(made, key=lambda one: one.text("id"))


def written(path, lines):
    path.write_text("\n".join(lines) + "\n", encoding="gbk")
    return path


def book(path, rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def rows(ring=RING, first=1):
    return [[f"J{at}", north, east] for at, (north, east) in enumerate(ring, first)]


def test_a_workbook_with_titles_a_closing_row_and_an_area(office, tmp_path):
    titles = [
        ["示例沟危险区拐点坐标表"],
        ["坐标系：2000国家大地坐标系 3度带 36带 中央经线108°"],
        ["点号", "X(m)", "Y(m)", "边长(m)"],
    ]
    path = book(tmp_path / "拐点.xlsx", [*titles, *rows(), rows()[0], ["面积", "0.5 公顷"]])
    report, (zone,) = come_in(office, path)
    assert zone.geometry.area == 5000
    assert zone.text("name") == "示例沟危险区"
    assert any(
        "5 个拐点连成 1 个面" in one.sentence and "第 1、2、3、9 行不是点" in one.sentence for one in report.evidence
    )


def test_two_zones_of_a_table_by_their_names(office, tmp_path):
    table = [
        ["危险区名称", "点号", "纵坐标X", "横坐标Y"],
        *[["甲沟", *one] for one in rows()],
        *[["乙沟", *one] for one in rows(SOUTH)],
    ]
    path = book(tmp_path / "两区.xlsx", table)
    _report, zones = come_in(office, path, only={"危险区名称": "乙沟"})
    assert [one.text("name") for one in zones] == ["乙沟"], "what is not wanted stays out"
    office.undo()
    _report, zones = come_in(office, path)
    assert [(one.text("name"), one.geometry.area) for one in zones] == [("甲沟", 5000), ("乙沟", 5000)]


@pytest.mark.parametrize("mark", [",", "\t", "  "])
def test_number_name_and_pair_in_a_text_file(office, tmp_path, mark):
    lines = [mark.join(map(str, (at, *row))) for at, row in enumerate(rows(), 1)]
    _report, (zone,) = come_in(office, written(tmp_path / "拐点.txt", lines))
    assert zone.geometry.area == 5000


def test_the_survey_file_of_the_state_with_its_hole(office, tmp_path):
    lines = [
        "[属性描述]",
        "坐标系=2000国家大地坐标系",
        "几度分带=3",
        "带号=36",
        "[地块坐标]",
        "8,0.5,1,示例区块,面,J48,危险区,地上,@",
    ]
    lines += [f"J{at},1,{north},{east}" for at, (north, east) in enumerate([*RING, RING[0]], 1)]
    lines += [f"K{at},2,{NORTH + 10 * at},{EAST + 20 + at % 2 * 30}" for at in range(1, 4)]
    _report, (zone,) = come_in(office, written(tmp_path / "勘测定界.txt", lines))
    assert zone.text("name") == "示例区块"
    assert len(zone.geometry.geoms[0].interiors) == 1


def test_a_second_outline_of_a_parcel_is_no_hole_and_no_other_zone(office, tmp_path):
    lines = ["[地块坐标]", "8,0.5,1,示例区块,面,J48,,,@"]
    for number, south in ((1, 0), (2, 500)):
        lines += [f"J{at},{number},{north - south},{east}" for at, (north, east) in enumerate([*RING, RING[0]], 1)]
    _report, (zone,) = come_in(office, written(tmp_path / "勘测定界.txt", lines))
    assert zone.text("name") == "示例区块"
    assert [len(one.interiors) for one in zone.geometry.geoms] == [0, 0]
    assert zone.geometry.is_valid


def test_degrees_with_their_marks(office, tmp_path):
    lines = [
        "点号\t东经\t北纬",
        "1\t106°44′39.37″\t39°30′27.01″",
        "2\t106°44′52.78″\t39°30′26.52″",
        "3\t106°44′55.01″\t39°30′17.77″",
    ]
    _report, (zone,) = come_in(office, written(tmp_path / "拐点度分秒.csv", lines), epsg=4490)
    assert 20_000 < zone.geometry.area < 60_000


def test_a_line_keeps_its_order_and_its_end(office, tmp_path):
    lines = [f"{north},{east}" for north, east in [*RING, RING[0]]]
    _report, (way,) = come_in(office, written(tmp_path / "路线.txt", lines), "evacuation_route")
    assert len(shapely.get_coordinates(way.geometry)) == 5


def test_an_old_datum_is_asked_about_here_too(office, tmp_path):
    lines = ["1980西安坐标系 3度带", "点号,X,Y", *[",".join(map(str, one)) for one in rows()]]
    path = written(tmp_path / "拐点.txt", lines)
    with pytest.raises(ImportRefused, match=r"1980 西安坐标系.*--crs 2360"):
        come_in(office, path)
    _report, (zone,) = come_in(office, path, epsg=2360)
    assert "未做参数转换" in zone.text("source")


def test_what_is_no_list_of_corners_says_that_pasting_works(office, tmp_path):
    for lines in (["名称,电话", "甲,1", "乙,2"], ["点号,X,Y", f"J1,{NORTH},{EAST}", f"J2,{NORTH}"]):
        with pytest.raises(ImportRefused, match="粘贴坐标"):
            come_in(office, written(tmp_path / "表.csv", lines))
    with pytest.raises(ImportRefused, match="只有 2 个拐点"):
        come_in(office, written(tmp_path / "表.csv", ["点号,X,Y", f"J1,{NORTH},{EAST}", f"J2,{NORTH},{EAST + 5}"]))
    assert office.count("danger_zone") == 0


def test_a_table_of_corners_offers_the_zones(office, tmp_path):
    lines = ["拐点坐标表", "点号,X,Y", *[",".join(map(str, one)) for one in rows()]]
    source = open_source(written(tmp_path / "表.csv", lines))
    assert zone_guess(office.definitions, source, "household").layer == "danger_zone"
    assert zone_guess(office.definitions, source, "danger_zone") is None
    plain = open_source(written(tmp_path / "点.csv", lines[1:]))
    assert zone_guess(office.definitions, plain, "household") is None
