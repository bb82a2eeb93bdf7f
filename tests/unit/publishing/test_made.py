"""Cards joined into a volume: each is what it was alone, and Typst reads their data as data only."""

import json

from geohazard_desktop.publishing.cards.forms import HouseholdBack, HouseholdCard
from geohazard_desktop.publishing.cards.made import Made, joined
from geohazard_desktop.publishing.sheets.map_forms import MapFrame


def card(head: str, drawing: str) -> Made:
    back = HouseholdBack(map=MapFrame(picture="map", denominator=5000, alt="图"))
    return Made("household_card", HouseholdCard(head=head, back=back), {"map": drawing}, head, "卡")


def test_equal_pictures_of_a_volume_are_one():
    cards = [card("甲", "<svg>1</svg>"), card("乙", "<svg>2</svg>"), card("丙", "<svg>1</svg>")]
    data, pictures = joined(cards)
    shown = [pictures[one["back"]["map"]["picture"]] for one in data["cards"]]
    assert shown == ["<svg>1</svg>", "<svg>2</svg>", "<svg>1</svg>"]
    assert len(pictures) == 2
    assert [one["head"] for one in data["cards"]] == ["甲", "乙", "丙"]


def test_the_data_of_a_volume_begin_as_a_comment_in_typst():
    one = card("甲", "<svg>1</svg>")
    data, _pictures = joined([one])
    assert json.dumps(data).startswith('{"/*"')
