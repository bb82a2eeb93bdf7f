"""Photos on their way into the workspace: read and scaled beside the window, stored in one step for their feature.

It belongs to the session, not to the form: whoever selects something else meanwhile loses no photo.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.background import Jobs, Progress
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.session import Key, Session
from geohazard_desktop.exchange.photos import Photo, read_photo
from geohazard_desktop.workspace.edits import attach_photos

Source = Path | tuple[str, bytes]


class PhotoAttacher(QObject):
    """`progressed` (key, done, total) while photos of a feature are read; `finished` (key) when they are stored, or
    refused with a sentence each."""

    progressed = Signal(object, int, int)
    finished = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._jobs = Jobs(self)
        self.busy: dict[Key, tuple[int, int]] = {}
        session.leaving.connect(self._finish)

    def attach(self, key: Key, sources: Sequence[Source]) -> None:
        """Read `sources` in the background and attach them to the feature of `key`."""
        if not sources:
            return
        ws = self._session.workspace
        self.busy[key] = (0, len(sources))
        self._jobs.start(
            lambda progress: _read(sources, progress),
            lambda found: self._store(ws, key, *found),
            told=lambda done, total, _words: self._tell(key, done, total),
            stopped=lambda: self._end(key),
            failed=lambda: self._end(key),
        )
        self.progressed.emit(key, 0, len(sources))

    def _finish(self) -> None:
        """What was given to a feature is stored before its file is left; what can't be is said."""
        self._jobs.wait(stop=False)
        left = sum(total for _done, total in self.busy.values())
        if left:
            reporter().say("warning", _("{count} 张照片还没有读完，没有附上。").format(count=left), _("请再附一次。"))
            self._jobs.wait()

    def _tell(self, key: Key, done: int, total: int) -> None:
        self.busy[key] = (done, total)
        self.progressed.emit(key, done, total)

    def _end(self, key: Key) -> None:
        self.busy.pop(key, None)
        self.finished.emit(key)

    def _store(self, ws: object, key: Key, photos: list[Photo], refused: list[GeohazardError]) -> None:
        self.busy.pop(key, None)
        if self._session.ws is not ws:
            return  # the workspace was closed meanwhile, and it was said that nothing of the photos is in it
        for error in refused:
            reporter().error(error)
        with reporter().guard():
            self._keep(key, photos)
        self.finished.emit(key)

    def _keep(self, key: Key, photos: list[Photo]) -> None:
        workspace = self._session.workspace
        feature = workspace.feature(*key)
        if not photos:
            return
        if feature is None:
            reporter().say("warning", _("照片没有附上：要素在这期间被删除了。"), _("撤销删除后再附一次。"))
            return
        rows = [photo.values(workspace.keep_file(photo.data)) for photo in photos]
        if not self._session.apply(attach_photos(workspace.definitions, feature, rows)):
            return
        for note in dict.fromkeys(note for photo in photos for note in photo.notes):
            reporter().say("info", note)
        reporter().say("done", _told(photos))


def _told(photos: Sequence[Photo]) -> str:
    kept = sum(len(one.data) for one in photos)
    before = sum(one.original_bytes for one in photos)
    words = _("已附 {count} 张照片，存进工作文件 {kept}。").format(count=len(photos), kept=size_words(kept))
    if before > kept:
        words = _("已附 {count} 张照片，原来 {before}，缩小后 {kept}，存在工作文件里。").format(
            count=len(photos), before=size_words(before), kept=size_words(kept)
        )
    return words


def size_words(size: int) -> str:
    """1.8 MB, 240 KB."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def _read(sources: Sequence[Source], progress: Progress) -> tuple[list[Photo], list[GeohazardError]]:
    found: list[Photo] = []
    refused: list[GeohazardError] = []
    for index, source in enumerate(sources):
        progress(index, len(sources))
        try:
            found.append(read_photo(source) if isinstance(source, Path) else read_photo(source[1], source[0]))
        except GeohazardError as error:
            refused.append(error)
    return found, refused


def attacher_of(session: Session) -> PhotoAttacher:
    """The session's own; made when the first form asks."""
    found = session.findChild(PhotoAttacher)
    return found if isinstance(found, PhotoAttacher) else PhotoAttacher(session)


def image_bytes(image: QImage) -> bytes:
    """A picture of the clipboard as a PNG."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())
