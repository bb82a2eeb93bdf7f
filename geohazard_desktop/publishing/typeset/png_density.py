"""A PNG that says how large it is on paper: without it word processors take 96 pixels for an inch, and a map of A3 at
300 pixels an inch becomes 131 cm wide."""

import struct
from zlib import crc32

_AFTER_HEAD = 33  # eight bytes of signature, then IHDR: length, kind, 13 bytes, checksum
_INCH = 0.0254


def with_density(png: bytes, dpi: float) -> bytes:
    """`png` with a pHYs chunk (pixels a metre, both ways) after its head. One that has such a chunk stays as it is."""
    if b"pHYs" in png[: _AFTER_HEAD + 4096].split(b"IDAT", 1)[0]:
        return png
    each = round(dpi / _INCH)
    body = b"pHYs" + struct.pack(">IIB", each, each, 1)
    return png[:_AFTER_HEAD] + struct.pack(">I", 9) + body + struct.pack(">I", crc32(body)) + png[_AFTER_HEAD:]
