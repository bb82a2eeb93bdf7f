"""A danger zone says which hazard point it surrounds."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "danger_zone_hazard_point"
TITLE = _("危险区没有关联隐患点")


def find(office: Office) -> Iterator[Finding]:
    for one in office.judged_zones:
        if not one.text("hazard_point"):
            sentence = _("{name}没有关联隐患点，请在属性里选一个。").format(name=office.called(one))
            inside = office.meeting("hazard_point", one.geometry) if one.geometry is not None else []
            yield office.finding(RULE, one, sentence, fix="only_hazard_point" if len(inside) == 1 else "")
