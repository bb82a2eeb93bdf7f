"""A changed style is one style: screen, A3 sheet with its legend, web page and QGIS follow it alike."""

import copy
import json
import re
from dataclasses import replace

import pypdfium2
import pytest
from put_in import add
from PySide6.QtGui import QColor, QImage, QPainter
from shapely import LineString, Point, box

from geohazard_desktop.cartography.map_process.scene import MapScene
from geohazard_desktop.cartography.painter import paint_map
from geohazard_desktop.cartography.svg import map_svg
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.sheets.products import publish_map
from geohazard_desktop.publishing.sheets.sheet import SheetSpec, WarningSheet
from geohazard_desktop.publishing.web.page import publish_web
from geohazard_desktop.workspace.edits import change_style
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

E, N = 36_400_000.0, 4_370_000.0
OLD, NEW = "#D7000F", "#0033CC"


@pytest.fixture
def drawn(workspace):
    ws = workspace
    add(ws, "district", box(E, N, E + 8000, N + 12000), name="示例区")
    add(ws, "danger_zone", box(E + 2000, N + 3000, E + 6000, N + 8000), name="东坡", hazard_type="崩塌")
    shelter = add(ws, "shelter", Point(E + 7000, N + 3300), name="广场", capacity=300)
    add(ws, "evacuation_route", LineString([(E + 3300, N + 9000), (E + 7000, N + 3300)]), number="1", shelter=shelter)
    return ws


def restyled(ws):
    """Zones without a document (all of these) are blue, with another name in the legend."""
    mapping = copy.deepcopy(dict(ws.style("danger_zone")))
    for symbol in mapping["rule"][2]["symbol"][1:]:
        symbol["color"] = NEW
    mapping["rule"][2]["label"] = "蓝色的危险区"
    ws.apply(change_style(ws, "danger_zone", mapping))


def pixels(image, colour):
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(0, image.width()) for y in range(image.height()))


def screen(ws, view):
    """What the window's map process paints."""
    view = replace(view, dpi=96.0)
    scene = MapScene(ws.path)
    wide, high = (round(one / 25.4 * view.dpi) for one in (view.width_mm, view.height_mm))
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    paint_map(painter, view, scene.pictures(scene.layers()), labels=False)
    painter.end()
    scene.close()
    return image


def test_screen_and_sheet_show_the_same_new_colour(drawn, tmp_path):
    sheet = WarningSheet(drawn, SheetSpec())
    view = sheet.view
    before_screen, before_paper = screen(drawn, view), map_svg(view, sheet.layers.pictures)
    assert pixels(before_screen, OLD) > 100
    assert pixels(before_screen, NEW) == 0
    assert OLD.lower() in before_paper.lower()
    assert NEW.lower() not in before_paper.lower()
    restyled(drawn)
    sheet = WarningSheet(drawn, SheetSpec())
    after_screen, after_paper = screen(drawn, view), map_svg(view, sheet.layers.pictures)
    assert pixels(after_screen, NEW) > 100
    assert pixels(after_screen, OLD) == 0
    assert NEW.lower() in after_paper.lower()
    assert OLD.lower() not in after_paper.lower()


def test_the_printed_a3_sheet_and_its_legend_follow(drawn, tmp_path):
    restyled(drawn)
    publish_map(drawn, tmp_path / "图.pdf")
    with pypdfium2.PdfDocument(tmp_path / "图.pdf") as document:
        assert "蓝色的危险区" in document[0].get_textpage().get_text_range()
        page = document[0].render(scale=1.5).to_numpy().astype(int)
    blue = (page[..., 0] > 150) & (page[..., 1] < 110) & (page[..., 2] < 90)  # BGR
    red = (page[..., 2] > 170) & (page[..., 1] < 60) & (page[..., 0] < 60)
    map_block = (slice(None), slice(0, page.shape[1] * 6 // 10))
    assert blue[map_block].sum() > 500
    assert red[map_block].sum() < blue[map_block].sum() / 20
    items = [item for group in WarningSheet(drawn, SheetSpec()).form.legend for item in group.items]
    assert "蓝色的危险区" in [item.label for item in items]


def test_the_web_page_follows(drawn, tmp_path):
    before = publish_web(drawn, tmp_path / "前.html").files[0].read_text(encoding="utf-8")
    restyled(drawn)
    page = publish_web(drawn, tmp_path / "后.html").files[0].read_text(encoding="utf-8")
    assert NEW not in before
    changed = page.count(NEW)
    assert changed >= 4, "hatch and outline, on the map and in the legend"
    assert before.count(OLD) - page.count(OLD) == changed
    assert "蓝色的危险区" in page


def test_names_of_lifted_zones_have_their_own_colour_everywhere(drawn, tmp_path):
    grey, red = "#595959", "#B3001B"
    add(drawn, "danger_zone", box(E + 2000, N + 9000, E + 6000, N + 11000), name="西坡", hazard_type="滑坡")
    lifted = drawn.find("danger_zone", "name", "西坡")[0]
    for step in ("已划定", "已公告", "已设警示", "已撤销"):
        facts = {"document_no": "示〔2026〕1号", "date": "2026-06-01", "actor": "示例区人民政府"}
        add(drawn, "zone_event", None, danger_zone=lifted.uid, step=step, **facts)
    sheet = WarningSheet(drawn, SheetSpec())
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    report = paint_map(painter, sheet.view, sheet.layers.pictures)
    painter.end()
    colours = {one.text: one.color for one in report.labels}
    assert colours["西坡"] == grey
    assert colours["东坡"] == red
    data = re.search(
        r'"labelColors":\s*(\[[^\]]*\])', publish_web(drawn, tmp_path / "a.html").files[0].read_text("utf-8")
    )
    assert data is not None
    assert json.loads(data.group(1)) == ["", grey, ""]


def test_a_broken_style_is_printed_by_default_and_told_as_a_problem(drawn, tmp_path):
    row = Feature("style", new_uid(), None, {"table_name": "danger_zone", "toml": "[style\n"})
    drawn.apply(Edit("样式", [inserted(row)]))
    report = publish_map(drawn, tmp_path / "图.pdf")
    assert any("危险区" in one and "默认样式" in one for one in report.problems)
    assert (
        OLD.lower()
        in map_svg(
            WarningSheet(drawn, SheetSpec()).view,
            WarningSheet(drawn, SheetSpec()).layers.pictures,
        ).lower()
    )


def test_no_persons_phone_gets_onto_a_public_sheet_by_a_label(drawn, tmp_path):
    zone = drawn.find("danger_zone", "name", "东坡")[0]
    drawn.apply(
        change_values_of(drawn, zone, patrol_person="李示例", patrol_phone="139 0000 0001"),
    )
    mapping = copy.deepcopy(dict(drawn.style("danger_zone")))
    mapping["label"] |= {"text": "{name}", "second": "{patrol_person} · {patrol_phone} · {hazard_type}"}
    drawn.apply(change_style(drawn, "danger_zone", mapping))
    public = MapLayers(drawn, personal_labels=False)
    label = next(one.style.label for one in public.pictures if one.layer == "danger_zone")
    assert (label.text, label.second) == ("{name}", "{hazard_type}")
    report = publish_map(drawn, tmp_path / "公开.pdf", profile="public")
    with pypdfium2.PdfDocument(tmp_path / "公开.pdf") as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "李示例" not in text
    assert "0001" not in text.replace(" ", "")
    assert any("个人信息" in one and "危险区" in one for one in report.notes)
    internal = publish_map(drawn, tmp_path / "内部.pdf")
    assert not any("个人信息" in one for one in internal.notes)


def change_values_of(ws, feature, **values):
    from geohazard_desktop.workspace.edits import change_values

    return change_values(ws.definitions, [feature], values)
