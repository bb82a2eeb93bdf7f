"""A new workspace, whole or not at all: the file, the demo where asked for, and QGIS's styles."""

from collections.abc import Collection
from pathlib import Path

from geohazard_desktop.cartography.layer_style import layer_style
from geohazard_desktop.cartography.qml import style_qml
from geohazard_desktop.common.errors import FileExists
from geohazard_desktop.common.moving import move_to_new
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.district import District
from geohazard_desktop.workspace.demo import load_demo
from geohazard_desktop.workspace.workspace import Workspace


def new_workspace(path: Path | str, district: District, *, demo: bool = False) -> Workspace:
    """Make and open a workspace for `district` at `path`; with `demo` it holds the district's demo data.

    The file is made under another name and moved to `path` when it is complete, so that a failure leaves nothing
    behind. Raises FileExists when `path` exists, ResourceMissing for a district without a demo, DefinitionInvalid for
    a faulty layer definition or style, WorkspaceBusyOrLost when the disk refuses.
    """
    path = Path(path)
    if path.exists():
        raise FileExists(_("{name} 已经存在，没有覆盖。").format(name=path.name), _("请换一个文件名，或直接打开它。"))
    unfinished = path.with_name(f".{path.stem}.making{path.suffix}")
    unfinished.unlink(missing_ok=True)
    try:
        with Workspace.create(unfinished, district) as ws:
            if demo:
                load_demo(ws)
            ws.store_styles(workspace_qml(ws))
        move_to_new(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return Workspace.open(path)


def workspace_qml(ws: Workspace, layers: Collection[str] | None = None) -> dict[str, str]:
    """QGIS's style of the tables of a workspace (of `layers` alone where given), from its own styles; those without
    geometry get aliases alone."""
    return {
        table: style_qml(layer_style(ws, table)[0], definition)
        for table, definition in ws.definitions.items()
        if layers is None or table in layers
    }
