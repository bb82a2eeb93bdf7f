"""What a publishing step made, and what it has to say about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geohazard_desktop.cartography.labels import PlacedLabel
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _


@dataclass(frozen=True, slots=True)
class UnplacedName:
    """A name that found no room; mm wide and high."""

    layer: str
    uid: str
    text: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SheetMap:
    """The map on a printed page and the names on it. `at` is its upper left corner in mm from the page's; the boxes of
    `labels` are mm of `view`. `paper`, `profile` ("A3", "internal") and `subject` (layer and uid, "" for the district)
    name the sheet, for which names that are moved here hold (see workspace.edits.sheets); `path` is its file."""

    page: int
    at: tuple[float, float]
    view: MapView
    labels: tuple[PlacedLabel, ...]
    unplaced: tuple[UnplacedName, ...]
    paper: str
    profile: str
    title: str
    subject: tuple[str, str] = ("", "")
    by_hand: bool = False  # the extent was chosen, not fitted to the subject
    path: Path | None = None
    for_street: bool = False  # it hangs where people walk: 您在这里 can stand on it
    here: tuple[float, float] | None = None  # where that is, east and north
    layers: tuple[str, ...] = ()  # tables of which something is on the map, in drawing order
    here_words: tuple[str, ...] = ()  # what is to be said of that place: it lies in a danger zone …


@dataclass(slots=True)
class MadeRow:
    """What became of one task of a batch. `files` lie below its folder; `name` is the subject's number; `state` is
    "made", "kept" (finished before, from the same inputs) or "failed"; `papers` how many it holds: a file of thirty
    households is thirty; `codes` their 核对码; `of` the uids of those in a file that is to hold several, in their
    order."""

    files: tuple[str, ...] = ()
    pages: int = 0
    lacking: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    product: str = ""
    layer: str = ""
    uid: str = ""
    name: str = ""
    street: str = ""
    zone: str = ""
    state: str = ""
    papers: int = 1
    codes: tuple[str, ...] = ()
    of: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """The subject's number; of a file of several how many are in it."""
        return self.name or (_("{count} 份").format(count=self.papers) if self.papers > 1 else "")

    def place(self, product: str, layer: str, uid: str, name: str, street: str, zone: str, state: str) -> None:
        """Whose row it is."""
        self.product, self.layer, self.uid, self.name = product, layer, uid, name
        self.street, self.zone, self.state = street, zone, state


@dataclass(slots=True)
class PublishReport:
    """`files` were written whole. `notes` inform; `problems` say what lacks or was left out (exit status 1)."""

    files: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    general: list[str] = field(default_factory=list)  # those of `problems` that are about no single paper
    pages: int = 0
    maps: list[SheetMap] = field(default_factory=list)
    made: dict[str, Path] = field(default_factory=dict)  # by uid, where a product makes a file for each subject
    unchanged: list[str] = field(default_factory=list)  # uids that were left out: they say what they said last
    lacking: dict[str, Sequence[str]] = field(default_factory=dict)  # by uid, labels that print as a line
    states: dict[str, str] = field(default_factory=dict)  # by uid, how its last paper stands: 已是最新, 内容有变 …
    codes: dict[Path, tuple[str, ...]] = field(default_factory=dict)  # 核对码 of the papers in each file
    copies: dict[str, int] = field(default_factory=dict)  # by uid, of how many its last paper was, where of several
    rows: list[MadeRow] = field(default_factory=list)  # of a batch
    walk: list[Path] = field(default_factory=list)  # of a batch: what it made anew, as somebody walks with it

    @property
    def made_now(self) -> list[Path]:
        """The files that this very step wrote, in visiting order; not those that a batch found finished."""
        return list(self.walk if self.rows else self.files)

    def tell_all(self, problems: Sequence[str]) -> None:
        """Problems that are about no single paper: a batch, which sorts them by paper, tells each of these once."""
        self.problems += problems
        self.general += problems
