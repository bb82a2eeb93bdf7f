"""What the words of a list say of its coordinates, against the coordinates themselves and what the user says."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.datums import OWN, datums
from geohazard_desktop.exchange import crs as systems
from geohazard_desktop.exchange.report import Evidence, refused
from geohazard_desktop.exchange.source import SourceTable


@dataclass(slots=True)
class Stated:
    """`crs` where the words say more than the numbers do, else None; `evidence` what people should look at."""

    crs: CRS | None = None
    evidence: list[Evidence] = field(default_factory=list)


def stated_of(table: SourceTable, written: NDArray[np.float64], *, metric: bool, asked: bool) -> Stated:
    """The system that titles, headings and the file's name give `written` ((n, 2), east first). `asked`: the user has
    said one, which wins and is told where it is another.

    Raises ImportRefused where the words name several datums, one that such numbers can't be in, or a system of which
    there are no parameters.
    """
    said, found = table.said, Stated()
    titles = "、".join(one.title for one in said.datums)
    zones = set((written[:, 0] // 1e6).astype(int).tolist()) if metric else set()
    zone = next(iter(zones)) if len(zones) == 1 else 0
    odd = said.odd_beside(zone) if zone else said.odd_itself() if metric else ""
    if odd:
        found.evidence.append(Evidence("crs", _("{name}：{odd}").format(name=table.name, odd=odd), doubt=True))
    if metric and said.unknown:
        titles = "、".join([*(one.title for one in said.datums), said.unknown])
    if asked:
        if any(one.old or one.shift for one in said.datums) or (metric and said.unknown):
            words = _("{name} 的文字里写着 {titles}，坐标系按您写的读；请核对。")
            found.evidence.append(Evidence("crs", words.format(name=table.name, titles=titles), doubt=True))
        return found
    _refuse_unclear(table, titles, metric=metric)
    datum = said.datum or datums()[OWN]
    if datum.shift:
        if metric:
            raise refused(
                _("{name} 的文字写的是{title}，那只会是经纬度，表里却是米数的坐标。").format(
                    name=table.name, title=datum.title
                ),
                _("请问清坐标系，选好再导入（命令行写 --crs 代码）。"),
            )
        raise refused(
            _("{name} 的文字写的是{title}，直接用会偏几百米。").format(name=table.name, title=datum.title),
            _("请把坐标系选成“{title}”再导入（命令行写 --crs {shift}）。").format(
                title=datum.title, shift=datum.shift.upper()
            ),
        )
    if not metric:
        found.crs = systems.crs_of_code(datum.degrees) if datum.old else None
        return found
    central = said.central
    code = None
    if zone:
        code = datum.of_zone(zone) if datum.old else None
    elif zones == {0} and central is not None:
        code = datum.of_meridian(central)
        if code is None:
            raise refused(
                _("{name} 的文字写的中央经线 {central:g}° 不是 3 度带、6 度带的，程序没有它的参数。").format(
                    name=table.name, central=central
                ),
                _("请先转成 2000 国家大地坐标系的标准分带再导入，或改用经纬度。"),
            )
    elif datum.old:
        raise refused(
            _("{name} 的文字写的是 {title}，没有写哪一带。").format(name=table.name, title=datum.title),
            _("请选好坐标系再导入（命令行写 --crs 代码）；最好先用本地参数转成 2000 系。"),
        )
    found.crs = None if code is None else systems.crs_of_code(code)
    return found


def _refuse_unclear(table: SourceTable, titles: str, *, metric: bool) -> None:
    if metric and table.said.unknown:
        raise refused(
            _("{name} 的文字写的是{title}，程序没有换算它的参数，直接用位置会偏。").format(
                name=table.name, title=table.said.unknown
            ),
            _("请先转成 2000 国家大地坐标系再导入；知道坐标系代码的，选好再导入（命令行写 --crs 代码）。"),
        )
    if len(table.said.datums) > 1:
        raise refused(
            _("{name} 的文字里写着几个坐标系（{titles}），不知道坐标是哪个的。").format(name=table.name, titles=titles),
            _("请选好坐标系再导入（命令行写 --crs 代码）。"),
        )
