"""Personal data stand in personal fields alone: every other field may be printed on a public sheet."""

import re
from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter_text
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import FieldDefinition, LayerDefinition

RULE = "personal_data"
TITLE = _("个人信息写在公开的栏目里")


def find(office: Office) -> Iterator[Finding]:
    mobile = re.compile(parameter_text(RULE, "mobile"), re.ASCII)
    identity = re.compile(parameter_text(RULE, "identity"), re.ASCII)
    made = re.compile(parameter_text(RULE, "made"), re.ASCII)
    for definition in office.layers:
        fields = [one for one in definition.fields if _open(definition, one)]
        table = office.judged_table(definition.table) if fields else None
        for field in fields if table is not None else ():
            column = table.columns.get(field.name, ()) if table is not None else ()
            for index, value in enumerate(column):
                if not value or not isinstance(value, str):
                    continue
                # A digest or uid that the program wrote is nobody's number, though its digits may look like one.
                plain = re.sub(r"[\s\-]", "", made.sub(" ", value))
                what = _("身份证号") if identity.search(plain) else _("手机号") if mobile.search(plain) else ""
                if what and table is not None:
                    one = table.feature(index)
                    sentence = _("{name}的{title}里有{what}，公开的图和网页会带出去，请移到专门的栏目。").format(
                        name=office.called(one), title=field.title, what=what
                    )
                    yield office.finding(RULE, one, sentence, about=field.name)


def _open(definition: LayerDefinition, field: FieldDefinition) -> bool:
    numbers = field.name.endswith("phone") or field.name in ("id", "unified_code", "field_code", "code")
    return field.type == "text" and not definition.is_personal(field.name) and not numbers
