"""Photos as telephones write them, made in the test: with a date and a place, turned, broken."""

import io

from PIL import Image

WUDA = (106.7, 39.5)  # longitude, latitude


def jpeg(
    size=(640, 480), *, taken: str = "", place: tuple[float, float] | None = None, turned: int = 0, noise: bool = False
) -> bytes:
    image = Image.effect_noise(size, 120).convert("RGB") if noise else Image.new("RGB", size, (90, 140, 90))
    image.paste((200, 30, 30), (0, 0, size[0] // 4, size[1] // 4))  # red in the upper left corner
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if place:
        gps = exif.get_ifd(0x8825)
        for number, mark, value in ((1, "N", place[1]), (3, "E", place[0])):
            gps[number] = mark
            gps[number + 1] = (float(int(value)), float(int(value % 1 * 60)), value * 60 % 1 * 60)
    if turned:
        exif[0x0112] = turned
    target = io.BytesIO()
    image.save(target, "JPEG", quality=95, exif=exif)
    return target.getvalue()
