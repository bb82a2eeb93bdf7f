"""Required fields are filled in."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "required_fields"
TITLE = _("必填的没有填")


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        needed = [one for one in definition.fields if one.required]
        if not needed:
            continue
        table = office.judged_table(definition.table)
        lacking: dict[int, list[str]] = {}
        for field in needed:
            for index, value in enumerate(table.columns.get(field.name, ())):
                if value in (None, ""):
                    lacking.setdefault(index, []).append(field.title)
        for index, empty in sorted(lacking.items()):
            one = table.feature(index)
            sentence = _("{name}没有填{fields}，请补上。").format(name=office.called(one), fields="、".join(empty))
            yield office.finding(RULE, one, sentence)
