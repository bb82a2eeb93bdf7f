"""The office's own words stand on every public paper, so they name nobody."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.people_told import Listener, Told
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.bilingual import PREFIX, mongolian_texts

RULE = "people_in_settings"
TITLE = _("设置里写着个人信息")
WHOLE = ("setting",)  # layers whose change makes it look again by itself


def find(office: Office) -> Iterator[Finding]:
    return (one for one, _told in told_findings(office))


def told_findings(office: Office) -> Iterator[tuple[Finding, Told]]:
    """Each finding with what its text tells."""
    listener = Listener(office.people)
    for entry in parameter_list(RULE, "keys"):
        key, title = entry.split("=", 1)
        told = listener.told(office.settings.get(key, ""), named=True)
        if key.endswith("phone"):  # the number that everybody is meant to call
            told = Told(names=told.names)
        if told:
            sentence = _("设置里的{title}有{what}，公开的图和网页会带出去，{remedy}。").format(
                title=title, what=told.what, remedy=told.remedy
            )
            yield office.layer_finding(RULE, "setting", sentence, about=key), told
    for phrase, typed in mongolian_texts(office.ws).items():
        told = listener.told(typed.text, named=True)
        if told:
            sentence = _("“{phrase}”的蒙古文里有{what}，蒙汉双语的图、牌和公告会带出去，{remedy}。").format(
                phrase=phrase, what=told.what, remedy=told.remedy
            )
            yield office.layer_finding(RULE, "setting", sentence, about=PREFIX + phrase), told
