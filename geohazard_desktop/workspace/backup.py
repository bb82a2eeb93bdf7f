"""Backups of a workspace: whole copies that were checked, thinned out with time, and put back from a list.

SQLite's own backup copies the file while others read and write it, a few pages at a time, so that nobody waits. A
backup is an ordinary workspace: it can be opened by itself.
"""

import hashlib
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from geohazard_desktop.common.errors import BackupFailed, ExportRefused, GeohazardError
from geohazard_desktop.common.moving import move_over
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.sqlite_uri import sqlite_uri
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.workspace import Workspace

FOLDER = "备份"
BEFORE_RESTORE = "恢复前"
DAYS_KEPT = 30  # one backup a day for so many days, all of today
_PAGES = 400  # copied at a time, 1.6 MB: a stroke that comes meanwhile waits for some milliseconds
_PATIENCE_S = 60.0
_ABANDONED_S = 600.0  # a draft that is being written is younger: pages come all the time
_STAMP = "%Y-%m-%d %H-%M-%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file. `made_at` is local time; `note` is "" or why it was made (恢复前)."""

    path: Path
    made_at: datetime
    size: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a look into a backup found. `steps` counts its history, `since` the steps made after it; `counts` are the
    layers whose number of features differs: (title, then, now). `fault` says why it can't be used, or is ""."""

    steps: int = 0
    last_words: str = ""
    since: int | None = None
    counts: tuple[tuple[str, int, int], ...] = field(default=())
    fault: str = ""


def backup_folder(path: Path, chosen: str = "") -> Path:
    """Where the backups of a workspace lie: beside it, or in a folder of its own in the one that was chosen."""
    if not chosen:
        return path.parent / FOLDER
    # Two offices' files may have one name; their backups must not thin each other out.
    mark = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:6]
    return Path(chosen) / f"{path.stem} {mark}"


def back_up(path: Path, folder: Path, *, note: str = "", stopped: Callable[[], bool] = lambda: False) -> Backup:
    """Copy a workspace into `folder` and check the copy; it has its name only when it is whole.

    May run in any thread or process. Raises BackupFailed; what was there before stays.
    """
    now = datetime.now().replace(microsecond=0)
    while (folder / (name := _name_of(path, now, note))).exists():
        now += timedelta(seconds=1)  # the one made within the same second stays
    draft = folder / f"{name}.part"
    try:
        path.stat()  # no folder comes to be for a file whose stick was pulled
        folder.mkdir(parents=True, exist_ok=True)
        _clear_drafts(path, folder)
        _copy(path, draft, stopped)
        _check(draft)
        move_over(draft, folder / name)
    except (OSError, sqlite3.Error) as error:
        _forget(draft)
        raise _failed(path, folder, error) from error
    except BackupFailed:
        _forget(draft)
        raise
    return Backup(folder / name, now, (folder / name).stat().st_size, note)


def _name_of(path: Path, moment: datetime, note: str) -> str:
    return f"{path.stem} {moment:{_STAMP}}{' ' + note if note else ''}.gpkg"


def backups_of(path: Path, folder: Path) -> list[Backup]:
    """The backups of a workspace in `folder`, newest first."""
    pattern = re.compile(re.escape(path.stem) + r" (\d{4}-\d\d-\d\d \d\d-\d\d-\d\d)(?: (\S+))?\.gpkg")
    found = []
    try:
        files = list(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise _failed(path, folder, error) from error
    for one in files:
        match = pattern.fullmatch(one.name)
        if match:
            made_at = datetime.strptime(match[1], _STAMP)
            found.append(Backup(one, made_at, one.stat().st_size, match[2] or ""))
    return sorted(found, key=lambda one: (one.made_at, one.note), reverse=True)


def spare(backups: Iterable[Backup], today: date) -> list[Backup]:
    """Those that may go: all of today stay, and the newest of each day for a month."""
    gone, days = [], set()
    for one in sorted(backups, key=lambda each: each.made_at, reverse=True):
        day = one.made_at.date()
        if day >= today:
            continue
        if day in days or day < today - timedelta(days=DAYS_KEPT):
            gone.append(one)
        days.add(day)
    return gone


def thin_out(path: Path, folder: Path) -> list[Path]:
    """Delete what `spare` names; returns what went. Raises BackupFailed."""
    gone = spare(backups_of(path, folder), datetime.now().date())
    for one in gone:
        try:
            one.path.unlink()
        except OSError as error:
            raise _failed(path, folder, error) from error
    return [one.path for one in gone]


def look_into(backup: Backup, path: Path) -> BackupFacts:
    """What a backup holds, beside the workspace at `path` as it is now. A broken one says so."""
    try:
        _check(backup.path)
        with Workspace.open(backup.path, read_only=True) as then:
            history = then.history(1)
            steps, last = _newest_change(then.path)
            counts_then = {one: then.count(one) for one in then.definitions}
            titles = {one.table: one.title for one in then.definitions.values()}
    except (GeohazardError, sqlite3.Error, OSError) as error:
        reason = str(error) if isinstance(error, GeohazardError) else _("文件坏了（{reason}）。").format(reason=error)
        return BackupFacts(fault=reason)
    since: int | None = None
    counts: list[tuple[str, int, int]] = []
    try:
        with Workspace.open(path, read_only=True) as now:
            since = _steps_since(path, last)
            for layer, count in counts_then.items():
                here = now.count(layer)
                if here != count:
                    counts.append((titles[layer], count, here))
    except GeohazardError:
        since = None  # the workspace itself is gone or broken: that is why people look for a backup
    return BackupFacts(steps, history[0].words if history else "", since, tuple(counts))


def restore(path: Path, backup: Backup, folder: Path) -> Backup:
    """Put a backup in the place of the workspace, which is kept as a backup first; returns that one.

    The file keeps its place, so that other windows that have it open go on in it. Raises BackupFailed and changes
    nothing where the backup is broken or the present file can't be kept.
    """
    try:
        _check(backup.path)
    except (sqlite3.Error, BackupFailed) as error:
        raise BackupFailed(
            _("备份 {name} 坏了，没有用它恢复；现在的文件没有动。").format(name=backup.path.name), _("请选另一份备份。")
        ) from error
    kept = back_up(path, folder, note=BEFORE_RESTORE)
    try:
        with (
            closing(sqlite3.connect(sqlite_uri(backup.path.absolute(), "ro"), uri=True)) as source,
            closing(sqlite3.connect(path, timeout=5)) as target,
        ):
            source.backup(target, pages=-1, progress=_patience())
    except (OSError, sqlite3.Error) as error:
        raise _failed(path, folder, error) from error
    with Workspace.open(path) as ws:
        ws.note(_("从 {moment} 的备份恢复").format(moment=f"{backup.made_at:%Y-%m-%d %H:%M:%S}"))
    return kept


def copy_file(path: Path, target: Path) -> None:
    """Copy a workspace as it is on disk now, history included; `target` is there only when it is whole.

    Raises ExportRefused; what `target` was before stays.
    """
    draft = target.with_name(f"{target.name}.part")
    try:
        _copy(path, draft, lambda: False)
        _check(draft)
        move_over(draft, target)
    except (OSError, sqlite3.Error, BackupFailed) as error:
        _forget(draft)
        raise ExportRefused(
            _("没有存成副本 {name}：{reason}。").format(name=target.name, reason=_reason(path, error)),
            _("请换一个文件夹，或检查磁盘空间和权限。"),
        ) from error


# -- inside ----------------------------------------------------------------------------------------------------------


def _copy(path: Path, target: Path, stopped: Callable[[], bool]) -> None:
    patience = _patience()

    def progress(status: int, remaining: int, total: int) -> None:
        if stopped():
            raise BackupFailed(_("备份停下了。"), "")
        patience(status, remaining, total)

    with (
        closing(sqlite3.connect(sqlite_uri(path.absolute(), "ro"), uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy, pages=_PAGES, progress=progress, sleep=0.05)
        copy.execute("PRAGMA journal_mode = DELETE")  # one that another program keeps in WAL would need more files


def _patience() -> Callable[[int, int, int], None]:
    """Python's backup waits for ever where somebody holds the file."""
    end = time.monotonic() + _PATIENCE_S

    def progress(_status: int, _remaining: int, _total: int) -> None:
        if time.monotonic() > end:
            raise sqlite3.OperationalError("database is locked")

    return progress


def _check(path: Path) -> None:
    """Raises BackupFailed when the file is not sound."""
    with closing(sqlite3.connect(sqlite_uri(path.absolute(), "ro"), uri=True)) as sql:
        answer = sql.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise BackupFailed(
            _("备份 {name} 没有通过检查，没有留下它。").format(name=path.name.removesuffix(".part")),
            _("请检查磁盘，再备份一次；工作文件本身没有受影响。"),
        )


def _newest_change(path: Path) -> tuple[int, tuple[int, str, str] | None]:
    with closing(sqlite3.connect(sqlite_uri(path.absolute(), "ro"), uri=True)) as sql:
        last = sql.execute("SELECT change_id, origin, made_at FROM change ORDER BY change_id DESC LIMIT 1").fetchone()
        return int(sql.execute("SELECT count(*) FROM change").fetchone()[0]), last


def _steps_since(path: Path, last: tuple[int, str, str] | None) -> int | None:
    """Steps that the workspace has beyond a backup's last; None where the two have not grown from one another."""
    if last is None:
        return None
    with closing(sqlite3.connect(sqlite_uri(path.absolute(), "ro"), uri=True)) as sql:
        query = "SELECT 1 FROM change WHERE change_id = ? AND origin = ? AND made_at = ?"
        if sql.execute(query, last).fetchone() is None:
            return None
        return int(sql.execute("SELECT count(*) FROM change WHERE change_id > ?", last[:1]).fetchone()[0])


def _clear_drafts(path: Path, folder: Path) -> None:
    """Take away what a process that was killed has left; not what another window is writing just now."""
    for left in folder.glob(f"{_escaped(path.stem)} *.part"):
        try:
            if time.time() - left.stat().st_mtime > _ABANDONED_S:
                left.unlink()
        except OSError:
            continue  # it is gone by itself, or somebody holds it open, which keeps nobody from a backup


def _forget(draft: Path) -> None:
    for one in (draft, draft.with_name(f"{draft.name}-journal")):
        try:
            one.unlink(missing_ok=True)
        except OSError:
            continue  # the folder is gone; nothing was left that looks like a backup


def _escaped(stem: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", stem)


def _reason(path: Path, error: Exception) -> str:
    """Why a copy failed: a phrase without full stop."""
    if not path.exists():
        return _("工作文件不在原来的位置了")
    if isinstance(error, OSError):
        return reason_of(error)
    if isinstance(error, BackupFailed):
        return error.sentence.rstrip("。")
    code = (getattr(error, "sqlite_errorname", "") or "").removeprefix("SQLITE_").split("_")[0]
    if "locked" in str(error):
        code = "BUSY"
    words = {
        "FULL": _("磁盘满了"),
        "BUSY": _("工作文件一直被另一个程序占着"),
        "LOCKED": _("工作文件一直被另一个程序占着"),
        "NOTADB": _("工作文件已损坏"),
        "CORRUPT": _("工作文件已损坏"),
    }
    return words.get(code) or _("文件夹写不进去")


def _failed(path: Path, folder: Path, error: Exception) -> BackupFailed:
    told = _("{name} 没有备份成：{reason}。").format(name=path.name, reason=_reason(path, error))
    if not path.exists():
        return BackupFailed(told, _("请插回它所在的盘，或把它放回 {folder}。").format(folder=path.parent))
    try:
        free = _("（还剩 {count} MB）").format(count=shutil.disk_usage(folder).free // 1_000_000)
    except OSError:  # the folder is gone with its disk: the reason says so
        free = ""
    return BackupFailed(
        told,
        _("请检查 {folder}{free}，或在“备份与恢复”里换一个文件夹；工作文件本身没有受影响。").format(
            folder=folder, free=free
        ),
    )
