"""Which template files a page is set from: what the page setter is not given it need not read through."""

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache

_SOURCE = ".typ"
_NOT_FOR_PAPER = (".js", ".css", ".html", ".md")  # the web page and the documentation lie in the same folder
_NAMED = re.compile(rb'\b(?:import|include)\s*\(?\s*"([^"\n]+)"')
_ANY = re.compile(rb"\b(?:import|include)\b")


def needed(template: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The Typst files that `template` (a path among `files`) imports or includes, itself first, and everything that is
    no Typst file and may be read as data. All of them where a name is put together rather than written down."""
    others = {
        name: one for name, one in files.items() if not name.endswith(_SOURCE) and not name.endswith(_NOT_FOR_PAPER)
    }
    found: dict[str, bytes] = {}
    waiting = [template]
    while waiting:
        name = waiting.pop()
        if name in found or name not in files:
            continue
        found[name] = files[name]
        names = _imports(files[name])
        if names is None:
            return {one: files[one] for one in files if one.endswith(_SOURCE)} | others
        waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(name), one)).lstrip("/") for one in names]
    return found | others


@lru_cache(maxsize=256)
def _imports(content: bytes) -> tuple[str, ...] | None:
    """The paths that a template names; None where it may name others by a value. A word in a comment or in a sentence
    counts too, which only gives the page setter more to read."""
    named = _NAMED.findall(content)
    if len(named) < len(_ANY.findall(content)):
        return None
    return tuple(one.decode("utf-8", "replace") for one in named)
