"""What the system below lacks is said in one sentence, with the names an administrator types."""

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import PySide6
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def parts(monkeypatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "scripts")
    return importlib.import_module("system_parts")


@pytest.fixture
def tools(parts, monkeypatch):
    """Call it with the tools that the machine has."""

    def has(*names: str) -> None:
        monkeypatch.setattr(parts.shutil, "which", lambda name: f"/usr/bin/{name}" if name in names else None)

    return has


def test_this_machine_lacks_nothing(parts):
    assert parts.unfit() == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux' loader")
def test_qt_finds_every_library_of_this_machine(parts):
    assert parts.missing_libraries(Path(PySide6.__file__).parent / "Qt") == []


@pytest.mark.parametrize(
    ("fonts", "said"), [("Noto Sans CJK SC\n", ""), ("", "系统里没有中文字体，窗口上的字都是方框")]
)
def test_a_system_without_a_chinese_font_is_told_which_to_bring(parts, tools, monkeypatch, fonts, said):
    """Where there is no apt, nobody has installed one by the way."""
    monkeypatch.setattr(parts.sys, "platform", "linux")
    told = subprocess.CompletedProcess([], 0, fonts.encode(), b"")
    monkeypatch.setattr(parts.subprocess, "run", lambda _words, **_more: told)
    tools("fc-list", "dnf")
    sentence = parts.without_chinese()
    assert sentence.startswith(said)
    assert bool(sentence) == ("dnf install google-noto-sans-cjk-ttc-fonts google-noto-serif-cjk" in sentence)
    tools()
    assert parts.without_chinese() == ""  # the window says it then


def test_a_missing_library_is_named_once_with_its_packages(parts, tools, monkeypatch, tmp_path):
    for name in ("libqxcb.so", "libqoffscreen.so"):
        path = tmp_path / "plugins" / "platforms" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    told = (
        "\tlinux-vdso.so.1 (0x0000)\n\tlibxcb-cursor.so.0 => not found\n"
        "\tlibc.so.6 => /lib/libc.so.6 (0x0000)\n\tlibxkbcommon-x11.so.0 => not found\n"
    )
    monkeypatch.setattr(parts.sys, "platform", "linux")
    monkeypatch.setattr(parts.subprocess, "run", lambda words, **_more: subprocess.CompletedProcess(words, 1, told, ""))
    tools("ldd", "apt-get")
    missing = parts.missing_libraries(tmp_path)
    assert missing == ["libxcb-cursor.so.0", "libxkbcommon-x11.so.0"]
    sentence = parts.without(missing)
    assert sentence.startswith("系统里缺少 libxcb-cursor.so.0、libxkbcommon-x11.so.0，窗口打不开。")
    assert "apt-get install libxcb-cursor0 libxkbcommon-x11-0，" in sentence
    tools("ldd", "dnf")
    assert "dnf install xcb-util-cursor libxkbcommon-x11，" in parts.without(missing)
    tools()
    assert "apt：libxcb-cursor0" in parts.without(missing)
    assert "dnf：xcb-util-cursor" in parts.without(missing)
    assert "含有它们的软件包" in parts.without(["libnever.so.1"])


def test_a_python_built_without_its_parts_is_said_before_anything_is_fetched(parts, tools, monkeypatch):
    def lacking(name: str) -> ModuleType:
        if name in ("ssl", "sqlite3"):
            raise ImportError(name)
        return importlib.import_module(name)

    monkeypatch.setattr(parts, "import_module", lacking)
    tools("apt-get")
    sentence = parts.unfit()
    assert "没有 ssl、sqlite3。" in sentence
    assert "apt-get install libssl-dev libsqlite3-dev，" in sentence
    tools("yum")
    assert "yum install openssl-devel sqlite-devel，" in parts.unfit()


@pytest.mark.parametrize(
    ("machine", "library", "words"),
    [
        ("x86_64", "glibc 2.28", ""),
        ("x86_64", "glibc 2.27", "glibc 2.27 太旧，x86_64 上要 glibc 2.28 以上"),
        ("x86_64", None, "C 库（不是 glibc） 太旧"),
        ("aarch64", "glibc 2.28", "aarch64 上要 glibc 2.39 以上"),
        ("aarch64", "glibc 2.39", ""),
        ("loongarch64", "glibc 2.28", "处理器是 loongarch64"),
    ],
)
def test_a_system_that_no_package_is_made_for_is_said(parts, monkeypatch, machine, library, words):
    monkeypatch.setattr(parts.sys, "platform", "linux")
    monkeypatch.setattr(parts.platform, "machine", lambda: machine)
    monkeypatch.setattr(parts.os, "confstr", lambda _name: library, raising=False)
    sentence = parts.unfit()
    assert words in sentence
    assert bool(sentence) == bool(words)


def test_a_place_too_deep_for_windows_is_said(parts, monkeypatch, tmp_path):
    monkeypatch.setattr(parts, "os", SimpleNamespace(name="nt"))
    monkeypatch.setattr(parts, "__file__", str(tmp_path.joinpath(*["很深的文件夹"] * 20, "scripts", "system_parts.py")))
    assert "路径太长" in parts.unfit()
