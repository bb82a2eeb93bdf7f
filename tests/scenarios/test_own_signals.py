"""The office changes its signal: zones that have another one of their own are told of, shown, and changed at once."""

from pathlib import Path

import pytest
from hands import Hands
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from shapely.affinity import translate

from geohazard_desktop.desktop.settings_dialog import SettingsDialog
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.workspace import Workspace


@pytest.mark.parametrize("offer", ["看填在哪里", "都改成新的"])
def test_a_new_signal_says_which_zones_keep_their_own(sit_down, work: Path, offer: str):
    with Workspace.open(work) as ws:
        (zone,) = ws.table("danger_zone")
        ws.apply(change_values(ws.definitions, [zone], {"warning_signal": ""}))
        of_zone = create_feature(
            ws.definitions, "hazard_point", zone.geometry.representative_point(), {"name": "区里的"}
        )
        away = translate(zone.geometry.centroid, 3000, 0)
        alone = create_feature(ws.definitions, "hazard_point", away, {"name": "区外的"})
        for edit in (of_zone, alone):
            ws.apply(edit)
        points = sorted(ws.table("hazard_point"), key=lambda one: one.text("name") != "区里的")
        own = {"warning_signal": "铜锣急敲"}
        ws.apply(change_values(ws.definitions, points, own))
        ws.apply(change_values(ws.definitions, [zone], {"hazard_point": points[0].uid}))
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
    assert any("1 个危险区和1 个区外的隐患点的卡" in one for one in hands.bars())
    hands.press(offer, hands.window)

    def said() -> list[str]:
        return [session.workspace.feature("hazard_point", one.uid).text("warning_signal") for one in points]

    if offer == "看填在哪里":
        assert session.selection == [("hazard_point", one.uid) for one in points]
        return
    assert said() == ["手摇报警器", "手摇报警器"]
    session.undo()
    assert said() == ["铜锣急敲", "铜锣急敲"]
    assert session.workspace.setting("signal.text") == "手摇报警器"
