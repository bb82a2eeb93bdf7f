"""The row of 导出登记 for what has left: who, when, what, for whom, and by which sum the file is known again."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Edit, Value

LOG = "export_log"
_BLOCK = 1 << 20


def enter_export(
    definitions: Mapping[str, LayerDefinition],
    *,
    actor: str,
    public: bool,
    file_name: str,
    layer: str,
    features: int,
    personal: bool,
    coordinates: bool,
    digest: str,
    review_number: str = "",
    recipient: str = "",
) -> Edit | None:
    """None where the workspace keeps no such register."""
    if LOG not in definitions:
        return None
    values: dict[str, Value] = {
        "exported_at": datetime.now().isoformat(timespec="seconds"),
        "exported_by": actor,
        "kind": "数据",
        "profile": "公开" if public else "内部",
        "file_name": file_name,
        "layers": definitions[layer].title,
        "features": features,
        "personal_data": personal,
        "coordinates": coordinates,
        "digest": digest,
        "review_number": review_number or None,
        "recipient": recipient or None,
    }
    known = {name: value for name, value in values.items() if name in definitions[LOG].by_name}
    return create_feature(definitions, LOG, None, known)


def digest_of(paths: Sequence[Path]) -> str:
    """SHA-256 over the files' bytes, one after the other. Raises OSError."""
    found = hashlib.sha256()
    for path in paths:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
    return found.hexdigest()
