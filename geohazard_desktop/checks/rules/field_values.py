"""Values are of the field's kind: allowed words, ranges, dates."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits import value_fault

RULE = "field_values"


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        table = office.table(definition.table)
        for field in definition.fields:
            for index, value in enumerate(table.columns.get(field.name, ())):
                fault = value_fault(field, value)
                if fault is not None:
                    one = table.feature(index)
                    sentence = _("{name}：{fault}，请改正。").format(name=office.called(one), fault=fault)
                    yield office.finding(RULE, one, sentence)
