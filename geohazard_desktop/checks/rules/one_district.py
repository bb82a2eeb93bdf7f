"""The district layer holds the office's own district alone: sheets, shares and distances are reckoned from it."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.own_district import names_own

RULE = "one_district"
TITLE = _("行政区不只本区")
WHOLE = ("district", "setting")  # layers whose change makes it look again by itself


def find(office: Office) -> Iterator[Finding]:
    code, name = office.settings.get("district.code", ""), office.settings.get("district.name", "")
    found = office.features("district")
    named = [one for one in found if one.text("code") or one.text("name")]
    for one in found if len(found) > 1 else named:
        if names_own(one.text("code"), one.text("name"), code, name):
            continue
        called = "，".join(text for text in (one.text("name"), one.text("code")) if text) or _("没有名称和代码")
        words = _(
            "行政区里的一个（{called}）不是单位设置里的{name}（{code}），请移到“邻区”或删去；是本区的，请改正它的名称和代码。"
        )
        yield office.finding(RULE, one, words.format(called=called, name=name, code=code))
