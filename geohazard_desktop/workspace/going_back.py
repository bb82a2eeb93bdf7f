"""The half of a workspace that goes back: undo and redo, to any step, deleted features, earlier versions.

Going back never takes anything out of the journal: it appends the inverse as a step of its own, which can be undone.
Registers of what left the office are never undone; they stay, and people are told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geohazard_desktop.common.errors import EditRefused, UndoRefused, WorkspaceReadOnly
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.connection import Connection, spoken
from geohazard_desktop.workspace.edits.restore import gone_back, restore_deleted, restore_version
from geohazard_desktop.workspace.edits.wording import called, followed
from geohazard_desktop.workspace.feature import Delta, Edit, Feature
from geohazard_desktop.workspace.history import HistoryEntry, local_time
from geohazard_desktop.workspace.history_reading import HistoryReading
from geohazard_desktop.workspace.identity import Identity, of_the_command_line
from geohazard_desktop.workspace.journal import Key
from geohazard_desktop.workspace.kept import rebased
from geohazard_desktop.workspace.schema import quoted

_NO_STEPS = ("register", "system")  # never undone: whatever was entered or numbered
_LOOKED_BACK = 20  # steps


@dataclass(frozen=True, slots=True)
class Plan:
    """A way back before it is taken: the edit, and what people should know of it first.

    `changed`, `made` and `removed` count by layer what the edit would change, bring back and take away; `kept` counts
    register rows that stay. `remarks` are sentences.
    """

    edit: Edit
    changed: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


class GoingBack(HistoryReading):
    """Undo, redo, jumps and restoring, over what `Workspace` opens and writes."""

    read_only: bool
    _connection: Connection
    _opened_at: int  # the journal's last entry when the file was opened

    def _write(self, edit: Edit, *, kind: str, undoes: int | None = None, exact: bool = False) -> None:
        raise NotImplementedError

    def _who(self) -> Identity:
        raise NotImplementedError

    def _label(self, delta: Delta) -> str:
        raise NotImplementedError

    # -- step by step ----------------------------------------------------------------------------------------------

    def undo(self) -> Edit:
        """Take back this window's last step; after a restart, the user's. Raises UndoRefused with a sentence."""
        return self._reverse(redo=False)

    def redo(self) -> Edit:
        """Do again what was last undone. Raises UndoRefused with a sentence."""
        return self._reverse(redo=True)

    def undo_words(self) -> str | None:
        return self._words_of_next(redo=False)

    def redo_words(self) -> str | None:
        return self._words_of_next(redo=True)

    def step_of_others(self) -> HistoryEntry | None:
        """The newest step, where another program or the command line made it since this window's own last one: undo
        passes it by. None where it is this window's, or that of another window, which says so itself."""
        if self.read_only:
            return None
        newest = next((one for one in self.history(_LOOKED_BACK) if one.kind not in _NO_STEPS), None)
        if newest is None or newest.kind in ("undo", "redo"):
            return None
        if newest.change_id is not None:
            # What was there when the file was opened is the user's own, as after a restart.
            if not of_the_command_line(newest.actor) or newest.change_id == self._next_reversible(redo=False):
                return None
        elif newest.last_entry <= self._opened_at:
            return None
        return newest

    def _next_reversible(self, *, redo: bool) -> int | None:
        with spoken(self.path):
            undo_stack, redo_stack = self._journal.stacks(self._who().origin)
        stack = redo_stack if redo else undo_stack
        return stack[-1] if stack else None

    def _words_of_next(self, *, redo: bool) -> str | None:
        if self.read_only:
            return None
        change_id = self._next_reversible(redo=redo)
        return None if change_id is None else self._journal.change(change_id).words

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise WorkspaceReadOnly(
                _("工作文件 {name} 只能看，不能改。").format(name=self.path.name),
                _("请另存一份到可以写的文件夹再改。"),
            )

    def _reverse(self, *, redo: bool) -> Edit:
        self._refuse_read_only()
        change_id = self._next_reversible(redo=redo)
        if change_id is None:
            raise UndoRefused(_("没有可以重做的步骤。") if redo else _("没有可以撤销的步骤。"), "")
        change = self._journal.change(change_id)
        with spoken(self.path):
            done = self._journal.net_deltas(change.first_entry, change.last_entry)
            present = self._journal.states_after([(one.layer, one.uid) for one in done], self._journal.last_entry())
        done = [rebased(one, present[one.layer, one.uid]) for one in done]
        for delta in done:
            now = present[delta.layer, delta.uid]
            if (now is None) != (delta.after is None) or (now is not None and not now.same_as(delta.after)):
                raise UndoRefused(
                    _("不能撤销“{words}”：{name}后来又被{who}改过。").format(
                        words=change.words,
                        name=self._label(delta),
                        who=self._journal.who_touched_since(delta.layer, delta.uid, change.last_entry),
                    ),
                    _("请先看过现在的样子，需要时手工改回。"),
                )
        edit = Edit(change.words, [one.inverted() for one in reversed(done)])
        self._write(edit, kind="redo" if redo else "undo", undoes=change_id, exact=True)
        return edit

    # -- to any step -----------------------------------------------------------------------------------------------

    def plan_return(self, step: HistoryEntry) -> Plan:
        """How all would be as it was right after `step`. Raises UndoRefused with what stands against it."""
        self._refuse_read_only()
        with spoken(self.path):
            since = self._journal.net_deltas(step.last_entry + 1, self._journal.last_entry())
        self._refuse_registered([one for one in since if one.before is None])
        touched = [one.uid for one in since if one.before is not None]
        words = _("回到 {moment} “{words}”之后").format(moment=f"{step.made_at:%Y-%m-%d %H:%M}", words=step.words)
        edit, kept, held = gone_back(self.definitions, since, words, registered=self._registered(touched))
        remarks = [
            _("{name}的状态由危险区过程定，保持不变。").format(name=followed(called(self.definitions, one)))
            for one in held[:3]
        ]
        if len(held) > 3:
            remarks.append(_("另有 {count} 个危险区的状态也保持不变。").format(count=len(held) - 3))
        if not edit.deltas:
            told = _("从那一步到现在，没有可以改回的内容。")
            if kept:
                told = _("从那一步到现在只添了登记，登记只增不减，没有可以改回的内容。")
            raise UndoRefused(told, "")
        plan = Plan(edit, kept=kept, remarks=(*remarks, *self._breaks_since(step)))
        for one in edit.deltas:
            counts = plan.made if one.before is None else plan.removed if one.after is None else plan.changed
            counts[one.layer] = counts.get(one.layer, 0) + 1
        return plan

    def go_back(self, plan: Plan) -> None:
        """Take a planned way back: one step, which can itself be undone."""
        self._write(plan.edit, kind="edit", exact=True)

    def _breaks_since(self, step: HistoryEntry) -> list[str]:
        with spoken(self.path):
            rows = self._sql.execute("SELECT noticed_at, sentence FROM journal_break ORDER BY break_id").fetchall()
        later = [sentence for noticed_at, sentence in rows if local_time(noticed_at) > step.made_at]
        return [_("{sentence}那一部分回不去。").format(sentence=one) for one in later]

    def _referring(self, uids: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(register's layer, uid spoken of) for each of `uids` that a register's row refers to."""
        for definition in self.definitions.values():
            if definition.table not in self._rows:
                continue
            for one in definition.holding:
                for start in range(0, len(uids), 400):
                    part = uids[start : start + 400]
                    query = (
                        f"SELECT DISTINCT {quoted(one.name)} FROM {quoted(definition.table)} "
                        f"WHERE {quoted(one.name)} IN ({','.join('?' * len(part))})"
                    )
                    for (uid,) in self._sql.execute(query, part).fetchall():
                        yield definition.table, uid

    def _registered(self, uids: Sequence[str]) -> set[str]:
        with spoken(self.path):
            return {uid for register, uid in self._referring(uids) if register == "zone_event"}

    def _refuse_registered(self, made: Sequence[Delta]) -> None:
        features = {one.uid: one.after for one in made if not self.definitions[one.layer].append_only}
        with spoken(self.path):
            for register, uid in self._referring(list(features)):
                subject = features[uid]
                if subject is None:
                    continue
                raise UndoRefused(
                    _("回不到那一步：那时还没有{name}，而它后来已有{register}登记，登记是发出去的，不能撤销。").format(
                        name=followed(called(self.definitions, subject)), register=self.definitions[register].title
                    ),
                    _("请选它建立以后的一步，或只把要改回的要素恢复到以前的样子。"),
                )

    def note(self, words: str) -> None:
        """A step that changes no feature and is never undone: what was done to the file as a whole."""
        who = self._who()
        with self._connection.transaction():
            first = self._journal.last_entry() + 1
            self._journal.record(first_entry=first, actor=who.actor, origin=who.origin, words=words, kind="system")

    # -- one feature -----------------------------------------------------------------------------------------------

    def plan_version(self, layer: str, uid: str, step: HistoryEntry) -> Plan:
        """How one feature would be as it was right after `step`. Raises EditRefused."""
        self._refuse_read_only()
        then = self.feature_after(layer, uid, step)
        now = self.feature(layer, uid)
        if then is None:
            raise EditRefused(_("这一步之后，它不在图上，没有可以恢复的样子。"), _("请选更早的一步。"))
        if now is None:
            return self.plan_restore([then])
        edit = restore_version(self.definitions, now, then, f"{step.made_at:%Y-%m-%d %H:%M}")
        return Plan(edit, changed={layer: 1}, remarks=tuple(self._missing([then])))

    def plan_restore(self, features: Sequence[Feature], entries: Sequence[int] = ()) -> Plan:
        """How deleted features would come back, with what went with them. `entries` are those that deleted them.

        Raises EditRefused where one is there again.
        """
        self._refuse_read_only()
        wanted = {(one.layer, one.uid) for one in features}
        for one in features:
            if self.feature(one.layer, one.uid) is not None:
                raise EditRefused(
                    _("{name}已经在图上了。").format(name=followed(called(self.definitions, one))), _("请刷新列表。")
                )
        along = [one for one in self._went_along(features, entries) if (one.layer, one.uid) not in wanted]
        numbers, remarks = self._numbers_for(features)
        edit = restore_deleted(self.definitions, features, along=along, numbers=numbers)
        if along:
            remarks.append(_("同一步里跟着删掉的 {count} 条也一起恢复。").format(count=len(along)))
        remarks += self._missing([*features, *along])
        made: dict[str, int] = {}
        for delta in edit.deltas:
            made[delta.layer] = made.get(delta.layer, 0) + 1
        return Plan(edit, made=made, remarks=tuple(remarks))

    def _went_along(self, features: Sequence[Feature], entries: Sequence[int]) -> list[Feature]:
        """Rows deleted in the same steps that refer to one of the features and are not there now."""
        uids = {one.uid for one in features}
        found: dict[Key, Feature] = {}
        for entry in entries:
            with spoken(self.path):
                step = self._history.step_at(entry)
                deltas = [] if step is None else self._journal.net_deltas(step.first_entry, step.last_entry)
            for delta in deltas:
                hangs = delta.before is not None and uids & {str(one) for one in delta.before.values.values()}
                if hangs and delta.after is None and self.feature(delta.layer, delta.uid) is None:
                    found[delta.layer, delta.uid] = delta.before  # type: ignore[assignment]
        return list(found.values())

    def _numbers_for(self, features: Sequence[Feature]) -> tuple[dict[str, str], list[str]]:
        """New numbers, by uid, for features whose number another one has by now, and sentences that say so."""
        numbers: dict[str, str] = {}
        remarks: list[str] = []
        fresh: dict[str, Iterator[str]] = {}
        for one in features:
            number = one.text("id")
            if not number or not self.definitions[one.layer].letter or not self.find(one.layer, "id", number):
                continue
            if one.layer not in fresh:
                fresh[one.layer] = iter(self.next_numbers(one.layer, len(features)))
            numbers[one.uid] = next(fresh[one.layer])
            remarks.append(
                _("编号 {number} 现在是另一个{title}的，恢复后编为 {fresh}。").format(
                    number=number, title=self.definitions[one.layer].title, fresh=numbers[one.uid]
                )
            )
        return numbers, remarks

    def _missing(self, features: Sequence[Feature]) -> list[str]:
        """Sentences about references whose target is not there, and does not come back with `features`."""
        coming = {one.uid for one in features}
        told: dict[str, None] = {}
        for one in features:
            for member in self.definitions[one.layer].fields:
                target = one.text(member.name)
                if member.type != "reference" or not target or target in coming:
                    continue
                if self.feature(member.target, target) is None:
                    sentence = _("{name}的“{field}”指向的{title}已经不在，这一栏会显示“已不在”。").format(
                        name=followed(called(self.definitions, one)),
                        field=member.title,
                        title=self.definitions[member.target].title,
                    )
                    told[sentence] = None
        return list(told)
