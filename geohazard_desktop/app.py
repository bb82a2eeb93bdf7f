"""Start-up order: the command line first; the window only where it is asked for and there is a display."""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.own_libraries import keep_to_own_libraries
from geohazard_desktop.common.texts import _

_COMMANDS = ("new", "import", "layers", "check", "map", "cards", "web", "template")


def main(arguments: Sequence[str]) -> int:
    """Run the program; returns its exit status (0 done, 1 done with faults left, 2 refused)."""
    speak_utf8()
    keep_to_own_libraries()
    if arguments and (arguments[0] in _COMMANDS or arguments[0].startswith("-")):
        from geohazard_desktop.cli import run

        return run(arguments)
    if len(arguments) > 1 or (arguments and _is_a_word(arguments[0])):
        from geohazard_desktop.cli import run

        return run(arguments)
    if not has_display():
        print(_("这台机器没有显示器，打不开窗口。请用命令行出图和发卡：main.py --help 列出全部命令。"), file=sys.stderr)
        return 2
    gc.disable()  # looking through what is only being built takes a fifth of the start; later CycleCollector looks
    from geohazard_desktop.cartography.map_process import launch

    launch.warm_up()  # it loads its libraries, reads, and paints while this process builds the window
    path = Path(arguments[0]) if arguments else None
    if path is not None:
        from geohazard_desktop.desktop import preferences

        launch.read_ahead(path, preferences.load().canvas)
    from geohazard_desktop.desktop.start import run_window

    try:
        return run_window(path)
    except GeohazardError as error:
        print(error, file=sys.stderr)
        return 2


def _is_a_word(argument: str) -> bool:
    """A command that doesn't exist rather than a file: nothing of that name is there, and it has no ending."""
    path = Path(argument)
    return not path.suffix and path.name == argument and not path.exists()


def has_display() -> bool:
    """Whether a window can be shown: always on Windows and macOS, elsewhere with an X or Wayland server."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def speak_utf8() -> None:
    """Chinese text leaves in UTF-8 when piped, and never fails on a console that lacks a character. Where there is no
    console (pythonw), what is said goes nowhere: argparse of Python 3.11.2, Debian 12's, writes without looking."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for good
        elif hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def console_main() -> None:
    """Entry point of the installed command."""
    sys.exit(main(sys.argv[1:]))
