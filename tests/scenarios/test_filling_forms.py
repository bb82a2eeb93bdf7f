"""The form beside the map, as an officer fills it: by keyboard, with mistakes, while others write, several at once."""

import sys
from pathlib import Path

import pytest
from hands import CONTROL, LEFT, Hands, on_disk, until
from office import at
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from shapely import Point

from geohazard_desktop.desktop.forms.member_table import MemberTable
from geohazard_desktop.desktop.photos.section import PhotoSection
from geohazard_desktop.desktop.question import Question
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "exchange"))
from photo_files import jpeg

pytestmark = pytest.mark.window


@pytest.fixture
def put(hands: Hands):
    """A further feature, selected: its form is in sight."""

    def made(layer: str, place: tuple[float, float] | None, **values):
        session = hands.window.session
        definitions = session.workspace.definitions
        if definitions[layer].letter:  # or the program numbers it at its next look, a step between two of the hand's
            values.setdefault("id", session.workspace.next_number(layer))
        edit = create_feature(definitions, layer, None if place is None else Point(place), values)
        assert session.apply(edit)
        session.select([(layer, edit.deltas[0].uid)])
        return edit.deltas[0].uid

    return made


def type_into(hands: Hands, name: str, text: str) -> None:
    editor = hands.window.form.editor(name)
    for group in hands.window.form.form.groups if hands.window.form.form else ():
        if editor in group.editors and group.folded:
            QTest.mouseClick(group.head, LEFT)
    editor.input.setFocus()
    editor.input.selectAll()
    QTest.keyClicks(editor.input, text)


def section(hands: Hands, kind):
    return next(one for one in hands.window.form.form.sections if isinstance(one, kind))


# -- one feature -------------------------------------------------------------------------------------------------------


def test_what_may_not_stand_is_told_at_the_field_kept_and_never_stored(hands: Hands, work: Path, put):
    put("hazard_point", at(2000, 500), hazard_type="滑坡", threatened_people=12)
    type_into(hands, "threatened_people", "-3")
    editor = hands.window.form.editor("threatened_people")
    assert "不能小于 0" in editor.fault.text()
    assert editor.input.property("wrong")
    hands.key(Qt.Key.Key_Return, on=editor.input)
    assert editor.input.text() == "-3", "the hand stays to mend it"
    assert on_disk(work, "hazard_point")[0]["threatened_people"] == 12
    hands.key(Qt.Key.Key_Escape, on=editor.input)
    assert editor.input.text() == "12"
    assert editor.fault.text() == ""
    assert hands.window.session.selection, "Esc took the typing back, not the selection"


def test_half_typed_nonsense_waits_for_its_feature(hands: Hands, put):
    uid = put("hazard_point", at(2000, 500), id="SL-D-0001", hazard_type="滑坡")
    type_into(hands, "threatened_people", "1x")
    hands.settle()
    hands.click(at(1000, 1000))
    assert hands.window.session.selection[0][0] == "danger_zone"
    assert any("SL-D-0001" in one and "威胁人数" in one for one in hands.bars())
    hands.window.session.select([("hazard_point", uid)])
    editor = hands.window.form.editor("threatened_people")
    assert editor.input.text() == "1x"
    assert "应是整数" in editor.fault.text()
    asked: list[str] = []

    def stay() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        asked.append("".join(one.text() for one in dialog.findChildren(QLabel)))
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    QTimer.singleShot(0, stay)
    hands.window.close()
    assert "SL-D-0001：威胁人数" in asked[0]
    assert hands.window.isVisible()
    hands.key(Qt.Key.Key_Escape, on=editor.input)


def test_enter_stores_and_goes_on_and_undo_takes_typing_before_history(hands: Hands, work: Path, put):
    put("hazard_point", at(2000, 500), hazard_type="滑坡")
    first = hands.window.form.editor("unified_code").input
    type_into(hands, "unified_code", "990101010001")
    hands.key(Qt.Key.Key_Return, on=first)
    assert on_disk(work, "hazard_point")[0].text("unified_code") == "990101010001"
    following = hands.window.form.editor("field_code").input
    assert following.hasFocus()
    QTest.keyClicks(following, "A1")
    hands.key(Qt.Key.Key_Z, CONTROL, on=following)
    assert following.text() == ""
    assert on_disk(work, "hazard_point")[0].text("unified_code"), "only the typing was taken back"
    hands.key(Qt.Key.Key_Z, CONTROL, on=following)
    assert on_disk(work, "hazard_point")[0].text("unified_code") == ""
    assert hands.window.form.editor("unified_code").input.text() == ""


def test_the_wheel_over_a_field_changes_nothing(hands: Hands, work: Path, put):
    put("hazard_point", at(2000, 500), hazard_type="滑坡", threatened_people=3)
    for name in ("hazard_type", "threatened_people", "status"):
        target = hands.window.form.editor(name).input
        target.setFocus()
        middle = QPointF(target.rect().center())
        wheel = QWheelEvent(
            middle,
            target.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(target, wheel)
    row = on_disk(work, "hazard_point")[0]
    assert (row["hazard_type"], row["threatened_people"], row["status"]) == ("滑坡", 3, "在册")


def test_several_of_a_list_are_chips_and_a_day_is_read_as_people_write_it(hands: Hands, work: Path, put):
    put("hazard_point", at(2000, 500), hazard_type="滑坡")
    chips = hands.window.form.editor("causes").input.chips
    for one in chips:
        if one.text() in ("采矿", "降雨"):
            QTest.mouseClick(one, LEFT)
    assert on_disk(work, "hazard_point")[0]["causes"] == "降雨、采矿"
    type_into(hands, "surveyed_on", "2026.7.8")
    hands.key(Qt.Key.Key_Return, on=hands.window.form.editor("surveyed_on").input)
    assert on_disk(work, "hazard_point")[0]["surveyed_on"] == "2026-07-08"
    assert hands.window.form.editor("surveyed_on").input.text() == "2026-07-08"


def test_looking_at_a_feature_changes_nothing(hands: Hands, work: Path, put):
    """A list in another order than the form's: only a hand changes a value."""
    put("hazard_point", at(2000, 500), hazard_type="滑坡", causes="采矿、降雨、地下水")
    (before,) = on_disk(work, "hazard_point")
    steps = len(list(hands.window.session.workspace.history()))
    for editor in hands.window.form.form.editors.values():
        editor.input.setFocus()
    hands.click(at(2600, 1400))
    hands.click(at(2000, 500))
    hands.window.show_stage("publish")
    (after,) = on_disk(work, "hazard_point")
    assert dict(after.values) == dict(before.values)
    assert len(list(hands.window.session.workspace.history())) == steps


def test_a_doubtful_telephone_number_is_stored_and_said(hands: Hands, work: Path, put):
    put("shelter", at(2000, 500), name="示例广场")
    type_into(hands, "phone", "139 0000 001")
    hands.key(Qt.Key.Key_Return, on=hands.window.form.editor("phone").input)
    assert on_disk(work, "shelter")[0]["phone"] == "139 0000 001"
    assert "10 位" in hands.window.form.editor("phone").note.text()


def test_an_automatic_value_is_shown_taken_and_given_back(hands: Hands, work: Path, put):
    put("household", at(1000, 1000), head="张示例", people=4)
    zone = on_disk(work, "danger_zone")[0]
    hands.window.session.select([("danger_zone", zone.uid)])
    editor = hands.window.form.editor("must_move_people")
    assert editor.chip.text() == "填入 4 人"
    assert on_disk(work, "danger_zone")[0]["must_move_people"] is None, "nothing is filled in silently"
    QTest.mouseClick(editor.chip, LEFT)
    assert on_disk(work, "danger_zone")[0]["must_move_people"] == 4
    assert editor.chip.text() == "自动"
    type_into(hands, "must_move_people", "6")
    assert editor.chip.text() == "手填"
    hands.key(Qt.Key.Key_Return, on=editor.input)
    assert "自动值是 4 人" in editor.chip.toolTip()
    QTest.mouseClick(editor.chip, LEFT)
    assert on_disk(work, "danger_zone")[0]["must_move_people"] == 4


def test_missing_fields_are_counted_and_the_count_leads_to_the_first(hands: Hands, put):
    put("household", at(2000, 500))
    form = hands.window.form.form
    assert form.lacking.text() == "还缺 1 项"
    head = hands.window.form.editor("head").input
    form.layout().itemAt(1).widget().setMinimumHeight(3000)  # the field lies far below, as a zone's does
    until(lambda: head.visibleRegion().isEmpty(), "the field out of sight")
    QTest.mouseClick(form.lacking, LEFT)
    assert head.hasFocus()
    assert not head.visibleRegion().isEmpty()
    QTest.keyClicks(head, "Zhang")
    assert not form.lacking.isVisible()


# -- references --------------------------------------------------------------------------------------------------------


def test_a_reference_is_typed_by_pinyin_and_pointed_at_on_the_map(hands: Hands, work: Path, put):
    far = put("shelter", at(3000, 2500), id="SL-A-0001", name="东山广场")
    near = put("shelter", at(2100, 500), id="SL-A-0002", name="学校操场")
    put("hazard_point", at(2000, 500), hazard_type="滑坡")
    line = hands.window.form.editor("shelter").input.line
    line.setFocus()
    hands.key(Qt.Key.Key_Down, on=line)
    model = hands.window.form.editor("shelter").input._model
    assert [model.item(row).text() for row in range(2)] == [
        "学校操场　SL-A-0002　100 米",
        "东山广场　SL-A-0001　2\u2009236 米",
    ]
    QTest.keyClicks(line, "dsgc")
    hands.key(Qt.Key.Key_Return, on=line)
    assert on_disk(work, "hazard_point")[0]["shelter"] == far
    QTest.mouseClick(hands.window.form.editor("shelter").input.buttons["pick"], LEFT)
    hands.settle()
    hands.click(at(2500, 1200))
    assert any("这里没有避险安置点" in one for one in hands.bars())
    hands.click(at(2100, 500))
    assert on_disk(work, "hazard_point")[0]["shelter"] == near
    assert hands.window.session.selection[0][0] == "hazard_point"
    assert hands.window.map.desk.name == "tool.select"


def test_a_shelter_drawn_for_a_field_is_named_in_it(hands: Hands, work: Path, put):
    uid = put("hazard_point", at(2000, 500), hazard_type="滑坡")
    QTest.mouseClick(hands.window.form.editor("shelter").input.buttons["new"], LEFT)
    hands.settle()
    hands.click(at(2400, 800))
    (shelter,) = on_disk(work, "shelter")
    assert on_disk(work, "hazard_point")[0]["shelter"] == shelter.uid
    assert hands.window.session.selection == [("hazard_point", uid)]


def test_a_name_that_nobody_has_is_not_stored(hands: Hands, work: Path, put):
    put("shelter", at(3000, 2500), name="东山广场")
    put("hazard_point", at(2000, 500), hazard_type="滑坡")
    line = hands.window.form.editor("shelter").input.line
    line.setFocus()
    QTest.keyClicks(line, "qqq")
    hands.key(Qt.Key.Key_Return, on=line)
    assert "没有叫“qqq”的" in hands.window.form.editor("shelter").fault.text()
    assert on_disk(work, "hazard_point")[0]["shelter"] is None
    hands.key(Qt.Key.Key_Escape, on=line)
    assert line.text() == ""


# -- others write too --------------------------------------------------------------------------------------------------


def test_what_is_being_typed_is_not_overwritten_by_another_window(hands: Hands, work: Path):
    hands.click(at(1000, 1000))
    type_into(hands, "name", "half typed")
    with Workspace.open(work) as other:
        row = next(iter(other.table("danger_zone")))
        other.apply(change_values(other.definitions, [row], {"name": "别处改的", "reason": "别处写的"}))
    hands.window.session.poll()
    editor = hands.window.form.editor("name")
    assert editor.input.text() == "half typed"
    assert "别处改的" in editor.note.text()
    assert hands.window.form.editor("reason").input.toPlainText() == "别处写的"
    hands.key(Qt.Key.Key_Escape, on=editor.input)
    assert editor.input.text() == "别处改的"


# -- several at once ---------------------------------------------------------------------------------------------------


def test_a_batch_says_beforehand_how_many_change_and_is_one_step(hands: Hands, work: Path, put):
    uids = [
        put("hazard_point", at(2000 + 200 * n, 500), id=f"SL-D-000{n}", hazard_type="滑坡", stability=value)
        for n, value in enumerate(["稳定", "不稳定", "较稳定"], start=1)
    ]
    hands.window.session.select([("hazard_point", uid) for uid in uids])
    batch = hands.window.form.batch
    assert hands.window.form.editor("stability").input.placeholderText() == "〈多个值〉"
    assert hands.window.form.editor("hazard_type").value() == "滑坡"
    assert not batch.bar.isVisible()
    type_into(hands, "stability", "X")
    batch.fields["stability"].editor.set_value("不稳定")
    until(lambda: batch.go.text() == "改这 2 个", "the plan")
    assert batch.told.text() == "2 个会变；1 个已经是这样，不变。改后可一步撤销。"
    QTest.mouseClick(batch.look, LEFT)
    assert "稳定性 稳定 → 不稳定" in batch.lines.text()
    batch.why.setFocus()
    QTest.keyClicks(batch.why, "rain")
    assert [one["stability"] for one in on_disk(work, "hazard_point")] == ["稳定", "不稳定", "较稳定"]
    QTest.mouseClick(batch.go, LEFT)
    assert {one["stability"] for one in on_disk(work, "hazard_point")} == {"不稳定"}
    assert hands.window.session.workspace.undo_words() == "改 2 个隐患点的稳定性（rain）"
    assert hands.window.form.editor("stability").value() == "不稳定"
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert [one["stability"] for one in on_disk(work, "hazard_point")] == ["稳定", "不稳定", "较稳定"]


def test_a_batch_can_add_to_numbers_and_keeps_what_was_filled_in_for_the_next_selection(hands: Hands, work: Path, put):
    uids = [put("hazard_point", at(2000 + 200 * n, 500), hazard_type="滑坡", threatened_people=n) for n in (1, 2, 3)]
    hands.window.session.select([("hazard_point", uid) for uid in uids[:2]])
    type_into(hands, "stability", "unstable")
    hands.window.session.select([("hazard_point", uid) for uid in uids])
    batch = hands.window.form.batch
    assert hands.window.form.editor("stability").input.text() == "unstable"
    batch.revert()
    field = batch.fields["threatened_people"]
    field.take("add")
    amount = field._made.children()[-1]
    amount.setFocus()
    QTest.keyClicks(amount, "10")
    until(lambda: batch.go.text() == "改这 3 个", "the plan")
    QTest.mouseClick(batch.go, LEFT)
    assert [one["threatened_people"] for one in on_disk(work, "hazard_point")] == [11, 12, 13]


# -- members and photos ------------------------------------------------------------------------------------------------


def test_members_are_typed_like_a_spreadsheet_and_put_in_order(hands: Hands, work: Path, put):
    put("household", at(2000, 500), head="张示例")
    table = section(hands, MemberTable)
    hands.window.form._area.ensureWidgetVisible(table)
    for row, name in enumerate(("Zhang", "Wang")):
        table.view.setCurrentIndex(table.model.index(row, 0))
        table.view.setFocus()
        hands.key(Qt.Key.Key_F2, on=table.view)
        QTest.keyClicks(QApplication.focusWidget(), name)
        hands.key(Qt.Key.Key_Return, on=QApplication.focusWidget())
        until(lambda row=row: len(table.model.rows) == row + 1, "the member")
    table.view.setCurrentIndex(table.model.index(1, 2))
    hands.key(Qt.Key.Key_F2, on=table.view)
    QTest.keyClicks(QApplication.focusWidget(), "1200")
    hands.key(Qt.Key.Key_Return, on=QApplication.focusWidget())
    assert any("不能小于 1880" in one for one in hands.bars())
    QApplication.focusWidget().selectAll()
    QTest.keyClicks(QApplication.focusWidget(), "1950")
    hands.key(Qt.Key.Key_Return, on=QApplication.focusWidget())
    assert [one["birth_year"] for one in on_disk(work, "household_member")] == [None, 1950]
    assert int(table.model.data(table.model.index(1, 3))) > 70
    table.view.setCurrentIndex(table.model.index(1, 0))
    QTest.mouseClick(table.up, LEFT)
    assert [one.text("name") for one in table.model.rows] == ["Wang", "Zhang"]
    people = hands.window.form.editor("people")
    assert people.chip.text() == "填入 2 人"
    QTest.mouseClick(people.chip, LEFT)
    until(lambda: people.chip.text() == "自动", "the number that follows the members")
    table.view.setCurrentIndex(table.model.index(2, 0))
    hands.key(Qt.Key.Key_F2, on=table.view)
    QTest.keyClicks(QApplication.focusWidget(), "Li")
    hands.key(Qt.Key.Key_Return, on=QApplication.focusWidget())
    until(lambda: len(table.model.rows) == 3, "the third member")
    assert (people.value(), people.chip.text()) == (3, "自动")
    assert on_disk(work, "household")[0]["people"] == 3
    table.view.setCurrentIndex(table.model.index(2, 0))
    QTest.mouseClick(table.remove, LEFT)
    assert (people.value(), people.chip.text()) == (2, "自动")
    hands.window.session.undo()
    assert (people.value(), len(table.model.rows)) == (3, 3)


def test_photos_are_dropped_onto_the_form_looked_at_and_undone(hands: Hands, work: Path, put, tmp_path: Path):
    put("hazard_point", at(2000, 500), hazard_type="滑坡")
    photos = section(hands, PhotoSection)
    place = hands.window.map.lonlat(*at(2012, 500))
    paths = [tmp_path / "沟口.jpg", tmp_path / "弃渣.jpg", tmp_path / "坏.jpg"]
    paths[0].write_bytes(jpeg(taken="2026:07:18 09:30:00"))
    paths[1].write_bytes(jpeg(place=place))
    paths[2].write_bytes(b"no picture")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    form = hands.window.form.form
    # The hand comes in over the form and lets go there.
    copy, no_key = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(form, QDragEnterEvent(QPoint(20, 20), copy, mime, LEFT, no_key))
    QApplication.sendEvent(form, QDropEvent(QPointF(20, 20), copy, mime, LEFT, no_key))
    until(lambda: len(photos.tiles) == 2 and not photos._waiting, "the photos")
    assert [one.row.text("file_name") for one in photos.tiles] == ["沟口.jpg", "弃渣.jpg"]
    assert any("坏.jpg" in one for one in hands.bars())
    assert photos.tiles[0].image is not None
    hands.press("用作位置", inside=photos)
    moved = on_disk(work, "hazard_point")[0].geometry.centroid
    assert (moved.x, moved.y) == pytest.approx(at(2012, 500), abs=0.5)
    photos.tiles[0].setFocus()
    hands.key(Qt.Key.Key_Delete, on=photos.tiles[0])
    assert [one.text("file_name") for one in on_disk(work, "attachment")] == ["弃渣.jpg"]
    assert len(on_disk(work, "hazard_point")) == 1, "Delete was the photo's, not the feature's"
    hands.canvas.setFocus()
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert len(photos.tiles) == 2


def test_a_copied_picture_is_pasted_as_a_photo(hands: Hands, work: Path, put):
    put("hazard_point", at(2000, 500), hazard_type="滑坡")
    photos = section(hands, PhotoSection)
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(picture)
    QTest.mouseClick(photos.paste_button, LEFT)
    until(lambda: len(photos.tiles) == 1, "the photo")
    row = on_disk(work, "attachment")[0]
    assert (row["width"], row["height"]) == (40, 30)


def test_a_photo_is_turned_captioned_and_the_next_one_shown(hands: Hands, work: Path, put, tmp_path: Path):
    from geohazard_desktop.desktop.photos.view import PhotoView

    put("hazard_point", at(2000, 500), hazard_type="滑坡")
    photos = section(hands, PhotoSection)
    for name in ("1.jpg", "2.jpg"):
        (tmp_path / name).write_bytes(jpeg())
    photos.attach([tmp_path / "1.jpg", tmp_path / "2.jpg"])
    until(lambda: len(photos.tiles) == 2, "the photos")
    view = PhotoView(hands.window, hands.window.session, photos.feature, photos.tiles[0].row.uid)
    view.show()
    QTest.keyClicks(view.caption, "gully")
    QTest.mouseClick(view.turn_right, LEFT)
    view.canvas.setFocus()
    before = view.canvas.scale
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.canvas.scale > before
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.place.text() == "第 2 张，共 2 张"
    QTest.mouseClick(view.delete_button, LEFT)
    view.close()
    view.deleteLater()
    (row,) = on_disk(work, "attachment")
    assert (row["caption"], row["rotation"]) == ("gully", 90)


def test_a_read_only_form_says_why_and_offers_no_change(hands: Hands, sit_down, work: Path, put):
    put("household", at(2000, 500), head="张示例", people=3)
    uid = on_disk(work, "household")[0].uid
    work.chmod(0o444)
    try:
        again = sit_down(work)
        if not again.window.session.read_only_reason():
            pytest.skip("this user may write everything")
        again.window.session.select([("household", uid)])
        form = again.window.form.form
        assert form.reason
        assert all(one.read_only for one in form.editors.values())
        assert not section(again, PhotoSection).add_button.isVisible()
        assert section(again, MemberTable).model.rowCount() == 0
    finally:
        work.chmod(0o644)
