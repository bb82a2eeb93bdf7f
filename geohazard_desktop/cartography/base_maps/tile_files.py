"""Tiles of a disk: MBTiles (one SQLite file) and folders of {z}/{x}/{y}.png, .jpg or .webp. Both are only read."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from geohazard_desktop.cartography.base_maps.spec import DEEPEST, BaseMapUnusable
from geohazard_desktop.cartography.base_maps.tiles import Address, Answer
from geohazard_desktop.common.sqlite_uri import sqlite_uri
from geohazard_desktop.common.texts import _

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
_VECTOR = ("pbf", "mvt")
Extent = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class TileFacts:
    """What a tile store says of itself. `coarse` and `deep`: left column, upper row, right column, lower row of its
    lowest and its highest zoom, rows from the north, ends included."""

    min_zoom: int
    max_zoom: int
    coarse: Extent
    deep: Extent
    name: str = ""
    attribution: str = ""
    tms: bool = False

    def holds(self, address: Address) -> bool:
        """Whether a tile lies where the store has any, be it a coarser one."""
        return _within(address, self.min_zoom, self.coarse) or _within(address, self.max_zoom, self.deep)


class MBTiles:
    """One connection, for one thread."""

    def __init__(self, path: Path) -> None:
        """Raises BaseMapUnusable."""
        self.path = path
        if not path.is_file():
            raise _gone(path)
        try:
            self._sql = _connected(path)
            self.facts = self._facts()
        except sqlite3.Error as error:
            raise BaseMapUnusable(
                _("{name} 打不开，不是 MBTiles 瓦片包，或已经损坏。").format(name=path.name), _("请重新拷贝一份。")
            ) from error

    def _facts(self) -> TileFacts:
        stated = {str(key): str(value) for key, value in self._sql.execute("SELECT name, value FROM metadata")}
        if stated.get("format", "") in _VECTOR:
            raise BaseMapUnusable(
                _("{name} 装的是矢量瓦片，不能作底图。").format(name=self.path.name),
                _("请换成图片瓦片（png、jpg、webp）。"),
            )
        # One question each: SQLite answers a lone min or max from the index, both together by reading all of it.
        (lowest,) = self._sql.execute("SELECT min(zoom_level) FROM tiles").fetchone()
        (highest,) = self._sql.execute("SELECT max(zoom_level) FROM tiles").fetchone()
        if highest is None:
            raise BaseMapUnusable(
                _("{name} 里一张瓦片也没有。").format(name=self.path.name), _("请重新下载或导出这个瓦片包。")
            )
        name, attribution = stated.get("name", ""), _plain(stated.get("attribution", ""))
        return TileFacts(lowest, highest, self._extent(lowest), self._extent(highest), name, attribution)

    def _extent(self, zoom: int) -> Extent:
        left, right, south, north = self._sql.execute(
            "SELECT min(tile_column), max(tile_column), min(tile_row), max(tile_row) FROM tiles WHERE zoom_level = ?",
            (zoom,),
        ).fetchone()
        return left, 2**zoom - 1 - north, right, 2**zoom - 1 - south  # MBTiles counts rows from the south

    def get(self, address: Address, *, wanted: bool) -> Answer:  # noqa: ARG002 - there is nothing to send for
        zoom, column, row = address
        try:
            found = self._sql.execute(
                "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                (zoom, column, 2**zoom - 1 - row),
            ).fetchone()
        except sqlite3.Error as error:
            raise BaseMapUnusable(
                _("瓦片包 {name} 读到一半断了。").format(name=self.path.name), _("请接好磁盘，或重新拷贝一份。")
            ) from error
        return Answer(bytes(found[0]) if found and found[0] is not None else None)

    def holds(self, address: Address) -> bool:
        return self.facts.holds(address)

    def close(self) -> None:
        self._sql.close()


class TileFolder:
    """`tms`: rows are counted from the south. `facts` says what the folder itself lets one think of that."""

    def __init__(self, folder: Path, *, tms: bool | None = None) -> None:
        """Raises BaseMapUnusable."""
        self.path = folder
        if not folder.is_dir():
            raise _gone(folder)
        zooms = {int(one.name): one for one in _numbered(folder) if int(one.name) <= DEEPEST}
        deepest = max((zoom for zoom, home in zooms.items() if any(_numbered(home))), default=None)
        if deepest is None:
            raise BaseMapUnusable(
                _("文件夹 {name} 里没有按 级/列/行 排的瓦片。").format(name=folder.name),
                _("请选装着 0、1、2……这些级别文件夹的那一层。"),
            )
        self.tms = (folder / "tilemapresource.xml").is_file() if tms is None else tms
        self._suffix = _suffix_in(zooms[deepest])
        if not self._suffix:
            raise BaseMapUnusable(
                _("文件夹 {name} 里没有图片瓦片（png、jpg、webp）。").format(name=folder.name), _("请换一个文件夹。")
            )
        lowest = min(zoom for zoom, home in zooms.items() if any(_numbered(home)))
        extents = [self._extent(zooms[one], one) for one in (lowest, deepest)]
        self.facts = TileFacts(lowest, deepest, extents[0], extents[1], folder.name, "", self.tms)

    def _extent(self, home: Path, zoom: int) -> Extent:
        columns = sorted(int(one.name) for one in _numbered(home))
        # A pyramid is a rectangle: the rows of its outer and middle columns tell its height without listing millions.
        some = {columns[0], columns[len(columns) // 2], columns[-1]}
        rows = [
            int(one.stem)
            for column in some
            for one in (home / str(column)).iterdir()
            if one.suffix == self._suffix and one.stem.isdigit()
        ] or [0, 2**zoom - 1]
        top, bottom = min(rows), max(rows)
        if self.tms:
            top, bottom = 2**zoom - 1 - bottom, 2**zoom - 1 - top
        return columns[0], top, columns[-1], bottom

    def get(self, address: Address, *, wanted: bool) -> Answer:  # noqa: ARG002 - there is nothing to send for
        zoom, column, row = address
        number = 2**zoom - 1 - row if self.tms else row
        try:
            return Answer((self.path / str(zoom) / str(column) / f"{number}{self._suffix}").read_bytes())
        except FileNotFoundError:
            return Answer(None)
        except OSError as error:
            raise BaseMapUnusable(
                _("瓦片文件夹 {name} 读到一半断了。").format(name=self.path.name), _("请接好磁盘再看。")
            ) from error

    def holds(self, address: Address) -> bool:
        return self.facts.holds(address)

    def close(self) -> None:
        """Nothing is held open."""


def _within(address: Address, zoom: int, extent: Extent) -> bool:
    deeper, column, row = address[0] - zoom, address[1], address[2]
    left, top, right, bottom = extent
    if deeper >= 0:
        return left <= column >> deeper <= right and top <= row >> deeper <= bottom
    return left >> -deeper <= column <= right >> -deeper and top >> -deeper <= row <= bottom >> -deeper


def _connected(path: Path) -> sqlite3.Connection:
    sql = sqlite3.connect(sqlite_uri(path.absolute(), "ro"), uri=True)
    try:
        sql.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        # A package left in WAL mode in a folder that can't be written: nobody else writes it either.
        sql.close()
        sql = sqlite3.connect(sqlite_uri(path.absolute(), "ro", immutable=True), uri=True)
        with closing(sql.execute("SELECT count(*) FROM sqlite_master")) as rows:
            rows.fetchone()
    return sql


def _numbered(folder: Path) -> Iterator[Path]:
    try:
        yield from (one for one in folder.iterdir() if one.name.isascii() and one.name.isdigit() and one.is_dir())
    except OSError as error:
        raise BaseMapUnusable(_("文件夹 {name} 读不了。").format(name=folder), _("请检查权限和磁盘。")) from error


def _suffix_in(home: Path) -> str:
    for column in _numbered(home):
        for one in column.iterdir():
            if one.suffix.lower() in SUFFIXES and one.stem.isdigit():
                return one.suffix
    return ""


def _plain(text: str) -> str:
    """An attribution is often a piece of HTML."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text)).strip()


def _gone(path: Path) -> BaseMapUnusable:
    return BaseMapUnusable(_("找不到底图 {name}。").format(name=path), _("请接上它所在的磁盘，或移除后重新添加。"))
