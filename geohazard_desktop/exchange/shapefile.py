"""The four files of a Shapefile before GDAL reads them: which are there, what they say, whether they agree."""

import shutil
import struct
from dataclasses import dataclass, field
from pathlib import Path

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.report import Evidence, refused

# Byte 29 of the DBF header (language driver), as dBase and FoxPro define it; 0x57 is what software writes unasked.
_CODE_PAGES = {0x4D: "cp936", 0x7A: "cp936", 0x4F: "cp950", 0x78: "cp950", 0x03: "cp1252", 0x57: "cp1252"}


@dataclass(slots=True)
class Shapefile:
    """What was found beside `path`. `declared` pairs encodings with where they stand."""

    path: Path
    declared: list[tuple[str, str]] = field(default_factory=list)
    prj: str = ""
    restore_index: bool = False
    has_table: bool = True
    evidence: list[Evidence] = field(default_factory=list)


def companions(path: Path) -> dict[str, Path]:
    """The files beside `path` with its stem, by lower-case suffix."""
    return {one.suffix.lower(): one for one in path.parent.iterdir() if one.stem == path.stem}


def look(path: Path) -> Shapefile:
    """Raises ImportRefused where shapes and attributes do not belong together."""
    beside = companions(path)
    found = Shapefile(path)
    if ".cpg" in beside:
        word = beside[".cpg"].read_bytes()[:60].decode("ascii", "replace").strip("\ufeff \r\n\t\x00")
        if word:
            found.declared.append((word, _(".cpg 文件")))
    if ".prj" in beside:
        found.prj = beside[".prj"].read_bytes().decode("utf-8", "replace").strip("\ufeff \r\n\t\x00")
    found.restore_index = ".shx" not in beside
    if found.restore_index:
        words = _("没有 .shx 文件，已按 .shp 重新编出索引（源文件没有改动）。")
        found.evidence.append(Evidence("table", words, doubt=True))
    if ".dbf" not in beside:
        found.has_table = False
        words = _("没有 .dbf 文件，只有图形，没有任何属性；如果本来有，请把 .dbf 一起拷来再导入。")
        found.evidence.append(Evidence("table", words, doubt=True))
        return found
    _look_at_table(found, beside)
    return found


def _look_at_table(found: Shapefile, beside: dict[str, Path]) -> None:
    with beside[".dbf"].open("rb") as stream:
        header = stream.read(32)
        if len(header) < 32:
            raise refused(_("{name} 不完整。").format(name=beside[".dbf"].name), _("请重新拷一份。"))
        rows, header_length, row_length = struct.unpack("<IHH", header[4:12])
        stream.seek(header_length)
        deleted = 0
        while row_length and (flag := stream.read(row_length)):
            deleted += flag[:1] == b"*"
    if header[29] in _CODE_PAGES:
        found.declared.append((_CODE_PAGES[header[29]], _("属性表头")))
    if deleted:
        words = _("属性表里有 {count} 条已删除的记录，没有读。").format(count=deleted)
        found.evidence.append(Evidence("table", words))
    if ".shx" in beside:
        shapes = (beside[".shx"].stat().st_size - 100) // 8
        if shapes != rows:
            raise refused(
                _("{name} 有 {shapes} 个图形，属性却有 {rows} 条，对不上号。").format(
                    name=found.path.name, shapes=shapes, rows=rows
                ),
                _("请向提供数据的人重新要一份完整的。"),
            )


def copied(shapefile: Shapefile, folder: Path) -> Path:
    """A copy in `folder`, where GDAL may write the missing index: sources are never written."""
    for suffix, one in companions(shapefile.path).items():
        if suffix in {".shp", ".dbf", ".prj", ".cpg"}:
            shutil.copyfile(one, folder / f"source{suffix}")
    return folder / "source.shp"
