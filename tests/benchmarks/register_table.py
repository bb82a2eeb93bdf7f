"""The register of a large layer: opening, order, filter, scrolling, choosing; beside QGIS's attribute table.

usage: python register_table.py FILE.gpkg [LAYER]      (a workspace of make_polygons.py; prints a table)

Works on a copy whose rows have numbers and names. QGIS is Debian's `qgis python3-qgis`; without it our program is timed
alone. QGIS's table is its own widgets (cache, model, filter model, view) on the same file, offscreen, put together as
its window does. Prints figures and fails nothing.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve()
LAYER = "susceptibility_zone"
SORT, TEXT, SPELT = "name", "0099", "tbyb"
SCROLLS = 150

Seconds = tuple[float, float]  # of the clock, of the processor


def _answer(found: dict[str, Seconds]) -> None:
    """And end at once: QGIS's widgets crash when Python takes them apart in an order of its own."""
    print(json.dumps(found), flush=True)
    os._exit(0)


def ours(file: str, layer: str) -> None:
    """Seconds, with the whole window open on the file."""
    sys.path.insert(0, str(HERE.parents[2]))
    from geohazard_desktop.common.scratch import scratch

    os.environ["GEOHAZARD_HOME"] = str(scratch() / "home")
    from PySide6.QtWidgets import QApplication

    from geohazard_desktop.desktop.start import make_window

    application = QApplication([])
    window = make_window()
    window.resize(1600, 1000)
    window.show()
    assert window.handlers.files.open_path(Path(file))
    canvas, panel = window.map.canvas, window.register

    def until(holds: Callable[[], bool]) -> None:
        while not holds():
            application.processEvents()

    def timed(do: Callable[[], object], done: Callable[[], bool] = lambda: True) -> Seconds:
        begun, worked = time.perf_counter(), time.process_time()
        do()
        until(done)
        panel.view.viewport().repaint()
        panel.view.frozen.viewport().repaint()
        return time.perf_counter() - begun, time.process_time() - worked

    until(lambda: canvas.settled and not canvas.maker.busy)
    window.layers.set_current(layer)
    found = {"open": timed(lambda: window.center.run("layer.table"), panel.view.isVisible)}
    until(lambda: canvas.settled and not canvas.maker.busy)
    found["open again"] = timed(lambda: panel.show_layer(layer))
    idle = lambda: not panel.arranging.busy  # noqa: E731
    for key in (SORT, "id"):
        found[f"sort by {key}"] = timed(lambda key=key: panel.order_by(key, down=True), idle)
    panel.unsort()
    until(idle)
    found["filter by text"] = timed(lambda: (panel.search.setText(TEXT), panel.arrange()), idle)
    found["rows found"] = float(panel.model.rowCount()), 0.0
    panel.clear_filters()
    until(idle)
    found["filter by pinyin"] = timed(lambda: (panel.search.setText(SPELT), panel.arrange()), idle)
    panel.clear_filters()
    until(idle)
    bar = panel.view.verticalScrollBar()
    steps = [timed(lambda n=n: bar.setValue(round(bar.maximum() * n / SCROLLS))) for n in range(SCROLLS)]
    found["scroll, median"] = median(one[0] for one in steps), median(one[1] for one in steps)
    found["scroll, 95 %"] = sorted(steps)[int(0.95 * SCROLLS)]
    found["choose all"] = timed(panel.view.selectAll, lambda: len(window.session.selection) == panel.model.total)
    uids = panel.model.uids[: panel.model.total // 2 : 2]
    found["choose a quarter from the map"] = timed(lambda: window.session.select([(layer, uid) for uid in uids]))
    _answer(found)


def theirs(file: str, layer: str) -> None:
    """The same of QGIS's attribute table. Its order and filter come with its own widgets."""
    from qgis.core import QgsApplication, QgsExpression, QgsFeatureRequest, QgsVectorLayer, QgsVectorLayerCache
    from qgis.gui import QgsAttributeTableFilterModel, QgsAttributeTableModel, QgsAttributeTableView, QgsMapCanvas
    from qgis.PyQt.QtCore import Qt

    application = QgsApplication([], True)
    application.initQgis()
    source = QgsVectorLayer(f"{file}|layername={layer}", layer, "ogr")
    canvas = QgsMapCanvas()

    def timed(do: Callable[[], object]) -> Seconds:
        begun, worked = time.perf_counter(), time.process_time()
        do()
        application.processEvents()
        view.viewport().repaint()
        return time.perf_counter() - begun, time.process_time() - worked

    view = QgsAttributeTableView()
    view.resize(1000, 420)
    view.show()
    kept: list[object] = []

    def opened() -> None:
        cache = QgsVectorLayerCache(source, 100_000)
        cache.setCacheGeometry(False)
        model = QgsAttributeTableModel(cache)
        model.loadLayer()
        rows = QgsAttributeTableFilterModel(canvas, model)
        view.setModel(rows)
        kept.extend([cache, model, rows])

    found = {"open": timed(opened)}
    rows = kept[2]
    names = [source.attributeDisplayName(index) for index in range(source.fields().count())]
    fields = [source.fields().at(index).name() for index in range(len(names))]
    for key in (SORT, "id"):
        column = fields.index(key)
        found[f"sort by {key}"] = timed(lambda column=column: rows.sort(column, Qt.DescendingOrder))

    def filtered() -> None:
        words = " OR ".join(f"\"{one}\" LIKE '%{TEXT}%'" for one in ("id", "name", "remark", "source"))
        request = QgsFeatureRequest(QgsExpression(words)).setFlags(QgsFeatureRequest.NoGeometry)
        rows.setFilteredFeatures([one.id() for one in source.getFeatures(request)])
        rows.setFilterMode(QgsAttributeTableFilterModel.ShowFilteredList)

    found["filter by text"] = timed(filtered)
    found["rows found"] = float(rows.rowCount()), 0.0
    rows.setFilterMode(QgsAttributeTableFilterModel.ShowAll)
    bar = view.verticalScrollBar()
    steps = [timed(lambda n=n: bar.setValue(round(bar.maximum() * n / SCROLLS))) for n in range(SCROLLS)]
    found["scroll, median"] = median(one[0] for one in steps), median(one[1] for one in steps)
    found["scroll, 95 %"] = sorted(steps)[int(0.95 * SCROLLS)]
    found["choose all"] = timed(source.selectAll)
    _answer(found)


def _child(python: str, whose: str, file: str, layer: str) -> dict[str, Seconds] | str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        run = subprocess.run(
            [python, str(HERE), "--child", whose, file, layer],
            capture_output=True,
            text=True,
            env=environment,
            timeout=900,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    lines = [one for one in run.stdout.splitlines() if one.startswith("{")]
    return json.loads(lines[-1]) if lines else (run.stderr.strip().splitlines() or ["no answer"])[-1]


def named(file: str, layer: str) -> str:
    """A copy of the file whose rows have numbers and names."""
    copy = str(Path(tempfile.mkdtemp(prefix="register-table-")) / "rows.gpkg")
    shutil.copy(file, copy)
    sys.path.insert(0, str(HERE.parents[2]))
    from geohazard_desktop.workspace import blob

    with closing(sqlite3.connect(copy)) as sql:
        blob.register(sql)  # the R-tree's triggers ask for them
        words = "'图斑' || substr('甲乙丙丁戊', 1 + fid % 5, 1) || (fid % 5000)"
        sql.execute(f"UPDATE \"{layer}\" SET id = printf('SL-Y-%06d', fid * 7919 % 1000003), name = {words}")
        sql.commit()
    return copy


def main() -> None:
    if sys.argv[1] == "--child":
        (ours if sys.argv[2] == "ours" else theirs)(sys.argv[3], sys.argv[4])
    file, layer = sys.argv[1], (sys.argv[2:] or [LAYER])[0]
    file = named(file, layer)
    mine = _child(sys.executable, "ours", file, layer)
    others = _child("/usr/bin/python3", "theirs", file, layer)
    shutil.rmtree(Path(file).parent)
    if isinstance(mine, str):
        raise SystemExit(f"our program said: {mine}")
    if isinstance(others, str):
        print(f"without QGIS: {others}")
        others = {}
    print(f"{'seconds':32}{'ours':>9}{'QGIS':>9}{'ratio':>7}   {'CPU ours':>9}{'QGIS':>9}{'ratio':>7}")
    for name, figures in mine.items():
        other = others.get(name)
        told = [f"{figure:9.3f}" for figure in figures]
        if other:
            told = [f"{one:9.3f}{two:9.3f}{one / max(two, 1e-4):7.2f}" for one, two in zip(figures, other, strict=True)]
        print(f"{name:32}" + "   ".join(told))


if __name__ == "__main__":
    main()
