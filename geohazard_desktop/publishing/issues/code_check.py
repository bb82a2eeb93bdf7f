"""What the register says of a code that somebody reads out or scans: one sentence to say back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.dates import day_words, parse_day
from geohazard_desktop.domain.issue_code import read_code
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, IssueRegister, read_register
from geohazard_desktop.publishing.issues.kept_paper import kept_paper
from geohazard_desktop.publishing.issues.moved_papers import moved_out
from geohazard_desktop.publishing.issues.standing import Standing, State
from geohazard_desktop.workspace.workspace import Workspace

Verdict = Literal["valid", "outdated", "replaced", "void", "moved", "unconfirmed", "unknown", "mistyped"]


@dataclass(frozen=True, slots=True)
class Answer:
    """`paper` is the one of the code, `now` the one in force in its place; `near` are papers whose code is one slip of
    the tongue away. The sentence holds no personal data."""

    verdict: Verdict
    sentence: str
    paper: IssuedPaper | None = None
    now: IssuedPaper | None = None
    near: tuple[IssuedPaper, ...] = ()


def check_code(register: IssueRegister, text: str) -> Answer:
    """The answer for a text as it was typed or scanned."""
    read = read_code(text, register.by_code)
    if not read.code:
        return Answer("mistyped", read.fault, near=tuple(register.by_code[one] for one in read.near))
    paper = register.by_code.get(read.code)
    if paper is None:
        return Answer(
            "unknown",
            _("核对码 {code} 没有写错，但这个工作文件的发卡登记里没有它：可能是别的单位或别的文件发的。").format(
                code=read.code
            ),
        )
    return _known(register, paper)


def check_code_in(ws: Workspace, text: str) -> Answer:
    """The same by the register of now; a paper of a household that has moved away is not called valid."""
    answer = check_code(read_register(ws), text)
    paper = answer.paper
    household = moved_out(ws, paper) if paper is not None and answer.verdict in ("valid", "unconfirmed") else None
    if paper is None or household is None:
        return _with_painter(ws, answer)
    day = parse_day(household.text("moved_out_on"))
    words = _("{what}发给的一户{day}已迁出，不要再用。请收回，再登记作废。").format(
        what=told(paper), day=f" {day_words(day)}" if day is not None else ""
    )
    return Answer("moved", words, paper)


def beside_today(answer: Answer, known: Sequence[Standing], *, pending: bool) -> Answer:
    """The answer with what is known of the paper beside today's data (`standings`): one that says what is no longer so
    is not called valid. `pending`: it is being found out."""
    paper = answer.paper
    if paper is None or answer.verdict not in ("valid", "unconfirmed"):
        return answer
    if pending:
        return replace(answer, sentence=answer.sentence + _("它和现在的数据还对不对，正在比。"))
    standing = next((one for one in known if one.code == paper.code and one.key == paper.key), None)
    if standing is None or standing.state not in (State.CHANGED, State.WITHDRAWN):
        return answer
    if standing.state is State.WITHDRAWN:
        words = _("{what}说的对象已撤销或没有了，不要再用。请收回，再登记作废。").format(what=told(paper))
    elif standing.drawing:
        words = _("{what}是我们发的，也是最后一版，但{change}。请换发新的一版。").format(
            what=told(paper), change=standing.drawing
        )
    else:
        words = _(
            "{what}是我们发的，也是最后一版，但发出以后有 {count} 处改了，上面写的不全对。请换发新的一版。"
        ).format(what=told(paper), count=max(1, len(standing.changes)))
    return Answer("outdated", words, paper)


def _with_painter(ws: Workspace, answer: Answer) -> Answer:
    """A valid paper whose map looks otherwise than one of today: nobody must think it false for that."""
    if answer.paper is None or answer.verdict not in ("valid", "unconfirmed") or not answer.paper.kept:
        return answer
    try:
        if not kept_paper(ws, answer.paper.kept).drawn_before:
            return answer
    except ExportRefused:  # a clean copy keeps nothing of what was printed
        return answer
    words = _("图是程序以前的版本（或另一台电脑）绘制的，样子和现在的略有不同，不用为此换发。")
    return replace(answer, sentence=answer.sentence + words)


def _known(register: IssueRegister, paper: IssuedPaper) -> Answer:
    what = told(paper)
    now = register.successor(paper)
    if paper.void:
        return Answer("void", _("{what}已作废：{why}。").format(what=what, why=paper.void.rstrip("。")), paper, now)
    if now is not None:
        new = _("{day} 发的第 {version} 版（核对码 {code}）").format(
            day=now.issued_on, version=now.version, code=now.code or _("无")
        )
        doubt = "" if now.printed else _("新的一版还没有确认打印。")
        return Answer("replaced", _("{what}已被 {new}代替，不要再用。").format(what=what, new=new) + doubt, paper, now)
    if not paper.printed:
        return Answer(
            "unconfirmed",
            _("{what}登记了，但没有确认打印过。纸在手里就是有效的，请补登记签收。").format(what=what),
            paper,
        )
    signed = _("，{day} 签收").format(day=paper.signed_on) if paper.signed_on else _("，还没有登记签收")
    return Answer("valid", _("{what}有效{signed}。").format(what=what, signed=signed), paper)


def told(paper: IssuedPaper) -> str:
    """防灾避险明白卡 150304040001-B001 第 2 版（2026-11-22 发）; nothing personal."""
    number = f" {paper.number or paper.subject_name}" if paper.number or paper.subject_name else ""
    day = _("（{day} 发）").format(day=paper.issued_on) if paper.issued_on else ""
    return _("{kind}{number} 第 {version} 版{day}").format(
        kind=paper.kind_words, number=number, version=paper.version, day=day
    )
