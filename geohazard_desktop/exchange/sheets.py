"""Excel workbooks and CSV files as lists: where the headings stand, merged cells, encodings, sums at the end."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.datums import said_in
from geohazard_desktop.exchange import encoding as encodings
from geohazard_desktop.exchange.coordinate_text import COORDINATE_HEADINGS
from geohazard_desktop.exchange.mapping import base_and_unit, key
from geohazard_desktop.exchange.report import Evidence, refused
from geohazard_desktop.exchange.source import SourceTable, choose_layer
from geohazard_desktop.exchange.values import is_blank, text_of
from geohazard_desktop.workspace.definition import read_definitions

Grid = list[list[Any]]
MEMBER_SHEETS = ("家庭成员", "成员", "家庭成员表")
HELP_SHEET = "填写说明"
NOTE_SHEETS = (HELP_SHEET, "说明", "按街道统计")  # beside the table of a workbook that this program wrote
_HEADING_ROWS = 10  # a title, a unit line and two rows of headings come before the data, not more
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_SUMS = {"合计", "总计", "小计", "累计"}
_DELIMITERS = ",\t;|，"


def read_list(path: Path, *, sheet: str | None, encoding: str | None, epsg: int | None) -> SourceTable:
    """See source.open_source. `geometries` is None: coordinates stand in columns."""
    if path.suffix.lower() in (".csv", ".txt"):
        if sheet is not None:
            raise refused(_("{name} 是 CSV，里面没有工作表。").format(name=path.name), _("请不写 --source-layer。"))
        grid, chosen = _csv_grid(path, encoding)
        table = _table(path, path.stem, grid)
        table.encoding = chosen.title
        table.evidence.insert(0, Evidence("encoding", chosen.sentence, chosen.doubt))
    else:
        grids = _workbook(path)
        members = next((one for one in grids if one.strip() in MEMBER_SHEETS), None)
        names = [one for one in grids if one.strip() not in NOTE_SHEETS] or list(grids)
        if sheet is None and members is not None and len(names) == 2:
            names.remove(members)
        chosen_sheet = choose_layer(path, names, sheet, word=_("工作表"))
        table = _table(path, chosen_sheet, grids[chosen_sheet])
        table.encoding = "UTF-8"
        table.evidence.insert(0, Evidence("encoding", _("Excel 文件的文字按标准是 UTF-8。")))
        if members is not None and members != chosen_sheet:
            table.members = _table(path, members, grids[members])
    table.asked_epsg = epsg
    return table


def _csv_grid(path: Path, asked: str | None) -> tuple[Grid, encodings.Encoding]:
    raw = path.read_bytes()
    chosen = encodings.of_text_file(raw, [], asked, path.name)
    text = raw.decode(chosen.codec)
    head = "\n".join(text.splitlines()[:_HEADING_ROWS])
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    grid: Grid = []
    begun = 1  # line on which the next row begins
    try:
        for row in reader:
            if text.count('"') % 2 and any("\n" in cell and delimiter in cell for cell in row):
                raise refused(
                    _("{name} 第 {line} 行有一个双引号没有配对，它后面的行会并成一格，没有读。").format(
                        name=path.name, line=begun
                    ),
                    _("请在表格软件里打开核对，另存为 .xlsx 再导入。"),
                )
            grid.append(list(row))
            begun = reader.line_num + 1
    except csv.Error as error:
        raise refused(
            _("{name} 第 {line} 行读不下去，可能有一格太长，或引号没有配对。").format(name=path.name, line=begun),
            _("请在表格软件里打开核对，另存为 .xlsx 再导入。"),
        ) from error
    return grid, chosen


def _workbook(path: Path) -> dict[str, Grid]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
        raise refused(
            _("{name} 读不出来，可能加了密码或没有拷完整。").format(name=path.name),
            _("请在表格软件里打开，去掉密码，另存为 .xlsx 再导入。"),
        ) from error
    _refuse_uncounted(path, book)
    grids = {}
    for sheet in book.worksheets:
        grid: Grid = [list(row) for row in sheet.iter_rows(values_only=True)]
        for area in sheet.merged_cells.ranges:
            # A merged cell says the same for each of its cells: headings over columns, a household over its members.
            top = grid[area.min_row - 1][area.min_col - 1]
            for row in range(area.min_row - 1, min(area.max_row, len(grid))):
                for column in range(area.min_col - 1, min(area.max_col, len(grid[row]))):
                    grid[row][column] = top
        if any(not is_blank(cell) for row in grid for cell in row):
            grids[sheet.title] = grid
    return grids


def _refuse_uncounted(path: Path, book: Any) -> None:
    """Formulas that no program has worked out yet would be read as empty cells."""
    import openpyxl

    with zipfile.ZipFile(path) as archive:
        sheets = [one for one in archive.namelist() if one.startswith("xl/worksheets/") and one.endswith(".xml")]
        if not any(b"<f>" in (raw := archive.read(one)) or b"<f " in raw for one in sheets):
            return
    formulas = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in formulas[sheet.title].iter_rows():
            for cell in row:
                if cell.data_type == "f" and sheet[cell.coordinate].value is None:
                    raise refused(
                        _("{name} 的“{sheet}”表 {cell} 格是公式，还没有算出结果。").format(
                            name=path.name, sheet=sheet.title, cell=cell.coordinate
                        ),
                        _("请在表格软件里打开它，保存一次再导入。"),
                    )


def _table(path: Path, sheet: str, grid: Grid) -> SourceTable:
    heading_row = _heading_row(grid)
    headings = _unique(_headings(grid, heading_row)) if grid else []
    if not any(headings):
        raise refused(
            _("{name} 里没有表头。").format(name=path.name), _("请在第一行写上各列的名称，或用程序给的空表。")
        )
    kept, labels, sums = [], [], []
    for number, row in enumerate(grid[heading_row + 1 :], start=heading_row + 2):
        cells = [*row, *([None] * (len(headings) - len(row)))]
        if all(is_blank(cell) for cell in cells):
            continue
        first = next(cell for cell in cells if not is_blank(cell))
        if re.sub(r"\s", "", text_of(first)) in _SUMS:
            sums.append(str(number))
            continue
        kept.append(cells)
        labels.append(_("第 {number} 行").format(number=number))
    columns = {name: [row[index] for row in kept] for index, name in enumerate(headings) if name}
    table = SourceTable(path, sheet, columns, None, labels)
    table.grid = grid
    titles = [text_of(cell) for row in grid[: heading_row + 1] for cell in row if not is_blank(cell)]
    table.said = said_in("\n".join([path.stem, sheet, *titles]))
    _tell_nameless(table, headings, kept)
    if heading_row:
        words = _("表头在第 {row} 行，上面的是标题，只看了里面写的坐标系。")
        table.evidence.append(Evidence("table", words.format(row=heading_row + 1)))
    if sums:
        words = _("第 {rows} 行是合计，不是一条记录，没有读。")
        table.evidence.append(Evidence("table", words.format(rows="、".join(sums))))
    return table


def _tell_nameless(table: SourceTable, headings: Sequence[str], rows: Grid) -> None:
    """Cells under no heading can't be imported, but must not vanish without a word."""
    width = max((len(row) for row in rows), default=0)
    nameless = [index for index in range(width) if index >= len(headings) or not headings[index]]
    filled = [str(index + 1) for index in nameless if any(not is_blank(row[index]) for row in rows if index < len(row))]
    if filled:
        words = _("第 {columns} 列有内容但没有列名，没有读；要用请在表头写上名称。")
        table.evidence.append(Evidence("table", words.format(columns="、".join(filled)), doubt=True))


def _heading_row(grid: Grid) -> int:
    """The row with the most known headings; of equals the lower one (two-storey headings, of which the upper one
    speaks where the lower says nothing)."""
    best, best_score = 0, 0
    for index, row in enumerate(grid[:_HEADING_ROWS]):
        own = _count_known(cell for cell in row if isinstance(cell, str))
        score = max(own, _count_known(_headings(grid, index))) if own > 1 else own
        if score and score >= best_score and not (score == 1 and best_score >= 1):
            best, best_score = index, score
    if best_score:
        return best
    return next((index for index, row in enumerate(grid) if sum(not is_blank(cell) for cell in row) > 1), 0)


def _headings(grid: Grid, row: int) -> list[str]:
    """The headings of a row; where it says nothing, or only in brackets what the upper storey is counted in, the upper
    one speaks: 家庭人口 above （人）. A title above all columns is no storey."""
    found = []
    for column, cell in enumerate(grid[row]):
        own = text_of(cell)
        above = text_of(grid[row - 1][column]) if row and column < len(grid[row - 1]) else ""
        if above != own and (not own or _IN_BRACKETS.fullmatch(own)) and _is_known(above):
            own = above + own
        found.append(own)
    return found


def _count_known(cells: Iterable[str]) -> int:
    return sum(map(_is_known, {text_of(one) for one in cells if one.strip()}))


def _is_known(heading: str) -> bool:
    return key(heading) in _known_headings() or base_and_unit(heading)[0] in _known_headings()


@cache
def _known_headings() -> frozenset[str]:
    words = set(COORDINATE_HEADINGS)
    for definition in read_definitions().values():
        for field in definition.fields:
            for one in (field.name, field.title, *field.aliases):
                words |= {key(one), base_and_unit(one)[0]}
    return frozenset(words)


def _unique(headings: Sequence[str]) -> list[str]:
    """Headings without repeats: the second 电话 becomes 电话 2."""
    seen: dict[str, int] = {}
    found = []
    for one in headings:
        seen[one] = seen.get(one, 0) + 1
        found.append(one if seen[one] == 1 or not one else f"{one} {seen[one]}")
    return found
