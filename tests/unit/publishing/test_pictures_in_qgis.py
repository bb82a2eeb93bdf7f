"""Pictures with coordinates in the real QGIS, where it is installed: what is drawn lies where it was drawn, to a
millimetre of the paper; and a picture without coordinates looks the same in each of its forms."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from shapely import box

from geohazard_desktop.publishing.pictures.picture import publish_picture
from geohazard_desktop.publishing.sheets.picture import publish_sheet_picture
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
ZONE = (E + 3000.0, N + 3000.0, E + 4200.0, N + 5000.0)
PYTHON = shutil.which("python3", path=os.defpath)
# The box around all that has the danger zone's red near it, in the raster's own coordinates.
LOOK = """
import json, sys
import numpy as np
from qgis.core import QgsApplication, QgsRasterLayer
application = QgsApplication([], False)
application.initQgis()
layer = QgsRasterLayer(sys.argv[1], "picture", "gdal")
assert layer.isValid(), layer.error().message()
extent, wide, high = layer.extent(), layer.width(), layer.height()
provider = layer.dataProvider()
blocks = [provider.block(band, extent, wide, high) for band in (1, 2, 3)]  # held while their data are looked at
red, green, blue = (np.frombuffer(bytes(one.data()), np.uint8).reshape(high, wide).astype(int) for one in blocks)
inked = (abs(red - 0xD7) < 26) & (green < 26) & (abs(blue - 0x0F) < 26)
step_x, step_y = extent.width() / wide, extent.height() / high
# The legend has the same red.
west, south, east, north = (float(one) for one in sys.argv[2:])
inked[: max(0, int((extent.yMaximum() - north) / step_y))] = False
inked[int((extent.yMaximum() - south) / step_y) :] = False
inked[:, : max(0, int((west - extent.xMinimum()) / step_x))] = False
inked[:, int((east - extent.xMinimum()) / step_x) :] = False
rows, columns = np.nonzero(inked)
print("ANSWER" + json.dumps({
    "crs": layer.crs().authid(),
    "box": [extent.xMinimum() + columns.min() * step_x, extent.yMaximum() - (rows.max() + 1) * step_y,
            extent.xMinimum() + (columns.max() + 1) * step_x, extent.yMaximum() - rows.min() * step_y],
}))
"""


@pytest.fixture
def drawn(workspace: Workspace) -> Workspace:
    """A district and a zone that nothing red lies beside: no name, no number in the title."""
    for layer, shape, values in (
        ("district", box(E, N, E + 8000, N + 12000), {"name": "示例区"}),
        ("danger_zone", box(*ZONE), {"hazard_type": "崩塌", "state": "已划定", "document_no": "示例〔2026〕1号"}),
    ):
        known = {key: value for key, value in values.items() if key in workspace.definitions[layer].by_name}
        workspace.apply(create_feature(workspace.definitions, layer, shape, known))
    return workspace


@pytest.fixture(scope="module")
def qgis() -> str:
    if (
        PYTHON is None
        or subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False).returncode
    ):
        pytest.skip("QGIS with its Python is not installed")
    return PYTHON


def seen_in_qgis(python: str, picture: Path) -> dict:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "HOME": str(picture.parent), "GDAL_PDF_DPI": "200"}
    environment["XDG_RUNTIME_DIR"] = str(picture.parent)
    done = subprocess.run(
        [python, "-c", LOOK, str(picture), *(str(one) for one in box(*ZONE).buffer(900).bounds)],
        env=environment, cwd=picture.parent, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert "ANSWER" in done.stdout, done.stderr[-1500:]
    return json.loads(done.stdout.split("ANSWER")[1])


@pytest.mark.parametrize("form", ["pdf", "tif", "world", "sheet"])
def test_a_corner_lies_where_it_was_drawn_to_a_millimetre(drawn, tmp_path, qgis, form):
    if form == "sheet":
        report = publish_sheet_picture(drawn, tmp_path / "图.png", form="pdf", profile="internal", paper="A4")
    else:
        report = publish_picture(drawn, tmp_path / "图.png", form=form, profile="internal", size="a4", dpi=200)
    found = seen_in_qgis(qgis, report.files[0])
    if form != "world":  # its .prj is ESRI's form, which names no number
        assert found["crs"] == "EPSG:4524"
    # 12 km on an A4: about 1:75 000 where the picture has no title, 1:100 000 on the sheet.
    millimetre = 75.0
    half_a_stroke = 0.375 * millimetre
    for at, wanted in zip(found["box"], ZONE, strict=True):
        outward = -half_a_stroke if wanted in ZONE[:2] else half_a_stroke
        assert at == pytest.approx(wanted + outward, abs=0.5 * millimetre)


# -- one picture, three forms ------------------------------------------------------------------------------------------


def small(image: QImage | Image.Image) -> NDArray[np.float64]:
    """Grey, a pixel for each 2 mm or so: what the eye takes in at arm's length."""
    if isinstance(image, QImage):
        image = Image.fromarray(
            np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)[
                :, : image.width(), 2::-1
            ]
        )
    return np.asarray(image.convert("L").resize((150, 106), Image.Resampling.BOX), dtype=float)


def test_png_svg_and_pdf_look_the_same(drawn, tmp_path):
    made = {
        form: publish_picture(drawn, tmp_path / f"{form}.png", form=form, profile="internal", size="a4", dpi=120).files
        for form in ("png", "svg")
    }
    png = Image.open(made["png"][0])
    renderer = QSvgRenderer(str(made["svg"][0]))  # a program of another make than the one that wrote it
    assert renderer.isValid()
    image = QImage(png.width, png.height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, png.width, png.height))
    painter.end()
    pdf = publish_picture(drawn, tmp_path / "p.png", form="pdf", profile="internal", size="a4", dpi=120).files[0]
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=120 / 72).to_pil()
    for other in (small(image), small(page)):
        assert np.abs(other - small(png)).mean() < 4.0
        assert np.corrcoef(other.ravel(), small(png).ravel())[0, 1] > 0.93
