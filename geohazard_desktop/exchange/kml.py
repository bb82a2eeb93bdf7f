"""KML and KMZ from phones, 奥维, Google Earth, and what this program writes: placemarks with all their words.

A reader of our own, since GDAL's plain KML driver leaves ExtendedData out and libkml makes ____ of a Chinese heading.
OGC KML 2.3 (12-007r2): degrees of WGS 84, longitude first.
"""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np
import shapely
from numpy.typing import NDArray

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.marks import (
    AREA,
    END,
    FOLDER,
    LINE,
    NAME,
    NOTE,
    POINT,
    START,
    TIME,
    Mark,
    MarkFile,
    Part,
    flat_if_level,
    line_or_fault,
    read_once,
    table_of,
)
from geohazard_desktop.exchange.packed import entry_name
from geohazard_desktop.exchange.report import Evidence, refused
from geohazard_desktop.exchange.source import SHIFTED_SUFFIXES, SourceTable
from geohazard_desktop.exchange.xml_text import MOST_BYTES, children, local, parsed, readable, text_in, too_large, whole

_SHAPES = {"Point", "LineString", "LinearRing", "Polygon", "Track"}
_COLLECTIONS = {"MultiGeometry", "MultiTrack"}
_CONTAINERS = {"kml", "Document", "Folder"}
_UNREAD = {
    "NetworkLink": _("网络链接"),
    "GroundOverlay": _("地面叠加图"),
    "PhotoOverlay": _("照片叠加图"),
    "ScreenOverlay": _("屏幕叠加图"),
    "Model": _("三维模型"),
}
_SHOWN = 40  # characters of a coordinate that can't be read


def kml_layers(path: Path) -> list[str]:
    """The kinds of shapes in the file, as `read_kml` takes them."""
    return _marks(path, None).tables()


def read_kml(path: Path, *, layer: str | None, encoding: str | None) -> SourceTable:
    """The placemarks of one kind of shape. Columns: 名称, 说明, 文件夹, 时间 and what ExtendedData says, all texts.

    Raises ImportRefused as `source.open_source` does.
    """
    found = _marks(path, encoding)
    table = table_of(found, path, layer)
    # A .kmz may hold what 奥维 wrote: what is read says whose degrees they are, not only what it is wrapped in.
    if path.suffix.lower() in SHIFTED_SUFFIXES or found.inside.lower().endswith(SHIFTED_SUFFIXES):
        table.shift = "gcj02"
    return table


def _marks(path: Path, asked: str | None) -> MarkFile:
    return read_once(path, asked, _read)


def _read(path: Path, asked: str | None) -> MarkFile:
    raw, evidence, inside = _content(path)
    root, chosen = parsed(raw, path.name, "KML", asked)
    evidence.append(Evidence("encoding", chosen.sentence, chosen.doubt))
    reader = _Reader()
    reader.read(root)
    return MarkFile(
        "KML", reader.marks, (AREA, LINE, POINT), chosen.title, evidence + reader.evidence(), reader.documents, inside
    )


# -- the file ------------------------------------------------------------------------------------------------------


def _content(path: Path) -> tuple[bytes, list[Evidence], str]:
    """The KML's bytes, out of the KMZ where it is one, whatever its suffix says; last what it is called in there."""
    with path.open("rb") as stream:
        if not stream.read(2).startswith(b"PK"):
            return whole(path), [], ""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [one for one in archive.infolist() if one.filename.lower().endswith((".kml", ".ovkml"))]
            # The first .kml is the document, mostly called doc.kml (OGC KML 2.3, annex on KMZ).
            names.sort(key=lambda one: one.filename.lower() != "doc.kml")
            if not names:
                raise refused(_("{name} 里没有 .kml 文件。").format(name=path.name), _("请用原来的软件重新导出。"))
            with archive.open(names[0]) as stream:
                raw = stream.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise refused(_("{name} 没有拷完整，或已损坏。").format(name=path.name), _("请重新拷一份。")) from error
    except (RuntimeError, NotImplementedError) as error:  # encrypted, or a method Python lacks
        raise refused(
            _("{name} 加了密，或用了少见的压缩方法。").format(name=path.name), _("请解压出 .kml 再导入。")
        ) from error
    if len(raw) > MOST_BYTES:
        raise too_large(path)
    others = [entry_name(one) for one in names[1:]]
    read = entry_name(names[0])
    if not others:
        return raw, [], read
    words = _("只读了里面的 {read}，另有 {count} 个 .kml 没有读，如 {other}；要用请解压后分别导入。")
    sentence = words.format(read=read, count=len(others), other=others[0])
    return raw, [Evidence("table", sentence, doubt=True)], read


# -- placemarks ----------------------------------------------------------------------------------------------------


class _Reader:
    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.documents: list[str] = []
        self.unread: Counter[str] = Counter()
        self.pictures = 0
        self.timed_tracks = 0
        self._said: set[str] = set()  # headings of ExtendedData in the whole file

    def read(self, root: Element) -> None:
        self._said = {heading for one in root.iter() if local(one) == "Placemark" for heading in _extended(one)}
        # A stack, not recursion: folders may be nested as deep as a file likes.
        waiting: list[tuple[Element, tuple[str, ...]]] = [(root, ())]
        while waiting:
            element, folders = waiting.pop()
            tag = local(element)
            if tag == "Placemark":
                self._placemark(element, folders)
            elif tag in _UNREAD:
                self.unread[_UNREAD[tag]] += 1
            elif tag in _CONTAINERS:
                name = text_in(element, "name")
                if tag == "Document" and name:
                    self.documents.append(name)
                inside = (*folders, name) if tag == "Folder" and name else folders
                waiting += [(one, inside) for one in reversed(element)]

    def evidence(self) -> list[Evidence]:
        found = []
        if self.unread:
            listed = "、".join(_("{what} {count} 处").format(what=one, count=n) for one, n in self.unread.items())
            words = _("文件里的{listed}没有读，只读点、线、面。")
            found.append(Evidence("table", words.format(listed=listed), doubt=True))
        if self.pictures:
            words = _("说明里的 {count} 张图片没有导入，文字都在。")
            found.append(Evidence("table", words.format(count=self.pictures), doubt=True))
        if self.timed_tracks:
            words = _("{count} 条轨迹各点的时间没有导入，只留开始和结束时间。")
            found.append(Evidence("table", words.format(count=self.timed_tracks)))
        return found

    def _placemark(self, element: Element, folders: tuple[str, ...]) -> None:
        values: dict[str, str] = {}
        said = _extended(element)
        note, pictures = readable(text_in(element, "description"))
        self.pictures += pictures
        if _squeezed(note) == _squeezed("".join(f"{name}：{value}" for name, value in said.items())):
            note = ""  # as this program writes it: the attributes once more, to be read on a phone
        times = [text for one in element.iter() if local(one) == "when" and (text := (one.text or "").strip())]
        tracks = [one for one in element.iter() if local(one) == "Track"]
        self.timed_tracks += bool(tracks and times)
        own = {
            NAME: text_in(element, "name"),
            NOTE: note,
            FOLDER: "/".join(folders),
            TIME: "" if tracks else text_in(element, "TimeStamp", "when"),
            START: text_in(element, "TimeSpan", "begin") or (times[0] if tracks and times else ""),
            END: text_in(element, "TimeSpan", "end") or (times[-1] if tracks and times else ""),
            _("地址"): text_in(element, "address"),
            _("电话"): text_in(element, "phoneNumber"),
        }
        for heading, text in own.items():
            if text and heading not in self._said:
                values[heading] = text
            elif text and text not in said.values() and text not in self.documents:
                # ExtendedData has such a column too; what it says already is not said twice.
                values[_("{heading}（标注）").format(heading=heading)] = text
        values.update(said)
        label = _("第 {number} 个要素").format(number=len(self.marks) + 1)
        self.marks.append(Mark(label, values, list(self._parts(element))))

    def _parts(self, placemark: Element) -> Iterator[Part]:
        waiting = list(reversed(placemark))
        while waiting:
            element = waiting.pop()
            tag = local(element)
            if tag in _COLLECTIONS:
                waiting += reversed(element)
            elif tag in _SHAPES:
                yield _part(element, tag)
            elif tag in _UNREAD:
                self.unread[_UNREAD[tag]] += 1


def _extended(placemark: Element) -> dict[str, str]:
    """What ExtendedData says by heading; a heading that comes again with another text gets a mark behind it."""
    found: dict[str, str] = {}
    for extended in children(placemark, "ExtendedData"):
        for name, text in _pairs(extended):
            heading = name
            while text and found.get(heading, text) != text:
                heading += "′"
            if text:
                found[heading] = text
    return found


def _pairs(extended: Element) -> Iterator[tuple[str, str]]:
    for one in extended:
        tag = local(one)
        if tag == "SchemaData":
            yield from ((each.get("name") or local(each), (each.text or "").strip()) for each in one)
        elif tag == "Data":
            yield one.get("name") or text_in(one, "displayName") or _("属性"), text_in(one, "value")
        elif tag:
            yield tag, (one.text or "").strip()


def _squeezed(text: str) -> str:
    return "".join(text.split())


# -- shapes --------------------------------------------------------------------------------------------------------


class _Unreadable(Exception):
    pass


def _part(element: Element, tag: str) -> Part:
    kind = {"Point": POINT, "Polygon": AREA}.get(tag, LINE)
    try:
        if tag == "Polygon":
            return _polygon(element)
        if tag == "Track":
            return line_or_fault(_track_places(element), kind)
        places = _places(text_in(element, "coordinates"))
        if tag != "Point":
            return line_or_fault(places, kind)
        if len(places) != 1:
            return Part(kind, None, _("点应有 1 个坐标，写了 {count} 个").format(count=len(places)))
        return Part(kind, shapely.points(flat_if_level(places)[0]))
    except _Unreadable as error:
        return Part(kind, None, str(error))


def _polygon(element: Element) -> Part:
    rings, closed = [], False
    for side in ("outerBoundaryIs", "innerBoundaryIs"):
        for border in children(element, side):
            for ring in children(border, "LinearRing"):
                places = _places(text_in(ring, "coordinates"))
                if len(places) < 3:
                    words = _("边线上只有 {count} 个拐点，围不成面")
                    return Part(AREA, None, words.format(count=len(places)))
                if not (places[0, :2] == places[-1, :2]).all():
                    places, closed = np.vstack([places, places[:1]]), True
                # There and back is no area: kept as a ring, so that whoever repairs shapes says so.
                places = np.vstack([places, *([places[:1]] * max(0, 4 - len(places)))])
                rings.append(places)
        if not rings:
            return Part(AREA, None, _("面没有外边线"))
    level = not any(one[:, 2].any() for one in rings)
    rings = [one[:, :2] if level else one for one in rings]
    shell, *holes = (shapely.linearrings(one) for one in rings)
    return Part(AREA, shapely.polygons(shell, holes=holes or None), closed=closed)


def _places(text: str) -> NDArray[np.float64]:
    """(n, 3) longitude, latitude, height (0 where not said). Blanks around commas are borne, as phones bear them."""
    return _numbers([one.split(",") for one in re.sub(r"\s*,\s*", ",", text).split()])


def _track_places(track: Element) -> NDArray[np.float64]:
    """A gx:Track's, written with blanks between the numbers; a moment without a place is left out as the standard
    says."""
    return _numbers([parts for one in children(track, "coord") if (parts := (one.text or "").split())])


def _numbers(rows: list[list[str]]) -> NDArray[np.float64]:
    found = np.zeros((len(rows), 3))
    for at, parts in enumerate(rows):
        try:
            found[at, 0], found[at, 1] = float(parts[0]), float(parts[1])
            found[at, 2] = float(parts[2]) if len(parts) > 2 and parts[2] else 0.0
            if not np.isfinite(found[at]).all():
                raise ValueError(parts)
        except (ValueError, IndexError) as error:
            raise _Unreadable(_("坐标“{text}”读不懂").format(text=",".join(parts)[:_SHOWN])) from error
    return found
