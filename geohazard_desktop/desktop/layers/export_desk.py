"""Exporting a layer: asked, written in a process of its own, put in its place, told, and entered in 导出登记."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from PySide6.QtCore import QObject, Signal

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Job, Progress
from geohazard_desktop.desktop.export_entry import enter_export_of
from geohazard_desktop.desktop.files import ask_save, show_in_system
from geohazard_desktop.desktop.job_strip import JobStrip
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.words import grouped

if TYPE_CHECKING:
    from geohazard_desktop.desktop.layers.export_dialog import LayerExportDialog
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.exchange.layer_order import FormatKey, LayerOrder, LayerReport
    from geohazard_desktop.workspace.rows import Bounds

_WORK = "geohazard_desktop.exchange.layer_export:write_layer"
_COUNTED = 5000  # features whose shapes are looked at to say how many are in sight


class LayerExportDesk(QObject):
    """`exported`: the file is whole, and said; `ended` comes last, whatever happened."""

    exported = Signal()
    ended = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._job: Job | None = None
        self._form: FormatKey = "gpkg"  # the one used last
        self.strip = JobStrip()
        self.strip.stop_asked.connect(self.stop)
        middle = window.centralWidget().layout()
        assert middle is not None
        middle.addWidget(self.strip)

    def table(self) -> dict[str, Callable[[], object]]:
        current = self._window.layers.current_layer
        return {"layer.export": lambda: self.ask(current()), "file.export": lambda: self.ask(current())}

    @property
    def busy(self) -> bool:
        return self._job is not None

    # -- asking ----------------------------------------------------------------------------------------------------

    def ask(self, layer: str) -> None:
        """The dialog, the place, then the work."""
        window = self._window
        ws = window.session.ws
        if ws is None or layer not in ws.definitions:
            return
        if self.busy:
            window.banner.say("info", _("上一个导出还没有完。等它写完，或先停下它。"))
            return
        definition = ws.definitions[layer]
        if not ws.count(layer):
            window.banner.say("info", _("“{title}”里还没有要素可以导出。").format(title=definition.title))
            return
        dialog = self._dialog(layer)
        agreed = bool(dialog.exec())
        dialog.deleteLater()
        if not agreed:
            return
        from geohazard_desktop.publishing.files import file_name

        form = dialog.form
        self._form = form.key
        use = _("公开") if dialog.profile == "public" else _("内部")
        name = file_name(definition.title, use, f"{date.today():%Y%m%d}") + form.suffix
        kinds = f"{form.title} (*{form.suffix})"
        path = ask_save(window, _("导出“{title}”").format(title=definition.title), name, kinds, form.suffix)
        if path is not None:
            with reporter().guard():
                self.begin(self.order(layer, dialog), path, dialog.recipient)

    def _dialog(self, layer: str) -> "LayerExportDialog":
        from geohazard_desktop.desktop.layers.export_dialog import ALL, CHOSEN, SEEN, LayerExportDialog
        from geohazard_desktop.exchange.crs_choices import crs_choices
        from geohazard_desktop.exchange.layer_export import handover_sentence
        from geohazard_desktop.exchange.layer_rows import homes

        window = self._window
        ws = window.session.workspace
        definition = ws.definitions[layer]
        counts = {ALL: ws.count(layer), CHOSEN: len(self._chosen(layer))}
        if definition.geometry != "none":
            counts[SEEN] = self._seen(layer)
        return LayerExportDialog(
            definition,
            counts,
            crs_choices(ws.crs) if definition.geometry != "none" else [],
            {profile: handover_sentence(profile) for profile in ("public", "internal")},
            home=homes(layer),
            form=self._form,
            parent=window,
        )

    def _chosen(self, layer: str) -> tuple[str, ...]:
        return tuple(uid for of, uid in self._window.session.selection if of == layer)

    def _bounds(self) -> "Bounds":
        west, south, east, north = self._window.map.canvas.viewport.bounds
        return west, south, east, north

    def _seen(self, layer: str) -> int:
        """How many meet what is in sight; of very many, how many boxes do."""
        ws = self._window.session.workspace
        ids = ws.row_ids(layer, self._bounds())
        if len(ids) > _COUNTED:
            return len(ids)
        _ids, found = ws.rows(layer, ids, ())
        return int(np.count_nonzero(shapely.intersects(found.geometries, shapely.box(*self._bounds()))))

    def order(self, layer: str, dialog: "LayerExportDialog") -> "LayerOrder":
        """What the dialog asks for, of the layer as it stands."""
        from geohazard_desktop.analysis.shape_columns import measures_to_tell
        from geohazard_desktop.analysis.zone_states import states_to_tell
        from geohazard_desktop.desktop.layers.export_dialog import CHOSEN, SEEN
        from geohazard_desktop.exchange.layer_order import LayerOrder

        return LayerOrder(
            layer,
            dialog.form.key,
            dialog.profile,
            uids=self._chosen(layer) if dialog.scope == CHOSEN else None,
            bounds=self._bounds() if dialog.scope == SEEN else None,
            epsg=dialog.epsg,
            titles=dialog.titles,
            coordinates=dialog.coordinates,
            instead=states_to_tell(self._window.session.workspace, layer),
            measures=measures_to_tell(self._window.session.workspace, layer),
        )

    # -- work ------------------------------------------------------------------------------------------------------

    def begin(self, order: "LayerOrder", path: Path, recipient: str = "") -> None:
        """Write the file; the window stays usable. Raises ExportRefused where it must not go."""
        from geohazard_desktop.exchange.layer_export import refuse_place

        window = self._window
        ws = window.session.workspace
        refuse_place(ws, path)
        source = ws.path

        def work(progress: Progress) -> object:
            from geohazard_desktop.common.whole_files import drafts
            from geohazard_desktop.desktop.apart import run_apart
            from geohazard_desktop.exchange.layer_export import finish
            from geohazard_desktop.workspace.edits.export_entry import digest_of

            # The process may be ended at any moment: it writes among drafts only.
            with drafts(path) as folder:
                report, names = run_apart(_WORK, source, order, str(folder / path.name), progress=progress)
                report.files = finish(folder, names, path)
            return report, digest_of(report.files[-1:])

        title = ws.definitions[order.layer].title
        self.strip.begin(_("正在导出“{title}”").format(title=title))
        self._job = window.handlers.jobs.start(
            work,
            lambda found: self._done(source, order, recipient, *found),
            told=self.strip.show_progress,
            stopped=lambda: window.banner.say("info", _("导出停下了，没有留下文件。")),
            ended=self._ended,
        )

    def stop(self) -> None:
        if self._job is not None:
            self._job.requestInterruption()

    def _ended(self) -> None:
        self._job = None
        self.strip.end()
        self.ended.emit()

    def _done(self, source: Path, order: "LayerOrder", recipient: str, report: "LayerReport", digest: str) -> None:
        from geohazard_desktop.exchange.layer_entry import layer_entry
        from geohazard_desktop.exchange.layer_order import personal_words

        window = self._window
        entered = enter_export_of(window.session, source, lambda ws: layer_entry(ws, order, report, recipient, digest))
        path = report.files[-1]
        told = _("已导出 {count} 个要素到 {name}。").format(count=grouped(report.features), name=path.name)
        more = [*report.notes, *personal_words(report.left_out, report.personal)]
        if entered:
            more.append(entered)
        offers = [(_("打开文件夹"), lambda: show_in_system(path.parent))]
        window.banner.say("done", told, "".join(more), "", offers)
        self.exported.emit()
