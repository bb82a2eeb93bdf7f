"""A whole file in one go where nobody looks at a preview: each of its tables into the layer that it speaks of.

What speaks of no layer is left out and told. What speaks of one and can't be read there stops the whole file: half a
register would miss whom the other half refers to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geohazard_desktop.common.errors import GeohazardError, ImportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.contents import layers_inside
from geohazard_desktop.exchange.corner_shapes import zone_guess
from geohazard_desktop.exchange.importer import ImportPlan, plan_unseen, refuse_itself
from geohazard_desktop.exchange.joined_updates import told_apart
from geohazard_desktop.exchange.layer_guess import LayerGuess, guess_layer, looks_like
from geohazard_desktop.exchange.marks import is_kind
from geohazard_desktop.exchange.report import Evidence, ImportReport, refused
from geohazard_desktop.exchange.source import SourceTable, open_source
from geohazard_desktop.exchange.together import order_of, run_together
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TableReport:
    """What became of one table, "" where the file is one: its layer and report, or `why` its `rows` are left out; None
    where nobody could count them."""

    table: str
    layer: str = ""
    report: ImportReport = field(default_factory=ImportReport)
    why: str = ""
    rows: int | None = 0

    def to_json(self) -> dict[str, Any]:
        """One of the mappings that `main.py import --all --json` prints."""
        told = {"why": self.why} if self.why else self.report.to_json()
        return {"table": self.table, "layer": self.layer or None, **told}


def import_all(
    ws: Workspace, path: Path, *, epsg: int | None = None, shift: str | None = None, encoding: str | None = None
) -> list[TableReport]:
    """Store every table of `path` that speaks of a layer, as one step; a report for each, in the file's order.

    Raises ImportRefused (nothing changed) where no table does, or one of these can't be read; else as `import_file`.
    """
    refuse_itself(ws, path)
    tables = layers_inside(path) or [""]
    looks = [_look(ws, path, one, epsg, encoding) for one in tables]
    meant = [one for one in looks if isinstance(one, _Meant)]
    if not meant:
        raise refused(
            _("{name} 里没有看得出写到哪个图层的表，什么也没有改。").format(name=path.name)
            + "".join(one.why for one in looks if isinstance(one, TableReport)),
            _("请写明图层，一张表一张表地导入（--layer 图层）。"),
        )
    plans: dict[str, ImportPlan] = {}
    earlier: list[Feature] = []
    for index in order_of([ws.definitions[one.guess.layer] for one in meant]):
        one = meant[index]
        try:
            plan = plan_unseen(ws, one.source, one.guess.layer, shift=shift, earlier=earlier)
        except GeohazardError as error:
            title = ws.definition(one.guess.layer).title
            words = _("“{table}”（写到“{layer}”）不能导入，这个文件一张表都没有导入：{why}")
            raise refused(words.format(table=one.table or path.name, layer=title, why=error), "") from error
        plans[one.table] = plan
        plan.report.evidence.insert(0, Evidence("table", one.guess.done))
        earlier += [*plan.features, *plan.members]
    told = told_apart(ws, path.name, [(table, plan.updates) for table, plan in plans.items()])
    for plan, problems in zip(plans.values(), told, strict=True):
        plan.report.problems += problems
    run_together(ws, list(plans.values()))
    return [
        TableReport(one.table, one.guess.layer, plans[one.table].report) if isinstance(one, _Meant) else one
        for one in looks
    ]


@dataclass(frozen=True, slots=True)
class _Meant:
    table: str
    source: SourceTable
    guess: LayerGuess


def _look(ws: Workspace, path: Path, table: str, epsg: int | None, encoding: str | None) -> "_Meant | TableReport":
    called = table or path.name
    try:
        source = open_source(path, layer=table or None, encoding=encoding, epsg=epsg)
    except ImportRefused as error:
        if not table or any(looks_like(one, [table]) for one in ws.definitions.values()):
            raise
        words = _("“{table}”没有导入，也看不出写到哪个图层：{why}")  # a cover without headings
        return TableReport(table, why=words.format(table=called, why=error.sentence), rows=None)
    if not len(source):
        return TableReport(table, why=_("“{table}”里一行数据也没有。").format(table=called))
    guess = zone_guess(ws.definitions, source, "") or guess_layer(
        ws.definitions, source, "", _words(path, source, table)
    )
    if guess.layer:
        return _Meant(table, source, guess)
    words = _("“{table}”看不出写到哪个图层，{count} 行没有导入。要用请另外导入（{how}）。")
    how = _("--source-layer {table} --layer 图层").format(table=table) if table else _("--layer 图层")
    return TableReport(table, rows=len(source), why=words.format(table=called, count=len(source), how=how))


def _words(path: Path, source: SourceTable, table: str) -> Sequence[str]:
    """What speaks of the layer. A workbook's name is of all its sheets: its cover is no list of 住户."""
    return (path.stem, table, *source.subjects) if not table or is_kind(table) else (table, *source.subjects)
