"""What a route's words name lies beside its line: whoever redraws the line has to tell the way anew."""

import re
from collections.abc import Iterator, Mapping

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString

from geohazard_desktop.analysis.evacuation import route_line
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.common.texts import _

RULE = "route_landmarks"
TITLE = _("路线文字里的地标不在路边")
_PASSED = ("landmark", "road")  # what words tell a way by
_LONGER = ("shelter", "facility", "settlement", "place")  # 东街社区广场 says nothing of 东街
WHOLE = ("evacuation_route", *_PASSED, *_LONGER)  # a name given anywhere may be meant
_FREE, _LIST = "description", "landmarks"

_Shapes = Mapping[str, NDArray[np.object_]]


def find(office: Office) -> Iterator[Finding]:
    told = [one for one in office.features("evacuation_route") if one.text(_FREE) or one.text(_LIST)]
    if not told:
        return
    passed = _shapes_by_name(office)
    longer = {one.text("name").strip() for layer in _LONGER for one in office.features(layer)}
    names = sorted({*passed, *longer} - {""}, key=len, reverse=True)
    within = max(parameter("way", "landmark_at_turn_m"), parameter("way", "landmark_beside_m"))
    for one in told:
        line = route_line(one, office.referred(one, "shelter"))
        if line is None:
            continue
        named = {
            _FREE: _named(one.text(_FREE), names),
            _LIST: [item.strip() for item in re.split(r"[、，,；;\n]", one.text(_LIST))],
        }
        for field, said in named.items():
            far = _far(line, [name for name in said if name in passed], passed, within)
            if not far:
                continue
            words = _(
                "{name}的{title}里写着{far}，路线不从那里过（{within:.0f} 米以内才算路过）。"
                "路线改画过的，请把这一栏也改过来。"
            )
            sentence = words.format(
                name=office.called(one),
                title=office.ws.definition(one.layer).by_name[field].title,
                far="、".join(_("“{name}”（离 {metres:.0f} 米）").format(name=n, metres=m) for n, m in far.items()),
                within=within,
            )
            yield office.finding(RULE, one, sentence, about=field, opens=field)


def _shapes_by_name(office: Office) -> _Shapes:
    found: dict[str, list[object]] = {}
    for layer in _PASSED:
        for one, shape in shaped(office.features(layer)):
            if len(name := one.text("name").strip()) > 1:
                found.setdefault(name, []).append(shape)
    return {name: np.array(shapes, dtype=object) for name, shapes in found.items()}


def _named(text: str, names: list[str]) -> list[str]:
    """Which of `names` (the longest first) stand in `text`, in reading order; one inside a longer one is not meant."""
    found: dict[int, str] = {}
    for name in names:
        while (at := text.find(name)) >= 0:
            found[at] = name
            text = text.replace(name, "\0" * len(name), 1)
    return [found[at] for at in sorted(found)]


def _far(line: LineString, said: list[str], passed: _Shapes, within: float) -> dict[str, float]:
    """Names whose nearest bearer lies beyond `within` of `line`, with its metres; one in another part of the district
    is a namesake."""
    namesake, far = parameter(RULE, "namesake_m"), {}
    for name in said:
        metres = float(shapely.distance(passed[name], line).min())
        if within < metres <= namesake:
            far[name] = metres
    return far
