"""The last chapters of the yearly plan: what is done, who is responsible, what holds it up."""

from collections.abc import Iterator, Sequence

from geohazard_desktop.analysis.shelter_room import places_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import control_words
from geohazard_desktop.domain.yearly_sentences import Sentence, contents, sentences
from geohazard_desktop.publishing.papers.zone_ways import closed_ways_words
from geohazard_desktop.publishing.yearly.annexes import patrol_table
from geohazard_desktop.publishing.yearly.model import Blank, Block, Heading, Paragraph, Ref, Run
from geohazard_desktop.publishing.yearly.tables import PlanTables

_APPROVE = _("以上一句是拟写的，请核定后删去本提示")


class MeasureSections:
    """防治措施, 监测、预防责任人, 保障措施. Sentences of law and plan stand with their source."""

    def __init__(self, tables: PlanTables) -> None:
        self.tables = tables
        self.settings = tables.settings
        self.code = self.settings.get("district.code", "")

    def chapters(self) -> list[Iterator[Block]]:
        return [self._measures(), self._persons(), self._support()]

    def _measures(self) -> Iterator[Block]:
        yield Heading(1, contents()[3])
        known = sentences("measure", self.code)
        for part in dict.fromkeys(one.part for one in known):
            yield Heading(2, part)
            yield from _numbered([one for one in known if one.part == part])
            if part == _("危险区管理、警示标志和明白卡"):
                yield Paragraph((_("{words}（条例第十九条）。").format(words=control_words()),))
                yield Paragraph(self._signs())
            if part == _("撤离路线和避险安置"):
                yield from self._evacuation()
            if part == _("应急响应和速报"):
                yield Paragraph((_("24 小时值班电话："), *self._duty(), _("。")))
            if part == _("工程治理、搬迁避让和建设管控"):
                yield Paragraph((Blank(_("本年度的治理、搬迁项目，责任单位，期限，经费")),))

    def _signs(self) -> tuple[Run, ...]:
        """How many signs stand; when the next ones are set up is somebody's decision."""
        ws = self.tables.ws
        signs = list(ws.table("warning_sign")) if "warning_sign" in ws.definitions else []
        standing = sum(bool(one.text("erected_on")) for one in signs)
        planned = len(signs) - standing
        # Only a day of setting up bears out that a sign stands; a place on the map does not.
        known = _("已设立的警示标志 {count} 块").format(count=standing) if signs else ""
        known += _("，另有 {count} 块没有登记设立日期（拟设位置），不计入").format(count=planned) if planned else ""
        known += _("；") if known else ""
        return (known, Blank(_("本年度要补设的警示标志、要发放的明白卡，完成时间和责任单位")))

    def _evacuation(self) -> Iterator[Block]:
        tables = self.tables
        signal = self.settings.get("signal.text", "")
        yield Paragraph((_("预警信号："), signal or Blank(_("预警信号")), _("。危险区另有规定的，按危险区的信号。")))
        if tables.route_rows:
            count = len(tables.route_rows)
            yield Paragraph((_("撤离路线 {count} 条，见").format(count=count), Ref("routes"), "。"))
            yield tables.route_table()
        else:
            yield Paragraph((Blank(_("撤离路线：工作文件里没有画")),))
        if closed := closed_ways_words(tables.ws, {one.uid for one in tables.zones}):
            yield Paragraph((_("{closed}。").format(closed=closed),))
        if not tables.shelters:
            yield Paragraph((Blank(_("避险安置点和可容人数：工作文件里没有登记")),))
            return
        rooms = [places_of(one) for one in tables.shelters]
        known = [one for one in rooms if one is not None]
        lacking = len(rooms) - len(known)
        words = _("避险安置点 {count} 处，可容 {people} 人").format(count=len(rooms), people=sum(known))
        words += _("（另有 {count} 处没登记）").format(count=lacking) if lacking else ""
        yield Paragraph((words + _("，见"), Ref("shelters"), "。"))
        yield tables.shelter_table()

    def _duty(self) -> tuple[Run, ...]:
        phone, office = self.settings.get("duty.phone", ""), self.settings.get("duty.office", "")
        if not phone:
            return (Blank(_("值班电话")),)
        return (_("{phone}（{office}）").format(phone=phone, office=office) if office else phone,)

    def _persons(self) -> Iterator[Block]:
        tables = self.tables
        yield Heading(1, contents()[4])
        if tables.public:
            yield Paragraph(
                (_("责任人和联系电话另行印发，不在公开稿里。有险情打 24 小时值班电话："), *self._duty(), "。")
            )
            return
        if tables.points:
            yield Paragraph((_("隐患点的防灾责任人和监测责任人逐处见"), Ref("measures"), "。"))
        else:
            yield Paragraph((Blank(_("隐患点的监测、预防责任人")),))
        if tables.zones:
            yield Paragraph((_("危险区的巡查责任人见"), Ref("patrols"), "。"))
            yield patrol_table(tables)
        if tables.persons:
            yield Paragraph((_("各单位的责任人见"), Ref("persons"), "。"))
        else:
            yield Paragraph((Blank(_("各单位、街道（镇）的责任人：工作文件里没有登记")),))

    # -- behind them ------------------------------------------------------------------------------------------------

    def _support(self) -> Iterator[Block]:
        yield Heading(1, _("保障措施"))
        yield from _numbered(sentences("support", self.code))
        yield Paragraph((Blank(_("经费安排、物资储备、培训演练的次数和时间")),))


def _numbered(found: Sequence[Sentence]) -> Iterator[Paragraph]:
    """1．…（条例第十九条）; what is this program's own asks to be approved."""
    for number, one in enumerate(found, 1):
        words = _("{number}．{words}").format(number=number, words=one.words)
        if one.source.verified:
            yield Paragraph((words + _("（{source}）").format(source=one.source.words),))
        else:
            yield Paragraph((words, Blank(_APPROVE)))
