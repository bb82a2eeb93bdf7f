"""What every sheet and card prints is set: the office, the duty line."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "office_settings"
TITLE = _("设置不全")
WHOLE = ("setting",)  # layers whose change makes it look again by itself


def find(office: Office) -> Iterator[Finding]:
    for entry in parameter_list(RULE, "keys"):
        key, title = entry.split("=", 1)
        if not office.settings.get(key, "").strip():
            sentence = _("设置里没有{title}，图和卡上这一处会空着，请补上。").format(title=title)
            yield office.layer_finding(RULE, "setting", sentence, about=key)
