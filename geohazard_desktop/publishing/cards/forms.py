"""The two official cards as data: every label of their grids is one field (the forms' field lists, both cards).

Work card: one a hazard point and holder. Household card: one a household, with a back page that shows its way.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from geohazard_desktop.analysis.warning_signal import KEY as SIGNAL
from geohazard_desktop.publishing.form_fields import Day, Form, Issue, JsonValue, Words, cell
from geohazard_desktop.publishing.sheets.map_forms import MapFrame
from geohazard_desktop.workspace.issuer import CONTACT, PHONE

PERSON_ROWS = 10  # rows of the household card's person table: five beside five
WORK_CARD = "work_card"
HOUSEHOLD_CARD = "household_card"
_ROUTE = "撤离路线"
LARGE_PRINT = "large_print"  # the same data as HOUSEHOLD_CARD, one page for weak eyes


@dataclass(frozen=True, slots=True, kw_only=True)
class Team(Form):
    """抢险排险 / 治安保卫 / 医疗救护. Personal: `person`."""

    unit: Words = field(default=None, metadata=cell("单位"))
    person: Words = field(default=None, metadata=cell("负责人", personal=True))
    phone: Words = field(default=None, metadata=cell("值班电话"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCard(Form):
    """防灾工作明白卡, field by field.

    Personal: monitoring_lead, monitoring_phone, shelter (who keeps it), order_giver, issuer_contact, issuer_phone,
    holder, holder_phone, and `person` of the three teams.
    """

    subdistrict: Words = field(default=None, metadata=cell("街道（镇）"))
    community: Words = field(default=None, metadata=cell("社区（村）"))
    group: Words = field(default=None, metadata=cell("组", quiet=True))
    card_number: Words = field(default=None, metadata=cell("编号"))
    # the hazard point's or zone's name, printed large above the table
    hazard_name: Words = field(default=None, metadata=cell("名称", quiet=True))
    hazard_id: Words = field(default=None, metadata=cell("隐患点编号", quiet=True))  # 统一编号, else our own, small
    # 灾害基本情况
    hazard_location: Words = field(default=None, metadata=cell("灾害位置"))
    hazard_type: Words = field(default=None, metadata=cell("灾害类型"))
    hazard_scale: Words = field(default=None, metadata=cell("灾害规模"))
    causes: Words = field(default=None, metadata=cell("诱发因素"))
    threatened_objects: Words = field(default=None, metadata=cell("威胁对象"))
    # 共 158 人，财产 2825 万元: in the same cell, the form has none of its own for them
    threat_sums: Words = field(default=None, metadata=cell("威胁人数和财产", quiet=True))
    # 监测预报
    monitoring_lead: Words = field(default=None, metadata=cell("监测负责人", personal=True))
    monitoring_phone: Words = field(default=None, metadata=cell("监测负责人联系电话", personal=True))
    signs: Words = field(default=None, metadata=cell("监测的主要迹象"))
    monitoring_methods: Words = field(default=None, metadata=cell("监测的主要手段和方法"))
    criterion: Words = field(default=None, metadata=cell("临灾预报的判据"))
    # 应急避险撤离
    shelter: Words = field(default=None, metadata=cell("预定避灾地点", personal=True))  # and who keeps it
    warning_signal: Words = field(default=None, metadata=cell("预定报警信号", setting=SIGNAL))
    evacuation_route: Words = field(default=None, metadata=cell("预定疏散路线"))
    order_giver: Words = field(default=None, metadata=cell("疏散命令发布人", personal=True))
    duty_phone: Words = field(default=None, metadata=cell("疏散值班电话"))
    rescue: Team = field(default_factory=Team)  # 抢险、排险
    security: Team = field(default_factory=Team)  # 治安保卫
    medical: Team = field(default_factory=Team)  # 医疗救护
    # foot
    issuer: Words = field(default=None, metadata=cell("本卡发放单位", setting="office.name"))
    issuer_contact: Words = field(default=None, metadata=cell("发放单位负责人", personal=True, setting=CONTACT))
    issuer_phone: Words = field(default=None, metadata=cell("发放单位联系电话", personal=True, setting=PHONE))
    # written by hand when the card is handed over
    issued_on: Day = field(default=None, metadata=cell("发放日期", quiet=True))
    holder: Words = field(default=None, metadata=cell("持卡单位或个人", personal=True, quiet=True))
    holder_phone: Words = field(default=None, metadata=cell("持卡人联系电话", personal=True, quiet=True))
    received_on: Day = field(default=None, metadata=cell("持卡日期", quiet=True))
    issue: Issue = field(default_factory=Issue)
    copies: int = 1  # printed, each with the name of who keeps it (the template's settings)

    def empty_among(self, printed: Collection[str] | None) -> list[str]:
        """Labels that print as a line, those of the three teams with the team's name."""
        teams = (("抢险、排险", self.rescue), ("治安保卫", self.security), ("医疗救护", self.medical))
        own = Form.empty_among(self, printed)
        return [*own, *(f"{name}{label}" for name, team in teams for label in team.empty_among(printed))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Form):
    """One row of 家庭成员情况, all of it personal. `age` in years; `mobility` is printed only where it needs help."""

    name: Words = field(default=None, metadata=cell("姓名", personal=True))
    sex: Words = field(default=None, metadata=cell("性别", personal=True))
    age: int | str | None = field(default=None, metadata=cell("年龄", personal=True))
    mobility: Words = field(default=None, metadata=cell("行动能力", personal=True, quiet=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class WayStep(Form):
    """One numbered step of the way: `words` say it, with the words to be seen first as Emphasised."""

    words: Words = None
    metres: int | None = None
    # The strip of the large print: 东, or how one turns into this step (degrees, right is positive; in words).
    direction: str | None = None
    straight: bool = False
    noted: bool = False  # in an officer's words: told in full, once
    turn: int | None = None
    turn_words: str | None = None
    heading: int | None = None  # of a step with a direction and no turn: degrees clockwise from north, which is up
    # What the strip's arrow shows: `heading`, or of a turn `turn`. Papers from before it may have arrows that point
    # wrong; that they lack it makes them old.
    strip_arrow: int | None = None
    place: str | None = None  # what stands where the step ends, and the picture of its kind
    sign: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkingTime(Form):
    """One of the three walking times: `who` (常人走), whole minutes, rounded up; walking alone."""

    who: str = ""
    minutes: int | None = field(default=None, metadata=cell("步行时间"))


_OF_A_WAY = ("怎么走", "全程距离", "步行时间", "安置点", "安置点负责人", "安置点联系电话")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdBack(Form):
    """Back page: this household's way. Personal: the whole page, since it shows where a named household lives.

    `door_metres` is the straight leg from the door to where it joins the drawn route (`join_place` in words, e.g.
    "矿山路口"), `route_metres` the rest along the route, `total_metres` their rounded sum: the template prints all
    three and says that the first is straight. `start_note` says the time to get going, which the minutes leave out.
    """

    headline: Words = field(default=None, metadata=cell("标题"))  # 听到信号，走 2 号路线到东街文化广场
    # 先打电话问清再走, where nobody may set out on the card's word alone: it stands in place of every order to go
    ask_first: Words = field(default=None, metadata=cell("先问再走", quiet=True))
    warning_signal: Words = field(default=None, metadata=cell("撤离信号", setting=SIGNAL))
    map: MapFrame | None = field(default=None, metadata=cell("撤离路线图"))
    # printed in the frame where there is no map
    map_missing: Words = field(default=None, metadata=cell("没有路线图的原因", quiet=True))
    steps: tuple[WayStep, ...] = field(default=(), metadata=cell("怎么走"))
    # 不走西头，不从塌坑和裂缝边上过。 or what is the matter with the way, and what to do now
    avoid: Words = field(default=None, metadata=cell("不要走", quiet=True))
    door_metres: int | None = field(default=None, metadata=cell("出门到路线的直线距离", quiet=True))
    join_place: Words = field(default=None, metadata=cell("接上路线的地方", quiet=True))
    route_metres: int | None = field(default=None, metadata=cell("沿路线距离", quiet=True))
    total_metres: int | None = field(default=None, metadata=cell("全程距离"))
    times: tuple[WalkingTime, ...] = field(default=(), metadata=cell("步行时间"))
    start_note: Words = field(default=None, metadata=cell("动身时间", quiet=True))
    shelter: Words = field(default=None, metadata=cell("安置点"))
    shelter_capacity: int | str | None = field(default=None, metadata=cell("安置点可容人数", quiet=True))
    shelter_address: Words = field(default=None, metadata=cell("安置点地址", quiet=True))
    shelter_contact: Words = field(default=None, metadata=cell("安置点负责人", personal=True))
    shelter_phone: Words = field(default=None, metadata=cell("安置点联系电话", personal=True))
    shelter_photo: str | None = None  # name of a picture; without one the box asks for a photograph
    # whom those phone who can't walk: a person's name, or the duty line in words (`helper_named` False)
    helper: Words = field(default=None, metadata=cell("帮扶人", personal=True))
    helper_phone: Words = field(default=None, metadata=cell("帮扶人电话", personal=True))
    helper_named: bool = False
    # large print only: what to do at the signal, and at which signs without waiting for it; the pace of this household,
    # the time to get going, and what those do who can't leave without help
    at_signal: Words = field(default=None, metadata=cell("听到信号做什么", quiet=True))
    signs: Words = field(default=None, metadata=cell("前兆迹象", quiet=True))
    pace: WalkingTime | None = None
    going_note: Words = field(default=None, metadata=cell("动身时间", quiet=True))
    unable: Words = field(default=None, metadata=cell("走不动的人怎么办", personal=True, quiet=True))
    # large print only: how a household without a telephone makes itself heard
    no_phone: Words = field(default=None, metadata=cell("没有电话怎么办", personal=True, quiet=True))
    fetched: bool = False  # nobody of the household sets out alone: the way is for whoever comes to fetch them
    # large print only: the number in its disc, and shorter sentences for where the whole one finds no room
    route_number: Words = field(default=None, metadata=cell("路线号", quiet=True))
    by_places: tuple[str, ...] = field(default=(), metadata=cell("经过的地方", quiet=True))
    qr: str | None = None  # name of a picture; it may hold no personal data


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdCard(Form):
    """防灾避险明白卡, field by field. Personal: the whole card, and in it the fields marked so.

    More than PERSON_ROWS members continue on a further sheet. A value too long for its cell does so too.
    """

    subdistrict: Words = field(default=None, metadata=cell("街道（镇）"))
    community: Words = field(default=None, metadata=cell("社区（村）"))
    group: Words = field(default=None, metadata=cell("组", quiet=True))
    # or the hazard point's, where the household lies in no zone
    zone_name: Words = field(default=None, metadata=cell("危险区名称"))
    zone_id: Words = field(default=None, metadata=cell("危险区编号", quiet=True))
    card_number: Words = field(default=None, metadata=cell("编号"))
    # joins card, large print, sticker and the list that is signed; names nobody
    household_number: Words = field(default=None, metadata=cell("户号", quiet=True))
    # 住户
    head: Words = field(default=None, metadata=cell("户主姓名", personal=True))
    people: int | str | None = field(default=None, metadata=cell("家庭人数", personal=True))
    house_type: Words = field(default=None, metadata=cell("房屋类别", personal=True))
    address: Words = field(default=None, metadata=cell("家庭住址", personal=True))
    members: tuple[Member, ...] = field(default=(), metadata=cell("家庭成员情况", personal=True))
    # 灾害基本情况
    hazard_type: Words = field(default=None, metadata=cell("灾害类型"))
    hazard_scale: Words = field(default=None, metadata=cell("灾害规模"))
    position_relation: Words = field(default=None, metadata=cell("灾害体与本住户的位置关系", personal=True))
    causes: Words = field(default=None, metadata=cell("灾害诱发因素"))
    notes: Words = field(default=None, metadata=cell("本住户注意事项"))
    # 监测与预警
    monitor: Words = field(default=None, metadata=cell("监测人", personal=True))
    monitor_phone: Words = field(default=None, metadata=cell("监测人联系电话", personal=True))
    warning_signal: Words = field(default=None, metadata=cell("预警信号", setting=SIGNAL))
    signal_giver: Words = field(default=None, metadata=cell("预警信号发布人", personal=True))
    signal_giver_phone: Words = field(default=None, metadata=cell("预警信号发布人联系电话", personal=True))
    # 撤离与安置
    evacuation_route: Words = field(default=None, metadata=cell(_ROUTE, personal=True))
    shelter: Words = field(default=None, metadata=cell("安置单位地点"))
    shelter_contact: Words = field(default=None, metadata=cell("安置单位负责人", personal=True))
    shelter_phone: Words = field(default=None, metadata=cell("安置单位联系电话", personal=True))
    medical_unit: Words = field(default=None, metadata=cell("救护单位"))
    medical_contact: Words = field(default=None, metadata=cell("救护单位负责人", personal=True))
    medical_phone: Words = field(default=None, metadata=cell("救护单位联系电话", personal=True))
    # for the QR code alone: numbers of the hazard point (or zone) and of the route
    point_id: str | None = None
    route_id: str | None = None
    # large print only: three short sentences by hazard; without them the template's settings speak
    donts: tuple[str, ...] = field(default=(), metadata=cell("不要做的事", quiet=True))
    # foot
    issuer: Words = field(default=None, metadata=cell("本卡发放单位", setting="office.name"))
    issuer_contact: Words = field(default=None, metadata=cell("发放单位负责人", personal=True, setting=CONTACT))
    issuer_phone: Words = field(default=None, metadata=cell("发放单位联系电话", personal=True, setting=PHONE))
    head_phone: Words = field(default=None, metadata=cell("户主联系电话", personal=True))
    signed_on: Day = field(default=None, metadata=cell("签收日期", quiet=True))
    issue: Issue = field(default_factory=Issue)
    copies: int = 1  # printed, each with the name of who keeps it (the template's settings)
    back: HouseholdBack | None = None

    def empty_among(self, printed: Collection[str] | None) -> list[str]:
        """Labels that print as a line, those of the back page included. 先打电话问清再走 is no route."""
        own = Form.empty_among(self, printed)
        if self.back is None:
            return own
        told = self.back.empty_among(printed)
        if self.back.ask_first and not self.back.steps:
            own.append(_ROUTE)
            told = [one for one in told if one not in _OF_A_WAY]  # the back has no line for them before one is known
        return [*own, *told]


def set_once(labels: Iterable[str]) -> dict[str, str]:
    """Those of the labels of lacking fields that one setting of the office fills on every paper, with its key; of one
    setting one label."""
    filled = WorkCard.settings() | HouseholdBack.settings() | HouseholdCard.settings()
    found: dict[str, str] = {}
    for label in labels:
        if label in filled:
            found.setdefault(filled[label], label)
    return {label: key for key, label in found.items()}


def cards_data(cards: "Sequence[WorkCard | HouseholdCard]") -> dict[str, JsonValue]:
    """What typeset() takes for WORK_CARD and HOUSEHOLD_CARD: any number of cards in one PDF."""
    return {"cards": [card.to_json() for card in cards]}
