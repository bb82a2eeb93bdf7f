"""Lines of a network meet: an end that stops a hand's breadth before the next line leads nowhere."""

from collections.abc import Iterator

import numpy as np
import shapely
from shapely import Point

from geohazard_desktop.analysis.parameters import parameter, parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.common.texts import _

RULE = "dangle"
TITLE = _("线头没有接上")


def find(office: Office) -> Iterator[Finding]:
    near, touching = parameter(RULE, "near_m"), parameter(RULE, "touching_m")
    for layer in parameter_list(RULE, "layers"):
        if office.focus is not None and not office.focus.get(layer):
            continue
        solid = [(one, shape) for one, shape in shaped(office.around_judged(layer, near)) if "Line" in shape.geom_type]
        if len(solid) < 2:
            continue
        lines = np.array([shape for _one, shape in solid], dtype=object)
        ends, owners = _ends(lines)
        end_of, line_of = shapely.STRtree(lines).query(ends, predicate="dwithin", distance=near)
        other = owners[end_of] != line_of
        end_of, line_of = end_of[other], line_of[other]
        metres = shapely.distance(ends[end_of], lines[line_of])
        for end in np.unique(end_of):
            reached = metres[end_of == end]
            one = solid[owners[end]][0]
            # An end that meets any line of the layer is joined; a ring has no end.
            if reached.min() <= touching or not office.is_judged(one):
                continue
            mate = solid[line_of[end_of == end][reached.argmin()]][0]
            sentence = _("{name}的线头离{other}还差 {metres:.2f} 米，没有接上，请接上。").format(
                name=office.called(one), other=office.called(mate), metres=float(reached.min())
            )
            place = ends[end]
            about = f"{place.x:.1f},{place.y:.1f}"
            yield office.finding(RULE, one, sentence, place, others=(mate,), about=about, fix="join_end")


def _ends(lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of every open part, and whose they are."""
    parts, owners = shapely.get_parts(lines, return_index=True)
    open_ones = np.flatnonzero(~shapely.is_closed(parts) & ~shapely.is_empty(parts))
    places = [Point(parts[index].coords[at]) for index in open_ones for at in (0, -1)]
    return np.array(places, dtype=object), np.repeat(owners[open_ones], 2)
