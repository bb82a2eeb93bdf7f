"""What a publishing step made, and what it has to say about it."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class PublishReport:
    """`files` were written whole. `notes` inform; `problems` say what lacks or was left out (exit status 1)."""

    files: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    pages: int = 0
