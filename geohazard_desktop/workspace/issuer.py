"""Who answers for the cards at the office that hands them out (发放单位负责人, 联系电话): settings about a person.

Their words stand in columns of the `setting` layer that are personal, never in `value`: so whatever leaves a workspace
by its definitions (clean copies, exports, histories) leaves them out, and `Workspace.settings`, of which public papers
are made, does not hold them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geohazard_desktop.workspace.feature import Feature
    from geohazard_desktop.workspace.workspace import Workspace

CONTACT, PHONE = "issuer.contact", "issuer.phone"
PERSONAL: Mapping[str, str] = {CONTACT: "person", PHONE: "phone"}  # the column of each


def column_of(key: str) -> str:
    """The column of the `setting` layer in which the words of a setting stand."""
    return PERSONAL.get(key, "value")


def words_of(row: "Feature") -> str:
    """What a row of the `setting` layer says."""
    return row.text(column_of(row.text("key")))


def issuer(ws: "Workspace") -> dict[str, str]:
    """The settings about who answers for the cards, by their keys; those that are not known are not in it."""
    rows = [row for key in PERSONAL for row in ws.find("setting", "key", key)]
    return {row.text("key"): words for row in rows if (words := words_of(row).strip())}
