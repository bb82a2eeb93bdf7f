"""Papers of who moved away are called back, in no batch any more; nobody's card leads to a closed shelter."""

from datetime import date

import pypdfium2
import pytest
from shapely import LineString, Point, box

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.cards.age import old_cards
from geohazard_desktop.publishing.cards.publish import CardMaker, publish_cards
from geohazard_desktop.publishing.issues.code_check import check_code_in
from geohazard_desktop.publishing.issues.distribution import publish_distribution
from geohazard_desktop.publishing.issues.issue_register import read_register
from geohazard_desktop.publishing.issues.moved_papers import moved_standings
from geohazard_desktop.publishing.issues.receipts import publish_receipts
from geohazard_desktop.publishing.issues.standing import State
from geohazard_desktop.publishing.issues.standings import standings
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.papers.calling_list import CallingMaker
from geohazard_desktop.publishing.papers.door_sticker import publish_door_stickers
from geohazard_desktop.publishing.papers.zone_map import routes_of
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.subject_parts import Parts
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.edits.card_issues import RECEIVED, VOID, note_step
from geohazard_desktop.workspace.edits.endings import end

E, N = 36_400_000.0, 4_370_000.0


@pytest.fixture
def village(workspace):
    def add(layer, geometry=None, **values):
        edit = create_feature(workspace.definitions, layer, geometry, values)
        workspace.apply(edit)
        return edit.deltas[0].uid

    add("district", box(E - 500, N - 500, E + 1000, N + 500), name="示例区")
    zone = add("danger_zone", box(E, N, E + 200, N + 200), id="SL-W-0001", name="东坡", hazard_type="崩塌")
    square = add("shelter", Point(E + 600, N + 100), id="SL-A-0001", name="广场", capacity=50)
    route = add("evacuation_route", LineString([(E + 100, N + 100), (E + 600, N + 100)]), id="SL-L-0001", number="2",
                danger_zone=zone, shelter=square)  # fmt: skip
    homes = [
        add(
            "household",
            Point(E + 90 + 9 * number, N + 60),
            id=f"SL-H-000{number}",
            head=head,
            people=2,
            address=f"一组 {number} 号",
            danger_zone=zone,
            evacuation_route=route,
        )
        for number, head in ((1, "赵示例"), (2, "钱示例"))
    ]
    return workspace, zone, square, homes


def ended(ws, layer, uid, reason="搬走"):
    ws.apply(end(ws.definitions, [ws.feature(layer, uid)], date.today(), reason))


def words(path) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))


def test_who_moved_away_is_in_no_batch_and_what_hangs_is_called_back(village, tmp_path):
    ws, _zone, _square, homes = village
    publish_cards(ws, tmp_path / "1", kind="household")
    PRODUCTS["stickers_household"].publish(ws, tmp_path / "1", {})
    ended(ws, "household", homes[0], "搬到女儿家")
    report = publish_cards(ws, tmp_path / "2", kind="household")
    assert [one.name for one in report.files] == ["避险明白卡_SL-W-0001-B002.pdf"]
    with pytest.raises(ExportRefused):
        publish_cards(ws, tmp_path / "3", kind="household", uids=[homes[0]])
    assert "SL-H-0001" not in words(publish_door_stickers(ws, tmp_path / "2").files[0])
    assert "赵示例" not in words(publish_receipts(ws, tmp_path / "签收.pdf").files[0])
    publish_distribution(ws, tmp_path / "分发.pdf")
    assert list(Parts(ws).table("household")) == [homes[1]]
    told = "这一户 {0.year} 年 {0.month} 月 {0.day} 日已迁出（搬到女儿家），纸贴在一组 1 号".format(date.today())
    for product in ("cards_household", "stickers_household"):
        found = {one.uid: one for one in standings(ws, product)}
        assert found[homes[0]].state is State.WITHDRAWN, product
        assert found[homes[0]].changes == (told,)
        assert found[homes[1]].state is State.LATEST, product
    assert [one.uid for one in standings(ws, "") if one.state is State.WITHDRAWN] == [homes[0], homes[0]]
    assert homes[0] not in old_cards(ws, "household", date(2100, 1, 1))
    assert homes[1] in old_cards(ws, "household", date(2100, 1, 1))


def test_a_paper_that_was_taken_back_is_called_back_no_more(village, tmp_path):
    ws, _zone, _square, homes = village
    publish_cards(ws, tmp_path, kind="household")
    ended(ws, "household", homes[0])
    (gone,) = moved_standings(ws, read_register(ws))
    (paper,) = [one for one in read_register(ws).papers if one.subject == homes[0]]
    assert gone.code == paper.code
    answer = check_code_in(ws, paper.code)
    assert answer.verdict == "moved"
    assert "已迁出，不要再用。请收回" in answer.sentence
    assert "赵示例" not in answer.sentence
    ws.apply(note_step(ws.definitions, [paper.row.values], VOID, {"reason": "已收回"}))
    assert moved_standings(ws, read_register(ws)) == []
    assert [one.uid for one in standings(ws, "cards_household")] == [homes[1]]


def test_no_card_leads_to_a_closed_shelter_and_the_report_says_whose(village, tmp_path):
    ws, zone, square, _homes = village
    assert "听到信号，走 2 号路线到广场" in words(publish_cards(ws, tmp_path / "1", kind="household").files[0])
    ended(ws, "shelter", square, "改作工地")
    report = publish_cards(ws, tmp_path / "2", kind="household")
    assert sum("通往的避险安置点广场已经停用" in one for one in report.problems) == 2
    for path in report.files:
        text = "".join(words(path).split())
        assert "避险安置点广场已经停用，不要再去" in text
        assert "广场" not in text.replace("避险安置点广场已经停用", "")
        assert "号路线" not in text
    maker = CardMaker(ws)
    assert maker.layers.features("shelter") == maker.layers.features("evacuation_route") == []
    assert routes_of(ws, ws.feature("danger_zone", zone), {}) == []
    assert [one.state for one in standings(ws, "cards_household")] == [State.LATEST, State.LATEST]
    ws.undo()
    assert {one.state for one in standings(ws, "cards_household")} == {State.CHANGED}


def test_a_map_on_paper_leaves_them_out(village):
    ws, _zone, square, homes = village
    ended(ws, "household", homes[0])
    layers = MapLayers(ws)
    assert [one.uid for one in layers.features("household")] == [homes[1]]
    assert [one.uid for one in layers.features("shelter")] == [square]


def test_who_knocks_is_told_that_the_paper_at_the_door_sends_to_a_closed_shelter(village, tmp_path):
    ws, zone, square, homes = village
    publish_cards(ws, tmp_path / "1", kind="household")
    warned = "广场已经停用，门上的旧卡可能还写着去那里，叫他们不要去"

    def notes() -> list[str]:
        form = CallingMaker(ws).form(ws.feature("danger_zone", zone))
        return [row.ask or "" for group in form.groups for row in group.rows]

    assert not any(warned in one for one in notes())
    ended(ws, "shelter", square, "失火")
    assert all(one.startswith("先问值班：") and warned in one for one in notes())
    publish_cards(ws, tmp_path / "2", kind="household")
    assert all(warned in one for one in notes())  # what is printed does not hang yet
    new = read_register(ws).latest("cards_household", homes[0])
    ws.apply(note_step(ws.definitions, [new.row.values], RECEIVED, {"signed_on": date.today().isoformat()}))
    assert sorted(warned in one for one in notes()) == [False, True]


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_a_sheet_of_the_zone_says_that_its_shelter_is_closed(village, tmp_path, profile):
    ws, zone, square, _homes = village
    sheet = PRODUCTS["map_zone"]
    first = sheet.publish(ws, tmp_path / "1", {"profile": profile}, uids=[zone])
    assert "已经停用" not in words(first.files[0])
    ended(ws, "shelter", square, "失火")
    second = sheet.publish(ws, tmp_path / "2", {"profile": profile}, uids=[zone])
    text = "".join(words(second.files[0]).split())
    assert "广场已经停用，不要再去。" in text
    assert "没有登记撤离路线" not in text
    signs = PRODUCTS["signs_zone"].publish(ws, tmp_path / "3", {}, uids=[zone])
    assert any("广场已经停用，不要再去。已经立的警示牌" in one for one in signs.problems)


def test_what_is_true_of_many_doors_is_said_once_above_them(village, tmp_path):
    ws, zone, square, homes = village
    first = ws.feature("household", homes[0])
    for number in (3, 4):
        values = {**first.values, "id": f"SL-H-000{number}", "head": "孙示例", "remark": "院门朝东"}
        ws.apply(create_feature(ws.definitions, "household", Point(E + 90 + 9 * number, N + 60), values))
    publish_cards(ws, tmp_path / "1", kind="household")
    ended(ws, "shelter", square, "失火")
    form = CallingMaker(ws).form(ws.feature("danger_zone", zone))
    assert form.asked == ("① 避险安置点广场已经停用，门上的旧卡可能还写着去那里，叫他们不要去",)
    rows = [row for group in form.groups for row in group.rows]
    assert {row.ask for row in rows} == {"先问值班：看上面 ①"}
    assert sorted(row.note or "" for row in rows) == ["", "", "院门朝东", "院门朝东"]
    text = "".join(words(PRODUCTS["calling_zone"].publish(ws, tmp_path / "2", {}, uids=[zone]).files[0]).split())
    assert text.count("叫他们不要去") == 1
