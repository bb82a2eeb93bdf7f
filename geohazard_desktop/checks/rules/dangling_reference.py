"""What a feature refers to exists."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "dangling_reference"
TITLE = _("引用的要素不在了")


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        fields = [one for one in definition.fields if one.type == "reference"]
        for field in fields:
            table = office.judged_table(definition.table)
            column = table.columns.get(field.name, ())
            known = office.uids(field.target) if any(column) else set()
            for index, value in enumerate(column):
                if value and value not in known:
                    one = table.feature(index)
                    sentence = _("{name}的{title}指向的要素已经不在了，请重新选。").format(
                        name=office.called(one), title=field.title
                    )
                    fix = "" if field.required else "clear_reference"
                    yield office.finding(RULE, one, sentence, about=field.name, fix=fix)
