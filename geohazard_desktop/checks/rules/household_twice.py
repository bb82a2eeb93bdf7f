"""No household is registered twice: the same head with the same telephone would be counted and called twice, and get
two cards. Copies at one place are duplicate_features' to say."""

import unicodedata
from collections.abc import Iterator

from geohazard_desktop.analysis.counted_today import HOUSEHOLDS, counted
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.checks.rules.duplicate_features import alike, same_place
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.codes import numbers_in
from geohazard_desktop.workspace.feature import Feature

RULE = "household_twice"
TITLE = _("同一户可能登记了两次")


def find(office: Office) -> Iterator[Finding]:
    told: set[str] = set()
    for first, *rest in _groups(office):
        for one in rest:
            if (
                one.uid in told
                or not (office.is_judged(one) or office.is_judged(first))
                or (same_place(first, one) and alike(first, one))
            ):
                continue
            words = _(
                "{name}和{other}的户主姓名一样，电话也对得上，可能是一户登记了两次：人数会多算，卡会发两张。"
                "请核对：是一户的，删去一户，发过卡的用“住户迁出”；真是两户的，带理由搁置这一条。"
            )
            told.add(one.uid)
            sentence = words.format(name=office.called(one), other=office.called(first))
            yield office.finding(RULE, one, sentence, others=(first,))


def _groups(office: Office) -> list[list[Feature]]:
    """Households in residence that share a head's name and a telephone number, in file order; several each."""
    if office.focus is None:
        looked_at = counted(office.features(HOUSEHOLDS), office.today)
    else:
        heads = {one.text("head") for one in office.judged_today(HOUSEHOLDS) if _who(one)}
        found = [one for head in sorted(heads) for one in office.ws.find(HOUSEHOLDS, "head", head)]
        looked_at = counted(found, office.today)
    groups: dict[tuple[str, str], list[Feature]] = {}
    for one in looked_at:
        for who in _who(one):
            groups.setdefault(who, []).append(one)
    return [group for group in groups.values() if len(group) > 1]


def _who(household: Feature) -> list[tuple[str, str]]:
    """The head's name with each of the telephone numbers; none where either is empty."""
    name = "".join(unicodedata.normalize("NFKC", household.text("head")).split())
    return [(name, number) for number in sorted(numbers_in(household.text("phone")))] if name else []
