"""What QGIS takes on the same workspace; run by beside_qgis.py.

usage: QT_QPA_PLATFORM=offscreen python3 theirs.py redraws|sheet FILE.gpkg LAYER           (prints JSON)
       qgis --code theirs.py, with BENCH_WHAT (launch, memory), BENCH_FILE, BENCH_LAYER, BENCH_START, BENCH_OUT

The layer's style is the one in the file, as QGIS loads it by itself.
"""

import json
import os
import sys
import tempfile
import time

from qgis.core import (
    QgsApplication,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF, QSize, QTimer
from qgis.PyQt.QtGui import QColor

WIDTH, HEIGHT = 1600, 1000
SHARES = (1.0, 0.5, 0.125, 1 / 32)
REDRAWS = 4


def opened(file, name):
    layer = QgsVectorLayer(f"{file}|layername={name}", name, "ogr")
    if not layer.isValid() or layer.renderer().type() != "RuleRenderer":
        raise SystemExit(f"QGIS did not load {name} of {file} with its style")
    return layer


def redraws(layer):
    full = layer.extent()
    centre = full.center()
    found = {}
    for share in SHARES:
        half_w, half_h = full.width() * share / 2, full.height() * share / 2
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setOutputSize(QSize(WIDTH, HEIGHT))
        settings.setDestinationCrs(layer.crs())
        settings.setExtent(
            QgsRectangle(centre.x() - half_w, centre.y() - half_h, centre.x() + half_w, centre.y() + half_h)
        )
        settings.setBackgroundColor(QColor("white"))
        settings.setFlag(QgsMapSettings.Antialiasing, True)
        settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)
        seconds = []
        for _ in range(REDRAWS):
            begun = time.perf_counter()
            job = QgsMapRendererParallelJob(settings)
            job.start()
            job.waitForFinished()
            image = job.renderedImage()
            seconds.append(time.perf_counter() - begun)
        if os.environ.get("BENCH_PICTURE"):
            image.save(os.environ["BENCH_PICTURE"])
        found[f"{share:g}"] = seconds
    return found


def sheet(layer):
    """An A3 map with title, legend and scale bar, as vectors."""
    project = QgsProject.instance()
    project.setCrs(layer.crs())
    project.addMapLayer(layer)
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(3):
            begun = time.perf_counter()
            layout = QgsPrintLayout(project)
            layout.initializeDefaults()
            layout.pageCollection().page(0).setPageSize(QgsLayoutSize(420, 297))
            frame = QgsLayoutItemMap(layout)
            frame.attemptSetSceneRect(QRectF(10, 25, 400, 237))
            frame.setCrs(project.crs())
            frame.zoomToExtent(layer.extent())
            layout.addLayoutItem(frame)
            title = QgsLayoutItemLabel(layout)
            title.setText("地质灾害易发区图")
            title.adjustSizeToText()
            layout.addLayoutItem(title)
            legend = QgsLayoutItemLegend(layout)
            legend.setLinkedMap(frame)
            legend.attemptMove(QgsLayoutPoint(12, 237))
            layout.addLayoutItem(legend)
            scale = QgsLayoutItemScaleBar(layout)
            scale.setLinkedMap(frame)
            scale.applyDefaultSize()
            scale.attemptMove(QgsLayoutPoint(210, 272))
            layout.addLayoutItem(scale)
            options = QgsLayoutExporter.PdfExportSettings()
            options.forceVectorOutput = True
            done = QgsLayoutExporter(layout).exportToPdf(os.path.join(folder, f"{number}.pdf"), options)
            if done != QgsLayoutExporter.Success:
                raise SystemExit("QGIS made no PDF")
            seconds.append(time.perf_counter() - begun)
    return seconds


def in_window():
    from qgis.utils import iface

    layer = opened(os.environ["BENCH_FILE"], os.environ["BENCH_LAYER"])
    QgsProject.instance().addMapLayer(layer)
    canvas = iface.mapCanvas()
    canvas.setExtent(layer.extent())

    def say(found):
        with open(os.environ["BENCH_OUT"], "w", encoding="utf-8") as out:
            json.dump(found, out)
        os._exit(0)

    def weigh():
        with open("/proc/self/smaps_rollup", encoding="ascii") as rollup:
            say({"memory": int(rollup.read().split("\nPss:")[1].split()[0]) / 1024})

    def painted():
        if os.environ["BENCH_WHAT"] == "memory":
            QTimer.singleShot(3000, weigh)
        else:
            say({"launch": time.time() - float(os.environ["BENCH_START"]), "size": [canvas.width(), canvas.height()]})

    canvas.mapCanvasRefreshed.connect(painted)
    canvas.refresh()


if "BENCH_WHAT" in os.environ:
    in_window()
elif __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    print(json.dumps({"redraws": redraws, "sheet": sheet}[sys.argv[1]](opened(*sys.argv[2:4]))))
    sys.stdout.flush()
    os._exit(0)
