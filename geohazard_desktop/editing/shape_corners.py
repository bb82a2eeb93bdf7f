"""抽稀 and 圆滑: fewer or rounder corners, with the corners before and after in sight and the deviation said."""

from collections.abc import Callable, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.judgement import length_words
from geohazard_desktop.editing.shape_options import Option, OptionsTool, OptionValue, shapes_of
from geohazard_desktop.editing.tool import Key, Place, Preview, ToolContext
from geohazard_desktop.workspace.edits.generalise import Generalised, simplify, smooth
from geohazard_desktop.workspace.edits.wording import called_all, followed, led
from geohazard_desktop.workspace.feature import Edit, Feature

_MOST_MARKS = 1500

# Where the tools begin; the officer sees what they do and changes it at once.
_TOLERANCE_M = 2.0
_ROUNDING_M = 5.0


class _ThinnerTool(OptionsTool):
    """Fewer or rounder corners for the selected features of one layer."""

    what = ""

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.tolerance: OptionValue = _TOLERANCE_M
        self._figures: Generalised | None = None

    def generalise(self) -> Callable[..., Generalised]:
        raise NotImplementedError

    def _chosen(self) -> list[Feature]:
        every = self.targets.selected()
        return [one for one in every if one.layer == every[0].layer]

    def make(self) -> Edit | None:
        self._figures = None
        chosen = self._chosen()
        if not chosen:
            return None
        if not self.tolerance or float(self.tolerance) <= 0:
            raise EditRefused(_("容差要大于零。"), _("请写米数，如 2。"))
        self._figures = self.generalise()(
            self.context.workspace.definitions,
            chosen,
            float(self.tolerance),
            neighbours=self.targets.neighbours(chosen) if self.context.sharing else (),
            sharing=self.context.sharing,
        )
        return self._figures.edit

    def action(self) -> str:
        edit = self.made()
        count = len(edit.deltas) if edit is not None else 0
        return _("{verb}这 {count} 个").format(verb=self.title, count=count) if count > 1 else self.title

    def note(self) -> str:
        edit = self.made()
        found = self._figures
        if edit is None or found is None:
            return self.refused or self.hint()
        if not edit.deltas:
            return _("容差 {metres:g} 米没有可以改的拐点，请把它改大。").format(metres=float(self.tolerance or 0))
        return _("拐点 {before} 个变 {after} 个，边线最多挪动 {metres}").format(
            before=found.before, after=found.after, metres=length_words(found.deviation_m)
        )

    def preview(self) -> Preview:
        edit = self.made()
        if edit is None:
            return Preview()
        own: set[Key] = {(one.layer, one.uid) for one in self._chosen()}
        before = {place for one in self._chosen() for place in _corners(one.geometry)}
        after = {
            place
            for one in edit.deltas
            if one.after is not None and (one.layer, one.uid) in own
            for place in _corners(one.after.geometry)
        } or before
        return Preview(
            kind="corners",
            outlines=shapes_of(edit),
            handles=tuple(sorted(before - after))[:_MOST_MARKS],
            chosen=tuple(sorted(after))[:_MOST_MARKS],
        )

    def hint(self) -> str:
        chosen = self._chosen()
        if not chosen:
            return _("单击要{verb}的面或线；要选几个，请先用“选择”。").format(verb=self.title)
        names = led(followed(called_all(self.context.workspace.definitions, chosen)))
        return self.refused or _("实心方块是{verb}{names}以后的拐点，空心的会去掉；看好了按回车。").format(
            verb=self.title, names=names
        )


class SimplifyTool(_ThinnerTool):
    """抽稀: fewer corners."""

    title = _("抽稀")

    def options(self) -> Sequence[Option]:
        return (Option("tolerance", _("容差"), "metres", self.tolerance, tip=_("边线挪动不到这么多的拐点去掉。")),)

    def generalise(self) -> Callable[..., Generalised]:
        return simplify


class SmoothTool(_ThinnerTool):
    """圆滑: rounder corners."""

    title = _("圆滑")

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.tolerance = _ROUNDING_M
        self.rounds: OptionValue = 2

    def options(self) -> Sequence[Option]:
        return (
            Option("tolerance", _("容差"), "metres", self.tolerance, tip=_("边线最多挪动这么多。")),
            Option("rounds", _("遍数"), "count", self.rounds, tip=_("遍数多，拐角更圆，拐点也更多。")),
        )

    def generalise(self) -> Callable[..., Generalised]:
        def rounder(*arguments: object, **named: object) -> Generalised:
            return smooth(*arguments, rounds=int(self.rounds or 1), **named)  # type: ignore[arg-type]

        return rounder


def _corners(geometry: BaseGeometry | None) -> list[Place]:
    return [(float(e), float(n)) for e, n in shapely.get_coordinates(geometry)] if geometry is not None else []
