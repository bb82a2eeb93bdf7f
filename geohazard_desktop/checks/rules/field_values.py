"""Values are of the field's kind: allowed words, ranges, dates."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import parse_day
from geohazard_desktop.workspace.edits import value_fault

RULE = "field_values"
TITLE = _("填的值不合规定")


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        table = office.judged_table(definition.table)
        for field in definition.fields:
            column = table.columns.get(field.name, ())
            faults = {value: value_fault(field, value) for value in set(column)}  # few values in very many rows
            if not any(faults.values()):
                continue
            for index, value in enumerate(column):
                fault = faults[value]
                if fault is not None:
                    one = table.feature(index)
                    sentence = _("{name}：{fault}，请改正。").format(name=office.called(one), fault=fault)
                    fix = "date" if field.type == "date" and parse_day(str(value)) else ""
                    yield office.finding(RULE, one, sentence, about=field.name, fix=fix)
