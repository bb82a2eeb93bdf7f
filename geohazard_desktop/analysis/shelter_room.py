"""Whether a shelter has room for the people whose routes lead to it."""

from collections.abc import Iterable, Mapping

from geohazard_desktop.workspace.feature import Feature


def places_of(shelter: Feature) -> int | None:
    """How many people a shelter holds: what was typed, else whole people on its area; None where neither is known."""
    typed, area, each = shelter["capacity"], shelter["area_m2"], shelter["area_per_person"]
    if isinstance(typed, int | float):
        return int(typed)
    if isinstance(area, int | float) and isinstance(each, int | float) and each > 0:
        return int(area // each)
    return None


def people_sent(households: Iterable[Feature], routes: Mapping[str, Feature]) -> dict[str, int]:
    """By the uid of each shelter how many people of `households` take one of `routes` (by uid) there."""
    sent: dict[str, int] = {}
    for one in households:
        route = routes.get(one.text("evacuation_route"))
        if route is not None and route.text("shelter"):
            sent[route.text("shelter")] = sent.get(route.text("shelter"), 0) + int(one["people"] or 0)
    return sent
