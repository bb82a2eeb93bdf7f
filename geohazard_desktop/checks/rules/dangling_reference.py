"""What a feature refers to exists."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "dangling_reference"


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        fields = [one for one in definition.fields if one.type == "reference"]
        for field in fields:
            known = office.by_uid(field.target)
            table = office.table(definition.table)
            for index, value in enumerate(table.columns.get(field.name, ())):
                if value and value not in known:
                    one = table.feature(index)
                    sentence = _("{name}的{title}指向的要素已经不在了，请重新选。").format(
                        name=office.called(one), title=field.title
                    )
                    yield office.finding(RULE, one, sentence)
