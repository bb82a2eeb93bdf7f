"""A people's number (编号) belongs to one feature of its layer: who has it already, said where it is typed."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.edits.wording import called
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

NUMBER = "id"


def number_fault(ws: Workspace, feature: Feature, field: FieldDefinition, value: Value) -> str:
    """Why `value` can't be `feature`'s number: a sentence that names the feature that has it, and a number that is
    free. "" for other fields, for its own number, and where nobody has it."""
    if field.name != NUMBER or not isinstance(value, str) or not value.strip() or value == feature[NUMBER]:
        return ""
    others = [one for one in ws.find(feature.layer, NUMBER, value.strip()) if one.uid != feature.uid]
    if not others:
        return ""
    definition = ws.definitions[feature.layer]
    named = others[0].text("name") or others[0].text("head")
    who = f"{named}（{value.strip()}）" if named else called(ws.definitions, others[0])
    told = _("{field} {number} 已经是{who}的，没有改。一个{field}只能给一个{layer}").format(
        field=field.title, number=value.strip(), who=who, layer=definition.title
    )
    if definition.letter:
        return told + _("，下一个没用过的是 {number}。").format(number=ws.next_number(feature.layer))
    return told + _("，请换一个。")
