"""A number belongs to one feature of its layer."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature

RULE = "duplicate_id"


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        seen: dict[str, list[Feature]] = {}
        for one in office.features(definition.table):
            number = one.text("id").strip()
            if number:
                seen.setdefault(number, []).append(one)
        for number, features in seen.items():
            for one in features[1:]:
                sentence = _("{title}的编号 {number} 用了 {count} 次，请给后画的另编一个。").format(
                    title=definition.title, number=number, count=len(features)
                )
                yield office.finding(RULE, one, sentence)
