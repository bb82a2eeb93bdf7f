"""Where the names stand on a printed sheet, for who moves one by hand on its preview."""

from geohazard_desktop.cartography.label_places import whole_block
from geohazard_desktop.cartography.painter import PaintReport
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.map_forms import SHEET_PICTURE_AT, Profile
from geohazard_desktop.publishing.report import SheetMap, UnplacedName

PAPER = "A3"
_TITLES: dict[Profile, str] = {"internal": _("A3 警示图（内部）"), "public": _("A3 警示图（公开）")}


def sheet_map(view: MapView, painted: PaintReport, profile: Profile) -> SheetMap:
    """The district's sheet: its map stands on the first page."""
    unplaced = []
    for one in painted.unplaced:
        block = whole_block(one)
        unplaced.append(UnplacedName(one.layer, one.uid, one.text, block.width, block.height))
    return SheetMap(
        page=0,
        at=SHEET_PICTURE_AT[profile],
        view=view,
        labels=tuple(painted.labels),
        unplaced=tuple(unplaced),
        paper=PAPER,
        profile=profile,
        title=_TITLES[profile],
    )
