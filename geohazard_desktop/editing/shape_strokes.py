"""Tools that change shapes by a drawn stroke: reshape, split, cut out a hole, add a part.

The stroke is drawn as in `DrawTool` (snapping, right angles, typed numbers, Backspace, Enter, Esc); what
comes of it is previewed while the pen moves. A stroke that can't be used stays under the pen.
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused, GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.judgement import Judgement, area_words, judge_geometry, length_words, stroke_geometry
from geohazard_desktop.editing.shape_targets import Targets, fresh_numbers, left_behind
from geohazard_desktop.editing.tool import Preview, ToolContext
from geohazard_desktop.workspace.edits.parts import add_part, cut_hole
from geohazard_desktop.workspace.edits.reshape import reshape
from geohazard_desktop.workspace.edits.reshape_all import reshape_all
from geohazard_desktop.workspace.edits.split import sizes, split, split_pieces
from geohazard_desktop.workspace.edits.wording import called, called_all, followed
from geohazard_desktop.workspace.feature import Delta, Edit, Feature

Stroke = Literal["polygon", "line"]


class StrokeTool(DrawTool):
    """A stroke that changes what is there instead of becoming a feature. `name` is the tool's word."""

    name = ""
    stroke: Stroke = "line"
    kinds: Sequence[str] = ("polygon", "line")

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self.kind = self.stroke
        self.title = self.name
        self.targets = Targets(context, self.kinds)
        self._made: tuple[tuple[object, ...], Edit | None, str] | None = None

    @abstractmethod
    def make(self, geometry: BaseGeometry, features: Sequence[Feature]) -> Edit:
        """The edit that the finished stroke would be. Raises EditRefused."""

    def finish(self) -> bool:
        """Do what the stroke says. False when it stays under the pen, and a sentence has said why."""
        self.way.settle(self)
        fewest = 3 if self.stroke == "polygon" else 2
        geometry = stroke_geometry(self.stroke, self._corners(self.places))
        if geometry is None:
            self.context.on_message(
                _("{name}：还差 {count} 个点。请继续画，或按 Esc 取消。").format(
                    name=self.name, count=fewest - len(self.places)
                )
            )
            return False
        features = self.targets.under(geometry)
        self.targets.warn(features)
        made: list[Edit] = []

        def make() -> Edit:
            made.append(self.make(geometry, features))
            return made[0]

        if not self.context.store(make):
            return False
        self.cancel()
        self.stored(made[0])
        return True

    def stored(self, edit: Edit) -> None:
        """It is on disk: what the officer has to look at now."""

    def follow(self, deltas: Sequence[Delta]) -> None:
        super().follow(deltas)
        self.targets.forget()
        self._made = None

    def cancel(self) -> bool:
        self._made = None
        return super().cancel()

    # -- what the canvas asks --------------------------------------------------------------------------------------

    def tried(self) -> tuple[Edit | None, str]:
        """What the stroke with the pointer's corner would do, or the sentence that says why not."""
        ahead = self._corners([*self.places, *self._next()])
        geometry = stroke_geometry(self.stroke, ahead)
        if geometry is None:
            return None, ""
        mark = (tuple(ahead), tuple(self.context.selection))
        if self._made is None or self._made[0] != mark:
            try:
                features = self.targets.under(geometry)
                self.targets.warn(features if self.targets.selected() else [])
                found = self.make(geometry, features)
                self._made = mark, found, ""
            except GeohazardError as error:
                self._made = mark, None, str(error)
        return self._made[1], self._made[2]

    def shape(self) -> BaseGeometry | None:
        edit, _refused = self.tried()
        return None if edit is None else _main(edit)

    def preview(self) -> Preview:
        found = super().preview()
        edit, _refused = self.tried() if self.places else (None, "")
        if edit is None:
            return replace(found, kind="shape", judgement=None, faults=())
        shapes = tuple(one.after.geometry for one in edit.deltas if one.after is not None and one.after.geometry)
        return replace(
            found,
            kind="shape",
            outlines=shapes,
            label=self.label(edit) or found.label,
            judgement=self.judged(edit),
            faults=(),
        )

    @property
    def corners_set(self) -> int | None:
        return None  # the figures are those of the changed feature

    def judged(self, edit: Edit) -> Judgement | None:
        """The changed feature as it would be, for the live figures."""
        shape = _main(edit)
        first = edit.deltas[0]
        return (
            None
            if shape is None
            else judge_geometry(self.context.workspace.definition(first.layer).geometry, shape, self.context.epsg)
        )

    def label(self, _edit: Edit) -> str:
        """Figures beside the pointer."""
        return ""

    def hint(self) -> str:
        chosen = self.targets.selected()
        if not self.places:
            return self.begin(called_all(self.context.workspace.definitions, chosen) if chosen else self._layer_words())
        _edit, refused = self.tried()
        return refused or _("双击或回车完成；退格退一点，Esc 取消，右键有更多。")

    def begin(self, names: str) -> str:
        """What the first click does; `names` are the features that will be changed."""
        raise NotImplementedError

    def _layer_words(self) -> str:
        title = self.context.workspace.definition(self.context.layer).title
        return _("线经过的{title}").format(title=title)


def _main(edit: Edit) -> BaseGeometry | None:
    after = edit.deltas[0].after if edit.deltas else None
    return None if after is None else after.geometry


class ReshapeTool(StrokeTool):
    """Replace a stretch of a border or line by the drawn one: of all that are selected, and with 共用边 of all whose
    border it crosses, neighbours along."""

    name = _("重塑")

    def make(self, geometry: BaseGeometry, features: Sequence[Feature]) -> Edit:
        definitions = self.context.workspace.definitions
        if not features:
            raise _nothing_met(self)
        if self.context.sharing or len(self.targets.selected()) > 1:
            beside = self.targets.neighbours(features)
            return reshape_all(definitions, features, geometry, neighbours=beside, sharing=self.context.sharing)
        refused: EditRefused | None = None
        for one in features:
            try:
                return reshape(definitions, one, geometry, neighbours=self.targets.neighbours([one]))
            except EditRefused as error:
                refused = refused or error
        raise refused or _nothing_met(self)

    def begin(self, names: str) -> str:
        return _("从边线上（或边线外）画起，画出{names}新的一段，再回到边线上。").format(names=followed(names))


class SplitTool(StrokeTool):
    """Cut what is selected, or what the line crosses in the current layer, along the drawn line."""

    name = _("分割")

    def make(self, geometry: BaseGeometry, features: Sequence[Feature]) -> Edit:
        ws = self.context.workspace
        if not features:
            raise _nothing_met(self)
        cut = [one for one in features if len(split_pieces(ws.definitions, one, geometry)) > 1]
        return split(
            ws.definitions,
            features,
            geometry,
            fresh=fresh_numbers(ws),
            neighbours=self.targets.neighbours(cut),
        )

    def label(self, edit: Edit) -> str:
        made = [one.after for one in edit.deltas if one.after is not None and not _only_corners(one)]
        kind = self.context.workspace.definition(edit.deltas[0].layer).geometry
        words = area_words if kind == "polygon" else length_words
        parts = [words(one) for one in sizes(kind, [one.geometry for one in made if one.geometry is not None])]
        return _("分成 {count} 个：{sizes}").format(count=len(parts), sizes="、".join(parts[:4]))

    def judged(self, _edit: Edit) -> Judgement | None:
        return None

    def stored(self, edit: Edit) -> None:
        words = left_behind(self.context.workspace, edit)
        if words:
            self.context.on_message(words)

    def begin(self, names: str) -> str:
        return _("从{names}外面画起，穿过去，到另一侧外面结束。").format(names=followed(names))


class HoleTool(StrokeTool):
    """Cut a drawn area out of the selected area, or of the one it lies in."""

    name = _("挖洞")
    stroke: Stroke = "polygon"
    kinds = ("polygon",)

    def make(self, geometry: BaseGeometry, features: Sequence[Feature]) -> Edit:
        if not features:
            raise _nothing_met(self)
        definitions = self.context.workspace.definitions
        inside = [one for one in features if one.geometry is not None and one.geometry.intersects(geometry)]
        return cut_hole(definitions, (inside or list(features))[0], geometry)

    def begin(self, names: str) -> str:
        return _("在{names}里面逐点画出要挖掉的范围。").format(names=followed(names))


class AddPartTool(StrokeTool):
    """A further part for the one selected feature."""

    name = _("添加部件")

    def __init__(self, context: ToolContext) -> None:
        super().__init__(context)
        self._fit_stroke()

    def _fit_stroke(self) -> None:
        chosen = self.targets.selected()
        if chosen and not self.places:
            lines = self.context.workspace.definition(chosen[0].layer).geometry == "line"
            self.kind = self.stroke = "line" if lines else "polygon"

    def make(self, geometry: BaseGeometry, _features: Sequence[Feature]) -> Edit:
        chosen = self.targets.selected()
        if len(chosen) != 1:
            raise EditRefused(_("添加部件要先选中一个面或一条线。"), _("请按 V 选中它，再来添加。"))
        return add_part(self.context.workspace.definitions, chosen[0], geometry)

    def preview(self) -> Preview:
        self._fit_stroke()
        return super().preview()

    def begin(self, _names: str) -> str:
        chosen = self.targets.selected()
        if len(chosen) != 1:
            return _("先按 V 选中一个面或一条线，再给它添加部件。")
        return _("在{name}外面逐点画出它的另一个部分。").format(
            name=followed(called(self.context.workspace.definitions, chosen[0]))
        )


def _only_corners(delta: Delta) -> bool:
    """A neighbour that only got a corner on its straight side."""
    if delta.before is None or delta.after is None or delta.before.geometry is None or delta.after.geometry is None:
        return False
    return bool(abs(delta.before.geometry.area - delta.after.geometry.area) < 1.0) and delta.before.geometry.area > 0


def _nothing_met(tool: StrokeTool) -> EditRefused:
    title = tool.context.workspace.definition(tool.context.layer).title
    return EditRefused(
        _("没有选中要素，这一笔也没有碰到{title}。").format(title=title),
        _("请先按 V 选中要改的，或在左边选中它所在的图层。"),
    )
