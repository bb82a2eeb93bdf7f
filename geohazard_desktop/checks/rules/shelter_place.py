"""A shelter avoids ground that may slide, sink or be flooded."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.common.texts import _

RULE = "shelter_place"
TITLE = _("安置点选址")


def find(office: Office) -> Iterator[Finding]:
    classes = set(parameter_list(RULE, "susceptibility_classes"))
    for one, shape in shaped(list(office.judged_today("shelter"))):
        for layer in parameter_list(RULE, "layers"):
            for area in office.meeting(layer, shape):
                if layer == "susceptibility_zone" and area.text("class") not in classes:
                    continue
                what = area.text("class") if layer == "susceptibility_zone" else office.called(area)
                sentence = _("{name}在{area}里，请另选地方或请专家核实。").format(name=office.called(one), area=what)
                yield office.finding(RULE, one, sentence, about=area.uid)
