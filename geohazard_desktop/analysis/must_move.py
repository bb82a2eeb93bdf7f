"""How many have to leave a danger zone, as every paper says it: one number, and beside it the other one with its source
where form and register disagree.

Nobody is left out of the number: a form may count workers or pupils whom no register of households has, and a register
may have grown since the form was filled in. So the larger of both stands first, and both are named.
"""

from dataclasses import dataclass
from datetime import date

import shapely

from geohazard_desktop.analysis.exposure import features_inside
from geohazard_desktop.analysis.measures import measurable
from geohazard_desktop.analysis.zone_residents import Residents, people_in, residents_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import grouped
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MustMove:
    """`typed` is the form's 需转移人数; `others` are people of 重要设施 inside the zone, as far as they are counted."""

    typed: int | None
    residents: Residents
    others: int = 0

    @property
    def counted(self) -> int:
        """Who is registered: residents and people of facilities."""
        return self.residents.people + self.others

    @property
    def registered(self) -> bool:
        """Whether the registers have anybody, so that there is a count to compare with."""
        return bool(self.residents.households) or self.others > 0

    @property
    def agrees(self) -> bool:
        """Whether form and register say the same, or one of them says nothing. A form may count those inside alone:
        who leaves with the zone from outside is told beside it."""
        if self.typed is None or not self.registered:
            return True
        return not self.residents.uncounted and self.typed in (self.counted, self.counted - self._away)

    @property
    def number(self) -> int | None:
        """The one number: of the form and of the register the larger; None where nothing is known, or where the form
        says nothing and some households were not counted."""
        if self.typed is None:
            return self.counted if self.registered and not self.residents.uncounted else None
        return max(self.typed, self.counted)

    @property
    def graded(self) -> int | None:
        """By which the 险情 is graded: `number`, so that number and grade of a paper agree, else whoever is registered;
        None where nobody is. The form's silence makes it a least grade (zone_grade.py): workers or pupils whom no
        register has might make it graver."""
        if self.typed is None:
            return self.counted if self.registered else None
        return self.number

    @property
    def at_least(self) -> bool:
        """Whether more than `number` may have to leave: it is the register's, which has households nobody counted."""
        return bool(self.residents.uncounted) and (self.typed is None or self.typed <= self.counted)

    def told(self) -> str | None:
        """18 人, or 至少 18 人: the number without its source, for who passes by; None for nothing."""
        if self.number is None:
            return None
        words = _("至少 {count} 人") if self.at_least else _("{count} 人")
        return words.format(count=grouped(self.number))

    def need_words(self) -> str | None:
        """需转移 18 人, or 需转移至少 18 人."""
        if self.number is None:
            return None
        words = _("需转移至少 {count} 人") if self.at_least else _("需转移 {count} 人")
        return words.format(count=grouped(self.number))

    def words(self) -> str | None:
        """18 人（登记住户 15 人）: the number, whose it is and what the other one is; None for nothing."""
        told = self.told()
        if told is None or (self.typed is not None and (not self.registered or self._same)):
            return told
        if self.typed is None:
            return _("{people}（按{register}）").format(people=told, register=self._register())
        if self.agrees:
            return _("{people}（含区外 {away} 人，填的是 {typed} 人）").format(
                people=told, away=self._away, typed=self.typed
            )
        if self.typed < self.counted:
            return _("{people}（按{register}，填的是 {typed} 人{rest}）").format(
                people=told, register=self._register(), typed=self.typed, rest=self._uncounted()
            )
        return _("{people}（{register} {counted} 人{rest}）").format(
            people=told, register=self._register(), counted=self.counted, rest=self._uncounted()
        )

    def doubt(self, name: str) -> str:
        """What the office is to look at in the zone called `name`; "" where form and register agree."""
        if self.agrees:
            return ""
        gone = self.residents.gone_words()
        return _(
            "{name}填的需转移人数是 {typed} 人，{register} {counted} 人{gone}{uncounted}。请核对后改成一个数。"
        ).format(
            name=name,
            typed=self.typed,
            register=self._register(),
            counted=self.counted,
            gone=_("，另有 {gone}").format(gone=gone) if gone else "",
            uncounted=self._uncounted(),
        )

    def counted_words(self) -> str:
        """Whose people `counted` is the sum of, and whom nobody counted."""
        residents = self.residents
        told = [_("{count} 户的家庭人数").format(count=len(residents.households))] if residents.households else []
        told += [_("区内设施的 {count} 人").format(count=self.others)] if self.others else []
        away = _("，含区外归本区撤离的 {count} 户").format(count=len(residents.away)) if residents.away else ""
        lacking = _("，其中 {count} 户没有填人数").format(count=residents.uncounted) if residents.uncounted else ""
        return _("{what}之和{away}{lacking}").format(what=_("和").join(told), away=away, lacking=lacking)

    @property
    def _same(self) -> bool:
        return self.typed == self.counted and not self.residents.uncounted

    @property
    def _away(self) -> int:
        """People who stand outside the zone and leave with it."""
        return people_in(self.residents.away)

    def _register(self) -> str:
        if not self.others:
            return _("登记住户")
        return _("登记住户和设施") if self.residents.households else _("登记的设施")

    def _uncounted(self) -> str:
        count = self.residents.uncounted
        return _("，{count} 户没填人数").format(count=count) if count else ""


def must_move(ws: Workspace, zone: Feature, today: date | None = None) -> MustMove:
    """How many have to leave `zone` by its form and by the registers of a day (default: this one)."""
    shape = zone.geometry
    known = shape is not None and measurable(shape)
    facilities = features_inside(ws, "facility", shapely.make_valid(shape)) if known else []
    others = sum(int(number) for number in map(whole_number, (one["people"] for one in facilities)) if number)
    return MustMove(whole_number(zone["must_move_people"]), residents_of(ws, zone, today), others)


def threat_words(ws: Workspace, point: Feature, zone: Feature | None, otherwise: str = "") -> str:
    """威胁对象 of a hazard point as every paper prints it: as typed, else `otherwise`; beside it the register's count
    and the zone's 需转移人数 where they are other numbers than the point's."""
    typed = point.text("threatened_objects")
    households, people = point["threatened_households"], point["threatened_people"]
    if zone is None:
        return typed or otherwise
    need = must_move(ws, zone)
    told = need.residents.beside(typed, households, people) if typed else otherwise
    remarks = [one for one in (_as_typed(need, typed, households, people), _of_zone(need, people)) if one]
    return told + (_("（{remarks}）").format(remarks="；".join(remarks)) if told and remarks else "")


def _as_typed(need: MustMove, typed: str, households: Value, people: Value) -> str:
    """The point's own numbers, which stand in cells of their own, where the words beside them say another count."""
    count, residents = len(need.residents.households), need.residents
    theirs, numbers = whole_number(households), whole_number(people)
    if not count or residents.uncounted:
        return ""
    other_houses = theirs is not None and theirs != count
    other_people = numbers is not None and not MustMove(numbers, residents, need.others).agrees
    said = "".join(_("{households} 户 {people} 人").format(households=count, people=residents.people).split())
    if typed and (said not in "".join(typed.split()) or not other_houses):
        # Where the words don't say the count, it stands beside them already; and they may name a plant or a school
        # whose people the number has and the register of households has not.
        return ""
    told = [_("{count} 户").format(count=theirs)] if other_houses else []
    told += [_("{count} 人").format(count=numbers)] if other_people else []
    return _("填报 {numbers}").format(numbers=" ".join(told)) if told else ""


def _of_zone(need: MustMove, people: Value) -> str:
    numbers = whole_number(people)
    if numbers is None or need.typed is None or need.typed == numbers:
        return ""
    away = people_in(need.residents.away)
    if abs(need.typed - numbers) == away or (need.agrees and MustMove(numbers, need.residents, need.others).agrees):
        return ""  # one of them counts who leaves with the zone from outside
    return _("危险区填的需转移人数是 {count} 人").format(count=need.typed)


def whole_number(value: Value) -> int | None:
    """A count of people as it was typed; None for what is none."""
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
