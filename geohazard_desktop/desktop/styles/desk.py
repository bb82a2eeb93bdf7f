"""Opens the style editor as a panel beside the map, shows its draft there, and stores it when asked.

What was not applied is never in the way and never lost by a slip: another layer's editor puts it aside, and closing
offers it back.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from geohazard_desktop.cartography.layer_style import layer_style
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.edits.style import STYLES, change_style, reset_style, style_now
from geohazard_desktop.workspace.ended_look import with_ended
from geohazard_desktop.workspace.feature import Delta, Value

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.desktop.styles.editor import StyleEditor

_WIDE = 392
_FEW = 500  # features whose shapes are read one by one; else the layer is
_SHARE = 0.4  # of the window's width at most: the map keeps the rest


class StyleDesk:
    """One editor at a time. `editor` is None while none is open."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.editor: StyleEditor | None = None
        self.layer = ""
        self._aside: dict[str, tuple[dict[str, Any], str]] = {}
        self._before: QWidget | None = None  # the panel that the editor stands before
        self._found: dict[str, Any] = {}  # the style as it was when the editor was opened
        window.session.changed.connect(self._followed)
        window.session.closing.connect(self._closing)
        theme().changed.connect(self._themed)

    # -- opening and closing -----------------------------------------------------------------------------------------

    def open(self, layer: str) -> None:
        """Show the editor of a layer; one that is open for another layer is put aside."""
        window = self._window
        definition = window.session.workspace.definitions[layer]
        if definition.geometry == "none" or not definition.style:
            window.banner.say("info", _("{title}没有图形，没有样式可改。").format(title=definition.title))
            return
        if self.editor is not None and self.layer != layer:
            self._put_aside()
        if self.editor is None:
            self._build(layer)
        if window.pages.currentWidget() is not window.map:
            window.show_map()
        window.layers.show_layer(layer)
        window.side.setCurrentWidget(self.editor)

    def _build(self, layer: str) -> None:
        from geohazard_desktop.desktop.styles.draft import StyleDraft
        from geohazard_desktop.desktop.styles.editor import StyleEditor

        window, ws = self._window, self._window.session.workspace
        self.layer = layer  # what shapes measure is asked for while the pages are made
        _style, fault = layer_style(ws, layer)
        definition = ws.definitions[layer]
        mapping = definition.style if fault is not None else style_now(ws, layer)
        draft = StyleDraft(definition, mapping, window.map.scene.attributes(layer), self._measures)
        text = self._own_text(layer)
        draft.text = text
        editor = StyleEditor(draft, ws.definitions, self._scale, window.session.read_only_reason())
        editor.asked.connect(self._asked)
        editor.previewed.connect(self._preview)
        editor.set_own(bool(text))
        self.editor = editor
        self._before, self._found = window.side.currentWidget(), draft.stored
        window.side.addTab(editor, _("样式"))
        self._widen()
        if fault is not None:
            draft.broken_text = text
            editor.text.fill()
            window.side.setCurrentWidget(editor)
            editor.show_text()
        elif layer in self._aside:
            mapping, text = self._aside.pop(layer)
            draft.replace(mapping, None, text)

    def _measures(self, uids: Sequence[str], names: Collection[str]) -> dict[str, list[Value]]:
        from geohazard_desktop.analysis.shape_columns import measure_columns, with_measures

        ws = self._window.session.workspace
        if len(uids) <= _FEW:
            found = ws.features([(self.layer, uid) for uid in uids])
            shapes = {one.uid: one.geometry for one in found}
            return measure_columns([shapes.get(uid) for uid in uids], names, ws.epsg)
        table = with_measures(ws.table(self.layer, fields=()), names, ws.epsg)
        places = {uid: at for at, uid in enumerate(table.uids)}
        return {name: [table.columns[name][places[uid]] if uid in places else None for uid in uids] for name in names}

    def _widen(self) -> None:
        window = self._window
        wide = min(theme().px(_WIDE), round(window.width() * _SHARE))
        window.resizeDocks([window.docks["side"]], [wide], Qt.Orientation.Horizontal)

    def _own_text(self, layer: str) -> str:
        rows = self._window.session.workspace.find(STYLES, "table_name", layer)
        return rows[-1].text("toml") if rows else ""

    def _scale(self) -> float:
        return float(self._window.map.canvas.viewport.denominator)

    def close(self) -> None:
        """Take the editor and its preview away."""
        editor, window = self.editor, self._window
        if editor is None:
            return
        self.editor = None
        editor._wait.stop()
        shown = window.side.currentWidget() is editor
        window.side.removeTab(window.side.indexOf(editor))
        if shown and self._before is not None:
            window.side.setCurrentWidget(self._before)
        editor.deleteLater()
        if window.session.ws is not None:
            self._show(self.layer, None)
        window.size_docks()

    def _put_aside(self) -> None:
        editor = self.editor
        if editor is None:
            return
        draft = editor.draft
        if draft.mapping != draft.stored:
            self._aside[self.layer] = (draft.mapping, draft.text)
            words = _("{title}的样式有改动没应用，先放着，再打开它时接着改。")
            self._window.banner.say("info", words.format(title=draft.definition.title))
        self.close()

    def _closing(self) -> None:
        self._aside.clear()
        if self.editor is not None:
            self._window.map.scene.preview_style(self.layer, None)
            self.close()

    # -- the map -----------------------------------------------------------------------------------------------------

    def _preview(self) -> None:
        if self.editor is None:
            return
        draft = self.editor.draft
        if draft.fault is None:
            self._show(self.layer, draft.mapping if draft.dirty else None)

    def _show(self, layer: str, mapping: dict[str, Any] | None) -> None:
        with reporter().guard():
            self._window.map.scene.preview_style(layer, mapping)
            self._window.map.redraw()

    def _followed(self, deltas: list[Delta]) -> None:
        """An undo, or another window: the editor shows what is stored now, unless something is under the hand."""
        sides = [side for one in deltas if one.layer == STYLES for side in (one.before, one.after) if side is not None]
        editor = self.editor
        if editor is None:
            return
        if any(one.layer == self.layer for one in deltas):
            editor.draft.set_table(self._window.map.scene.attributes(self.layer))
        if not any(side.text("table_name") == self.layer for side in sides):
            return
        self._reload()

    def _reload(self) -> None:
        editor = self.editor
        assert editor is not None
        ws = self._window.session.workspace
        _style, fault = layer_style(ws, self.layer)
        text = self._own_text(self.layer)
        stored = ws.definitions[self.layer].style if fault is not None else style_now(ws, self.layer)
        if editor.draft.dirty and editor.draft.mapping != stored:
            editor.draft.rebase(stored)
            self._window.banner.say("info", _("存着的样式变了；这里没应用的改动还在。"))
        else:
            editor.draft.take_stored(stored, text)
        editor.set_own(bool(text))

    def _themed(self) -> None:
        """Sizes and pictures are made for one theme: build anew, with what is under the hand."""
        if self.editor is None:
            return
        layer, at, found = self.layer, self.editor.tabs.currentIndex(), self._found
        draft = self.editor.draft
        kept = (draft.mapping, draft.text) if draft.mapping != draft.stored else None
        shown = self._window.side.currentWidget() is self.editor
        self.close()
        if kept is not None:
            self._aside[layer] = kept
        self._build(layer)
        self._found = found
        if self.editor is not None:
            self.editor.tabs.setCurrentIndex(at)
            if shown:
                self._window.side.setCurrentWidget(self.editor)

    # -- what the editor asks for ------------------------------------------------------------------------------------

    def _asked(self, what: str) -> None:
        from geohazard_desktop.desktop.styles import files

        editor = self.editor
        if editor is None:
            return
        editor.text.finish()
        with reporter().guard():
            if what == "cancel":
                self._cancel()
            elif what == "apply":
                self._apply()
            elif what == "ok":
                if not editor.draft.dirty or self._apply():
                    self.close()
            elif what == "reset":
                self._reset()
            elif what == "copy":
                files.copy_style(editor.draft)
                self._window.banner.say("done", _("已复制样式，可以粘贴到别的图层。"))
            elif what == "paste":
                files.paste_style(editor.draft)
                self._tell_taken(editor)
            elif what == "export":
                self._export()
            elif what == "import":
                self._import()

    def _cancel(self) -> None:
        editor = self.editor
        assert editor is not None
        draft, layer = editor.draft, self.layer
        left = (draft.mapping, draft.text) if draft.mapping != draft.stored else None
        applied = draft.stored != self._found
        self.close()
        words = _("{title}的样式没有改。")
        if applied:
            words = _("{title}已经应用的样式留着，要收回请撤销。")
            if left is not None:
                words = _("{title}已经应用的样式留着，要收回请撤销；后来没应用的改动没有留下。")
        again = [(_("接着改"), lambda: self._resume(layer, left))] if left is not None else []
        if applied or left is not None:
            self._window.banner.say("info", words.format(title=draft.definition.title), "", "", again)

    def _resume(self, layer: str, left: tuple[dict[str, Any], str]) -> None:
        self._aside[layer] = left
        self.open(layer)

    def _apply(self) -> bool:
        editor, session = self.editor, self._window.session
        assert editor is not None
        draft = editor.draft
        if draft.fault is not None:
            reporter().error(draft.fault)
            return False
        whole = with_ended(draft.mapping, draft.definition)
        if whole is not draft.mapping:  # an expert's text without the rule
            words = _("已经停用、迁出、撤销的要和在用的分得开，“{label}”这条规则加回来了。")
            self._window.banner.say("info", words.format(label=whole["rule"][0].get("label", "")))
            draft.replace(whole)
        edit = change_style(session.workspace, self.layer, draft.mapping, text=draft.text)
        if not edit.deltas:
            draft.take_stored(draft.mapping, draft.text)
            return True
        done = session.apply(edit)
        if done:
            self._show(self.layer, None)
        return done

    def _reset(self) -> None:
        """Back to the definition's look: one step that can be undone."""
        editor, session = self.editor, self._window.session
        assert editor is not None
        edit = reset_style(session.workspace, self.layer)
        if edit.deltas:
            if not session.apply(edit):
                return
            words = _("{title}恢复了默认样式。").format(title=editor.draft.definition.title)
            self._window.banner.say("done", words, "", "", [(_("撤销"), session.undo)])
        editor.draft.take_stored(session.workspace.definitions[self.layer].style)
        editor.set_own(False)
        self._show(self.layer, None)

    def _export(self) -> None:
        from geohazard_desktop.desktop.styles.files import export_style

        editor = self.editor
        assert editor is not None
        name = _("{title}样式.toml").format(title=editor.draft.definition.title)
        folder = self._window.session.workspace.path.parent
        path, _kind = QFileDialog.getSaveFileName(self._window, _("导出样式"), str(folder / name), _("样式 (*.toml)"))
        if path:
            target = Path(path) if path.endswith(".toml") else Path(f"{path}.toml")
            export_style(editor.draft, target)
            self._window.banner.say("done", _("已导出样式：{name}").format(name=target.name))

    def _import(self) -> None:
        from geohazard_desktop.desktop.styles.files import import_style

        editor = self.editor
        assert editor is not None
        folder = self._window.session.workspace.path.parent
        path, _kind = QFileDialog.getOpenFileName(self._window, _("导入样式"), str(folder), _("样式 (*.toml)"))
        if path:
            import_style(editor.draft, Path(path))
            self._tell_taken(editor)

    def _tell_taken(self, editor: "StyleEditor") -> None:
        """What of a style that came from elsewhere does not hold here as it came."""
        from geohazard_desktop.desktop.styles.limits_told import tell_limits
        from geohazard_desktop.desktop.styles.markers import tell_texts_left_out

        tell_limits(editor, self._window.banner)
        tell_texts_left_out(editor.draft.style)

    # -- faults ------------------------------------------------------------------------------------------------------

    def tell_faults(self) -> None:
        """Each layer that is drawn in its default style because its own can't be read, with the way to it."""
        window = self._window
        faults: dict[str, GeohazardError] = dict(window.map.scene.style_faults)
        for layer in window.session.workspace.definitions:
            window.banner.take_down(f"style.{layer}")
        for layer, fault in faults.items():
            window.banner.keep(
                f"style.{layer}",
                "warning",
                fault.sentence,
                fault.remedy,
                [(_("改样式"), lambda layer=layer: self.open(layer))],  # type: ignore[misc]
            )
