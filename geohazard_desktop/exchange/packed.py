"""Zipped Shapefiles, GeoPackages, KML: unpacked into a folder of their own for as long as they are read."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from geohazard_desktop.common.scratch import scratch_folder
from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.report import refused
from geohazard_desktop.exchange.source import FIELD_SUFFIXES, LIST_SUFFIXES, VECTOR_SUFFIXES, choose_layer

_MOST_BYTES = 4 << 30  # a zip bomb must not fill the disk
_UTF8_FLAG = 0x800
PACKED_SHAPES = (*VECTOR_SUFFIXES, *FIELD_SUFFIXES)


@contextmanager
def unpacked(path: Path, asked: str | None) -> Iterator[tuple[Path, str | None]]:
    """Yields the data file inside zip `path` and, where `asked` names no file in it, `asked` as the layer inside."""
    with scratch_folder() as folder:
        try:
            found = _extract(path, folder)
            files = {name: one for name, one in found.items() if one.suffix.lower() in PACKED_SHAPES}
            files = files or {name: one for name, one in found.items() if one.suffix.lower() in LIST_SUFFIXES}
            if asked is not None and len(files) == 1 and asked not in files:
                yield next(iter(files.values())), asked
                return
            name = choose_layer(path, sorted(files), asked, word=_("文件"))
            yield files[name], None
        except zipfile.BadZipFile as error:
            raise refused(_("压缩包 {name} 坏了。").format(name=path.name), _("请重新拷一份。")) from error
        except (RuntimeError, NotImplementedError) as error:  # encrypted, or a method Python lacks
            raise refused(
                _("压缩包 {name} 加了密，或用了少见的压缩方法。").format(name=path.name), _("请解压后再导入。")
            ) from error


def _extract(path: Path, folder: Path) -> dict[str, Path]:
    """Unpack into `folder`; the files by their name inside the archive without suffix, of data files alone."""
    found: dict[str, Path] = {}
    places: dict[str, Path] = {}
    with zipfile.ZipFile(path) as archive:
        if sum(one.file_size for one in archive.infolist()) > _MOST_BYTES:
            raise refused(_("压缩包 {name} 解开后超过 4 GB。").format(name=path.name), _("请解压后再导入。"))
        for one in archive.infolist():
            if one.is_dir():
                continue
            inner = PurePosixPath(entry_name(one).replace("\\", "/"))
            # Only the last part of a name is used: nothing in an archive decides where we write. Each folder inside
            # gets one of its own, so that two files of one name are not mixed up.
            if inner.name in ("", ".", ".."):
                continue
            place = places.setdefault(str(inner.parent), folder / str(len(places)))
            place.mkdir(exist_ok=True)
            target = place / inner.name
            target.write_bytes(archive.read(one))
            if target.suffix.lower() in (*PACKED_SHAPES, *LIST_SUFFIXES):
                found[str(inner.with_suffix(""))] = target
    return found


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name of a file in an archive, as whoever packed it saw it."""
    # Windows writes Chinese names in GBK without the UTF-8 flag; zipfile then shows them in code page 437.
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename
