"""What the window says about a feature beside its fields: its name, its measures, its grade with the reason."""

from geohazard_desktop.analysis.measures import geodesic_area, geodesic_length
from geohazard_desktop.analysis.zone_grade import zone_grade
from geohazard_desktop.analysis.zone_states import EVENTS
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.domain.walking import walkers
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

_MOST_WORDS = 4
# Fields that name no record: common ones, and what the register of papers keeps for the program alone.
_NO_NAMES = ("id", "name", "source", "remark", "product", "subject_layer", "subject", "variant")


_LAST = ("source", "surveyed_on", "schematic", "remark")


def reading_order(definition: LayerDefinition) -> list[FieldDefinition]:
    """The layer's own fields first, after number and name; where they come from stands last."""

    def place(field: FieldDefinition) -> int:
        if field.name in ("id", "name"):
            return 0
        return 2 if field.name in _LAST else 1

    return sorted(definition.fields, key=place)


def name_of(ws: Workspace, feature: Feature) -> str:
    """Name first, number second; records without either are named by their first filled fields."""
    definition = ws.definitions[feature.layer]
    name = feature.text("name") or feature.text("head")
    parts = [part for part in (name, feature.text("id")) if part]
    if name or (parts and definition.letter):
        return "　".join(parts)
    found = []
    for field in definition.fields:
        if field.type in ("reference", "boolean") or field.name in _NO_NAMES:
            continue
        if feature.text(field.name):
            found.append(words.shown_as(field.type, feature[field.name]))
        if len(found) == _MOST_WORDS:
            break
    return "　".join([*parts, *found]) or _("（没有名称的{title}）").format(title=definition.title)


def facts_of(ws: Workspace, feature: Feature) -> list[str]:
    """Sentences computed from shape and values, never stored."""
    found = []
    geometry = feature.geometry
    if geometry is not None and not geometry.is_empty:
        kind = ws.definitions[feature.layer].geometry
        if kind == "polygon":
            area = geodesic_area(geometry, ws.epsg)
            found.append(
                _("面积 {area}（{mu}，椭球）　周长 {length}").format(
                    area=words.area(area), mu=words.mu(area), length=words.length(geodesic_length(geometry, ws.epsg))
                )
            )
        elif kind == "line":
            metres = geodesic_length(geometry, ws.epsg)
            found.append(_("长度 {length}（椭球）").format(length=words.length(metres)))
            if feature.layer == "evacuation_route":
                times = "　".join(
                    _("{who} {minutes} 分钟").format(who=one.label, minutes=one.minutes(metres)) for one in walkers()
                )
                found.append(_("步行：{times}").format(times=times))
        else:
            found.append(words.gauss(geometry.centroid.x, geometry.centroid.y))
    if feature.layer == "danger_zone":
        found.extend(_grade(ws, feature))
    return found


def _grade(ws: Workspace, feature: Feature) -> list[str]:
    """As every paper prints it: by the register too, where that has more people than the form says."""
    try:
        found = zone_grade(ws, feature)
    except GeohazardError as error:
        return [str(error)]
    judged = found.judged
    if judged is None:
        return [_("险情等级：需转移人数和潜在损失都没有填，还不能判定。")]
    least = "" if found.complete else _("不低于")
    told = [_("险情等级 {least}{grade}：{reason}。").format(least=least, grade=judged.grade, reason=judged.reason)]
    need = found.need
    if (words := need.words()) and (need.number != need.typed or not need.agrees):
        told.append(_("图纸和表上印的需转移人数：{words}。").format(words=words))
    if two := found.doubt():
        told.append(_("{two}。请核对后改成一个数。").format(two=two))
    return told


def related(ws: Workspace, feature: Feature) -> list[tuple[LayerDefinition, str, list[Feature]]]:
    """Layers of records without a place that refer to this layer, with the records of this feature."""
    found = []
    for definition in ws.definitions.values():
        if definition.geometry != "none" or definition.helper or definition.table == EVENTS:
            continue  # a zone's life has a panel of its own
        for field in definition.fields:
            if field.type == "reference" and field.target == feature.layer:
                rows = ws.find(definition.table, field.name, feature.uid)
                if rows or not definition.append_only:
                    found.append((definition, field.name, rows))
    return found
