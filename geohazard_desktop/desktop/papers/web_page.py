"""The finished web page inside the window. It may load itself and nothing else, from nowhere else."""

import logging
import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.parts import Elided, button, label
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme

_log = logging.getLogger(__name__)
_NO_GPU = "--disable-gpu"


def before_engine() -> None:
    """Chromium refuses its sandbox to root; for anyone else the sandbox stays on.

    The engine wants contexts of OpenGL shared from the start of the application, which would cost each start a
    twentieth of a second for a page that few look at here: it paints without the graphics card instead, which
    is enough for one map and the same on every machine. The attribute is what its import asks for.
    """
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    if _NO_GPU not in flags.split():
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = f"{flags} {_NO_GPU}".strip()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")


def _same_file(url: QUrl, allowed: QUrl) -> bool:
    """The page itself, whatever stands behind a #. QUrl.matches with RemoveFragment kills PySide 6.9.3."""
    return url.isLocalFile() and not url.hasQuery() and url.toLocalFile() == allowed.toLocalFile()


def _engine() -> tuple[Any, Any]:
    """A view and its profile: off the record, and an interceptor that lets only the page's own file through."""
    before_engine()
    from PySide6.QtWebEngineCore import (
        QWebEnginePage,
        QWebEngineProfile,
        QWebEngineSettings,
        QWebEngineUrlRequestInterceptor,
    )
    from PySide6.QtWebEngineWidgets import QWebEngineView

    class OnlyThisFile(QWebEngineUrlRequestInterceptor):
        def __init__(self, parent: QObject) -> None:
            super().__init__(parent)
            self.allowed = QUrl()
            self.refused: list[str] = []

        def interceptRequest(self, info: Any) -> None:
            url = info.requestUrl()
            if url.scheme() in ("data", "blob") or _same_file(url, self.allowed):
                return
            self.refused.append(url.toString())
            info.block(True)

    class Page(QWebEnginePage):
        def acceptNavigationRequest(self, url: QUrl, _kind: object, _main: bool) -> bool:
            return _same_file(url, interceptor.allowed)

        def createWindow(self, _kind: object) -> None:
            return None

    view = QWebEngineView()
    profile = QWebEngineProfile(view)  # no name: off the record
    interceptor = OnlyThisFile(profile)
    profile.setUrlRequestInterceptor(interceptor)
    page = Page(profile, view)
    attributes = QWebEngineSettings.WebAttribute
    for one in (
        attributes.LocalContentCanAccessRemoteUrls,
        attributes.LocalContentCanAccessFileUrls,
        attributes.PluginsEnabled,
        attributes.JavascriptCanOpenWindows,
        attributes.JavascriptCanAccessClipboard,
    ):
        page.settings().setAttribute(one, False)
    view.setPage(page)
    return view, interceptor


class WebPage(QWidget):
    closed = Signal()
    loaded = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self._view: Any = None
        self._interceptor: Any = None
        self.excuse: QLabel | None = None  # why there is no page here
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(theme().px(14), theme().px(6), theme().px(10), theme().px(6))
        self.title = Elided("", "body", "text")
        row.addWidget(self.title, 1)
        row.addWidget(button(_("另存为……"), self.save_as, size="small"))
        row.addWidget(button(_("用浏览器打开"), self._open, size="small"))
        row.addWidget(button(_("回到地图"), self.closed.emit, size="small"))
        self._column.addWidget(head)

    def show_file(self, path: Path) -> None:
        self.path = path
        self.title.set_text(path.name)
        if self._view is None and self.excuse is None:
            try:
                self._view, self._interceptor = _engine()
            except ImportError as error:
                self._do_without(error)
            else:
                self._view.loadFinished.connect(self.loaded)
                self._column.addWidget(self._view, 1)
        if self._view is None:
            return
        url = QUrl.fromLocalFile(str(path))
        self._interceptor.allowed = url
        self._view.load(url)

    def _do_without(self, error: ImportError) -> None:
        """The engine asks more of the system's graphics libraries than all else here (Mesa 21.1; 统信 20 and Debian 10
        have an older one): the page is then seen in the system's browser."""
        _log.warning("no web engine: %s", error)
        why = _("图形库太旧") if "undefined symbol" in str(error) else _("缺少网页引擎要的库")
        words = _("这个系统{why}，网页地图不能在窗口里看，别的都照常。请点右上角“用浏览器打开”。").format(why=why)
        self.excuse = label(words, "body", wrap=True)
        self.excuse.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self.excuse, 1)

    def save_as(self) -> None:
        if self.path is None:
            return
        found = files.ask_save(self, _("网页地图另存为"), self.path.name, _("网页 (*.html)"), ".html")
        if found is None or found == self.path:
            return
        with reporter().guard():
            try:
                content = self.path.read_bytes()
            except OSError as error:
                raise ExportRefused(
                    _("读不了 {name}（{reason}），没有另存。").format(name=self.path.name, reason=reason_of(error)),
                    _("文件可能被移走了，请再出一次。"),
                ) from error
            write_whole(found, content)
            reporter().say("done", _("网页已另存为 {name}。").format(name=found))

    def _open(self) -> None:
        if self.path is not None:
            files.show_in_system(self.path)

    def let_go(self) -> None:
        """The engine ends before the application does, at once and the page before its profile: Chromium insists."""
        if self._view is not None:
            from shiboken6 import delete

            page = self._view.page()
            self._view.hide()
            delete(page)
            delete(self._view)
            self._view = None
