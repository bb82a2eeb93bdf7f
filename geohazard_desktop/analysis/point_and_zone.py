"""The numbers of a hazard point beside those of its danger zone: 威胁人数 and 威胁财产 of the one, 需转移人数 and
潜在损失 of the other.

They are two registers and may differ for a good reason: a zone's form counts who stands inside, and who leaves with it
from outside is counted at the point. Papers that print the point's numbers say the zone's and why; a difference that
nothing registered explains is a finding of the checks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geohazard_desktop.analysis.must_move import MustMove, must_move, whole_number
from geohazard_desktop.analysis.zone_residents import people_in
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import grouped, registered
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

_TOLD = 12  # points whose numbers a note tells; a note is no table
_SAME_WAN = 0.05  # 万元, half of the last digit that papers print


@dataclass(frozen=True, slots=True)
class TwoNumbers:
    """What differs between `name`, a hazard point, and its zone: (the point's, the zone's) 人 and 万元, None where both
    say the same or one says nothing. `away`: households outside the zone that leave with it, where they are the whole
    difference; 0 where nothing explains it."""

    name: str
    people: tuple[int, int] | None
    property_wan: tuple[float, float] | None
    away: int

    def of_point(self) -> str:
        """158 人、2825 万元: what the point says, as far as it differs."""
        return self._told(0)

    def of_zone(self) -> str:
        """157 人、2815 万元."""
        return self._told(1)

    def _told(self, side: int) -> str:
        told = [] if self.people is None else [_("{count} 人").format(count=grouped(self.people[side]))]
        if self.property_wan is not None:
            told.append(_("{sum} 万元").format(sum=registered(self.property_wan[side])))
        return "、".join(told)

    def remark(self) -> str:
        """The zone's numbers and why, short, for a cell of a paper that has the point's numbers beside it."""
        if self.away:
            return _("危险区登记 {numbers}，不含区外 {count} 户").format(numbers=self.of_zone(), count=self.away)
        return _("危险区登记 {numbers}").format(numbers=self.of_zone())


def two_numbers(ws: Workspace, point: Feature, zone: Feature | None, need: MustMove | None = None) -> TwoNumbers | None:
    """What differs between `point` and its `zone`; None where nothing does. `need` is given by who has it already."""
    if zone is None:
        return None
    need = must_move(ws, zone) if need is None else need
    people: tuple[int, int] | None = None
    typed, number = whole_number(point["threatened_people"]), need.number
    if typed is not None and number is not None and typed != number:
        people = typed, number
    property_wan: tuple[float, float] | None = None
    threatened, loss = _number(point["threatened_property_wan"]), _number(zone["potential_loss_wan"])
    if threatened is not None and loss is not None and abs(threatened - loss) >= _SAME_WAN:
        property_wan = threatened, loss
    if people is None and property_wan is None:
        return None
    away = need.residents.away
    sums = people_in(away), sum(_number(one["property_wan"]) or 0.0 for one in away)
    explained = (people is None or people[0] - people[1] == sums[0]) and (
        property_wan is None or abs(property_wan[0] - property_wan[1] - sums[1]) < _SAME_WAN
    )
    name = point.text("name") or point.text("unified_code") or point.text("id")
    return TwoNumbers(name, people, property_wan, len(away) if explained else 0)


def with_remark(threat: str, found: TwoNumbers | None) -> str:
    """威胁对象 and, where the zone's numbers are not the point's and it is known why, they and why. What nothing
    explains is a finding of the checks: an official form is no place to leave two numbers open."""
    if found is not None and _("危险区填的需转移人数") in threat:
        found = replace(found, people=None)  # said already
    if found is None or not found.away or (found.people is None and found.property_wan is None):
        return threat
    return _("{threat}（{remark}）").format(threat=threat, remark=found.remark())


def two_numbers_note(found: Iterable[TwoNumbers | None]) -> str:
    """Sentences for below a list that prints the numbers of points; "" where they are the zones' too."""
    told = [one for one in found if one is not None]
    explained = _("隐患点的威胁数含在区外、归本区撤离的住户，危险区登记的数不含：{points}。")
    other = _("隐患点的威胁数和危险区登记的数不一样：{points}。")
    groups = ((explained, [one for one in told if one.away]), (other, [one for one in told if not one.away]))
    return "".join(words.format(points=_listed(group)) for words, group in groups if group)


def _listed(group: Sequence[TwoNumbers]) -> str:
    words = _("{name} {point}（危险区 {zone}）")
    told = "；".join(words.format(name=one.name, point=one.of_point(), zone=one.of_zone()) for one in group[:_TOLD])
    return told + (_("；另有 {count} 处").format(count=len(group) - _TOLD) if len(group) > _TOLD else "")


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
