"""Coordinates pasted with their title: the datum is asked about, the title is no corner, several zones are several."""

from pathlib import Path

import pytest
from hands import CONTROL, LEFT, Hands, on_disk, until
from office import at
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from geohazard_desktop.desktop.imports.dialog import ImportDialog

pytestmark = pytest.mark.window

SHIFT = Qt.KeyboardModifier.ShiftModifier
RING = [at(2000, 400), at(2600, 400), at(2600, 900), at(2000, 900)]


def clip(*titles: str, ring=RING) -> None:
    rows = [f"J{number}\t{north:.3f}\t{east:.3f}" for number, (east, north) in enumerate(ring, 1)]
    QGuiApplication.clipboard().setText("\n".join([*titles, *rows]))


def answer(hands: Hands, words: str, seen: list[str]) -> None:
    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        seen.append(dialog.words.text())
        hands.press(words, dialog)

    QTimer.singleShot(0, press)


def test_pasting_an_old_datum_asks_first(hands: Hands, work: Path):
    seen: list[str] = []
    hands.window.layers.set_current("danger_zone")
    clip("1980西安坐标系", "点号\tX\tY")
    answer(hands, "不粘贴", seen)
    hands.key(Qt.Key.Key_V, CONTROL)
    assert "1980 西安坐标系，没有做参数转换，位置会偏几十到一百多米，不能用来划界" in seen[0]
    assert len(on_disk(work, "danger_zone")) == 1
    hands.come_forward()
    answer(hands, "照这样粘贴", seen)
    hands.key(Qt.Key.Key_V, CONTROL)
    assert len(on_disk(work, "danger_zone")) == 2, hands.bars()
    pasted = on_disk(work, "danger_zone")[-1]
    assert pasted.text("source") == "粘贴的坐标（1980 西安坐标系，未做参数转换）"
    assert any("1980 西安坐标系" in one for one in hands.bars())


def test_another_datum_is_chosen_in_the_question(hands: Hands, work: Path):
    hands.window.layers.set_current("danger_zone")
    clip("1980西安坐标系")

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        dialog.choice.setCurrentIndex(dialog.choice.findData("cgcs2000"))
        dialog.choice.activated.emit(0)
        assert "按您选的 2000 国家大地坐标系 读" in dialog.words.text()
        hands.press("照这样粘贴", dialog)

    QTimer.singleShot(0, choose)
    hands.key(Qt.Key.Key_V, CONTROL)
    pasted = on_disk(work, "danger_zone")[-1].geometry
    assert set(RING) == set(pasted.geoms[0].exterior.coords)


def test_two_zones_come_with_their_names_and_one_step_takes_them_back(hands: Hands, work: Path):
    hands.window.layers.set_current("danger_zone")
    north = [(east, y + 1500) for east, y in RING]
    rows = [[f"J{n}\t{y:.3f}\t{x:.3f}" for n, (x, y) in enumerate(ring, 1)] for ring in (RING, north)]
    title = "2000国家大地坐标系 3度带 中央经线108°"
    QGuiApplication.clipboard().setText("\n".join([title, "甲沟", *rows[0], "", "乙沟", *rows[1], "面积\t30 公顷"]))
    hands.key(Qt.Key.Key_V, CONTROL)
    assert [one.text("name") for one in on_disk(work, "danger_zone")] == ["示例沟", "甲沟", "乙沟"]
    assert any("不是点（标题、表头、边长或面积）" in one for one in hands.bars())
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert len(on_disk(work, "danger_zone")) == 1


def test_the_corner_table_says_all_and_asks_before_places_far_off(hands: Hands):
    hands.key(Qt.Key.Key_P)
    hands.click(at(2000, 500))
    hands.key(Qt.Key.Key_N, SHIFT)
    table = hands.window.handlers.corners.stroke_table
    clip("2000国家大地坐标系 3度带 中央经线108°")
    hands.press("粘贴坐标", table)
    assert table.found.places == tuple(RING)
    assert not table._doubts
    table.datum.setCurrentIndex(table.datum.findData("xian80"))
    table.datum.activated.emit(0)
    assert "不能用来划界" in table.doubt.text()
    for one in (table.doubt, table.offer):
        assert one.height() >= one.heightForWidth(one.width()), "no word of it is cut"
    seen: list[str] = []
    answer(hands, "不加，再核对", seen)
    hands.press("加进 4 个点", table)
    assert len(hands.window.map.desk.tool.places) == 1
    clip(ring=[*RING, (RING[0][0] + 90_000, RING[0][1])])
    hands.press("粘贴坐标", table)
    answer(hands, "加进 5 个点", seen)
    hands.press("加进 5 个点", table)
    assert "在本区范围外" in seen[1]
    assert len(hands.window.map.desk.tool.places) == 6
    clip(ring=[*RING, RING[0], *[(x, y + 1500) for x, y in RING]])
    hands.press("粘贴坐标", table)
    assert any("2 圈坐标" in one for one in hands.bars())


def test_a_table_of_two_zones_is_dropped_on_the_window(hands: Hands, work: Path, tmp_path: Path):
    lines = ["拐点坐标表", "危险区名称,点号,X,Y"]
    for name, up in (("甲沟", 0), ("乙沟", 1500)):
        lines += [f"{name},J{n},{y + up:.3f},{x:.3f}" for n, (x, y) in enumerate(RING, 1)]
    path = tmp_path / "两区.csv"
    path.write_text("\n".join(lines), encoding="gbk")
    hands.window.layers.set_current("household")
    data, none = QMimeData(), Qt.KeyboardModifier.NoModifier
    data.setUrls([QUrl.fromLocalFile(str(path))])

    def fill_in() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ImportDialog) or dialog.busy:
            QTimer.singleShot(20, fill_in)
            return
        assert dialog.target.currentText() == "危险区"
        row = next(r for r in range(dialog.fields.rowCount()) if "灾害类型" in dialog.fields.item(r, 0).text())
        choice = dialog.fields.cellWidget(row, 3)
        choice.setCurrentText("泥石流")
        choice.activated.emit(choice.currentIndex())
        until(lambda: not dialog.busy and dialog.go_button.isEnabled(), "both zones can come in")
        hands.press(dialog.go_button.text(), dialog)

    QTimer.singleShot(0, fill_in)
    copy, drop = Qt.DropAction.CopyAction, QEvent.Type.Drop
    hands.window.dropEvent(QDropEvent(QPointF(500, 400), copy, data, LEFT, none, drop))
    assert [one.text("name") for one in on_disk(work, "danger_zone")] == ["示例沟", "甲沟", "乙沟"]
    hands.come_forward()
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert len(on_disk(work, "danger_zone")) == 1
