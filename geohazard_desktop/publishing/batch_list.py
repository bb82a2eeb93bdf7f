"""出图清单: what a batch made and what lacks, as a table for the office; numbers only, no persons."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.exchange.list_workbook import write_list
from geohazard_desktop.publishing.batch import papers_of
from geohazard_desktop.publishing.form_fields import day_words
from geohazard_desktop.publishing.report import MadeRow
from geohazard_desktop.publishing.typeset.typesetting import typeset
from geohazard_desktop.workspace.workspace import Workspace

STATES = {"made": _("出好"), "kept": _("没变，没有重出"), "failed": _("没有出成")}
HEADS = (_("图、卡"), _("编号"), _("街道（镇）"), _("危险区"), _("结果"), _("页数"), _("缺什么、出了什么错"), _("文件"))


def cells(row: MadeRow) -> list[str]:
    lacks = _("没有登记：{labels}").format(labels="、".join(row.lacking)) if row.lacking else ""
    told = "；".join(part for part in (lacks, *row.problems) if part)
    pages = str(row.pages) if row.pages else ""
    return [row.product, row.called, row.street, row.zone, STATES[row.state], pages, told, "\n".join(row.files)]


def write_batch_list(ws: Workspace, path: Path, rows: Sequence[MadeRow]) -> None:
    """Write .xlsx or .pdf, whole or not at all. Raises ExportRefused where the place refuses."""
    if path.suffix.lower() == ".pdf":
        write_whole(path, _pdf(ws, rows))
        return
    note = f"{_summary(rows)}{day_words(date.today())}"
    write_list(path, _("出图清单"), HEADS, [cells(one) for one in rows], note)


def _summary(rows: Sequence[MadeRow]) -> str:
    return _("出好 {made} 份，没变没有重出 {kept} 份，没有出成 {failed} 份。").format(**papers_of(rows))


def _pdf(ws: Workspace, rows: Sequence[MadeRow]) -> bytes:
    data: dict[str, Any] = {
        "title": _("出图清单"),
        "office": ws.setting("office.name") or "",
        "day": day_words(date.today()),
        "summary": _summary(rows),
        "heads": list(HEADS[:-1]),
        "rows": [cells(one)[:-1] for one in rows],
    }
    return typeset("batch_list", data, {}, title=_("出图清单"))
