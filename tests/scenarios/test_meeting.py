"""A meeting in the 街道: the map on the wall, step by step with the clicker, what people say pinned on the spot."""

import threading
from pathlib import Path

import pypdfium2
import pytest
from fresh import fresh_workspace
from hands import CONTROL, LEFT, Hands, on_disk, until
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QWidget
from shapely import LineString, Point, box

from geohazard_desktop.analysis.street_meeting import StreetPage, street_pages
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.meetings.window import MeetingWindow
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.edits import change_style, change_values, create_feature
from geohazard_desktop.workspace.workspace import Workspace

pytestmark = pytest.mark.window
E, N = 36_400_000.0, 4_370_000.0
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def street_office(tmp_path: Path, district) -> Path:
    path = tmp_path / "街道 会议.gpkg"
    with fresh_workspace(path, district) as ws:
        for layer, geometry, values in (
            ("district", box(E, N, E + 4000, N + 2000), {"name": "示例区"}),
            ("subdistrict", box(E, N, E + 2000, N + 2000), {"name": "西街道"}),
            ("subdistrict", box(E + 2000, N, E + 4000, N + 2000), {"name": "东街道"}),
            ("danger_zone", box(E + 500, N + 500, E + 900, N + 900),
             {"name": "西沟", "must_move_people": 40, "patrol_person": "赵巡查"}),
            ("shelter", Point(E + 1200, N + 700), {"name": "广场", "contact": "王联系"}),
            ("household", Point(E + 600, N + 600), {"head": "李示例", "phone": "139 0000 0001"}),
        ):  # fmt: skip
            ws.apply(create_feature(ws.definitions, layer, geometry, values))
        own = {**ws.style("danger_zone"), "label": {"text": "{name} · {patrol_person}"}}
        ws.apply(change_style(ws, "danger_zone", own))
    return path


@pytest.fixture
def meeting(sit_down, street_office: Path):
    hands: Hands = sit_down(street_office)
    hands.key(Qt.Key.Key_F10)
    made = hands.window.handlers.meeting.meeting
    assert made is not None
    made.resize(1366, 768)
    settle(made)
    yield made
    if hands.window.handlers.meeting.meeting is not None:
        made.close()


def settle(meeting: MeetingWindow) -> None:
    until(lambda: meeting.canvas.settled and not meeting.canvas.maker.busy, "the map of the meeting")


def press(meeting: MeetingWindow, key: Qt.Key, modifier=NONE, on: QWidget | None = None) -> None:
    QTest.keyClick(on or meeting.canvas, key, modifier)
    QApplication.processEvents()


def pixel(meeting: MeetingWindow, east: float, north: float) -> QPoint:
    x, y = meeting.canvas.viewport.to_screen(E + east, N + north)
    return QPoint(round(x), round(y))


def said(meeting: MeetingWindow) -> str:
    """Everything that stands on the meeting's screen beside the map."""
    words = [one.text() for one in meeting.findChildren(QLabel)]
    words += [one.text() for one in meeting.findChildren(QPushButton)]
    words += [tip for one in meeting.findChildren(QWidget) for tip in (one.toolTip(), one.accessibleName())]
    for one in meeting.findChildren(QListWidget):
        words += [one.item(row).text().replace("\u2060", "").replace("\u00a0", " ") for row in range(one.count())]
    return "\n".join([meeting.windowTitle(), *words])


def names(meeting: MeetingWindow) -> str:
    """Everything that is written on the map."""
    return "".join(run.text for one in meeting.canvas.frame.labels for line in one.lines for run in line.runs)


def test_the_clicker_goes_from_street_to_street_and_no_person_is_on_the_screen(meeting: MeetingWindow):
    office = meeting.office
    assert not office.isVisible()
    assert meeting.page_name == "示例区"
    assert meeting.panel.figures["people"][0].text() == "40"
    press(meeting, Qt.Key.Key_PageDown)
    assert meeting.page_name == "西街道"
    west = meeting.canvas.viewport.bounds
    assert west[0] < E + 100
    assert west[2] < E + 4000
    press(meeting, Qt.Key.Key_Right)
    press(meeting, Qt.Key.Key_Right)  # behind the last there is none
    assert "后面没有了：这是" in meeting.panel.told.text()
    assert meeting.page_name == "东街道"
    assert "没有危险区" in said(meeting)
    press(meeting, Qt.Key.Key_Left)
    settle(meeting)
    assert "西沟" in said(meeting)
    assert "西沟" in names(meeting)
    assert "household" not in meeting.map.scene.layers()
    for word in ("赵巡查", "王联系", "李示例", "0000 0001", "街道 会议.gpkg"):
        assert word not in said(meeting) + names(meeting)
    press(meeting, Qt.Key.Key_B)
    assert meeting.blank.isVisible()
    press(meeting, Qt.Key.Key_Escape)  # first the dark goes, then the meeting ends
    assert not meeting.blank.isVisible()
    press(meeting, Qt.Key.Key_Escape)
    assert office.isVisible()
    assert office.handlers.meeting.meeting is None


def test_a_person_whom_another_window_puts_into_a_label_does_not_come_onto_the_wall(
    meeting: MeetingWindow, street_office: Path
):
    with Workspace.open(street_office) as other:
        own = {**other.style("shelter"), "label": {"text": "{name}　{contact}", "size": 9.0}}
        other.apply(change_style(other, "shelter", own))
    meeting.session.poll()
    settle(meeting)
    meeting.canvas.redraw()
    settle(meeting)
    assert "广场" in names(meeting)
    assert "王联系" not in names(meeting)


def test_the_clicker_goes_on_to_the_zone_which_is_seen_with_its_way_and_its_shelter(
    meeting: MeetingWindow, street_office: Path
):
    ws = meeting.session.workspace
    zone, shelter = next(iter(ws.table("danger_zone"))), next(iter(ws.table("shelter")))
    line = LineString([(E + 700, N + 700), (E + 1200, N + 700)])
    route = {"number": "1", "danger_zone": zone.uid, "shelter": shelter.uid}
    assert meeting.session.apply(create_feature(ws.definitions, "evacuation_route", line, route))
    press(meeting, Qt.Key.Key_Down)  # from the whole district at once to the first zone
    assert meeting.page_name == "西沟"
    assert "西街道，第 1 个危险区，共 1 个" in said(meeting)
    assert meeting.panel.figures["zones"][0].text() == "1"
    assert "撤离路线" in meeting.panel.figures["zones"][1].text()
    west, south, east, north = meeting.canvas.viewport.bounds
    assert west < E + 450
    assert E + 1250 < east < E + 2000
    assert south < N + 450
    assert north > N + 950
    settle(meeting)
    assert "路线1" in names(meeting).replace(" ", "")
    assert "广场" in names(meeting)
    press(meeting, Qt.Key.Key_Down)
    assert meeting.page_name == "西沟"
    assert "后面没有了：这是" in meeting.panel.told.text()
    press(meeting, Qt.Key.Key_PageUp)
    assert meeting.page_name == "西街道"
    press(meeting, Qt.Key.Key_PageDown)
    press(meeting, Qt.Key.Key_PageDown)
    assert meeting.page_name == "东街道"
    press(meeting, Qt.Key.Key_Up)
    assert meeting.page_name == "西沟"
    for words, page in (("往回", "西街道"), ("往回", "示例区"), ("下一危险区 ↓", "西沟"), ("往下讲", "东街道")):
        QTest.mouseClick(next(one for one in meeting.findChildren(QPushButton) if one.text() == words), LEFT)
        assert meeting.page_name == page
    press(meeting, Qt.Key.Key_Left)
    rows = meeting.panel.lists
    row = next(one for one in range(rows.count()) if rows.item(one).text().startswith("西沟"))
    rows.scrollToItem(rows.item(row))
    QTest.mouseClick(rows.viewport(), LEFT, NONE, rows.visualItemRect(rows.item(row)).center())
    assert meeting.page_name == "西沟"
    press(meeting, Qt.Key.Key_Up, on=rows)  # the list has the keyboard now
    assert meeting.page_name == "西沟"
    nameless = change_values(ws.definitions, [ws.feature("danger_zone", zone.uid)], {"name": None, "id": None})
    assert meeting.session.apply(nameless)
    assert meeting.page_name == "没有名称和编号的危险区", "not the district's"
    press(meeting, Qt.Key.Key_Home)
    assert meeting.page_name == "示例区"
    press(meeting, Qt.Key.Key_PageUp)
    assert meeting.panel.told.text() == "前面没有了：这是“示例区”。"


def counting_threads(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """In which threads pages are counted from now on."""
    found: list[threading.Thread] = []

    def counted(ws: Workspace) -> list[StreetPage]:
        found.append(threading.current_thread())
        return street_pages(ws)

    for module in ("window", "counted_apart"):
        monkeypatch.setattr(f"geohazard_desktop.desktop.meetings.{module}.street_pages", counted)
    return found


def test_a_shelter_that_is_too_small_is_marked_on_the_map_of_the_whole_district(
    meeting: MeetingWindow, monkeypatch: pytest.MonkeyPatch
):
    ws = meeting.session.workspace
    zone, shelter = next(iter(ws.table("danger_zone"))), next(iter(ws.table("shelter")))
    line = LineString([(E + 700, N + 700), (E + 1200, N + 700)])
    route = {"number": "1", "danger_zone": zone.uid, "shelter": shelter.uid}
    made = create_feature(ws.definitions, "evacuation_route", line, route)
    assert meeting.session.apply(made)
    assert meeting.session.apply(change_values(ws.definitions, [shelter], {"capacity": 8}))
    meeting.session.poll()  # what the office's file lacked numbers for gets them now, not in the midst of what follows
    before = pixel(meeting, 1200, 700)
    home = next(iter(ws.table("household")))
    values = {"people": 11, "evacuation_route": made.deltas[0].uid}
    threads = counting_threads(monkeypatch)
    assert meeting.session.apply(change_values(ws.definitions, [home], {"people": 5}))
    assert meeting.session.apply(change_values(ws.definitions, [ws.feature("household", home.uid)], values))
    until(lambda: "要来 11 人" in said(meeting), "the last count, and no earlier one")
    assert threads
    assert threading.main_thread() not in threads, "nobody in the room waits for it"
    settle(meeting)
    assert meeting.page_name == "示例区"
    assert "广场\n　可容 8 人，要来 11 人，少 3 个位置" in said(meeting)
    assert meeting.panel.figures["shelters"][1].text() == "安置点\n1 个不够"
    ((left, top, right, bottom),) = meeting.map.full.boxes(meeting.canvas.viewport)
    assert left - 60 < before.x() < right + 60
    assert top - 60 < before.y() < bottom + 60
    inside = meeting.canvas.grab().toImage().pixelColor(round(left) + 9, round(top) + 9)
    assert inside.lightness() < 60, "the sign is dark"
    covered = [one for label in meeting.canvas.frame.labels for one in label.boxes]
    per_mm = 96 / 25.4 * meeting.canvas.maker.magnify
    margin = meeting.canvas.frame.margin
    for a, b, c, d in covered:
        over = a * per_mm - margin < right and c * per_mm - margin > left
        assert not (over and b * per_mm - margin < bottom and d * per_mm - margin > top), "no name lies under the sign"


def test_what_the_room_reads_is_large_and_the_button_says_what_it_prints(meeting: MeetingWindow):
    for width, height in ((1280, 720), (1920, 1080)):
        meeting.resize(width, height)
        until(lambda width=width: meeting.width() == width and meeting.canvas.width() + meeting.panel.width() == width)
        read = [
            meeting.panel.told,
            meeting.panel.step,
            *(one for pair in meeting.panel.figures.values() for one in pair),
        ]
        for one in [*read, meeting.panel.lists]:
            assert one.fontInfo().pixelSize() >= height / 36, one.text() if isinstance(one, QLabel) else "the rows"
        for one in read:
            assert one.width() >= one.minimumSizeHint().width()
            assert one.geometry().right() <= one.parentWidget().width()
        assert meeting.panel.told.height() <= 2.2 * meeting.panel.told.fontMetrics().lineSpacing()
    for key, words in ((Qt.Key.Key_Home, "出全区意见图"), (Qt.Key.Key_Right, "出街道意见图"),
                       (Qt.Key.Key_Down, "出危险区意见图")):  # fmt: skip
        press(meeting, key)
        assert meeting.bar.print_button.text() == words


def test_a_zone_with_an_endless_name_is_read_whole(meeting: MeetingWindow):
    ws = meeting.session.workspace
    zone = next(iter(ws.table("danger_zone")))
    name = "西沟 #let $x$ <b>" + "很长的名字" * 22
    assert meeting.session.apply(change_values(ws.definitions, [zone], {"name": name}))
    meeting.resize(1280, 720)
    press(meeting, Qt.Key.Key_Down)
    settle(meeting)
    title = meeting.panel.title
    assert title.text() == name
    until(lambda: title.height() >= title.heightForWidth(title.width()), "nothing of it is cut")
    assert meeting.panel.lists.height() > 200


def test_what_is_said_is_pinned_answered_printed_and_can_be_undone(
    meeting: MeetingWindow, street_office: Path, monkeypatch: pytest.MonkeyPatch
):
    press(meeting, Qt.Key.Key_PageDown)
    settle(meeting)
    press(meeting, Qt.Key.Key_P)
    QTest.mouseClick(meeting.canvas, LEFT, NONE, pixel(meeting, 700, 700))
    panel = meeting.panel
    assert panel.writing.isVisible()
    press(meeting, Qt.Key.Key_Return, CONTROL, panel.words)  # without words nothing is pinned
    assert "还没有写内容" in panel.told.text()
    QTest.keyClicks(panel.words, "pad")  # letters are letters here, no commands
    assert panel.words.toPlainText() == "pad"
    panel.words.clear()
    panel.words.insertPlainText("沟去年改道了")
    press(meeting, Qt.Key.Key_PageDown, on=panel.words)
    assert meeting.page_name == "西街道"  # who types does not turn the page
    press(meeting, Qt.Key.Key_Escape, on=panel.words)
    assert not panel.writing.isVisible()
    press(meeting, Qt.Key.Key_A)
    for east, north in ((400, 400), (1000, 400), (1000, 1000)):
        QTest.mouseClick(meeting.canvas, LEFT, NONE, pixel(meeting, east, north))
    press(meeting, Qt.Key.Key_Return)
    assert panel.words.toPlainText() == "沟去年改道了"  # what was put off is there again
    panel.role.setCurrentIndex(1)
    panel.name.setText("钱留名")
    press(meeting, Qt.Key.Key_Return, CONTROL, panel.words)
    (one,) = on_disk(street_office, "objection")
    assert (one.text("text"), one.text("role"), one.text("street")) == ("沟去年改道了", "居民", "西街道")
    assert [area.text("objection") for area in on_disk(street_office, "objection_area")] == [one.uid]
    assert "1　沟去年改道了" in said(meeting)
    assert "钱留名" not in said(meeting)
    assert panel.role.currentData() == ""  # the next one to speak may be somebody else
    meeting.look_at("objection", one.uid)
    decline = next(button for button in panel.answering.findChildren(type(panel.keep)) if button.text() == "不采纳")
    QTest.mouseClick(decline, LEFT)
    assert "不采纳要写明理由" in panel.told.text()
    panel.reason.setText("测过，没有改道")
    QTest.mouseClick(decline, LEFT)
    assert on_disk(street_office, "objection")[0].text("status") == "不采纳"
    assert [number for number, _one in meeting.hand.pins] == ["1"]
    press(meeting, Qt.Key.Key_O)
    assert list(meeting.hand.pins) == []
    assert "objection_area" not in meeting.map.scene.layers()
    opened: list[Path] = []
    monkeypatch.setattr(files, "show_in_system", opened.append)
    for times in (1, 2):  # in the same minute, and still a file of its own
        QTest.mouseClick(meeting.bar.print_button, LEFT)
        until(lambda times=times: len({one for one in opened if one.is_file()}) == times, "the printed map")
    assert opened[0].suffix == ".pdf"
    assert "西街道" in opened[0].name
    assert "钱留名".encode("utf-16-be") not in opened[0].read_bytes()
    press(meeting, Qt.Key.Key_Z, CONTROL)
    press(meeting, Qt.Key.Key_Z, CONTROL)
    assert on_disk(street_office, "objection") == []


def test_words_that_stand_in_the_open_form_are_on_the_printed_map(
    meeting: MeetingWindow, street_office: Path, monkeypatch: pytest.MonkeyPatch
):
    """Who prints with the form open means what was just typed too; what was put off is told to be missing."""
    opened: list[Path] = []
    monkeypatch.setattr(files, "show_in_system", opened.append)
    press(meeting, Qt.Key.Key_PageDown)
    settle(meeting)
    press(meeting, Qt.Key.Key_P)
    QTest.mouseClick(meeting.canvas, LEFT, NONE, pixel(meeting, 700, 700))
    meeting.panel.words.insertPlainText("路口夜里没有灯")
    QTest.mouseClick(meeting.bar.print_button, LEFT)
    assert [one.text("text") for one in on_disk(street_office, "objection")] == ["路口夜里没有灯"]
    until(lambda: opened and opened[0].is_file(), "the printed map")
    with pypdfium2.PdfDocument(opened[0]) as document:
        assert "路口夜里没有灯" in "".join(page.get_textpage().get_text_range() for page in document)
    assert "先不记" not in meeting.panel.told.text()
    press(meeting, Qt.Key.Key_P)
    QTest.mouseClick(meeting.canvas, LEFT, NONE, pixel(meeting, 600, 600))
    meeting.panel.words.insertPlainText("牌子太小")
    press(meeting, Qt.Key.Key_Escape, on=meeting.panel.words)
    QTest.mouseClick(meeting.bar.print_button, LEFT)
    until(lambda: len(opened) == 2, "the second map")
    assert "先不记的那条意见不在图上" in meeting.panel.told.text()
    assert len(on_disk(street_office, "objection")) == 1


def test_a_street_without_an_outline_has_its_meeting_too(meeting: MeetingWindow, street_office: Path):
    ws = meeting.session.workspace
    point = {"name": "北坡", "subdistrict": "北镇"}
    assert meeting.session.apply(create_feature(ws.definitions, "hazard_point", Point(E + 3600, N + 300), point))
    press(meeting, Qt.Key.Key_End)
    settle(meeting)
    assert meeting.page_name == "北镇"
    assert "第 3 个，共 3 个。北镇界线未载入，范围按登记的隐患点和危险区。" in said(meeting)
    west, south, east, north = meeting.canvas.viewport.bounds
    assert west < E + 3600 < east
    assert south < N + 300 < north
    assert east - west < 2000
    press(meeting, Qt.Key.Key_P)
    QTest.mouseClick(meeting.canvas, LEFT, NONE, pixel(meeting, 3650, 350))
    meeting.panel.words.insertPlainText("坡脚还有一户")
    press(meeting, Qt.Key.Key_Return, CONTROL, meeting.panel.words)
    assert [one.text("street") for one in on_disk(street_office, "objection")] == ["北镇"], "not 东街道, where it lies"
    assert "1　坡脚还有一户" in said(meeting)


def test_ink_and_light_stay_on_the_screen(meeting: MeetingWindow, street_office: Path):
    meeting.session.poll()  # the program numbers the rows that have none; what comes now is the meeting's
    before = [one.words for one in meeting.session.workspace.history()]
    press(meeting, Qt.Key.Key_D)
    canvas = meeting.canvas
    QTest.mousePress(canvas, LEFT, NONE, QPoint(200, 200))
    for step in range(5):
        where = QPointF(200 + 20 * step, 210)
        event = QMouseEvent(
            QEvent.Type.MouseMove, where, canvas.mapToGlobal(where), Qt.MouseButton.NoButton, LEFT, NONE
        )
        QApplication.sendEvent(canvas, event)
    QTest.mouseRelease(canvas, LEFT, NONE, QPoint(300, 210))
    assert len(meeting.hand.strokes[0]) > 3
    assert "不会保存" in meeting.panel.told.text()
    press(meeting, Qt.Key.Key_S)
    QTest.mouseMove(canvas, QPoint(300, 300))
    lit, dark = canvas.grab().toImage().pixelColor(300, 300), canvas.grab().toImage().pixelColor(900, 60)
    assert lit.lightness() > dark.lightness()
    press(meeting, Qt.Key.Key_Escape)
    press(meeting, Qt.Key.Key_Escape)
    assert meeting.hand.strokes == []
    with Workspace.open(street_office, read_only=True) as ws:
        assert [one.words for one in ws.history()] == before


def test_nothing_is_cut_on_a_small_screen(meeting: MeetingWindow):
    meeting.session.poll()  # rows that get their numbers fill the list anew
    meeting.panel._row(
        "1　" + "路口的树挡住了标志牌，晚上看不见，希望换一个位置。" * 3, "居民　待核", "objection", "one"
    )
    meeting.showNormal()
    for width, height in ((800, 600), (1024, 640), (1366, 768)):
        meeting.resize(width, height)
        until(lambda width=width: meeting.width() == width and meeting.canvas.width() + meeting.panel.width() == width)
        for one in meeting.findChildren(QPushButton):
            if one.isVisible():
                corner = one.mapTo(meeting, QPoint(one.width(), one.height()))
                assert corner.x() <= width, one.text()
                assert corner.y() <= height, one.text()
                assert one.width() >= one.sizeHint().width(), one.text()
        rows = meeting.panel.lists
        last = rows.item(rows.count() - 1)
        lines = rows.visualItemRect(last).height() / rows.fontMetrics().lineSpacing()
        words = rows.fontMetrics().horizontalAdvance(last.text().split("\n")[0])
        assert lines >= words / rows.viewport().width() + 1, "the whole objection and who said it"


@pytest.mark.parametrize("percent", [150, 200])
def test_in_the_largest_type_a_meeting_and_the_form_of_an_objection_stay_on_the_screen(
    meeting: MeetingWindow, percent: int
):
    theme().set(percent=percent)
    try:
        meeting.resize(1366, 768)
        settle(meeting)
        press(meeting, Qt.Key.Key_P)
        QTest.mouseClick(meeting.canvas, LEFT, NONE, pixel(meeting, 700, 700))
        until(meeting.panel.keep.isVisible, "the form")
        QApplication.processEvents()
        assert meeting.minimumSizeHint().height() <= 768
        assert meeting.height() <= 768
        for one in (meeting.panel.words, meeting.panel.keep, meeting.bar.print_button):
            place = QRect(one.mapTo(meeting, one.rect().topLeft()), one.size())
            assert meeting.rect().contains(place)
        words, role = meeting.panel.words, meeting.panel.role
        assert words.geometry().bottom() < role.geometry().top(), "no field lies over another"
        meeting.panel.put_off.emit()
        until(meeting.panel.lists.isVisible, "figures and list again")
    finally:
        theme().set(percent=100)
