"""Nobody is sent to a shelter that is closed."""

from collections.abc import Iterator

from geohazard_desktop.analysis.counted_today import counts_today
from geohazard_desktop.analysis.shelter_users import users_of
from geohazard_desktop.analysis.ways_in_force import routes_leading_to
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "shelter_closed"
TITLE = _("路线通往停用的安置点")


def find(office: Office) -> Iterator[Finding]:
    closed = {one.uid: one for one in office.features("shelter") if not counts_today(one, office.today)}
    if not closed:
        return
    leading = routes_leading_to(office.ws, closed)
    users = users_of(office.ws, closed)
    for one in office.judged("evacuation_route"):
        if one.uid not in leading:
            continue
        shelter = leading[one.uid]
        found = users[shelter.uid]
        homes = [home for home in found.households if home.text("evacuation_route") == one.uid]
        holding = sum(home.uid in found.holding for home in homes)
        sentence = _("{name}通往的{shelter}已停用").format(name=office.called(one), shelter=office.called(shelter))
        if homes:
            sentence += _("，{count} 户的卡叫人往那里走").format(count=len(homes))
        if holding:
            sentence += _("，其中 {count} 户已经发了卡").format(count=holding)
        sentence += _("。请把路线改画到别的安置点，或给住户另选路线，再重印卡。")
        yield office.finding(RULE, one, sentence, others=(shelter,), about=shelter.uid)
    for point in office.judged("hazard_point"):
        shelter_uid = point.text("shelter")
        if shelter_uid in closed and point.text("status") != "销号":
            sentence = _("{name}写的{shelter}已停用，请在属性里另选安置点。").format(
                name=office.called(point), shelter=office.called(closed[shelter_uid])
            )
            yield office.finding(RULE, point, sentence, about=shelter_uid)
