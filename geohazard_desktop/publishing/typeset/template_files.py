"""Templates carried from one office to another: a folder or a zip file in, a folder or a zip file out."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath

from geohazard_desktop.common.errors import ExportRefused, ImportRefused
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.publishing.paper_pictures import svg_text
from geohazard_desktop.publishing.typeset.office_templates import LARGEST_FOLDER, TEMPLATE_KINDS

_PICTURES = {".png", ".jpg", ".jpeg"}


@dataclass(slots=True)
class FoundTemplates:
    """Texts by path. `notes` say what was taken in another form or left out."""

    files: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_templates(path: Path) -> FoundTemplates:
    """The template files of a folder or a zip file. A folder that holds all of them alone is left out of their paths.

    Raises ImportRefused where there are none, or the place can't be read.
    """
    try:
        contents = _zip(path) if path.is_file() else _folder(path)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else _("不是 zip 文件，或者损坏、有密码")
        raise ImportRefused(
            _("{name} 读不了（{reason}），没有导入模板。").format(name=path.name, reason=reason),
            _("请选模板文件夹，或由本程序导出的 zip 文件。"),
        ) from error
    found = FoundTemplates()
    left_out = []
    for name, content in _below_one_folder(contents).items():
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in _PICTURES:
            made = str(PurePosixPath(name).with_suffix(".svg"))
            found.files[made] = svg_text(name, content)
            found.notes.append(_("{name} 存成了 {made}，模板里请写后一个名字。").format(name=name, made=made))
        elif suffix in TEMPLATE_KINDS:
            try:
                found.files[name] = content.decode("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError as error:
                raise ImportRefused(
                    _("{path} 里的 {name} 不是 UTF-8 编码，没有导入模板。").format(path=path.name, name=name),
                    _("请把这个文件另存为 UTF-8，再导入一次。"),
                ) from error
        else:
            left_out.append(name)
    if left_out:
        found.notes.append(
            _("不是模板的 {count} 个文件没有导入（{names}）。字体请放在工作文件旁边“打印模板/fonts”里。").format(
                count=len(left_out), names="、".join(left_out[:3])
            )
        )
    if not found.files:
        raise ImportRefused(
            _("{name} 里没有模板文件，没有导入。").format(name=path.name), _("模板是 .typ、.toml、.svg 文件。")
        )
    return found


def write_templates(path: Path, files: Mapping[str, str]) -> None:
    """Into a zip file where the name says so, else into a folder. Raises ExportRefused."""
    if not files:
        raise ExportRefused(_("没有模板可以导出。"), _("请先选模板。"))
    if path.suffix.lower() != ".zip":
        for name, text in files.items():
            write_whole(path / name, text.encode())
        return
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    write_whole(path, held.getvalue())


def _folder(home: Path) -> dict[str, bytes]:
    files = [one for one in sorted(home.rglob("*")) if one.is_file()]
    _refuse_much(home, sum(one.stat().st_size for one in files))
    return {one.relative_to(home).as_posix(): one.read_bytes() for one in files}


def _zip(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        inside = [one for one in archive.infolist() if not one.is_dir()]
        _refuse_much(path, sum(one.file_size for one in inside))
        return {one.filename.replace("\\", "/"): archive.read(one) for one in inside}


def _refuse_much(path: Path, size: int) -> None:
    if size > LARGEST_FOLDER:
        raise ImportRefused(
            _("{name} 里的东西太多，不像是模板，没有导入。").format(name=path.name), _("请选只放模板的文件夹。")
        )


def _below_one_folder(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Whoever packs a folder packs its name too."""
    first = {PurePosixPath(name).parts[0] for name in contents if PurePosixPath(name).parts}
    if len(first) == 1 and all("/" in name for name in contents) and not first & {"parts", "fonts"}:
        (home,) = first
        return {name.removeprefix(home + "/"): content for name, content in contents.items()}
    return contents
