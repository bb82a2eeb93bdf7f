"""One base map ready to give its blocks, whatever kind it is of."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from geohazard_desktop.cartography.base_maps.grid import Block
from geohazard_desktop.cartography.base_maps.raster import RasterFile, RasterPainter, TooFarOut
from geohazard_desktop.cartography.base_maps.relief import ReliefPainter
from geohazard_desktop.cartography.base_maps.spec import BaseMap, BaseMapUnusable
from geohazard_desktop.cartography.base_maps.tile_files import MBTiles, TileFolder
from geohazard_desktop.cartography.base_maps.tiles import Drawn, TileMatrix, TilePainter, TooManyTiles
from geohazard_desktop.common.texts import _


class Layer(Protocol):
    """`problem` and `credit` are of what was drawn since `begin`. `retry` says whether the layer can go on as it is, or
    is to be opened anew."""

    problem: str
    credit: str

    def begin(self) -> None: ...
    def block(self, block: Block) -> Drawn: ...
    def finish(self, *, seen: bool) -> None: ...
    def retry(self) -> bool: ...
    def close(self) -> None: ...


class Services:
    """What all services of a painter share, made when the first one is shown."""

    def __init__(self, arrived: Callable[[], None]) -> None:
        from geohazard_desktop.cartography.base_maps.fetching import Workers
        from geohazard_desktop.cartography.base_maps.tile_cache import TileCache

        self.arrived = arrived
        self.workers = Workers()
        self.cache = TileCache()

    def close(self) -> None:
        self.workers.close()
        self.cache.close()


def layer_of(one: BaseMap, map_epsg: int, services: Callable[[], Services], arrived: Callable[[], None]) -> Layer:
    """Open a base map; `arrived` is called from other threads. Raises BaseMapUnusable."""
    if not one.source:
        raise BaseMapUnusable(_("底图“{title}”的设置读不懂。").format(title=one.title), _("请移除后重新添加。"))
    if one.kind in {"raster", "relief"}:
        return _RasterLayer(one, map_epsg, arrived)
    if one.kind == "service":
        return _ServiceLayer(one, map_epsg, services())
    return _TileLayer(one, map_epsg)


class _RasterLayer:
    def __init__(self, one: BaseMap, map_epsg: int, arrived: Callable[[], None]) -> None:
        self._base_map = one
        self._file = RasterFile(Path(one.source), map_epsg, one.epsg, arrived)
        self._painter: RasterPainter | ReliefPainter
        self._painter = RasterPainter(self._file)
        if one.kind == "relief":
            if not self._file.single:
                self._file.close()
                raise BaseMapUnusable(
                    _("{name} 有多个波段或调色板，不是高程图。").format(name=self._file.path.name),
                    _("请作为影像添加。"),
                )
            self._painter = ReliefPainter(self._file)
        self.problem = ""
        self.credit = one.credit

    def begin(self) -> None:
        self.problem = self._file.place.doubt
        self._file.take_rough()

    def block(self, block: Block) -> Drawn:
        try:
            return Drawn(self._painter.words(block))
        except TooFarOut:
            mesh = self._file.mesh(block)
            scale = self._file.farthest(block, mesh)
            share = self._file.making
            if share is not None:
                told = _(
                    "{name} 没有金字塔，正在读全图做一张小图（{percent:.0f} %）；放大到 1:{scale} 以内现在就能看。"
                )
                self.problem = told.format(name=self._file.path.name, percent=share * 100, scale=scale)
                return Drawn(None, pending=True, final=False)
            self.problem = _(
                "{name} 没有金字塔，缩得这样小画不动，没有画。请放大到 1:{scale} 以内，或在 QGIS 里给它构建金字塔。"
            ).format(name=self._file.path.name, scale=scale)
        except BaseMapUnusable as error:
            self.problem = str(error)
        return Drawn(None, final=False)

    def finish(self, *, seen: bool) -> None:  # noqa: ARG002 - for services
        if isinstance(self._painter, ReliefPainter):
            self.credit = _("{credit}（{meaning}）").format(credit=self._base_map.credit, meaning=self._painter.meaning)

    def retry(self) -> bool:
        return False  # the file may be another one by now

    def close(self) -> None:
        self._file.close()


class _TileLayer:
    def __init__(self, one: BaseMap, map_epsg: int) -> None:
        path = Path(one.source)
        self._base_map = one
        self._source = MBTiles(path) if one.kind == "mbtiles" else TileFolder(path, tms=one.tms)
        facts = self._source.facts
        self._painter = TilePainter(self._source, TileMatrix(one.matrix, map_epsg), facts.min_zoom, facts.max_zoom)
        self.problem = ""
        self.credit = one.credit

    def begin(self) -> None:
        self.problem = ""

    def block(self, block: Block) -> Drawn:
        try:
            return self._painter.block(block)
        except TooManyTiles:
            self.problem = _("{title}没有这样小比例尺的瓦片，放大地图才显示。").format(title=self._base_map.title)
        except BaseMapUnusable as error:
            self.problem = str(error)
        return Drawn(None, final=False)

    def finish(self, *, seen: bool) -> None:  # noqa: ARG002 - for services
        if self._painter.broken and not self.problem:
            self.problem = _broken(self._base_map, self._painter)

    def retry(self) -> bool:
        return False  # the files may be others by now

    def close(self) -> None:
        self._source.close()


class _ServiceLayer:
    def __init__(self, one: BaseMap, map_epsg: int, services: Services) -> None:
        from geohazard_desktop.cartography.base_maps.tile_service import TileService

        self._base_map = one
        self._service = TileService(one, services.cache, services.workers, services.arrived)
        self._painter = TilePainter(self._service, TileMatrix(one.matrix, map_epsg), one.min_zoom, one.max_zoom)
        self._coarse = False
        self.problem = ""
        self.credit = one.credit

    def begin(self) -> None:
        self._coarse = False
        self._service.begin()

    def block(self, block: Block) -> Drawn:
        try:
            return self._painter.block(block)
        except TooManyTiles:
            self._coarse = True
        return Drawn(None, final=False)

    def finish(self, *, seen: bool) -> None:
        self._service.finish()
        self.problem = self._service.problem(seen=seen)
        if self._coarse and not self.problem:
            self.problem = _("{title}没有这样小比例尺的瓦片，放大地图才显示。").format(title=self._base_map.title)
        elif self._painter.broken and not self.problem:
            self.problem = _broken(self._base_map, self._painter)

    def retry(self) -> bool:
        self._service.retry()
        return True

    def close(self) -> None:
        self._service.close()


def _broken(one: BaseMap, painter: TilePainter) -> str:
    return _("{title}里有 {count} 张瓦片坏了，那里空着。").format(title=one.title, count=painter.broken)
