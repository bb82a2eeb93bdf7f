"""QGIS's side of a timing, run by the system's Python (redraw) or inside QGIS by --code (launch). Prints seconds."""

import os
import sys
import time

LAYER = "susceptibility_zone"


def redraw(path):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsVectorLayer
    from qgis.PyQt.QtCore import QSize

    QgsApplication.setPrefixPath("/usr", True)
    app = QgsApplication([], False)
    app.initQgis()
    layer = QgsVectorLayer(f"{path}|layername={LAYER}", LAYER, "ogr")
    layer.setLabelsEnabled(False)
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
    settings.setOutputSize(QSize(1600, 1000))
    settings.setOutputDpi(96)
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    times = []
    for _run in range(5):
        begin = time.perf_counter()
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        times.append(time.perf_counter() - begin)
    print(f"{sorted(times)[2]:.3f}", flush=True)
    os._exit(0)


def launch():
    from qgis.core import QgsProject, QgsProviderRegistry, QgsVectorLayer
    from qgis.utils import iface

    path = os.environ["BENCH_FILE"]
    for one in reversed(QgsProviderRegistry.instance().querySublayers(path)):
        layer = QgsVectorLayer(f"{path}|layername={one.name()}", one.name(), "ogr")
        if layer.isValid() and layer.isSpatial() and layer.featureCount():
            QgsProject.instance().addMapLayer(layer)
    canvas = iface.mapCanvas()
    canvas.zoomToFullExtent()

    def finished():
        with open(os.environ["BENCH_OUT"], "a", encoding="utf-8") as out:
            out.write(f"{time.time() - float(os.environ['BENCH_START']):.2f}\n")
        os._exit(0)

    canvas.mapCanvasRefreshed.connect(finished)
    canvas.refresh()


if os.environ.get("BENCH_FILE"):
    launch()
elif __name__ == "__main__":
    redraw(sys.argv[1])
