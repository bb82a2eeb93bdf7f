"""What of a form gets onto the paper: the values whose names stand in the template's files.

A form serves several templates (the large print takes the household card's), and none prints all of it. What no paper
says makes no other paper of it, and is not told as a reason to print one again.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from geohazard_desktop.common.places import resource
from geohazard_desktop.publishing.cards.forms import HOUSEHOLD_CARD
from geohazard_desktop.publishing.typeset.office_templates import files_below
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.publishing.typeset.template_reach import needed

Names = frozenset[str] | None  # None: whatever the form holds may be printed

_NAME = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*\b(?!\()")  # but of a function that is called (`map`): no value
_WHOLE = re.compile(rb"\.(?:pairs|keys|values)\(\)|\brepr\(|json\.encode")  # prints values without naming them
_INTERNAL = "parts/sheet_internal.typ"  # a public sheet is set without it
_IN_THE_CODE = {HOUSEHOLD_CARD: frozenset({"point_id", "route_id"})}  # a QR code says them


def names_printed(template: str, data: Mapping[str, Any]) -> Names:
    """By the templates in force. None where the office has files of its own among them: what it prints by them may be
    anything."""
    public = is_public(data)
    files = _shipped(template, public=public)
    if not files or press().templates.files.keys() & files:
        return None
    return _shipped_names(template, public=public)


def names_in(template: str, data: Mapping[str, Any], templates: Mapping[str, bytes]) -> Names:
    """By the template files of another day."""
    return _names(template, reached(template, templates, public=is_public(data)))


def either(one: Names, other: Names) -> Names:
    return None if one is None or other is None else one | other


def is_public(data: Mapping[str, Any]) -> bool:
    """Whether these are the data of a public sheet."""
    sheets = data.get("sheets")
    return bool(sheets) and isinstance(sheets, list | tuple) and sheets[0].get("profile") == "public"


def reached(template: str, files: Mapping[str, bytes], *, public: bool) -> dict[str, bytes]:
    """Those of `files` that what `template` prints stands in."""
    found = needed(f"{template}.typ", files)
    return {name: one for name, one in found.items() if name.endswith(".typ") and not (public and name == _INTERNAL)}


@lru_cache(maxsize=64)
def _shipped(template: str, *, public: bool) -> Mapping[str, bytes]:
    return reached(template, files_below(resource("templates")), public=public)


@lru_cache(maxsize=64)
def _shipped_names(template: str, *, public: bool) -> Names:
    return _names(template, _shipped(template, public=public))


def _names(template: str, files: Mapping[str, bytes]) -> Names:
    whole = b"\n".join(files.values())
    if not files or _WHOLE.search(whole):
        return None
    return frozenset(one.decode() for one in _NAME.findall(whole)) | _IN_THE_CODE.get(template, frozenset())
