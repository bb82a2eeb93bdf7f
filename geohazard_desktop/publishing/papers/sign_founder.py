"""Who set up a warning sign and when, as registered: at the sign itself, or for a zone's board in the zone's process.

A board is a document of the authority that stands behind it. Nothing is taken from the settings: who governs the
district did not therefore set up this sign, and a place where a sign is only planned was set up by nobody yet.
"""

from dataclasses import dataclass
from datetime import date

from geohazard_desktop.analysis.zone_recording import life_of_zone
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import parse_day
from geohazard_desktop.domain.lifecycle import signed
from geohazard_desktop.publishing.form_fields import day_words
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Founder:
    """`unit` and `day` for the board, None where nobody registered them; `doubt`: a sentence where sign and process
    say different things."""

    unit: str | None = None
    day: date | None = None
    doubt: str = ""


def founder_of(ws: Workspace, zone: Feature, sign: Feature | None) -> Founder:
    """Of the board of `sign`, or, without one, of the zone's own."""
    entry = life_of_zone(ws, zone.uid).last(signed())
    of_zone = Founder() if entry is None else Founder(entry.text("actor") or None, entry.day)
    if sign is None:
        return of_zone
    own = Founder(sign.text("erected_by") or None, parse_day(sign.text("erected_on")))
    told = [(own.unit, of_zone.unit), (own.day, of_zone.day)]
    if all(one is None or other is None or one == other for one, other in told):
        return own
    words = _(
        "警示标志 {number} 登记的是{own}设立，危险区{name}的过程登记的是{other}设立，牌上按标志自己的登记。请核对。"
    ).format(
        number=sign.text("id") or sign.uid[:8],
        own=_said(own),
        name=zone.text("name") or zone.text("id"),
        other=_said(of_zone),
    )
    return Founder(own.unit, own.day, words)


def _said(founder: Founder) -> str:
    return "，".join([founder.unit or _("（没写单位）"), *([day_words(founder.day)] if founder.day else [])])
