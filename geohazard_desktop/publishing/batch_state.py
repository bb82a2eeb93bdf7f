"""What of a batch is finished, in a small file beside its folder: a line for each task, written when it is done."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.report import MadeRow

_TAIL = 400_000  # bytes


def digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, default=str).encode()).hexdigest()[:24]


class BatchState:
    """`inputs`: a digest of all that the files are made from; what was finished from other inputs doesn't count."""

    def __init__(self, folder: Path, inputs: str) -> None:
        self.folder, self.inputs = folder, inputs
        self.path = _beside(folder)
        self._known: dict[str, dict[str, Any]] = {}
        if self.path.is_file():
            for line in self.path.read_text(encoding="utf-8", errors="replace").splitlines():
                try:
                    one = json.loads(line)
                except ValueError:
                    continue  # the last line of a crash
                if isinstance(one, dict) and isinstance(one.get("key"), str):
                    self._known[one["key"]] = one

    def finished(self, key: str) -> MadeRow | None:
        """What was written down of a task, if its inputs are the same and its files are as they were written."""
        one = self._known.get(key)
        if one is None or one.get("inputs") != self.inputs or not one.get("files"):
            return None
        if any(_content(self.folder / name) != content for name, content in one["files"].items()):
            return None
        lacking, problems, codes, of = (tuple(one.get(name, ())) for name in ("lacking", "problems", "codes", "of"))
        return MadeRow(tuple(one["files"]), one["pages"], lacking, problems, codes=codes, of=of)

    def joint_files(self) -> dict[str, MadeRow]:
        """By the keys of their own papers, the files of many papers that were written down and are as they were."""
        some = [key for key, one in self._known.items() if one.get("of")]
        return {key: row for key in some if (row := self.finished(key)) is not None}

    def note(self, key: str, row: MadeRow) -> None:
        """Write a finished task down. Raises ExportRefused where the place refuses."""
        self.note_all({key: row})

    def note_all(self, rows: Mapping[str, MadeRow]) -> None:
        """The same for several: the disk is asked but once to keep it for good."""
        lines = []
        for key, row in rows.items():
            self._known[key] = {
                "key": key,
                "inputs": self.inputs,
                "files": {name: _content(self.folder / name) for name in row.files},
                "pages": row.pages,
                "lacking": list(row.lacking),
                "problems": list(row.problems),
                "codes": list(row.codes),
                "of": list(row.of),
            }
            lines.append(json.dumps(self._known[key], ensure_ascii=False) + "\n")
        try:
            with self.path.open("a", encoding="utf-8") as stream:
                stream.writelines(lines)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise ExportRefused(
                _("没有写成 {name}：{reason}。").format(name=self.path.name, reason=reason_of(error)),
                _("已经出好的都在。请换一个有空间、可以写的文件夹，再接着出。"),
            ) from error


def made_before(folder: Path, most: int) -> dict[Path, tuple[str, ...]]:
    """Files that runs into `folder` wrote down and that are still there, the newest first, with the codes of the papers
    in them. At most `most`; only the end of the record is read, which may be that of years."""
    try:
        with _beside(folder).open("rb") as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - _TAIL))
            lines = stream.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return {}
    found: dict[Path, tuple[str, ...]] = {}
    for line in reversed(lines):
        try:
            one = json.loads(line)
            codes = tuple(map(str, one.get("codes", ())))
            files = [folder / name for name in one["files"]]
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # cut where the reading began, or by a crash
        for path in files:
            if path not in found and path.is_file():
                found[path] = codes
        if len(found) >= most:
            break
    return found


def _beside(folder: Path) -> Path:
    """Beside the folder; inside where nothing is beside it (a stick's own root)."""
    name = _("{name}.出图进度.jsonl").format(name=folder.name)
    return folder.with_name(name) if folder.name else folder / name


def _content(path: Path) -> str:
    """A digest of a file; "" where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:24]
    except OSError:
        return ""
