"""The web page in the window's own engine: it paints, answers a tap, asks for nothing and runs no value."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from put_in import add
from shapely import LineString, Point, box

from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.domain.walking import walkers
from geohazard_desktop.publishing.web.page import publish_web
from geohazard_desktop.workspace.edits import change_values

E, N = 36_400_000.0, 4_370_000.0
NAME = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>{{7*7}}`${window.ran=1}`'

# The engine needs an application of its own and leaves processes behind when it is torn down in a test.
BROWSER = """
import json, sys
from PySide6.QtCore import QEventLoop, QTimer, QUrl
from PySide6.QtWidgets import QApplication
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineUrlRequestInterceptor
from PySide6.QtWebEngineWidgets import QWebEngineView

told, asked = [], []

class Page(QWebEnginePage):
    def javaScriptConsoleMessage(self, level, message, line, source):
        told.append(f"{message} ({line})")

class Asked(QWebEngineUrlRequestInterceptor):
    def interceptRequest(self, info):
        asked.append(info.requestUrl().scheme())

def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

def run(code):
    found = []
    loop = QEventLoop()
    page.runJavaScript(code, 0, lambda result: (found.append(result), loop.quit()))
    QTimer.singleShot(20000, loop.quit)
    loop.exec()
    return found[0] if found else None

application = QApplication(sys.argv)
view = QWebEngineView()
profile = QWebEngineProfile(view)
interceptor = Asked(profile)
profile.setUrlRequestInterceptor(interceptor)
page = Page(profile, view)
view.setPage(page)
view.resize(int(sys.argv[2]), int(sys.argv[3]))
view.show()
loop = QEventLoop()
page.loadFinished.connect(loop.quit)
QTimer.singleShot(60000, loop.quit)
page.load(QUrl.fromLocalFile(sys.argv[1]))
loop.exec()
wait(800)
answers = [run(code) for code in json.loads(sys.argv[4])]
if len(sys.argv) > 5:  # onto A4
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize
    sheet = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(10, 10, 10, 10))
    page.pdfPrintingFinished.connect(loop.quit)
    page.printToPdf(sys.argv[5], sheet)
    loop.exec()
print("ANSWERS" + json.dumps({"told": told, "asked": sorted(set(asked)), "answers": answers}))
view.hide()
import os
sys.stdout.flush()
os._exit(0)
"""
MAP = "window[Object.keys(window).find((key) => key.startsWith('map_'))]"
TAP = f"""(() => {{
    const map = {MAP}, at = map.latLngToLayerPoint(map.getCenter());
    map.fire('click', {{latlng: map.getCenter(), layerPoint: at, originalEvent: {{pointerType: 'touch'}}}});
    return document.getElementById('card').innerText;
}})()"""
COLOURS = """(() => {
    const canvas = document.querySelector('canvas'), found = new Set();
    const all = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    for (let i = 0; i < all.length; i += 4) found.add(all[i] * 65536 + all[i + 1] * 256 + all[i + 2]);
    return [0xD7000F, 0x1B6E45].map((one) => found.has(one)).join();
})()"""


@pytest.fixture
def page(workspace, tmp_path) -> Path:
    add(workspace, "district", box(E, N, E + 2000, N + 2000), name="示例区")
    zone = add(
        workspace, "danger_zone", box(E + 600, N + 600, E + 1400, N + 1400), name=NAME, hazard_type="崩塌", reason=NAME
    )
    shelter = add(workspace, "shelter", Point(E + 1900, N + 1000), name="广场")
    line = LineString([(E + 1200, N + 1200), (E + 1900, N + 1000)])
    add(workspace, "evacuation_route", line, number="1", danger_zone=zone, shelter=shelter)
    out = tmp_path / "网页 地图.html"
    publish_web(workspace, out)
    return out


# Text and ground of every word that is seen, as WCAG 2.2 measures them (1.4.6): those below 7 : 1.
FAINT = """(() => {
    const parts = (colour) => [...colour.match(/[\\d.]+/g).map(Number), 1].slice(0, 4);
    const light = (colour) => colour.slice(0, 3).map((one) => one / 255)
        .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
        .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = (node) => {
        for (let one = node; one; one = one.parentElement) {
            const found = parts(getComputedStyle(one).backgroundColor);
            if (found[3] > 0.75) return found;
        }
        return [255, 255, 255, 1];
    };
    const found = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let words = 0;
    while (walk.nextNode()) {
        const text = walk.currentNode.textContent.trim(), node = walk.currentNode.parentElement;
        if (!text || !node.checkVisibility() || node.closest("script, noscript, svg")) continue;
        words += 1;
        const pair = [light(parts(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => a - b);
        if ((pair[1] + 0.05) / (pair[0] + 0.05) < 7) found.add(text.slice(0, 20) + " " + getComputedStyle(node).color);
    }
    return [words, ...found].join("|");
})()"""
OPEN_PANEL = "document.getElementById('open-panel').click()"


def opened(page: Path, size: tuple[int, int], questions: list[str], *paper: str) -> dict:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu"}
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        env["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    words = [sys.executable, "-c", BROWSER, str(page), *map(str, size), json.dumps(questions), *paper]
    done = subprocess.run(words, env=env, capture_output=True, encoding="utf-8", timeout=180, check=False)
    assert "ANSWERS" in done.stdout, done.stderr[-2000:]
    return json.loads(done.stdout.split("ANSWERS")[1])


@pytest.mark.window
@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
def test_the_page_paints_answers_a_tap_and_asks_for_nothing(page, size):
    found = opened(page, size, [COLOURS, TAP, "window.ran === undefined", "document.querySelectorAll('img').length"])
    assert found["told"] == []
    assert set(found["asked"]) <= {"file", "data"}
    colours, card, unharmed, pictures = found["answers"]
    assert colours == "true,true"  # the zone's red and the route's green
    assert NAME in card
    assert "危险区" in card
    assert unharmed is True
    assert pictures == 0


HERE = f"""((east, north) => {{
    const map = {MAP}, data = JSON.parse(document.getElementById('workspace').textContent);
    const [[south, west], [top, right]] = data.bounds;
    const place = L.latLng(south + (top - south) * north, west + (right - west) * east);
    document.getElementById('here').click();
    const touch = {{pointerType: 'touch'}};
    map.fire('click', {{latlng: place, layerPoint: map.latLngToLayerPoint(place), originalEvent: touch}});
    return document.getElementById('card').innerText;
}})"""
FIND = """((typed) => {
    const field = document.getElementById('find-words');
    field.value = typed; field.dispatchEvent(new Event('input'));
    return document.getElementById('found').innerText;
})"""
WAYS = [0.0, 0.4, 0.5, 4.0, 9.4, 9.5, 14.9, 15.0, 25.0, 48.0, 60.0, 60.1, 480.0, 480.01, 995.0, 1234.5]
TARGETS = """(() => [...document.querySelectorAll('button, #find input, .leaflet-bar a')]
    .filter((one) => one.offsetParent && (one.offsetHeight < 44 || one.offsetWidth < 44))
    .map((one) => one.outerHTML).join())()"""


def test_a_phone_finds_by_initials_and_tells_the_way_out_from_here(page):
    questions = [f"{FIND}('gc')", f"{FIND}('没有这个')", f"{HERE}(0.5, 0.5)", f"{HERE}(0.7, 0.9)", TARGETS]
    speeds = [one.metres_per_second for one in walkers()]
    questions += [
        f"{WAYS}.map(wayMetres).join()",
        f"{WAYS}.map((one) => {speeds}.map((speed) => wayMinutes(one, speed))).join()",
    ]
    found = opened(page, (360, 640), questions)
    assert found["told"] == []
    shelter, nothing, inside, outside, small, metres, minutes = found["answers"]
    assert metres == ",".join(str(way_metres(one)) for one in WAYS), "as paper rounds"
    assert minutes == ",".join(str(one.minutes(way)) for way in WAYS for one in walkers())
    assert shelter.startswith("广场")
    assert "没有找到" in nothing
    # From the zone's middle (1000, 1000): 283 m to the route's start at (1200, 1200), 728 m along it.
    assert "您在危险区里" in inside
    assert "约 280 米（直线，没有量过路）" in inside
    assert "约 730 米" in inside
    assert "常人 17 分钟" in inside
    assert "慢行 34 分钟" in inside
    # From outside, at (1400, 1800), nobody is sent to the part of the route that lies in the zone.
    assert "您在危险区里" not in outside
    along = int(re.search(r"再沿路线走\s+约 (\d+) 米", outside).group(1))
    assert 330 <= along <= 370  # of 728 m in all
    assert not small


@pytest.mark.window
def test_a_phone_sends_nobody_along_a_way_that_is_to_be_asked_about(workspace, page):
    (route,) = workspace.table("evacuation_route")
    workspace.apply(change_values(workspace.definitions, [route], {"passable": "车辆"}))
    # Beside it a zone whose shelter is closed, and a route of no zone that could be walked.
    zone = add(workspace, "danger_zone", box(E + 50, N + 600, E + 550, N + 1400), name="西坡", hazard_type="崩塌")
    over = add(workspace, "shelter", Point(E + 300, N + 1800), name="旧广场", closed_on="2026-01-01")
    line = LineString([(E + 300, N + 1300), (E + 300, N + 1800)])
    add(workspace, "evacuation_route", line, number="2", danger_zone=zone, shelter=over)
    add(workspace, "evacuation_route", LineString([(E + 300, N + 500), (E + 300, N + 100)]), number="3")
    publish_web(workspace, page)
    found = opened(page, (360, 640), [f"{HERE}(0.5, 0.5)", f"{HERE}(0.15, 0.5)"])
    assert found["told"] == []
    told, closed = found["answers"]
    assert "旧广场已经停用，不要再去，先打电话问清再走" in closed
    assert "西坡。听到信号，先打电话问清再走。" in closed
    assert "分钟" not in closed
    assert "先打电话问清再走" in told
    assert "听到信号，先打电话问清再走。" in told
    assert "分钟" not in told
    assert "马上走" not in told


@pytest.mark.window
def test_words_can_be_read_in_the_sun_and_the_page_prints_on_one_a4(page, tmp_path):
    paper = tmp_path / "纸.pdf"
    found = opened(page, (390, 844), [FAINT, OPEN_PANEL, FAINT, TAP, FAINT], str(paper))
    for number in (0, 2, 4):
        words, *faint = found["answers"][number].split("|")
        assert int(words) > 5
        assert faint == [""] or not faint
    assert found["told"] == []
    with pypdfium2.PdfDocument(paper) as document:
        assert len(document) == 1
        sheet = document[0]
        assert [round(one / 72 * 25.4) for one in sheet.get_size()] == [210, 297]
        text = sheet.get_textpage().get_text_range()
        picture = sheet.render(scale=100 / 72).to_numpy()
    # Title, what it is for, the legend of what the map shows, the duty line or its lack; nothing to press.
    places = [text.index(words) for words in ("示例区地质灾害防治图", "内部用图", "图层和图例", "拟划的危险区")]
    assert places == sorted(places)
    for button in ("我在这里", "全图", "放大后显示"):
        assert button not in text
    # The map is drawn anew for the paper: as wide as it, in its own colours.
    red = (abs(picture[:, :, :3].astype(int) - [15, 0, 215]).max(axis=2) < 40).nonzero()  # blue, green, red
    assert red[1].max() - red[1].min() > 0.2 * picture.shape[1]
