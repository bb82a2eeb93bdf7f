"""叫人名单 as an Excel workbook: the doors of the paper, one a row, to be filtered, sorted and dialled from."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.titled_sheet import titled_sheet
from geohazard_desktop.exchange.workbooks import Cell
from geohazard_desktop.publishing.form_fields import day_words
from geohazard_desktop.publishing.issues.issuing import Ticket
from geohazard_desktop.publishing.papers.calling_forms import Caller, CallGroup, CallingList, CallRow

_HEADINGS = (
    (_("序号"), 6.0),
    (_("编号"), 12.0),
    (_("户主或联系人"), 13.0),
    (_("电话"), 16.0),
    (_("住址"), 30.0),
    (_("人数"), 6.0),
    (_("要帮的人"), 26.0),
    (_("本户情况"), 30.0),
    (_("路线"), 10.0),
    (_("安置点"), 20.0),
    (_("片区"), 22.0),
    (_("谁去叫"), 20.0),
    (_("叫到"), 7.0),
    (_("走了"), 7.0),
    (_("没应答"), 7.0),
)


def calling_workbook(form: CallingList, ticket: Ticket | None = None) -> bytes:
    """The list; with a ticket it says which issue it is, as the PDF does."""
    marks = [_("内部使用，含个人信息，不得外传"), form.total, *form.beyond]
    if form.issue.schematic:
        marks.append(_("示意数据　不是实测成果"))
    if form.issue.drafts:
        marks.append(_("拟划、未经批准：{zones}").format(zones="、".join(form.issue.drafts)))
    if ticket is not None:
        words = _("第 {version} 版　{day}印　核对码 {code}")
        marks.append(words.format(version=ticket.version, day=day_words(ticket.issued_on), code=ticket.code))
    notes = [*form.asked, *form.how, *form.common]
    if form.signal:
        notes.insert(0, _("撤离信号：{signal}").format(signal=form.signal))
    else:
        told = _("{zone}的撤离信号：{signal}")
        notes = [*(told.format(zone=one.title, signal=one.signal) for one in form.groups if one.signal), *notes]
    if form.keepers:
        notes.append(_("安置点开门：{keepers}").format(keepers="；".join(map(_told, form.keepers))))
    if form.issue.duty_phone:
        notes.append(_("24 小时值班电话 {phone}").format(phone=form.issue.duty_phone))
    rows = [_row(one, group, form) for group in form.groups for one in group.rows]
    return titled_sheet(_("叫人名单"), [form.title, "　".join(marks)], _HEADINGS, rows, notes)


def _row(row: CallRow, group: CallGroup, form: CallingList) -> list[Cell]:
    words = [row.number, row.head, row.phone or row.no_phone, row.address]
    who = "；".join(_told(one) for one in group.callers or form.callers if one.person)
    return [
        float(row.place),
        *(str(one or "") for one in words),
        None if row.people is None else float(row.people),
        "；".join(row.help),
        "；".join(str(one) for one in (row.ask, row.note) if one),
        str(row.route or ""),
        str(row.shelter or ""),
        group.title,
        who,
        *("", "", ""),
    ]


def _told(caller: Caller) -> str:
    return " ".join(str(one) for one in (caller.role, caller.person, caller.phone) if one)
