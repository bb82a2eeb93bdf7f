"""Entries into 发卡登记: what was issued, and what became of it. Rows are only added; a further step is one more."""

from collections.abc import Mapping, Sequence

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.features import create_feature
from geohazard_desktop.workspace.edits.wording import Definitions
from geohazard_desktop.workspace.feature import Delta, Edit, Value

REGISTER = "card_issue"
ISSUED, PRINTED, RECEIVED, VOID = "发放", "出纸", "签收", "作废"
# What a later row says again of its paper, so that the register can be filtered by any row.
_SAME = (
    *("card_no", "kind", "product", "subject_layer", "subject", "subject_name", "subdistrict"),
    *("household", "hazard_point", "danger_zone", "about_zone", "evacuation_route", "shelter"),
    *("variant", "version", "check_code"),
)


def issue_papers(definitions: Definitions, rows: Sequence[Mapping[str, Value]]) -> Edit:
    """New issues, a row each; `rows` bring every field. Raises EditRefused for a value that a field does not take."""
    words = _("发放{kinds} {count} 张（{codes}）").format(
        kinds="、".join(dict.fromkeys(str(one.get("kind") or "") for one in rows)), count=len(rows), codes=_codes(rows)
    )
    return Edit(words, _entered(definitions, [{**one, "step": ISSUED} for one in rows]))


def note_step(
    definitions: Definitions,
    issues: Sequence[Mapping[str, Value]],
    step: str,
    values: Mapping[str, Value],
) -> Edit:
    """A further step of several papers: PRINTED, RECEIVED (`signed_on`, `holder`) or VOID (`reason`). `issues` are the
    values of the rows that issued them. Raises EditRefused where there is none, or a value does not fit."""
    if not issues:
        raise EditRefused(_("没有选中要登记的卡。"), _("请先在发卡登记里选中。"))
    words = {
        PRINTED: _("确认{count} 张已出纸（{codes}）"),
        RECEIVED: _("登记{count} 张已签收（{codes}）"),
        VOID: _("登记{count} 张作废（{codes}）"),
    }[step]
    rows = [{**{name: one.get(name) for name in _SAME}, **values, "step": step} for one in issues]
    return Edit(words.format(count=f" {len(rows)}", codes=_codes(rows)), _entered(definitions, rows))


def _codes(rows: Sequence[Mapping[str, Value]]) -> str:
    codes = [str(one.get("check_code") or one.get("card_no") or "") for one in rows]
    return "、".join(codes[:3]) + (_(" 等") if len(codes) > 3 else "")


def _entered(definitions: Definitions, rows: Sequence[Mapping[str, Value]]) -> list[Delta]:
    deltas: list[Delta] = []
    for row in rows:
        given = {name: value for name, value in row.items() if value not in (None, "")}
        deltas += create_feature(definitions, REGISTER, None, given).deltas
    return deltas
