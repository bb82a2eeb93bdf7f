"""How SQLite is told which file to open, and for what: a path may lie on a share."""

from pathlib import PurePath
from typing import Literal


def sqlite_uri(path: PurePath, mode: Literal["ro", "rw"], *, immutable: bool = False) -> str:
    """The URI of an absolute `path` for `sqlite3.connect(…, uri=True)`.

    A share (\\\\server\\folder, and what a mapped drive resolves to) stands in Python's URI as its host, which SQLite
    refuses; with an empty host and four slashes it is opened (sqlite.org/uri.html).
    """
    uri = path.as_uri()
    if not uri.startswith("file:///"):
        uri = "file:////" + uri.removeprefix("file://")
    return f"{uri}?mode={mode}" + ("&immutable=1" if immutable else "")
