"""转到: what was typed read as a scale, coordinates, a place along a line, a number or a name, and how it was read.

Nothing is guessed away: where a text has several readings all are offered, the likeliest first, and a person decides.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.pinyin import matches
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.coordinates import Reading, looks_like_coordinates, read_coordinates
from geohazard_desktop.editing.tool import Key, Place
from geohazard_desktop.exchange.gcj02 import wgs84_from_gcj02
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

MOST = 30
_SEARCHED = ("id", "name", "number", "head", "unified_code", "address")
_LARGE = 20_000  # features of a layer from which on it is searched by its exact number alone
_SCALE = re.compile(r"^(?:比例尺)?\s*1\s*[:/]\s*(\d[\d,\s]*(?:\.\d+)?)\s*(万)?$")
_STAKE = re.compile(r"^(.+?)\s*[kK]\s*(\d+)\s*\+\s*(\d+(?:\.\d+)?)$")
_ALONG = re.compile(r"^(.+?)\s*第?\s*(\d+(?:\.\d+)?)\s*(米|m|千米|公里|km)\s*处?$", re.IGNORECASE)
CLOSEST, FARTHEST = 50.0, 20_000_000.0


@dataclass(frozen=True, slots=True)
class Destination:
    """One way to read what was typed. One of `place` (metres of the workspace's CRS), `key` (a feature), `denominator`;
    none of them where `words` say why the text leads nowhere."""

    words: str
    note: str
    icon: str = "locate"
    place: Place | None = None
    key: Key | None = None
    denominator: float | None = None

    @property
    def usable(self) -> bool:
        return self.place is not None or self.key is not None or self.denominator is not None


@dataclass(frozen=True, slots=True)
class _Named:
    """A feature as the search knows it."""

    key: Key
    title: str
    words: str
    texts: tuple[str, ...]
    line: bool


class Gazetteer:
    """The names and numbers of a workspace, read once for a search of several keystrokes."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._named: list[_Named] | None = None

    def destinations(self, text: str) -> list[Destination]:
        """Every reading of `text`, likeliest first; at most 30."""
        plain = unicodedata.normalize("NFKC", text).strip()
        if not plain:
            return []
        found = [*self._scale(plain), *self._coordinates(text.strip()), *self._along(plain), *self._features(plain)]
        return found[:MOST]

    # -- scale and coordinates -------------------------------------------------------------------------------------

    def _scale(self, text: str) -> Iterator[Destination]:
        found = _SCALE.match(text)
        if found is None:
            return
        denominator = float(re.sub(r"[,\s]", "", found.group(1))) * (10_000 if found.group(2) else 1)
        if CLOSEST <= denominator <= FARTHEST:
            words = _("比例尺 1:{number}").format(number=f"{denominator:,.0f}".replace(",", "\u2009"))
            yield Destination(words, "", "zoom-in", denominator=denominator)
        else:
            yield Destination(_("比例尺要在 1:50 到 1:20 000 000 之间。"), "", "sign-info")

    def _coordinates(self, text: str) -> Iterator[Destination]:
        if not looks_like_coordinates(text) or _SCALE.match(text):
            return
        try:
            readings = read_coordinates(text, self._ws.epsg, bounds=self._ws.extent())
        except GeohazardError as error:
            yield Destination(error.sentence, error.remedy, "sign-info")
            return
        for one in readings:
            yield Destination(one.words, _turned(one, text), place=(one.east, one.north))
        for one in readings:
            if one.near and _geographic(one, text):
                yield from self._from_phone(one)
                return

    def _from_phone(self, reading: Reading) -> Iterator[Destination]:
        """Where degrees copied from a phone's map really lie: those are shifted (GCJ-02) by some hundred metres."""
        shifted = wgs84_from_gcj02(np.array(reading.longitude), np.array(reading.latitude))
        longitude, latitude = (float(one) for one in shifted)
        text = f"{longitude:.8f}, {latitude:.8f}"
        for one in read_coordinates(text, self._ws.epsg, bounds=self._ws.extent())[:1]:
            metres = ((one.east - reading.east) ** 2 + (one.north - reading.north) ** 2) ** 0.5
            words = _("若抄自手机地图（火星坐标），真位置在 {metres:.0f} 米外：{words}").format(
                metres=metres, words=one.words.split("：", 1)[-1].split("，")[0]
            )
            yield Destination(words, "", place=(one.east, one.north))

    # -- along a line ----------------------------------------------------------------------------------------------

    def _along(self, text: str) -> Iterator[Destination]:
        stake, metres_typed = _STAKE.match(text), _ALONG.match(text)
        if stake is not None:
            name, metres = stake.group(1), float(stake.group(2)) * 1000 + float(stake.group(3))
        elif metres_typed is not None:
            far = metres_typed.group(3).lower() in ("千米", "公里", "km")
            name, metres = metres_typed.group(1), float(metres_typed.group(2)) * (1000 if far else 1)
        else:
            return
        for one in [one for one in self._named_like(name) if one.line][:5]:
            feature = self._ws.feature(*one.key)
            if feature is not None:
                yield _place_along(feature, one, metres)

    # -- numbers and names -----------------------------------------------------------------------------------------

    def _features(self, text: str) -> Iterator[Destination]:
        for one in self._named_like(text)[:MOST]:
            yield Destination(one.words, one.title, "point", key=one.key)

    def _named_like(self, text: str) -> Sequence[_Named]:
        wanted = "".join(text.lower().split())
        ranked: list[tuple[int, int, _Named]] = []
        for index, one in enumerate(self._all()):
            rank = _rank(one.texts, wanted)
            if rank is not None:
                ranked.append((rank, index, one))
        ranked.sort(key=lambda pair: pair[:2])
        found = {one.key: one for _r, _i, one in ranked}
        for one in self._of_large(text):
            found.setdefault(one.key, one)
        return list(found.values())

    def _all(self) -> list[_Named]:
        if self._named is None:
            self._named = []
            for definition in self._ws.definitions.values():
                if definition.helper or self._ws.count(definition.table) > _LARGE:
                    continue
                table = self._ws.attributes(definition.table)
                columns = [table.columns[name] for name in _SEARCHED if name in table.columns]
                for index in range(len(table)):
                    texts = tuple(str(column[index]) for column in columns if column[index])
                    number = str(table.columns["number"][index] or "") if "number" in table.columns else ""
                    if number:  # the map calls it 路线 3
                        texts = (*texts, definition.title[-2:] + number, definition.title + number)
                    if texts:
                        self._named.append(_named(table.feature(index), definition.title, texts, definition.geometry))
        return self._named

    def _of_large(self, text: str) -> Iterator[_Named]:
        for definition in self._ws.definitions.values():
            if not definition.helper and self._ws.count(definition.table) > _LARGE:
                for row in self._ws.find(definition.table, "id", text.strip()):
                    yield _named(row, definition.title, (row.text("id"),), definition.geometry)


def _named(row: Feature, title: str, texts: tuple[str, ...], geometry: str) -> _Named:
    words = "　".join(filter(None, (row.text("name") or row.text("head"), row.text("id")))) or texts[0]
    return _Named((row.layer, row.uid), title, words, tuple(text.lower() for text in texts), geometry == "line")


def _rank(texts: Sequence[str], wanted: str) -> int | None:
    """0 the very text, 1 its beginning, 2 a part of it, 3 its pinyin; None for none."""
    best: int | None = None
    for text in texts:
        plain = "".join(text.split())
        rank = 0 if plain == wanted else 1 if plain.startswith(wanted) else 2 if wanted in plain else None
        if rank is None and wanted.isascii() and wanted.isalpha() and matches(text, wanted):
            rank = 3
        if rank is not None and (best is None or rank < best):
            best = rank
    return best


def _place_along(feature: Feature, one: _Named, metres: float) -> Destination:
    """The place at `metres` on the plane from where the line begins."""
    merged = shapely.line_merge(feature.geometry) if feature.geometry is not None else None
    parts = shapely.get_parts(merged) if merged is not None else []
    if len(parts) != 1 or parts[0].length == 0:
        return Destination(_("{name} 不是连续的一条线，量不出里程。").format(name=one.words), one.title, "sign-info")
    line = parts[0]
    first = shapely.Point(shapely.get_coordinates(feature.geometry)[0])
    if shapely.Point(line.coords[0]).distance(first) > shapely.Point(line.coords[-1]).distance(first):
        line = line.reverse()  # merging may turn a line round
    if metres > line.length:
        words = _("{name} 只有 {length:.0f} 米长，没有第 {metres:.0f} 米。")
        return Destination(words.format(name=one.words, length=line.length, metres=metres), one.title, "sign-info")
    place = line.interpolate(metres)
    words = _("{name}　第 {metres:.0f} 米处（K{km:.0f}+{rest:03.0f}）").format(
        name=one.words, metres=metres, km=metres // 1000, rest=metres % 1000
    )
    return Destination(words, one.title, place=(float(place.x), float(place.y)))


def _geographic(reading: Reading, text: str) -> bool:
    """Whether degrees were typed."""
    numbers = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", unicodedata.normalize("NFKC", text))]
    return bool(numbers) and max(numbers) < 1000 and reading.longitude > 0


def _turned(reading: Reading, text: str) -> str:
    """Says that the second number came first where a Gauss reading took it so."""
    numbers = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", text.replace("\u2009", "").replace(",", " "))]
    if len(numbers) != 2 or min(numbers) < 1000:
        return ""
    return _("Y（东）写在前面") if abs(numbers[1] - reading.north) < abs(numbers[0] - reading.north) else ""
