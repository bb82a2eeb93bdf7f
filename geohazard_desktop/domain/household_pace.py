"""At whose pace a household leaves, and whether somebody in it can't leave without help."""

from collections.abc import Sequence
from dataclasses import dataclass

from geohazard_desktop.domain.help_needed import Help, help_of
from geohazard_desktop.domain.walking import Walker, walkers


@dataclass(frozen=True, slots=True)
class Pace:
    """`walker`: at whose pace those leave who walk, None where nobody is left who could. `carried`: somebody can't walk
    at all; `supported`: somebody needs an arm. `alone`: nobody else in the household could give it."""

    walker: Walker | None
    carried: bool = False
    supported: bool = False
    alone: bool = False

    @property
    def helped(self) -> bool:
        """Somebody needs help to leave."""
        return self.carried or self.supported


def household_pace(mobility: Sequence[str], people: int | None = None) -> Pace:
    """From the 行动能力 of the members listed ("" where unknown) and the head count of the household.

    Of whom nothing is known walks as an old person: nobody is taken for sound. A household with somebody on an arm
    walks at that pace; who has to be carried slows nobody down, because others come to fetch them.
    """
    kinds = walkers()  # from fast to slow
    carried = sum(help_of(one) is Help.CARRIED for one in mobility)
    supported = sum(help_of(one) is Help.ON_AN_ARM for one in mobility)
    others = max(people or 0, len(mobility)) - carried - supported
    walker = kinds[-1] if supported else kinds[len(kinds) // 2] if others > 0 or not carried else None
    return Pace(walker, carried > 0, supported > 0, alone=carried + supported > 0 and others <= 0)
