"""The one place where failures become sentences: a bar over the canvas, or a dialog where nothing else is in sight.

Every GeohazardError is shown with its sentence and remedy; what nobody foresaw goes to the log with its traceback
and is shown as a sentence that names the log. Nothing is swallowed.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QObject, QThread, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.log import log_file, start_log
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.user_folders import FolderUnusable

_log = logging.getLogger("geohazard_desktop.window")


class Reporter(QObject):
    """`shown` carries severity (error, warning, info, done), sentence, remedy and the stable code for the details."""

    shown = Signal(str, str, str, str)

    def error(self, error: GeohazardError) -> None:
        _log.warning("%s %s", error.code, error)
        self.shown.emit("error", error.sentence, error.remedy, error.code)

    def say(self, severity: str, sentence: str, remedy: str = "") -> None:
        self.shown.emit(severity, sentence, remedy, "")

    def unexpected(self, error: BaseException) -> None:
        """Something nobody foresaw. The window goes on; the disk is whole, because every step is a transaction."""
        _log.error("unexpected", exc_info=error)
        self.shown.emit(
            "error",
            _("程序遇到一个没有料到的情况，这一步没有做成。"),
            _("已存的内容没有受影响；请把记录文件 {name} 发给维护人员。").format(name=log_file().name),
            type(error).__name__,
        )

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Run a user's step: a foreseen refusal is shown and the step ends; anything else goes to the excepthook."""
        try:
            yield
        except GeohazardError as error:
            self.error(error)


_reporter: Reporter | None = None


def reporter() -> Reporter:
    global _reporter
    if _reporter is None:
        _reporter = Reporter()
    return _reporter


def install() -> None:
    """Send unexpected exceptions and Qt's own warnings to the log, and the former to the user as well."""
    root = logging.getLogger("geohazard_desktop")
    if not any(isinstance(one, logging.FileHandler) for one in root.handlers):
        try:
            start_log()
        except (OSError, FolderUnusable) as error:
            root.warning("no log file: %s", error)
    sys.excepthook = _hook
    qInstallMessageHandler(_qt_message)


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    app = QApplication.instance()
    if isinstance(error, GeohazardError):
        reporter().error(error)
    elif app is None:
        sys.__excepthook__(kind, error, trace)
    else:
        # Signals cross threads safely; a traceback on the console helps whoever started the program there.
        if sys.stderr is not None and QThread.currentThread() is app.thread():
            sys.__excepthook__(kind, error, trace)
        reporter().unexpected(error)


def _qt_message(kind: QtMsgType, _context: object, text: str) -> None:
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.DEBUG,
        QtMsgType.QtWarningMsg: logging.INFO,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }.get(kind, logging.INFO)
    _log.log(level, "Qt: %s", text)
