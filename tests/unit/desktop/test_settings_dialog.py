"""Where an office writes what its paper prints: one step of the history, and nothing that moves coordinates."""

import pytest
from PySide6.QtWidgets import QWidget

from geohazard_desktop.desktop.settings_dialog import SettingsDialog
from geohazard_desktop.desktop.start import application


@pytest.fixture
def dialog(workspace):
    application()
    parent = QWidget()
    made = SettingsDialog(workspace, parent)
    yield made
    parent.deleteLater()


def test_what_is_written_is_one_step_that_can_be_taken_back(workspace, dialog):
    _feature, value, source = dialog.lines["duty.phone"]
    value.setText(" 0473-0000001 ")
    source.setText("区应急管理局通知")
    dialog.take.click()
    assert dialog.edit is not None
    workspace.apply(dialog.edit)
    assert workspace.setting("duty.phone") == "0473-0000001"
    assert "单位设置" in (workspace.undo_words() or "")
    workspace.undo()
    assert workspace.setting("duty.phone") == "0000-0000000"


def test_nothing_written_is_no_step(dialog):
    dialog.take.click()
    assert dialog.edit is None


def test_the_coordinate_system_can_not_be_changed_here(dialog):
    assert not dialog.lines["district.epsg"][1].isEnabled()
    assert dialog.lines["office.name"][1].isEnabled()
