"""What was done, said above the map with a way to take it back."""

from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


def say_done(window: "MainWindow", sentence: str) -> None:
    """The sentence with 撤销, for a step that was just stored."""
    window.banner.say("done", sentence, "", "", [(_("撤销"), lambda: window.center.run("edit.undo"))])
