"""What the window 发卡登记 says below its list."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.papers.issue_rows import IssueModel, Row
from geohazard_desktop.desktop.papers.paper_watch import PaperWatch
from geohazard_desktop.publishing.issues.code_check import told
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper
from geohazard_desktop.publishing.issues.receipt_products import SIGNED_FOR
from geohazard_desktop.publishing.issues.standing import OLD_ENTRY, Standing, State


def row_words(row: Row) -> str:
    """How a paper stands, and all that is different on it."""
    name = row.number or row.who
    changes: Sequence[str] = (OLD_ENTRY,) if row.standing is None and row.incomparable else ()
    if row.standing is not None:
        changes = row.standing.changes
    if row.paper is not None and row.paper.void and row.paper.void != row.state:
        changes = (row.paper.void,)  # why
    more = "；".join(one.rstrip("。") for one in changes)
    return _("{number}：{state}。{changes}").format(number=name, state=row.state, changes=f"{more}。" if more else "")


def voided_words(papers: Sequence[IssuedPaper]) -> str:
    """After papers were declared void, when they are in the list no more."""
    return _("已作废：{what}。再看它在“情况”里选“被代替和作废的”；还要用的，再出一版。").format(
        what="；".join(told(one) for one in papers[:2])
        if len(papers) <= 2
        else _("{count} 张").format(count=len(papers))
    )


def list_words(model: IssueModel, watch: PaperWatch, *, due: bool) -> str:
    """Of the whole list; `due`: it shows what is to be printed again."""
    if not model.all:
        return _("还没有发过。到“出图与发卡”里出一次，这里就有；看谁从没发过卡，选一种卡，按“看哪些要重印”。")
    if watch.fault:
        return _("没能比：{fault}一分钟后再比，也可以按“看哪些要重印”。").format(fault=watch.fault)
    if due and not model.rows and watch.pending:
        return _("正在比发出去的纸和现在的数据，比好就列出来。")
    if due and not model.rows and watch.found and not watch.due:
        waiting = waiting_words(model.all)
        if waiting:
            return _("没有要重印的：最新的纸都与现在的数据一样。") + waiting
        return _("没有要重印的：发出去的纸都与现在的数据一样。")
    return _("选一行看它改了什么；选几行一起登记签收。双击在图上看。")


def waiting_words(rows: Sequence[Row]) -> str:
    """Of the papers in force that nobody has signed for yet: a new card helps nobody while it lies in the printer's
    tray and the old one hangs at the door. "" where all are signed for; papers that nobody signs don't count."""
    waiting = [
        one.paper
        for one in rows
        if one.paper is not None
        and one.product in SIGNED_FOR
        and one.in_force
        and one.paper.printed
        and not one.paper.signed_on
        and not (one.standing is not None and one.standing.state is State.WITHDRAWN)
    ]
    if not waiting:
        return ""
    instead = sum(one.version > 1 for one in waiting)
    old = _("，其中 {count} 张是换旧的，旧的可能还在门上").format(count=instead) if instead else ""
    return _("但有 {count} 张还没登记签收{old}，见“情况”里“没签收的”。").format(count=len(waiting), old=old)


def compared_words(found: Sequence[Standing], rows: Sequence[Row] = ()) -> str:
    """After a comparison that found nothing to print; `rows` are those of the register."""
    if not found:
        return _("这一种还没有发过，没有可以比的。")
    gone = sum(one.state is State.WITHDRAWN for one in found)
    old = sum(one.state is State.INCOMPARABLE for one in found)
    same = len(found) - gone - old
    words = _("{count} 张都与现在的数据一样，没有要重印的。").format(count=same) if same else ""
    compared = {one.key for one in found}
    words += waiting_words([one for one in rows if one.key in compared])
    if old:
        words += _("{count} 张旧卡比不出来，见“情况”里“比不出来的”。").format(count=old)
    if gone:
        words += _("另有 {count} 张要收回：说的对象已撤销或没有了，见“情况”里“要收回的”。").format(count=gone)
    return words


def print_words(count: int, *, all_of_them: bool) -> str:
    """On the button; `all_of_them`: whether they changed or not."""
    if not count:
        return _("只出要重印的")
    return (_("把这 {count} 张再出一版") if all_of_them else _("只出要重印的 {count} 张")).format(count=count)
