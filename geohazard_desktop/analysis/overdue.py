"""What is overdue in a layer: signs of announced zones, patrols by the cycle of a point, reviews, reports.

Dates that can't be read are no deadline; the checks say that they can't be read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from geohazard_desktop.analysis.parameters import parameter_list
from geohazard_desktop.analysis.zone_recording import sign_deadline
from geohazard_desktop.analysis.zone_signs import SIGNS, signs_on_boundary
from geohazard_desktop.analysis.zone_states import EVENTS, ZONES, zone_lives
from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import day_words, parse_day
from geohazard_desktop.domain.deadlines import Overdue, cycle_days, review_days
from geohazard_desktop.domain.lifecycle import is_in_force, signed
from geohazard_desktop.domain.season import season_of
from geohazard_desktop.workspace.feature import Value
from geohazard_desktop.workspace.workspace import Workspace

POINTS, PATROLS, REPORTS = "hazard_point", "patrol", "report"
_MINUTES_A_DAY = 24 * 60

Found = Iterator[tuple[str, Overdue]]  # uid, what is overdue of it


def overdue(ws: Workspace, layer: str, now: datetime) -> dict[str, tuple[Overdue, ...]]:
    """By uid what is overdue on a layer at `now` (local time); {} for layers that nothing is due on."""
    found: dict[str, list[Overdue]] = {}
    for find in _RULES.get(layer, ()):
        for uid, one in find(ws, now):
            found.setdefault(uid, []).append(one)
    return {uid: tuple(ones) for uid, ones in found.items()}


def looks_at(layer: str) -> frozenset[str]:
    """The layers whose changes may make something of `layer` overdue, or no more so; empty where nothing is due."""
    return _LOOKED_AT.get(layer, frozenset())


def _rows(ws: Workspace, layer: str, fields: Sequence[str]) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Some fields of all rows, without shapes and long texts."""
    if layer not in ws.definitions:
        return
    ids, _uids = ws.all_rows(layer)
    _there, table = ws.cells(layer, ids, [one for one in fields if one in ws.definitions[layer].by_name])
    for index, uid in enumerate(table.uids):
        yield uid, {name: column[index] for name, column in table.columns.items()}


def _text(values: Mapping[str, Value], name: str) -> str:
    return str(values.get(name) or "").strip()


def _days(since: date, now: datetime) -> str:
    return _("{days} 天").format(days=(now.date() - since).days)


# -- danger zones ----------------------------------------------------------------------------------------------------


def _signs(ws: Workspace, now: datetime) -> Found:
    for uid, life in zone_lives(ws).items():
        until = sign_deadline(ws, life)
        if until is None or until >= now.date() or not is_in_force(life.state):
            continue
        zone = ws.feature(ZONES, uid)
        count = len(signs_on_boundary(ws, zone.geometry)) if zone is not None else 0
        remedy = _("边界上还没有标志，请设好后登记“{step}”。")
        if count:
            remedy = _("边界上已有 {count} 个，请登记“{step}”。")
        late = _days(until, now)
        sentence = _("警示标志应在 {day}前设好，已过 {late}。").format(day=day_words(until), late=late)
        yield uid, Overdue("state", late, sentence + remedy.format(count=count, step=signed()))


# -- hazard points ---------------------------------------------------------------------------------------------------


def _patrols(ws: Workspace, now: datetime) -> Found:
    """A point that was looked at, and not again in the time that its own cycle allows. Where no patrol was ever
    entered, the office keeps them elsewhere: nothing is said."""
    last: dict[str, date] = {}
    for _uid, row in _rows(ws, PATROLS, (POINTS, "patrolled_at")):
        day = parse_day(_text(row, "patrolled_at")[:10])
        point = _text(row, POINTS)
        if day is not None and point:
            last[point] = max(day, last.get(point, day))
    if not last:
        return
    in_season = _in_season(ws, now.date())
    for uid, row in _rows(ws, POINTS, ("monitoring_cycle", "status")):
        cycle = _text(row, "monitoring_cycle")
        gap = cycle_days(cycle, in_season=in_season) if uid in last and _open(row) else None
        if gap is None or last[uid] + timedelta(days=gap) >= now.date():
            continue
        due = last[uid] + timedelta(days=gap)
        late = _days(due, now)
        sentence = _("最近一次巡查是 {last}，按监测周期应在 {due}再去，已过 {late}。请巡查并登记。")
        yield (
            uid,
            Overdue(
                "monitoring_cycle", late, sentence.format(last=day_words(last[uid]), due=day_words(due), late=late)
            ),
        )


def _open(row: Mapping[str, Value]) -> bool:
    return _text(row, "status") != "销号"


def _in_season(ws: Workspace, day: date) -> bool:
    """Outside the season where the settings can't be read: the longer cycle then holds, and the check names them."""
    try:
        season = season_of(ws.settings())
    except DefinitionInvalid:
        return False
    return season is not None and season.contains(day)


def _reviews(layer: str) -> Callable[[Workspace, datetime], Found]:
    def find(ws: Workspace, now: datetime) -> Found:
        days, layers = review_days()
        if layer not in layers:
            return
        for uid, row in _rows(ws, layer, ("surveyed_on", "status")):
            surveyed = parse_day(_text(row, "surveyed_on"))
            due = surveyed + timedelta(days=days) if surveyed is not None else None
            if surveyed is None or due is None or due >= now.date() or not _open(row):
                continue
            late = _days(due, now)
            sentence = _("上次调查是 {day}，满 {days} 天应再核查，已过 {late}。请核查后改“调查日期”。")
            yield uid, Overdue("surveyed_on", late, sentence.format(day=day_words(surveyed), days=days, late=late))

    return find


# -- reports ---------------------------------------------------------------------------------------------------------


def _reports(ws: Workspace, now: datetime) -> Found:
    """First reports that have not gone out; those that went out late are told by the check."""
    limits = dict(entry.split() for entry in parameter_list("report_deadline", "minutes"))
    fields = ("kind", "danger_grade", "disaster_grade", "received_at", "reported_at")
    for uid, row in _rows(ws, REPORTS, fields):
        grades = [_text(row, name) for name in ("danger_grade", "disaster_grade") if _text(row, name) in limits]
        received = _moment(_text(row, "received_at"))
        if not grades or received is None or _text(row, "reported_at") or _text(row, "kind") not in ("", "首报"):
            continue
        most = min(int(limits[grade]) for grade in grades)
        due = received + timedelta(minutes=most)
        if due >= now:
            continue
        minutes = int((now - due).total_seconds() // 60)
        late = _("{days} 天").format(days=minutes // _MINUTES_A_DAY) if minutes >= _MINUTES_A_DAY else ""
        late = late or _("{minutes} 分钟").format(minutes=minutes)
        sentence = _("接报后 {most} 分钟内要报出，应在 {due:%Y-%m-%d %H:%M} 前，已过 {late}。请报出后填“报告时间”。")
        yield uid, Overdue("reported_at", late, sentence.format(most=most, due=due, late=late))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


_RULES: Mapping[str, tuple[Callable[[Workspace, datetime], Found], ...]] = {
    ZONES: (_signs,),
    POINTS: (_patrols, _reviews(POINTS)),
    REPORTS: (_reports,),
}
_LOOKED_AT: Mapping[str, frozenset[str]] = {
    ZONES: frozenset((ZONES, EVENTS, SIGNS, "setting")),
    POINTS: frozenset((POINTS, PATROLS, "setting")),
    REPORTS: frozenset((REPORTS,)),
}
