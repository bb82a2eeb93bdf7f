"""What paper and page must say about the data they show: 示意数据, 拟划."""

from collections.abc import Iterable
from dataclasses import dataclass

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

DRAFT = "拟划"


@dataclass(frozen=True, slots=True)
class Marks:
    """`schematic`: something shown or used is schematic. `drafts`: names of zones shown that are only 拟划."""

    schematic: bool
    drafts: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        found = []
        if self.schematic:
            found.append(_("示意数据，不是实测成果"))
        if self.drafts:
            found.append(_("拟划、未经批准：{zones}").format(zones="、".join(self.drafts)))
        return found


def marks_of(ws: Workspace, features: Iterable[Feature]) -> Marks:
    """The marks due when `features` are shown or used."""
    schematic = False
    drafts: list[str] = []
    for feature in features:
        schematic = schematic or bool(feature["schematic"])
        if feature.layer == "danger_zone" and feature.text("state") in {"", DRAFT}:
            drafts.append(feature.text("name") or feature.text("id") or ws.definition("danger_zone").title)
    return Marks(schematic, tuple(drafts))
