"""叫人名单 as data: who is to be called when the signal comes, in the order of the walk. Personal."""

from dataclasses import dataclass, field

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.form_fields import Form, Issue, Words, cell

CALLING_LIST = "calling_list"  # the template


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow(Form):
    """One door. Three cells to tick (叫到, 走了, 没应答) follow on the paper. Personal: all but number, people, way."""

    place: int
    number: Words = field(default=None, metadata=cell("户号"))
    head: Words = field(default=None, metadata=cell("户主", personal=True))
    phone: Words = field(default=None, metadata=cell("电话", personal=True))
    no_phone: str = ""  # what to do where no telephone is registered; a line to write one on follows
    address: Words = field(default=None, metadata=cell("住址", personal=True))
    people: int | None = field(default=None, metadata=cell("人数"))
    registered: bool = True  # whether anybody told who lives there, so that nobody named needs no help
    help: tuple[str, ...] = field(default=(), metadata=cell("要帮的人", personal=True, quiet=True))
    ask: Words = field(default=None, metadata=cell("先问清的", quiet=True))
    note: Words = field(default=None, metadata=cell("本户情况", personal=True, quiet=True))
    route: Words = field(default=None, metadata=cell("路线"))
    shelter: Words = field(default=None, metadata=cell("安置点"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller(Form):
    """Who knocks, or whom else to call: the role, the person, the telephone. Personal."""

    role: str
    person: Words = field(default=None, metadata=cell("姓名", personal=True))
    phone: Words = field(default=None, metadata=cell("电话", personal=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class CallGroup(Form):
    """Doors that are walked together, under their title; on a 街道's list a danger zone with who knocks there."""

    title: str
    total: str = ""
    callers: tuple[Caller, ...] = ()
    signal: Words = field(default=None, metadata=cell("撤离信号", quiet=True))
    rows: tuple[CallRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingList(Form):
    """The whole list. Personal. `common` are notes that stand at several doors in the same words, told once; `asked`
    what is true of several before they are sent off, each with the mark that its doors bear; `beyond` who must leave
    and stands on no list."""

    title: str
    name: Words = field(default=None, metadata=cell("名称"))
    number: Words = field(default=None, metadata=cell("编号", quiet=True))
    total: str = ""
    beyond: tuple[str, ...] = ()
    signal: Words = field(default=None, metadata=cell("撤离信号", quiet=True))
    callers: tuple[Caller, ...] = ()
    keepers: tuple[Caller, ...] = ()
    how: tuple[str, ...] = ()
    groups: tuple[CallGroup, ...] = ()
    common: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    issue: Issue = field(default_factory=Issue)

    def empty_labels(self) -> list[str]:
        """Labels that print as a line at any door or caller, each once; who knocks where nobody is named."""
        rows = [row for group in self.groups for row in group.rows]
        callers = [*self.callers, *self.keepers, *(one for group in self.groups for one in group.callers)]
        told = Form.empty_labels(self) + ([_("撤离信号")] if self.callers and not self.signal else [])
        told += [label for row in rows for label in row.empty_labels()]
        told += [one.role for one in callers if not one.person or not one.phone]
        told += [_("撤离信号") for one in self.groups if one.callers and not one.signal]
        return list(dict.fromkeys(told))
