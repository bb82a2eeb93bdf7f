"""What a form asks of the map: point at what a field names, look at it, draw a new one for it."""

from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.endings.section import ending_section
from geohazard_desktop.desktop.endings.shelter_section import shelter_section
from geohazard_desktop.desktop.forms.form_sections import ABOVE, BELOW
from geohazard_desktop.desktop.forms.member_table import member_table
from geohazard_desktop.desktop.forms.place_section import place_section
from geohazard_desktop.desktop.forms.way_doubt_section import WayDoubtSection
from geohazard_desktop.desktop.photos.section import photo_section
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.desktop.session import Key
from geohazard_desktop.editing.pick import PickTool

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


BELOW[""] = [photo_section]
BELOW["household"] = [member_table]
ABOVE[""] = [place_section]
ABOVE["household"] = [ending_section]
ABOVE["shelter"] = [WayDoubtSection, ending_section, shelter_section]
ABOVE["evacuation_route"] = [WayDoubtSection]


class FormDesk:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._awaited: tuple[Key, str, str] | None = None  # whose form, which field, the layer that is drawn for it
        window.form.reference_asked.connect(self._asked)
        window.form.chosen.connect(self._choose)

    def may_leave(self, *, closing: bool) -> bool:
        """True when nothing that was typed would be lost, or the officer says that it may. What is faulty can't be
        saved, so there are two ways only. `closing`: the workspace is closed, else another one is opened."""
        window = self._window
        if window.session.ws is None:
            return True
        waiting = window.form.waiting()
        if not waiting:
            return True
        end = _("关闭以后就没有了。") if closing else _("打开别的工作文件，这些就没有了。")
        told = _("这些内容填得不对或还没有改上去，没有存：{what}。").format(what="；".join(waiting)) + end
        yes = _("不要了，关闭") if closing else _("不要了，打开别的")
        dialog = Question(window, _("还有没存上的内容"), told, yes, _("回去改"))
        answer = bool(dialog.exec())
        dialog.deleteLater()
        return answer

    def _asked(self, key: Key, field: str, what: str) -> None:
        window = self._window
        definition = window.session.workspace.definitions[key[0]].by_name[field]
        if what == "zoom":
            feature = window.session.workspace.feature(*key)
            if feature is not None and feature.text(field):
                window.show_map()
                window.layers.show_layer(definition.target)
                window.map.look_at_keys([(definition.target, feature.text(field))])
        elif what == "pick":
            self._pick(key, field, definition.target)
        else:
            self._draw(key, field, definition.target)

    def _choose(self, keys: list[Key]) -> None:
        """What a form speaks of is selected and in sight."""
        window = self._window
        window.show_map()
        for layer in dict.fromkeys(layer for layer, _uid in keys):
            window.layers.show_layer(layer)
        window.session.select(keys)
        window.map.look_at_keys(keys)

    def _pick(self, key: Key, field: str, target: str) -> None:
        window = self._window
        window.show_map()
        window.layers.show_layer(target)

        def picked(uid: str) -> None:
            window.map.desk.take("tool.select")
            window.form.set_reference(key, field, uid)
            window.refresh()

        window.map.desk.hold("form.pick", lambda context: PickTool(context, target, picked))
        window.refresh()

    def _draw(self, key: Key, field: str, target: str) -> None:
        window = self._window
        command = f"draw.{target}"
        self._awaited = (key, field, target)
        if command in window.handlers.drawing:
            window.center.run(command)
        else:
            window.layers.set_current(target)
            window.center.run("layer.draw")
        if window.map.desk.layer != target:
            self._awaited = None
            return
        title = window.session.workspace.definitions[target].title
        window.banner.say("info", _("请在图上画这个{title}，画好后自动填到刚才的属性里。").format(title=title))

    def drawn(self, key: Key) -> Key | None:
        """A feature was drawn: where a form waits for it, it is put in there, and that form's key is answered."""
        awaited, self._awaited = self._awaited, None
        if awaited is None or awaited[2] != key[0] or self._window.session.workspace.feature(*awaited[0]) is None:
            return None
        self._window.form.set_reference(awaited[0], awaited[1], key[1])
        return awaited[0]
