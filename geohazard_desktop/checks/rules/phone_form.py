"""A phone number can be dialled: a wrong digit on a card costs lives."""

import re
import unicodedata
from collections.abc import Iterator

from geohazard_desktop.analysis.parameters import parameter_text
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "phone_form"


def find(office: Office) -> Iterator[Finding]:
    form = re.compile(parameter_text(RULE, "form"))
    for definition in office.layers:
        fields = [one for one in definition.fields if one.name.endswith("phone") and one.type == "text"]
        table = office.table(definition.table)
        for field in fields:
            for index, value in enumerate(table.columns.get(field.name, ())):
                if value and not all(form.fullmatch(one) for one in _numbers(str(value))):
                    one = table.feature(index)
                    # The number itself is personal: the finding names the field, the form shows it.
                    sentence = _("{name}的{title}打不通：位数不对，请核对。").format(
                        name=office.called(one), title=field.title
                    )
                    yield office.finding(RULE, one, sentence)


def _numbers(text: str) -> list[str]:
    """Several numbers may stand in one field, parted by 、 or / or a comma; spaces and hyphens inside don't count."""
    plain = unicodedata.normalize("NFKC", text)
    return [re.sub(r"[\s\-—–()]", "", one) for one in re.split(r"[、/,;]", plain) if one.strip()]
