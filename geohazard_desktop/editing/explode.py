"""Taking a feature of several parts apart: what each becomes, and who lies in a new one, is seen before it happens."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.judgement import area_words, length_words
from geohazard_desktop.editing.shape_options import Option, OptionsTool, shapes_of
from geohazard_desktop.editing.shape_targets import fresh_numbers, left_behind
from geohazard_desktop.editing.tool import Key, Preview, ToolContext
from geohazard_desktop.workspace.edits.parts import explode
from geohazard_desktop.workspace.edits.split import sizes
from geohazard_desktop.workspace.feature import Edit

_MOST_SIZES = 4


class ExplodeTool(OptionsTool):
    """Enter, a right click or the button takes what is selected apart."""

    title = _("拆开部件")

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._done: set[Key] = set()

    def options(self) -> Sequence[Option]:
        return ()

    def make(self) -> Edit | None:
        chosen = self.targets.selected()
        if not chosen or {(one.layer, one.uid) for one in chosen} <= self._done:
            return None
        ws = self.context.workspace
        return explode(ws.definitions, chosen, fresh=fresh_numbers(ws))

    def stored(self, edit: Edit) -> bool:
        self._done = {(one.layer, one.uid) for one in edit.deltas}
        words = left_behind(self.context.workspace, edit)
        self.context.on_select(sorted(self._done))
        if words:
            self.context.on_message(words)
        return True

    def action(self) -> str:
        edit = self.made()
        return _("拆成 {count} 个").format(count=len(edit.deltas)) if edit is not None else _("拆开")

    def note(self) -> str:
        edit = self.made()
        if edit is None:
            return self.refused or self.hint()
        kind = self.context.workspace.definition(edit.deltas[0].layer).geometry
        words = area_words if kind == "polygon" else length_words
        parts = [words(one) for one in sizes(kind, shapes_of(edit))]
        more = _("等") if len(parts) > _MOST_SIZES else ""
        told = _("{words}：{sizes}{more}；编号和登记跟着最大的一个。").format(
            words=edit.words, sizes="、".join(parts[:_MOST_SIZES]), more=more
        )
        return told + left_behind(self.context.workspace, edit)

    def preview(self) -> Preview:
        return Preview(kind="shape", outlines=shapes_of(self.made()))

    def hint(self) -> str:
        if self._done and self.made() is None and not self.refused:
            return _("已经拆开；再选别的可以接着拆，Esc 放下这个工具。")
        if not self.targets.selected():
            return _("单击由几个分开的部分组成的面或线。")
        return self.refused or _("看好了按回车或右键拆开；Esc 不拆。")
