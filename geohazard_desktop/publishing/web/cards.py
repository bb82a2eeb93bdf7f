"""What a tap on the page says of a feature: title and filled fields in words; no uid, and for the public no person."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime

from geohazard_desktop.analysis.evacuation import route_line
from geohazard_desktop.analysis.hazard_links import CLOSED, POINTS, hazard_point_of
from geohazard_desktop.analysis.measures import geodesic_area, geodesic_length
from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.printed_signals import signal_of_point
from geohazard_desktop.analysis.warning_signal import FIELD, zone_signal
from geohazard_desktop.analysis.way_lengths import printed_metres
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import day_words, parse_day
from geohazard_desktop.domain.quantities import area_words, grouped
from geohazard_desktop.domain.walking import walkers
from geohazard_desktop.publishing.doubtful_ways import DoubtfulWays
from geohazard_desktop.publishing.map_layers import about_people
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

ROUTES, SHELTERS = "evacuation_route", "shelter"
# Where a thing is known from is the office's matter; numbers mean nothing to residents, who go by names.
_OFFICE_ONLY = {"id", "source", "surveyed_on", "remark"}
_LAST = ("source", "surveyed_on", "schematic", "remark")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


class Cards:
    """The words for features of one workspace. `withheld` counts public texts left out because a mobile number stood
    in a field that is not meant for one."""

    def __init__(self, ws: Workspace, doubtful: DoubtfulWays, *, public: bool) -> None:
        self.ws = ws
        self._doubtful = doubtful
        self._settings = ws.settings()
        self.public = public
        self.withheld = 0
        self._targets: dict[tuple[str, str], Feature | None] = {}
        self._fields: dict[str, list[FieldDefinition]] = {}

    def shown_fields(self, definition: LayerDefinition) -> list[FieldDefinition]:
        """The fields that may be shown, own ones first, where they come from last. `name` is the card's title."""
        if definition.table not in self._fields:
            kept = [one for one in definition.fields if one.name != "name" and self._may_show(definition, one)]
            kept.sort(key=lambda one: 0 if one.name == "id" else 2 if one.name in _LAST else 1)
            self._fields[definition.table] = kept
        return self._fields[definition.table]

    def values(self, definition: LayerDefinition, feature: Feature) -> dict[str, Value]:
        """The values that labels may use."""
        return {
            name: value
            for name, value in feature.values.items()
            if name in definition.by_name and self._may_show(definition, definition.by_name[name])
            if not self._tells_a_number(value)
        }

    def title(self, definition: LayerDefinition, feature: Feature) -> str:
        """The feature's name; "" where it has none or the name is a person's and the page is public."""
        values = self.values(definition, feature)
        found = values.get("name") or (values.get("head") if not self.public else None)
        return str(found) if found else ""

    def rows(self, definition: LayerDefinition, feature: Feature) -> Iterator[tuple[str, str]]:
        """Title and words of each filled field, and what is reckoned from the shape."""
        if feature.layer == ROUTES:
            yield from self._way(feature)
        elif definition.geometry == "polygon" and definition.letter and feature.geometry is not None:
            yield _("面积"), area_words(geodesic_area(feature.geometry, self.ws.epsg))
        for one in self.shown_fields(definition):
            if one.name == "must_move_people" and feature.layer == ZONES:
                yield from self._must_move(one, feature)
                continue
            value = feature[one.name]
            if one.name == FIELD and feature.layer == ZONES:
                value = zone_signal(self._settings, feature, hazard_point_of(self.ws, feature)).words
            elif one.name == FIELD and feature.layer == POINTS and feature.text("status") != CLOSED:
                value = signal_of_point(self.ws, feature).words
            if value is None or value == "":
                continue
            if self._tells_a_number(value):
                self.withheld += 1
                continue
            words = self._words(one, value)
            if words:
                yield one.title, words

    def _must_move(self, field: FieldDefinition, zone: Feature) -> Iterator[tuple[str, str]]:
        """The number that every paper prints, for the office with its source."""
        need = must_move(self.ws, zone)
        if words := need.told() if self.public else need.words():
            yield field.title, words

    def _may_show(self, definition: LayerDefinition, field: FieldDefinition) -> bool:
        if not self.public:
            return True
        if definition.is_personal(field.name) or field.name in _OFFICE_ONLY:
            return False
        return not (field.type == "reference" and about_people(self.ws.definition(field.target)))

    def _tells_a_number(self, value: Value) -> bool:
        """Whether a public text holds a mobile number: offices write names with phones into whatever field is free."""
        if not self.public or not isinstance(value, str):
            return False
        return bool(_MOBILE.search(re.sub(r"[\s\-－—]", "", unicodedata.normalize("NFKC", value))))

    def _words(self, field: FieldDefinition, value: Value) -> str:
        if isinstance(value, bool) or field.type == "boolean":
            return _("是") if value else _("否")
        if field.type == "reference":
            target = self._target(field.target, str(value))
            if target is None:
                return ""
            parts = [target.text("name"), "" if self.public else target.text("id")]
            return " ".join(one for one in parts if one)
        words = _moment(field.type, value) if field.type in ("date", "datetime") else _number(field, value)
        return f"{words} {field.unit}" if field.unit and words else words

    def _target(self, layer: str, uid: str) -> Feature | None:
        if (layer, uid) not in self._targets:
            self._targets[layer, uid] = self.ws.feature(layer, uid)
        return self._targets[layer, uid]

    def _way(self, route: Feature) -> Iterator[tuple[str, str]]:
        shelter = self._target(SHELTERS, route.text("shelter")) if SHELTERS in self.ws.definitions else None
        line = route_line(route, shelter, epsg=self.ws.epsg)
        if line is None:
            return
        metres = geodesic_length(line, self.ws.epsg)
        yield _("路程"), _("{number} 米").format(number=grouped(printed_metres(line, self.ws.epsg)))
        times = "、".join(
            _("{who} {minutes} 分钟").format(who=one.label, minutes=one.minutes(metres)) for one in walkers()
        )
        yield _("步行"), self._doubtful.asking(route) or times


def _moment(kind: str, value: Value) -> str:
    text = str(value)
    if kind == "datetime":
        try:
            when = datetime.fromisoformat(text)
        except ValueError:
            return text
        return f"{day_words(when.date())} {when:%H:%M}"
    day = parse_day(text)
    return text if day is None else day_words(day)


def _number(field: FieldDefinition, value: Value) -> str:
    """Numbers with a unit are amounts, their thousands parted; others (years, counts of a code) stay as typed."""
    if isinstance(value, float):
        digits = next((count for count in range(4) if round(value, count) == round(value, 4)), 4)
        return grouped(value, digits) if field.unit else f"{value:.{digits}f}"
    if isinstance(value, int) and field.unit:
        return grouped(value)
    return str(value).strip()
