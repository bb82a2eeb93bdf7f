"""What the office's own sheet of a danger zone says of it beside the map: who lives there, who has to move, how grave
it is, who watches. Never on a public sheet."""

from dataclasses import replace

from geohazard_desktop.analysis.hazard_links import hazard_point_of, signs_of
from geohazard_desktop.analysis.measures import geodesic_area, on_earth
from geohazard_desktop.analysis.must_move import must_move
from geohazard_desktop.analysis.zone_grade import ungraded_words, zone_grade
from geohazard_desktop.analysis.zone_recording import life_of_zone
from geohazard_desktop.analysis.zone_states import ZONES
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import THIN, area_words, registered
from geohazard_desktop.publishing.map_layers import MapLayers
from geohazard_desktop.publishing.papers.zone_ways import keepers_words
from geohazard_desktop.publishing.sheets.map_forms import ZoneFacts
from geohazard_desktop.publishing.sheets.panels import routes_in_force
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace


def own_facts(ws: Workspace, layers: MapLayers, uid: str) -> tuple[ZoneFacts | None, list[LayerPicture], list[str]]:
    """The facts of a zone, the layers with its households alone, and what is to be said of what lacks."""
    zone = ws.feature(ZONES, uid)
    if zone is None:
        return None, layers.pictures, []
    shelters = {one.uid: one for one in layers.features("shelter")}
    facts = replace(zone_facts(ws, zone), keepers=keepers_words(routes_in_force(layers, {uid}), shelters))
    notes = []
    if empty := facts.empty_labels():
        notes.append(_("没有登记{what}，图上留了横线手写。").format(what="、".join(empty)))
    need = must_move(ws, zone)
    if doubt := need.doubt(""):  # the report names the sheet
        notes.append(doubt)
    grade = zone_grade(ws, zone, need)
    notes += [one for one in (ungraded_words(grade),) if one]
    if two := grade.doubt():
        notes.append(_("{two}，图上印的是前一个。").format(two=two))
    return facts, layers.only("household", list(need.residents.households)), notes


def zone_facts(ws: Workspace, zone: Feature) -> ZoneFacts:
    """The facts of one zone, as they stand in its fields, in its register and in its ground. Nothing is guessed."""
    loss = _number(zone["potential_loss_wan"])
    need = must_move(ws, zone)
    grade = zone_grade(ws, zone, need)
    point = hazard_point_of(ws, zone)
    life = life_of_zone(ws, zone.uid)
    entry = life.last(life.state)
    document = "" if entry is None else entry.text("document_no")
    shape = zone.geometry
    known = shape is not None and on_earth(shape, ws.epsg)
    return ZoneFacts(
        hazard_type=zone.text("hazard_type") or (point.text("hazard_type") if point else ""),
        state=_("{state}（{document}）").format(state=life.state, document=document) if document else life.state,
        households=need.residents.inside_words(),
        must_move=need.words(),
        danger_grade=grade.words(),
        potential_loss=None if loss is None else _("{sum} 万元").format(sum=registered(loss)),
        disaster_grade=_disaster_words(ws, zone),
        area=area_words(geodesic_area(shape, ws.epsg)).replace(THIN, "") if known and shape is not None else None,
        patrol_person=zone.text("patrol_person"),
        patrol_phone=zone.text("patrol_phone"),
        monitor=point.text("monitor") if point else None,
        monitor_phone=point.text("monitor_phone") if point else None,
        reason=zone.text("reason"),
        signs=signs_of(zone, point),
    )


def _disaster_words(ws: Workspace, zone: Feature) -> str | None:
    reports = ws.find("report", ZONES, zone.uid) if "report" in ws.definitions else []
    told = [one for one in reports if one.text("disaster_grade")]
    last = max(told, key=lambda one: one.text("reported_at") or one.text("received_at"), default=None)
    if last is None:
        return None
    day = (last.text("reported_at") or last.text("received_at"))[:10]
    return (
        _("{grade}（{day} 速报）").format(grade=last.text("disaster_grade"), day=day)
        if day
        else last.text("disaster_grade")
    )


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
