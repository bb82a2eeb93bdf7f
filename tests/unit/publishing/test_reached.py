"""Whom a change reaches: asked before papers are filled again. The answer may be too long, never too short."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import put_in
import pytest
from fresh import fresh_workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, affinity, box

from geohazard_desktop.common.errors import EditRefused, UndoRefused
from geohazard_desktop.desktop.papers.paper_watch import followed
from geohazard_desktop.publishing.issues.reached import reached_homes
from geohazard_desktop.publishing.issues.standings import standings, standings_after
from geohazard_desktop.publishing.issues.touched import Touched, touched
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits import change_geometry, change_values, create_feature, delete_features
from geohazard_desktop.workspace.feature import Delta, Edit, Feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
FAR = 3000.0  # from one village to the next


@pytest.fixture
def villages(district, tmp_path: Path) -> Iterator[Workspace]:
    """Three villages far from each other, each with a zone, a point, a way, a shelter, a house, some ground; the third
    way names no shelter, the third house no zone."""
    with fresh_workspace(tmp_path / "三个村.gpkg", district) as ws:
        add = partial(put_in.add, ws)
        add("district", box(E - 900, N - 900, E + 9000, N + 1500), name="示例区")
        for number in (1, 2, 3):
            east = E + FAR * number
            zone = add("danger_zone", box(east, N, east + 200, N + 200), id=f"SL-W-000{number}", name=f"沟{number}",
                       hazard_type="崩塌")  # fmt: skip
            add("hazard_point", Point(east + 50, N + 150), id=f"SL-D-000{number}", name=f"点{number}",
                hazard_type="崩塌", **({"danger_zone": zone} if number == 1 else {}))  # fmt: skip
            shelter = add("shelter", Point(east + 600, N + 100), id=f"SL-A-000{number}", name=f"广场{number}")
            line = LineString([(east + 100, N + 100), (east + 350, N + 130), (east + 600, N + 100)])
            route = add("evacuation_route", line, id=f"SL-L-000{number}", number=f"{number}", danger_zone=zone,
                        **({"shelter": shelter} if number < 3 else {}))  # fmt: skip
            own = {"danger_zone": zone} if number == 2 else {}
            add("household", Point(east + 110, N + 60), id=f"SL-H-000{number}", head=f"赵示例{number}",
                evacuation_route=route, **own)  # fmt: skip
            add("landmark", Point(east + 300, N + 140), name=f"小学{number}", kind="学校")
            add("bridge", Point(east + 450, N + 115), name=f"桥{number}")
            add("river_corridor", box(east + 440, N - 200, east + 460, N + 400), name=f"河{number}")
        for key in ("cards_household", "stickers_household"):
            PRODUCTS[key].publish(ws, tmp_path / key, {})
        yield ws


def nth(ws: Workspace, layer: str, number: int) -> Feature:
    return list(ws.table(layer))[number]


def homes(ws: Workspace, edit: Edit) -> list[str] | None:
    """The numbers of the households that an edit reaches, once it is applied."""
    ws.apply(edit)
    known = {one.uid: one.text("id") for one in ws.table("household")}
    found = reached_homes(ws, [touched(one) for one in edit.deltas], known)
    return None if found is None else sorted(known[uid] for uid in found)


def test_a_moved_zone_reaches_who_lives_by_it_alone(villages):
    zone = nth(villages, "danger_zone", 1)
    moved = change_geometry(villages.definitions, zone, affinity.translate(zone.geometry, 12, 0))
    assert homes(villages, moved) == ["SL-H-0002"]


def test_a_renamed_shelter_reaches_who_walks_there(villages):
    shelter = nth(villages, "shelter", 0)
    assert homes(villages, change_values(villages.definitions, [shelter], {"name": "新广场"})) == ["SL-H-0001"]


def test_a_zone_that_comes_to_a_village_reaches_it_from_wherever_it_was(villages):
    zone = nth(villages, "danger_zone", 0)
    there = affinity.translate(zone.geometry, FAR, 0)
    assert homes(villages, change_geometry(villages.definitions, zone, there)) == ["SL-H-0001", "SL-H-0002"]


def test_who_was_given_a_zone_that_is_lifted_is_reached_by_what_his_card_speaks_of_instead(villages):
    """The zone in which the house stands as well, and the point of that, wherever it is."""

    def add(layer: str, geometry, **values) -> Feature:
        edit = create_feature(villages.definitions, layer, geometry, values)
        villages.apply(edit)
        return villages.feature(layer, edit.deltas[0].uid)

    given = nth(villages, "danger_zone", 1)
    other = add("danger_zone", affinity.scale(given.geometry, 2, 2), id="SL-W-0009", name="新沟", hazard_type="滑坡")
    far = add("hazard_point", Point(E - 800, N - 800), id="SL-D-0009", name="远处", danger_zone=other.uid)
    for step in ("已划定", "已撤销"):
        add("zone_event", None, danger_zone=given.uid, step=step, document_no=f"示〔2026〕{step}", date="2026-06-01",
            actor="示例区人民政府", finding="险情已经消除")  # fmt: skip
    home = nth(villages, "household", 1)
    before = {one.uid: one.changes for one in standings(villages, "cards_household")}
    edit = change_values(villages.definitions, [far], {"scale_class": "大型", "name": "远处的点"})
    assert homes(villages, edit) == ["SL-H-0002"]
    assert {one.uid: one.changes for one in standings(villages, "cards_household")}[home.uid] != before[home.uid]


def test_the_office_s_telephone_reaches_everybody_and_a_moved_name_nobody(villages):
    (phone,) = villages.find("setting", "key", "duty.phone")
    assert homes(villages, change_values(villages.definitions, [phone], {"value": "139 0000 0044"})) is None
    moved = Touched("label_position", "0" * 32)
    assert reached_homes(villages, [moved], [one.uid for one in villages.table("household")]) == set()


def test_a_layer_that_nobody_knows_reaches_everybody(villages):
    assert reached_homes(villages, [Touched("of_another_program", "1")], ["a"]) is None


def _change(layer: str, values: Callable[[Workspace, int], dict[str, object]]):
    def made(ws: Workspace, number: int, _much: float) -> Edit:
        return change_values(ws.definitions, [nth(ws, layer, number)], values(ws, number))

    return made


def _move(layer: str):
    def made(ws: Workspace, number: int, much: float) -> Edit:
        feature = nth(ws, layer, number)
        return change_geometry(ws.definitions, feature, affinity.translate(feature.geometry, much, much / 9))

    return made


def _delete(layer: str):
    return lambda ws, number, _much: delete_features(ws.definitions, [nth(ws, layer, number)])


def _other(layer: str, target: str):
    """Refers to the next village's."""
    return _change(layer, lambda ws, number: {target: nth(ws, target, (number + 1) % 3).uid})


EDITS = {
    **{f"move {one}": _move(one) for one in (
        "danger_zone", "hazard_point", "shelter", "evacuation_route", "household", "landmark", "bridge",
        "river_corridor",
    )},
    **{f"name {one}": _change(one, lambda _ws, number: {"name": f"改名{number}"}) for one in (
        "danger_zone", "hazard_point", "shelter", "landmark", "bridge", "river_corridor", "district"
    )},
    **{f"delete {one}": _delete(one) for one in ("landmark", "bridge", "river_corridor", "hazard_point")},
    "signal of the zone": _change("danger_zone", lambda _ws, _n: {"warning_signal": "敲锣"}),
    "signal of the point": _change("hazard_point", lambda _ws, _n: {"warning_signal": "吹哨"}),
    "scale of the point": _change("hazard_point", lambda _ws, _n: {"scale_class": "大型", "order_giver": "周示例"}),
    "contact": _change("shelter", lambda _ws, _n: {"contact": "吴示例", "capacity": 77}),
    "too small": _change("shelter", lambda _ws, _n: {"capacity": 2}),
    "many people": _change("household", lambda _ws, _n: {"people": 9}),
    "signs of danger": _change("danger_zone", lambda _ws, _n: {"signs": "沟水变浑"}),
    "closed": _change("shelter", lambda _ws, _n: {"closed_on": "2020-01-01", "closed_reason": "拆了"}),
    "other zone of the house": _other("household", "danger_zone"),
    "other way of the house": _other("household", "evacuation_route"),
    "other shelter of the way": _other("evacuation_route", "shelter"),
    "no shelter of the way": _change("evacuation_route", lambda _ws, _n: {"shelter": None}),
    "other zone of the way": _other("evacuation_route", "danger_zone"),
    "other zone of the point": _other("hazard_point", "danger_zone"),
    "no zone of the point": _change("hazard_point", lambda _ws, _n: {"danger_zone": None}),
    "other point of the zone": _other("danger_zone", "hazard_point"),
    "lifted": lambda ws, number, _much: create_feature(
        ws.definitions, "zone_event", None,
        {"danger_zone": nth(ws, "danger_zone", number).uid, "step": "已划定", "document_no": "示政发〔2026〕1号",
         "date": "2026-01-02"},
    ),
    "a member": lambda ws, number, _much: create_feature(
        ws.definitions, "household_member", None, {"household": nth(ws, "household", number).uid, "name": "孙示例"}
    ),
    "a person": lambda ws, _number, _much: create_feature(
        ws.definitions, "person", None, {"name": "周示例", "phone": "139 0000 0066"}
    ),
    "a new point": lambda ws, number, much: create_feature(
        ws.definitions, "hazard_point", Point(E + FAR * (number + 1) + 20 + much, N + 20), {"hazard_type": "崩塌"}
    ),
    "a new shelter": lambda ws, number, much: create_feature(
        ws.definitions, "shelter", Point(E + FAR * (number + 1) + 605 + much / 50, N + 103), {"name": "近处"}
    ),
    "a new zone": lambda ws, number, much: create_feature(
        ws.definitions, "danger_zone", box(*(Point(E + FAR * (number + 1) + 300 + much, N).buffer(90).bounds)),
        {"name": "新沟", "hazard_type": "崩塌"}
    ),
    "a new road": lambda ws, number, much: create_feature(
        ws.definitions, "road", LineString([(E + FAR * (number + 1) + much, N - 3000), (E + FAR * 2, N + 3000)]), {}
    ),
}  # fmt: skip
STEP = st.tuples(
    st.sampled_from(sorted(EDITS)),
    st.integers(0, 2),
    st.sampled_from([0.4, 15.0, 130.0, 700.0, -FAR, FAR, 1.9 * FAR]),
)


@given(st.lists(STEP, min_size=1, max_size=3))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_no_paper_that_a_change_made_wrong_is_called_right(villages, steps):
    begun = villages.history(1)[0]
    known = standings(villages, "")
    changes: list[Touched] = []

    def take(deltas: list[Delta]) -> None:
        changes.extend(map(touched, deltas))

    for name, number, much in steps:
        with suppress(EditRefused, IndexError):
            edit = EDITS[name](villages, number, much)
            villages.apply(edit)
            take(list(edit.deltas))
    found, reached = standings_after(villages, changes)
    cheap = found if reached is None else followed(known, found, reached)
    assert {one.key: one for one in cheap} == {one.key: one for one in standings(villages, "")}, steps
    if villages.history(1)[0].change_id != begun.change_id:
        with suppress(EditRefused, UndoRefused):  # entries stay
            villages.go_back(villages.plan_return(begun))
