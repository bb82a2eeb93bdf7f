"""Whoever lays all papers of a zone side by side finds one number for each thing, and it is the register's.

Three zones of the demo: one with two routes, one along a river with a factory, one where nobody lives. What is compared
is the text of the PDFs, as a reader has it; each fact names the papers that must tell it, so that none is passed over.
"""

import itertools
import re
import shutil
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from notice_village import flat
from papers_of_zones import MOBILE, Printer, Text, Zone, loose

from geohazard_desktop.analysis.evacuation import HouseholdWay, WayFinder
from geohazard_desktop.publishing.papers.drill_script import DrillMaker
from geohazard_desktop.workspace.workspace import Workspace

ZONES = ("WD-W-0001", "WD-W-0003", "WD-W-0006")
TABLES = ("sheet", "point", "street", "district")  # with the table of routes and shelters
SIGNAL = ("sheet", "public", "point", "street", "district", "work", "plan", "yearly", "notice", "sign", "board",
          "sticker", "drill")  # fmt: skip


@pytest.fixture(scope="module")
def printer(_demo_master, tmp_path_factory):
    folder = tmp_path_factory.mktemp("一套纸")
    path = Path(shutil.copy(_demo_master, folder / "演示.gpkg"))
    with Workspace.open(path) as ws:
        yield Printer(ws, folder)


@pytest.fixture(scope="module", params=ZONES)
def zone(request, printer) -> tuple[Zone, dict[str, Text]]:
    one = Zone.of(printer.ws, request.param)
    return one, printer.papers(one)


def agree(papers: Mapping[str, Text], patterns: Mapping[str, str], *, spaced: bool = False) -> tuple[str, ...]:
    """The one thing that all papers of `patterns` say wherever they say it."""
    told = {}
    for name, pattern in patterns.items():
        found = re.findall(pattern, papers[name].spaced if spaced else papers[name].flat)
        assert found, f"{name}: {pattern}"
        told[name] = {one if isinstance(one, tuple) else (one,) for one in found}
    every = set().union(*told.values())
    assert len(every) == 1, told
    return every.pop()


def test_who_lives_there_and_who_has_to_leave(zone):
    one, papers = zone
    count = r"(?<!\d)(\d+)户(\d+)人"
    tellers = ("sheet", "work", "plan", "list", "sign", "board", "drill")
    if one.households:
        people = sum(int(house["people"]) for house in one.households)
        apart = agree(papers, dict.fromkeys([one for one in tellers if one != "sheet"], count))
        assert apart == (str(len(one.households)), str(people))
        # 区内住户 13 户 49 人，另有 1 户 1 人在区外: who stands outside is told apart, and both make the same sum.
        told = re.findall(count, papers["sheet"].flat)
        assert [str(sum(map(int, part))) for part in zip(*told, strict=True)] == list(apart)
    else:
        assert [name for name in tellers if re.search(count, papers[name].flat)] == []
    must = agree(papers, {"sheet": r"需转移人数(\d+)人"})
    living = sum(int(house["people"]) for house in one.households)
    # Who is in the zone by its form, or whoever is registered where these are more.
    assert must == (f"{max(one.zone['must_move_people'], living)}",)
    if must != (f"{living}",):
        others = r"危险区需转移(\d+)人" if one.households else r"单位、工棚\d+处(\d+)人"
        assert agree(papers, {"drill": others}) == must
    row = rf"（{one.zone.text('id')}）[^（]*? (\d+) (\d+) (..?型) [\d、]+"
    people, loss, grade = agree(papers, {"yearly": row}, spaced=True)
    assert (people,) == must
    assert agree(papers, {"sheet": r"潜在损失([\d.]+)万元"}) == (loss,)
    assert agree(papers, dict.fromkeys(("sheet", "point", "plan"), r"险情等级(..?型)")) == (grade,)
    threat = {"plan": r"威胁人口（人）(\d+)威胁财产（万元）(\d+)", "list": r"在册合计1处，\d+户，(\d+)人，([\d.]+)万元",
              "point": r"威胁\d+户(\d+)人、([\d.]+)万元"}  # fmt: skip
    property_wan = f"{one.point['threatened_property_wan']:g}"
    assert agree(papers, threat) == (f"{one.point['threatened_people']}", property_wan)


def test_every_route_has_one_length_one_set_of_minutes_and_one_shelter(zone):
    one, papers = zone
    for route in one.routes:
        number, goal = route.text("number"), one.goal(route)
        name = goal.text("name")
        row = rf"(?<!\d){number} [^。]*?{loose(name)}\s+(\d+) (\d+) (\d+) (\d+) (\d+)(?!\d)"
        metres, fast, old, slow, room = agree(papers, dict.fromkeys(TABLES, row), spaced=True)
        times = (metres, fast, old, slow)
        yearly = rf"(?<!\d){number} [^。]*?{loose(name)}\s+(\d+) (\d+) (\d+) (\d+)(?!\d)"
        assert agree(papers, {"yearly": yearly}, spaced=True) == times
        words = rf"路线{number}从[^，。]*?到{name}约(\d+)米常人走(\d+)分钟，老人走(\d+)分钟，搀扶慢行(\d+)分钟"
        assert agree(papers, {"drill": words}) == times
        told = rf"路线{number}：[^；]*?约(\d+)米"
        assert agree(papers, {"work": told, "plan": told}) == (metres,)
        assert agree(papers, {"public": rf"{name}老人走约(\d+)分钟"}) == (old,)
        assert agree(papers, {"public": rf"(?<!\d){number} 走 (\d+) 分钟"}, spaced=True) == (old,)
        steps = papers["drill"].flat.partition(f"路线{number}从")[2].partition("内部使用")[0]
        steps = re.split(r"路线\d+从", steps)[0]
        assert str(sum(map(int, re.findall(r"走约(\d+)米", steps)))) == metres
        assert agree(papers, {"work": rf"{name}（可容(\d+)人", "plan": rf"{name}（可容(\d+)人",
                              "notice": rf"{name}（可容(\d+)人）"}) == (room,)  # fmt: skip
        assert room == str(goal["capacity"])
        to = rf"(?<!\d){number}[^\d]*?到{name}"
        for paper in ("notice", "sign", "board", "sticker"):
            assert re.search(to.replace("到", "") if paper == "sticker" else to, papers[paper].flat), paper


def test_who_keeps_a_shelter_and_how_to_reach_him(zone):
    one, papers = zone
    for route in one.routes:
        goal = one.goal(route)
        name = goal.text("name")
        inside = rf"{name}（可容\d+人，负责人(\D+?){MOBILE}"
        found = agree(papers, {"work": inside, "plan": inside, "sheet": rf"{name}：(\D+?){MOBILE}",
                               "drill": rf"安置点负责人{name}(\D+?){MOBILE}"})  # fmt: skip
        assert found == (goal.text("contact"), flat(goal.text("phone")))
        place = rf"（{goal.text('id')}）.*? (\d+) (\S+) (139 \d{{4}} \d{{4}})"
        assert agree(papers, {"yearly": place}, spaced=True)[1:] == (goal.text("contact"), goal.text("phone"))


def test_persons_have_one_telephone_each(zone, printer):
    one, papers = zone
    point = one.point
    known = {one.zone.text("patrol_person"): one.zone.text("patrol_phone")}
    known |= {point.text("monitor"): point.text("monitor_phone")}
    known |= {point.text("monitoring_lead"): point.text("monitoring_phone")}
    known |= {who.text("name"): who.text("phone") for who in printer.ws.table("person")}
    told = defaultdict(set)
    for name, phone in known.items():
        for paper, text in papers.items():
            for found in re.findall(rf"{name}[^\d，、]{{0,8}}{MOBILE}", text.flat):
                assert found == flat(phone), (paper, name)
                told[name].add(paper)
    assert {"sheet", "point", "plan", "list", "drill"} <= told[point.text("monitor")]
    assert {"point", "plan", "list", "drill"} <= told[point.text("monitoring_lead")]
    assert {"plan", "drill"} <= told[point.text("order_giver")]


def test_signal_duty_line_state_and_area(zone, printer):
    one, papers = zone
    settings = printer.ws.settings()
    signal = flat(one.zone.text("warning_signal") or one.point.text("warning_signal") or settings["signal.text"])
    assert [name for name in SIGNAL if signal not in papers[name].flat] == []
    for name, text in papers.items():
        lines = set(re.findall(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)", text.flat))
        assert lines == (set() if name == "list" else {settings["duty.phone"]}), name
    state = rf"危险区{one.zone.text('id')}·(拟划|已划定|已公告|已设警示|已撤销)"
    shown = ("sheet", "point", "street", "district", "plan", "board", "yearly")
    states = [event.text("step") for event in one.events if event.text("step") not in ("撤离", "返回")]
    assert agree(papers, dict.fromkeys(shown, state)) == (states[-1],)
    agree(papers, {"sheet": r"面积([\d.]+公顷)巡查", "notice": r"面积约([\d.]+公顷)"})


def test_documents_and_signs_have_the_dates_and_units_of_the_register(zone):
    one, papers = zone
    announced, signed = one.last("已公告"), one.last("已设警示")
    day = "{}年{}月{}日"
    assert announced.text("document_no") in papers["notice"].flat
    assert announced.text("actor") + day.format(*day_of(announced)) in papers["notice"].flat
    founder = {"sign": r"0473-3666525(\D+?)设(\d+年\d+月\d+日)", "board": r"0473-3666525(\D+?)设(\d+年\d+月\d+日)"}
    assert agree(papers, founder) == (signed.text("actor"), day.format(*day_of(signed)))


def day_of(event) -> tuple[int, int, int]:
    year, month, day = event.text("date").split("-")
    return int(year), int(month), int(day)


def test_a_households_papers_say_the_same(zone, printer):
    one, papers = zone
    for house, own in printer.of_households(one):
        (route,) = [way for way in one.routes if way.uid == house.text("evacuation_route")]
        number, goal = route.text("number"), one.goal(route)
        name = goal.text("name")
        (total,) = agree(own, {"card": r"共约(\d+)米"})  # on its front and on its back
        steps = re.findall(r"(?:走约|直线约)(\d+)米", own["card"].flat.partition("怎么走")[2])
        assert sum(map(int, steps)) == int(total)
        strip = own["large"].spaced.partition("我家")[2]  # what finds no room in it stands below once more
        assert re.findall(r"(\d+) 米", strip)[: len(steps)] == steps
        assert set(re.findall(r"(\d+) 米", strip)) <= {*steps, total}
        (old,) = agree(own, {"card": r"老人走(\d+)分钟", "large": r"老人走(\d+)分钟", "sticker": r"老人走约(\d+)分钟"})
        assert -(-int(total) // 48) - 2 <= int(old) <= -(-int(total) // 48) + 2  # 0.8 m/s, of the measured way
        assert f"走{number}号路线到{name}" in own["card"].flat
        assert name in own["large"].flat
        assert name in own["sticker"].flat
        keeper = (goal.text("contact"), flat(goal.text("phone")))
        assert agree(own, {"card": rf"负责人({keeper[0]}){MOBILE}", "large": rf"接应(\D+?){MOBILE}"}) == keeper
        helped = agree(own, {"card": rf"打给(\D+?){MOBILE}", "large": rf"(?:走不动找|等人来接)(\D+?){MOBILE}"})
        who, of = ("helper", house) if house.text("helper") else ("monitor", one.point)
        assert helped == (of.text(who), flat(of.text(f"{who}_phone")))
        assert agree(own, {"card": r"可容(\d+)人"}) == (str(goal["capacity"]),)
        assert f"家庭人数{house['people']}人" in own["card"].flat
        assert house.text("id") in papers["drill"].flat
        assert [kind for kind, text in own.items() if "0473-3666525" not in text.flat] == []


def test_the_same_two_landmarks_are_the_same_way_apart_on_every_card_and_script(printer):
    """Over all households and all routes of the demo: whoever walks from one landmark to the next reads one number."""
    ws = printer.ws
    finder, drill = WayFinder(ws), DrillMaker(ws)
    ways = [finder.way(house) for house in ws.table("household")]
    ways += [drill.way(route) for route in ws.table("evacuation_route")]
    told = defaultdict(set)
    for way in ways:
        if not isinstance(way, HouseholdWay):
            continue
        goal = way.shelter.text("name") if way.shelter else ""
        marks = [step.landmark.text("name") if step.landmark else "" for step in way.steps[:-1]] + [goal]
        for (start, end), step in zip(itertools.pairwise(marks), way.steps[1:], strict=True):
            if start and end:
                told[start, end].add(step.metres)
    assert len(told) >= 15
    assert {pair: found for pair, found in told.items() if len(found) > 1} == {}
