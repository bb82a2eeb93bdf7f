"""危险区过程 as one list: every entry of every zone's register, with what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from geohazard_desktop.analysis.zone_states import ZONES, zone_lives
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.zone_register import Entry, shown_state
from geohazard_desktop.workspace.workspace import Workspace

HEADINGS = (
    "危险区",
    "名称",
    "当前状态",
    "环节",
    "日期",
    "时刻",
    "文号",
    "实施单位",
    "撤离人数",
    "信号",
    "认定单位",
    "结论或内容",
    "说明",
)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One entry: `zone` is the zone's uid, `state` its state now, `cells` go with HEADINGS."""

    zone: str
    state: str
    cells: tuple[str, ...]


def zone_event_rows(ws: Workspace) -> list[EventRow]:
    """By zone in file order, entries in the order in which they were entered. A zone without entries has a row that
    says so, since what is missing is what the list is looked through for."""
    lives = zone_lives(ws)
    found: list[EventRow] = []
    for zone in ws.attributes(ZONES) if ZONES in ws.definitions else ():
        life = lives[zone.uid]
        state = shown_state(life)
        first = (zone.text("id"), zone.text("name"), state)
        rows = [EventRow(zone.uid, state, (*first, *_cells(one))) for one in life.entries]
        empty = ("", "", "", "", "", "", "", "", "", _("还没有登记"))
        found += rows or [EventRow(zone.uid, state, (*first, *empty))]
    return found


def _cells(one: Entry) -> Iterator[str]:
    for name in ("step", "date", "time", "document_no", "actor", "people_moved", "signal", "found_by"):
        yield one.step if name == "step" else one.text(name)
    yield "；".join(part for part in (one.text("finding"), one.text("text")) if part)
    notes = []
    if one.corrections:
        reason = str(one.corrections[-1].get("reason") or "").strip()
        before = str(one.first.get("document_no") or "").strip()
        told = _("已作废") if one.void else _("已更正")
        if not one.void and before and before != one.text("document_no"):
            told += _("（原文号 {before}）").format(before=before)
        notes.append(told + (f"：{reason}" if reason else ""))
    elif not one.counts:
        notes.append(_("不算：{fault}").format(fault=one.fault))
    yield "；".join(notes)
