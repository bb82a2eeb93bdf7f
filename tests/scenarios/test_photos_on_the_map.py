"""Photos from a telephone, dropped on the map or pasted there, go to the feature that is selected."""

import sys
from pathlib import Path

import pytest
import shapely
from hands import CONTROL, LEFT, Hands, on_disk, until
from office import ZONE, at
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from geohazard_desktop.workspace.workspace import Workspace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "exchange"))
from photo_files import jpeg

pytestmark = pytest.mark.window


def drop(hands: Hands, *paths: Path) -> None:
    """Over the map, as a file manager does it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    window = hands.window
    QApplication.sendEvent(window, QDragEnterEvent(QPointF(500, 400).toPoint(), copy, mime, LEFT, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(500, 400), copy, mime, LEFT, none))


def test_photos_dropped_on_the_map_go_to_the_selected_feature(hands: Hands, work: Path, tmp_path: Path):
    lon, lat = hands.window.map.lonlat(*at(700, 700))
    photos = [tmp_path / "沟口.jpg", tmp_path / "弃渣.JPG"]
    photos[0].write_bytes(jpeg(place=(lon, lat)))
    photos[1].write_bytes(jpeg(taken="2026:07:18 09:30:00"))
    drop(hands, *photos)
    assert any("2 张照片没有附上：请先在图上选中照片拍的那个要素" in one for one in hands.bars())
    assert on_disk(work, "attachment") == []
    middle = shapely.box(*ZONE[0], *ZONE[2]).centroid
    hands.click((middle.x, middle.y))
    (selected,) = hands.window.session.selection
    drop(hands, *photos)
    until(lambda: len(on_disk(work, "attachment")) == 2, "both photos")
    rows = on_disk(work, "attachment")
    assert {one.text("target_uid") for one in rows} == {selected[1]}
    first = next(one for one in rows if one.text("file_name") == "沟口.jpg")
    assert (first["longitude"], first["latitude"]) == pytest.approx((lon, lat), abs=1e-5)
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert on_disk(work, "attachment") == [], "one step of the history"
    hands.window.session.select([selected])
    drop(hands, *photos)
    hands.window.center.run("file.close")
    assert len(on_disk(work, "attachment")) == 2, "whoever leaves at once loses none"


def test_a_picture_pasted_on_the_map_is_a_photo_of_the_selected_feature(hands: Hands, work: Path):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(picture)
    hands.key(Qt.Key.Key_V, CONTROL)
    assert any("剪贴板里的照片没有附上" in one for one in hands.bars())
    middle = shapely.box(*ZONE[0], *ZONE[2]).centroid
    hands.click((middle.x, middle.y))
    hands.key(Qt.Key.Key_V, CONTROL)
    until(lambda: len(on_disk(work, "attachment")) == 1, "the photo")
    with Workspace.open(work, read_only=True) as ws:
        assert len(ws.table("danger_zone")) == 1, "no feature was pasted"


def test_several_other_files_are_not_passed_over_in_silence(hands: Hands, tmp_path: Path):
    for name in ("甲.xyz", "乙.xyz"):
        (tmp_path / name).write_bytes(b"?")

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(30, close)
        else:
            dialog.close()

    QTimer.singleShot(30, close)
    drop(hands, tmp_path / "甲.xyz", tmp_path / "乙.xyz")
    assert any("一次拖进来 2 个文件，先处理 甲.xyz" in one for one in hands.bars())
