"""Where a TOML text is broken, in words: the library says it in English and in one string."""

import re

from geohazard_desktop.common.texts import _

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def place_of(error: ValueError) -> tuple[int, int] | None:
    """Line and column, both from 1, of a TOMLDecodeError (tomllib's or tomli's); None where the text ends too early."""
    found = _PLACE.search(str(error))
    return (int(found.group(1)), int(found.group(2))) if found else None


def words_of(error: ValueError) -> str:
    """A clause for a sentence: 第 3 行第 8 个字附近写错了."""
    place = place_of(error)
    if place is None:
        return _("文本没有写完")
    return _("第 {line} 行第 {column} 个字附近写错了").format(line=place[0], column=place[1])
