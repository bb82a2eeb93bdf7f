"""Nothing was surveyed, erected or decided in the future, or closed before it was surveyed."""

import datetime
from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "dates"
TITLE = _("日期先后不对")


def _day(value: object) -> datetime.date | None:
    if not value:
        return None
    try:
        return datetime.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None  # field_values says so


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        fields = [one for one in definition.fields if one.type in ("date", "datetime")]
        table = office.judged_table(definition.table)
        for field in fields:
            for index, value in enumerate(table.columns.get(field.name, ())):
                found = _day(value)
                if found is not None and found > office.today:
                    one = table.feature(index)
                    sentence = _("{name}的{title} {date} 还没有到，请核对。").format(
                        name=office.called(one), title=field.title, date=found.isoformat()
                    )
                    yield office.finding(RULE, one, sentence, about=field.name)
    for one in office.judged("hazard_point"):
        surveyed, closed = office.dated(one, "surveyed_on"), office.dated(one, "closed_on")
        if surveyed is not None and closed is not None and closed < surveyed:
            sentence = _("{name}的销号日期 {closed} 早于调查日期 {surveyed}，请核对。").format(
                name=office.called(one), closed=closed.isoformat(), surveyed=surveyed.isoformat()
            )
            yield office.finding(RULE, one, sentence, about="closed_on")
