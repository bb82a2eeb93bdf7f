"""The extent of a sheet, chosen by hand: a row of `sheet` with middle and scale, kept for every reprint.

Which sheet a row is of: see `workspace.edits.labels`.
"""

from collections.abc import Sequence

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.labels import SHEETS, keep_sheet
from geohazard_desktop.workspace.edits.wording import Definitions, led
from geohazard_desktop.workspace.feature import Edit, Feature, changed

Extent = tuple[float, float, float]  # east and north of the map's middle, the scale's denominator
LARGEST, SMALLEST = 100.0, 5_000_000.0  # denominators that make a map of a part of a district


def extent_of(sheet: Feature | None) -> Extent | None:
    """The extent that a sheet's row keeps; None where it is fitted to its subject."""
    if sheet is None:
        return None
    values = [sheet[name] for name in ("east", "north", "denominator")]
    numbers = [float(one) for one in values if isinstance(one, int | float) and not isinstance(one, bool)]
    return (numbers[0], numbers[1], numbers[2]) if len(numbers) == 3 and numbers[2] > 0 else None


def set_extent(definitions: Definitions, sheet: Feature, extent: Extent, *, sheets: Sequence[Feature] = ()) -> Edit:
    """The map of `sheet` shows what lies around (east, north) at 1:denominator; the row is stored where it is not yet
    among `sheets`. Raises EditRefused for a scale that is none, or where the workspace has no such layer."""
    _refuse_without(definitions)
    east, north, denominator = extent
    if not LARGEST <= denominator <= SMALLEST:
        raise EditRefused(
            _("比例尺 1∶{scale:.0f} 不能用。").format(scale=denominator),
            _("请用 1∶{large:.0f} 到 1∶{small:.0f} 之间的。").format(large=LARGEST, small=SMALLEST),
        )
    after = sheet.with_values(east=round(east, 2), north=round(north, 2), denominator=round(denominator))
    words = _("调整{sheet}的范围（1∶{scale:.0f}）").format(sheet=led(sheet.text("title")), scale=denominator)
    return keep_sheet(words, after, sheets)


def automatic_extent(definitions: Definitions, sheet: Feature | None) -> Edit:
    """The extent fits itself to the subject again. Raises EditRefused where it does so already."""
    _refuse_without(definitions)
    if sheet is None or extent_of(sheet) is None:
        raise EditRefused(_("这张图的范围本来就是自动的。"), _("要换范围，请在图上拖动或滚动滚轮。"))
    after = sheet.with_values(east=None, north=None, denominator=None)
    return Edit(_("{sheet}的范围改回自动").format(sheet=led(sheet.text("title"))), [changed(sheet, after)])


def _refuse_without(definitions: Definitions) -> None:
    if SHEETS not in definitions:
        raise EditRefused(_("这个工作文件没有“图幅”表，范围没有地方存。"), _("请新建一个工作文件，把图层导入过去。"))
