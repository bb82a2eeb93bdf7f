"""What a rule reports: which feature, how grave, one sentence with the remedy, and a place to go to."""

from dataclasses import dataclass
from typing import Literal

from shapely.geometry import Point

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `id` and `uid` are "" where it concerns a whole layer or the settings; `place` is in metres of the
    workspace's CRS, None where there is nothing to point at. Errors keep a thing from being issued."""

    rule: str
    layer: str
    id: str
    uid: str
    severity: Severity
    sentence: str
    place: Point | None = None
