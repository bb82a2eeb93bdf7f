"""现场照片: the photos of a feature in its form. Attached by button, dropped on the form, or pasted."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.files import ask_photos
from geohazard_desktop.desktop.forms.form_sections import FormSection
from geohazard_desktop.desktop.parts import FlowLayout, button, icon_button, label, line
from geohazard_desktop.desktop.photos.attacher import Source, attacher_of, image_bytes
from geohazard_desktop.desktop.photos.pictures import small
from geohazard_desktop.desktop.photos.place import offer_of
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Key, Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.exchange.photos import SUFFIXES
from geohazard_desktop.workspace.edits import delete_photos, photos_of
from geohazard_desktop.workspace.edits.attachments import ATTACHMENTS
from geohazard_desktop.workspace.feature import Delta, Feature
from geohazard_desktop.workspace.workspace import Workspace

_WITHOUT_PLACE = ("patrol", "report")  # registers whose entries have photos although they lie nowhere


class PhotoTile(QAbstractButton):
    """One photo, small. Enter or a click looks at it, Delete takes it off."""

    delete_asked = Signal()

    def __init__(self, row: Feature) -> None:
        super().__init__()
        self.row = row
        self.image: QImage | None = None
        self.missing = False
        self.setFixedSize(theme().px(92), theme().px(70))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = row.text("caption") or row.text("file_name")
        told = [words, row.text("taken_at").replace("T", " ")[:16]]
        self.setToolTip("\n".join(one for one in told if one))
        self.setAccessibleName(_("照片 {name}").format(name=words))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("quiet"))
        if self.image is not None:
            ratio = self.devicePixelRatioF()
            pixels = QSize(round(self.width() * ratio), round(self.height() * ratio))
            picture = self.image.scaled(
                pixels, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
            )
            source = QRectF(0, 0, pixels.width(), pixels.height())
            source.moveCenter(QRectF(picture.rect()).center())
            painter.drawPixmap(QRectF(self.rect()), QPixmap.fromImage(picture), source)
        elif self.missing:
            painter.setPen(theme().colour("text2"))
            painter.setFont(theme().font("small"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("照片文件不在了"))
        role, width = ("accent", 2) if self.hasFocus() or self.underMouse() else ("hairline", 1)
        pen = painter.pen()
        pen.setColor(theme().colour(role))
        pen.setWidth(width)
        painter.setPen(pen)
        painter.drawRect(self.rect().adjusted(width // 2, width // 2, -width, -width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Delete is the photo's while it has the keyboard, not the feature's.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Delete
        ):
            event.accept()
            return True
        return super().event(event)


class PhotoSection(FormSection):
    covers = (ATTACHMENTS,)

    def __init__(self, session: Session, feature: Feature) -> None:
        super().__init__()
        self._session, self.feature = session, feature
        self._attacher = attacher_of(session)
        self.reason = session.read_only_reason()
        self.tiles: list[PhotoTile] = []
        self._waiting: list[PhotoTile] = []
        self._passed: set[str] = set()  # photos whose place was declined
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._picture)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        column.addWidget(line())
        head = QHBoxLayout()
        self.title = label("", "strong")
        head.addWidget(self.title, 1)
        self.paste_button = icon_button("paste-photo", _("粘贴剪贴板里的照片"), self.paste)
        self.add_button = button(_("附照片……"), self._ask, size="small", icon_name="camera")
        head.addWidget(self.paste_button)
        head.addWidget(self.add_button)
        column.addLayout(head)
        self.told = label("", "note", wrap=True)
        column.addWidget(self.told)
        self._grid = QWidget()
        self._flow = FlowLayout(self._grid, spacing=theme().px(6), margin=0)
        policy = self._grid.sizePolicy()
        policy.setHeightForWidth(True)
        self._grid.setSizePolicy(policy)
        column.addWidget(self._grid)
        self._offer = QFrame()
        self._offer.setObjectName("box")
        self._offer_column = QVBoxLayout(self._offer)
        column.addWidget(self._offer)
        self._attacher.progressed.connect(self._progress)
        self._attacher.finished.connect(self._finished)
        for one in (self.paste_button, self.add_button):
            one.setVisible(not self.reason)
        self._fill()

    @property
    def key(self) -> Key:
        return self.feature.layer, self.feature.uid

    # -- what is shown ---------------------------------------------------------------------------------------------

    def rows(self) -> list[Feature]:
        return photos_of(self._session.workspace.find(ATTACHMENTS, "target_uid", self.feature.uid), self.feature)

    def _fill(self) -> None:
        for tile in self.tiles:
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        rows = self.rows()
        self.tiles = [self._tile(row) for row in rows]
        self._waiting = list(self.tiles)
        self._timer.start()
        self.title.setText(_("现场照片　{count}").format(count=len(rows)) if rows else _("现场照片"))
        self._grid.setVisible(bool(rows))
        self._settle()
        self._fill_offer(rows)

    def _tile(self, row: Feature) -> PhotoTile:
        tile = PhotoTile(row)
        tile.clicked.connect(lambda _on=False: self._look(row))
        tile.delete_asked.connect(lambda: self.delete(row))
        tile.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tile.customContextMenuRequested.connect(lambda place, tile=tile: self._menu(tile, place))
        self._flow.addWidget(tile)
        return tile

    def _picture(self) -> None:
        """One picture a turn, so that the form stands before its photos do."""
        if not self._waiting or self._session.ws is None:
            self._timer.stop()
            return
        tile = self._waiting.pop(0)
        side = round(max(tile.width(), tile.height()) * 1.6 * self.devicePixelRatioF())
        tile.image = small(self._session.workspace, tile.row, side)
        tile.missing = tile.image is None
        tile.update()

    def _settle(self) -> None:
        busy = self._attacher.busy.get(self.key)
        if busy is not None:
            words = _("正在读第 {n} 张，共 {total} 张……").format(n=min(busy[0] + 1, busy[1]), total=busy[1])
        elif self.tiles:
            words = ""
        elif self.reason:
            words = _("没有照片。")
        else:
            words = _("把照片拖到这里，可以一次拖多张。照片缩小后存在工作文件里，导出数据时不带出去。")
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _fill_offer(self, rows: Sequence[Feature]) -> None:
        while (item := self._offer_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        ws = self._session.workspace
        offers = [offer_of(ws, self.feature, row) for row in rows if row.uid not in self._passed]
        offer = next((one for one in reversed(offers) if one is not None and one.worth_asking), None)
        self._offer.setVisible(offer is not None and not self.reason)
        if offer is None:
            return
        self._offer_column.addWidget(label(offer.sentence, "note", wrap=True))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(button(_("不用"), lambda: self._pass_by(offer.photo), size="small"))
        row.addWidget(button(_("用作位置"), lambda: self._session.apply(offer.edit()), size="small"))
        self._offer_column.addWidget(holder)

    def _pass_by(self, uid: str) -> None:
        self._passed.add(uid)
        self._fill_offer(self.rows())

    def follow(self, deltas: Sequence[Delta]) -> None:
        fresh = self._session.workspace.feature(*self.key)
        self.feature = fresh or self.feature
        if any(one.layer == ATTACHMENTS for one in deltas):
            self._fill()
        else:
            self._fill_offer(self.rows())

    def _progress(self, key: Key, _done: int, _total: int) -> None:
        if key == self.key:
            self._settle()

    def _finished(self, key: Key) -> None:
        if key == self.key and self._session.ws is not None:
            self._settle()

    # -- what can be done ------------------------------------------------------------------------------------------

    def attach(self, sources: Sequence[Source]) -> None:
        self._attacher.attach(self.key, sources)

    def _ask(self) -> None:
        self.attach(ask_photos(self, _("选照片（可以多选）")))

    def wants(self, mime: QMimeData) -> bool:
        """Whether what is dragged over the form are photos."""
        if self.reason:
            return False
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        return bool(paths) and all(one.suffix.lower() in SUFFIXES for one in paths)

    def take(self, mime: QMimeData) -> None:
        self.attach([Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()])

    def paste(self) -> None:
        clipboard = QGuiApplication.clipboard()
        mime = clipboard.mimeData()
        if mime is not None and mime.hasUrls() and self.wants(mime):
            self.take(mime)
            return
        image = clipboard.image()
        if image.isNull():
            reporter().say("info", _("剪贴板里没有照片。请先在看图程序或聊天窗口里复制一张。"))
            return
        self.attach([(_("粘贴的照片.png"), image_bytes(image))])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not self.reason:
            self.paste()
        else:
            super().keyPressEvent(event)

    def delete(self, row: Feature) -> None:
        """At once, and offered back by undo."""
        if self.reason:
            reporter().say("info", self.reason)
            return
        with reporter().guard():
            edit = delete_photos(self._session.workspace.definitions, self.feature, [row])
            if self._session.apply(edit):
                reporter().say("done", _("已{words}，按 Ctrl+Z 可以找回。").format(words=edit.words))

    def _menu(self, tile: PhotoTile, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(_("看照片")).triggered.connect(lambda _on=False: self._look(tile.row))
        if not self.reason:
            menu.addAction(_("删除这张照片")).triggered.connect(lambda _on=False: self.delete(tile.row))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(tile.mapToGlobal(place))

    def _look(self, row: Feature) -> None:
        from geohazard_desktop.desktop.photos.view import PhotoView

        view = PhotoView(self.window(), self._session, self.feature, row.uid)
        view.exec()
        view.deleteLater()


def photo_section(session: Session, feature: Feature) -> PhotoSection | None:
    """Photos belong to what lies somewhere, and to patrols and reports."""
    return PhotoSection(session, feature) if may_have_photos(session.workspace, feature.layer) else None


def may_have_photos(ws: Workspace, layer: str) -> bool:
    placed = ws.definitions[layer].geometry != "none" or layer in _WITHOUT_PLACE
    return placed and ATTACHMENTS in ws.definitions
