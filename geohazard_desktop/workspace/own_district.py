"""Which feature of the district layer is the office's own: several come in where a whole city's borders are imported.

The settings say who the office is: `district.code` and `district.name`. Where no feature of several is known by them,
nobody can tell, and all count; the check `one_district` makes that an error.
"""

from typing import TYPE_CHECKING

from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.rows import Bounds

if TYPE_CHECKING:
    from geohazard_desktop.workspace.reading import Reading

LAYER = "district"


def names_own(code: str, name: str, own_code: str, own_name: str) -> bool:
    """Whether a district of this code and name is the office's; a longer code (150304000000) begins with its own."""
    return bool((own_code and code.strip().startswith(own_code)) or (own_name and name.strip() == own_name))


def own_districts(ws: "Reading") -> list[Feature]:
    """The features of the own district; all of them where none of several can be told to be it."""
    if LAYER not in ws.definitions:
        return []
    found = list(ws.table(LAYER))
    if len(found) < 2:
        return found
    code, name = ws.setting("district.code"), ws.setting("district.name")
    return [one for one in found if names_own(one.text("code"), one.text("name"), code, name)] or found


def own_district_bounds(ws: "Reading") -> Bounds | None:
    """The own district's box (metres: west, south, east, north); None where no district is drawn."""
    if LAYER not in ws.definitions:
        return None
    if ws.count(LAYER) < 2:
        return ws.bounds(LAYER)
    boxes = [one.geometry.bounds for one in own_districts(ws) if one.geometry is not None and not one.geometry.is_empty]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
