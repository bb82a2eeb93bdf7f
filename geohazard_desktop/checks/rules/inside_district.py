"""What lies outside the district was drawn at the wrong place or came in with the wrong CRS."""

from collections.abc import Iterator

import numpy as np
import shapely

from geohazard_desktop.analysis.parameters import parameter, parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.checks.shapes import misplaced
from geohazard_desktop.common.texts import _

RULE = "inside_district"
TITLE = _("在本区范围外")


def find(office: Office) -> Iterator[Finding]:
    district = office.district
    if district is None:
        return
    far = parameter(RULE, "far_m")
    # Outlines drawn by hand along the boundary swing over it a little.
    grown = district.buffer(parameter(RULE, "slack_m"))
    shapely.prepare(grown)
    for layer in parameter_list(RULE, "layers"):
        solid = list(shaped(list(office.judged(layer))))
        inside = shapely.covers(grown, np.array([shape for _one, shape in solid], dtype=object))
        for one, shape in (pair for pair, within in zip(solid, inside, strict=True) if not within):
            if misplaced(office, shape) is not None:
                continue  # the rule about exchanged coordinates says so, and mends it
            metres = district.distance(shape)
            name = office.called(one)
            if metres > far:
                sentence = _("{name}离本区还有 {km:.0f} 千米，坐标系或带号可能不对，请核对后重新导入。").format(
                    name=name, km=metres / 1000
                )
            elif metres > 0:
                sentence = _("{name}在本区范围外 {metres:.0f} 米，请核对位置。").format(name=name, metres=metres)
            else:
                sentence = _("{name}有一部分在本区范围外，请核对边线。").format(name=name)
            yield office.finding(RULE, one, sentence)
