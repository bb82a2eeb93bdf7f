"""The base maps that are printed under a sheet's map: one picture, with its credits and what could not be had.

Internal sheets only. A public one never carries a picture that nobody has reviewed, and the report says so.
"""

import base64
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter

from geohazard_desktop.cartography.base_maps.spec import base_maps_of
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.workspace.workspace import Workspace

DPI = 200.0
SECONDS = 30.0  # for services, in all
PALE = 0.5  # imagery is dark: at full strength boundaries and paths are lost on it, and a copier makes it black
_QUALITY = 90


class SheetGround:
    """`credits` go among the sheet's sources, `notes` and `problems` into its report."""

    def __init__(self, ws: Workspace, view: MapView, *, public: bool) -> None:
        self._view = view
        self._picture = ""
        self._comparing = False
        self.credits: list[str] = []
        self.notes: list[str] = []
        self.problems: list[str] = []
        wanted = [one for one in base_maps_of(ws) if one.visible and one.printed]
        if not wanted:
            return
        if public:
            self.notes.append(_("公开图不带底图：影像和网络地图没有经过审核。"))
            return
        from geohazard_desktop.cartography.base_maps.painting import base_map_image

        issue = press().issue
        if issue is not None and issue.collect is not None:
            # Nothing is asked of a service when a sheet is only compared: whether layers are seen through is enough.
            files = [one for one in wanted if not one.is_service]
            self._comparing = len(files) < len(wanted) or base_map_image(view, files, ws.epsg, dpi=20.0)[1].seen
            return

        image, report = base_map_image(view, wanted, ws.epsg, dpi=DPI, seconds=SECONDS)
        self.problems += [_("底图：{words}").format(words=one) for one in report.problems.values()]
        if report.pending and not report.problems:
            self.problems.append(_("底图在 {seconds:.0f} 秒里没有取全，图上有空着的地方。").format(seconds=SECONDS))
        if report.seen:
            pale = any(one.kind != "relief" for one in wanted)
            self._picture = _jpeg(image, PALE if pale else 1.0)
            self.credits = report.attributions
            told = _("图下垫了底图，印得淡，免得盖过图上的线：{credits}。") if pale else _("图下垫了底图：{credits}。")
            self.notes.append(told.format(credits="；".join(report.attributions)))

    def over(self, pictures: Sequence[LayerPicture]) -> Sequence[LayerPicture]:
        """The layers as they are drawn here: over a base map their areas are seen through."""
        if not self._picture and not self._comparing:
            return pictures
        from geohazard_desktop.cartography.base_maps.see_through import seen_through

        return seen_through(pictures)

    def under(self, svg: str) -> str:
        """The map's SVG with the base maps below everything else."""
        if not self._picture:
            return svg
        head, end, rest = svg.partition(">")
        size = f'width="{self._view.width_mm:g}" height="{self._view.height_mm:g}"'
        link = f"data:image/jpeg;base64,{self._picture}"
        return f'{head}{end}<image {size} preserveAspectRatio="none" href="{link}"/>{rest}'


def _jpeg(image: QImage, strength: float) -> str:
    """On white, as paper is, in base64."""
    sheet = QImage(image.size(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.setOpacity(strength)
    painter.drawImage(0, 0, image)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    sheet.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]  # the stubs ask for bytes here
    buffer.close()
    return base64.b64encode(data.data()).decode("ascii")
