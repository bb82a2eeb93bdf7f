"""At whose pace a household leaves, and whether somebody in it can't leave without help."""

from dataclasses import dataclass

from geohazard_desktop.domain.help_needed import Help
from geohazard_desktop.domain.household_help import HouseholdHelp
from geohazard_desktop.domain.walking import Walker, walkers


@dataclass(frozen=True, slots=True)
class Pace:
    """`walker`: at whose pace those leave who walk, None where nobody is left who could. `carried`: somebody can't walk
    at all; `supported`: somebody needs an arm. `alone`: nobody else in the household could give it.
    `unheard`: by the register nobody there hears a signal."""

    walker: Walker | None
    carried: bool = False
    supported: bool = False
    alone: bool = False
    unheard: bool = False

    @property
    def helped(self) -> bool:
        """Somebody needs help to leave."""
        return self.carried or self.supported


def pace_of(known: HouseholdHelp, people: int | None = None, *, deaf: int = 0) -> Pace:
    """From the help that its people need, its head count, and how many of them are registered as not hearing.

    Of whom nothing is known walks as an old person: nobody is taken for sound. A household with somebody on an arm
    walks at that pace; who has to be carried slows nobody down, because others come to fetch them. Without a head count
    somebody who hears may live there, of whom nothing is listed: that household goes by the signal too.
    """
    kinds = walkers()  # from fast to slow
    carried, supported = known.people.count(Help.CARRIED), known.people.count(Help.ON_AN_ARM)
    others = max(people or 0, len(known.people)) - carried - supported
    walker = kinds[-1] if supported else kinds[len(kinds) // 2] if others > 0 or not carried else None
    unheard = bool(people) and 0 < deaf >= max(people or 0, len(known.people))
    return Pace(walker, carried > 0, supported > 0, alone=carried + supported > 0 and others <= 0, unheard=unheard)
