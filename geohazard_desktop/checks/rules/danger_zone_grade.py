"""The grade of the 险情 rests on the people to move and the loss: without both it would be a guess."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "danger_zone_grade"
TITLE = _("险情等级算不出来")


def find(office: Office) -> Iterator[Finding]:
    for one in office.judged_zones:
        if one["must_move_people"] is None and one["potential_loss_wan"] is None:
            sentence = _("{name}没有填需转移人数和潜在损失，险情等级算不出来，请至少填一项。").format(
                name=office.called(one)
            )
            yield office.finding(RULE, one, sentence)
