"""The chapters of the yearly plan: the five things of 条例 art. 18 in the order of the regulation, what happened and
what is expected before them, what holds it up behind them. A sentence of law or plan stands with its source."""

from collections import Counter
from collections.abc import Iterator, Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import draft
from geohazard_desktop.domain.lifecycle import states as zone_state_names
from geohazard_desktop.domain.season import END, START, season_of
from geohazard_desktop.domain.yearly_sentences import (
    approval,
    contents,
    contents_source,
    sentences,
    stretches,
    trend,
)
from geohazard_desktop.publishing.papers.plan_table import grade_of_zone
from geohazard_desktop.publishing.yearly.annexes import person_table, point_tables
from geohazard_desktop.publishing.yearly.measures import MeasureSections
from geohazard_desktop.publishing.yearly.model import Blank, Block, Figure, Heading, Paragraph, Part, Ref, Run, Table
from geohazard_desktop.publishing.yearly.tables import PlanTables, sum_words

_CHECK_WORDS = _("编制、批准、公布的写法没有对照条例第十八条的原文，请核对后删去本提示")


class PlanSections:
    """Writes the chapters. `figures` by key ("hazards", "zones"); one that could not be drawn is not there."""

    def __init__(self, tables: PlanTables, year: int, figures: dict[str, Figure]) -> None:
        self.tables, self.year, self.figures = tables, year, figures
        self.settings = tables.settings
        self.district = self.settings.get("district.name", "")
        self.code = self.settings.get("district.code", "")

    def parts(self) -> tuple[Part, ...]:
        chapters = [self._basis(), self._trend()]
        chapters += [self._places(), self._threat(), self._season(), *MeasureSections(self.tables).chapters()]
        blocks = [one for chapter in chapters for one in chapter]
        annexes: list[Table] = []
        if self.tables.points:
            annexes += point_tables(self.tables)
        if self.tables.persons and not self.tables.public:
            annexes.append(person_table(self.tables))
        found = [Part(tuple(blocks))]
        if annexes:
            found.append(Part((Heading(1, _("附表"), numbered=False), *annexes), landscape=True))
        return tuple(found)

    # -- before the five --------------------------------------------------------------------------------------------

    def _basis(self) -> Iterator[Block]:
        yield Heading(1, _("编制依据"))
        known = [one.words for one in sentences("basis", self.code)]
        yield Paragraph(
            (
                _("依据{basis}，").format(basis="、".join(known)),
                Blank(_("本级地质灾害防治规划的名称和文号，上级年度方案")),
                _("，结合{district}实际，编制本方案。").format(district=self.district or _("本区")),
            )
        )
        yield Paragraph(
            (
                _("本方案由"),
                Blank(_("编制单位：条例第十八条定为自然资源主管部门，区预案 3.2.1 写为应急管理局")),
                _("{how}。").format(how=approval().words),
                *(() if approval().source.verified else (Blank(_CHECK_WORDS),)),
                _("方案按{source}写明{contents}。").format(
                    source=contents_source().words, contents="，".join(contents())
                ),
            )
        )

    def _trend(self) -> Iterator[Block]:
        yield Heading(1, _("上年度情况和本年度趋势预测"))
        yield Heading(2, _("上年度情况"))
        yield Paragraph((Blank(_("{year} 年发生的地质灾害、伤亡和损失，避险成功的事例").format(year=self.year - 1)),))
        patrols = self._patrols()
        if patrols:
            yield Paragraph((patrols,))
        yield Heading(2, _("本年度趋势预测"))
        yield Paragraph((Blank(_("气象、水务部门对 {year} 年降水的预测，会商意见").format(year=self.year)),))
        said = trend(self.code)
        expected = stretches(self.code)
        if said is not None:
            yield Paragraph((_("{words}（{source}）").format(words=said.words, source=said.source.words),))
        for number, one in enumerate(expected, 1):
            yield Paragraph(
                (
                    _("{number}．{place}：{hazards}。（{source}）").format(
                        number=number, place=one.place, hazards=one.hazards, source=one.source.words
                    ),
                )
            )
        if not expected:
            yield Paragraph((Blank(_("本区易发地段和可能发生的灾害")),))

    def _patrols(self) -> str:
        ws = self.tables.ws
        rows = list(ws.table("patrol")) if "patrol" in ws.definitions else []
        rows = [one for one in rows if one.text("patrolled_at").startswith(f"{self.year - 1}-")]
        if not rows:
            return ""
        return _("{year} 年登记巡查 {count} 次，其中有异常的 {odd} 次。").format(
            year=self.year - 1, count=len(rows), odd=sum(bool(one["abnormal"]) for one in rows)
        )

    # -- the five of article 18 ------------------------------------------------------------------------------------

    def _places(self) -> Iterator[Block]:
        tables = self.tables
        yield Heading(1, contents()[0])
        yield Heading(2, _("易发程度分区"))
        if tables.shares:
            told = "，".join(
                _("{name} {km2:.2f} km²，占 {percent:.2f} %").format(name=one.name, km2=one.km2, percent=one.percent)
                for one in tables.shares
                if one.name
            )
            yield Paragraph((_("{told}，见").format(told=told), Ref("shares"), *self._see("hazards"), "。"))
            yield tables.share_table()
        else:
            yield Paragraph((Blank(_("易发程度分区的面积和占比：工作文件里没有易发程度分区")),))
        if "hazards" in self.figures:
            yield self.figures["hazards"]
        yield Heading(2, _("隐患点分布"))
        yield Paragraph(tuple(self._points_words()))
        if tables.points:
            yield tables.street_table()
        yield Heading(2, _("重点防控区"))
        yield from self._key_areas()

    def _see(self, figure: str) -> tuple[Run, ...]:
        return (_("、"), Ref(f"figure.{figure}")) if figure in self.figures else ()

    def _points_words(self) -> Iterator[Run]:
        points = self.tables.points
        if not points:
            yield Blank(_("隐患点的处数和分布：工作文件里没有在册的隐患点"))
            return
        kinds = Counter(one.text("hazard_type") or _("类型没登记") for one in points).most_common()
        yield _("在册隐患点 {count} 处：{kinds}。分街道（镇）见").format(
            count=len(points),
            kinds="、".join(_("{kind} {count} 处").format(kind=kind, count=count) for kind, count in kinds),
        )
        yield Ref("streets")
        yield _("，逐处见")
        yield Ref("points")
        yield _("。")
        scales = Counter(one.text("scale_class") or _("没登记") for one in points)
        order = ("特大型", "大型", "中型", "小型", _("没登记"))
        yield _("规模等级：{scales}。").format(
            scales="，".join(_("{name} {count} 处").format(name=one, count=scales[one]) for one in order if scales[one])
        )
        if self.tables.closed:
            yield _("另有已销号的 {count} 处，不列。").format(count=self.tables.closed)

    def _key_areas(self) -> Iterator[Block]:
        if self.tables.key_areas:
            yield Paragraph(
                (
                    _("重点防控区 {count} 处，也是汛期的重点地段，见").format(count=len(self.tables.key_areas)),
                    Ref("key_areas"),
                    "。",
                )
            )
            yield self.tables.key_area_table()
            return
        known = sentences("key_area", self.code)
        if not known:
            yield Paragraph((Blank(_("本区的重点防控区")),))
        for number, one in enumerate(known, 1):
            yield Paragraph(
                (_("{number}．{words}。（{source}）").format(number=number, words=one.words, source=one.source.words),)
            )

    def _threat(self) -> Iterator[Block]:
        tables = self.tables
        yield Heading(1, contents()[1])
        yield Heading(2, _("隐患点威胁的对象"))
        yield Paragraph(tuple(self._threat_words()))
        yield Heading(2, _("危险区"))
        if not tables.zones:
            yield Paragraph((Blank(_("危险区的名称、范围和状态：工作文件里没有划定或拟划的危险区")),))
        else:
            yield Paragraph(tuple(self._zone_words()))
            yield tables.zone_table()
        if "zones" in self.figures:
            yield self.figures["zones"]

    def _threat_words(self) -> Iterator[Run]:
        points = self.tables.points
        for name, what, unit in (
            ("threatened_households", _("威胁户数"), _("户")),
            ("threatened_people", _("威胁人数"), _("人")),
            ("threatened_property_wan", _("威胁财产"), _("万元")),
        ):
            total = sum_words([one[name] for one in points])
            yield what + " "
            yield _("{sum} {unit}").format(sum=total, unit=unit) if total else Blank(what)
            yield _("，") if name != "threatened_property_wan" else _("。")
        missing = self.tables.missing_note()
        if missing:
            yield missing
        if self.tables.zones and self.tables.list.numbers_note(points):
            yield _("和危险区登记的数不同的，见")
            yield Ref("zones")
            yield _("的注。")
        if points:
            yield _("威胁对象逐处见")
            yield Ref("points")
            yield _("。")

    def _zone_words(self) -> Iterator[Run]:
        tables = self.tables
        counts = Counter(tables.layers.states.get(one.uid, "") for one in tables.zones)
        told = "，".join(
            _("{state} {count} 处").format(state=one, count=counts[one]) for one in zone_state_names() if counts[one]
        )
        yield _("危险区 {count} 处：{told}，见").format(count=len(tables.zones), told=told)
        yield Ref("zones")
        yield from self._see("zones")
        yield _("。")
        if counts[draft()]:
            yield _("拟划的没有政府文件，不能作为划定的依据。")
        grades = Counter(grade_of_zone(tables.ws, one) or "" for one in tables.zones)
        known = "，".join(
            _("{grade} {count} 处").format(grade=one, count=grades[one])
            for one in ("特大型", "大型", "中型", "小型")
            if grades[one]
        )
        if known:
            lacking = _("，数字不全、判不了的 {count} 处").format(count=grades[""]) if grades[""] else ""
            yield _("险情等级：{known}{lacking}。").format(known=known, lacking=lacking)
        if tables.lifted:
            yield _("另有已撤销的 {count} 处，不列。").format(count=tables.lifted)

    def _season(self) -> Iterator[Block]:
        yield Heading(1, contents()[2])
        season = season_of(self.settings)
        if season is None:
            yield Paragraph((_("重点防范期为"), Blank(_("起止日期")), _("。")))
        else:
            sources = self._setting_sources((START, END))
            yield Paragraph(
                (
                    _("重点防范期为 {days}{source}。汛期的规定在此期间全部执行。").format(
                        days=season.words(), source=_("（{words}）").format(words=sources) if sources else ""
                    ),
                )
            )
        yield Paragraph((Blank(_("其他要防范的时段：融雪、冻融、凌汛、强降雨和采矿影响期，没有就删去本段")),))

    def _setting_sources(self, keys: Sequence[str]) -> str:
        ws = self.tables.ws
        rows = list(ws.table("setting")) if "setting" in ws.definitions else []
        found = dict.fromkeys(one.text("source") for one in rows if one.text("key") in keys and one.text("source"))
        return "；".join(found)
