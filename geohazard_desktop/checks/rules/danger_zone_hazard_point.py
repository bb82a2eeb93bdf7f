"""A danger zone says which hazard point it surrounds, or the point says its zone: one link, read from either side."""

from collections.abc import Iterator

from geohazard_desktop.analysis.hazard_links import POINTS, said_on_one_point
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "danger_zone_hazard_point"
TITLE = _("危险区没有关联隐患点")
WHOLE = ("danger_zone", POINTS)  # the link may be said on a point that lies anywhere


def find(office: Office) -> Iterator[Finding]:
    for one in office.judged_zones:
        if not one.text("hazard_point") and not said_on_one_point(one, office.features(POINTS)):
            inside = office.meeting("hazard_point", one.geometry) if one.geometry is not None else []
            sentence = _("{name}没有关联隐患点，请在属性里选一个。").format(name=office.called(one))
            if len(inside) > 1:
                # Paper takes the only one by itself; of several it would have to guess, and leaves its cells empty.
                sentence = _(
                    "{name}里有 {count} 个隐患点，没有说是哪一个，卡上的诱发因素、规模会空着。请选一个。"
                ).format(name=office.called(one), count=len(inside))
            yield office.finding(RULE, one, sentence, fix="only_hazard_point" if len(inside) == 1 else "")
