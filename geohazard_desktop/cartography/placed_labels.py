"""What came of placing the labels of a map: where each stands, which found no room, what the next frame keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geohazard_desktop.cartography.label_sources import LabelSource
from geohazard_desktop.cartography.label_text import Box, Glyphs


class Kept(NamedTuple):
    """Where a label stood: its middle lay `right` and `down` mm from a place on the ground (east, north)."""

    east: float
    north: float
    right: float
    down: float


Previous = Mapping[tuple[str, str], Sequence[Kept]]  # by (layer, uid); a line may bear its name several times


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label on the map. `boxes` are what it covers in mm; `leader` runs from label (x, y) to feature (x, y)."""

    layer: str
    uid: str
    text: str
    second: str
    lines: tuple[Glyphs, ...]
    boxes: tuple[Box, ...]
    color: str
    halo: float
    leader: tuple[float, float, float, float] | None = None
    by_hand: bool = False
    plate: bool = False  # white on a plate of `color`, as large as its box

    @property
    def centre(self) -> tuple[float, float]:
        lefts, tops, rights, bottoms = zip(*self.boxes, strict=True)
        return (min(lefts) + max(rights)) / 2, (min(tops) + max(bottoms)) / 2


@dataclass(slots=True)
class Placement:
    """`kept` is what the next frame takes as `previous`, so that labels stay where they are."""

    labels: list[PlacedLabel] = field(default_factory=list)
    unplaced: list[LabelSource] = field(default_factory=list)
    kept: dict[tuple[str, str], list[Kept]] = field(default_factory=dict)


def placed_label(
    source: LabelSource,
    lines: tuple[Glyphs, ...],
    boxes: tuple[Box, ...],
    leader: tuple[float, float, float, float] | None = None,
    *,
    by_hand: bool = False,
) -> PlacedLabel:
    """The label of `source`, its `lines` of text set in `boxes`."""
    label = source.label
    second = source.second if len(lines) > 1 else ""
    return PlacedLabel(
        source.layer,
        source.uid,
        source.text,
        second,
        lines,
        boxes,
        label.color,
        label.halo,
        leader,
        by_hand,
        label.plate,
    )
