"""The workspace in the real QGIS, where it is installed: style and aliases load by themselves, edits join the history.

QGIS has its bindings for the system's Python alone, so it runs as another program, as it does on an officer's desk.
"""

import copy
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from geohazard_desktop.analysis.shape_columns import with_measures
from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.painter import paint_map
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.qgis_styles import QgisStyles
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.view import MapView
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
PAINT = """
from qgis.core import (QgsExpressionContext, QgsExpressionContextUtils, QgsMapRendererSequentialJob, QgsMapSettings,
                       QgsRectangle)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
scenes = json.load(open(sys.argv[2], encoding="utf-8"))
for scene in scenes["scenes"]:
    layer = opened(scene["layer"])
    layer.setLabelsEnabled(False)
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(scenes["width"], scenes["height"]))
    settings.setOutputDpi(96)
    settings.setExtent(QgsRectangle(*scene["bounds"]))
    settings.setDestinationCrs(layer.crs())
    settings.setBackgroundColor(QColor("white"))
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    assert job.renderedImage().save(scene["file"])
print("ANSWER" + json.dumps(len(scenes["scenes"])))
"""
CHOOSE = """
from qgis.core import (QgsExpression, QgsExpressionContext, QgsExpressionContextUtils, QgsProject, QgsRenderContext)
found = {}
for name in sys.argv[2:]:
    layer = opened(name)
    QgsProject.instance().setCrs(layer.crs(), True)  # with its ellipsoid, as the first layer of a project sets it
    context = QgsRenderContext()
    context.expressionContext().appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    renderer = layer.renderer().clone()
    renderer.startRender(context, layer.fields())
    labelling = layer.labeling()
    text = QgsExpression(labelling.settings().fieldName) if labelling else None
    if text:
        text.prepare(context.expressionContext())
    for one in layer.getFeatures():
        context.expressionContext().setFeature(one)
        keys = renderer.legendKeysForFeature(one, context)
        root = renderer.rootRule() if renderer.type() == "RuleRenderer" else None
        rules = [rule.label() for rule in map(root.findRuleByKey, keys) if rule.label()] if root else []
        said = text.evaluate(context.expressionContext()) if text else ""
        found[name + " " + one["uid"]] = [rules, said if isinstance(said, str) else ""]
    renderer.stopRender(context)
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
    assert "拟划的危险区" in zones["rules"]
    assert zones["labels"]
    assert zones["lists"]["state"] == list(definitions["danger_zone"].by_name["state"].values)
    assert "PointPatternFill" in found["susceptibility_zone"]["kinds"]
    assert found["hazard_point"]["kinds"] == ["SvgMarker"]


WIDTH, HEIGHT = 384, 288
SCENE, SHEET = 20_000.0, 100_000.0  # most layers are drawn at the one; the other is the scale of a district's sheet
BLOCK = 16  # pixels: what the eye sees as one spot of texture
Picture = NDArray[np.float32]


def scenes(ws: Workspace, folder: Path) -> Iterator[tuple[dict[str, Any], Picture]]:
    """For each rule that a layer uses: where to look, and what our painter shows there."""
    for table, definition in ws.definitions.items():
        if definition.geometry == "none" or not ws.count(table):
            continue
        style = Style.parse(ws.style(table), table)
        picture = LayerPicture(definition, style, ws.table(table))
        for rule in sorted(set(picture.rules.tolist())):
            shape = picture.geometries[int(np.flatnonzero(picture.rules == rule)[0])]
            edge = shapely.boundary(shape) if definition.geometry == "polygon" else shape
            point = definition.geometry == "point"
            place = shapely.centroid(shape) if point else shapely.line_interpolate_point(edge, 0.4, normalized=True)
            scales = {min(SCENE, style.maximum_scale_denominator or SCENE)}
            if point and style.shown_at(SHEET):
                scales.add(SHEET)  # where symbols of places are smaller
            for scale in sorted(scales):
                view = MapView((place.x, place.y), scale, WIDTH * 25.4 / 96, HEIGHT * 25.4 / 96, 96.0)
                image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
                image.fill(0xFFFFFFFF)
                painter = QPainter(image)
                paint_map(painter, view, [picture], labels=False)
                painter.end()
                file = str(folder / f"{table}-{rule}-{scale:.0f}.png")
                yield {"layer": table, "rule": rule, "bounds": view.bounds, "file": file}, pixels(image)


def pixels(image: QImage) -> Picture:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), 2::-1].astype(np.float32) / 255


def blocks(picture: Picture) -> Picture:
    """Mean colours of small squares: a hatch or a dot may begin elsewhere in QGIS, its colour and density may not."""
    rows, columns = HEIGHT // BLOCK, WIDTH // BLOCK
    return picture[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK, 3).mean(axis=(1, 3))


def differs(ours: Picture, theirs: Picture) -> str:
    """How two pictures of the same scene differ to the eye; "" when they don't."""
    apart = np.abs(blocks(ours) - blocks(theirs))
    ink = [float((1 - one.min(axis=2)).mean()) for one in (ours, theirs)]
    if min(ink) < 0.00003:
        return f"nothing is drawn: {ink}"
    if apart.mean() > 0.01 or apart.max() > 0.2:
        return f"colours differ by {apart.mean():.3f}, at most {apart.max():.2f}"
    if max(ink) > 1.25 * min(ink) + 0.001:
        return f"one has more ink than the other: {ink}"
    return ""


def test_each_rule_of_each_layer_looks_in_qgis_as_it_looks_here(demo_path, tmp_path):
    ensure_application()
    with Workspace.open(demo_path, read_only=True) as ws:
        made = list(scenes(ws, tmp_path))
    assert len(made) > 35
    order = tmp_path / "scenes.json"
    order.write_text(
        json.dumps({"width": WIDTH, "height": HEIGHT, "scenes": [scene for scene, _picture in made]}), encoding="utf-8"
    )
    assert qgis(PAINT, str(demo_path), str(order), home=tmp_path) == len(made)
    theirs = {scene["file"]: pixels(QImage(scene["file"])) for scene, _picture in made}
    told = {Path(one["file"]).stem: differs(ours, theirs[one["file"]]) for one, ours in made}
    assert {name: words for name, words in told.items() if words} == {}
    # A comparison that could not fail would prove nothing: no layer looks like the next one.
    files = [scene["file"] for scene, _picture in made]
    confused = [
        scene["file"]
        for (scene, ours), other in zip(made, files[1:], strict=False)
        if not differs(ours, theirs[other]) and Path(other).stem.split("-")[0] != scene["layer"]
    ]
    assert len(confused) < 0.15 * len(made)


def test_each_feature_has_the_same_rule_and_name_in_qgis(demo_path, tmp_path):
    with Workspace.open(demo_path, read_only=True) as ws:
        layers = [one.table for one in ws.definitions.values() if one.geometry != "none" and ws.count(one.table)]
        styles = {one: Style.parse(ws.style(one), one) for one in layers}
        features = [feature for one in layers for feature in ws.table(one)]
        titles = {one: ws.definitions[one].title for one in layers}
    answers = qgis(CHOOSE, str(demo_path), *layers, home=tmp_path)
    assert len(answers) == len(features) > 3000
    for one in features:
        style = styles[one.layer]
        rules, said = answers[f"{one.layer} {one.uid}"]
        rule = style.rule_for(one.values)
        assert rule is not None
        if rules:  # a marker named after a field has a rule for each of its values there: 地面塌陷·大型
            assert [words.split("·")[0] for words in rules] == [rule.label or titles[one.layer]], one
        if style.label is not None:
            lines = [style.label.text_of(one.values), style.label.second_of(one.values)]
            assert said == "\n".join(line for line in lines if line), one


MEASURED = {
    "danger_zone": {
        "rule": [
            {
                "label": "大而有名",
                "where": [{"field": "面积:公顷", "minimum": 5}, {"field": "name", "contains": "沟"}],
                "symbol": [{"kind": "fill", "color": "#B3001B"}],
            },
            {
                "label": "不大且没写原因",
                "where": [{"field": "周长:km", "minimum": 1.2, "not": True}, {"field": "reason", "empty": True}],
                "symbol": [{"kind": "fill", "color": "#1B6CA8"}],
            },
            {
                "label": "别的灾",
                "where": {"field": "hazard_type", "in": ["滑坡", "崩塌"], "not": True},
                "symbol": [{"kind": "fill", "color": "#1B6E45"}],
            },
            {"label": "其余", "symbol": [{"kind": "fill", "color": "#8C8C8C"}]},
        ],
        "label": {
            "text": "{name} · {面积:公顷:2}",
            "second": "{面积:亩:1} · 周长 {周长} · 需转移 {must_move_people:0} 人",
        },
    },
    "evacuation_route": {
        "rule": [
            {"label": "远", "where": {"field": "长度:km", "minimum": 0.8}, "symbol": [{"kind": "stroke"}]},
            {"label": "近", "symbol": [{"kind": "stroke", "width": 0.5}]},
        ],
        "label": {"text": "{长度:公里:2}", "second": "{长度:0}", "placement": "line"},
    },
}


def test_what_shapes_measure_and_several_conditions_choose_the_same_in_qgis(demo_path, tmp_path):
    told = {}
    with Workspace.open(demo_path) as ws:
        QgisStyles(ws)
        for layer, mapping in MEASURED.items():
            ws.apply(change_style(ws, layer, mapping))
            style = Style.parse(ws.style(layer), layer)
            for one in with_measures(ws.table(layer), style.measures, ws.epsg):
                lines = [style.label.text_of(one.values), style.label.second_of(one.values)]
                told[f"{layer} {one.uid}"] = [[style.rule_for(one.values).label], "\n".join(filter(None, lines))]
    assert {rules[0] for rules, _said in told.values()} >= {"大而有名", "别的灾", "其余", "远", "近"}
    assert any("公顷" in said and "亩" in said for _rules, said in told.values())
    assert qgis(CHOOSE, str(demo_path), *MEASURED, home=tmp_path) == told


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
