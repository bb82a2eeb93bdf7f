"""Personal data stand in personal fields alone: every other field may be printed on a public sheet.

Numbers are looked for in every open field. Names of registered people are looked for where public papers and pages get
their words from; what stays in the office (registers, remarks) may name whom it speaks of.
"""

from collections.abc import Container, Iterator

from geohazard_desktop.analysis.parameters import parameter_list
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.people_told import Listener, Told
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition

RULE = "personal_data"
TITLE = _("个人信息写在公开的栏目里")


def find(office: Office) -> Iterator[Finding]:
    return (one for one, _told in told_findings(office))


def told_findings(office: Office, shown: Container[tuple[str, str]] | None = None) -> Iterator[tuple[Finding, Told]]:
    """Each finding with what its text tells; `shown`: of these fields (layer, field) alone."""
    listener = Listener(office.people)
    inside, unprinted = set(parameter_list(RULE, "inside")), set(parameter_list(RULE, "unprinted"))
    for definition in office.layers:
        fields = [
            one
            for one in definition.fields
            if _open(definition, one) and (shown is None or (definition.table, one.name) in shown)
        ]
        table = office.judged_table(definition.table) if fields else None
        for field in fields if table is not None else ():
            named = definition.table not in inside and field.name not in unprinted
            column = table.columns.get(field.name, ()) if table is not None else ()
            for index, value in enumerate(column):
                if not value or not isinstance(value, str):
                    continue
                told = listener.told(value, named=named)
                if told and table is not None:
                    one = table.feature(index)
                    sentence = _("{name}的{title}里有{what}，公开的图和网页会带出去，{remedy}。").format(
                        name=office.called(one), title=field.title, what=told.what, remedy=told.remedy
                    )
                    yield office.finding(RULE, one, sentence, about=field.name, opens=field.name), told


def _open(definition: LayerDefinition, field: FieldDefinition) -> bool:
    numbers = field.name.endswith("phone") or field.name in ("id", "unified_code", "field_code", "code")
    return field.type == "text" and not definition.is_personal(field.name) and not numbers
