"""The office's logo: a picture that can be printed becomes a template beside the setting that names it."""

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.templates.drafts import TemplateDrafts
from geohazard_desktop.desktop.templates.fields import LogoEditor
from geohazard_desktop.workspace.edits.templates import LARGEST

LOGO = "logo.svg"
_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")


def ask_for_logo(parent: QWidget, drafts: TemplateDrafts, editor: LogoEditor) -> None:
    """Raises GeohazardError for a picture that can't be printed; what was chosen before stays."""
    path = files.ask_open(parent, _("选徽标"), _("图片 (*.svg *.png *.jpg *.jpeg)"))
    if path is not None:
        take_logo(drafts, editor, path)


def take_logo(drafts: TemplateDrafts, editor: LogoEditor, path: Path) -> None:
    """A picture becomes a draft, and the setting names it. Raises GeohazardError."""
    drafts.set_text(LOGO, _printable(path))
    editor.take(LOGO)


def _printable(path: Path) -> str:
    """The picture as SVG source. Said now, not when a hundred cards are on their way."""
    from geohazard_desktop.publishing.paper_pictures import svg_text

    remedy = _("请换一张 SVG、PNG 或 JPEG 图片。原来的徽标没有动。")
    try:
        content = path.read_bytes()
    except OSError as error:
        words = _("图片 {name} 读不了（{reason}）。").format(name=path.name, reason=reason_of(error))
        raise ImportRefused(words, remedy) from error
    if path.suffix.lower() not in _SUFFIXES:
        raise ImportRefused(_("{name} 不是能印的图片。").format(name=path.name), remedy)
    vector = path.suffix.lower() == ".svg"
    good = QSvgRenderer(QByteArray(content)).isValid() if vector else not QImage.fromData(content).isNull()
    if not good:
        raise ImportRefused(
            _("图片 {name} 打不开：文件坏了，或者不是后缀说的那种图片。").format(name=path.name), remedy
        )
    found = svg_text(path.name, content)
    if len(found) > LARGEST:
        words = _("图片 {name} 太大（最多约 {most:.1f} MB）。").format(name=path.name, most=LARGEST * 3 / 4 / 1e6)
        raise ImportRefused(words, _("请先把它缩小：印在纸上只有一两厘米高。原来的徽标没有动。"))
    return found
