"""Layers whose features carry a number have one for each."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "missing_id"
TITLE = _("没有编号")


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        if not definition.letter:
            continue
        table = office.judged_table(definition.table)
        for index, number in enumerate(table.columns.get("id", ())):
            if not str(number or "").strip():
                one = table.feature(index)
                sentence = _("{name}没有编号，请在属性里给它编号。").format(name=office.called(one))
                yield office.finding(RULE, one, sentence, fix="next_number")
