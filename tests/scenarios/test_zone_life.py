"""An officer leads a danger zone through its life at the window, from the pen to the lifting."""

from pathlib import Path

import pytest
from hands import LEFT, Hands, on_disk, until
from office import NEW_ZONE, at
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QWidget

from geohazard_desktop.analysis.zone_states import zone_states
from geohazard_desktop.desktop.zones.life_panel import ZoneLifePanel
from geohazard_desktop.publishing.marks import marks_of
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window


def write(target: QWidget, text: str) -> None:
    """Latin by keys, Chinese as an input method hands it over."""
    if text.isascii():
        QTest.keyClicks(target, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


class Officer:
    """Hands at the life of the selected zone."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.form = hands.window.form

    @property
    def life(self) -> ZoneLifePanel:
        (found,) = [one for one in self.form.findChildren(ZoneLifePanel) if one.isVisible()]
        return found

    def press(self, words: str) -> None:
        QApplication.processEvents()
        self.hands.press(words, self.life)
        QApplication.processEvents()

    def type(self, name: str, text: str) -> None:
        field = self.life.form.fields[name]
        target: QWidget = field.input
        if isinstance(target, QComboBox):
            target.lineEdit().selectAll()
            target = target.lineEdit()
        self.form._area.ensureWidgetVisible(field)
        QTest.mouseClick(target if not hasattr(target, "viewport") else target.viewport(), LEFT)
        write(target, text)

    def record(self, step: str, button: str = "", **values: str) -> None:
        self.press(button or f"登记“{step}”")
        for name, text in values.items():
            self.type(name, text)
        count = len(self.life._uids)
        self.press(f"记入“{step}”" if count == 1 else f"记入这 {count} 个")
        until(lambda: self.life.form is None, f"{step} is entered")

    def state(self) -> str:
        return self.life.state.text()


@pytest.fixture
def officer(hands: Hands) -> Officer:
    return Officer(hands)


PAPER = {"date": "2026-07-01", "document_no": "示政发〔2026〕1号"}


def test_from_the_pen_to_the_lifting(officer: Officer, work: Path):
    hands = officer.hands
    hands.draw(Qt.Key.Key_P, NEW_ZONE)
    until(lambda: officer.form.findChildren(ZoneLifePanel))
    (uid,) = [key[1] for key in hands.window.session.selection]
    assert "图和卡上都印“拟划”" in officer.state()
    assert on_disk(work, "zone_event") == []  # drawing enters nothing: no document says anything yet

    officer.press("登记“已划定”")
    officer.press("记入“已划定”")  # nothing filled in: told at the fields, nothing entered
    assert officer.life.form.fields["document_no"].fault.text() == "还没有填。"
    officer.type("date", "2026.7.1")
    officer.type("document_no", PAPER["document_no"])
    words = officer.life.form.told.text()
    assert words == "2026 年 7 月 1 日，示例区人民政府以“示政发〔2026〕1号”划定危险区 SL-W-0002。"
    officer.press("记入“已划定”")
    until(lambda: "现在是已划定" in officer.state())
    assert any("已记入登记" in one for one in hands.bars())

    officer.record("已公告", date="2026-07-02", document_no="示政告〔2026〕2号", text="划定示例区（示意）。")
    assert "还没有警示标志" in officer.life.next.text()
    officer.press("放警示标志")
    hands.click(NEW_ZONE[0])
    hands.key(Qt.Key.Key_Escape)
    hands.window.session.select([("danger_zone", uid)])
    officer.record("已设警示", date="2026-07-03")
    officer.record("撤离", date="2026-07-10", time="08:30", people_moved="128", signal="鸣锣")
    until(lambda: "撤离中" in officer.state())
    assert "撤离 128 人，还没有登记返回" in officer.state()
    officer.record("返回", date="2026-07-12", found_by="示例专家组", finding="险情解除。")
    officer.record("已撤销", date="2026-07-30", document_no="示政发〔2026〕9号", finding="治理合格（示意）。")
    until(lambda: "已经撤销" in officer.state())
    steps = [one.text("step") for one in on_disk(work, "zone_event")]
    assert steps == ["已划定", "已公告", "已设警示", "撤离", "返回", "已撤销"]
    assert zone_states(hands.window.session.workspace)[uid] == "已撤销"

    hands.press("删除", officer.form.footer)  # what the register speaks of stays
    assert any("用“撤销”结束" in one for one in hands.bars())
    assert {one.uid for one in on_disk(work, "danger_zone")} >= {uid}


def test_far_more_people_than_there_are_to_move_are_asked_about_once(officer: Officer, work: Path):
    session = officer.hands.window.session
    (zone,) = session.workspace.table("danger_zone")
    session.apply(change_values(session.workspace.definitions, [zone], {"must_move_people": 7}))
    officer.hands.click(at(1000, 1000))
    officer.record("已划定", **PAPER)
    officer.press("登记“撤离”")
    for name, text in {"date": "2026-07-10", "time": "08:30", "people_moved": "999", "signal": "鸣锣"}.items():
        officer.type(name, text)
    officer.press("记入“撤离”")
    told = "SL-W-0001 示例沟 需转移 7 人，这里填的是 999 人。请核对；人数没有错，再按一次就记入。"
    assert officer.life.form.refusal.text() == told
    assert len(on_disk(work, "zone_event")) == 1
    officer.press("记入“撤离”")
    until(lambda: officer.life.form is None)
    assert on_disk(work, "zone_event")[-1]["people_moved"] == 999


def test_a_mistake_is_corrected_by_a_further_entry(officer: Officer, work: Path):
    officer.hands.click(at(1000, 1000))
    officer.record("已划定", **PAPER)
    officer.press("看全部登记，1 条")
    officer.press("更正")
    assert officer.life.form.fields["document_no"].value() == PAPER["document_no"]
    field = officer.life.form.fields["document_no"].input
    field.selectAll()
    write(field, "示政发〔2026〕7号")
    officer.type("reason", "文号抄错")
    assert "更正为：" in officer.life.form.told.text()
    officer.press("记入更正")
    until(lambda: officer.life.form is None)
    assert "示政发〔2026〕7号" in officer.state()
    with Workspace.open(work, read_only=True) as ws:
        assert marks_of(ws, ws.table("danger_zone")).sentences == []
    assert on_disk(work, "zone_event")[0].text("document_no") == PAPER["document_no"]
    officer.press("更正")
    QTest.keyClick(officer.life.form.gone, Qt.Key.Key_Space)
    assert officer.life.form.gone.isChecked()
    officer.type("reason", "登错了区")
    officer.press("记入更正")
    until(lambda: "现在是拟划" in officer.state())
    assert len(on_disk(work, "zone_event")) == 3
    with Workspace.open(work, read_only=True) as ws:  # what sheet, cards and page print
        assert marks_of(ws, ws.table("danger_zone")).sentences == ["拟划、未经批准：示例沟"]


def test_several_zones_take_one_document(officer: Officer, work: Path):
    hands = officer.hands
    hands.draw(Qt.Key.Key_P, NEW_ZONE)
    hands.key(Qt.Key.Key_Escape)
    hands.window.session.select([("danger_zone", one.uid) for one in on_disk(work, "danger_zone")])
    officer.record("已划定", "划定这 2 个", **PAPER)
    until(lambda: "2 个已划定" in officer.state())
    assert [one.text("document_no") for one in on_disk(work, "zone_event")] == [PAPER["document_no"]] * 2
    hands.window.session.select([])
    until(lambda: hands.window.stages.buttons["zones"].words == "2 个 · 2 个缺警示标志")
    menu = hands.window.layers.menu_for("danger_zone")
    (below,) = menu.findChildren(QMenu)
    assert [one.text() for one in below.actions()] == ["已划定　2 个"]
    below.actions()[0].trigger()
    assert len(hands.window.session.selection) == 2


def test_what_is_being_filled_in_outlives_a_change_elsewhere(officer: Officer):
    session = officer.hands.window.session
    officer.hands.click(at(1000, 1000))
    officer.press("登记“已划定”")
    officer.type("document_no", "示政发〔2026〕1号")
    from geohazard_desktop.workspace.edits import change_values

    zone = session.the_one()
    session.apply(change_values(session.workspace.definitions, [zone], {"reason": "沟内堆渣"}))
    until(lambda: not officer.life._later.isActive())
    assert officer.life.form.fields["document_no"].value() == "示政发〔2026〕1号"


def test_all_entries_stand_in_one_list_that_sifts_and_selects(officer: Officer, tmp_path: Path, monkeypatch):
    from geohazard_desktop.desktop import files
    from geohazard_desktop.desktop.zones.events_dialog import ZoneEventsDialog

    hands = officer.hands
    hands.draw(Qt.Key.Key_P, NEW_ZONE)
    hands.key(Qt.Key.Key_Escape)
    hands.click(at(1000, 1000))
    officer.record("已划定", **PAPER)
    officer.press("全部危险区过程")
    (dialog,) = hands.window.findChildren(ZoneEventsDialog)
    until(dialog.isVisible)
    assert [row[:4] for row in dialog.listed()] == [
        ["SL-W-0001", "示例沟", "已划定", "已划定"],
        ["SL-W-0002", "", "拟划", ""],
    ]
    QTest.keyClick(dialog.state, Qt.Key.Key_End)
    assert [row[0] for row in dialog.listed()] == ["SL-W-0002"]
    hands.press("选中列出的危险区", dialog)
    chosen = hands.window.session.selected_features()
    assert [one.text("id") for one in chosen] == ["SL-W-0002"]
    path = tmp_path / "过程.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *_anything: path)
    QTest.mouseClick(dialog.export, LEFT)
    assert path.stat().st_size > 0
    dialog.close()
