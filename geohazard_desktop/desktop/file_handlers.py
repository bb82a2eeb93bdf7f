"""Commands about files: new, open, demo, copy, import, empty tables; and what is dropped on the window."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QInputDialog

from geohazard_desktop.analysis.warning_signal import KEY
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.user_folders import documents_folder
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.background import Jobs, Progress
from geohazard_desktop.desktop.base_maps.desk import DROPPED
from geohazard_desktop.desktop.commands import STAGES
from geohazard_desktop.desktop.leaving import may_close, may_open
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.workspace.definition import NEW_REFERENCE
from geohazard_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow
    from geohazard_desktop.desktop.start_page import StartPage
    from geohazard_desktop.exchange.report import ImportReport

Handler = Callable[[], object]


class FileHandlers:
    def __init__(self, window: "MainWindow", jobs: Jobs) -> None:
        self._window, self._jobs = window, jobs

    def table(self) -> dict[str, Handler]:
        return {
            "file.new": self.new,
            "file.open": self.open,
            "file.demo": self.demo,
            "file.import": lambda: self.import_into(self._window.layers.current_layer()),
            "layer.reference": lambda: self.import_into(NEW_REFERENCE),
            "file.template": self.template,
            "file.copy": self.copy_workspace,
            "file.settings": self.settings,
            "file.close": self.close,
            "file.quit": self._window.close,
        }

    # -- files -----------------------------------------------------------------------------------------------------

    def demo_path(self) -> Path:
        return documents_folder() / _("演示工作区.gpkg")

    def new(self, *, stage: str = "") -> None:
        from geohazard_desktop.desktop.new_dialog import NewDialog

        dialog = NewDialog(self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.district is not None:
            self._make(dialog.path, dialog.district, demo=False, stage=stage)

    def demo(self) -> None:
        """The user's own copy: made once, then opened with what was drawn in it."""
        path = self.demo_path()
        if path.exists():
            self.open_path(path)
        else:
            self._make(path, None, demo=True)

    def _make(self, path: Path, district: object, *, demo: bool, stage: str = "") -> None:
        window = self._window

        def work(_progress: Progress) -> Path:
            from geohazard_desktop.cartography.new_workspace import new_workspace
            from geohazard_desktop.domain.district import read_district

            new_workspace(path, district or read_district(None), demo=demo).close()
            return path

        def ready(made: Path) -> None:
            window.progress.end()
            if self.open_path(made) and stage:
                window.show_stage(stage)

        window.progress.begin(_("工作文件 {name}").format(name=path.name))
        window.progress.words.set_text(_("正在建立 {name} ……").format(name=path.name))
        window.progress.stop.hide()
        self._jobs.start(work, ready, failed=window.progress.end)

    def start_page(self) -> "StartPage":
        from geohazard_desktop.desktop.start_page import StartPage

        page = StartPage()
        page.asked.connect(self.start_asked)
        page.recent_chosen.connect(self.open_text)
        page.stage_chosen.connect(self.start_stage)
        page.dropped.connect(self.dropped)
        return page

    def open(self) -> None:
        found = files.ask_open(self._window, _("打开工作文件"), files.workspaces())
        if found is not None:
            self.open_path(found)

    def open_text(self, text: str) -> None:
        self.open_path(Path(text))

    def open_path(self, path: Path) -> bool:
        return may_open(self._window, path) and self._window.session.open(path)

    def copy_workspace(self) -> None:
        window = self._window
        ws = window.session.workspace
        name = files.free_name(documents_folder(), _("{name} 副本").format(name=ws.path.stem), ".gpkg").name
        found = files.ask_save(window, _("另存副本"), name, files.workspaces(), ".gpkg")
        if found is None or found == ws.path:
            return
        with reporter().guard():
            window.session.copy_to(found)
            self.open_path(found)

    def fill_setting(self, key: str) -> None:
        """The office's settings, begun at one of them."""
        self._window.center.run("file.settings", lambda: self.settings(at=key))

    def settings(self, *, at: str = "") -> None:
        from geohazard_desktop.desktop.settings_dialog import SettingsDialog
        from geohazard_desktop.desktop.templates.office_look import OfficeLook
        from geohazard_desktop.desktop.zones.own_signals import tell_own_signals

        window = self._window
        look = OfficeLook(window.session, window.handlers.templates.drafts)
        dialog = SettingsDialog(window.session.workspace, window, look, at)
        dialog.mongolian_asked.connect(lambda: window.center.run("publish.bilingual"))
        dialog.store = window.session.apply
        before = window.session.workspace.setting(KEY)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.edit is not None:
            tell_own_signals(window, before)

    def close(self) -> None:
        if may_close(self._window, self.close):
            self._window.session.close()
            self._window.show_start()

    def dropped(self, paths: list[Path]) -> None:
        """A workspace opens; photos go to the selected feature; a picture that says its place or a folder of tiles
        is a base map; other data goes into the open workspace. One file at a time but for photos; that is said."""
        from geohazard_desktop.desktop.photos import hands as photo_hands

        window = self._window
        if window.session.ws is not None and photo_hands.are_photos(paths):
            photo_hands.dropped(window, paths)
            return
        if len(paths) > 1:
            words = _("一次拖进来 {count} 个文件，先处理 {name}；其余的请再拖一次。")
            reporter().say("info", words.format(count=len(paths), name=paths[0].name))
        for path in paths[:1]:
            if path.suffix.lower() == ".gpkg" and _is_workspace(path):
                self.open_path(path)
            elif window.session.ws is None:
                reporter().say("info", _("先打开或新建一个工作文件，再把 {name} 拖进来。").format(name=path.name))
            elif path.is_dir() or path.suffix.lower() in DROPPED:
                window.base_maps.add(path)
            else:
                self._import(path, window.layers.current_layer())

    def start_asked(self, what: str) -> None:
        window = self._window
        steps: dict[str, Handler] = {
            "new": self.new,
            "open": self.open,
            "demo": self.demo,
            "demo_again": lambda: self._make(
                files.free_name(documents_folder(), self.demo_path().stem, ".gpkg"), None, demo=True
            ),
            "choose": self._choose,
            "dark": lambda: self._window.center.run("view.dark"),
            "larger": lambda: self._window.handlers.view.resize(1, around=True),
            "keys": lambda: self._window.center.run("help.keys"),
            "forget": window.liked.forget,
        }
        steps[what]()
        if window.session.ws is None and window.start is not None:
            window.start.refresh(window.liked.recent, self.demo_path())

    def _choose(self) -> None:
        found = files.ask_open(self._window, _("选文件"), files.sources())
        if found is not None:
            self.dropped([found])

    def start_stage(self, key: str) -> None:
        """A step of the start page: which workspace it is done in is asked, nothing is opened or made unasked."""
        from geohazard_desktop.desktop.stage_choice import StageChoice

        recent = next((Path(one.path) for one in self._window.liked.recent if Path(one.path).exists()), None)
        asked = StageChoice(self._window, next(one.text for one in STAGES if one.key == key), recent)
        asked.exec()
        asked.deleteLater()
        if asked.chosen == "demo" and not self.demo_path().exists():
            self._make(self.demo_path(), None, demo=True, stage=key)
        elif asked.chosen == "new":
            self.new(stage=key)
        elif asked.chosen:
            found = {"recent": recent, "demo": self.demo_path()}.get(asked.chosen) or files.ask_open(
                self._window, _("打开工作文件"), files.workspaces()
            )
            if found is not None and self.open_path(found):
                self._window.show_stage(key)

    # -- import ----------------------------------------------------------------------------------------------------

    def import_into(self, layer: str) -> None:
        found = files.ask_open(self._window, _("选要导入的文件"), files.sources())
        if found is not None:
            self._import(found, layer)

    def _import(self, path: Path, layer: str) -> None:
        from geohazard_desktop.desktop.imports.dialog import ImportDialog

        session = self._window.session
        if session.read_only_reason():
            reporter().say("info", _("这个工作文件是只读的，不能导入。"), session.read_only_reason())
            return
        definitions = session.workspace.definitions
        if layer != NEW_REFERENCE and (layer not in definitions or definitions[layer].why_fixed):
            layer = "danger_zone"
        dialog = ImportDialog(self._window, session, path, layer)
        dialog.imported.connect(self._imported)
        dialog.exec()
        dialog.deleteLater()  # with all that was read of the file
        self._window.activateWindow()
        self._window.map.canvas.setFocus()

    def _imported(self, stored: "Sequence[tuple[ImportReport, str]]") -> None:
        """Tell of a report for each layer, and show the layers."""
        window = self._window
        counts: dict[str, int] = {}
        for report, layer in stored:
            counts[layer] = counts.get(layer, 0) + report.imported
        new = [layer for layer, count in counts.items() if window.session.workspace.count(layer) <= count]
        window.session.poll()
        window.session.stored.emit(datetime.now())
        window.layer_desk.settle_layers()
        for layer in counts:
            window.layers.show_layer(layer)
        first = next(iter(counts))
        window.layers.set_current(first)
        definitions = window.session.workspace.definitions
        told = "、".join(
            _("{count} 个到“{title}”").format(count=count, title=definitions[layer].title)
            for layer, count in counts.items()
        )
        words = _("已导入 {told}").format(told=told)
        repaired, skipped = (sum(getattr(one, kind) for one, _layer in stored) for kind in ("repaired", "skipped"))
        if repaired:
            words += _("，其中修复 {count} 个").format(count=repaired)
        if skipped:
            words += _("，跳过 {count} 个").format(count=skipped)
        words += _("。")
        window.banner.say(
            "done",
            words,
            "",
            "",
            [
                (_("撤销"), lambda: window.center.run("edit.undo")),
                (_("看一看"), lambda: window.map.look_at_layers(list(counts))),
            ],
        )
        if new:  # the first of its kind is shown; more of what is there already leaves the map where it is
            window.map.look_at_layers(new)

    def template(self) -> None:
        from geohazard_desktop.exchange.lists import LISTS, write_template

        window = self._window
        definitions = window.session.ws.definitions if window.session.ws is not None else None
        if definitions is None:
            from geohazard_desktop.workspace.definition import read_definitions

            definitions = read_definitions()
        titles = {definitions[one].title: one for one in LISTS}
        dialog = QInputDialog(window)
        dialog.setWindowTitle(_("写出空白登记表"))
        dialog.setLabelText(_("哪一种登记表？"))
        dialog.setComboBoxItems(list(titles))
        dialog.setOkButtonText(_("选存到哪里……"))
        dialog.setCancelButtonText(_("取消"))
        if not dialog.exec():
            return
        title = dialog.textValue()
        found = files.ask_save(
            window, _("空白登记表存到哪里"), f"{title}登记表.xlsx", _("Excel 工作簿 (*.xlsx)"), ".xlsx"
        )
        if found is None:
            return
        with reporter().guard():
            write_template(titles[title], found, definitions)
            window.banner.say("done", _("已写出 {name}，填好后用“导入”读进来。").format(name=found.name), "", "",
                              [(_("打开"), lambda: files.show_in_system(found))])  # fmt: skip


def _is_workspace(path: Path) -> bool:
    try:
        Workspace.open(path, read_only=True).close()
    except GeohazardError:
        return False
    return True
