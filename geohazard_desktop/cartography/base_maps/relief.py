"""高程渲染: heights as tints with a light from the north-west. It shows where it is steep; nothing is measured on it.

The light is exaggerated so that the steeper tenth of the ground is well shaded, whatever the unit: an 8-bit relief
raster holds steps of a grey scale, not metres, and says so in its credit.
"""

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.cartography.base_maps.grid import SIZE, Block
from geohazard_desktop.cartography.base_maps.raster import Piece, RasterFile
from geohazard_desktop.cartography.base_maps.sampling import Words, packed, smooth
from geohazard_desktop.common.texts import _

Floats = NDArray[np.float64]

# Low to high, light enough for what is drawn over it: valley green, sand, brown, bare rock.
_TINTS = np.array(
    [(206, 221, 196), (226, 230, 203), (240, 232, 206), (229, 210, 180), (211, 187, 160), (226, 217, 209)], dtype=float
)
_LIGHT = np.array([-0.5, 0.5, 0.7071])  # from the north-west, 45° high: east, north, up
_STEEP = 0.55  # slope that the steeper tenth of the ground is shown with
_MOST = 12.0  # exaggeration of true heights
_DARK, _BRIGHT = 0.5, 0.2  # how much of the light goes into the colour, on slopes away from it and to it
_REACH = 4
_BLUR = np.array([1.0, 4.0, 6.0, 4.0, 1.0]) / 16.0


class ReliefPainter:
    """One band of heights."""

    def __init__(self, file: RasterFile) -> None:
        self.file = file
        self._range: tuple[float, float] | None = None
        self._exaggeration = 1.0

    @property
    def relative(self) -> bool:
        """Whether the figures are a grey scale, not metres."""
        return bool(self.file.dtypes[0] in {"uint8", "int8"})

    @property
    def meaning(self) -> str:
        """For the credit: what the tints are."""
        if self.relative:
            return _("高程渲染只示相对高低，不是米")
        low, high = self.limits()
        return _("高程渲染，{low:.0f} 到 {high:.0f}（原始数据的单位）").format(low=low, high=high)

    def limits(self) -> tuple[float, float]:
        """The heights of the lowest and the highest tint."""
        if self._range is None:
            values = self.file.sample(1)
            low, high = (float(one) for one in np.percentile(values, (1.0, 99.0))) if len(values) else (0.0, 1.0)
            self._range = low, (high if high > low else low + 1.0)
            self._exaggeration = self._found_exaggeration()
        return self._range

    def _found_exaggeration(self) -> float:
        """From the slopes of a middle piece, once: shading by each block's own slopes would show the blocks."""
        dataset = self.file.dataset
        wide, high = min(dataset.width, 1024), min(dataset.height, 1024)
        piece = Piece((dataset.width - wide) // 2, (dataset.height - high) // 2, wide, high, wide, high)
        (heights,) = self.file.figures(piece, [1])
        a, b, _c, d, e, _f = self.file.place.affine
        east, north = np.hypot(a, d), np.hypot(b, e)
        if self.file.place.crs.is_geographic:
            east, north = east * 88_000.0, north * 111_000.0  # near 38° of latitude; it is a matter of looks
        if heights.shape[0] < 3 or heights.shape[1] < 3:
            return 1.0
        down, across = np.gradient(_blurred(heights) if self.relative else heights, north, east)
        slopes = np.hypot(down, across)
        slopes = slopes[np.isfinite(slopes)]
        steep = float(np.percentile(slopes, 90)) if len(slopes) else 0.0
        if steep <= 0.0:
            return 1.0
        wanted = _STEEP / steep
        return wanted if self.relative else min(_MOST, max(1.0, wanted))

    def words(self, block: Block) -> Words | None:
        """The block's pixels, None where there are none. Raises TooFarOut, BaseMapUnusable."""
        low, high = self.limits()
        mesh = self.file.mesh(block)
        piece = self.file.piece(mesh, reach=_REACH)
        if piece is None:
            return None
        (figures,) = self.file.figures(piece, [1])
        if self.relative:
            figures = _blurred(figures)  # steps of a grey scale would stand as terraces in a light from the side
        heights = smooth(figures, *piece.inside(*mesh.places(margin=1)))
        inner = heights[1:-1, 1:-1]
        there = np.isfinite(inner)
        if not there.any():
            return None
        light = self._light(heights, block.pixel)
        tint = _tinted(np.nan_to_num((inner - low) / (high - low), nan=0.0))
        shade = 1.0 + np.where(light < 1.0, _DARK, _BRIGHT) * (light - 1.0)
        red, green, blue = np.moveaxis(np.clip(tint * shade[:, :, None], 0, 255).astype(np.uint8), -1, 0)
        return packed(red, green, blue, np.where(there, 255, 0).astype(np.uint8))

    def _light(self, heights: Floats, pixel: float) -> Floats:
        """1 on level ground, more on slopes to the light; one pixel smaller on each side."""
        scale = self._exaggeration / (2.0 * pixel)
        east = np.nan_to_num((heights[1:-1, 2:] - heights[1:-1, :-2]) * scale, nan=0.0)
        north = np.nan_to_num((heights[:-2, 1:-1] - heights[2:, 1:-1]) * scale, nan=0.0)
        facing = (-east * _LIGHT[0] - north * _LIGHT[1] + _LIGHT[2]) / np.sqrt(east * east + north * north + 1.0)
        found: Floats = np.clip(facing, 0.0, None) / _LIGHT[2]
        assert found.shape == (SIZE, SIZE)
        return found


def _tinted(share: Floats) -> Floats:
    """Colours between the tints; `share` 0 is low, 1 is high."""
    at = np.clip(share, 0.0, 1.0) * (len(_TINTS) - 1)
    before = np.minimum(at.astype(np.intp), len(_TINTS) - 2)
    part = (at - before)[..., None]
    found: Floats = _TINTS[before] * (1.0 - part) + _TINTS[before + 1] * part
    return found


def _blurred(figures: Floats) -> Floats:
    """A little smoother; what is missing stays missing and takes nothing from its neighbours."""
    there = np.isfinite(figures)
    total, weight = np.where(there, figures, 0.0), there.astype(np.float64)
    for axis in (0, 1):
        total, weight = _run(total, axis), _run(weight, axis)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(there, total / weight, np.nan)


def _run(values: Floats, axis: int) -> Floats:
    reach = len(_BLUR) // 2
    sides = [(reach, reach) if one == axis else (0, 0) for one in (0, 1)]
    padded = np.pad(values, sides)
    count = values.shape[axis]
    found = np.zeros_like(values)
    for number, part in enumerate(_BLUR):
        found += part * np.take(padded, np.arange(number, number + count), axis=axis)
    return found
