"""What every sheet and card prints is set: the office, the duty line."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.issuer import PERSONAL, issuer

RULE = "office_settings"
TITLE = _("设置不全")
WHOLE = ("setting",)  # layers whose change makes it look again by itself


def find(office: Office) -> Iterator[Finding]:
    known = office.settings | issuer(office.ws)
    for entry in parameter_list(RULE, "keys"):
        key, title = entry.split("=", 1)
        if not known.get(key, "").strip():
            papers = _("卡上") if key in PERSONAL else _("图和卡上")
            sentence = _("设置里没有{title}，{papers}这一处会空着，请补上。").format(title=title, papers=papers)
            yield office.layer_finding(RULE, "setting", sentence, about=key)
