"""Every feature of a map layer has a shape, and one that may stand."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits import geometry_fault

RULE = "geometry"


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        if definition.geometry == "none":
            continue
        table = office.table(definition.table)
        for index, shape in enumerate(table.geometries):
            fault = geometry_fault(definition.geometry, shape)
            if fault is not None:
                one = table.feature(index)
                sentence = _("{name}：{fault}。{remedy}").format(
                    name=office.called(one), fault=fault.words, remedy=fault.remedy
                )
                yield office.finding(RULE, one, sentence, fault.place)
