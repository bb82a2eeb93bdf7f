"""One photo as large as the screen allows: zoom, turn, caption and day, its place, the next one."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.forms.field_editors import editor_for
from geohazard_desktop.desktop.parts import button, icon_button, label
from geohazard_desktop.desktop.photos.attacher import size_words
from geohazard_desktop.desktop.photos.pictures import whole
from geohazard_desktop.desktop.photos.place import offer_of
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_sizes import open_at
from geohazard_desktop.workspace.edits import change_photo, delete_photos, photos_of
from geohazard_desktop.workspace.edits.attachments import ATTACHMENTS
from geohazard_desktop.workspace.feature import Feature, Value

_STEP = 1.25
_MOST = 8.0


class PhotoCanvas(QWidget):
    """The wheel zooms around the pointer, the hand drags, a double click fits it in again."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._scale = 0.0  # device-independent pixels a pixel of the photo; 0: fitted in
        self._centre = QPointF()
        self._held: QPointF | None = None
        self.setMinimumSize(theme().px(360), theme().px(240))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_image(self, image: QImage | None) -> None:
        self._image = image
        self.fit()

    @property
    def scale(self) -> float:
        return self._scale or self._fitting()

    def _fitting(self) -> float:
        if self._image is None or self._image.isNull():
            return 1.0
        return min(self.width() / self._image.width(), self.height() / self._image.height(), 1.0)

    def fit(self) -> None:
        self._scale = 0.0
        if self._image is not None:
            self._centre = QPointF(self._image.width() / 2, self._image.height() / 2)
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """`at`: the place in the widget whose pixel of the photo stays where it is."""
        if self._image is None:
            return
        middle = QPointF(self.width() / 2, self.height() / 2)
        at = at or middle
        before = self.scale
        after = max(self._fitting(), min(_MOST, before * factor))
        self._centre += (at - middle) * (1 / before - 1 / after)
        self._scale = after if after > self._fitting() else 0.0
        if not self._scale:
            self.fit()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom(_STEP**steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None and self._scale:
            self._centre -= (event.position() - self._held) * (1 / self.scale)
            self._held = event.position()
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._scale:
            self.fit()
        else:
            self.zoom(max(1.0 / self.scale, _STEP), event.position())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("quiet"))
        if self._image is None:
            painter.setPen(theme().colour("text2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("这张照片的文件不在工作文件里了。"))
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = self.scale
        size = QSize(round(self._image.width() * scale), round(self._image.height() * scale))
        corner = QPointF(self.width() / 2, self.height() / 2) - self._centre * scale
        painter.drawImage(QRectF(corner.x(), corner.y(), size.width(), size.height()), self._image)


class PhotoView(QDialog):
    """Every change is stored as it is left, as in the form; Esc closes."""

    def __init__(self, parent: QWidget, session: Session, feature: Feature, uid: str) -> None:
        super().__init__(parent)
        self._session, self._feature = session, feature
        self._uid = uid
        self._read_only = bool(session.read_only_reason())
        open_at(self, 920, 640)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(16), theme().px(14), theme().px(16), theme().px(14))
        column.setSpacing(theme().px(10))
        self.canvas = PhotoCanvas()
        column.addWidget(self.canvas, 1)
        column.addLayout(self._tools())
        fields = QHBoxLayout()
        fields.setSpacing(theme().px(10))
        definition = session.workspace.definitions[ATTACHMENTS]
        self.caption = QLineEdit()
        self.caption.setPlaceholderText(_("说明文字，如：沟口新增弃渣，向上游拍"))
        self.caption.setAccessibleName(_("说明文字"))
        self.caption.setReadOnly(self._read_only)
        self.caption.editingFinished.connect(self._store_typed)
        holder = QVBoxLayout()
        holder.setSpacing(theme().px(3))
        holder.addWidget(label(_("说明文字"), "label"))
        holder.addWidget(self.caption)
        holder.addStretch(1)
        fields.addLayout(holder, 3)
        self.taken = editor_for(definition.by_name["taken_at"])
        self.taken.set_read_only(self._read_only)
        self.taken.committed.connect(lambda name, value: self._change({name: value}))
        fields.addWidget(self.taken, 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(fields)
        self.facts = label("", "note", wrap=True)
        column.addWidget(self.facts)
        column.addLayout(self._buttons())
        self._show()
        self.canvas.setFocus()

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.previous = icon_button("chevron-left", _("上一张（←）"), lambda: self.go(-1))
        self.next = icon_button("chevron-right", _("下一张（→）"), lambda: self.go(1))
        self.place = label("", "note")
        row.addWidget(self.previous)
        row.addWidget(self.place)
        row.addWidget(self.next)
        row.addStretch(1)
        self.turn_left = icon_button("rotate-left", _("向左转 90°"), lambda: self.turn(-90))
        self.turn_right = icon_button("rotate-right", _("向右转 90°"), lambda: self.turn(90))
        for one in (
            icon_button("zoom-out", _("缩小（-）"), lambda: self.canvas.zoom(1 / _STEP)),
            icon_button("zoom-in", _("放大（+）"), lambda: self.canvas.zoom(_STEP)),
            icon_button("full-extent", _("整张（双击）"), self.canvas.fit),
            self.turn_left,
            self.turn_right,
        ):
            row.addWidget(one)
        self.turn_left.setEnabled(not self._read_only)
        self.turn_right.setEnabled(not self._read_only)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.delete_button = button(_("删除这张"), self.delete, size="small", icon_name="delete")
        self.delete_button.setEnabled(not self._read_only)
        self.use_button = button(_("用作位置"), self._use_place, size="small", icon_name="locate")
        row.addWidget(self.delete_button)
        row.addWidget(self.use_button)
        row.addStretch(1)
        row.addWidget(button(_("看完了"), self.accept, size="small"))
        for index in range(row.count()):
            widget = row.itemAt(index).widget()
            if widget is not None:
                widget.setAutoDefault(False)
        return row

    # -- which one -------------------------------------------------------------------------------------------------

    def _rows(self) -> list[Feature]:
        found = self._session.workspace.find(ATTACHMENTS, "target_uid", self._feature.uid)
        return photos_of(found, self._feature)

    def row(self) -> Feature | None:
        return next((one for one in self._rows() if one.uid == self._uid), None)

    def _show(self) -> None:
        rows, row = self._rows(), self.row()
        if row is None:
            super().accept()
            return
        ws = self._session.workspace
        place = rows.index(row)
        self.setWindowTitle(self._session.label(self._feature))
        self.place.setText(_("第 {n} 张，共 {total} 张").format(n=place + 1, total=len(rows)))
        self.previous.setEnabled(place > 0)
        self.next.setEnabled(place + 1 < len(rows))
        self.canvas.show_image(whole(ws, row))
        self.caption.setText(row.text("caption"))
        self.taken.show_value(row["taken_at"])
        told = [row.text("file_name")]
        if isinstance(row["width"], int) and isinstance(row["height"], int):
            told.append(f"{row['width']} × {row['height']}")
        if isinstance(row["original_bytes"], int):
            told.append(_("原文件 {size}").format(size=size_words(row["original_bytes"])))
        offer = offer_of(ws, self._feature, row)
        if isinstance(row["longitude"], float) and isinstance(row["latitude"], float):
            told.append(_("拍摄位置 {place}").format(place=words.lonlat(row["longitude"], row["latitude"])))
        lines = "　".join(told)
        self.facts.setText(lines if offer is None else f"{lines}\n{offer.sentence}")
        self.use_button.setVisible(offer is not None and offer.worth_asking and not self._read_only)

    def go(self, by: int) -> None:
        self._store_typed()
        rows = self._rows()
        places = [index for index, one in enumerate(rows) if one.uid == self._uid]
        if places and 0 <= places[0] + by < len(rows):
            self._uid = rows[places[0] + by].uid
            self._show()

    # -- what is done ----------------------------------------------------------------------------------------------

    def _store_typed(self) -> None:
        """What is typed belongs to the photo in sight, whatever is done next."""
        self._change({"caption": self.caption.text().strip() or None})
        self.taken.commit()

    def _change(self, values: dict[str, Value]) -> None:
        row = self.row()
        if row is None or self._read_only:
            return
        with reporter().guard():
            edit = change_photo(self._session.workspace.definitions, self._feature, row, values)
            if edit.deltas:
                self._session.apply(edit)

    def turn(self, by: int) -> None:
        """The office's own turning stands beside the file, which stays as it is."""
        self._store_typed()
        row = self.row()
        if row is None:
            return
        now = row["rotation"]
        self._change({"rotation": ((now if isinstance(now, int) else 0) + by) % 360})
        self._show()

    def _use_place(self) -> None:
        row = self.row()
        offer = None if row is None else offer_of(self._session.workspace, self._feature, row)
        if offer is not None and self._session.apply(offer.edit()):
            self._feature = self._session.workspace.feature(self._feature.layer, self._feature.uid) or self._feature
            self._show()

    def delete(self) -> None:
        rows, row = self._rows(), self.row()
        if row is None:
            return
        place = rows.index(row)
        with reporter().guard():
            edit = delete_photos(self._session.workspace.definitions, self._feature, [row])
            if not self._session.apply(edit):
                return
            reporter().say("done", _("已{words}，按 Ctrl+Z 可以找回。").format(words=edit.words))
        rest = [one for one in rows if one.uid != row.uid]
        if not rest:
            super().accept()
            return
        self._uid = rest[min(place, len(rest) - 1)].uid
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Left: lambda: self.go(-1),
            Qt.Key.Key_Right: lambda: self.go(1),
            Qt.Key.Key_Plus: lambda: self.canvas.zoom(_STEP),
            Qt.Key.Key_Equal: lambda: self.canvas.zoom(_STEP),
            Qt.Key.Key_Minus: lambda: self.canvas.zoom(1 / _STEP),
        }
        step = keys.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.canvas.setFocus()  # what was typed is stored by leaving it
        elif step is not None:
            step()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Esc or the window's own cross: what was typed is stored first, as everywhere."""
        self._store_typed()
        super().reject()

    def accept(self) -> None:
        self._store_typed()
        super().accept()
