"""A street's sheet on which its zone would be a blot: the zone once more, large enough to follow its ways."""

import re
from itertools import combinations

import pypdfium2
import pytest
from put_in import add
from shapely import LineString, Point, box

from geohazard_desktop.cartography.label_text import overlap
from geohazard_desktop.cartography.svg import map_svg_report
from geohazard_desktop.publishing.map_layers import hidden
from geohazard_desktop.publishing.sheets import enlargement
from geohazard_desktop.publishing.sheets import sheet as sheets
from geohazard_desktop.publishing.sheets.products import publish_sheets
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.workspace.edits import change_values

E, N = 36_400_000.0, 4_370_000.0


def zone(ws, east, north, name, *numbers, people=18, long=500):
    """A zone of `long` by 300 m with a bent way to a shelter for each of `numbers`."""
    made = add(ws, "danger_zone", box(E + east, N + north, E + east + long, N + north + 300), name=name,
               must_move_people=people, patrol_person="赵巡查")  # fmt: skip
    for number in numbers:
        x = east + 100 * int(number) % 500
        end = Point(E + x + 100, N + north - 250)
        shelter = add(ws, "shelter", end, name=f"{name}{number}号广场", capacity=40, contact="王联系")
        line = LineString([(E + x, N + north + 150), (E + x, N + north - 100), (end.x, end.y)])
        add(ws, "evacuation_route", line, number=number, danger_zone=made, shelter=shelter)
    return made


@pytest.fixture
def wide(workspace):
    """A street of 8 by 7 km with one zone in it, and a neighbour with nothing."""
    add(workspace, "district", box(E, N, E + 16000, N + 7000), name="示例区")
    street = add(workspace, "subdistrict", box(E, N, E + 8000, N + 7000), name="西街道")
    add(workspace, "subdistrict", box(E + 8000, N, E + 16000, N + 7000), name="东街道")
    zone(workspace, 4000, 3000, "东沟", "1", "2")
    return workspace, street


@pytest.mark.parametrize("profile", ["internal", "public"])
@pytest.mark.parametrize("paper", ["A3", "A4", "A4L", "A1", "slide"])
def test_a_zone_too_small_to_be_read_is_shown_enlarged_and_nothing_is_hidden_by_that(wide, paper, profile):
    ws, street = wide
    sheet = WarningSheet(ws, SheetSpec(paper, profile, "subdistrict", street))
    (placed,) = sheet.enlargements.placed
    (form,) = sheet.form.enlarged
    assert form.name == "东沟"
    assert placed.view.denominator * 1.6 <= sheet.view.denominator
    frame = box(*placed.view.bounds)
    assert all(frame.covers(one.geometry) for one in (*sheet.reach.zones, *sheet.routes))
    others = (
        []
        if profile == "public"
        else [
            sheet.room.box(sheet.view, sheet.form.map.furniture, sheet.room.furniture),
            sheet.room.box(sheet.view, sheet.form.inset_corner, sheet.room.inset),
        ]
    )
    assert not any(overlap(placed.box, one) for one in others)
    assert not overlap(placed.box, sheet.enlargements.frame(placed.view)), "what it enlarges stays in sight"
    assert not hidden(sheet.view, placed.box, [one.geometry for one in (*sheet.reach.zones, *sheet.routes)])
    left, top, right, bottom = placed.box
    assert left > 0
    assert top > 0
    assert right < sheet.view.width_mm
    assert bottom < sheet.view.height_mm
    svg = sheet.images[form.picture]
    assert "路" in svg or 'fill="#0E4A2D"' in svg, "the route's name, or its number on a plate"
    assert "广场" in sheet.images[form.picture]
    assert "西街道" not in sheet.images[form.picture], "the sheet's title says it"
    assert "号广场" not in sheet.images["map"], "on the blot no names are heaped up"
    assert (form.scale is None) == (profile == "public")
    assert sheet.form.drafts == ("东沟",)
    for words in ("赵巡查", "王联系"):
        assert words not in sheet.images[form.picture]


def test_the_page_names_it_and_its_scale_and_the_report_tells_it(wide, tmp_path):
    ws, _street = wide
    report = publish_sheets(ws, tmp_path, layer="subdistrict")
    assert any("放大图：东沟，1:" in one for one in report.notes)
    path = next(one for one in report.files if "西街道" in one.name)
    with pypdfium2.PdfDocument(path) as document:
        text = re.sub(r"\s", "", document[0].get_textpage().get_text_range())
    assert text.count("放大图") == 2  # at the frame on the map and above the enlargement
    assert re.search(r"1∶(5000|6000|7500|10000)", text)
    assert "东沟1号广场" in text
    other = next(one for one in report.files if "东街道" in one.name)
    with pypdfium2.PdfDocument(other) as document:
        assert "放大图" not in document[0].get_textpage().get_text_range()


def test_the_most_people_come_first_and_who_finds_no_room_is_told_with_the_sheet_that_shows_it(wide):
    ws, street = wide
    for number, (east, north) in enumerate(((600, 6200), (7000, 6300), (700, 700), (6900, 800), (2500, 4500))):
        zone(ws, east, north, f"{number}号沟", str(number + 3), people=100 + number)
    sheet = WarningSheet(ws, SheetSpec("A3", "internal", "subdistrict", street))
    enlargements = sheet.enlargements
    boxes = enlargements.boxes
    assert len(boxes) + len(enlargements.without) == 6
    frames = [enlargements.frame(one.view) for one in enlargements.placed]
    assert not any(overlap(one, other) for one, other in combinations([*boxes, *frames], 2))
    warned = [one.geometry for layer in ("danger_zone", "evacuation_route", "shelter") for one in ws.table(layer)]
    assert not any(hidden(sheet.view, one, warned) for one in boxes), "also of those that are not enlarged"
    assert enlargements.without, "six do not find room"
    (sentence,) = enlargements.sentences()
    assert sentence in sheet.form.reach
    assert all(one.zones[0].text("id") in sentence for one in enlargements.without)
    assert "请看危险区警示图" in sentence
    people = [sum(zone["must_move_people"] for zone in one.part.zones) for one in enlargements.placed]
    assert people == sorted(people, reverse=True)


def test_a_zone_that_can_be_read_and_a_zone_s_own_sheet_need_none(wide):
    ws, street = wide
    uid = next(iter(ws.table("danger_zone"))).uid
    assert WarningSheet(ws, SheetSpec("A3", "internal", "danger_zone", uid)).form.enlarged == ()
    small = [one for one in ws.table("subdistrict") if one.uid == street]
    assert WarningSheet(ws, SheetSpec("A3", "internal", "", "")).form.enlarged == (), "the district has no room"
    ws.apply(change_values(ws.definitions, small, {"name": "别的街道"}))
    near = add(ws, "subdistrict", box(E + 3500, N + 2500, E + 5000, N + 3600), name="小街道")
    assert WarningSheet(ws, SheetSpec("A3", "internal", "subdistrict", near)).form.enlarged == ()


def test_zones_that_lie_together_are_one_picture(wide):
    ws, street = wide
    zone(ws, 4300, 3100, "邻沟", "7")
    sheet = WarningSheet(ws, SheetSpec("A3", "internal", "subdistrict", street))
    (form,) = sheet.form.enlarged
    assert form.name == "东沟、邻沟"


def test_what_grows_by_a_merge_takes_in_the_next_that_it_reaches(wide):
    ws, street = wide
    # The second meets neither of the others, only what both are together.
    zone(ws, 4510, 2640, "西坡", "5")
    zone(ws, 4400, 3200, "北沟", "6")
    sheet = WarningSheet(ws, SheetSpec("A3", "internal", "subdistrict", street))
    boxes = [
        box(*one.bounds)
        for one in (*(placed.part for placed in sheet.enlargements.placed), *sheet.enlargements.without)
    ]
    assert len(boxes) == 1
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))


def test_who_comes_first_is_counted_as_on_every_paper(wide):
    """The register counts more people than the form of the zone has."""
    ws, street = wide
    zone(ws, 1000, 3000, "南沟", "3", people=20)
    for number in range(5):
        add(ws, "household", Point(E + 4100 + number, N + 3100), head="李示例", people=9)
    sheet = WarningSheet(ws, SheetSpec("A3", "internal", "subdistrict", street))
    assert sheet.enlargements.placed[0].part.name == "东沟"


@pytest.mark.parametrize("paper", ["A3", "slide"])
def test_the_public_sheet_of_the_district_enlarges_its_zones_beside_itself(workspace, monkeypatch, paper):
    """Of a district that is high and narrow much of the frame is others' ground."""
    asked, maps = [], []
    monkeypatch.setattr(enlargement, "hidden", lambda *one: asked.append((one[1], len(one[2]))) or hidden(*one))
    monkeypatch.setattr(sheets, "map_svg_report", lambda *one, **more: maps.append(one) or map_svg_report(*one, **more))
    add(workspace, "district", box(E, N, E + 9000, N + 20000), name="示例区")
    zone(workspace, 4000, 3000, "东沟", "1")
    zone(workspace, 5000, 14000, "北沟", "2")
    sheet = WarningSheet(workspace, SheetSpec(paper, "public"))
    assert len(maps) == 1, "what its legend needs is known without drawing"
    assert len(set(asked)) == len(asked) > 100, "no box is looked at twice"
    land = [one.geometry for one in workspace.table("district")]
    whole = hidden(sheet.view, (0, 0, sheet.view.width_mm, sheet.view.height_mm), land)
    assert len(sheet.form.enlarged) == 2
    assert sum(hidden(sheet.view, one, land) for one in sheet.enlargements.boxes) <= 0.03 * whole
    assert not any("太小" in one for one in sheet.form.reach), "of the whole district that is told by its looks"
    assert WarningSheet(workspace, SheetSpec(paper, "internal")).form.enlarged == ()


def test_a_long_zone_whose_ways_are_short_is_enlarged_too(wide):
    """It was large enough to count as readable, and its ways were a knot of signs."""
    ws, street = wide
    zone(ws, 1000, 5000, "长沟", "3", people=157, long=1700)
    sheet = WarningSheet(ws, SheetSpec("A3", "internal", "subdistrict", street))
    assert [one.name for one in sheet.form.enlarged] == ["长沟", "东沟"]
    assert sheet.enlargements.without == []


def test_where_one_alone_finds_room_it_is_who_has_to_move_the_most_people(wide):
    """In the largest boxes alone there is room for the long zone; in smaller ones the other would be larger."""
    ws, street = wide
    zone(ws, 500, 600, "长沟", "3", people=157, long=2300)
    sheet = WarningSheet(ws, SheetSpec("A4", "internal", "subdistrict", street))
    (shown,), (untold,) = sheet.enlargements.placed, sheet.enlargements.without
    assert (shown.part.name, untold.name) == ("长沟", "东沟")
    change = [one for one in ws.table("danger_zone") if one.text("name") == "长沟"]
    ws.apply(change_values(ws.definitions, change, {"must_move_people": 1}))
    (other,) = WarningSheet(ws, SheetSpec("A4", "internal", "subdistrict", street)).enlargements.placed
    assert other.part.name == "东沟", "it would have had room"
    assert other.view.denominator < shown.view.denominator


def test_the_bar_of_a_narrow_enlargement_leaves_room_for_its_scale(wide):
    ws, street = wide
    zone(ws, 500, 5000, "北沟", "3", long=300)
    forms = WarningSheet(ws, SheetSpec("A4L", "internal", "subdistrict", street)).form.enlarged
    assert len(forms) == 2
    for one in forms:
        assert one.bar_metres * 1000 / one.denominator + 34 <= one.box[2] - one.box[0]


def test_a_wall_sheet_of_the_district_shows_every_zone_large_enough_to_follow_its_ways(wide):
    ws, _street = wide
    for number, (east, north) in enumerate(((600, 6200), (7000, 6300), (700, 700), (6900, 800), (12000, 4500))):
        zone(ws, east, north, f"{number}号沟", str(number + 3), people=100 + number)
    sheet = WarningSheet(ws, SheetSpec("A1", "internal"))
    assert {one.name for one in sheet.form.enlarged} == {"东沟", *(f"{number}号沟" for number in range(5))}
    scales = [one.scale for one in sheet.form.enlarged]
    assert max(scales) <= 2 * min(scales), "nobody's is a stamp so that another's can be large"
    ground = [one.geometry for one in ws.table("district")]
    lost = sum(hidden(sheet.view, one, ground) for one in sheet.enlargements.boxes)
    whole = hidden(sheet.view, (0, 0, sheet.view.width_mm, sheet.view.height_mm), ground)
    assert lost <= 0.06 * whole
    labels = re.findall(r">([^<>]+)<", "".join(sheet.images[one.picture] for one in sheet.form.enlarged))
    assert {f"{number}号沟{number + 3}号广场" for number in range(5)} <= set(labels)
