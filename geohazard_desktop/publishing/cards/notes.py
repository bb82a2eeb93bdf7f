"""本住户注意事项: the household's own words, the signs of danger, and what everybody under this hazard has to mind."""

import re
import unicodedata

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.hazard import CardNotes
from geohazard_desktop.publishing.form_fields import Emphasised, Words

_ENDS = "。！？；…!?;"
_PAUSES = re.compile(r"(?<!\d)[\s,.。!?;:、“”‘’\"'()]+|[\s,.。!?;:、“”‘’\"'()]+(?!\d)")


def household_notes(own: str, signs: str, standard: CardNotes | None, *, phone: bool = False) -> Words:
    """Own first; nothing replaces the sentences of the hazard. What the own words say already, letter by letter but for
    punctuation, isn't said twice; that other words say the same no program is sure of, so both stand. `phone`: whoever
    has to phone before leaving is told no sentence that sends them off at once. None where there is nothing to say: the
    cell is left to be written in."""
    parts = [_ended(own)]
    said = _letters(own)
    if signs and _letters(signs) not in said:
        parts.append(_("迹象：{signs}").format(signs=_ended(signs)))
    strong: tuple[str, ...] = ()
    if standard is not None:
        sentences, strong = (
            (standard.phoning, standard.phoning_strong) if phone else (standard.sentences, standard.strong)
        )
        parts += [one for one in sentences if _letters(one) not in said]
    text = "".join(parts)
    return Emphasised(text, strong) if text else None


def _letters(words: str) -> str:
    """Without punctuation and spaces, but for what stands between digits (3.5 is not 35), in one width."""
    return _PAUSES.sub("", unicodedata.normalize("NFKC", words))


def _ended(words: str) -> str:
    words = words.strip()
    return words if not words or words[-1] in _ENDS else words + "。"
