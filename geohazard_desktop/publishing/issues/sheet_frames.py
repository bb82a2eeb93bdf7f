"""Whether a 警示图 shows more or less ground than when it was issued, and what on it follows from that alone.

A later version of the program lays its blocks out otherwise, a hand chooses another extent: what comes into sight by
that is no new danger zone, and what leaves it is not gone.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.issues.kept_paper import Paper

# What these say goes by what is in the frame, and how large. What in it is another, the features tell.
_FOLLOW = frozenset({"enlarged", "reach", "legend", "notes", "layout", "inset_corner", "drafts_place"})


def frame_words(before: Paper, after: Paper) -> str:
    """图的范围变了（1:30000 改成 1:40000）; "" where the frame is as it was, or the paper is no sheet."""
    was, now = _frame(before), _frame(after)
    if None in (was, now) or was == now:
        return ""
    old, new = (0.0 if one is None else one[0] for one in (was, now))
    if old == new:
        return _("图的范围变了")
    return _("图的范围变了（{old} 改成 {new}）").format(old=scale_words(old), new=scale_words(new))


def scale_words(denominator: float) -> str:
    """1:12500, as reports say it."""
    return f"1:{denominator:.0f}"


def beside_frame(paper: Paper) -> Paper:
    """The paper without what follows from its frame."""
    sheets = [{key: one for key, one in sheet.items() if key not in _FOLLOW} for sheet in paper.data["sheets"]]
    return replace(paper, data={**paper.data, "sheets": sheets})


def _frame(paper: Paper) -> tuple[float, tuple[float, ...]] | None:
    """Scale of the map, and its size on the paper."""
    sheets = paper.data.get("sheets")
    if not isinstance(sheets, list) or len(sheets) != 1 or not isinstance(sheets[0], Mapping):
        return None
    frame: Mapping[str, Any] = sheets[0].get("map") or {}
    layout: Mapping[str, Any] = sheets[0].get("layout") or {}
    scale, block = frame.get("scale"), layout.get("picture")
    if scale is None or block is None:
        return None
    return float(scale), tuple(round(one * layout.get("factor", 1.0), 1) for one in block[2:])
