"""Coordinates that were written in the wrong order, without their zone, or as degrees: said as such, and mended."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.checks.shapes import misplaced
from geohazard_desktop.common.texts import _

RULE = "coordinates_swapped"
TITLE = _("坐标写反或少了带号")


def find(office: Office) -> Iterator[Finding]:
    for layer in parameter_list("inside_district", "layers"):
        for one, shape in shaped(list(office.judged(layer))):
            found = misplaced(office, shape)
            if found is not None:
                sentence = _("{name}落在很远的地方：{words}，改过来就在本区，请核对后改正。").format(
                    name=office.called(one), words=found.words
                )
                yield office.finding(RULE, one, sentence, fix="replace")
