"""The kinds of cards: whose they are, how their files are called, how they are filled."""

from collections.abc import Callable
from dataclasses import dataclass

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.made import Made
from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.workspace.feature import Feature


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of card: its product's key, whose it is, how its files are called, how it is filled."""

    product: str
    layer: str
    stem: str
    title: str
    make: Callable[[CardMaker, Feature], Made]


KINDS = {
    "work": Kind("cards_work", "hazard_point", _("工作明白卡"), _("防灾工作明白卡"), CardMaker.work_card),
    "household": Kind("cards_household", "household", _("避险明白卡"), _("防灾避险明白卡"), CardMaker.household_card),
    "large": Kind("cards_large", "household", _("避险明白卡大字版"), _("避险明白卡（大字版）"), CardMaker.large_card),
}
