"""The workspace in the real QGIS, where it is installed: style and aliases load by themselves, edits join the history.

QGIS has its bindings for the system's Python alone, so it runs as another program, as it does on an officer's desk.
"""

import copy
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from geohazard_desktop.cartography.qgis_styles import QgisStyles
from geohazard_desktop.common.errors import UndoRefused
from geohazard_desktop.workspace.edits import change_style, change_values
from geohazard_desktop.workspace.workspace import Workspace

PYTHON = shutil.which("python3", path=os.defpath)
BEGIN = """
import json, sys
from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
def opened(name):
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    assert layer.isValid(), name
    return layer
"""
LOOK = """
found = {}
for name in sys.argv[2:]:
    layer = opened(name)
    fields = layer.fields()
    found[name] = {
        "features": layer.featureCount(),
        "aliases": {one.name(): one.alias() for one in fields if one.name() != "fid"},
        "lists": {
            one.name(): [value for pair in layer.editorWidgetSetup(fields.indexOf(one.name())).config()["map"]
                         for value in pair.values()]
            for one in fields if layer.editorWidgetSetup(fields.indexOf(one.name())).type() == "ValueMap"
        },
    }
    if layer.isSpatial():
        renderer = layer.renderer()
        rules = renderer.rootRule().children() if renderer.type() == "RuleRenderer" else []
        symbols = [one.symbol() for one in rules] or [renderer.symbol()]
        found[name] |= {
            "crs": layer.crs().authid(),
            "rules": [one.label() for one in rules],
            "kinds": sorted({symbol[n].layerType() for symbol in symbols for n in range(symbol.symbolLayerCount())}),
            "labels": layer.labelsEnabled(),
        }
print("ANSWER" + json.dumps(found))
"""
EDIT = """
layer = opened("danger_zone")
by_id = {one["id"]: one for one in layer.getFeatures()}
assert layer.startEditing()
moved = QgsGeometry(by_id["WD-W-0001"].geometry())
moved.translate(5, 0)
assert layer.changeGeometry(by_id["WD-W-0001"].id(), moved)
assert layer.changeAttributeValue(by_id["WD-W-0002"].id(), layer.fields().indexOf("reason"), "QGIS 改的")
for number in (0, 1):
    new = QgsFeature(layer.fields())
    north = 4380000 + 200 * number
    ring = ((36390000, north), (36390100, north), (36390100, north + 100), (36390000, north))
    new.setGeometry(QgsGeometry.fromWkt("MultiPolygon(((" + ",".join(f"{e} {n}" for e, n in ring) + ")))"))
    new["name"] = f"QGIS 新区{number}"
    assert layer.addFeature(new)
assert layer.deleteFeature(by_id["WD-W-0008"].id())
assert layer.commitChanges(), layer.commitErrors()
register = opened("zone_event")
assert register.startEditing()
register.deleteFeature(next(register.getFeatures()).id())
print("ANSWER" + json.dumps({"register deleted": register.commitChanges()}))
"""


def qgis(script: str, *arguments: str, home: Path) -> dict:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    done = subprocess.run(
        [str(PYTHON), "-c", BEGIN + script, *arguments],
        env=environment,
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    answers = [one for one in done.stdout.splitlines() if one.startswith("ANSWER")]
    assert answers, done.stderr
    return json.loads(answers[0].removeprefix("ANSWER"))


@pytest.fixture(scope="module", autouse=True)
def needs_qgis():
    if (
        PYTHON is None
        or subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False).returncode
    ):
        pytest.skip("QGIS with its Python is not installed")


def test_every_layer_opens_with_our_style_and_chinese_aliases(demo_path, tmp_path):
    with Workspace.open(demo_path, read_only=True) as ws:
        definitions = ws.definitions
        counts = {table: ws.count(table) for table in definitions}
    found = qgis(LOOK, str(demo_path), *definitions, home=tmp_path)
    for table, definition in definitions.items():
        assert found[table]["features"] == counts[table]
        assert all(found[table]["aliases"].values()), table
        if definition.geometry != "none":
            assert found[table]["crs"] == "EPSG:4524"
    zones = found["danger_zone"]
    assert {"LinePatternFill", "SimpleLine"} <= set(zones["kinds"])
    assert "地质灾害危险区（拟划）" in zones["rules"]
    assert zones["labels"]
    assert zones["lists"]["state"] == list(definitions["danger_zone"].by_name["state"].values)
    assert "PointPatternFill" in found["susceptibility_zone"]["kinds"]
    assert found["hazard_point"]["kinds"] == ["SvgMarker"]


def test_what_qgis_changes_joins_the_history_and_blocks_our_undo(demo_path, tmp_path):
    with Workspace.open(demo_path) as ws:
        (zone,) = ws.find("danger_zone", "id", "WD-W-0002")
        ws.apply(change_values(ws.definitions, [zone], {"reason": "我们改的"}))
        answer = qgis(EDIT, str(demo_path), home=tmp_path)
        assert answer == {"register deleted": False}
        told = {(one.before or one.after).text("name"): one for one in ws.poll()}
        kinds = {name: (one.before is not None, one.after is not None) for name, one in told.items()}
        assert kinds == {
            "五虎山东采空塌陷": (True, True),
            "黄白茨地裂缝": (True, True),
            "QGIS 新区0": (False, True),
            "QGIS 新区1": (False, True),
            "运煤大通道路堑滑坡": (True, False),
        }
        moved = told["五虎山东采空塌陷"]
        assert moved.after.geometry.bounds[0] - moved.before.geometry.bounds[0] == pytest.approx(5.0)
        reason = told["黄白茨地裂缝"]
        assert (reason.before["reason"], reason.after["reason"]) == ("我们改的", "QGIS 改的")
        assert [one.actor for one in ws.history() if one.kind == "foreign"] == ["其他程序"]
        ids = {one["name"]: one["id"] for one in ws.table("danger_zone")}
        assert [ids["QGIS 新区0"], ids["QGIS 新区1"]] == ["WD-W-0009", "WD-W-0010"]
        with pytest.raises(UndoRefused, match="其他程序"):
            ws.undo()
    assert not demo_path.with_name(f"{demo_path.name}-wal").exists()


SEE_STYLE = """
from qgis.core import QgsPalLayerSettings
layer = opened("danger_zone")
renderer = layer.renderer()
rules = renderer.rootRule().children()
symbols = [one.symbol() for one in rules]
colours = [[symbol[n].color().name() for n in range(symbol.symbolLayerCount())] for symbol in symbols]
settings = layer.labeling().settings()
properties = settings.dataDefinedProperties()
own = properties.property(QgsPalLayerSettings.Color)
print("ANSWER" + json.dumps({"colours": colours, "label": own.expressionString(), "active": own.isActive()}))
"""


def test_a_style_changed_here_is_what_qgis_shows_and_its_undo_too(demo_path, tmp_path):
    with Workspace.open(demo_path) as ws:
        QgisStyles(ws)
        mapping = copy.deepcopy(dict(ws.style("danger_zone")))
        mapping["rule"][0]["symbol"][2]["color"] = "#0033CC"
        ws.apply(change_style(ws, "danger_zone", mapping))
        changed = qgis(SEE_STYLE, str(demo_path), home=tmp_path)
        assert "#0033cc" in changed["colours"][0]
        assert changed["active"]
        assert "已撤销" in changed["label"]
        ws.undo()
        back = qgis(SEE_STYLE, str(demo_path), home=tmp_path)
        assert back["colours"][0] != changed["colours"][0]
        assert "#0033cc" not in back["colours"][0]
