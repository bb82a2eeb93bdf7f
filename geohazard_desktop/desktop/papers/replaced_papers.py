"""Which files that lie ready to be printed hold papers that were replaced since: they stay, and that is said."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, IssueRegister, read_register
from geohazard_desktop.workspace.workspace import Workspace


def replaced_in(ws: Workspace, codes: Mapping[Path, Sequence[str]]) -> dict[Path, str]:
    """By file in words what of it is no longer to be handed out, by the register of now; `codes` are those of the
    papers in each. Files of which nothing was replaced are left out."""
    if not any(codes.values()):
        return {}
    register = read_register(ws)
    found = {}
    for path, own in codes.items():
        papers = [paper for code in own if (paper := register.by_code.get(code)) is not None]
        old = [one for one in papers if one.void or register.successor(one) is not None]
        if old:
            found[path] = _words(register, old, len(papers))
    return found


def _words(register: IssueRegister, old: Sequence[IssuedPaper], total: int) -> str:
    if total == 1:
        return _("已作废") if old[0].void and register.successor(old[0]) is None else _("已被代替")
    homes = all(one.subject_layer == "household" for one in old)
    words = _("里面有 {count} 户已被代替") if homes else _("里面有 {count} 份已被代替")
    return words.format(count=len(old))
