"""People's names and numbers on what goes out in public, told in the report beside it: where they come from and what
to do.

What a paper says is listened to as it is set (`Press.heard`), so that a product needs no word of its own, and a name
or a mobile counts wherever it came from: a field, a setting, a template's words, an option. Nothing is left out:
王示例诊所 may be how everybody calls the place. What the office has set aside with a reason is not told again.
"""

import re
from collections.abc import Iterable

from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.people_told import Listener
from geohazard_desktop.checks.rules import people_in_settings, personal_data
from geohazard_desktop.checks.set_aside import asides_of, parted
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.workspace.named_people import people_of
from geohazard_desktop.workspace.personal_words import personal_phones
from geohazard_desktop.workspace.workspace import Workspace

_MOST = 5  # sentences of one report; the checks list them all
_SHOWN = 24  # characters of a text that is quoted


class Hearing:
    """The texts of one product that goes out in public; called with those of each page, picture and web page."""

    def __init__(self) -> None:
        self._texts: dict[str, None] = {}

    def __call__(self, texts: Iterable[str]) -> None:
        self._texts.update(dict.fromkeys(texts))

    def tell(self, ws: Workspace, report: PublishReport) -> None:
        """Put into `report` who was named and whose number was heard, one sentence a field."""
        labels = [one.text for sheet in report.maps for one in sheet.labels]
        listener, duty = Listener(people_of(ws)), _duty_numbers(ws)
        heard: dict[str, str] = {}
        for text in dict.fromkeys([*self._texts, *labels]):
            for one in listener.told(text, named=True).found:
                if one not in duty:
                    heard.setdefault(one, text)
        if heard:
            sentences = _sentences(ws, heard)
            more = len(sentences) - _MOST
            report.tell_all(sentences[:_MOST])
            if more > 0:
                told = _("公开的成果上还有 {count} 处个人信息，都在数据检查的“{rule}”里。")
                report.tell_all([told.format(count=more, rule=personal_data.TITLE)])


def _sentences(ws: Workspace, heard: dict[str, str]) -> list[str]:
    office = Office(ws)
    every = [*personal_data.told_findings(office), *people_in_settings.told_findings(office)]
    told_of = [(one, told) for one, told in every if any(word in heard for word in told.found)]
    shown, _aside = parted([one for one, _told in told_of], asides_of(ws))
    # A number from a field for numbers is meant: a sticker's, of who comes to fetch the household.
    known = {word for _one, told in told_of for word in told.found} | personal_phones(ws)
    found = [one.sentence for one in shown]
    for word, text in heard.items():
        if word not in known:
            quoted = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
            what = _("电话或证件号") if word[0].isdigit() else _("人名“{name}”").format(name=word)
            told = _("要公开的“{text}”里有{what}，不是哪个要素的栏目里写的，请在设置、模板或出图选项里改。")
            found.append(told.format(text=" ".join(quoted.split()), what=what))
    return found


def _duty_numbers(ws: Workspace) -> set[str]:
    """The lines that everybody is meant to call."""
    return {re.sub(r"\D", "", words) for key, words in ws.settings().items() if key.endswith("phone")} - {""}
