"""QGIS's atlas on the workspace of cards_beside_qgis.py, which runs it with the system's Python; prints seconds.

usage: QT_QPA_PLATFORM=offscreen python3 cards_in_qgis.py FILE.gpkg PAGES DENOMINATOR

One A4 page a building, in the style that the file brings: map of the same scale as a card's with about as many
polygons, title from an attribute, legend, scale bar. One PDF.
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
    QgsPrintLayout,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QFont

SHOWN = ("shelter", "evacuation_route", "danger_zone", "building")


def main():
    path, pages, denominator = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    layers = [QgsVectorLayer(f"{path}|layername={one}", one, "ogr") for one in SHOWN]
    if not all(one.isValid() for one in layers):
        raise SystemExit(f"QGIS did not load {SHOWN} of {path}")
    buildings = layers[-1]
    project.setCrs(buildings.crs())
    project.addMapLayers(layers)
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(297, 210))
    frame = QgsLayoutItemMap(layout)
    frame.attemptSetSceneRect(QRectF(12, 29, 158, 133))
    frame.setLayers(layers)
    frame.setExtent(buildings.extent())
    frame.setScale(denominator)
    layout.addLayoutItem(frame)
    title = QgsLayoutItemLabel(layout)
    title.setText("撤离路线图 [% id %]")
    title.setFont(QFont("Noto Sans CJK SC", 24))
    title.attemptSetSceneRect(QRectF(12, 9, 250, 15))
    layout.addLayoutItem(title)
    legend = QgsLayoutItemLegend(layout)
    legend.setLinkedMap(frame)
    legend.attemptMove(QgsLayoutPoint(175, 29))
    layout.addLayoutItem(legend)
    scale = QgsLayoutItemScaleBar(layout)
    scale.setLinkedMap(frame)
    scale.applyDefaultSize()
    scale.attemptMove(QgsLayoutPoint(15, 150))
    layout.addLayoutItem(scale)
    atlas = layout.atlas()
    atlas.setCoverageLayer(buildings)
    atlas.setEnabled(True)
    atlas.setFilterFeatures(True)
    atlas.setFilterExpression(f'"fid" <= {pages}')
    frame.setAtlasDriven(True)
    frame.setAtlasScalingMode(QgsLayoutItemMap.Fixed)
    atlas.updateFeatures()
    options = QgsLayoutExporter.PdfExportSettings()
    options.dpi = 300
    options.forceVectorOutput = True
    out = os.path.join(tempfile.mkdtemp(), "out.pdf")
    start, worked = time.perf_counter(), time.process_time()
    QgsLayoutExporter.exportToPdf(atlas, out, options)
    print(
        json.dumps(
            {
                "pages": atlas.count(),
                "seconds": time.perf_counter() - start,
                "worked": time.process_time() - worked,
                "bytes": os.path.getsize(out),
            }
        )
    )
    sys.stdout.flush()
    os._exit(0)


main()
