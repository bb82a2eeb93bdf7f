"""Where an office writes what its paper prints: one step of the history, and nothing that moves coordinates."""

import json

import pytest
from PySide6.QtWidgets import QWidget

from geohazard_desktop.desktop.settings_dialog import SettingsDialog
from geohazard_desktop.desktop.start import application
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.issuer import CONTACT, PHONE, issuer


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


def test_a_setting_that_the_file_lacks_is_there_to_be_filled(workspace, dialog):
    assert workspace.find("setting", "key", CONTACT) == []
    places = list(dialog.lines)
    assert places.index(CONTACT) == places.index("office.name") + 1, "where today's files have it"
    dialog.lines[CONTACT][1].setText(" 吴示例 ")
    dialog.take.click()
    workspace.apply(dialog.edit)
    assert workspace.undo_words() == "改单位设置：发放单位负责人"
    assert issuer(workspace) == {CONTACT: "吴示例"}
    assert CONTACT not in workspace.settings(), "a personal one stands in a personal column"
    again = SettingsDialog(workspace, dialog.parentWidget(), at=PHONE)
    assert again.lines[CONTACT][1].text() == "吴示例"
    again.show()
    assert again.focusWidget() is again.lines[PHONE][1]
    again.lines[CONTACT][1].clear()
    again.take.click()
    workspace.apply(again.edit)
    assert issuer(workspace) == {}
    assert workspace.count("setting") == len({one.text("key") for one in workspace.table("setting")})


def test_what_can_not_be_stored_stays_where_it_was_typed(dialog):
    dialog.store = lambda _edit: False  # the file is busy
    dialog.lines["duty.phone"][1].setText("0473-0000001")
    dialog.show()
    dialog.take.click()
    assert dialog.isVisible()
    assert dialog.edit is None
    dialog.store = lambda _edit: True
    dialog.take.click()
    assert not dialog.isVisible()
    assert dialog.edit is not None


def test_nothing_written_is_no_step(dialog):
    dialog.take.click()
    assert dialog.edit is None


def test_the_coordinate_system_can_not_be_changed_here(dialog):
    assert not dialog.lines["district.epsg"][1].isEnabled()
    assert dialog.lines["office.name"][1].isEnabled()


@pytest.mark.parametrize("typed", ["示例镇、东街街道、新街街道", " 示例镇，东街街道,新街街道、"])
def test_streets_are_names_and_stay_a_list(workspace, typed):
    application()
    row = {"key": "administrative.units", "name": "街道（镇）", "value": '["示例镇", "东街街道"]'}
    workspace.apply(create_feature(workspace.definitions, "setting", None, row))
    parent = QWidget()
    dialog = SettingsDialog(workspace, parent)
    _feature, value, _source = dialog.lines["administrative.units"]
    assert value.text() == "示例镇、东街街道"
    value.setText(typed)
    dialog.take.click()
    workspace.apply(dialog.edit)
    assert json.loads(workspace.setting("administrative.units")) == ["示例镇", "东街街道", "新街街道"]
    for words, stored in (("、", []), ("东街街道", ["东街街道"])):  # emptied, it still is a list
        dialog = SettingsDialog(workspace, parent)
        dialog.lines["administrative.units"][1].setText(words)
        dialog.take.click()
        workspace.apply(dialog.edit)
        assert json.loads(workspace.setting("administrative.units")) == stored
    parent.deleteLater()
