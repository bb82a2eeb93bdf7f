"""A hazard point's 规模等级 is the one that its volume or area gives."""

from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature

RULE = "scale_class"
TITLE = _("规模等级与体积不符")
CLASSES = ("小型", "中型", "大型", "特大型")


def find(office: Office) -> Iterator[Finding]:
    for one in office.judged("hazard_point"):
        reckoned = class_of(one)
        if reckoned is None or not one.text("scale_class") or one.text("scale_class") == reckoned[0]:
            continue
        sentence = _("{name}的规模等级写着{typed}，按{what}应是{right}，请核对。").format(
            name=office.called(one), typed=one.text("scale_class"), what=reckoned[1], right=reckoned[0]
        )
        yield office.finding(RULE, one, sentence, fix="scale_by_volume")


def class_of(point: Feature) -> tuple[str, str] | None:
    """The class by the table of checks.toml and what it was reckoned from; None where either is unknown."""
    for entry in parameter_list(RULE, "bounds"):
        kind, field, *limits = entry.split()
        size = point[field]
        if (
            kind != point.text("hazard_type")
            or not isinstance(size, int | float)
            or isinstance(size, bool)
            or size <= 0
        ):
            continue
        rank = sum(size >= float(limit) for limit in limits)
        words = _("体积 {size:,.0f} m³") if field == "volume_m3" else _("面积 {size:,.0f} m²")
        return CLASSES[rank], words.format(size=size)
    return None
