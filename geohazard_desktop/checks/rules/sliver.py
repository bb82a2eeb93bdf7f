"""No area is a sliver, and none has crumbs: parts so narrow that only a slip of the hand makes them."""

from collections.abc import Iterator

import numpy as np
import shapely

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "sliver"
TITLE = _("碎屑面和细缝")


def find(office: Office) -> Iterator[Finding]:
    widest, largest = parameter(RULE, "width_m"), parameter(RULE, "largest_m2")
    for definition in office.layers:
        if definition.geometry != "polygon":
            continue
        table = office.judged_table(definition.table)
        parts, owners = shapely.get_parts(table.geometries, return_index=True)
        if not len(parts):
            continue
        area, length = shapely.area(parts), shapely.length(parts)
        width = 2.0 * area / np.maximum(length, 1e-9)
        narrow = (area > 0) & (width <= widest) & (area <= largest)
        of_owner = np.bincount(owners, minlength=len(table))
        for owner in np.unique(owners[narrow]):
            crumbs = np.flatnonzero(narrow & (owners == owner))
            one = table.feature(int(owner))
            total = float(area[crumbs].sum())
            if len(crumbs) == of_owner[owner]:
                sentence = _(
                    "{name}只是一条细缝（{area:.1f} m²，宽约 {width:.2f} 米），请核对后删去或并入邻面。"
                ).format(name=office.called(one), area=total, width=float(width[crumbs].max()))
                fix = ""
            else:
                sentence = _("{name}带着 {count} 块碎屑（共 {area:.1f} m²），请去掉。").format(
                    name=office.called(one), count=len(crumbs), area=total
                )
                fix = "drop_crumbs"
            place = shapely.Point(shapely.get_coordinates(parts[crumbs[0]])[0])
            yield office.finding(RULE, one, sentence, place, fix=fix)
