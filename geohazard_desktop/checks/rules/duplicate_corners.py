"""No corner stands twice at one place: such corners can't be seen, catch the hand, and break offsets and buffers."""

from collections.abc import Iterator

import numpy as np
import shapely

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.shapes import doubled_corners, without_doubles
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits import geometry_fault

RULE = "duplicate_corners"
TITLE = _("重复的拐点")


def find(office: Office) -> Iterator[Finding]:
    metres = parameter(RULE, "apart_m")
    for definition in office.layers:
        if definition.geometry not in ("polygon", "line"):
            continue
        table = office.judged_table(definition.table)
        shapes = table.geometries
        if not len(shapes):
            continue
        usable = np.array([one is not None and np.isfinite(one.bounds).all() for one in shapes], dtype=bool)
        counts = np.zeros(len(shapes), dtype=int)
        if usable.any():
            counts[usable] = doubled_corners(shapes[usable], metres)
        for index in np.flatnonzero(counts):
            one = table.feature(int(index))
            sentence = _("{name}有 {count} 个拐点和前一个重在一起，请合并。").format(
                name=office.called(one), count=int(counts[index])
            )
            thinned = without_doubles(shapes[index], metres)
            usable_after = geometry_fault(definition.geometry, thinned) is None
            place = shapely.Point(shapely.get_coordinates(shapes[index])[0])
            yield office.finding(RULE, one, sentence, place, fix="thin_corners" if usable_after else "")
