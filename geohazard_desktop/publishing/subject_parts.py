"""To which 街道 and danger zone the subject of a product belongs, and what of it is still to be filled in."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date

from geohazard_desktop.analysis.counted_today import counted
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.facts import CardFacts
from geohazard_desktop.publishing.cards.made import Made
from geohazard_desktop.publishing.cards.maker import CardMaker
from geohazard_desktop.publishing.cards.subjects import VISITED, offices_of, visiting_order, walk
from geohazard_desktop.publishing.map_layers import MapLayers, about_people
from geohazard_desktop.publishing.paper_subjects import paper_subjects
from geohazard_desktop.publishing.product import Product
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_WITHOUT = _("未登记")
_SIGNALLED = ("danger_zone", "household", "hazard_point", "warning_sign")  # whose papers print a signal
_VITAL = (_("信号"), _("路线"), _("安置"), _("避灾地点"))
_CARDS: dict[str, Callable[[CardMaker, Feature], Made]] = {
    "cards_work": CardMaker.work_card,
    "cards_household": CardMaker.household_card,
    "cards_large": CardMaker.large_card,
}


class Parts:
    """Reads the workspace once."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        layers = MapLayers(ws, lambda one: not about_people(one), personal_labels=False)
        self._facts = CardFacts(ws, layers, date.today())
        self._tables: dict[str, dict[str, Feature]] = {}
        self._called: Counter[str] | None = None  # how often danger zones are called so

    def table(self, layer: str) -> dict[str, Feature]:
        if layer not in self._tables:
            rows = counted(paper_subjects(self.ws, layer))
            self._tables[layer] = {one.uid: one for one in rows}
        return self._tables[layer]

    def feature(self, layer: str, uid: str) -> Feature | None:
        return self.table(layer).get(uid)

    def in_order(self, layer: str) -> list[Feature]:
        """As they are visited where cards are handed out, by 街道, then along a walk; else by number, which people
        look for in a list."""
        rows = list(self.table(layer).values())
        if layer in VISITED:
            return visiting_order(rows, offices_of(self.ws))
        return sorted(rows, key=lambda one: (not one.text("id"), one.text("id"), one.text("code"), one.text("name")))

    def in_walk(self, subjects: Sequence[Feature]) -> list[Feature]:
        """Whatever they are, by 街道, and along one walk from its office."""
        offices = offices_of(self.ws)
        streets: dict[str, list[Feature]] = {}
        for one in subjects:
            streets.setdefault(self.street(one), []).append(one)
        order: list[Feature] = []
        for street in sorted(streets, key=lambda name: (not name, name)):
            order += walk(streets[street], offices.get(street))
        return order

    def zone_of(self, subject: Feature) -> Feature | None:
        if subject.layer == "danger_zone":
            return subject
        if subject.layer == "hazard_point":
            return self._facts.zone_of_point(subject)
        if subject.layer == "household":
            return self._facts.zone_of(subject)
        return self._facts.zones.get(subject.text("danger_zone"))

    def signal(self, subject: Feature) -> str | None:
        """The signal that its papers print."""
        point = subject if subject.layer == "hazard_point" else None
        return self._facts.signal(self.zone_of(subject), point)

    def point_of(self, subject: Feature, zone: Feature | None) -> Feature | None:
        """The hazard point that it belongs to, itself or by its danger zone."""
        return subject if subject.layer == "hazard_point" else self._facts.hazard_of(subject, zone)

    def zone(self, subject: Feature) -> str:
        """Number and name of its danger zone; "" where it has none."""
        return self.zone_words(self.zone_of(subject))

    def zone_words(self, found: Feature | None) -> str:
        """As `zone`, of the zone itself."""
        return "" if found is None else " ".join(one for one in (found.text("id"), found.text("name")) if one)

    def street(self, subject: Feature) -> str:
        """Its 街道 or 镇, or that of its danger zone."""
        own = subject.text("subdistrict") if "subdistrict" in subject.values else ""
        zone = None if own else self.zone_of(subject)
        if not own and zone is not None and "subdistrict" in zone.values:
            return zone.text("subdistrict")
        return own or (subject.text("name") if subject.layer == "subdistrict" else "")

    def part(self, subject: Feature, by: str) -> str:
        """The name of the folder that a subject's papers lie in; "" when there are no folders."""
        if by == "subdistrict":
            return self.street(subject) or _WITHOUT
        return (self._zone_folder(subject) or _WITHOUT) if by == "zone" else ""

    def _zone_folder(self, subject: Feature) -> str:
        """As `zone`; of two that are called alike with a sign of its own, so that their papers do not mix."""
        found, words = self.zone_of(subject), self.zone(subject)
        if found is None:
            return ""
        if self._called is None:
            self._called = Counter(map(self.zone, self._facts.zones.values()))
        return words if words and self._called[words] < 2 else f"{words} {found.uid[:8]}".strip()


def lacking_of(ws: Workspace, product: Product, uids: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """What each subject's paper would print as a line to write on, in the words of its form; for products without
    such a form the fields that its layer requires."""
    make = _CARDS.get(product.key)
    definition = ws.definitions[product.subjects]
    required = [one for one in definition.fields if one.required]
    maker = CardMaker(ws) if make is not None else None
    parts = Parts(ws) if make is None and product.subjects in _SIGNALLED else None
    for one in paper_subjects(ws, product.subjects):
        if one.uid not in uids:
            continue
        if make is not None and maker is not None:
            made = make(maker, one)
            yield one.uid, [*made.lacking, *([made.problem] if made.problem else [])]
        else:
            empty = [field.title for field in required if one[field.name] in (None, "")]
            yield one.uid, [*([_("预警信号")] if parts is not None and not parts.signal(one) else []), *empty]


def most_lacked(lacking: Iterable[Sequence[str]]) -> list[tuple[str, int]]:
    """Which fields are lacking, each with on how many papers: first the signal, the way and where it leads, without
    which a card can't save anybody, then by how many lack it."""
    counts = Counter(label for labels in lacking for label in dict.fromkeys(labels))
    return sorted(counts.items(), key=lambda one: (not any(word in one[0] for word in _VITAL), -one[1]))
