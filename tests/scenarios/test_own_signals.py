"""The office changes its signal: zones that have another one of their own are told of, shown, and changed at once."""

from pathlib import Path

import pytest
from hands import Hands
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from geohazard_desktop.desktop.settings_dialog import SettingsDialog
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.workspace import Workspace


@pytest.mark.parametrize("offer", ["看这些危险区", "都改成新的"])
def test_a_new_signal_says_which_zones_keep_their_own(sit_down, work: Path, offer: str):
    with Workspace.open(work) as ws:
        (zone,) = ws.table("danger_zone")
        ws.apply(change_values(ws.definitions, [zone], {"warning_signal": "铜锣急敲"}))
        if not ws.find("setting", "key", "signal.text"):
            row = {"key": "signal.text", "name": "预警信号", "value": "铜锣急敲"}
            ws.apply(create_feature(ws.definitions, "setting", None, row))
    hands: Hands = sit_down(work)
    session = hands.window.session

    def type_it() -> None:
        (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, SettingsDialog))
        dialog.lines["signal.text"][1].setText("手摇报警器")
        dialog.take.click()

    QTimer.singleShot(200, type_it)
    hands.window.files.settings()
    assert any("有 1 个危险区自己填着别的信号" in one for one in hands.bars())
    hands.press(offer, hands.window)
    if offer == "看这些危险区":
        assert session.selection == [("danger_zone", zone.uid)]
        return
    assert session.workspace.feature("danger_zone", zone.uid).text("warning_signal") == "手摇报警器"
    session.undo()
    assert session.workspace.feature("danger_zone", zone.uid).text("warning_signal") == "铜锣急敲"
    assert session.workspace.setting("signal.text") == "手摇报警器"
