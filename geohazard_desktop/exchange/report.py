"""What an import tells: evidence (why it was read so), problems (what was repaired or left out), counts."""

from dataclasses import dataclass, field
from typing import Any, Literal

from geohazard_desktop.common.errors import ImportRefused

ProblemKind = Literal["repaired", "skipped", "note"]
Subject = Literal["encoding", "crs", "shift", "geometry", "fields", "table"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One judgement about the file with its reason, as a full sentence. `doubt` marks what people should look at."""

    subject: Subject
    sentence: str
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in one feature. `feature` is how people find it in the file (第 7 行（李示例）).

    repaired: the feature is in, changed; skipped: it is left out; note: it is in, but should be looked at.
    `row` counts the source's features from 0; None where all are meant.
    """

    feature: str
    sentence: str
    kind: ProblemKind
    row: int | None = None


@dataclass(slots=True)
class ImportReport:
    """Counts are features of the layer imported into. `encoding` and `crs` are "" where the source has none."""

    imported: int = 0
    repaired: int = 0
    skipped: int = 0
    encoding: str = ""
    crs: str = ""
    evidence: list[Evidence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The mapping that `main.py import --json` prints."""
        return {
            "imported": self.imported,
            "repaired": self.repaired,
            "skipped": self.skipped,
            "encoding": self.encoding,
            "crs": self.crs,
            "evidence": [one.sentence for one in self.evidence],
            "problems": [{"feature": one.feature, "sentence": one.sentence} for one in self.problems],
        }


def refused(sentence: str, remedy: str) -> ImportRefused:
    return ImportRefused(sentence, remedy)


def listed(names: list[str], most: int = 12) -> str:
    """Names joined for a sentence; a long list is cut with its count."""
    if len(names) <= most:
        return "、".join(names)
    return "、".join(names[:most]) + f" 等 {len(names)} 个"
