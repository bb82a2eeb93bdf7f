"""Facilities and works camps of a danger zone: its signal calls them, its routes lead them out.

No facility is given a route of its own: where the zone has one, that is its way; where it has several, whoever leads
chooses. Nothing is guessed.
"""

from collections.abc import Iterable, Sequence

import shapely

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.analysis.evacuation import HouseholdWay, WayFinder
from geohazard_desktop.analysis.exposure import features_inside
from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.analysis.ways_in_force import by_number
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

FACILITY = "facility"


def workplaces_of(ws: Workspace, zone: Feature) -> list[Feature]:
    """What stands in a zone and has somebody in it or somebody to call."""
    shape = zone.geometry
    if shape is None or FACILITY not in ws.definitions or not measurable(shape):
        return []
    inside = counted(features_inside(ws, FACILITY, shapely.make_valid(shape)))
    return [one for one in inside if one["people"] or one.text("contact") or one.text("phone")]


def workplace_ways(finder: WayFinder, place: Feature, zone: Feature, routes: Iterable[Feature]) -> list[HouseholdWay]:
    """From `place` along each of `routes` that is the zone's, by number; those on which one has to ask first only where
    there is no other."""
    own = by_number(one for one in routes if one.text("danger_zone") == zone.uid)
    found = [finder.way(place.with_values(evacuation_route=one.uid, door_note="")) for one in own]
    ways = [one for one in found if isinstance(one, HouseholdWay)]
    return [one for one in ways if not one.ask_first] or ways


def workplaces_words(places: Sequence[Feature]) -> str:
    """单位、工棚 1 处 26 人（1 处没填人数）; "" for none."""
    if not places:
        return ""
    people = [int(one["people"]) for one in places if isinstance(one["people"], int | float)]
    told = _("单位、工棚 {count} 处 {people} 人").format(count=len(places), people=sum(people))
    lacking = len(places) - len(people)
    return told + (_("（{count} 处没填人数）").format(count=lacking) if lacking else "")
