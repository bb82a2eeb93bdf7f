"""本住户注意事项: the household's own words, the signs of danger, and what everybody under this hazard has to mind."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.hazard import CardNotes
from geohazard_desktop.publishing.form_fields import Emphasised, Words

_ENDS = "。！？；…!?;"


def household_notes(own: str, signs: str, standard: CardNotes | None, *, phone: bool = False) -> Words:
    """Own first; nothing replaces the sentences of the hazard. What the own words say already, letter by letter, isn't
    said twice. `phone`: whoever has to phone before leaving is told no sentence that sends them off at once. None where
    there is nothing to say: the cell is left to be written in."""
    parts = [_ended(own)]
    if signs and signs.rstrip(_ENDS) not in own:
        parts.append(_("迹象：{signs}").format(signs=_ended(signs)))
    strong: tuple[str, ...] = ()
    if standard is not None:
        sentences, strong = (
            (standard.phoning, standard.phoning_strong) if phone else (standard.sentences, standard.strong)
        )
        parts += [one for one in sentences if one.rstrip(_ENDS) not in own]
    text = "".join(parts)
    return Emphasised(text, strong) if text else None


def _ended(words: str) -> str:
    words = words.strip()
    return words if not words or words[-1] in _ENDS else words + "。"
