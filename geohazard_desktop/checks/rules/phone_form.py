"""A phone number can be dialled: a wrong digit on a card costs lives."""

import re
import unicodedata
from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter_text
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "phone_form"
TITLE = _("电话打不通")


def find(office: Office) -> Iterator[Finding]:
    form = re.compile(parameter_text(RULE, "form"))
    for definition in office.layers:
        fields = [one for one in definition.fields if one.name.endswith("phone") and one.type == "text"]
        if not fields:
            continue
        table = office.judged_table(definition.table)
        for field in fields:
            for index, value in enumerate(table.columns.get(field.name, ())):
                if value and not all(form.fullmatch(one) for one in _numbers(str(value))):
                    one = table.feature(index)
                    # The number itself is personal: the finding names the field, the form shows it.
                    sentence = _("{name}的{title}打不通：位数不对，请核对。").format(
                        name=office.called(one), title=field.title
                    )
                    fix = "phone" if plain_phone(str(value)) else ""
                    yield office.finding(RULE, one, sentence, about=field.name, fix=fix)


def plain_phone(text: str) -> str:
    """The one number in `text` where nothing else but words like 电话 stands beside it: 手机：13900000001 → 139 0000
    0001. "" where something would be lost or guessed."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"电话|手机|联系|号码|座机|办公|tel|[:：.。\s\-—–()]", "", plain, flags=re.IGNORECASE)
    if not re.fullmatch(parameter_text(RULE, "form"), plain):
        return ""
    return f"{plain[:3]} {plain[3:7]} {plain[7:]}" if re.fullmatch(r"1[3-9]\d{9}", plain) else plain


def _numbers(text: str) -> list[str]:
    """Several numbers may stand in one field, parted by 、 or / or a comma; spaces and hyphens inside don't count."""
    plain = unicodedata.normalize("NFKC", text)
    return [re.sub(r"[\s\-—–()]", "", one) for one in re.split(r"[、/,;]", plain) if one.strip()]
