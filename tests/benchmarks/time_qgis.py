"""Time QGIS on a workspace file; run by time_ours.py.

usage: QT_QPA_PLATFORM=offscreen python3 time_qgis.py FILE.gpkg LAYER      (seconds of each redraw, as JSON)
       qgis --code time_qgis.py, with BENCH_FILE, BENCH_LAYER, BENCH_START          (seconds from launch to first map)

The layer's style is the one in the file, as QGIS loads it by itself.
"""

import json
import os
import sys
import time

from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

WIDTH, HEIGHT = 1600, 1000
REDRAWS = 4


def opened(file, name):
    layer = QgsVectorLayer(f"{file}|layername={name}", name, "ogr")
    if not layer.isValid() or layer.renderer().type() != "RuleRenderer":
        raise SystemExit(f"QGIS did not load {name} of {file} with its style")
    return layer


def redraws(layer):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
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
    return seconds


def first_map():
    from qgis.utils import iface

    layer = opened(os.environ["BENCH_FILE"], os.environ["BENCH_LAYER"])
    QgsProject.instance().addMapLayer(layer)
    canvas = iface.mapCanvas()
    canvas.setExtent(layer.extent())

    def painted():
        seconds = time.time() - float(os.environ["BENCH_START"])
        with open(os.environ["BENCH_OUT"], "w", encoding="utf-8") as out:
            json.dump({"launch": seconds, "size": [canvas.width(), canvas.height()]}, out)
        os._exit(0)

    canvas.mapCanvasRefreshed.connect(painted)
    canvas.refresh()


if "BENCH_START" in os.environ:
    first_map()
elif __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    print(json.dumps(redraws(opened(*sys.argv[1:3]))))
    sys.stdout.flush()
    os._exit(0)
