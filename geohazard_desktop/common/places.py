"""Where the program's own files lie: the same answer from a checkout, a wheel and a frozen program.

In a checkout `resources/` and `layers/` stand beside the package; in a wheel they are installed as
`geohazard_desktop/_resources` and `geohazard_desktop/_layers`; a frozen program unpacks them below sys._MEIPASS.
"""

import os
import sys
from functools import cache
from pathlib import Path

from geohazard_desktop.common.errors import ResourceMissing
from geohazard_desktop.common.texts import _

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def _root_of(name: str) -> Path:
    candidates = [_PACKAGE / f"_{name}", _PACKAGE.parent / name]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        candidates.insert(0, Path(frozen) / name)
    override = os.environ.get(f"GEOHAZARD_{name.upper()}")
    if override:
        candidates.insert(0, Path(override))
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise ResourceMissing(_("程序自带的文件夹 {name} 不见了。").format(name=name), _("请重新安装程序。"))


def resource(*parts: str) -> Path:
    """Path of a file or folder below `resources/`; raises ResourceMissing when it isn't there."""
    return _existing(_root_of("resources").joinpath(*parts))


def layer_file(*parts: str) -> Path:
    """Path of a file or folder below `layers/`; raises ResourceMissing when it isn't there."""
    return _existing(_root_of("layers").joinpath(*parts))


def _existing(path: Path) -> Path:
    if not path.exists():
        raise ResourceMissing(_("程序自带的文件 {name} 不见了。").format(name=path.name), _("请重新安装程序。"))
    return path
