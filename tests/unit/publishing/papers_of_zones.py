"""All papers of a danger zone printed from the demo, and what each of them says, read from its PDF's text."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from notice_village import flat, pages_of

from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

MOBILE = r"(139\d{8})"


@dataclass(frozen=True)
class Text:
    """A paper's words: `flat` without white space, `spaced` with one space where there was any."""

    flat: str
    spaced: str

    @classmethod
    def of(cls, pdf: Path) -> "Text":
        text = "\n".join(pages_of(pdf))
        return cls(flat(text), " ".join(text.split()))


@dataclass(frozen=True)
class Zone:
    """A zone of the demo with what belongs to it, read from the tables without the program's own counting."""

    zone: Feature
    point: Feature
    routes: tuple[Feature, ...]
    shelters: Mapping[str, Feature]  # by uid
    households: tuple[Feature, ...]
    events: tuple[Feature, ...]

    @classmethod
    def of(cls, ws: Workspace, number: str) -> "Zone":
        (zone,) = ws.find("danger_zone", "id", number)
        (point,) = ws.find("hazard_point", "danger_zone", zone.uid)
        routes = sorted(ws.find("evacuation_route", "danger_zone", zone.uid), key=lambda one: int(one.text("number")))
        ways = {one.uid for one in routes}
        there = [
            one
            for one in ws.table("household")
            if one.text("danger_zone") == zone.uid or one.text("evacuation_route") in ways
        ]
        return cls(
            zone,
            point,
            tuple(routes),
            {one.uid: one for one in ws.table("shelter")},
            tuple(there),
            tuple(ws.find("zone_event", "danger_zone", zone.uid)),
        )

    def goal(self, route: Feature) -> Feature:
        return self.shelters[route.text("shelter")]

    def last(self, step: str) -> Feature:
        return [one for one in self.events if one.text("step") == step][-1]

    def some_households(self) -> list[Feature]:
        """One of each route, and one more."""
        first = {one.text("evacuation_route"): one for one in reversed(self.households)}
        return list({one.uid: one for one in (*first.values(), *self.households[-1:])}.values())


@dataclass
class Printer:
    """Prints products into a folder; sheets of the district and of 街道 once for all zones."""

    ws: Workspace
    folder: Path
    shared: dict[str, Text] = field(default_factory=dict)

    def of(self, key: str, uids: Collection[str] | None, **options: str | bool) -> dict[str, Text]:
        """Text by the subject's uid; "" for what has none."""
        product = PRODUCTS[key]
        out = self.folder / key / "-".join(map(str, [*(uids or ()), *options.values()]))[:120]
        out.parent.mkdir(parents=True, exist_ok=True)
        report = product.publish(self.ws, out if product.folder else out.with_suffix(".pdf"), options, uids=uids)
        pdfs = [one for one in report.files if one.suffix == ".pdf"]
        if uids is None or len(uids) == 1:
            (pdf,) = pdfs
            return {(list(uids) if uids else [""])[0]: Text.of(pdf)}
        return {uid: Text.of(report.made[uid]) for uid in uids}

    def one(self, key: str, uid: str | None, **options: str | bool) -> Text:
        (text,) = self.of(key, None if uid is None else [uid], **options).values()
        return text

    def kept(self, key: str, uid: str | None, **options: str | bool) -> Text:
        name = f"{key} {uid}"
        if name not in self.shared:
            self.shared[name] = self.one(key, uid, **options)
        return self.shared[name]

    def papers(self, one: Zone) -> dict[str, Text]:
        """Whatever is printed of a zone, by a short name, without the papers of its households."""
        zone, point = one.zone.uid, one.point.uid
        (street,) = self.ws.find("subdistrict", "name", one.zone.text("subdistrict"))
        signs = [sign.uid for sign in self.ws.find("warning_sign", "danger_zone", zone) if sign.text("erected_on")]
        return {
            "sheet": self.one("map_zone", zone),
            "public": self.one("map_zone", zone, profile="public"),
            "point": self.one("map_point", point),
            "street": self.kept("map_street", street.uid),
            "district": self.kept("map_internal", None),
            "work": self.one("cards_work", point),
            "plan": self.one("plan_table", point),
            "list": self.one("hazard_list", point, form="pdf"),
            "yearly": self.kept("yearly_plan", None, form="pdf"),
            "notice": self.one("zone_notice", zone),
            "sign": self.one("signs", signs[0]),
            "board": self.one("signs_zone", zone),
            "sticker": self.one("stickers_zone", zone, size="A6"),
            "drill": self.one("drill_script", zone),
        }

    def of_households(self, one: Zone) -> Iterator[tuple[Feature, dict[str, Text]]]:
        """Card, large print and sticker of some households."""
        some = one.some_households()
        uids = [house.uid for house in some]
        if not uids:
            return
        kinds = {
            "card": self.of("cards_household", uids),
            "large": self.of("cards_large", uids),
            "sticker": self.of("stickers_household", uids, size="A6"),
        }
        for house in some:
            yield house, {kind: texts[house.uid] for kind, texts in kinds.items()}


def loose(name: str) -> str:
    """A pattern for a name in spaced text: a narrow cell breaks it anywhere."""
    return r"\s*".join(map(re.escape, name))
