"""A 速报 went out in time after it was received."""

import datetime
from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature

RULE = "report_deadline"
TITLE = _("速报超过时限")


def find(office: Office) -> Iterator[Finding]:
    limits = dict(entry.split() for entry in parameter_list(RULE, "minutes"))
    for one in office.judged("report"):
        grades = [one.text(field) for field in ("danger_grade", "disaster_grade") if one.text(field) in limits]
        received, reported = _moment(one, "received_at"), _moment(one, "reported_at")
        if not grades or received is None or reported is None or one.text("kind") not in ("", "首报"):
            continue
        most = min(int(limits[grade]) for grade in grades)
        minutes = (reported - received).total_seconds() / 60.0
        if minutes < 0:
            sentence = _("{name}的报告时间早于接报时间，请核对。").format(name=office.called(one))
            yield office.finding(RULE, one, sentence, about="order")
        elif minutes > most:
            sentence = _("{name}接报后 {minutes:.0f} 分钟才报出，时限是 {most} 分钟，请在续报里说明。").format(
                name=office.called(one), minutes=minutes, most=most
            )
            yield office.finding(RULE, one, sentence)


def _moment(report: Feature, field: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(report.text(field)).replace(tzinfo=None)
    except ValueError:
        return None
