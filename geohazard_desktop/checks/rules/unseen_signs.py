"""A sign that nobody sees comes along with what is pasted: papers leave it out or hide it, searches miss the name."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.signs import unseen
from geohazard_desktop.common.texts import _

RULE = "unseen_signs"
TITLE = _("文字里有看不见的字符")


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        fields = [one for one in definition.fields if one.type == "text"]
        if definition.append_only or not fields:
            continue
        table = office.judged_table(definition.table)
        for field in fields:
            for index, value in enumerate(table.columns.get(field.name, ())):
                hidden = unseen(value) if isinstance(value, str) else []
                if hidden:
                    one = table.feature(index)
                    codes = "、".join(f"U+{ord(sign):04X}" for sign in dict.fromkeys(hidden))
                    word = _("{name}的{title}里有看不见的字符（{codes}），卡和图上印不出，查找也找不到，请去掉。")
                    sentence = word.format(name=office.called(one), title=field.title, codes=codes)
                    yield office.finding(RULE, one, sentence, about=field.name, fix="unseen_signs")
