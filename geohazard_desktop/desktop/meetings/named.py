"""Whose names the room would read on the screen of a meeting: looked for before it begins, when they can still be put
right. The meeting hides what is personal by its field; this is about names within words that everybody may read."""

import re
from collections.abc import Collection, Iterator

from geohazard_desktop.cartography.layer_style import layer_style
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.people_told import Listener
from geohazard_desktop.checks.rules import people_in_settings, personal_data
from geohazard_desktop.checks.set_aside import asides_of, parted
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.objections import OBJECTIONS
from geohazard_desktop.workspace.workspace import Workspace

_FIELD = re.compile(r"\{(\w+)\}")
_BESIDE = frozenset({("danger_zone", "name"), ("shelter", "name"), ("subdistrict", "name"), ("hazard_point", "name")})
_SAID = ("text", "reason")  # of an objection: what the list beside the map shows
_SHOWN = 24  # characters of what was said


def named_on_screen(ws: Workspace, layers: Collection[str]) -> list[str]:
    """Sentences on the words that a meeting shows, with these layers on its map, and that name somebody; what the
    office has set aside with a reason is not told again."""
    office = Office(ws)
    fields = _BESIDE | {(one, name) for one in layers for name in _label_fields(ws, one)}
    found: list[Finding] = []
    for told_of in (personal_data.told_findings(office, fields), people_in_settings.told_findings(office)):
        found += [one for one, told in told_of if told.names]
    shown, _aside = parted(found, asides_of(ws))
    return [*(one.sentence for one in shown), *_objections(office)]


def _label_fields(ws: Workspace, layer: str) -> list[str]:
    style, _fault = layer_style(ws, layer)
    return [] if style.label is None else _FIELD.findall(f"{style.label.text}{style.label.second}")


def _objections(office: Office) -> Iterator[str]:
    """What was said in a meeting before this one."""
    if OBJECTIONS not in office.ws.definitions:
        return
    listener = Listener(office.people)
    for one in office.table(OBJECTIONS):
        for name in _SAID:
            said = one.text(name)
            told = listener.told(said, named=True)
            if told:
                quoted = said if len(said) <= _SHOWN else said[:_SHOWN] + "…"
                yield _("意见“{text}”里有{what}，{remedy}。").format(
                    text=" ".join(quoted.split()), what=told.what, remedy=told.remedy
                )
