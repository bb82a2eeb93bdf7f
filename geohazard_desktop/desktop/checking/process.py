"""A whole run of the checks: in a thread, or for workspaces so large that a thread would stop the window, apart.

Some of the geometry library's calls keep Python's lock for seconds on 100 000 areas.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from geohazard_desktop.desktop.apart import run_apart
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.analysis.shares import Share
    from geohazard_desktop.checks.finding import Finding

MANY = 20_000  # features of a workspace from which on the run goes apart

Progress = Callable[[int, int, str], object]
Result = tuple["list[Finding]", "list[Share]"]


def look_at_all(ws: Workspace, *, progress: Progress) -> Result:
    """Every finding, and the susceptibility shares; `progress` may raise to stop."""
    from geohazard_desktop.analysis.shares import susceptibility_shares
    from geohazard_desktop.checks.run import check

    return check(ws, progress=progress), list(susceptibility_shares(ws))


def look_at_file(path: Path, progress: Progress, *, apart: bool, gently: bool = False) -> Result:
    """The same of a file, in this thread or in a process of its own, which `gently` gives way to all others."""
    if apart:
        result: Result = run_apart(f"{__name__}:look_at_all", path, progress=progress, gently=gently)
        return result
    with Workspace.open(path, read_only=True) as ws:
        return look_at_all(ws, progress=progress)
