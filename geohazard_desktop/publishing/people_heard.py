"""People's names on what goes out in public, told in the report beside it: where the name comes from and what to do.

What a paper says is listened to as it is set (`Press.heard`), so that a product needs no word of its own, and a name
counts wherever it came from: a field, a setting, a template's words, an option. Nothing is left out: 王示例诊所 may be
how everybody calls the place. What the office has set aside with a reason is not told again.
"""

from collections.abc import Iterable

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.people_told import Told
from geohazard_desktop.checks.rules import people_in_settings, personal_data
from geohazard_desktop.checks.set_aside import asides_of, parted
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.workspace.named_people import people_of
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
        """Put into `report` whose names were heard, one sentence a field."""
        labels = [one.text for sheet in report.maps for one in sheet.labels]
        people = people_of(ws)
        heard: dict[str, str] = {}
        for text in dict.fromkeys([*self._texts, *labels]):
            for name in people.names_in(text):
                heard.setdefault(name, text)
        if heard:
            sentences = _sentences(ws, heard)
            more = len(sentences) - _MOST
            report.tell_all(sentences[:_MOST])
            if more > 0:
                told = _("公开的成果上还有 {count} 处人名，都在数据检查的“{rule}”里。")
                report.tell_all([told.format(count=more, rule=personal_data.TITLE)])


def _sentences(ws: Workspace, heard: dict[str, str]) -> list[str]:
    office = Office(ws)
    every = [*personal_data.told_findings(office), *people_in_settings.told_findings(office)]
    named = [(one, told) for one, told in every if any(name in heard for name in told.names)]
    shown, _aside = parted([one for one, _told in named], asides_of(ws))
    found = [one.sentence for one in shown]
    for name, text in heard.items():
        if not _known(name, named):
            quoted = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
            told = _("要公开的“{text}”里有人名“{name}”，不是哪个要素的栏目里写的，请在设置、模板或出图选项里改。")
            found.append(told.format(text=" ".join(quoted.split()), name=name))
    return found


def _known(name: str, named: Iterable[tuple[Finding, Told]]) -> bool:
    return any(name in told.names for _one, told in named)
