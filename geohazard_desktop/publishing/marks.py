"""What paper and page must say about the data they show: 示意数据, 拟划."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geohazard_desktop.analysis.zone_states import ZONES, zone_states
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import is_official
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


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


def marks_of(ws: Workspace, features: Iterable[Feature], states: Mapping[str, str] | None = None) -> Marks:
    """The marks due when `features` are shown or used. `states` are zone_states(ws), for callers that ask often."""
    states = zone_states(ws) if states is None else states
    schematic = False
    drafts: dict[str, str] = {}
    for feature in features:
        schematic = schematic or bool(feature["schematic"])
        if feature.layer == ZONES and not is_official(states.get(feature.uid, "")):
            drafts[feature.uid] = feature.text("name") or feature.text("id") or ws.definition(ZONES).title
    return Marks(schematic, tuple(drafts.values()))
