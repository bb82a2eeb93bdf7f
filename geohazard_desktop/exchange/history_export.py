"""The history as a table for others: who changed what and when, a line a changed field, as XLSX or CSV.

Personal values stand in it only when they are asked for, and what other texts tell of people is covered then as in all
that leaves; the words of the steps never hold any.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from geohazard_desktop.common.errors import ExportRefused, UsageWrong
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import whole_file
from geohazard_desktop.exchange.workbooks import new_book, packed
from geohazard_desktop.workspace.clean_copy import covering
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.edits.wording import called
from geohazard_desktop.workspace.feature import Delta, Feature, Value
from geohazard_desktop.workspace.history import HistoryEntry, StepFilter
from geohazard_desktop.workspace.personal_words import personal_words
from geohazard_desktop.workspace.workspace import Workspace

HEADINGS = (
    _("时间"),
    _("谁"),
    _("步骤"),
    _("种类"),
    _("图层"),
    _("编号"),
    _("名称"),
    _("改动"),
    _("字段"),
    _("原来"),
    _("后来"),
)
_WIDTHS = (20, 12, 46, 8, 14, 14, 22, 8, 16, 30, 30)
_KINDS = {
    "edit": _("改动"),
    "register": _("登记"),
    "system": _("程序"),
    "undo": _("撤销"),
    "redo": _("重做"),
    "foreign": _("其他程序"),
}
_SHEET_ROWS = 1_048_576  # of an XLSX sheet
_PAGE = 200

Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryReport:
    """How many steps and lines were written, and how many personal values were left out."""

    steps: int
    lines: int
    left_out: int


def export_history(
    ws: Workspace, path: Path, wanted: StepFilter | None = None, *, personal: bool = False
) -> HistoryReport:
    """Write the steps that `wanted` asks for, newest first, to `path` (.xlsx, or .csv in UTF-8 with its mark).

    Raises UsageWrong for another suffix, ExportRefused when it can't be written or has more lines than a sheet takes;
    what `path` was before stays then.
    """
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise UsageWrong(_("历史只能导出成 .xlsx 或 .csv。"), _("请改文件名的后缀。"))
    writer = _History(ws, wanted or StepFilter(), personal=personal)
    with whole_file(path) as draft:
        (_write_sheet if kind == ".xlsx" else _write_csv)(draft, writer)
    return HistoryReport(writer.steps, writer.lines, writer.left_out)


class _History:
    """The lines, one after the other, and what was counted on the way."""

    def __init__(self, ws: Workspace, wanted: StepFilter, *, personal: bool) -> None:
        self._ws, self._wanted, self._personal = ws, wanted, personal
        self._cover = None if personal else covering(personal_words(ws))
        self.steps = self.lines = self.left_out = 0

    def __iter__(self) -> Iterator[Line]:
        steps = self._ws.steps(self._wanted)
        while page := self._ws.history_page(steps, _PAGE):
            for step in page:
                self.steps += 1
                for line in self._of_step(step):
                    self.lines += 1
                    yield line

    def _of_step(self, step: HistoryEntry) -> Iterator[Line]:
        head = (f"{step.made_at:%Y-%m-%d %H:%M:%S}", step.actor, step.words, _KINDS.get(step.kind, step.kind))
        deltas = self._ws.step_deltas(step, most=max(step.features, 1))
        wanted = self._wanted
        deltas = [one for one in deltas if not wanted.layer or one.layer == wanted.layer]
        deltas = [one for one in deltas if not wanted.uid or one.uid == wanted.uid]
        if not deltas:
            yield (*head, *[""] * 7)
        for one in deltas:
            yield from self._of_delta(head, one)

    def _of_delta(self, head: Line, delta: Delta) -> Iterator[Line]:
        feature = delta.after or delta.before
        if feature is None or delta.layer not in self._ws.definitions:
            return
        definition = self._ws.definitions[delta.layer]
        verb = _("新增") if delta.before is None else _("删除") if delta.after is None else _("修改")
        subject = (
            *head,
            definition.title,
            self._word(definition, feature, "id"),
            self._word(definition, feature, "name"),
        )
        if delta.before is None or delta.after is None:
            yield (*subject, verb, "", "", "")
            return
        for field in definition.fields:
            if delta.before[field.name] != delta.after[field.name]:
                values = (self._value(definition, field, one[field.name]) for one in (delta.before, delta.after))
                yield (*subject, verb, field.title, *values)
        shapes = [one.geometry for one in (delta.before, delta.after)]
        if shapes[0] is not None and shapes[1] is not None and not shapes[0].equals_exact(shapes[1], 0.0):
            corners = (_("{count} 个点").format(count=int(shapely.get_num_coordinates(one))) for one in shapes)
            yield (*subject, verb, _("图形"), *corners)

    def _word(self, definition: LayerDefinition, feature: Feature, name: str) -> str:
        text = feature.text(name)
        if text and definition.is_personal(name) and not self._personal:
            self.left_out += 1
            return _("（个人信息）")
        return self._covered(text)

    def _value(self, definition: LayerDefinition, field: FieldDefinition, value: Value) -> str:
        if value is None or value == "":
            return ""
        if definition.is_personal(field.name) and not self._personal:
            self.left_out += 1
            return _("（个人信息）")
        if field.type == "reference":
            target = self._ws.feature(field.target, str(value))
            return called(self._ws.definitions, target) if target is not None else _("（已不在）")
        if isinstance(value, bool):
            return _("是") if value else _("否")
        return self._covered(value) if isinstance(value, str) else str(value)

    def _covered(self, text: str) -> str:
        clean = text if self._cover is None else self._cover(text)
        self.left_out += clean != text
        return clean


def _write_csv(path: Path, history: _History) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows([_harmless(one) for one in line] for line in history)


def _harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if text[:1] in ("=", "+", "-", "@") and not text.lstrip("+-").replace(".", "", 1).isdigit():
        return "'" + text
    return text


def _write_sheet(path: Path, history: _History) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = new_book(write_only=True)
    sheet = book.create_sheet(_("历史"))
    for place, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"

    def cell(text: str, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, _printable(text))
        made.data_type = "s"  # never a formula
        made.font = Font(name="等线", size=11, bold=bold)
        made.alignment = Alignment(vertical="top", wrap_text=bold)
        return made

    sheet.append([cell(one, bold=True) for one in HEADINGS])
    for number, line in enumerate(history, start=2):
        if number > _SHEET_ROWS:
            raise ExportRefused(
                _("历史超过 {count} 行，一张 Excel 表放不下。").format(count=_SHEET_ROWS - 1),
                _("请导出成 .csv，或先按图层、人筛选。"),
            )
        sheet.append([cell(one) for one in line])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADINGS))}{history.lines + 1}"
    path.write_bytes(packed(book))


def _printable(text: str) -> str:
    """Control characters have no place in XML, and a cell takes 32 767 characters."""
    return "".join(one for one in text if one >= " " or one in "\n\t")[:32_767]
