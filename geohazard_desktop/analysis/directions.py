"""A way in plain words: numbered steps with direction, metres, turns and what stands beside the way.

Only what is on the map is said: a turn without a named landmark is "然后右转", never an invented crossroads.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point
from shapely.ops import substring

from geohazard_desktop.analysis.door_note import first_side, says_leaving
from geohazard_desktop.analysis.measures import bearing
from geohazard_desktop.analysis.parameters import parameter
from geohazard_desktop.analysis.relation import compass
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import way_metres
from geohazard_desktop.workspace.edits.wording import led
from geohazard_desktop.workspace.feature import Feature

_RULE = "way"


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step. `words` has no full stop; `brief` is the same for a narrow cell; `start` is where it begins
    (the number on the map stands there); `metres` are those of the stretch, rounded by themselves (way_lengths.py).
    `direction` is one of eight, "" where an officer wrote the step and names none; `turn` the change of direction in
    degrees with which it begins (right is positive), None for the first of a route; of a step that an officer wrote,
    ±90 where it begins with 左 or 右, as seen coming out of the door. `landmark` is what stands where it ends;
    `straight`: from the door, along a line that nobody surveyed; `noted`: in an officer's words."""

    words: str
    start: Point
    metres: int
    brief: str = ""
    direction: str = ""
    turn: float | None = None
    landmark: Feature | None = None
    straight: bool = False
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch in one direction: bearing in degrees, and where it ends along the way (metres on the plane)."""

    degrees: float
    start_m: float
    end_m: float


def legs_of(way: LineString) -> list[Leg]:
    """The stretches of a way, bends below `turn_degrees` and legs below `short_leg_m` melted into their neighbours.

    A card has room for `most_legs`: a winding way is told more coarsely, never cut.
    """
    if way.is_empty or way.length == 0:
        return []
    tolerance = parameter(_RULE, "simplify_m")
    most = int(parameter(_RULE, "most_legs"))
    while True:
        legs = _legs(way, tolerance)
        if len(legs) <= most:
            return legs
        tolerance *= 1.6


def _legs(way: LineString, tolerance: float) -> list[Leg]:
    corners = shapely.get_coordinates(way.simplify(tolerance, preserve_topology=False))
    along = _positions(way, corners)
    legs = [
        Leg(bearing((start[0], start[1]), (end[0], end[1])), along[index], along[index + 1])
        for index, (start, end) in enumerate(itertools.pairwise(corners))
        if along[index + 1] > along[index]
    ]
    return _merged(way, _without_short(way, legs))


def _positions(way: LineString, corners: NDArray[np.float64]) -> list[float]:
    """Metres along `way` of each corner of its simplified form (a subset of its own corners, in order)."""
    own = shapely.get_coordinates(way)
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(own, axis=0).T))])
    found: list[float] = []
    index = 0
    for corner in corners:
        while index < len(own) - 1 and not np.array_equal(own[index], corner):
            index += 1
        found.append(float(lengths[index]))
        index += 1
    return [*found[:-1], float(lengths[-1])]


def _without_short(way: LineString, legs: list[Leg]) -> list[Leg]:
    shortest = parameter(_RULE, "short_leg_m")
    while len(legs) > 1:
        lengths = [one.end_m - one.start_m for one in legs]
        index = int(np.argmin(lengths))
        if lengths[index] >= shortest:
            break
        # Into the longer neighbour, so that the direction told is the one that is walked for longest.
        other = index - 1 if index and (index == len(legs) - 1 or lengths[index - 1] >= lengths[index + 1]) else index
        legs[other : other + 2] = [_joined_leg(way, legs[other], legs[other + 1])]
    return legs


def _merged(way: LineString, legs: list[Leg]) -> list[Leg]:
    least = parameter(_RULE, "turn_degrees")
    merged: list[Leg] = []
    for one in legs:
        if merged and abs(turn(merged[-1].degrees, one.degrees)) < least:
            merged[-1] = _joined_leg(way, merged[-1], one)
        else:
            merged.append(one)
    return merged


def _joined_leg(way: LineString, first: Leg, second: Leg) -> Leg:
    start, end = way.interpolate(first.start_m), way.interpolate(second.end_m)
    return Leg(bearing((start.x, start.y), (end.x, end.y)), first.start_m, second.end_m)


def turn(before: float, after: float) -> float:
    """The change of direction in degrees, −180 to 180; right is positive."""
    return (after - before + 180.0) % 360.0 - 180.0


def turn_words(degrees: float) -> str:
    """右转, 稍向左拐, 向右后方转 … of a change of direction; right is positive."""
    right = degrees > 0
    if abs(degrees) < parameter(_RULE, "slight_turn_degrees"):
        return _("稍向右拐") if right else _("稍向左拐")
    if abs(degrees) < parameter(_RULE, "sharp_turn_degrees"):
        return _("右转") if right else _("左转")
    return _("向右后方转") if right else _("向左后方转")


@dataclass(frozen=True, slots=True)
class Beside:
    """Named features that may be spoken of along a line, with their shapes as an array."""

    features: tuple[Feature, ...]
    shapes: NDArray[np.object_]

    def near(self, place: Point) -> list[Feature]:
        """Those within `landmark_at_turn_m` of a place, the nearest first."""
        if not self.features:
            return []
        metres = shapely.distance(self.shapes, place)
        found = np.flatnonzero(metres <= parameter(_RULE, "landmark_at_turn_m")).tolist()
        order = sorted(found, key=lambda number: (metres[number], self.features[number].text("name")))
        return [self.features[number] for number in order]

    def passed(self, stretch: LineString, within: float) -> list[tuple[float, str]]:
        """Metres along `stretch` and name of those within so many metres of it, in file order."""
        if not self.features:
            return []
        found = np.flatnonzero(shapely.distance(self.shapes, stretch) <= within).tolist()
        return [(stretch.project(self.shapes[one].centroid), self.features[one].text("name")) for one in found]


def named_beside(line: LineString, features: Sequence[Feature]) -> Beside:
    """Of `features` those with a name that lie near enough to `line` to be spoken of, in file order."""
    named = [one for one in features if one.geometry is not None and one.text("name")]
    shapes = np.array([one.geometry for one in named], dtype=object)
    within = max(parameter(_RULE, one) for one in ("landmark_at_turn_m", "landmark_beside_m", "bridge_beside_m")) + 1.0
    if not named:
        return Beside((), shapes)
    kept = np.flatnonzero(shapely.distance(shapes, line) <= within)
    return Beside(tuple(named[number] for number in kept), shapes[kept])


@dataclass(frozen=True, slots=True)
class Stretch:
    """A leg with what can be said of it: where it begins, the landmarks at its end (the nearest first), and bridges and
    landmarks that it passes, as rank, metres along it and name, what is told first first."""

    leg: Leg
    begin: Point
    at_end: tuple[Feature, ...]
    passed: tuple[tuple[int, float, str], ...]


def stretch_of(line: LineString, leg: Leg, landmarks: Beside, bridges: Beside) -> Stretch:
    """What stands beside and at the end of a stretch of `line`."""
    passed: list[tuple[int, float, str]] = []
    if landmarks.features or bridges.features:
        stretch = substring(line, leg.start_m, leg.end_m)
        for rank, those, key in ((0, bridges, "bridge_beside_m"), (1, landmarks, "landmark_beside_m")):
            passed += [(rank, along, name) for along, name in those.passed(stretch, parameter(_RULE, key))]
    at_end = landmarks.near(line.interpolate(leg.end_m))
    return Stretch(leg, line.interpolate(leg.start_m), tuple(at_end), tuple(sorted(passed)))


def route_steps(
    stretches: Sequence[Stretch],
    *,
    scale: float,
    before_m: float,
    goal: str,
    first: Step | None = None,
    at_door: str | None = None,
) -> list[Step]:
    """The steps along a route to `goal`: `stretches` are its own from where it is joined.

    `scale` is ground metres per metre on the plane; `before_m` the few ground metres to the route that no step of its
    own tells: they are walked in the first. `first` is the step from the door: where it led to is not passed anew.
    `at_door`: nobody told how to come to the route, as it passes the door; its number, which the first step says.
    """
    steps: list[Step] = []
    told = {goal}
    if first is not None and first.landmark is not None:
        told.add(first.landmark.text("name"))
    reached = "" if first is None else first.words
    for index, one in enumerate(stretches):
        leg = one.leg
        metres = way_metres(scale * (leg.end_m - leg.start_m) + (0.0 if index else before_m))
        words = _("沿箭头向{direction}走约 {metres} 米").format(direction=compass(leg.degrees), metres=metres)
        beside = next((it for it in one.at_end if it.text("name") not in told), None)
        at_end = "" if beside is None else beside.text("name")
        passed = _passed(one, told | {at_end}, reached)
        if passed:
            words += _("，经过{names}").format(names="、".join(passed))
        told |= {*passed, at_end}
        brief = _("向{direction} {metres} 米").format(direction=compass(leg.degrees), metres=metres)
        if index == len(stretches) - 1:
            words += _("，到{goal}").format(goal=goal)
            brief += _("到{goal}").format(goal=goal)
        else:
            bend = turn_words(turn(leg.degrees, stretches[index + 1].leg.degrees))
            words += (
                _("，到{name}旁{turn}").format(name=at_end, turn=bend)
                if at_end
                else _("，然后{turn}").format(turn=bend)
            )
            brief += _("到{name}旁{turn}").format(name=at_end, turn=bend) if at_end else bend
        if index == 0 and at_door is not None:
            name = _route_named(at_door)
            words = _("出门就是{route}，{words}").format(route=led(name), words=words)
            brief = _("出门沿{route}{brief}").format(route=led(name), brief=brief)
        bent = None if index == 0 else turn(stretches[index - 1].leg.degrees, leg.degrees)
        steps.append(Step(words, one.begin, metres, brief, compass(leg.degrees), bent, beside))
    return steps


def door_step(
    door: LineString,
    metres: float,
    *,
    note: str,
    landmarks: Beside,
    to_start: str,
    route: str = "",
    shelter: str | None = None,
) -> Step | None:
    """The step from the door to the route; None where the route passes the door (`at_door_m`).

    `note` is what an officer wrote down (到路口的走法); it stands instead of the direction, which is a straight line.
    `route` is the route's number, by which whoever comes to it knows where he is. `shelter`: the leg ends there and
    nothing of the route is left to walk; the one step leads to it, however near it is.
    """
    start, end = shapely.points(shapely.get_coordinates(door)).tolist()
    beside = next(iter(landmarks.near(end)), None) if shelter is None else None
    goal = _route_named(route) if shelter is None else shelter
    place = to_start or ("" if beside is None else _("{name}旁").format(name=beside.text("name")))
    if note:
        return _noted_step(note, start, metres, goal=goal, place=place, beside=beside)
    at_door = metres < parameter(_RULE, "at_door_m")
    if at_door and shelter is None:
        return None
    if way_metres(metres) == 0:
        return Step(
            _("安置点就在门口：出门就到{goal}").format(goal=led(goal)),
            start,
            0,
            _("出门就到{goal}").format(goal=led(goal)),
        )
    direction = compass(bearing((start.x, start.y), (end.x, end.y)))
    words = _("出门向{direction}走约 {metres} 米（直线），到{route}").format(
        direction=direction, metres=way_metres(metres), route=led(goal)
    )
    if place:
        words += _("（{name}）").format(name=place)
    brief = _("出门向{direction} {metres} 米（直线）到{route}").format(
        direction=direction, metres=way_metres(metres), route=led(goal)
    )
    if at_door:
        words, brief = (
            _("安置点就在门前：{words}").format(words=words),
            _("安置点就在门前，{words}").format(words=brief),
        )
    return Step(words, start, way_metres(metres), brief, direction, landmark=beside, straight=True)


def _route_named(number: str) -> str:
    return _("{number} 号路线").format(number=number) if number else _("撤离路线")


def _noted_step(note: str, start: Point, measured: float, *, goal: str, place: str, beside: Feature | None) -> Step:
    """In an officer's words, with the direction that they open with. `goal` is the route and `place` where one comes to
    it: each is said, once, as whoever reads the note must know on which of the routes he stands."""
    note = note.strip().rstrip("。；，")
    metres = way_metres(measured)
    words = brief = note if says_leaving(note) else _("出门：{note}").format(note=note)
    if metres:
        brief += _("（直线 {metres} 米）").format(metres=metres)
        words += _("（直线约 {metres} 米）").format(metres=metres)
    # 21 号路线 is not 1 号路线.
    named = re.search(rf"(?<![\dA-Za-z\-]){re.escape(goal.replace(' ', ''))}", "".join(note.split())) is not None
    told = place if place and place.removesuffix(_("旁")) not in note else ""
    if not named:
        words += _("，到{route}").format(route=led(goal))
        brief += _("到{route}").format(route=led(goal))
    if told:
        words += (_("，在{name}") if named else _("（{name}）")).format(name=told)
    side = first_side(note)
    turned = {_("左"): -90.0, _("右"): 90.0}.get(side)
    direction = "" if turned is not None else side
    return Step(words, start, metres, brief, direction, turned, beside, straight=True, noted=True)


def _passed(stretch: Stretch, told: set[str], said: str) -> list[str]:
    """Up to two names beside a stretch, bridges first, in walking order; none that is `told` or stands in `said`."""
    chosen = [one for one in stretch.passed if one[2] not in told and one[2] not in said][:2]
    return list(dict.fromkeys(name for _rank, _along, name in sorted(chosen, key=lambda one: one[1])))
