"""Photos that come to the map itself, dropped or pasted: for the one feature that is selected, whatever form is open.

A picture from a telephone is a photo; one that says where it lies (a world file, a GeoTIFF) is a base map.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.photos.attacher import Source, attacher_of, image_bytes
from geohazard_desktop.desktop.photos.section import may_have_photos
from geohazard_desktop.exchange.photos import SUFFIXES

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_MAPS = (".tif", ".tiff")  # of these the base map is asked first, which reads what they say of their place
_WORLD = (".jgw", ".jpgw", ".jpegw", ".pgw", ".pngw", ".wld", ".bpw", ".gfw")


def are_photos(paths: Sequence[Path]) -> bool:
    """Whether all are pictures that say of no place on the map."""
    return bool(paths) and all(
        one.suffix.lower() in SUFFIXES
        and one.suffix.lower() not in _MAPS
        and not any(one.with_suffix(suffix).exists() for suffix in _WORLD)
        and not Path(f"{one}.aux.xml").exists()
        for one in paths
    )


def dropped(window: "MainWindow", paths: Sequence[Path]) -> None:
    """Attach photos to the selected feature; where none or several are selected, say how, and offer the base map."""
    if _attach(window, list(paths)):
        return
    words = _("{count} 张照片没有附上：").format(count=len(paths))
    offers = []
    if len(paths) == 1:
        offers.append((_("当作底图……"), lambda: window.base_maps.add(paths[0])))
    window.banner.say("info", words + _why_not(window), _("再拖一次，或拖到右边的属性里。"), "", offers)


def pasted(window: "MainWindow") -> bool:
    """Attach the clipboard's picture, or the picture files copied in a file manager; False where it has neither."""
    clipboard = QGuiApplication.clipboard()
    mime = clipboard.mimeData()
    paths = [Path(one.toLocalFile()) for one in mime.urls() if one.isLocalFile()] if mime is not None else []
    sources: list[Source] = list(paths) if are_photos(paths) else []
    if not sources and not clipboard.text().strip():
        image = clipboard.image()
        if not image.isNull():
            sources = [(_("粘贴的照片.png"), image_bytes(image))]
    if not sources:
        return False
    if not _attach(window, sources):
        window.banner.say("info", _("剪贴板里的照片没有附上：") + _why_not(window), _("再粘贴一次。"))
    return True


def _attach(window: "MainWindow", sources: Sequence[Source]) -> bool:
    session = window.session
    one = session.the_one()
    if one is None or session.read_only_reason() or not may_have_photos(session.workspace, one.layer):
        return False
    attacher_of(session).attach((one.layer, one.uid), sources)
    return True


def _why_not(window: "MainWindow") -> str:
    session = window.session
    reason = session.read_only_reason()
    if reason:
        return reason
    one = session.the_one()
    if one is not None:
        return _("“{title}”不能附照片。").format(title=session.workspace.definitions[one.layer].title)
    if session.selection:
        return _("选中了 {count} 个要素，请只选一个。").format(count=len(session.selection))
    return _("请先在图上选中照片拍的那个要素。")
