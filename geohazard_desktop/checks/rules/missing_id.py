"""Layers whose features carry a number have one for each."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "missing_id"


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        if not definition.letter:
            continue
        for one in office.features(definition.table):
            if not one.text("id").strip():
                sentence = _("{name}没有编号，请在属性里给它编号。").format(name=office.called(one))
                yield office.finding(RULE, one, sentence)
