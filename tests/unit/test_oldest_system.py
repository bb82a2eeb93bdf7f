"""What an environment's binaries ask of the system is read from themselves."""

import importlib
import struct
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def oldest(monkeypatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "scripts")
    return importlib.import_module("oldest_system")


def binary(*versions: str) -> bytes:
    """A library of 64 bits that needs these versions of libc.so.6: header, texts, needed versions, section table."""
    texts, names = b"\0", []
    for one in versions:
        names.append(len(texts))
        texts += one.encode() + b"\0"
    needed = struct.pack("<HHIII", 1, len(versions), 0, 16, 0)
    for place, name in enumerate(names):
        needed += struct.pack("<IHHII", 0, 0, 2, name, 16 if place + 1 < len(names) else 0)
    table = 64 + len(texts) + len(needed)
    numbers = struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, 0, table, 0, 64, 0, 0, 64, 2, 0)
    header = b"\x7fELF\x02\x01\x01".ljust(16, b"\0") + numbers
    strings = struct.pack("<IIQQQQIIQQ", 0, 3, 0, 0, 64, len(texts), 0, 0, 1, 0)
    versions_at = 64 + len(texts)
    wanted = struct.pack("<IIQQQQIIQQ", 0, 0x6FFFFFFE, 0, 0, versions_at, len(needed), 0, 1, 4, 0)
    return header + texts + needed + strings + wanted


def test_versions_are_read_from_the_binary(oldest, tmp_path):
    path = tmp_path / "libnew.so"
    path.write_bytes(binary("GLIBC_2.17", "GLIBC_2.34"))
    assert list(oldest.asked_versions(path)) == ["GLIBC_2.17", "GLIBC_2.34"]
    path.write_bytes(b"#!/bin/sh\n" + b"x" * 100)
    assert list(oldest.asked_versions(path)) == []


@pytest.mark.parametrize(
    ("version", "later"),
    [
        ("GLIBC_2.28", False),
        ("GLIBC_2.29", True),
        ("GLIBC_2.3.4", False),
        ("GLIBCXX_3.4.25", False),
        ("GLIBCXX_3.4.26", True),
        ("GLIBC_PRIVATE", False),
        ("Qt_6.9", False),
    ],
)
def test_what_debian_10_has_is_not_beyond_it(oldest, version, later):
    assert oldest.beyond(version) == later


def test_an_environment_is_judged_by_its_worst_binary(oldest, tmp_path, capsys):
    library = tmp_path / "lib" / "python3.11" / "libgood.so"
    library.parent.mkdir(parents=True)
    library.write_bytes(binary("GLIBC_2.28"))
    assert oldest.main([str(tmp_path)]) == 0
    library.with_name("libnew.so").write_bytes(binary("GLIBC_2.34"))
    assert oldest.main([str(tmp_path)]) == 1
    assert "GLIBC_2.34: lib/python3.11/libnew.so" in capsys.readouterr().out
    assert oldest.main([str(tmp_path / "lib")]) == 1, "where nothing is read nothing is proved"
