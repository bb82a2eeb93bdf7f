"""The line below a register: how many cells are selected, and their sum, mean, least and greatest."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.register.columns import RegisterColumn
from geohazard_desktop.desktop.register.model import RegisterModel
from geohazard_desktop.desktop.words import grouped
from geohazard_desktop.workspace.register_query import AREA
from geohazard_desktop.workspace.register_rows import figures
from geohazard_desktop.workspace.workspace import Workspace


def statistics(ws: Workspace, model: RegisterModel, cells: Sequence[tuple[int, NDArray[np.intp]]]) -> str:
    """The line for the selected `cells` (column, rows): figures of one column of numbers, else counts alone."""
    count = sum(len(rows) for _column, rows in cells)
    if count < 2:
        return ""
    told = [_("{count} 格").format(count=grouped(count))]
    late = _late(model, cells)
    if late:
        told.append(_("{count} 行有逾期的事").format(count=grouped(late)))
    numeric = [(model.columns[column], rows) for column, rows in cells if model.columns[column].numeric]
    if len(numeric) > 1:
        told.append(_("要求和，只选一列数字"))
    elif numeric:
        told += _figures(numeric[0][0], _numbers(ws, model, *numeric[0]))
    return "　".join(told)


def _late(model: RegisterModel, cells: Sequence[tuple[int, NDArray[np.intp]]]) -> int:
    late = model.late_ids()
    if not len(late):
        return 0
    rows = np.unique(np.concatenate([rows for _column, rows in cells]))
    return int(np.isin(model.fids[model.order[rows]], late).sum())


def _numbers(
    ws: Workspace, model: RegisterModel, column: RegisterColumn, rows: NDArray[np.intp]
) -> NDArray[np.float64]:
    ids = model.fids[model.order[rows]]
    if column.field is None:
        numbers = figures(model.measured, column.key, ids)
        numbers = numbers / 10_000 if column.key == AREA else numbers
    else:
        # Text that another program left among numbers is counted as empty.
        found = (one for one in ws.column(model.layer, ids, column.key))
        numbers = np.array([float(one) if isinstance(one, int | float) else np.nan for one in found], dtype=np.float64)
    return numbers[~np.isnan(numbers)]


def _figures(column: RegisterColumn, numbers: NDArray[np.float64]) -> list[str]:
    if not len(numbers):
        return [_("“{title}”里没有数字").format(title=column.title)]
    unit = f" {column.unit.split('，', maxsplit=1)[0]}" if column.unit else ""
    whole = column.field is not None and column.field.type == "integer"

    def told(number: float, digits: int) -> str:
        return grouped(number, 0 if number == int(number) and digits < 2 else digits) + unit

    digits = 0 if whole else 2
    return [
        _("{title}：{count} 个数").format(title=column.title, count=grouped(len(numbers))),
        _("合计 {number}").format(number=told(float(numbers.sum()), digits)),
        _("平均 {number}").format(number=told(float(numbers.mean()), 2)),
        _("最小 {number}").format(number=told(float(numbers.min()), digits)),
        _("最大 {number}").format(number=told(float(numbers.max()), digits)),
    ]
