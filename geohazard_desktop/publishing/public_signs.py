"""前兆迹象 on papers that everybody reads: at which signs nobody waits for the signal. Household papers tell the same
(cards/help_words.py); a public one holds no telephone of a person and gives it no more room than it has."""

import re
from dataclasses import dataclass

from geohazard_desktop.analysis.hazard_links import signs_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.help_words import signs_words
from geohazard_desktop.workspace.feature import Feature

MOBILE = re.compile(r"(?<!\d)1\d{2}[\s-]?\d{4}[\s-]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class PublicSigns:
    """`words`: the line (None: nothing is known, or it finds no room); `note`: what the report says of it ("": nothing
    to be said)."""

    words: str | None = None
    note: str = ""


def public_signs(
    zone: Feature | None, point: Feature | None, *, room: int | None = None, phone: bool = False
) -> PublicSigns:
    """The line for a paper of `zone` (`point` is its hazard point); `room`: how many characters it takes at the size
    that the paper's reader needs (None: as many as there are); `phone`: each of its routes is to be asked about first,
    so nobody is told to go."""
    lines = signs_of(zone, point).splitlines()
    kept = [one for one in lines if not MOBILE.search(one)]
    notes = []
    if len(kept) < len(lines):
        notes.append(_("前兆迹象里有手机号，那一行没有印：公开的纸上只留值班电话。请在前兆迹象里删去手机号。"))
    words = signs_words("\n".join(kept), phone=phone, whole=True)
    if words is not None and room == 0:
        notes.append(_("路线多，没有地方写前兆迹象，没有印；公告和明白卡上有。"))
        words = None
    elif words is not None and room is not None and len(words) > room:
        told = _("前兆迹象有 {count} 个字，纸上写得下 {room} 个，没有印。请把前兆迹象写短些。")
        notes.append(told.format(count=len(words), room=room))
        words = None
    return PublicSigns(words, "".join(notes))
