"""Reasons to print a paper again say which route, which step, which clause, and from what to what."""

from collections.abc import Sequence
from typing import Any

from geohazard_desktop.publishing.cards.forms import HouseholdBack
from geohazard_desktop.publishing.issues.kept_paper import Paper
from geohazard_desktop.publishing.issues.paper_changes import changes_of
from geohazard_desktop.publishing.issues.part_changes import labels_of, list_changes
from geohazard_desktop.publishing.issues.told_changes import plain_words, texts_of, told_change
from geohazard_desktop.publishing.papers.drill_script import DrillRoute
from geohazard_desktop.publishing.papers.zone_notice import Section
from geohazard_desktop.publishing.sheets.map_forms import LegendGroup, MapSheet, SheetRoute


def told(title: str, of: type, was: Sequence[Any], now: Sequence[Any]) -> list[str]:
    return list(list_changes(title, was, now, labels_of(tuple[of, ...])))  # type: ignore[valid-type]


def test_a_number_within_a_clause_of_a_notice_is_read_in_its_sentence():
    was = {"head": "三、撤离", "pieces": ["1 号路线到广场（可容 ", "40", " 人）。2 号路线到广场（可容 ", "40", " 人）"]}
    now = {**was, "pieces": [one.replace("40", "8") for one in was["pieces"]]}
    other = {"head": "一、范围", "pieces": ["东至河沟"]}
    (clause,) = told("各条", Section, [other, was], [other, now])
    assert clause.startswith("“三、撤离”一条：")
    assert "可容 40 人" in clause
    assert "可容 8 人" in clause
    assert "第" not in clause


def test_many_routes_that_changed_are_named_with_what_changed_on_them():
    was = [{"number": f"{one}", "metres": 100 * one, "minutes": [one, one, one]} for one in range(1, 5)]
    now = [{**one, "metres": one["metres"] + 40, "minutes": [9, 9, 9]} for one in was]
    assert told("撤离路线", SheetRoute, was, now) == ["撤离路线 1、2、3、4 的路程、步行时间改了"]
    assert told("撤离路线", SheetRoute, was[:1], [{**was[0], "metres": 140}]) == [
        "撤离路线 1 的路程：100 米 改成 140 米"
    ]
    assert told("撤离路线", SheetRoute, was[:2], [was[0], now[2]]) == ["新增撤离路线：“3”", "少了撤离路线：“2”"]


def test_steps_of_a_way_go_by_their_place():
    was = [{"words": f"向东走 {one} 米", "metres": one} for one in (50, 60, 70)]
    now = [was[0], *({"words": f"向西走 {one} 米", "metres": one} for one in (10, 20))]
    assert told("怎么走", dict, was, now) == ["怎么走第 2、3 步改了"]
    assert told("怎么走", dict, was, was[:1]) == ["少了怎么走第 2、3 步"]
    (first,) = told("怎么走", dict, was, [{"words": "向南走 50 米", "metres": 50}, *was[1:]])
    assert first == "怎么走第 1 步：向东走 50 米 改成 向南走 50 米"
    routes = [{"name": "路线 1", "steps": ["出门向东", "到老榆树左转"]}, {"name": "路线 2", "steps": ["向南", "向西"]}]
    drill = [{"name": "路线 1", "steps": ["出门向东", "到小学左转"]}, {"name": "路线 2", "steps": ["向北", "向东"]}]
    assert told("撤离路线", DrillRoute, routes, drill) == [
        "路线 1 的走法第 2 步：到老榆树左转 改成 到小学左转",
        "路线 2 的走法第 1、2 步改了",
    ]


def test_an_empty_step_that_comes_or_goes_is_no_reason_and_no_fault():
    routes = [[{"name": "路线 1", "steps": steps}] for steps in (["出门向东", ""], ["出门向东"], [""], [])]
    assert told("撤离路线", DrillRoute, routes[0], routes[1]) == []
    assert told("撤离路线", DrillRoute, routes[2], routes[3]) == []


def test_what_was_empty_is_no_quotation_and_a_value_is_one_line():
    assert (
        told_change("动身时间", None, "动身另加\n白天 5、夜里 15 分钟")
        == "动身时间：空 改成 “动身另加 白天 5、夜里 15 分钟”"
    )
    assert told_change("安置单位", "红柳广场", None) == "安置单位：红柳广场 改成 空"
    assert told_change("路程", 20, None, "米") == "路程：20 米 改成 空"
    assert plain_words([12345.67, None]) == "12345.67、空"
    assert plain_words([{"t": "马上", "b": True}, {"t": "走"}]) == "马上走"
    assert texts_of({"members": [{}, {"name": "李示例"}]}) == ["李示例"], "one of whom nothing is said"
    assert texts_of([{}]) == []


def test_what_is_drawn_otherwise_is_no_reason_and_whose_time_it_is_is_said():
    legend = [{"title": "易发程度分区", "items": [{"label": "中易发区", "picture": "swatch3"}]}]
    moved = [{"title": "易发程度分区", "items": [{"label": "中易发区", "picture": "swatch4"}]}]
    more = [{"title": "易发程度分区", "items": [*moved[0]["items"], {"label": "不发育区", "picture": "swatch5"}]}]  # type: ignore[misc]
    assert told("图例", LegendGroup, legend, moved) == []
    assert told("图例", LegendGroup, legend, more) == ["图例“易发程度分区”：多了“不发育区”"]
    hint = HouseholdBack.__annotations__["times"]
    times = [{"who": "老人走", "minutes": 14}], [{"who": "老人走", "minutes": 13}]
    assert list(list_changes("步行时间", *times, labels_of(hint))) == ["老人走的步行时间：14 分钟 改成 13 分钟"]


def test_an_enlargement_is_told_by_its_scale_not_by_where_it_lies():
    hint = MapSheet.__annotations__["enlarged"]
    was = {"name": "东坡", "tag": "放大图", "denominator": 10000.0, "bar_metres": 200.0, "box": [3, 3, 90, 80]}
    moved = {**was, "tag": "放大图 2", "box": [200, 3, 290, 80]}
    larger = {**moved, "denominator": 5000.0, "bar_metres": 100.0}
    assert list(list_changes("放大图", [was], [moved], labels_of(hint))) == []
    (clause,) = list_changes("放大图", [was], [larger], labels_of(hint))
    assert clause == "放大图“东坡”：1:10000 改成 1:5000"


def test_a_sheet_laid_out_otherwise_is_told_by_what_it_says():
    """A clause that goes, or a route more, moves the blocks of a sheet too."""
    was = {"title": "东坡警示图", "layout": {"columns": 2, "signs": {"at": [1.0, 2.0]}}}
    now = {**was, "title": "西坡警示图", "layout": {"columns": 3, "signs": None}}
    papers = [Paper("map_sheet", {"sheets": [one]}, {}, "图") for one in (was, now)]
    (clause,) = changes_of(*papers)
    assert clause.endswith("东坡警示图 改成 西坡警示图")
