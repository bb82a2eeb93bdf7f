"""Bringing back: deleted features with their identity, one feature's earlier version, all as it was after a step."""

from collections.abc import Collection, Mapping, Sequence

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.wording import Definitions, called, called_all, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, changed, inserted

# What a register decides: a 危险区's state follows its 危险区过程, which is never undone (layers/danger_zone.toml).
REGISTERED: Mapping[str, tuple[str, ...]] = {"danger_zone": ("state",)}


def restore_deleted(
    definitions: Definitions,
    features: Sequence[Feature],
    *,
    along: Sequence[Feature] = (),
    numbers: Mapping[str, str] | None = None,
) -> Edit:
    """Deleted features again, with their uids; `along` are those that went with them and come back with them.

    `numbers` gives a new number by uid where the old one belongs to another feature by now.
    Raises EditRefused when there is nothing to restore.
    """
    if not features:
        raise EditRefused(_("没有选中要恢复的要素。"), _("请先在列表里选中。"))
    numbers = numbers or {}
    ready = [one.with_values(id=numbers[one.uid]) if one.uid in numbers else one for one in (*features, *along)]
    words = _("恢复删除的{names}").format(names=led(called_all(definitions, features)))
    if along:
        words += _("，连同{names}").format(names=led(called_all(definitions, along)))
    return Edit(words, [inserted(one) for one in ready])


def restore_version(definitions: Definitions, now: Feature, then: Feature, moment: str) -> Edit:
    """One feature as it was; what a register decides stays as it is. `moment` says of when the version is."""
    if definitions[now.layer].append_only:
        raise EditRefused(
            _("{title}是只增不减的登记，不能改回。").format(title=definitions[now.layer].title),
            _("请再记一条更正。"),
        )
    after = then.with_values(**{name: now[name] for name in REGISTERED.get(now.layer, ())})
    if now.same_as(after):
        raise EditRefused(_("{name}现在就是这个样子。").format(name=followed(called(definitions, now))), "")
    words = _("把{name}恢复到 {moment} 的样子").format(name=led(followed(called(definitions, now))), moment=moment)
    return Edit(words, [changed(now, after)])


def gone_back(
    definitions: Definitions, since: Sequence[Delta], words: str, *, registered: Collection[str] = ()
) -> tuple[Edit, dict[str, int], list[Feature]]:
    """The inverse of all that was done `since`, as one edit.

    Rows of registers stay: the second result counts them by layer. `registered` are uids of features of which a
    register speaks: what it decides stays as it is; the third result names those for which this makes a difference.
    """
    deltas: list[Delta] = []
    kept: dict[str, int] = {}
    held: list[Feature] = []
    for one in reversed(since):
        if definitions[one.layer].append_only:
            kept[one.layer] = kept.get(one.layer, 0) + 1
            continue
        back = one.inverted()
        if back.uid in registered and back.before is not None and back.after is not None:
            decided = {name: back.before[name] for name in REGISTERED.get(back.layer, ())}
            if any(back.after[name] != value for name, value in decided.items()):
                held.append(back.before)
                back = Delta(back.layer, back.uid, back.before, back.after.with_values(**decided))
                if back.before is not None and back.before.same_as(back.after):
                    continue
        deltas.append(back)
    return Edit(words, deltas), kept, held
