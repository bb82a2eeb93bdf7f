"""Tiles of a service: nothing waits for the network, every disappointment is a sentence, what came once is kept."""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from made_rasters import EAST, EPSG, NORTH, picture
from PySide6.QtGui import QColor, QImage, QPainter

from geohazard_desktop.cartography.base_maps.fetching import AT_ONCE, fetch_tile
from geohazard_desktop.cartography.base_maps.painting import BaseMapPainter, BaseMapReport, base_map_image
from geohazard_desktop.cartography.base_maps.probe import tried_service
from geohazard_desktop.cartography.base_maps.spec import BaseMap
from geohazard_desktop.cartography.base_maps.tile_cache import FILE, TileCache
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.user_folders import cache_folder

GREEN = picture("#00FF00")
Answerer = Callable[[BaseHTTPRequestHandler], None]


def send(request: BaseHTTPRequestHandler, status: int, body: bytes, kind: str = "image/png") -> None:
    request.send_response(status)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


@dataclass
class Server:
    url: str = ""
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    answer: Answerer = lambda request: send(request, 200, GREEN)

    def map(self, **words) -> BaseMap:
        return BaseMap("s", "测试图", "service", self.url + "/{z}/{x}/{y}.png", max_zoom=16, **words)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The servers of these tests are on this machine."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def server() -> Iterator[Server]:
    state, mutex = Server(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            with mutex:
                state.asked.append(self.path)
                state.agents.add(self.headers["User-Agent"])
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                state.answer(self)

        def log_message(self, *_words):
            """Not into the tests' output."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    state.url = f"http://127.0.0.1:{http.server_port}"
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield state
    http.shutdown()
    http.server_close()


def view(pixel: float = 4.0) -> MapView:
    mm = 400 / (96 / 25.4)
    return MapView((EAST, NORTH), pixel * 1000 * 96 / 25.4, mm, mm, 96)


def once(painter: BaseMapPainter, one: BaseMap, seen: MapView) -> tuple[QImage, BaseMapReport]:
    """One painting as the window does it."""
    image = QImage(400, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    brush = QPainter(image)
    steps = painter.painting(brush, seen, [one])
    while True:
        try:
            next(steps)
        except StopIteration as end:
            brush.end()
            return image, end.value


def shown(one: BaseMap, seconds: float = 15.0) -> tuple[QImage, BaseMapReport]:
    return base_map_image(view(), [one], EPSG, dpi=96, seconds=seconds)


def is_green(image: QImage) -> bool:
    return all(image.pixelColor(x, y) == QColor("#00FF00") for x in (3, 200, 396) for y in (3, 200, 396))


def test_tiles_come_in_the_background_and_the_map_is_told(server):
    told = threading.Event()
    painter = BaseMapPainter(EPSG, told.set)
    _image, report = once(painter, server.map(), view())
    assert report.pending
    for _again in range(20):
        assert told.wait(10)
        told.clear()
        image, report = once(painter, server.map(), view())
        if not report.pending:
            break
    assert is_green(image)
    assert (report.problems, report.attributions) == ({}, ["测试图"])
    painter.close()


def test_the_program_is_polite(server):
    waiting, most, lock = 0, 0, threading.Lock()

    def slowly(request):
        # Counted until the answer goes out: behind it the next may come before this thread has ended.
        nonlocal waiting, most
        with lock:
            waiting += 1
            most = max(most, waiting)
        time.sleep(0.05)
        with lock:
            waiting -= 1
        send(request, 200, GREEN)

    server.answer = slowly
    image, _report = shown(server.map())
    assert is_green(image)
    assert 1 < most <= AT_ONCE
    assert len(server.asked) == len(set(server.asked))
    assert all(one.startswith("geohazard_desktop/") for one in server.agents)


def test_what_came_once_is_not_asked_for_again_and_is_there_without_network(server):
    shown(server.map())
    asked = len(server.asked)
    image, report = shown(server.map())
    assert len(server.asked) == asked
    assert is_green(image)
    assert report.problems == {}


def _age(days: float) -> None:
    with sqlite3.connect(cache_folder() / FILE) as sql:
        sql.execute("UPDATE tile SET fetched = fetched - ?, expires = 0", (days * 86_400,))
    sql.close()


def test_offline_the_old_tiles_are_shown_with_their_age(server):
    shown(server.map())
    _age(30)
    server.answer = lambda request: send(request, 502, b"", "text/plain")
    image, report = shown(server.map())
    assert is_green(image)
    day = time.strftime("%Y-%m-%d", time.localtime(time.time() - 30 * 86_400))
    assert report.problems["s"] == f"测试图：127.0.0.1 出错了（502）。图上是 {day} 存下的。"


def test_no_server_at_all():
    one = BaseMap("s", "测试图", "service", "http://127.0.0.1:9/{z}/{x}/{y}.png")
    _image, report = shown(one)
    assert not report.pending, "nothing is waited for"
    assert report.problems["s"] == "测试图：127.0.0.1 没有开着。本机没有存下这一带的图。"


def test_an_unknown_host(monkeypatch):
    import socket

    def unknown(*_words, **_more):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    _image, report = shown(BaseMap("s", "测试图", "service", "http://tiles.invalid/{z}/{x}/{y}.png"))
    assert report.problems["s"] == ("测试图：连不上 tiles.invalid，没有网络或网址写错了。本机没有存下这一带的图。")


HTML = "<!DOCTYPE html><html><body>请先登录</body></html>".encode()
WRONG_KEY = '{"msg":"非法Key SECRET","code":1}'.encode()


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (403, WRONG_KEY, "测试图：127.0.0.1 不认这个密钥（403：非法Key ***）。本机没有存下这一带的图。"),
        (403, HTML, "测试图：127.0.0.1 不认这个密钥（403：请先登录）。本机没有存下这一带的图。"),
        (200, HTML, "测试图：127.0.0.1 送来的是网页，不是图片，多半要先登录单位的上网认证。本机没有存下这一带的图。"),
        (200, WRONG_KEY, "测试图：127.0.0.1 送来的不是图片：非法Key ***。本机没有存下这一带的图。"),
        (429, b"", "测试图：127.0.0.1 嫌取得太多，过几分钟再试（429）。本机没有存下这一带的图。"),
        (500, b"", "测试图：127.0.0.1 出错了（500）。本机没有存下这一带的图。"),
        (404, b"", "测试图：127.0.0.1 说没有这一带的图（404），请核对网址，或换个比例尺。"),
        (200, b"\x89PNG\r\n broken", "测试图里有"),
    ],
)
def test_each_way_to_disappoint_is_one_sentence(server, status, body, sentence, caplog):
    server.answer = lambda request: send(request, status, body, "text/html")
    one = replace(server.map(), source=server.url + "/{z}/{x}/{y}?tk={key}", key="SECRET")
    image, report = shown(one)
    assert report.problems["s"].startswith(sentence)
    assert image.pixelColor(200, 200).alpha() == 0
    assert not any("SECRET" in record.getMessage() for record in caplog.records)


def test_a_failing_service_is_left_alone_for_a_while(server):
    server.answer = lambda request: send(request, 500, b"")
    painter = BaseMapPainter(EPSG)
    for _frame in range(15):
        once(painter, server.map(), view())
        time.sleep(0.05)
    assert len(server.asked) <= 3 + AT_ONCE
    asked = len(server.asked)
    server.answer = lambda request: send(request, 200, GREEN)
    painter.retry()
    _image, report = once(painter, server.map(), view())
    assert report.pending
    end = time.monotonic() + 10
    while len(server.asked) == asked and time.monotonic() < end:
        time.sleep(0.02)
    assert len(server.asked) > asked
    painter.close()


def test_a_slow_server_holds_up_neither_the_painter_nor_paper(server, monkeypatch):
    gate = threading.Event()
    gone_on: list[bool] = []

    def stuck(request):
        gone_on.append(gate.wait(60))
        send(request, 200, GREEN)

    server.answer = stuck
    painter = BaseMapPainter(EPSG)
    _image, report = once(painter, server.map(), view())
    assert report.pending
    painter.close()
    _image, report = shown(server.map(), seconds=1.0)
    assert report.pending
    assert not gone_on, "no answer was waited for"
    gate.set()


def test_a_server_that_never_answers_is_given_up(server):
    server.answer = lambda _request: time.sleep(3)
    found = fetch_tile(server.map(), 3, 6, 3, timeout=0.5)
    assert found.fault == "127.0.0.1 在 0.5 秒里没有回应"
    assert found.offline


def test_a_coarser_tile_stands_in_until_the_right_one_comes(server):
    """Seen once far out; then near, while the server is busy."""
    base_map_image(view(32.0), [server.map()], EPSG, dpi=96)
    gate = threading.Event()

    def stuck(request):
        gate.wait(10)
        send(request, 200, picture("#0000FF"))

    server.answer = stuck
    told = threading.Event()
    painter = BaseMapPainter(EPSG, told.set)
    image, report = once(painter, server.map(), view(4.0))
    assert report.pending
    assert is_green(image)
    gate.set()
    end = time.monotonic() + 15
    while report.pending and time.monotonic() < end:
        told.wait(1)
        image, report = once(painter, server.map(), view(4.0))
    assert image.pixelColor(200, 200) == QColor("#0000FF")
    painter.close()


def test_without_a_key_nothing_is_asked(server):
    one = replace(server.map(), source=server.url + "/{z}/{x}/{y}?tk={key}")
    _image, report = shown(one)
    assert report.problems["s"] == "测试图要有密钥才能取图：请在底图的“改……”里填上本单位的密钥。"
    assert server.asked == []


def test_trying_a_service_says_what_came(server):
    tested = tried_service(server.map(), 106.7, 39.5)
    assert tested.image is not None
    assert tested.sentence.startswith("取到了：第 12 级，256 × 256，用了 ")
    server.answer = lambda request: send(request, 403, WRONG_KEY)
    tested = tried_service(replace(server.map(), source=server.url + "/{z}/{x}/{y}?{key}", key="k"), 106.7, 39.5)
    assert tested.image is None
    assert tested.sentence.startswith("127.0.0.1 不认这个密钥（403：非法Key")


def test_the_cache_is_bounded_and_a_broken_one_is_made_anew(tmp_path):
    cache = TileCache(tmp_path / "c.sqlite", largest=100_000)
    for number in range(900):
        cache.put("a", 5, number, 0, bytes(1000), 0.0)
    kept = [number for number in range(900) if cache.get("a", 5, number, 0) is not None]
    assert 899 in kept
    assert len(kept) < 600
    cache.close()
    (tmp_path / "c.sqlite").write_bytes(b"not a database at all" * 100)
    cache = TileCache(tmp_path / "c.sqlite")
    assert cache.get("a", 5, 1, 0) is None
    cache.put("a", 5, 1, 0, b"x", 0.0)
    assert cache.get("a", 5, 1, 0).data == b"x"
    cache.close()


def test_a_broken_cache_is_let_go_before_it_is_taken_away(tmp_path, monkeypatch):
    """Windows takes no file away that is open; the map would have had no cache from then on."""
    held: list[sqlite3.Connection] = []

    class Handle(sqlite3.Connection):
        def __init__(self, *words, **more):
            super().__init__(*words, **more)
            held.append(self)

        def close(self):
            super().close()
            held.remove(self)

    connect, unlink = sqlite3.connect, Path.unlink

    def take_away(path, missing_ok=False):
        if held:
            raise PermissionError(13, "held", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(sqlite3, "connect", partial(connect, factory=Handle))
    monkeypatch.setattr(Path, "unlink", take_away)
    (tmp_path / "c.sqlite").write_bytes(b"not a database at all" * 100)
    cache = TileCache(tmp_path / "c.sqlite")
    cache.put("a", 5, 1, 0, b"x", 0.0)
    kept = cache.get("a", 5, 1, 0)
    cache.close()
    assert kept is not None
    assert kept.data == b"x"


def test_a_cache_folder_that_can_not_be_used_is_no_obstacle(server, monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("GEOHAZARD_HOME", str(blocked))
    image, report = shown(server.map())
    assert is_green(image)
    assert report.problems == {}


def test_no_key_is_in_the_cache(server):
    shown(replace(server.map(), source=server.url + "/{z}/{x}/{y}?tk={key}", key="SECRET"))
    assert b"SECRET" not in (cache_folder() / FILE).read_bytes()
