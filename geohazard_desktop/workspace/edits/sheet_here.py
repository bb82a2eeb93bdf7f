"""Where a public sheet is to hang, chosen by the officer: a place in its row of `sheet`, kept for every reprint.

It is never guessed: a sheet that says 您在这里 at the wrong corner sends people the wrong way. Which sheet a row is of:
see `workspace.edits.labels`.
"""

from collections.abc import Sequence

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.labels import SHEETS, keep_sheet
from geohazard_desktop.workspace.edits.wording import Definitions, led
from geohazard_desktop.workspace.feature import Edit, Feature, changed

Place = tuple[float, float]  # east and north, metres of the workspace


def here_of(sheet: Feature | None) -> Place | None:
    """The place that a sheet's row keeps; None where none was chosen."""
    if sheet is None:
        return None
    east, north = sheet["here_east"], sheet["here_north"]
    if isinstance(east, int | float) and isinstance(north, int | float):
        return float(east), float(north)
    return None


def set_here(definitions: Definitions, sheet: Feature, place: Place, *, sheets: Sequence[Feature] = ()) -> Edit:
    """`sheet` hangs at `place`; the row is stored where it is not yet among `sheets`. Raises EditRefused where the
    workspace has no such layer."""
    _refuse_without(definitions)
    after = sheet.with_values(here_east=round(place[0], 2), here_north=round(place[1], 2))
    words = _("在{sheet}上标出“您在这里”").format(sheet=led(sheet.text("title")))
    return keep_sheet(words, after, sheets)


def no_here(definitions: Definitions, sheet: Feature | None) -> Edit:
    """The sign goes. Raises EditRefused where there is none."""
    _refuse_without(definitions)
    if sheet is None or here_of(sheet) is None:
        raise EditRefused(_("这张图上没有“您在这里”。"), _("要标，请在图上单击它要贴的地方。"))
    after = sheet.with_values(here_east=None, here_north=None)
    words = _("去掉{sheet}上的“您在这里”").format(sheet=led(sheet.text("title")))
    return Edit(words, [changed(sheet, after)])


def _refuse_without(definitions: Definitions) -> None:
    if SHEETS not in definitions:
        raise EditRefused(
            _("这个工作文件没有“图幅”表，“您在这里”没有地方存。"), _("请新建一个工作文件，把图层导入过去。")
        )
