"""Empty registration tables for offices: 隐患点, 住户 with members, 安置点, 责任人, as Excel or CSV.

The headings are the definitions' own titles, so a filled table comes back through the ordinary import.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geohazard_desktop.common.errors import FileExists, UsageWrong
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import whole_file
from geohazard_desktop.exchange.sheets import HELP_SHEET, MEMBER_SHEETS
from geohazard_desktop.exchange.workbooks import new_book, packed
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition, read_definitions

LISTS = ("hazard_point", "household", "shelter", "person")
_MEMBER = "household_member"
# Filled by the program or by drawing; asking for them on paper would only be answered wrongly.
_NOT_ASKED = {"source", "schematic"}
_ROWS = 2000  # how far drop-down lists and formats reach
_WIDE, _USUAL = 30.0, 14.0
_COORDINATES = ("经度", "纬度", "X（北）", "Y（东）")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: `field` is None for coordinates."""

    heading: str
    field: FieldDefinition | None = None
    choices: tuple[str, ...] = ()


def list_columns(definition: LayerDefinition) -> list[Column]:
    """The columns of a layer's table in order; required fields first, coordinates after the name."""
    fields = [one for one in definition.fields if one.name not in _NOT_ASKED]
    first = [one for one in fields if one.name in ("id", "name") or one.required]
    if any(one.required for one in first) and definition.table in ("household", _MEMBER):
        first = [one for one in first if one.name != "name" or one.required or definition.table == _MEMBER]
    rest = [one for one in fields if one not in first and not (definition.table == "household" and one.name == "name")]
    if definition.table == _MEMBER:
        # A member is found by its head; numbers and dates of the record are the program's.
        first = [one for one in first if one.name != "id"]
        rest = [one for one in rest if one.name not in ("surveyed_on", "position")]
    columns = [_column(definition, one) for one in first]
    if definition.geometry == "point":
        columns += [Column(one) for one in _COORDINATES]
    return columns + [_column(definition, one) for one in rest]


def _column(definition: LayerDefinition, one: FieldDefinition) -> Column:
    title = _("户主姓名") if (definition.table, one.name) == (_MEMBER, "household") else one.title
    heading = f"{title}（{one.unit}）" if one.unit and one.type in ("integer", "real") and one.unit != "年" else title
    choices = one.values if one.type == "text" else (_("是"), _("否")) if one.type == "boolean" else ()
    return Column(heading + ("*" if one.required else ""), one, choices)


def write_template(kind: str, path: Path, definitions: Mapping[str, LayerDefinition] | None = None) -> None:
    """Write the empty table of layer `kind` to `path` (.xlsx, or .csv in UTF-8 with its mark, which Excel reads).

    Raises UsageWrong for another layer or suffix, FileExists rather than overwrite, ExportRefused when it can't write.
    """
    definitions = definitions or read_definitions()
    if kind not in LISTS or kind not in definitions:
        names = "、".join(f"{one}（{definitions[one].title}）" for one in LISTS if one in definitions)
        raise UsageWrong(_("没有“{kind}”的空表。").format(kind=kind), _("可以写：{names}。").format(names=names))
    path = Path(path)
    if path.exists():
        raise FileExists(_("{name} 已经存在，没有覆盖。").format(name=path.name), _("请换一个文件名。"))
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageWrong(_("空表只能写成 .xlsx 或 .csv。"), _("请改文件名的后缀。"))
    with whole_file(path) as draft:
        if path.suffix.lower() == ".csv":
            _write_csv(draft, definitions[kind])
        else:
            _write_workbook(draft, definitions[kind], definitions.get(_MEMBER) if kind == "household" else None)


def _write_csv(path: Path, definition: LayerDefinition) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerow(one.heading for one in list_columns(definition))


def _write_workbook(path: Path, definition: LayerDefinition, member: LayerDefinition | None) -> None:

    book = new_book()
    sheet = book.active
    sheet.title = definition.title
    columns = list_columns(definition)
    _fill(sheet, columns, definition)
    if member is not None:
        _fill(book.create_sheet(MEMBER_SHEETS[0]), list_columns(member), member)
    _explain(book.create_sheet(HELP_SHEET), columns, definition, member)
    path.write_bytes(packed(book))


def _fill(sheet: Any, columns: Sequence[Column], definition: LayerDefinition) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    thin = Side(style="thin", color="9AA5B1")
    for index, column in enumerate(columns, start=1):
        letter = get_column_letter(index)
        cell = sheet.cell(1, index, column.heading)
        required = column.field is not None and column.field.required
        personal = column.field is not None and definition.is_personal(column.field.name)
        cell.font = Font(name="等线", size=11, bold=True, color="B3001B" if required else "1A1A1A")
        cell.fill = PatternFill("solid", start_color="FBE9E7" if personal else "E8EEF4")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        long = column.field is not None and (column.field.multiline or column.field.name == "address")
        sheet.column_dimensions[letter].width = _WIDE if long else max(_USUAL, 2.2 * len(column.heading) + 2)
        _format(sheet, letter, column)
        if column.choices:
            rule = DataValidation(type="list", formula1='"' + ",".join(column.choices) + '"', allow_blank=True)
            rule.error = _("请从下拉表里选一项。")
            rule.errorTitle = column.heading
            rule.showErrorMessage = True
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{_ROWS}")
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3


def _format(sheet: Any, letter: str, column: Column) -> None:
    """Phones and numbers for people as text, so that Excel keeps their zeros; degrees with seven decimals."""
    field = column.field
    if field is None:
        style = "0.0000000" if column.heading in _COORDINATES[:2] else "0.000"
    elif field.type == "date":
        style = "yyyy-mm-dd"
    else:
        style = "General" if field.type in ("integer", "real") else "@"
    # A column's own style reaches cells that are typed into later without making two thousand of them now.
    sheet.column_dimensions[letter].number_format = style


def _explain(
    sheet: Any, columns: Sequence[Column], definition: LayerDefinition, member: LayerDefinition | None
) -> None:
    from openpyxl.styles import Alignment, Font

    lines = [
        _("这张表填好后，用“导入”读进“{title}”图层。").format(title=definition.title),
        _("带 * 的列必须填。浅红底色的列是个人信息，请按规定保管和传递。"),
        _("每条记录占一行，不要改第一行的列名；不用的列可以空着，也可以删去。"),
        _("日期写成 2026-07-18。几项并列时用顿号“、”隔开。"),
    ]
    if definition.geometry == "point":
        lines += [
            _("坐标填一种就行：经度、纬度（108.5125 或 108°30′45″），或 X、Y（2000 国家大地坐标系，高斯投影，米）。"),
            _("X 是北坐标（7 位），Y 是东坐标（6 位，或前面带 2 位带号的 8 位）。手机地图上的火星坐标不能直接填。"),
        ]
    if member is not None:
        lines.append(_("不知道坐标的住户也可以填：导入以后没有位置，再在属性里按“放到地图上”。"))
        lines.append(_("家庭成员填在“家庭成员”表里，每人一行，户主姓名要和住户表一致；有同名户主的，改写住户编号。"))
    references = [one.heading for one in columns if one.field is not None and one.field.type == "reference"]
    if references:
        lines.append(_("{names}：写对方的编号或名称。").format(names="、".join(references)))
    for one in columns:
        if one.field is not None and one.field.values:
            lines.append(
                _("{heading}：可填 {values}。").format(heading=one.heading, values="、".join(one.field.values))
            )
    sheet.column_dimensions["A"].width = 110
    for row, line in enumerate(lines, start=1):
        cell = sheet.cell(row, 1, line)
        cell.font = Font(name="等线", size=11)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
