"""What stands beside a sheet's map: the table of routes, the legend, the notes."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import cast

from geohazard_desktop.analysis.evacuation import route_line, route_name
from geohazard_desktop.analysis.measures import geodesic_length
from geohazard_desktop.analysis.shares import LAYER, susceptibility_shares
from geohazard_desktop.analysis.shelter_room import places_of
from geohazard_desktop.analysis.way_lengths import printed_metres
from geohazard_desktop.analysis.ways_in_force import by_number
from geohazard_desktop.cartography.furniture import coordinate_notes
from geohazard_desktop.cartography.legend import SWATCH_MM, LegendEntry
from geohazard_desktop.cartography.veil import veil_swatch
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import is_official
from geohazard_desktop.domain.walking import walking_minutes
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.sheets.map_forms import LegendGroup, LegendItem, NoteLine, SheetRoute
from geohazard_desktop.publishing.sheets.subjects import KEY_AREAS, SheetSubject
from geohazard_desktop.publishing.typeset.office_settings import SheetSettings
from geohazard_desktop.workspace.edits.wording import followed
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_SOURCE_LINES = 4


def routes_in_force(layers: MapLayers, zones: Collection[str] | None) -> list[Feature]:
    """The routes of `zones` (uids; None: all) that hold, as the layers have them, by number."""
    routes = layers.features("evacuation_route")
    found = [one for one in routes if zones is None or one.text("danger_zone") in zones]
    return by_number(found)


def route_rows(ws: Workspace, layers: MapLayers, routes: Sequence[Feature]) -> tuple[list[SheetRoute], list[str]]:
    """The rows of 撤离路线与安置点, and sentences on what they lack."""
    zones = {one.uid: one for one in layers.features("danger_zone")}
    shelters = {one.uid: one for one in layers.features("shelter")}
    rows, problems = [], []
    for route in routes:
        zone = zones.get(route.text("danger_zone"))
        shelter = shelters.get(route.text("shelter"))
        line = route_line(route, shelter, epsg=ws.epsg)
        metres = None if line is None else geodesic_length(line, ws.epsg)
        minutes = (None, None, None) if metres is None else tuple(walking_minutes(metres).values())
        room = None if shelter is None else places_of(shelter)
        rows.append(
            SheetRoute(
                number=route.text("number") or None,
                zone_name=None if zone is None else zone.text("name") or zone.text("id"),
                zone_id=None if zone is None or not zone.text("name") else zone.text("id"),
                start=route.text("start"),
                shelter=None if shelter is None else shelter.text("name") or shelter.text("id"),
                metres=None if line is None else printed_metres(line, ws.epsg),
                minutes=cast("tuple[int | None, int | None, int | None]", minutes),
                capacity=room,
                draft=zone is not None and not is_official(zone.text("state")),
                ask=layers.doubtful.asking(route),
            )
        )
        if shelter is None:
            problems.append(_("{route}没有登记避险安置点，图上的“到”留空。").format(route=followed(route_name(route))))
        if metres is None:
            problems.append(_("撤离路线 {id} 不是连续的一条线，图上的路程和时间留空。").format(id=route.text("id")))
    return rows, [*problems, *layers.doubtful.told(routes)]


def legend_swatches(entries: Sequence[LegendEntry]) -> dict[str, str]:
    """Their pictures by the names that `legend_groups` uses."""
    return {f"swatch{number}": one.swatch for number, one in enumerate(entries)}


def legend_groups(
    entries: Sequence[LegendEntry], office: SheetSettings, percents: Mapping[str, float]
) -> list[LegendGroup]:
    """The legend in the office's groups."""
    items: dict[str, list[LegendItem]] = {title: [] for title, _layers in office.legend}
    sizes: dict[str, dict[str, float]] = {}
    alike = Counter((office.group_of(one.layer), one.label) for one in entries)
    for number, entry in enumerate(entries):
        share = percents.get(entry.label) if entry.layer == "susceptibility_zone" else None
        group = office.group_of(entry.layer)
        label = entry.label
        if alike[group, label] > 1 and entry.title not in label:
            label = f"{entry.title} {label}"  # two layers' classes of one name
        note = None if share is None else f"{share:.2f} %"
        items[group].append(LegendItem(label=label, picture=f"swatch{number}", note=note))
        sizes.setdefault(group, {}).update(entry.sizes)
    for group, found in sizes.items():
        if found:
            ordered = sorted(found, key=lambda one: found[one])
            items[group].append(LegendItem(label=_("符号由小到大：{sizes}").format(sizes="、".join(ordered))))
    return [LegendGroup(title=title, items=tuple(one)) for title, one in items.items() if one]


_LAND = "swatch-land"


def land_item(subject: SheetSubject) -> LegendItem:
    """The legend's line about the land that a sheet is of."""
    # A key area has a long name, which the title says.
    own = _("本图的重点防控区，灰的是区外") if subject.layer == KEY_AREAS else _("{name}，灰的是邻近")
    return LegendItem(label=own.format(name=subject.name), picture=_LAND)


def land_swatch() -> dict[str, str]:
    """Its picture."""
    return {_LAND: veil_swatch(*SWATCH_MM)}


def shares_by_class(ws: Workspace, layers: MapLayers) -> dict[str, float]:
    """The district's 易发程度 in percent, by class."""
    drawn = next((one.table for one in layers.pictures if one.layer == LAYER), None)
    return {one.name: one.percent for one in susceptibility_shares(ws, drawn)}


def note_lines(
    ws: Workspace, view: MapView, features: Sequence[Feature], credits: Sequence[str]
) -> tuple[NoteLine, ...]:
    """说明 of an internal sheet: its coordinates, where the `features` shown and the base map come from, how old it
    is."""
    pairs = coordinate_notes(view, ws.crs, height_datum=ws.setting("height.datum"))
    notes = [NoteLine(label=label, words=words) for label, words in pairs]
    notes += _source_lines(ws, features)
    notes += [NoteLine(label=_("底图"), words=words, passing=True) for words in credits]
    for step in ws.history(1):
        notes.append(NoteLine(label=_("工作文件改到"), words=step.made_at.date().isoformat(), passing=True))
    return tuple(notes)


def left_blank(settings: Mapping[str, str], *, signal: bool) -> Iterator[str]:
    """That the office's settings lack what the sheet leaves room for; `signal`: it has none to print."""
    needed = {"signal.text": _("撤离信号"), "duty.phone": _("值班电话"), "office.name": _("编制单位")}
    lacking = [title for key, title in needed.items() if (signal if key == "signal.text" else not settings.get(key))]
    if lacking:
        yield _("设置里没有{what}，图上留了空。").format(what="、".join(lacking))


def _source_lines(ws: Workspace, features: Sequence[Feature]) -> list[NoteLine]:
    """Layers with the source that their features name; the most common sources first."""
    found: dict[str, dict[str, None]] = {}
    counts: dict[str, int] = {}
    for one in features:
        source = one.text("source")
        if source:
            title = ws.definition(one.layer).title
            found.setdefault(source, {})[title] = None
            counts[source] = counts.get(source, 0) + 1
    ordered = sorted(found, key=lambda one: (-len(found[one]), -counts[one]))
    lines = [
        _("{layers}：{source}").format(layers="、".join(found[source]), source=source)
        for source in ordered[:_SOURCE_LINES]
    ]
    if len(ordered) > _SOURCE_LINES:
        lines.append(_("其余 {count} 种来源见工作文件").format(count=len(ordered) - _SOURCE_LINES))
    return [NoteLine(label=_("资料来源"), words=words) for words in lines]
