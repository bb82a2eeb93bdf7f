"""Whether somebody can leave alone, by the register's 行动能力: one judgement for papers, lists, checks and the window.

A word that no rule knows (a list of others wrote it) is no reason to leave anybody without help; where nothing was
written, nobody is said to need any, and the papers that count say how many that are.
"""

from enum import Enum, auto

from geohazard_desktop.domain.walking import must_be_carried, walkers


class Help(Enum):
    """From the gravest to the lightest; UNKNOWN: nothing was written."""

    CARRIED = auto()
    ON_AN_ARM = auto()
    SLOWLY = auto()
    ALONE = auto()
    UNKNOWN = auto()

    @property
    def helped(self) -> bool:
        """Somebody else has to come or lend an arm."""
        return self in (Help.CARRIED, Help.ON_AN_ARM)


def help_of(mobility: str) -> Help:
    """Of one person; the kinds of walker are from fast to slow (resources/rules/walking.toml)."""
    word = mobility.strip()
    if not word:
        return Help.UNKNOWN
    if must_be_carried(word):
        return Help.CARRIED
    fastest, *others, _slowest = walkers()
    if word in fastest.mobility:
        return Help.ALONE
    return Help.SLOWLY if any(word in one.mobility for one in others) else Help.ON_AN_ARM
