"""The finished page inside the window: it loads itself, and nothing else from anywhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from geohazard_desktop.desktop.papers import web_page

DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"  # one pixel wide

# The engine needs an application of its own and leaves processes behind when it is torn down in a test.
SHOWN = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from geohazard_desktop.desktop.start import application
from geohazard_desktop.desktop.papers.web_page import WebPage

app = application()
page = WebPage()
page.resize(640, 400)
page.show()
told = []

def load(path):
    loop = QEventLoop()
    page.loaded.connect(lambda good: (told.append(good), loop.quit()))
    page.show_file(Path(path))
    QTimer.singleShot(40_000, loop.quit)
    loop.exec()

def run(code):
    found = []
    loop = QEventLoop()
    page._view.page().runJavaScript(code, 0, lambda result: (found.append(result), loop.quit()))
    QTimer.singleShot(20_000, loop.quit)
    loop.exec()
    return found[0]

load(sys.argv[1])
seen = run("JSON.stringify([String(window.ran), [...document.images].map(one => one.naturalWidth)])")
run("location.href = 'http://127.0.0.1:9/elsewhere.html'")
place = run("location.href")
print(json.dumps({"loaded": told[:1], "seen": json.loads(seen), "stays": place.startswith("file:")}))
page.let_go()
"""


def test_the_page_loads_itself_and_what_it_asks_for_beside_is_refused(tmp_path: Path):
    beside = tmp_path / "别的.js"
    beside.write_text("window.ran = 1", encoding="utf-8")
    shown = tmp_path / "警示 图#1.html"
    shown.write_text(
        '<meta charset="utf-8"><h1>示意</h1><script src="别的.js"></script>'
        '<img src="http://127.0.0.1:9/a.png"><img src="' + DOT + '">',
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-c", SHOWN, str(shown)],
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    # Its own picture has a width; the script beside it did not run; the picture from elsewhere did not come.
    assert answer == {"loaded": [True], "seen": ["undefined", [0, 1]], "stays": True}


@pytest.mark.parametrize(
    ("error", "why"),
    [
        ("libQt6WebEngineCore.so.6: undefined symbol: gbm_bo_get_fd_for_plane", "图形库太旧"),
        ("libnss3.so: cannot open shared object file: No such file or directory", "缺少网页引擎要的库"),
    ],
)
def test_where_the_engine_does_not_load_the_page_says_so_once_and_nothing_breaks(error, why, tmp_path, monkeypatch):
    """统信 20 and Debian 10: glibc is new enough, the graphics libraries are not."""

    def fails() -> None:
        raise ImportError(error)

    monkeypatch.setattr(web_page, "_engine", fails)
    page = web_page.WebPage()
    for name in ("网页.html", "公开网页.html"):
        page.show_file(tmp_path / name)
    assert page.path == tmp_path / "公开网页.html"
    said = [one for one in page.findChildren(QLabel) if "用浏览器打开" in one.text()]
    assert said == [page.excuse]
    assert why in page.excuse.text()
    page.let_go()
