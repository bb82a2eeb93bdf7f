"""The members of a household: their order, which cards print, and an age with the day it was told on."""

from collections.abc import Sequence
from datetime import date

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.features import change_values, create_feature, delete_features
from geohazard_desktop.workspace.edits.wording import Definitions, called, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, Value, changed

MEMBERS = "household_member"


def in_order(members: Sequence[Feature]) -> list[Feature]:
    """As the office put them; those that were never put anywhere follow as they were registered."""

    def place(member: Feature) -> float:
        value = member["position"]
        return float(value) if isinstance(value, int) else float("inf")

    return sorted(members, key=place)


def counted_anew(definitions: Definitions, household: Feature, members: int, now: int) -> Sequence[Delta]:
    """家庭人数 was what the `members` count to, so it follows to `now`; a number of its own stays."""
    if members == now or not now or household["people"] != members:
        return []
    return change_values(definitions, [household], {"people": now}).deltas


def add_member(
    definitions: Definitions, household: Feature, members: Sequence[Feature], name: str, value: Value, today: date
) -> Edit:
    """A new member of whom one thing is known, at the end. Raises EditRefused for a value that may not stand."""
    values = {"household": household.uid, "surveyed_on": today.isoformat(), name: value}
    places = [one["position"] for one in members if isinstance(one["position"], int)]
    if places and "position" in definitions[MEMBERS].by_name:
        values["position"] = max(int(one) for one in places if isinstance(one, int)) + 1
    edit = create_feature(definitions, MEMBERS, None, values)
    deltas = [*edit.deltas, *counted_anew(definitions, household, len(members), len(members) + 1)]
    return Edit(_("给{name}登记一位家庭成员").format(name=followed(led(called(definitions, household)))), deltas)


def delete_member(definitions: Definitions, household: Feature, members: Sequence[Feature], member: Feature) -> Edit:
    """Without one of its `members`."""
    edit = delete_features(definitions, [member])
    deltas = [*edit.deltas, *counted_anew(definitions, household, len(members), len(members) - 1)]
    return Edit(edit.words, deltas)


def change_member(definitions: Definitions, member: Feature, name: str, value: Value, today: date) -> Edit:
    """One value of a member. An age typed now is an age of today: it grows from here on, not from the old day."""
    values = {name: value}
    if name == "age" and value is not None:
        values["surveyed_on"] = today.isoformat()
    return change_values(definitions, [member], values)


def move_member(definitions: Definitions, household: Feature, members: Sequence[Feature], row: int, by: int) -> Edit:
    """Put the member in `row` of `members` (as `in_order` gives them) `by` places further down. No delta at an end."""
    order = list(members)
    target = row + by
    deltas: list[Delta] = []
    if 0 <= row < len(order) and 0 <= target < len(order):
        order.insert(target, order.pop(row))
        for place, one in enumerate(order, start=1):
            if one["position"] != place:
                deltas.append(changed(one, one.with_values(position=place)))
    words = _("调整{name}家庭成员的次序").format(name=followed(led(called(definitions, household))))
    return Edit(words, deltas)
