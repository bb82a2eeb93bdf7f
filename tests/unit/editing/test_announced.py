"""Which edits change what was announced, and what the officer is told of it."""

import shapely
from desk import EAST, NORTH, Desk
from shapely.geometry import Point

from geohazard_desktop.editing.announced import announced_by, announced_words
from geohazard_desktop.workspace.edits import VertexRef, add_vertex, change_values, create_feature, move_features

SQUARE = shapely.box(EAST, NORTH, EAST + 100, NORTH + 100)


def announced_zone(desk: Desk, **values):
    zone = desk.put("danger_zone", SQUARE, name="示例沟", **values)
    for step, number in (("已划定", "示政发〔2026〕1号"), ("已公告", "示政告〔2026〕2号")):
        event = {"danger_zone": zone.uid, "step": step, "document_no": number, "date": "2026-06-01", "text": "公告"}
        desk.ws.apply(create_feature(desk.ws.definitions, "zone_event", None, event))
    return zone


def test_a_moved_zone_is_named_with_its_document_and_the_cards_to_print_anew(desk: Desk):
    zone = announced_zone(desk)
    for number, extra in enumerate(({}, {}, {"step": "作废"})):
        row = {"card_no": f"{number}", "kind": "防灾避险明白卡", "product": "cards_household", "subject": f"{number}"}
        row |= {"danger_zone": zone.uid, "check_code": f"码{number if not extra else 1}", "step": "发放"} | extra
        desk.ws.apply(create_feature(desk.ws.definitions, "card_issue", None, row))
    (found,) = announced_by(desk.ws, move_features(desk.ws.definitions, [zone], 5, 0))
    assert (found.state, found.document, found.papers) == ("已公告", "示政告〔2026〕2号", (("防灾避险明白卡", 1),))
    words = announced_words(desk.ws, [found])
    assert "危险区 SL-W-0001 示例沟：已公告（文号 示政告〔2026〕2号）。" in words
    assert "要换发的有：防灾避险明白卡 1 份" in words


def test_what_changes_no_announced_border_asks_nothing(desk: Desk):
    zone = announced_zone(desk)
    draft = desk.put("danger_zone", SQUARE, state="已公告")
    house = desk.put("household", Point(EAST + 5, NORTH + 5), danger_zone=zone.uid)
    definitions = desk.ws.definitions
    for edit in (
        move_features(definitions, [draft, house], 5, 0),  # a state that only a field claims is no announcement
        change_values(definitions, [zone], {"name": "示例北沟"}),
        add_vertex(definitions, zone, VertexRef(0, 0, 1), (EAST + 100, NORTH + 50)),  # on the straight side
    ):
        assert announced_by(desk.ws, edit) == []
