"""The forms that templates take, under one name.

Fill a form, turn it into data, hand it to typesetting:

    card = HouseholdCard(head="李示例", back=HouseholdBack(map=MapFrame(picture="m1", …)))
    pdf = typeset(HOUSEHOLD_CARD, cards_data([card]), {"m1": svg}, title="…")

Values are `str`, `Emphasised`, numbers or dates; None and "" print as a line to write on. `empty_labels()` says which.
"""

from geohazard_desktop.publishing.cards.forms import (
    HOUSEHOLD_CARD,
    LARGE_PRINT,
    PERSON_ROWS,
    WORK_CARD,
    HouseholdBack,
    HouseholdCard,
    Issue,
    Member,
    Team,
    WalkingTime,
    WayStep,
    WorkCard,
    cards_data,
)
from geohazard_desktop.publishing.form_fields import Emphasised, Form
from geohazard_desktop.publishing.sheets.map_forms import (
    HOUSEHOLD_BACK_PICTURE,
    MAP_SHEET,
    SWATCH_PICTURE,
    GridLine,
    LegendGroup,
    LegendItem,
    MapFrame,
    MapMark,
    MapSheet,
    MapWay,
    NoteLine,
    SheetRoute,
)

__all__ = [
    "HOUSEHOLD_BACK_PICTURE",
    "HOUSEHOLD_CARD",
    "LARGE_PRINT",
    "MAP_SHEET",
    "PERSON_ROWS",
    "SWATCH_PICTURE",
    "WORK_CARD",
    "Emphasised",
    "Form",
    "GridLine",
    "HouseholdBack",
    "HouseholdCard",
    "Issue",
    "LegendGroup",
    "LegendItem",
    "MapFrame",
    "MapMark",
    "MapSheet",
    "MapWay",
    "Member",
    "NoteLine",
    "SheetRoute",
    "Team",
    "WalkingTime",
    "WayStep",
    "WorkCard",
    "cards_data",
]
