"""What an import would do, in a sentence and on its button, before anything is written."""

import re
from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.imports.work import Look, Table
from geohazard_desktop.exchange.report import ImportReport

_FOR_THE_COMMAND_LINE = re.compile(r"（[^（）]*--[a-z][^（）]*）")


def spoken(sentence: str) -> str:
    """A sentence of the importer without the command line's options: here everything is chosen in the dialog."""
    return _FOR_THE_COMMAND_LINE.sub("", sentence)


def ready(tables: Sequence[Table]) -> bool:
    """Whether every table that is ticked can come in, and something would change."""
    looks = [one.look for one in tables if one.ticked]
    plans = [one.plan for one in looks if one is not None]
    return (
        len(plans) == len(looks)
        and all(one is not None and not one.unanswered for one in plans)
        and any(one is not None and one.changes_anything for one in plans)
    )


def promise(tables: Sequence[Table]) -> tuple[str, str]:
    """The sentence, and the colour it is said in."""
    ticked = [one for one in tables if one.ticked]
    if not ticked:
        return _("一个也没有勾，没有要导入的。"), "error"
    for one in ticked:
        if one.look is None or one.look.plan is None:
            reason = one.look.refusal.sentence if one.look is not None and one.look.refusal is not None else ""
            words = _("还不能导入：{reason}") if len(tables) < 2 else _("还不能导入“{table}”：{reason}")
            return words.format(table=one.title, reason=spoken(reason)), "error"
    looks = [one.look for one in ticked if one.look is not None]
    unanswered = sum(one.plan.unanswered for one in looks if one.plan is not None)
    if unanswered:
        words = _("还不能导入：同名 {count} 户是不是登记里的那一户，请先在上面选。")
        return words.format(count=unanswered), "error"
    return (_of_one(looks[0]) if len(looks) == 1 else _of_several(looks)), "text"


def _of_one(found: Look) -> str:
    assert found.plan is not None
    assert found.definition is not None
    report = found.plan.report
    words = _(
        "写入图层“{title}”：{count} 个{placeless}，其中修复 {repaired} 个{places}；跳过 {skipped} 个。可以整体撤销。"
    )
    counts = {"count": report.imported, "repaired": report.repaired, "skipped": report.skipped}
    return words.format(title=found.definition.title, placeless=_placeless([found]), places=_places(report), **counts)


def _of_several(looks: Sequence[Look]) -> str:
    counts: dict[str, int] = {}
    repaired = skipped = 0
    for one in looks:
        assert one.plan is not None
        assert one.definition is not None
        title = one.definition.title
        counts[title] = counts.get(title, 0) + one.plan.report.imported
        repaired += one.plan.report.repaired
        skipped += one.plan.report.skipped
    words = _("写入 {what}{placeless}，其中修复 {repaired} 个；跳过 {skipped} 个。可以整体撤销。")
    what = "、".join(_("“{title}”{count} 个").format(title=title, count=count) for title, count in counts.items())
    return words.format(what=what, placeless=_placeless(looks), repaired=repaired, skipped=skipped)


def button_words(tables: Sequence[Table]) -> str:
    plans = [one.look.plan for one in tables if one.ticked and one.look is not None and one.look.plan is not None]
    if not plans or len(plans) < sum(one.ticked for one in tables):
        return _("导入")
    told = _("导入 {count} 个").format(count=sum(one.report.imported for one in plans))
    updated = len({each.uid for one in plans for each in one.updates})  # two tables may change one
    return told + (_("，更新 {count} 个").format(count=updated) if updated else "")


def state_of(table: Table) -> tuple[str, str]:
    """What becomes of one table, in a few words, and their colour."""
    if not table.ticked:
        return _("不导入"), "text3"
    found = table.look
    if found is None:
        return _("正在读……"), "text3"
    if found.plan is None:
        return (_("要选图层") if found.unclear else _("还不能导入")), "error"
    if found.plan.unanswered:
        return _("先答同名 {count} 户").format(count=found.plan.unanswered), "error"
    report = found.plan.report
    told = _("导入 {count} 个").format(count=report.imported)
    told += _("，更新 {count} 个").format(count=len(found.plan.updates)) if found.plan.updates else ""
    told += _("，修复 {count} 个").format(count=report.repaired) if report.repaired else ""
    told += _("，跳过 {count} 个").format(count=report.skipped) if report.skipped else ""
    doubts = any(one.doubt for one in report.evidence) or report.problems
    return told, "reminder" if doubts else "done"


def _placeless(looks: Sequence[Look]) -> str:
    """（2 户没有位置）, where people of a list come in without one."""
    count = sum(
        one.geometry is None
        for found in looks
        if found.plan is not None and found.definition is not None and found.definition.geometry != "none"
        for one in found.plan.features
    )
    return _("（{count} 户没有位置）").format(count=count) if count else ""


def _places(report: ImportReport) -> str:
    """（4 处）, where some feature was repaired more than once."""
    places = sum(one.kind == "repaired" for one in report.problems)
    return _("（{count} 处）").format(count=places) if places > report.repaired else ""
