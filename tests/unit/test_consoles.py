"""The command line speaks on every console: one that lacks a character, a pipe, none at all."""

import io
import sys

import pytest

from geohazard_desktop.app import main, speak_utf8

RARE = "㐂𠮷ᠮᠣᠩᠭᠣᠯ"


class Console(io.TextIOWrapper):
    """A window of cmd.exe with its Chinese code page, which lacks many a name's character."""

    def __init__(self, encoding: str, tty: bool) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, write_through=True)
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


@pytest.mark.parametrize(("encoding", "tty"), [("cp936", True), ("cp936", False), ("ascii", True)])
def test_a_name_that_the_console_lacks_stops_nothing(encoding, tty, monkeypatch):
    out = Console(encoding, tty)
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", out)
    speak_utf8()
    print(f"已导入 {RARE}")
    said = out.buffer.getvalue()
    assert said.endswith(b"\n")
    if tty:
        assert b"?" in said
    else:
        assert said.decode("utf-8").strip() == f"已导入 {RARE}"  # to a file or a pipe nothing is lost


def test_without_any_console_a_command_still_ends_as_it_should(monkeypatch, tmp_path):
    """pythonw has none."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["--help"]) == 0
    for one in (sys.stdout, sys.stderr):
        one.write("something that a library says without looking")
    assert main(["layers", str(tmp_path / "没有.gpkg")]) == 2
    sys.stdout.close()
    sys.stderr.close()
