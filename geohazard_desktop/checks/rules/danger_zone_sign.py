"""Clear warning signs stand on a danger zone's boundary (地质灾害防治条例 art. 19)."""

from collections.abc import Iterator

import numpy as np
import shapely

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "danger_zone_sign"
TITLE = _("边界上没有警示标志")


def find(office: Office) -> Iterator[Finding]:
    near = parameter(RULE, "sign_distance_m")
    signs = [one for one in office.features("warning_sign") if one.geometry is not None]
    places = np.array([one.geometry for one in signs], dtype=object)
    for one in office.judged_zones:
        shape = one.geometry
        if shape is None:
            continue
        if len(places) and shapely.dwithin(shape.boundary, places, near).any():
            continue
        assigned = any(sign.text("danger_zone") == one.uid for sign in signs)
        word = (
            _("{name}的警示标志都不在边界 {near:.0f} 米以内，请核对位置。")
            if assigned
            else _("{name}的边界上没有警示标志，请在进出口放一个。")
        )
        yield office.finding(RULE, one, word.format(name=office.called(one), near=near))
