"""GPX from hand-held receivers and 两步路: waypoints, routes and tracks, each a table to choose (GPX 1.0 and 1.1)."""

from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np
import shapely

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.marks import (
    END,
    NAME,
    NOTE,
    ROUTES,
    START,
    TIME,
    TRACKS,
    WAYPOINTS,
    Mark,
    MarkFile,
    Part,
    flat_if_level,
    line_or_fault,
    read_once,
    table_of,
)
from geohazard_desktop.exchange.report import Evidence
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.exchange.xml_text import children, local, parsed, readable, text_in, whole

_KINDS = {"wpt": WAYPOINTS, "rte": ROUTES, "trk": TRACKS}
_HEADINGS = {
    "name": NAME,
    "desc": NOTE,
    "cmt": _("注释"),
    "type": _("GPX 类型"),  # 类型 alone is a hazard's in many layers
    "sym": _("GPX 符号"),
    "src": _("GPX 来源"),
    "number": _("GPX 序号"),
    "time": TIME,
}


def gpx_layers(path: Path) -> list[str]:
    """Those of 航点, 航线, 轨迹 that the file has."""
    return _marks(path, None).tables()


def read_gpx(path: Path, *, layer: str | None, encoding: str | None) -> SourceTable:
    """The waypoints, the routes or the tracks. Raises ImportRefused as `source.open_source` does."""
    return table_of(_marks(path, encoding), path, layer)


def _marks(path: Path, asked: str | None) -> MarkFile:
    return read_once(path, asked, _read)


def _read(path: Path, asked: str | None) -> MarkFile:
    root, chosen = parsed(whole(path), path.name, "GPX", asked)
    marks: list[Mark] = []
    evidence = [Evidence("encoding", chosen.sentence, chosen.doubt)]
    counts: Counter[str] = Counter()
    timed = lone = 0
    for one in root:
        kind = _KINDS.get(local(one))
        if kind is None:
            continue
        counts[kind] += 1
        label = _("第 {number} 个{kind}").format(number=counts[kind], kind=kind)
        times = [text for each in one.iter() if local(each) in ("trkpt", "rtept") and (text := text_in(each, "time"))]
        timed += bool(times)
        values = _values(one) | ({START: times[0], END: times[-1]} if times else {})
        ways = _ways(one, kind)
        # A receiver that loses the sky starts a segment anew: one place between two losses is no way.
        kept = [way for way in ways if len(way) > 1] or ways[:1]
        lone += len(ways) - len(kept)
        marks.append(Mark(label, values, [_through(way, kind) for way in kept]))
    if timed:
        words = _("{count} 条轨迹各点的时间没有导入，只留开始和结束时间。")
        evidence.append(Evidence("table", words.format(count=timed)))
    if lone:
        words = _("轨迹里有 {count} 段只有一个点，不成线，没有读；其余各段照样导入。")
        evidence.append(Evidence("geometry", words.format(count=lone)))
    return MarkFile("GPX", marks, (WAYPOINTS, ROUTES, TRACKS), chosen.title, evidence)


def _values(element: Element) -> dict[str, str]:
    found = {}
    for one in element:
        tag = local(one)
        if tag in _HEADINGS and (text := readable(one.text or "")[0]):
            found[_HEADINGS[tag]] = text
        elif tag == "extensions":
            leaves = ((local(each), (each.text or "").strip()) for each in one.iter() if not len(each))
            found = {name: text for name, text in leaves if name and text} | found
    return found


def _ways(element: Element, kind: str) -> list[list[Element]]:
    """The places of a waypoint, of a route, of each segment of a track."""
    if kind == WAYPOINTS:
        return [[element]]
    if kind == ROUTES:
        return [list(children(element, "rtept"))]
    return [list(children(one, "trkpt")) for one in children(element, "trkseg")] or [[]]


def _through(places: list[Element], kind: str) -> Part:
    found = np.zeros((len(places), 3))
    for at, one in enumerate(places):
        longitude, latitude = one.get("lon") or "", one.get("lat") or ""
        try:
            found[at] = float(longitude), float(latitude), float(text_in(one, "ele") or 0.0)
            if not np.isfinite(found[at]).all():
                raise ValueError(found[at])
        except ValueError:
            words = _("坐标“lon={lon} lat={lat}”或它的高程读不懂")
            return Part(kind, None, words.format(lon=longitude, lat=latitude))
    if kind == WAYPOINTS:
        return Part(kind, shapely.points(flat_if_level(found)[0]))
    return line_or_fault(found, kind)
