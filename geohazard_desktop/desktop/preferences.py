"""What this user likes: theme, font size, recent workspaces. A JSON file in the user's configuration folder.

A broken or unwritable preference file never stops the work: the defaults hold, and the log says why.
"""

import json
import logging
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from geohazard_desktop.common.moving import move_over
from geohazard_desktop.common.user_folders import config_folder

_log = logging.getLogger(__name__)
_MOST_RECENT = 12


@dataclass(slots=True)
class Recent:
    """A workspace that was open: what the start page says about it without opening it."""

    path: str
    title: str
    summary: str
    when: str  # ISO 8601

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.when)


@dataclass(slots=True)
class Preferences:
    theme: str = "light"
    percent: int = 100
    bright_map: bool = False
    snap: bool = True
    share: bool = False
    avoid: bool = False
    snapping: dict[str, Any] = field(default_factory=dict)  # SnapSettings.plain()
    labels: bool = True
    grid: bool = False
    graticule: bool = False
    check_unasked: bool = True  # after opening and after large changes, for the number at the step alone
    backup_minutes: int = 60  # of work between two backups; 0: none by itself
    backup_folder: str = ""  # "": 备份 beside the workspace
    canvas: tuple[float, float, float] = (944.0, 819.0, 1.0)  # the map's width, height, device pixel ratio, last time
    window: str = ""  # where it stood, as Qt keeps it, in base64
    panels: dict[str, Any] = field(default_factory=dict)  # by panel: its size in pixels at 100 %
    stage: str = "layers"  # at which somebody worked the last time
    recent: list[Recent] = field(default_factory=list)
    lifted_hidden: list[str] = field(default_factory=list)  # workspaces whose 已撤销 zones are out of sight
    registers: dict[str, Any] = field(default_factory=dict)  # by layer: columns, widths, saved filters
    print_folders: dict[str, Any] = field(default_factory=dict)  # by workspace: where papers went, the last first
    strokes: dict[str, Any] = field(default_factory=dict)  # by workspace: what was left half drawn
    bookmarks: dict[str, Any] = field(default_factory=dict)  # by workspace: views by name (bookmarks.py)
    locks: dict[str, Any] = field(default_factory=dict)  # by workspace: layers whose lock is not as at first

    def remember(self, path: Path, title: str, summary: str) -> None:
        """Put a workspace first in the list of recent ones, and store the list."""
        text = str(path)
        self.recent = [one for one in self.recent if one.path != text]
        self.recent.insert(0, Recent(text, title, summary, datetime.now().isoformat(timespec="seconds")))
        del self.recent[_MOST_RECENT:]
        self.store()

    def forget(self, path: str | None = None) -> None:
        """Take one workspace, or all, from the list of recent ones. The files stay."""
        self.recent = [] if path is None else [one for one in self.recent if one.path != path]
        self.store()

    def store(self) -> None:
        path = _file()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(".new")
            draft.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
            move_over(draft, path)
        except OSError as error:
            _log.warning("preferences not stored: %s", error)


def load() -> Preferences:
    path = _file()
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError) as error:
        _log.warning("preferences unreadable, defaults used: %s", error)
        return Preferences()
    known = {name: data[name] for name in Preferences.__dataclass_fields__ if name in data}
    if not isinstance(known.get("snapping", {}), dict):
        del known["snapping"]
    recent = []
    for one in known.pop("recent", []):
        try:
            entry = Recent(**one)
            entry.moment  # noqa: B018 - a wrong date raises here, not on the start page
        except (TypeError, ValueError) as error:
            _log.warning("a recent file was left out: %s", error)
        else:
            recent.append(entry)
    for name in ("registers", "locks", "strokes", "bookmarks", "print_folders", "panels"):
        if not isinstance(known.get(name, {}), dict):
            known[name] = {}
    for name in ("window", "stage"):
        if not isinstance(known.get(name, ""), str):
            del known[name]
    known["canvas"] = _canvas(known.get("canvas"))
    return Preferences(**known, recent=recent)


def _canvas(told: object) -> tuple[float, float, float]:
    """A size that can be painted for; the usual one where the file says something else."""
    usual = Preferences().canvas
    if not isinstance(told, list) or len(told) != len(usual) or not all(isinstance(one, (int, float)) for one in told):
        return usual
    width, height, ratio = (float(one) for one in told)
    return (width, height, ratio) if 1 <= width <= 10_000 and 1 <= height <= 10_000 and 0.5 <= ratio <= 8 else usual


def _file() -> Path:
    return config_folder() / "preferences.json"
