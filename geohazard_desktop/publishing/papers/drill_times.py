"""How long a drill takes: until the slowest household has arrived, by the same reckoning as its card."""

from collections.abc import Sequence
from dataclasses import dataclass

from geohazard_desktop.analysis.evacuation import HouseholdWay, NoWay, WayFinder
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.walking import walkers
from geohazard_desktop.workspace.feature import Feature


@dataclass(frozen=True, slots=True)
class DrillTimes:
    """Minutes of walking of the first and the last to arrive, None where nothing can be walked. `note` says who the
    last is; `unreckoned`: households whose walk is not in `last` since it can't be told."""

    first: int | None
    last: int | None
    note: str
    unreckoned: tuple[Feature, ...]


def drill_times(routes: Sequence[HouseholdWay | NoWay], households: Sequence[Feature], finder: WayFinder) -> DrillTimes:
    """`routes` are whole routes from their assembly points; households walk from their doors, which may be longer.
    Who asks before setting out is not reckoned: where they will walk nobody knows yet."""
    whole = [one for one in routes if isinstance(one, HouseholdWay)]
    found = [(one, finder.way(one)) for one in households]
    walks = [(one, way) for one, way in found if isinstance(way, HouseholdWay) and not way.ask_first]
    unreckoned = tuple(one for one, way in found if isinstance(way, NoWay) or way.ask_first)
    every = [*whole, *(way for _one, way in walks)]
    if not every:
        return DrillTimes(None, None, "", unreckoned)
    told = []
    farthest = max(walks, key=lambda one: one[1].metres_total, default=None)
    if farthest is not None:
        household, way = farthest
        slowest = walkers()[-1]
        told.append(
            _(
                "走得最慢的人从家门算起，和各户的避险明白卡一样；最远的是 {number}，{metres} 米，{who} {minutes} 分钟。"
            ).format(
                number=household.text("id") or _("没有编号的一户"),
                metres=way.metres_rounded,
                who=slowest.card_label,
                minutes=way.minutes[slowest.key],
            )
        )
    if unreckoned:
        told.append(
            _("有 {count} 户算不出要走多久，没有算在内：{numbers}。").format(
                count=len(unreckoned),
                numbers="、".join(one.text("id") or _("没有编号的一户") for one in unreckoned),
            )
        )
    return DrillTimes(
        min(min(one.minutes.values()) for one in every),
        max(max(one.minutes.values()) for one in every),
        "".join(told),
        unreckoned,
    )
