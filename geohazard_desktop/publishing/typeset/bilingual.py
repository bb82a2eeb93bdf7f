"""蒙汉双语: the Mongolian that an office typed, for titles, notices, signs and stickers. See edits/bilingual.py.

The template part `bilingual.typ` sets it upright, left of the Chinese. What nobody typed is not printed and told.
"""

from collections.abc import Iterable

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.typeset.bilingual_option import TYPED_THERE
from geohazard_desktop.publishing.typeset.fonts_for_paper import paper_fonts
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.workspace.edits.bilingual import mongolian_texts, phrase_key
from geohazard_desktop.workspace.workspace import Workspace

_TOLD = 3


class MongolianWords:
    """For one order. `on` False: everything is Chinese alone. `asked`: the phrases that its paper asked for."""

    def __init__(self, ws: Workspace, *, on: bool) -> None:
        self._texts = mongolian_texts(ws) if on else {}
        self.asked: dict[str, bool] = {}  # what paper asked for, and whether there was a text

    def of(self, chinese: str | Iterable[str]) -> str | None:
        """The Mongolian of a phrase (lines are joined); None where nobody typed it.

        Raises FontMissing where there is a text and this machine has no Mongolian font.
        """
        phrase = phrase_key(chinese if isinstance(chinese, str) else "".join(chinese))
        found = self._texts.get(phrase)
        self.asked[phrase] = found is not None
        if found is None:
            return None
        paper_fonts(press().templates.font_folders()).refuse_without_mongolian(phrase)
        return found.text

    def notes(self) -> list[str]:
        """Which phrases had none, and where they are typed; nothing where 蒙汉双语 is switched off, or where the office
        typed none for anything: its papers are Chinese, which the options say, and not each report anew."""
        lacking = [phrase for phrase, there in self.asked.items() if not there]
        if not lacking or not self._texts:
            return []
        told = "、".join(f"“{one}”" for one in lacking[:_TOLD])
        more = _("等 {count} 处").format(count=len(lacking)) if len(lacking) > _TOLD else ""
        return [_("{phrases}{more}还没有填蒙古文，只印了汉文。").format(phrases=told, more=more) + TYPED_THERE]
