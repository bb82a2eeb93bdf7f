"""What the commands of menu 改形 do: take a tool for the current layer, or change what is selected at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import shapely

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.commands import BY_ID
from geohazard_desktop.desktop.drawing.merge_dialog import MergeDialog
from geohazard_desktop.desktop.drawing.shape_bar import ShapeBar
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.editing.delete import referring
from geohazard_desktop.editing.shape_targets import register_words, registered
from geohazard_desktop.editing.shape_tools import SHAPE_TOOLS
from geohazard_desktop.workspace.edits.labels import LABELS
from geohazard_desktop.workspace.edits.line_ends import reverse
from geohazard_desktop.workspace.edits.merge import (
    ATTACHMENTS,
    differences,
    keeper,
    merge,
    merged_shape,
    most_parts,
    refuse_unfit,
)
from geohazard_desktop.workspace.edits.wording import called, called_all, followed
from geohazard_desktop.workspace.feature import Edit, Feature

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_ROUTES = "evacuation_route"


class ShapeHandlers:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.bar = window.map.options = ShapeBar(window.map.canvas, window.map.desk)

    def table(self) -> dict[str, Callable[[], object]]:
        return {
            **{name: lambda name=name: self._take(name) for name in SHAPE_TOOLS},  # type: ignore[misc]
            "shape.merge": self._merge,
            "shape.reverse": self._reverse,
        }

    def _take(self, name: str) -> None:
        """The tool works on what is selected, else on the layer that is current in the tree."""
        window = self._window
        window.show_map()
        stages = BY_ID[name].stages
        if stages and window.stage not in stages:
            window.show_stage(next(iter(stages)))
        window.map.desk.take(name, self._layer())
        window.refresh()

    def _layer(self) -> str:
        """The current layer where it has areas or lines; else the danger zones, which are what is drawn here."""
        window = self._window
        definitions = window.session.workspace.definitions
        current = definitions.get(window.layers.current_layer())
        return current.table if current is not None and current.geometry in ("polygon", "line") else "danger_zone"

    # -- at once ---------------------------------------------------------------------------------------------------

    def _merge(self) -> None:
        """Merge what is selected, after the officer has seen what it becomes and chosen where values differ."""
        window = self._window
        ws = window.session.workspace
        features = window.session.selected_features()
        with reporter().guard():
            refuse_unfit(ws.definitions, features)
            spoken_of = registered(ws, features)
            kept = keeper(ws.definitions, features, spoken_of)
            shape = merged_shape(ws.definitions, features, kept)
            apart = len(shapely.get_parts(shape)) > most_parts(features)
            gone = [one for one in features if one.uid != kept.uid]
            pointing = referring(ws, gone)
            told = self._told(kept, gone, pointing, apart=apart)
            found = differences(ws.definitions, features, kept)
            dialog = MergeDialog(window, window.session, features, kept, found, several_parts=apart, told=told)
            try:
                if not dialog.exec():
                    return
                values = dialog.values()
            finally:
                dialog.deleteLater()
            # The dialog may have stood open for long: what others changed meanwhile is read anew.
            features = [one for one in (ws.feature(each.layer, each.uid) for each in features) if one is not None]
            spoken_of = registered(ws, features)
            pointing = referring(ws, [one for one in features if one.uid != kept.uid])
            edit = merge(
                ws.definitions,
                features,
                registered=spoken_of,
                values={name: value for name, value in values.items() if value != kept[name]},
                several_parts=apart,
                referring=pointing,
                attached=list(ws.table(ATTACHMENTS)) if ATTACHMENTS in ws.definitions else [],
                labels=list(ws.table(LABELS)) if LABELS in ws.definitions else [],
            )
            self._store(edit, [kept])

    def _told(self, kept: Feature, gone: list[Feature], pointing: list[Feature], *, apart: bool) -> str:
        """What will happen, in sentences, before it does."""
        ws = self._window.session.workspace
        names = "、".join(one.text("id") or one.text("name") or called(ws.definitions, one) for one in gone[:6])
        if len(gone) > 6:
            names = _("{names}等 {count} 个").format(names=names, count=len(gone))
        sentences = [
            _("编号、照片和登记跟着{kept}，{names}不再单独存在；可以撤销。").format(
                kept=called(ws.definitions, kept), names=followed(names)
            )
        ]
        moved = [one for one in pointing if not ws.definition(one.layer).append_only and one.uid != kept.uid]
        if moved:
            listed = called_all(ws.definitions, moved)
            sentences.append(_("{listed}改为指向它。").format(listed=followed(listed)))
        if apart:
            sentences.append(_("它们互不相连，合并后是分开的几个部分。"))
        words = register_words(ws, kept)
        if words:
            sentences.append(words)
        return "\n".join(sentences)

    def _reverse(self) -> None:
        window = self._window
        ws = window.session.workspace
        with reporter().guard():
            lines = [one for one in window.session.selected_features() if ws.definition(one.layer).geometry == "line"]
            if not self._store(reverse(ws.definitions, lines), lines):
                return
            if any(one.layer == _ROUTES and (one.text("start") or one.text("shelter")) for one in lines):
                window.banner.say("warning", _("箭头已经反过来，“起点”和“避险安置点”两栏没有跟着换，请核对。"))

    def _store(self, edit: Edit, chosen: list[Feature]) -> bool:
        window = self._window
        if not window.map.desk.may_change(edit) or not window.session.apply(edit):
            return False
        window.session.select([(one.layer, one.uid) for one in chosen])
        window.banner.say("done", _("已{words}；可以撤销。").format(words=edit.words))
        return True
