"""The key prevention period can be reckoned with: both days are set, and are days."""

import datetime
from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "season"
TITLE = _("重点防范期的设置")
WHOLE = ("setting",)  # layers whose change makes it look again by itself


def find(office: Office) -> Iterator[Finding]:
    for key, title in (("season.start", _("重点防范期开始")), ("season.end", _("重点防范期结束"))):
        typed = office.settings.get(key, "")
        if not typed:
            continue
        try:
            datetime.date.fromisoformat(f"2024-{typed}")  # a leap year: 02-29 is a day
        except ValueError:
            sentence = _("设置里的{title}“{typed}”不是日期，应写成 06-01。").format(title=title, typed=typed)
            yield office.layer_finding(RULE, "setting", sentence, about=key)
