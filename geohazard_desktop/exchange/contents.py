"""What a file holds to choose from, before any of it is read: layers, sheets, files of an archive."""

import zipfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.packed import PACKED_SHAPES, entry_name, unpacked
from geohazard_desktop.exchange.source import FIELD_SUFFIXES, LIST_SUFFIXES

_BLANK_ROWS = 5000  # a sheet that begins with more of them says nothing


def layers_inside(path: Path) -> list[str]:
    """The names that `open_source(layer=…)` takes for this file; empty where there is nothing to choose.

    A file that can't be read has none: reading it says in a sentence what is wrong with it.
    """
    readers: dict[str, Callable[[Path], list[str]]] = {
        ".gpkg": _geopackage_layers,
        ".dxf": _drawing_layers,
        ".kml": _kml_layers,
        ".kmz": _kml_layers,
        ".ovkml": _kml_layers,
        ".ovkmz": _kml_layers,
        ".gpx": _gpx_layers,
        ".xlsx": _sheets,
        ".xlsm": _sheets,
        ".zip": _packed_files,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None or not path.is_file():
        return []
    try:
        return reader(path)
    except (ImportRefused, OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile):
        return []


def _geopackage_layers(path: Path) -> list[str]:
    import pyogrio

    return [str(name) for name, _geometry in pyogrio.list_layers(path)]


def _drawing_layers(path: Path) -> list[str]:
    from geohazard_desktop.exchange.dxf import dxf_layers

    return dxf_layers(path)


def _kml_layers(path: Path) -> list[str]:
    from geohazard_desktop.exchange.kml import kml_layers

    return kml_layers(path)


def _gpx_layers(path: Path) -> list[str]:
    from geohazard_desktop.exchange.gpx import gpx_layers

    return gpx_layers(path)


def _sheets(path: Path) -> list[str]:
    import openpyxl

    from geohazard_desktop.exchange.sheets import MEMBER_SHEETS, NOTE_SHEETS

    book = openpyxl.load_workbook(path, read_only=True)
    try:
        notes = (*NOTE_SHEETS, *MEMBER_SHEETS)
        filled = [one.title for one in book.worksheets if _says_something(one)]
        return [one for one in filled if one not in notes] or filled
    finally:
        book.close()


def _says_something(sheet: Any) -> bool:
    """Whether a sheet has any content; the empty ones that a new workbook brings are nothing to choose."""
    from geohazard_desktop.exchange.values import is_blank

    sheet.reset_dimensions()  # what a file says of a sheet's size may be wrong: A1 beside a full one
    rows = islice(sheet.iter_rows(values_only=True), _BLANK_ROWS)
    return any(not is_blank(cell) for row in rows for cell in row)


def _packed_files(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        names = [PurePosixPath(entry_name(one).replace("\\", "/")) for one in archive.infolist() if not one.is_dir()]
    shapes = [one for one in names if one.suffix.lower() in PACKED_SHAPES]
    found = shapes or [one for one in names if one.suffix.lower() in LIST_SUFFIXES]
    if len(found) == 1 and found[0].suffix.lower() in FIELD_SUFFIXES:
        with unpacked(path, None) as (inner, _layer):
            return layers_inside(inner)
    return sorted(str(one.with_suffix("")) for one in found)
