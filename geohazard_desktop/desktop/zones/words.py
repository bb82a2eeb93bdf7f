"""What the window says about a danger zone's life: where it stands, what the next step lacks, what will be entered."""

from collections.abc import Mapping, Sequence
from datetime import date

from geohazard_desktop.analysis.zone_recording import last_patrol, sign_deadline, why_not_yet
from geohazard_desktop.analysis.zone_signs import signs_advised, signs_on_boundary
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.domain.dates import day_words, parse_day
from geohazard_desktop.domain.lifecycle import is_in_force, lifted, moving_back, moving_out, signed, step, steps
from geohazard_desktop.domain.zone_register import Entry, Life, may_follow
from geohazard_desktop.workspace.edits.wording import called, called_all, followed, led
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace


def entry_line(entry: Entry) -> str:
    """The second line of an entry: document number, who, people moved."""
    people = entry.text("people_moved")
    parts = [
        entry.text("document_no"),
        entry.text("actor"),
        _("撤离 {people} 人").format(people=people) if people and entry.step == moving_out() else "",
    ]
    return " · ".join(one for one in parts if one)


def state_words(life: Life) -> str:
    """Where a zone stands, in a sentence or two."""
    told = _("现在是拟划：登记区政府的文号以前，图和卡上都印“拟划”。")
    entry = life.last(life.state)
    if life.state == lifted():
        told = _("已经撤销，登记全部保留。以后再有险情，请画新的危险区。")
    elif is_in_force(life.state) and entry is not None:
        paper = entry.text("document_no") or entry.text("actor")
        told = _("现在是{state}").format(state=life.state) + (f"（{paper}）。" if paper else "。")
    if life.evacuation is not None:
        told = evacuation_words(life.evacuation) + told
    return told


def evacuation_words(entry: Entry) -> str:
    """撤离中：2026 年 7 月 27 日 14:00 下令，撤离 128 人，还没有登记返回。"""
    when = " ".join(one for one in (day_words(entry.day) if entry.day else "", entry.text("time")) if one)
    people = entry.text("people_moved")
    moved = _("，撤离 {people} 人").format(people=people) if people else ""
    return _("撤离中：{when}下令{moved}，还没有登记返回。").format(when=followed(when), moved=moved)


def next_state(life: Life) -> str:
    """The next state on the way that the law sets, "" at its end."""
    names = [one for one in may_follow(life) if (found := step(one)) is not None and found.is_state]
    return next((one for one in names if one not in ("拟划", lifted())), "")


def next_words(ws: Workspace, zone: Feature, life: Life, today: date) -> str:
    """What the next state asks for, and what of it is missing on the ground."""
    name = next_state(life)
    found = step(name)
    if found is None:
        if lifted() in may_follow(life):
            return _("警示标志已登记。险情消除或得到有效控制以后，凭区政府文号和专家认定结论撤销。")
        return _("还在撤离：先登记返回，再撤销。") if life.evacuation is not None and life.state != lifted() else ""
    asked = "、".join(found.title(one) for one in found.needs)
    told = _("下一步“{name}”（{actor}）：填{asked}后可用。").format(name=name, actor=found.actor, asked=asked)
    if name == signed():
        told = _("下一步“{name}”：").format(name=name) + sign_words(ws, zone, life, today)
    return told


def sign_words(ws: Workspace, zone: Feature, life: Life, today: date) -> str:
    """Signs on the boundary: how many stand, how many are advised, until when."""
    refused = why_not_yet(ws, zone, life, signed())
    count, advised = len(signs_on_boundary(ws, zone.geometry)), signs_advised(zone.geometry)
    told = refused or _("边界上有 {count} 个警示标志，填日期后可用。").format(count=count)
    if zone.geometry is not None and 0 < count < advised:
        told += _("周界 {length}，建议设 {advised} 个。").format(
            length=words.length(zone.geometry.length), advised=advised
        )
    until = sign_deadline(ws, life)
    if until is not None and until < today:
        told += _("应在 {day}前设好，已过 {days} 天。").format(day=day_words(until), days=(today - until).days)
    elif until is not None:
        told += _("应在 {day}前设好。").format(day=day_words(until))
    return told


def patrol_words(ws: Workspace, zone: Feature, life: Life, *, in_season: bool) -> str:
    """When it was last looked at; said for zones in force."""
    if not is_in_force(life.state):
        return ""
    last = parse_day(last_patrol(ws, zone.uid))
    told = _("最近一次巡查：{day}。").format(day=day_words(last)) if last else _("还没有巡查登记。")
    return (_("重点防范期内，") if in_season else "") + told


def button_words(name: str, count: int = 1, *, several: bool = False) -> str:
    """登记“已公告”；公告这 3 个."""
    found = step(name)
    verb = found.verb if found is not None else name
    told = _("{verb}这 {count} 个") if several else _("登记“{name}”")
    return told.format(verb=verb, count=count, name=name)


def recorded_words(ws: Workspace, zones: Sequence[Feature], name: str, values: Mapping[str, object]) -> str:
    """What will stand in the register, before it does."""

    def told(field: str) -> str:
        return str(values.get(field) or "").strip()

    found = step(name)
    day = parse_day(told("date"))
    when = " ".join(one for one in (day_words(day) if day else _("（日期未填）"), told("time")) if one)
    whom = led(called(ws.definitions, zones[0])) if len(zones) == 1 else led(called_all(ws.definitions, zones))
    paper = told("document_no")
    if found is not None and found.needs_document:
        paper = _("以“{paper}”").format(paper=paper) if paper else _("以（文号未填）")
    else:
        paper = ""
    verb = {moving_out(): _("下令撤离"), moving_back(): _("准许返回")}.get(name, found.verb if found else name)
    actor = told("actor") or _("（单位未填）")
    sentence = f"{when}，{actor}{paper}{verb}{whom}"
    extras = []
    if told("people_moved"):
        extras.append(_("{people} 人").format(people=told("people_moved")))
    if told("signal"):
        extras.append(_("信号：{signal}").format(signal=told("signal")))
    if told("found_by"):
        extras.append(_("{who}认定").format(who=followed(told("found_by"))))
    return sentence + (f"（{'，'.join(extras)}）" if extras else "") + "。"


def standing_order() -> list[str]:
    """The states that the stepper shows, in order."""
    return [one.name for one in steps() if one.is_state]
