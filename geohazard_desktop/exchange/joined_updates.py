"""Changes that several tables of one file make to one feature, as the one change that a step of the history takes."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.report import Problem
from geohazard_desktop.workspace.feature import Delta, Feature, changed
from geohazard_desktop.workspace.workspace import Workspace


def joined(updates: Sequence[Delta]) -> list[Delta]:
    """One change for each feature, in the order in which they were first changed; of what two changes say differently
    the later holds."""
    found: dict[str, Delta] = {}
    for one in updates:
        first = found.get(one.uid)
        if first is None or first.before is None or first.after is None:
            found[one.uid] = one
        else:
            found[one.uid] = changed(first.before, _over(first.after, one))
    return list(found.values())


def told_apart(ws: Workspace, file: str, tables: Sequence[tuple[str, Sequence[Delta]]]) -> list[list[Problem]]:
    """For each table (its title, its changes) what it says otherwise than one before it of the same feature."""
    said: dict[tuple[str, str], tuple[str, str]] = {}  # uid and field: the table and what it says
    found: list[list[Problem]] = []
    for title, updates in tables:
        problems = []
        for one in updates:
            assert one.after is not None
            name = one.after.text("id") or one.after.text("head")
            definition = ws.definition(one.layer)
            for field in _changed_fields(one):
                text = one.after.text(field)
                other, before = said.get((one.uid, field), (title, text))
                if before != text:
                    words = _(
                        "{file}：已有的{layer} {name} 的“{field}”，“{other}”写的是“{before}”，“{table}”写的是“{text}”，"
                        "按后一张的更新。请核对。"
                    )
                    sentence = words.format(
                        file=file,
                        layer=definition.title,
                        name=name,
                        field=definition.by_name[field].title,
                        other=other,
                        before=before,
                        table=title,
                        text=text,
                    )
                    problems.append(Problem(name, sentence, "note"))
                said[one.uid, field] = (title, text)
            place = _place(one)
            if place:
                other, before = said.get((one.uid, ""), (title, place))
                if before != place:
                    words = _(
                        "{file}：已有的{layer} {name} 的位置，“{other}”和“{table}”写得不同，按后一张的更新。请核对。"
                    )
                    sentence = words.format(file=file, layer=definition.title, name=name, other=other, table=title)
                    problems.append(Problem(name, sentence, "note"))
                said[one.uid, ""] = (title, place)
        found.append(problems)
    return found


def _over(after: Feature, later: Delta) -> Feature:
    assert later.after is not None
    after = after.with_values(**{name: later.after[name] for name in _changed_fields(later)})
    return after.with_geometry(later.after.geometry) if _place(later) else after


def _changed_fields(one: Delta) -> list[str]:
    assert one.before is not None
    assert one.after is not None
    return [name for name, value in one.after.values.items() if value != one.before[name]]


def _place(one: Delta) -> str:
    """The place that the change gives, "" where it gives none."""
    assert one.before is not None
    assert one.after is not None
    now, was = one.after.geometry, one.before.geometry
    if now is None or (was is not None and now.equals_exact(was, 0.0)):
        return ""
    return str(now.wkt)
