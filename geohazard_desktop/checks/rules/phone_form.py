"""A phone number can be dialled: a wrong digit on a card costs lives. The form beside the field says the same."""

import re
import unicodedata
from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.codes import bare_number, phone_faults

RULE = "phone_form"
TITLE = _("电话打不通")


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        fields = [
            one
            for one in definition.fields
            if one.type == "text" and (one.role == "phone" or one.name.endswith("phone"))
        ]
        if not fields:
            continue
        table = office.judged_table(definition.table)
        for field in fields:
            for index, value in enumerate(table.columns.get(field.name, ())):
                faults = phone_faults(str(value)) if value else []
                if faults:
                    one = table.feature(index)
                    # The number itself is personal: the finding says what is wrong, the form shows it.
                    sentence = _("{name}的{title}打不通：{why}，请核对。").format(
                        name=office.called(one), title=field.title, why=faults[0].why
                    )
                    fix = "phone" if plain_phone(str(value)) else ""
                    yield office.finding(RULE, one, sentence, about=field.name, fix=fix)


def plain_phone(text: str) -> str:
    """The one number in `text` where nothing else but words like 电话 stands beside it: 手机：13900000001 → 139 0000
    0001. "" where something would be lost or guessed."""
    plain = unicodedata.normalize("NFKC", text)
    plain = bare_number(re.sub(r"电话|手机|联系|号码|座机|办公|tel|[:：.。]", "", plain, flags=re.IGNORECASE))
    if not plain.isdecimal() or phone_faults(plain):
        return ""
    return f"{plain[:3]} {plain[3:7]} {plain[7:]}" if len(plain) == 11 and plain.startswith("1") else plain
