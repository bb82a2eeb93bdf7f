"""Required fields are filled in."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "required_fields"


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        needed = [one for one in definition.fields if one.required]
        if not needed:
            continue
        for one in office.features(definition.table):
            empty = [field.title for field in needed if one.values.get(field.name) in (None, "")]
            if empty:
                sentence = _("{name}没有填{fields}，请补上。").format(name=office.called(one), fields="、".join(empty))
                yield office.finding(RULE, one, sentence)
