"""Nothing was surveyed, erected or decided in the future, or closed before it was surveyed."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "dates"


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        fields = [one for one in definition.fields if one.type in ("date", "datetime")]
        for one in office.features(definition.table):
            for field in fields:
                found = office.dated(one, field.name)
                if found is not None and found > office.today:
                    sentence = _("{name}的{title} {date} 还没有到，请核对。").format(
                        name=office.called(one), title=field.title, date=found.isoformat()
                    )
                    yield office.finding(RULE, one, sentence)
