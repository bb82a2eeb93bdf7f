"""Schematic data are said to be so: nobody may take them for survey. One sentence, or the demo would drown the rest."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "schematic"
TITLE = _("示意数据")
WHOLE = ()  # layers whose change makes it look again by itself
NAMED = 5  # layers that the sentence names


def find(office: Office) -> Iterator[Finding]:
    counts = {
        definition.table: (definition.title, sum(one is True for one in _column(office, definition.table)))
        for definition in office.layers
    }
    found = {table: pair for table, pair in counts.items() if pair[1]}
    if not found:
        return
    words = [_("{title} {count} 个").format(title=title, count=count) for title, count in found.values()]
    named = "、".join(words[:NAMED])
    if len(found) > NAMED:
        total = sum(count for _title, count in found.values())
        named += _(" 等 {layers} 个图层共 {total} 个").format(layers=len(found), total=total)
    sentence = _("{named}是示意数据，图和卡上会印“示意数据”，有了实测请替换。").format(named=named)
    yield office.layer_finding(RULE, next(iter(found)), sentence)


def _column(office: Office, table: str) -> list[object]:
    return list(office.table(table).columns.get("schematic", ()))
