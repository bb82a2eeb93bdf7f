"""Which part of a file of districts is the office's own: a city's borders come in one file, the layer holds one."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.mapping import Matching
from geohazard_desktop.exchange.report import Evidence, Problem, refused
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.exchange.values import text_of
from geohazard_desktop.workspace.own_district import LAYER, names_own, own_districts
from geohazard_desktop.workspace.workspace import Workspace

_NEIGHBOURS = "neighbour"
_WHOLE = {LAYER, _NEIGHBOURS}  # layers whose features are not split by the district's border


@dataclass(frozen=True, slots=True)
class Districts:
    """The districts of a source by their codes and names: how many features are the own one's, how many others', and
    the column and text that pick the own one ({} where none can)."""

    own: int
    others: int
    only: dict[str, str]


def districts_of(ws: Workspace, source: SourceTable, matching: Matching) -> Districts:
    """Features without code and name count to neither side: nobody can tell whose they are."""
    rows = _told(source, matching)
    told = [one for one in rows if any(one.values())]
    own = [one for one in told if _is_own(ws, one)]
    only: dict[str, str] = {}
    for field, column in _columns(matching).items():
        texts = {one[field] for one in own}
        if own and not only and len(texts) == 1 and "" not in texts:
            only = {column: texts.pop()}
    return Districts(len(own), len(told) - len(own), only)


def own_among_neighbours(ws: Workspace, layer: str, source: SourceTable, matching: Matching) -> list[Problem]:
    """The own district among its neighbours is left out: it would lie over itself in the colour of what is outside."""
    if layer != _NEIGHBOURS:
        return []
    words = _("{file} {label}是本区（{name}），“邻区”只放别的区，没有导入。")
    name = ws.setting("district.name")
    return [
        Problem(label, words.format(file=source.name, label=label, name=name), "skipped", row)
        for row, (label, one) in enumerate(zip(source.labels, _told(source, matching), strict=True))
        if _is_own(ws, one)
    ]


def _columns(matching: Matching) -> dict[str, str]:
    return {field: match.source for field in ("code", "name") if (match := matching.source_of(field)) is not None}


def _told(source: SourceTable, matching: Matching) -> list[dict[str, str]]:
    """Code and name of each row, as far as the file says them."""
    columns = _columns(matching)
    return [
        {field: text_of(source.columns[column][row]) for field, column in columns.items()} for row in range(len(source))
    ]


def _is_own(ws: Workspace, one: dict[str, str]) -> bool:
    return names_own(one.get("code", ""), one.get("name", ""), ws.setting("district.code"), ws.setting("district.name"))


def beyond_own(ws: Workspace, layer: str, geometries: NDArray[np.object_] | None) -> NDArray[np.bool_] | None:
    """Row by row whether a shape (metres of the workspace) touches nothing of the own district; False for what has no
    place. None where that can't be told, for want of a border, or is nobody's question: of districts themselves."""
    outlines = [one.geometry for one in own_districts(ws) if one.geometry is not None and not one.geometry.is_empty]
    if geometries is None or layer in _WHOLE or not outlines:
        return None
    own = shapely.make_valid(shapely.union_all([shapely.make_valid(one) for one in outlines]))
    shapely.prepare(own)
    there = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    return np.asarray(there & ~shapely.intersects(own, geometries), dtype=bool)


def refuse_other_districts(ws: Workspace, layer: str, source: SourceTable, matching: Matching) -> list[Evidence]:
    """Raise ImportRefused where districts would come in that are not the office's; a doubt about a single one."""
    if layer != LAYER:
        return []
    found = districts_of(ws, source, matching)
    if not found.others:
        return []
    facts = {"file": source.name, "name": ws.setting("district.name"), "code": ws.setting("district.code")}
    if found.own:
        condition = "".join(f"{column}={text}" for column, text in found.only.items()) or _("列=内容")
        words = _(
            "{file} 里的 {count} 个行政区，只有 {own} 个是本区（{name}，{code}）；"
            "这个图层只放本区，图幅和面积占比都按它算。"
        )
        raise refused(
            words.format(count=found.own + found.others, own=found.own, **facts),
            _("请只取本区（--only {condition}），别的区导入到“邻区”。什么也没有改。").format(condition=condition),
        )
    words = _("按单位设置，本区是{name}（{code}），{file} 里的 {count} 个行政区都不是。").format(
        count=found.others, **facts
    )
    if found.others > 1:
        raise refused(
            words, _("请核对文件；要本区的请按列只取那一个（--only 列=内容），别的区导入到“邻区”。什么也没有改。")
        )
    return [Evidence("table", words + _("请核对；别的区请导入到“邻区”。"), doubt=True)]
