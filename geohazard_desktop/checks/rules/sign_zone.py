"""A warning sign belongs to a danger zone: its text and its photo go onto that zone's papers."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.common.texts import _

RULE = "sign_zone"
TITLE = _("警示标志没有归到危险区")


def find(office: Office) -> Iterator[Finding]:
    near = parameter("danger_zone_sign", "sign_distance_m")
    for one, shape in shaped(list(office.judged("warning_sign"))):
        if one.text("danger_zone"):
            continue
        zones = office.zones_at(shape.buffer(near))
        word = (
            _("{name}没有写明属于哪个危险区，它在{zone}边上，请在属性里选。")
            if zones
            else _("{name}没有写明属于哪个危险区，附近也没有，请核对位置。")
        )
        sentence = word.format(name=office.called(one), zone=office.called(zones[0]) if zones else "")
        yield office.finding(RULE, one, sentence, fix="zone_by_place" if len(zones) == 1 else "")
