"""What a map says to whoever can't see it: its title, and how many there are of what it shows."""

from geohazard_desktop.cartography.painter import PaintReport
from geohazard_desktop.common.texts import _

_WORDS = {
    "danger_zone": _("{count} 个危险区"),
    "evacuation_route": _("{count} 条撤离路线"),
    "shelter": _("{count} 个避险安置点"),
    "hazard_point": _("{count} 个隐患点"),
}


def map_alt(title: str, painted: PaintReport, routes: int | None = None) -> str:
    """`routes`: how many there are where the template draws them. A map that does not show a kind says no number of
    it: "0 个危险区" would be read as none in the district."""
    counts = {layer: painted.drawn(layer) for layer in _WORDS}
    if routes is not None:
        counts["evacuation_route"] = routes
    shown = [_WORDS[layer].format(count=count) for layer, count in counts.items() if count]
    return _("{title}：{counts}").format(title=title, counts="、".join(shown)) if shown else title
