"""Without a file: the five steps, recent workspaces with their state, a new one, the demo, a place to drop files."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from geohazard_desktop import __version__
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.commands import STAGES, Stage
from geohazard_desktop.desktop.icons import paint_icon, pixmap
from geohazard_desktop.desktop.parts import Elided, button, label, line, restyle
from geohazard_desktop.desktop.preferences import Recent
from geohazard_desktop.desktop.theme import theme

_KINDS = ("gpkg", "shp", "geojson", "kml", "dxf", "xlsx", "csv")
_SHOWN_RECENT = 6
_ALL_BESIDE = 840  # pixels at 100 % that the five cards need beside each other


class StepCard(QFrame):
    """One step of the job as a picture of its result."""

    clicked = Signal(str)

    def __init__(self, number: int, stage: Stage) -> None:
        super().__init__()
        self.setObjectName("card")
        self.stage = stage
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{number} {stage.card}，{stage.card_note}")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, theme().px(10))
        column.setSpacing(theme().px(8))
        column.addWidget(_Picture(stage.key), 1)
        row = QHBoxLayout()
        row.setContentsMargins(theme().px(12), 0, theme().px(12), 0)
        row.setSpacing(theme().px(10))
        row.addWidget(_Number(number), 0, Qt.AlignmentFlag.AlignTop)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(label(stage.card, "title"))
        text.addWidget(Elided(stage.card_note, "table", "text2"))
        row.addLayout(text, 1)
        column.addLayout(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.stage.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit(self.stage.key)
        else:
            super().keyPressEvent(event)


class _Picture(QWidget):
    """The step's picture, cut to the card's width; the stage's icon where the picture is missing."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        folder = resource("icons")
        path = folder / "steps" / f"{key}.png"
        self._image = QImage(str(path)) if path.exists() else QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme().px(110))

    def sizeHint(self) -> QSize:
        # The page takes all heights as hinted before it scrolls, and shares out what is left over.
        return QSize(theme().px(240), theme().px(115))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(box.adjusted(0, 0, 0, 10), 7, 7)
        painter.setClipPath(path)
        painter.fillRect(box, theme().colour("soft"))
        if self._image.isNull():
            names = {
                "layers": "layers",
                "zones": "zone",
                "routes": "route",
                "checks": "check-all",
                "publish": "map-print",
                "demo": "play",
            }
            side = theme().px(56)
            middle = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            paint_icon(painter, names[self._key], middle, theme().colour("accent"))
            return
        factor = max(box.width() / self._image.width(), box.height() / self._image.height())
        width, height = box.width() / factor, box.height() / factor
        source = QRectF((self._image.width() - width) / 2, (self._image.height() - height) / 2, width, height)
        painter.drawImage(box, self._image, source)


class _Number(QWidget):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._dress()
        theme().changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFixedSize(theme().px(24), theme().px(24))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("accent"))
        painter.drawEllipse(self.rect())
        painter.setPen(theme().colour("on_accent"))
        painter.setFont(theme().font("label", bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class _RecentRow(QFrame):
    clicked = Signal(str)

    def __init__(self, recent: Recent) -> None:
        super().__init__()
        self.setObjectName("recent")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        path = Path(recent.path)
        there = path.exists()
        self._path = recent.path
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(16), theme().px(8), theme().px(16), theme().px(8))
        row.setSpacing(theme().px(12))
        sign = label()
        name = "file-map" if there else "file-missing"
        sign.setPixmap(
            pixmap(name, theme().colour("text2" if there else "disabled"), theme().px(20), self.devicePixelRatioF())
        )
        row.addWidget(sign)
        column = QVBoxLayout()
        column.setSpacing(1)
        first = Elided(f"{path.stem}　{path.parent}", "body", "text" if there else "disabled")
        column.addWidget(first)
        if there:
            column.addWidget(Elided(recent.summary, "table", "text2"))
        else:
            column.addWidget(Elided(_("找不到：文件移走了，或移动盘没有插上"), "table", "reminder"))
        row.addLayout(column, 1)
        row.addWidget(label(words.moment(recent.moment), "note"))
        self.setToolTip(recent.path)
        self.setAccessibleName(f"{path.stem} {recent.summary}")

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit(self._path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit(self._path)
        else:
            super().keyPressEvent(event)


class _Drop(QFrame):
    """Dropped files: a workspace opens, other data asks where to import."""

    dropped = Signal(list)

    def __init__(self, choose: object) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.addStretch(1)
        sign = label()
        sign.setPixmap(pixmap("import", theme().colour("accent"), theme().px(34), self.devicePixelRatioF()))
        column.addWidget(sign, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(label(_("把文件拖到这里"), "title"), 0, Qt.AlignmentFlag.AlignCenter)
        note = label(_("工作文件直接打开；其他数据先看清编码和坐标系再导入。源文件不会被改动。"), "note", wrap=True)
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(note)
        tags = QHBoxLayout()
        tags.addStretch(1)
        for kind in _KINDS:
            tag = label(kind)
            tag.setObjectName("tag")
            tags.addWidget(tag)
        tags.addStretch(1)
        column.addLayout(tags)
        column.addSpacing(theme().px(8))
        column.addWidget(button(_("选文件……"), choose, size="small"), 0, Qt.AlignmentFlag.AlignCenter)  # type: ignore[arg-type]
        column.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            restyle(self, over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        restyle(self, over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self, over=False)
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


class StartPage(QWidget):
    """Signals: `asked` (new, open, demo, demo_again, choose, dark, larger, keys, forget), `recent_chosen` (path),
    `stage_chosen` (key), `dropped` (paths)."""

    asked = Signal(str)
    recent_chosen = Signal(str)
    stage_chosen = Signal(str)
    dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("central")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(area)
        body = QWidget()
        area.setWidget(body)
        column = QVBoxLayout(body)
        side = theme().px(40)
        column.setContentsMargins(side, theme().px(20), side, theme().px(14))
        column.setSpacing(theme().px(16))
        column.addLayout(self._head())
        self._steps = QGridLayout()
        self._steps.setSpacing(theme().px(16))
        self._cards: list[QWidget] = []
        for number, stage in enumerate(STAGES, 1):
            card = StepCard(number, stage)
            card.clicked.connect(self.stage_chosen)
            self._cards.append(card)
            QShortcut(QKeySequence(str(number)), self, lambda key=stage.key: self.stage_chosen.emit(key))
        column.addLayout(self._steps, 3)
        self._lower = QGridLayout()
        self._lower.setSpacing(theme().px(16))
        drop = _Drop(lambda: self.asked.emit("choose"))
        drop.dropped.connect(self.dropped)
        self._others = (self._recent_card(), self._demo_card(), drop)
        column.addLayout(self._lower, 4)
        self._narrow: bool | None = None
        self._settle()
        theme().changed.connect(self._settle)
        column.addLayout(self._foot())

    def _arrange(self, *, narrow: bool) -> None:
        """Five cards beside each other; in large type in a small window three, and what is below them in two rows."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        across = 3 if narrow else len(self._cards)
        for number, card in enumerate(self._cards):
            self._steps.addWidget(card, number // across, number % across)
        for number in range(len(self._cards)):
            self._steps.setColumnStretch(number, 1 if number < across else 0)
        places = ((0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)) if narrow else ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1))
        for one, place in zip(self._others, places, strict=True):
            self._lower.addWidget(one, *place)
        for index, stretch in enumerate((1, 1, 0) if narrow else (5, 4, 4)):
            self._lower.setColumnStretch(index, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        self._arrange(narrow=self.width() < theme().px(_ALL_BESIDE))

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(label(_("先做哪一步？"), "heading"))
        text.addWidget(label(_("从图层到明白卡，一共五步。每画一笔就存到磁盘，没有“保存”要记。"), "note", wrap=True))
        row.addLayout(text, 1)
        row.addWidget(button(_("打开工作文件……"), lambda: self.asked.emit("open"), size="large", icon_name="open"))
        row.addWidget(
            button(_("新建工作文件"), lambda: self.asked.emit("new"), primary=True, size="large", icon_name="plus")
        )
        return row

    def _recent_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("sheetcard")
        column = QVBoxLayout(card)
        column.setContentsMargins(0, theme().px(10), 0, theme().px(6))
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme().px(16), 0, theme().px(12), theme().px(8))
        head.addWidget(label(_("最近打开"), "title"), 1)
        self._forget = button(_("清空列表"), lambda: self.asked.emit("forget"), flat=True, size="small")
        head.addWidget(self._forget)
        column.addLayout(head)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column.addLayout(self._recent)
        self._no_recent = label(_("还没有打开过。先打开示例看看，或新建一个工作文件。"), "note", wrap=True)
        self._no_recent.setContentsMargins(theme().px(16), theme().px(8), theme().px(16), 0)
        column.addWidget(self._no_recent)
        column.addStretch(1)
        return card

    def _demo_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("sheetcard")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme().px(16), theme().px(10), theme().px(16), theme().px(14))
        column.setSpacing(theme().px(8))
        column.addWidget(label(_("没有数据？先用示例练手"), "title"))
        column.addWidget(_Picture("demo"), 1)
        self._demo_note = label("", "note", wrap=True)
        column.addWidget(self._demo_note)
        row = QHBoxLayout()
        self._demo = button(_("打开示例"), lambda: self.asked.emit("demo"), primary=True)
        row.addWidget(self._demo)
        self._again = button(_("另开一份新的"), lambda: self.asked.emit("demo_again"))
        row.addWidget(self._again)
        row.addStretch(1)
        column.addLayout(row)
        return card

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(_("版本 {version}").format(version=__version__), "note"))
        row.addStretch(1)
        self.size_button = button("", lambda: self.asked.emit("larger"), flat=True, size="small")
        row.addWidget(self.size_button)
        row.addWidget(button(_("深色 / 浅色界面"), lambda: self.asked.emit("dark"), flat=True, size="small"))
        row.addWidget(button(_("快捷键一览"), lambda: self.asked.emit("keys"), flat=True, size="small"))
        row.addWidget(label("F1", "key"))
        return row

    def refresh(self, recent: Sequence[Recent], demo: Path) -> None:
        """`demo` is where the user's own copy of the demo lies, or would lie."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for one in recent[:_SHOWN_RECENT]:
            row = _RecentRow(one)
            row.clicked.connect(self.recent_chosen)
            self._recent.addWidget(row)
        self._recent.addWidget(line())
        self._forget.setVisible(bool(recent))
        self._no_recent.setVisible(not recent)
        there = demo.exists()
        self._demo.setText(_("接着用我的示例") if there else _("打开示例"))
        self._again.setVisible(there)
        text = _("全部为示意数据，印出来也会注明。打开的是副本，可以随便改，改了的会留下：{place}")
        self._demo_note.setText(text.format(place=demo))
        self.size_button.setText(_("字体大小 {percent} %").format(percent=theme().percent))
