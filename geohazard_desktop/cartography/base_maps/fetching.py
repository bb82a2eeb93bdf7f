"""Tiles from the network, in a few threads of their own: polite to the server, and never waited for by the painter.

Every way in which a server can disappoint is one sentence. A service that fails several times in a row is left alone
for a while. No address of a tile is logged or shown: it may hold the office's key.
"""

import http.client
import json
import logging
import re
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message

from geohazard_desktop import __version__
from geohazard_desktop.cartography.base_maps.service_urls import host_of, needs_key, tile_url
from geohazard_desktop.cartography.base_maps.spec import BaseMap
from geohazard_desktop.common.texts import _

AT_ONCE = 4
TIMEOUT_S = 15.0
AGENT = f"geohazard_desktop/{__version__} (desktop GIS; tiles on demand)"
_LARGEST = 8_000_000
_DAY = 86_400.0
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking for a tile: a picture, none (the server has no such tile), or a sentence."""

    data: bytes = b""
    lifetime: float = 0.0  # seconds
    fault: str = ""  # without full stop
    offline: bool = False  # the server was not reached
    pause: float = 0.0  # seconds to leave the whole service alone, at once


def fetch_tile(one: BaseMap, zoom: int, column: int, row: int, *, timeout: float = TIMEOUT_S) -> Fetched:
    """Ask the server for a tile, once. `row` is counted from the north. Never raises."""
    host = host_of(one.source)
    request = urllib.request.Request(tile_url(one, zoom, column, row), headers={"User-Agent": AGENT})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # http and https only, see service_of
            return _judged(one, host, answer.read(_LARGEST + 1), answer.headers)
    except urllib.error.HTTPError as error:
        return _refused(one, host, error)
    except urllib.error.URLError as error:
        return _unreached(host, error.reason, timeout)
    except (OSError, http.client.HTTPException, ValueError) as error:  # while the answer was read
        return _unreached(host, error, timeout)


def _judged(one: BaseMap, host: str, data: bytes, headers: Message) -> Fetched:
    if not data:
        return Fetched(lifetime=_DAY)
    if len(data) > _LARGEST:
        return Fetched(fault=_("{host} 送来的瓦片太大，不像是瓦片").format(host=host), pause=60.0)
    if not data.startswith(_PICTURES):
        return Fetched(fault=_no_picture(one, host, data), pause=60.0)
    return Fetched(data, _lifetime(headers))


def _refused(one: BaseMap, host: str, error: urllib.error.HTTPError) -> Fetched:
    code = error.code
    if code in {404, 410}:
        return Fetched(lifetime=_DAY)
    if code in {401, 403}:
        told = _told(one, error.read(4000))
        if needs_key(one.source):
            words = _("{host} 不认这个密钥（{code}{told}）").format(host=host, code=code, told=told)
        else:
            words = _("{host} 不让取这幅图（{code}{told}）").format(host=host, code=code, told=told)
        return Fetched(fault=words, pause=300.0)
    if code in {418, 429}:
        return Fetched(fault=_("{host} 嫌取得太多，过几分钟再试（{code}）").format(host=host, code=code), pause=180.0)
    return Fetched(fault=_("{host} 出错了（{code}）").format(host=host, code=code))


def _unreached(host: str, reason: object, timeout: float) -> Fetched:
    if isinstance(reason, TimeoutError):
        return Fetched(fault=_slow(host, timeout), offline=True)
    if isinstance(reason, ssl.SSLError):
        return Fetched(fault=_("{host} 的安全证书不可信，没有连接").format(host=host), offline=True, pause=60.0)
    if isinstance(reason, ConnectionRefusedError):
        return Fetched(fault=_("{host} 没有开着").format(host=host), offline=True)
    if not isinstance(reason, socket.gaierror):
        _log.info("a tile of %s failed: %s", host, type(reason).__name__)
    return Fetched(fault=_("连不上 {host}，没有网络或网址写错了").format(host=host), offline=True, pause=30.0)


def _slow(host: str, timeout: float) -> str:
    return _("{host} 在 {seconds:g} 秒里没有回应").format(host=host, seconds=timeout)


def _no_picture(one: BaseMap, host: str, data: bytes) -> str:
    start = data[:200].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return _("{host} 送来的是网页，不是图片，多半要先登录单位的上网认证").format(host=host)
    return _("{host} 送来的不是图片{told}").format(host=host, told=_told(one, data))


def _told(one: BaseMap, data: bytes) -> str:
    """What the server says in Chinese, cut short and without the key; "" where it says nothing readable."""
    text = data[:4000].decode("utf-8", "replace")
    try:
        facts = json.loads(text)
        words = str(facts.get("msg") or facts.get("message") or "") if isinstance(facts, dict) else ""
    except ValueError:
        words = " ".join(re.findall(r"[\u4e00-\u9fff][\u4e00-\u9fff，。：、（）]*", text))
    if one.key:
        words = words.replace(one.key, "***")
    words = " ".join(words.split())[:60]
    return _("：{words}").format(words=words) if words else ""


def _lifetime(headers: Message) -> float:
    found = re.search(r"max-age=(\d+)", headers.get("Cache-Control", "") or "")
    return float(found.group(1)) if found else 30 * _DAY


Work = Callable[[], None]


class Workers:
    """AT_ONCE threads for all services together. What was asked for last is done first: it is in sight now."""

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._waiting: dict[object, Work] = {}
        self._threads: list[threading.Thread] = []
        self._closed = False

    def ask(self, key: object, work: Work) -> None:
        """Do `work` once; asked for again while it waits, it is only moved forward."""
        with self._wake:
            if self._closed:
                return
            self._waiting.pop(key, None)
            self._waiting[key] = work
            if len(self._threads) < AT_ONCE:
                thread = threading.Thread(target=self._run, name="base map tiles", daemon=True)
                self._threads.append(thread)
                thread.start()
            self._wake.notify()

    def forget(self, keys: set[object]) -> None:
        """What nobody looks at any more is not fetched."""
        with self._wake:
            for one in keys:
                self._waiting.pop(one, None)

    def close(self) -> None:
        """No more requests; those under way end by themselves."""
        with self._wake:
            self._closed = True
            self._waiting.clear()
            self._wake.notify_all()

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._waiting and not self._closed:
                    self._wake.wait()
                if self._closed:
                    return
                work = self._waiting.pop(next(reversed(self._waiting)))
            try:
                work()
            except Exception:  # noqa: BLE001 - a thread that dies silently would stop all tiles
                _log.exception("fetching a tile failed")
