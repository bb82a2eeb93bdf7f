"""The same user opens the file in a second window: it is said there, and each takes back what it did itself."""

from pathlib import Path

from hands import Hands, until
from office import at
from shapely import Point

from geohazard_desktop.desktop.start import make_window
from geohazard_desktop.workspace.edits import create_feature


def test_a_second_window_says_so_and_takes_back_only_its_own_steps(hands: Hands, work: Path):
    mine = hands.window
    other = make_window()
    try:
        other.show()
        theirs = Hands(other)
        add(mine, "SL-H-0001")
        theirs.open(work)
        other.furnish()
        assert [one for one in theirs.bars() if "另一个窗口里也开着" in one]
        assert not [one for one in hands.bars() if "另一个窗口" in one]
        other.center.run("edit.undo")
        add(other, "SL-H-0002")
        mine.session.poll()
        mine.center.run("edit.undo")
        assert [one.text("id") for one in mine.session.workspace.table("household")] == ["SL-H-0002"]
        mine.session.close()
        until(lambda: not [one for one in theirs.bars() if "另一个窗口" in one], "the only one by now")
    finally:
        other.close()


def add(window, number: str) -> None:
    edit = create_feature(window.session.workspace.definitions, "household", Point(at(900, 900)), {"id": number})
    assert window.session.apply(edit)
