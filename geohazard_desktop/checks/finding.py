"""What a rule reports: which feature, how grave, one sentence with the remedy, and a place to go to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from shapely.geometry import Point

Severity = Literal["error", "warning", "info"]
GRAVITY: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `id` and `uid` are "" where it concerns a whole layer or the settings; `place` is in metres of the
    workspace's CRS, None where there is nothing to point at. Errors keep a thing from being issued.

    `others` are uids of features of the same layer that share the fault (the neighbour of an overlap), `about` tells
    two faults of one rule and feature apart (a field's name). `fix` names the repair that may be offered (see
    repair.py), "" for none; `opens` the field that a hand has to put right in the form. `unplaced`: a
    point that the map can't show, which a hand can put there. `street` is the 街道 in which
    the place lies, where the workspace knows. `key` is the same for the same fault of the same feature in every run.
    """

    rule: str
    layer: str
    id: str
    uid: str
    severity: Severity
    sentence: str
    place: Point | None = None
    others: tuple[str, ...] = ()
    about: str = ""
    fix: str = ""
    street: str = ""
    opens: str = ""
    unplaced: bool = False
    # Made once, where the fault is found: of ten thousand findings whoever lists them asks for each key several times.
    key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", "|".join((self.rule, self.layer, self.uid, self.about, *self.others)))

    @property
    def features(self) -> tuple[tuple[str, str], ...]:
        """(layer, uid) of every feature concerned."""
        return tuple((self.layer, uid) for uid in (self.uid, *self.others) if uid)


def counted(findings: Iterable[Finding]) -> Counter[str]:
    """How many findings there are of each severity."""
    return Counter(map(attrgetter("severity"), findings))
