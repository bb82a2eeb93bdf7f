"""A service's tiles: from the cache at once, from the network when they come; what is lacking is said with its reason
and with the age of what is shown instead."""

import hashlib
import threading
import time
from collections.abc import Callable
from datetime import datetime

from geohazard_desktop.cartography.base_maps.fetching import Fetched, Workers, fetch_tile
from geohazard_desktop.cartography.base_maps.service_urls import host_of, needs_key
from geohazard_desktop.cartography.base_maps.spec import BaseMap
from geohazard_desktop.cartography.base_maps.tile_cache import KeptTile, TileCache
from geohazard_desktop.cartography.base_maps.tiles import Address, Answer, columns_and_rows
from geohazard_desktop.common.texts import _

RETRY_S = 60.0  # a tile that failed is not asked for again before
_PATIENCE = 3  # failures in a row, then the whole service rests
_MEMORY = 3000  # tiles whose fate is remembered

Fetch = Callable[[BaseMap, int, int, int], Fetched]


class TileService:
    """The painter's thread calls `begin`, `get`, `finish` and asks `problem`; the workers' threads bring tiles in."""

    def __init__(
        self,
        one: BaseMap,
        cache: TileCache,
        workers: Workers,
        arrived: Callable[[], None],
        fetch: Fetch = fetch_tile,
    ) -> None:
        self.base_map = one
        self._cache, self._workers, self._arrived, self._fetch = cache, workers, arrived, fetch
        self._name = hashlib.sha1(f"{one.source}|{one.tms}".encode(), usedforsecurity=False).hexdigest()[:16]
        self._mutex = threading.Lock()
        self._asked: set[Address] = set()
        self._before: set[Address] = set()
        self._under_way: set[Address] = set()
        self._retry_at: dict[Address, float] = {}
        self._kept: dict[Address, KeptTile] = {}
        self._failures = 0
        self._rest_until = 0.0
        self._fault = ""
        self._shown: list[float] = []  # when the tiles in sight were fetched
        self._lacking = self._pending = self._absent = 0

    # -- the painter's side ----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """A new view is painted: what only the old one wanted is dropped at `finish`."""
        self._before |= self._asked  # a view that was given up half painted never came to `finish`
        self._asked = set()
        self._shown = []
        self._lacking = self._pending = self._absent = 0

    def finish(self) -> None:
        with self._mutex:
            gone = {self._key(one) for one in self._before - self._asked if one not in self._under_way}
            self._before = set()
        self._workers.forget(gone)

    def get(self, address: Address, *, wanted: bool) -> Answer:
        kept = self._read(address)
        if kept is not None and not kept.stale:
            self._absent += wanted and not kept.data
            return self._answer(kept)
        if not wanted:
            return self._answer(kept) if kept is not None else Answer(None, final=False)
        pending = self._ask(address)
        self._pending += pending
        if kept is not None:
            found = self._answer(kept)
            return Answer(found.data, pending, final=False, mark=found.mark)
        self._lacking += not pending
        return Answer(None, pending, final=False)

    def holds(self, address: Address) -> bool:
        zoom, column, row = address
        columns, rows = columns_and_rows(self.base_map.matrix, zoom)
        return 0 <= column < columns and 0 <= row < rows

    def close(self) -> None:
        self._workers.forget({self._key(one) for one in self._asked})

    def problem(self, *, seen: bool) -> str:
        """What is wrong with the service now, with the age of what is shown; "" when nothing is. `seen`: something of
        it is in sight, be it painted anew or not."""
        title = self.base_map.title
        if needs_key(self.base_map.source) and not self.base_map.key:
            return _("{title}要有密钥才能取图：请在底图的“改……”里填上本单位的密钥。").format(title=title)
        with self._mutex:
            fault = self._fault
        if not fault:
            if not self._absent or self._pending or seen:
                return ""
            told = _("{title}：{host} 说没有这一带的图（404），请核对网址，或换个比例尺。")
            return told.format(title=title, host=host_of(self.base_map.source))
        if not self._shown:
            known = _("图上是先前取到的。") if seen else _("本机没有存下这一带的图。")
            return _("{title}：{fault}。{known}").format(title=title, fault=fault, known=known)
        first, last = (datetime.fromtimestamp(one).date().isoformat() for one in (min(self._shown), max(self._shown)))
        when = first if first == last else _("{first} 到 {last} ").format(first=first, last=last)
        told = _("{title}：{fault}。图上是 {when} 存下的").format(title=title, fault=fault, when=when)
        return told + (_("，有 {count} 块空着。").format(count=self._lacking) if self._lacking else _("。"))

    def retry(self) -> None:
        """Ask again at once, whatever failed before."""
        with self._mutex:
            self._retry_at.clear()
            self._rest_until = 0.0
            self._failures = 0

    def _answer(self, kept: KeptTile) -> Answer:
        if kept.data:
            self._shown.append(kept.fetched_at)
        return Answer(kept.data or None, mark=f"{kept.fetched_at}")

    def _read(self, address: Address) -> KeptTile | None:
        with self._mutex:
            found = self._kept.get(address)
        if found is None:
            found = self._cache.get(self._name, *address)
            if found is not None:
                self._remember(address, found)
        return found

    def _remember(self, address: Address, tile: KeptTile) -> None:
        with self._mutex:
            self._kept[address] = tile
            while len(self._kept) > _MEMORY:
                self._kept.pop(next(iter(self._kept)))

    def _ask(self, address: Address) -> bool:
        """Send for a tile; False where that is no use now."""
        if needs_key(self.base_map.source) and not self.base_map.key:
            return False
        now = time.monotonic()
        with self._mutex:
            if now < self._rest_until or now < self._retry_at.get(address, 0.0):
                return False
            self._asked.add(address)
            if address in self._under_way:
                return True
        self._workers.ask(self._key(address), lambda: self._bring(address))
        return True

    def _key(self, address: Address) -> object:
        return self._name, address

    # -- the workers' side -----------------------------------------------------------------------------------------

    def _bring(self, address: Address) -> None:
        with self._mutex:
            if time.monotonic() < self._rest_until:
                return
            self._under_way.add(address)
        try:
            found = self._fetch(self.base_map, *address)
            self._take(address, found)
        finally:
            with self._mutex:
                self._under_way.discard(address)
        self._arrived()

    def _take(self, address: Address, found: Fetched) -> None:
        if not found.fault:
            self._remember(address, KeptTile(found.data, time.time(), False))
            self._cache.put(self._name, *address, found.data, found.lifetime)
            with self._mutex:
                self._failures, self._fault = 0, ""
            return
        now = time.monotonic()
        with self._mutex:
            self._fault = found.fault
            self._failures += 1
            self._retry_at[address] = now + RETRY_S
            if found.pause or self._failures >= _PATIENCE:
                self._rest_until = now + max(found.pause, RETRY_S)
