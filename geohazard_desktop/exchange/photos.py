"""Photos from phones and cameras: a copy small enough for the workspace, without EXIF; date and place told beside it.

The stored copy is a JPEG of at most 2 MB. Its EXIF is left behind, because it names the telephone and where its owner
stood; the date and the place are values of the attachment, of which the place is marked as personal.
"""

import io
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Value

if TYPE_CHECKING:
    from PIL.Image import Image

log = logging.getLogger(__name__)

MOST_BYTES = 2_000_000
LONG_SIDE = 2560  # pixels: a page of A4 at 220 dots an inch
_MOST_PIXELS = 250_000_000
_MOST_FILE_BYTES = 200_000_000
_QUALITIES = (88, 82, 74)
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".heic", ".heif", ".avif")
_EXIF_PART, _GPS_PART = 0x8769, 0x8825
_TAKEN, _DIGITISED = 0x9003, 0x9004


@dataclass(slots=True)
class Photo:
    """A photo ready to be kept. `place` is longitude, latitude in degrees of WGS 84; `notes` are sentences."""

    name: str
    data: bytes
    width: int
    height: int
    original_bytes: int
    original_size: tuple[int, int]
    taken_at: str | None = None
    place: tuple[float, float] | None = None
    notes: list[str] = field(default_factory=list)

    def values(self, digest: str) -> dict[str, Value]:
        """Values of its row in the `attachment` layer."""
        longitude, latitude = self.place or (None, None)
        return {
            "file_name": self.name,
            "media_type": "image/jpeg",
            "taken_at": self.taken_at,
            "digest": digest,
            "width": self.width,
            "height": self.height,
            "original_bytes": self.original_bytes,
            "longitude": longitude,
            "latitude": latitude,
        }


def read_photo(source: Path | bytes, name: str = "") -> Photo:
    """Read a photo from a file, or from bytes called `name`. Raises ImportRefused with a sentence that names it."""
    if isinstance(source, Path):
        name = name or source.name
        try:
            if source.stat().st_size > _MOST_FILE_BYTES:
                raise ImportRefused(
                    _("{name} 有 {size:.0f} MB，太大了，没有附上。").format(
                        name=name, size=source.stat().st_size / 1e6
                    ),
                    _("请先在看图程序里另存成小一些的 JPEG。"),
                )
            data = source.read_bytes()
        except OSError as error:
            raise ImportRefused(
                _("照片 {name} 读不出来（{reason}）。").format(name=name, reason=error.strerror or error),
                _("请检查文件还在不在，手机或存储卡有没有拔掉。"),
            ) from error
    else:
        data = source
    _refuse_heic(name, data)
    image = _opened(name, data)
    photo = Photo(name, b"", 0, 0, len(data), image.size)
    _read_exif(image, photo)
    _scale(image, photo)
    return photo


def _refuse_heic(name: str, data: bytes) -> None:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        raise ImportRefused(
            _("{name} 是 HEIC 格式的照片，这里打不开，没有附上。").format(name=name),
            _("请在手机相机设置里选“兼容性最佳”，或先把它转成 JPEG。"),
        )


def _opened(name: str, data: bytes) -> "Image":
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if image.width * image.height > _MOST_PIXELS:
            raise Image.DecompressionBombError
        return image
    except Image.DecompressionBombError as error:
        raise ImportRefused(
            _("{name} 的像素太多，没有附上。").format(name=name), _("请先在看图程序里缩小，另存成 JPEG。")
        ) from error
    except UnidentifiedImageError as error:
        raise ImportRefused(
            _("{name} 不是能打开的照片，没有附上。").format(name=name),
            _("能附 JPEG、PNG、WebP、TIFF、BMP 和 GIF。"),
        ) from error
    except Exception as error:
        raise _broken(name, error) from error


def _broken(name: str, error: Exception) -> ImportRefused:
    log.info("a photo can't be read: %r", error)
    return ImportRefused(_("照片 {name} 已损坏，没有附上。").format(name=name), _("请从手机或相机里重新拷一份。"))


def _scale(image: "Image", photo: Photo) -> None:
    """Turn it upright, bring it below the limits, and leave everything but the picture behind."""
    from PIL import ImageOps

    try:
        image.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a JPEG is decoded at a half or a quarter where that is enough
        upright = ImageOps.exif_transpose(image, in_place=False)
    except Exception as error:  # noqa: BLE001 - the EXIF may be what is broken: the picture is still a picture
        log.info("not turned by its EXIF: %r", error)
        upright = image
        _note_exif(photo)
    try:
        flat = _on_white(upright)
        flat.thumbnail((LONG_SIDE, LONG_SIDE))
        photo.data = _encoded(flat)
    except Exception as error:
        raise _broken(photo.name, error) from error
    photo.width, photo.height = flat.size


def _on_white(image: "Image") -> "Image":
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        colours = image.convert("RGBA")
        ground = Image.new("RGB", colours.size, "white")
        ground.paste(colours, mask=colours.getchannel("A"))
        return ground
    return image.convert("RGB")


def _encoded(image: "Image") -> bytes:
    while True:
        for quality in _QUALITIES:
            target = io.BytesIO()
            image.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
            if target.tell() <= MOST_BYTES:
                return target.getvalue()
        image = image.resize((max(1, image.width * 4 // 5), max(1, image.height * 4 // 5)))


# -- what the camera wrote ---------------------------------------------------------------------------------------------


def _note_exif(photo: Photo) -> None:
    words = _("{name} 的拍摄信息读不懂，没有用；照片本身已附上。").format(name=photo.name)
    if words not in photo.notes:
        photo.notes.append(words)


def _read_exif(image: "Image", photo: Photo) -> None:
    try:
        exif = image.getexif()
        detail, gps = exif.get_ifd(_EXIF_PART), exif.get_ifd(_GPS_PART)
        taken = detail.get(_TAKEN) or detail.get(_DIGITISED)
        photo.taken_at = _moment(taken)
        photo.place = _place(gps)
        unread = (taken is not None and photo.taken_at is None) or (bool(image.info.get("exif")) and not exif)
        # Nought and nought, the place of a phone without a fix, is readable and no place.
        unread = unread or (2 in gps and photo.place is None and any(_degrees(gps.get(one)) for one in (2, 4)))
    except Exception as error:  # noqa: BLE001 - broken EXIF makes the library raise nearly anything
        log.info("EXIF can't be read: %r", error)
        unread = True
    if unread:
        _note_exif(photo)


def _moment(text: object) -> str | None:
    """2026:07:18 09:30:00 as ISO 8601; None for zeros and anything else."""
    if not isinstance(text, str):
        return None
    try:
        return datetime.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S").isoformat()
    except ValueError:
        return None


def _place(gps: Mapping[int, Any]) -> tuple[float, float] | None:
    latitude, longitude = _degrees(gps.get(2)), _degrees(gps.get(4))
    if latitude is None or longitude is None:
        return None
    latitude *= -1 if str(gps.get(1, "N")).upper().startswith("S") else 1
    longitude *= -1 if str(gps.get(3, "E")).upper().startswith("W") else 1
    # Phones without a fix write nought and nought.
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or (latitude == 0 and longitude == 0):
        return None
    return longitude, latitude


def _degrees(parts: object) -> float | None:
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    whole, minutes, seconds = (float(one) for one in parts)
    value = whole + minutes / 60 + seconds / 3600
    return value if math.isfinite(value) else None
