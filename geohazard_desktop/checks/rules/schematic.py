"""Schematic data are said to be so: nobody may take them for survey."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "schematic"


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        column = office.table(definition.table).columns.get("schematic", ())
        count = sum(one is True for one in column)
        if count:
            sentence = _("{title}有 {count} 个是示意数据，图和卡上会印“示意数据”，有了实测请替换。").format(
                title=definition.title, count=count
            )
            yield office.layer_finding(RULE, definition.table, sentence)
