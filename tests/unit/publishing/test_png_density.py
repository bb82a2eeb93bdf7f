"""A picture put into a document is as large as on paper."""

import struct
from zlib import crc32

import pytest
from PySide6.QtGui import QImage

from geohazard_desktop.publishing.typeset.png_density import with_density
from geohazard_desktop.publishing.typeset.typesetting import typeset_pictures


def chunks(png):
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", png[at + 8 + length : at + 12 + length])
        assert check == crc32(kind + body)
        yield kind, body
        at += 12 + length


@pytest.mark.parametrize("dpi", [96.0, 150.0, 300.0])
def test_a_typeset_picture_says_how_many_pixels_an_inch_it_has(tmp_path, dpi):
    (tmp_path / "one.typ").write_text("#set page(width: 50.8mm, height: 25.4mm)\n地图", "utf-8")
    (png,) = typeset_pictures("one", {}, title="图", dpi=dpi, folder=tmp_path)
    found = dict(chunks(png))
    assert found[b"pHYs"] == struct.pack(">IIB", round(dpi / 0.0254), round(dpi / 0.0254), 1)
    assert next(iter(found)) == b"IHDR"
    image = QImage.fromData(png)
    assert image.width() / image.dotsPerMeterX() * 1000 == pytest.approx(50.8, abs=0.3)


def test_a_picture_that_says_so_already_is_left_alone(tmp_path):
    (tmp_path / "one.typ").write_text("#set page(width: 20mm, height: 20mm)\n图", "utf-8")
    (png,) = typeset_pictures("one", {}, title="图", dpi=100, folder=tmp_path)
    assert with_density(png, 300) == png
