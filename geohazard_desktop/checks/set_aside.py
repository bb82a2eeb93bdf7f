"""Reminders that an officer set aside with a reason: who, when, why; kept in the workspace, listed, taken back.

They are rows of the `setting` layer (`check.aside.…`), so that they travel with the file and each is a step of the
history. A reminder comes back by itself when what it says has changed: what was set aside was that sentence, not the
rule. Errors can't be set aside.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.feature import Edit, Feature, Value, changed, deleted
from geohazard_desktop.workspace.workspace import Workspace

PREFIX = "check.aside."
SETTING = "setting"


@dataclass(frozen=True, slots=True)
class Aside:
    """One reminder set aside. `uid` is that of its row."""

    uid: str
    key: str
    rule: str
    sentence: str
    reason: str
    who: str
    when: str


def is_aside_row(key: str) -> bool:
    """Whether a row of the `setting` layer is such a record: such rows have a list of their own."""
    return key.startswith(PREFIX)


def asides_of(ws: Workspace) -> dict[str, Aside]:
    """By the finding's key. A row that can't be read is left out: its reminder is shown."""
    found = {}
    for row in ws.table(SETTING):
        if is_aside_row(row.text("key")):
            one = _read(row)
            if one is not None:
                found[one.key] = one
    return found


def parted(
    findings: Iterable[Finding], asides: Mapping[str, Aside]
) -> tuple[list[Finding], list[tuple[Finding, Aside]]]:
    """Findings to show, and those that are set aside with their record."""
    if not asides:
        return list(findings), []
    shown, kept = [], []
    for one in findings:
        record = asides.get(one.key)
        if record is not None and record.sentence == one.sentence and one.severity != "error":
            kept.append((one, record))
        else:
            shown.append(one)
    return shown, kept


def set_aside(ws: Workspace, finding: Finding, reason: str, who: str, when: datetime) -> Edit:
    """Don't remind of this any more. Raises EditRefused for an error, and without a reason."""
    reason = " ".join(reason.split())
    if finding.severity == "error":
        raise EditRefused(_("错误不能搁置：会印错。"), _("请先改正。"))
    if not reason:
        raise EditRefused(_("没有写理由。"), _("请写一句为什么可以不管，别人要看得懂。"))
    facts = {
        "finding": finding.key, "rule": finding.rule, "sentence": finding.sentence,
        "reason": reason, "who": who, "when": f"{when:%Y-%m-%d %H:%M}",
    }  # fmt: skip
    values: dict[str, Value] = {
        "key": PREFIX + hashlib.sha256(finding.key.encode()).hexdigest()[:16],
        "name": _("搁置的提醒"),
        "value": json.dumps(facts, ensure_ascii=False),
        "source": _("{who}，{when}").format(who=who, when=facts["when"]),
    }
    words = _("搁置提醒“{sentence}”，理由：{reason}").format(sentence=finding.sentence.rstrip("。"), reason=reason)
    before = ws.find(SETTING, "key", values["key"])
    if before:
        return Edit(words, [changed(before[0], before[0].with_values(**values))])
    return Edit(words, create_feature(ws.definitions, SETTING, None, values).deltas)


def take_back(ws: Workspace, asides: Sequence[Aside]) -> Edit:
    """Remind again. Raises EditRefused when none of the records is there any more."""
    rows = [row for row in (ws.feature(SETTING, one.uid) for one in asides) if row is not None]
    if not rows:
        raise EditRefused(_("这条搁置已经不在了。"), _("请看过现在的检查结果。"))
    first = asides[0].sentence.rstrip("。")
    words = _("恢复提醒“{sentence}”").format(sentence=first)
    if len(rows) > 1:
        words = _("恢复 {count} 条搁置的提醒").format(count=len(rows))
    return Edit(words, [deleted(row) for row in rows])


def _read(row: Feature) -> Aside | None:
    try:
        facts = json.loads(row.text("value"))
        fields = [str(facts[name]) for name in ("finding", "rule", "sentence", "reason", "who", "when")]
    except (ValueError, KeyError, TypeError):
        return None
    return Aside(row.uid, *fields)
