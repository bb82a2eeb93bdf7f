"""In how many copies a paper was issued last: one that takes its place has to replace each of them.

Whoever printed 一式三份 left a copy with the village and one with the office: a reissue of one copy would leave the old
way with them. The number stands in what was kept of the paper, so papers from before are known too; where it says the
same and more of it are printed later, in the row that says so.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # menus ask what can be chosen, at every start
    from geohazard_desktop.publishing.issues.issue_register import IssuedPaper
    from geohazard_desktop.workspace.workspace import Workspace

AS_LAST = "last"  # of the option 份数: as many as the paper that is replaced


def last_copies(ws: "Workspace", last: "IssuedPaper | None") -> int | None:
    """Of the paper in force; 1 where there is none; None where its content was not kept, so that nobody knows."""
    from geohazard_desktop.common.errors import ExportRefused
    from geohazard_desktop.publishing.issues.kept_paper import kept_data

    if last is None:
        return 1
    try:
        return max(copies_in(kept_data(ws, last.kept)), last.copies)
    except ExportRefused:
        return last.copies or None


def copies_in(data: Mapping[str, Any]) -> int:
    """In how many a paper of these data is printed."""
    return max((int(one.get("copies", 1)) for one in data.get("cards", ())), default=1)


def more_copies(ws: "Workspace", last: "IssuedPaper", data: Mapping[str, Any]) -> int:
    """In how many `last` is printed again by `data`, where that is more than anybody knew; else 0."""
    copies = copies_in(data)
    return copies if copies > 1 and copies > (last_copies(ws, last) or 1) else 0


def copies_by_subject(ws: "Workspace", series: str, uids: Collection[str]) -> dict[str, int]:
    """Of those that were issued in more than one copy last, in how many."""
    from geohazard_desktop.publishing.issues.issue_register import read_register

    register = read_register(ws)
    found = {uid: last_copies(ws, register.latest(series, uid)) for uid in uids}
    return {uid: count for uid, count in found.items() if count is not None and count > 1}
