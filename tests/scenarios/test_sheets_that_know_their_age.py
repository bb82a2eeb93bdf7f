"""A public sheet is printed for the zone selected on the map, marked with where it hangs, and called up again."""

from datetime import date
from pathlib import Path

import pytest
from fresh import fresh_workspace
from hands import LEFT, Hands, until
from put_in import E, N, add, way_out
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from shapely import box

from geohazard_desktop.desktop.papers.issue_steps import ReceiveDialog
from geohazard_desktop.desktop.zones.papers_panel import ZonePapersPanel
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, read_register
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.edits.labels import SHEETS
from geohazard_desktop.workspace.edits.sheet_here import here_of

pytestmark = pytest.mark.window
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def work(tmp_path: Path, district) -> Path:
    path = tmp_path / "两个区.gpkg"
    with fresh_workspace(path, district, styles_for_qgis=True) as ws:
        way_out(ws)
        add(
            ws,
            "danger_zone",
            box(E + 900, N + 900, E + 1100, N + 1100),
            id="SL-W-0002",
            name="西沟",
            hazard_type="崩塌",
        )
    return path


def sheets(hands: Hands) -> list[IssuedPaper]:
    hands.window.session.poll()
    return read_register(hands.window.session.workspace).papers


def shown(hands: Hands) -> bool:
    window = hands.window
    return window.pages.currentWidget() is window.preview and not window.publisher.busy


def test_the_selected_zone_its_sheet_its_place_and_its_next_version(hands: Hands):
    window = hands.window
    zone = next(one for one in window.session.workspace.table("danger_zone") if one.text("name") == "东坡")
    window.handlers.go_to_feature("danger_zone", zone.uid)
    window.center.run("publish.map_zone")
    panel = window.publish
    table = panel.subject_table.table
    until(lambda: panel.subject_table.model.rows, "the list")
    assert panel.subject_table.looker.busy
    assert not table.isColumnHidden(2), "a column that comes later makes the list jump"
    until(lambda: not panel.subject_table.looker.busy, "looked into")
    assert panel.subject_table.chosen() == [zone.uid], "what is selected on the map is ticked alone"
    assert panel.subject_table.model.states
    panel.options.set_values({"profile": "public"})
    assert not panel.subject_table.model.states, "how internal sheets stand is not said of public ones"
    hands.press("出 1 份", panel)
    until(lambda: shown(hands), "the sheet's preview")
    (first,) = sheets(hands)
    where_it_hangs_is_shown_with_the_mouse(hands)
    assert [one.code for one in sheets(hands)] == [first.code], "nothing is issued under the hand"
    hands.press("标好了", window.preview)
    until(lambda: not window.publisher.busy and not window.preview.hands.waiting_to_issue, "issued when it is done")
    second = sheets(hands)[-1]
    assert (second.version, second.printed) == (2, True)
    the_first_code_says_by_what_it_was_replaced(hands, first, second)
    the_register_prints_again_what_has_changed(hands, zone.uid)
    the_zone_s_form_leads_to_its_papers(hands, zone.uid)


def where_it_hangs_is_shown_with_the_mouse(hands: Hands) -> None:
    preview = hands.window.preview
    assert preview.print_button.isEnabled()
    hands.press("您在这里", preview)
    here = preview.hands.here
    assert here is not None
    QApplication.processEvents()
    before = here.sheet
    zone = hands.window.session.workspace.feature(*before.subject)
    inside = zone.geometry.representative_point()
    assert here.page.cursor().shape() == Qt.CursorShape.CrossCursor
    QTest.mouseClick(here.page, LEFT, NO_KEY, here.page.on_page((inside.x, inside.y)).toPoint())
    until(lambda: here.sheet is not before and not hands.window.publisher.busy, "the page with the sign")
    assert here.sheet.here is not None
    assert not preview.print_button.isEnabled(), "what is not issued can't be printed"
    (row,) = hands.window.session.workspace.table(SHEETS)
    assert here_of(row) == pytest.approx(here.sheet.here)
    assert here.warned.text() == "\n".join(here.sheet.here_words)
    assert "里面，看图的人要站进危险区" in here.warned.text(), "it was put into the zone"
    marked = here.sheet
    QTest.keyClick(here.page, Qt.Key.Key_Delete)
    until(lambda: here.sheet is not marked and not hands.window.publisher.busy, "the page without it")
    assert here.sheet.here is None
    gone = here.sheet
    hands.window.center.run("edit.undo")
    until(lambda: here.sheet is not gone and not hands.window.publisher.busy, "undone")
    assert here.sheet.here == pytest.approx(marked.here)


def the_first_code_says_by_what_it_was_replaced(hands: Hands, first: IssuedPaper, second: IssuedPaper) -> None:
    hands.window.center.run("publish.check_code")
    dialog = hands.window.handlers.issues.codes
    until(dialog.input.hasFocus, "the code's field has the keyboard")
    QTest.keyClicks(dialog.input, first.code)
    assert dialog.answer.verdict == "replaced"
    assert second.code in dialog.sentence.text()
    dialog.close()


def the_register_prints_again_what_has_changed(hands: Hands, uid: str) -> None:
    window = hands.window
    ws = window.session.workspace
    assert window.session.apply(
        change_values(ws.definitions, [ws.feature("danger_zone", uid)], {"warning_signal": "哨子连吹"})
    )
    window.center.run("publish.issue_register")
    register = window.handlers.issues.register
    assert register is not None
    assert register.model.rows[0].cells()[3] == "危险区警示图（A3 横，公开张贴）"
    hands.press("看哪些要重印", register)
    until(lambda: register.compare.isEnabled() and register.print.isEnabled(), "compared")
    register.view.selectRow(0)
    assert "改成 哨子连吹" in register.told.text()
    hands.press("只出要重印的 1 张", register)
    until(lambda: not window.publisher.busy and len(sheets(hands)) == 3, "printed")
    assert sheets(hands)[-1].variant == "A3 横，公开张贴", "as it was issued before"
    register.close()


def the_zone_s_form_leads_to_its_papers(hands: Hands, uid: str) -> None:
    window = hands.window
    window.handlers.go_to_feature("danger_zone", uid)
    panel = window.form.findChild(ZonePapersPanel)
    assert panel is not None
    last = sheets(hands)[-1]
    until(lambda: any(last.code in one.text() for one in panel.findChildren(QLabel)), "the sheet's code in the form")
    QTest.mouseClick(panel.all, LEFT)
    register = window.handlers.issues.register
    assert register is not None
    assert register.zone.currentText().endswith(" 东坡"), "with its number"
    assert [one.paper.code for one in register.model.rows if one.paper is not None] == [last.code]
    asked = ReceiveDialog(register, [last], date.today())
    assert asked.name.placeholderText() == "写收下的人；空着只记日期", "a sheet has no holder"
    asked.deleteLater()
    register.close()
