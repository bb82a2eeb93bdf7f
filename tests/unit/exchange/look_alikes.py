"""Small look-alikes of what offices send, with the faults that real files have. All names and numbers are invented."""

import shutil
from pathlib import Path

import geopandas
import numpy as np
import openpyxl
from pyproj import Transformer
from shapely import Polygon, transform

EAST, NORTH = 36_400_000.0, 4_370_000.0  # south-west corner of the invented district, EPSG:4524
TO_DEGREES = Transformer.from_crs(4524, 4490, always_xy=True)


def square(east: float = 1000.0, north: float = 1000.0, side: float = 100.0) -> Polygon:
    """A square at metres from the district's corner, in EPSG:4524."""
    east, north = EAST + east, NORTH + north
    return Polygon([(east, north), (east + side, north), (east + side, north + side), (east, north + side)])


def bow_tie() -> Polygon:
    east, north = EAST + 2000, NORTH + 2000
    return Polygon([(east, north), (east + 100, north + 100), (east + 100, north), (east, north + 100)])


def in_degrees(geometry):
    return transform(geometry, lambda points: np.column_stack(TO_DEGREES.transform(points[:, 0], points[:, 1])))


def swapped(geometry):
    return transform(geometry, lambda points: points[:, ::-1])


def frame(columns: dict, geometries: list, crs=4524) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(columns, geometry=geometries, crs=crs)


def gbk_shapefile(path: Path, columns: dict, geometries: list, crs=4524, *, cpg: str | None = None) -> Path:
    """A Shapefile as old software writes it: text in GBK, code page byte empty, no .cpg or a wrong one."""
    frame(columns, geometries, crs).to_file(path, encoding="GBK")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg)
    raw = bytearray(path.with_suffix(".dbf").read_bytes())
    raw[29] = 0
    path.with_suffix(".dbf").write_bytes(bytes(raw))
    return path


def zipped(path: Path) -> Path:
    """All files beside `path` with its stem, in one zip."""
    folder = path.parent / "pack"
    folder.mkdir()
    for one in path.parent.glob(f"{path.stem}.*"):
        shutil.copy(one, folder)
    return Path(shutil.make_archive(str(path.with_suffix("")), "zip", folder))


def fill(path, rows, *, sheet=0):
    """Write rows (heading → value) under the headings of a template."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[sheet]
    headings = [str(cell.value).rstrip("*").split("（")[0] for cell in page[1]]
    for number, row in enumerate(rows, start=2):
        for heading, value in row.items():
            page.cell(number, headings.index(heading) + 1, value)
    book.save(path)
    return path


def workbook(path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def skipped(report) -> dict[str, str]:
    return {one.feature: one.sentence for one in report.problems if one.kind == "skipped"}
