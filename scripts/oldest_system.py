"""Prove that nothing in `.venv` asks for more than the oldest system we promise, Debian 10: 统信 20 and 麒麟 V10.

Wheel tags (.ci/wheels) are what packages say of themselves; this reads what their binaries ask the loader for, whether
the program loads them at its start or never. Needs Linux, runs for some seconds.

    python scripts/oldest_system.py [ENVIRONMENT]
"""

import mmap
import re
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The newest version of each family of symbols in Debian 10: glibc 2.28, GCC 8, NSS 3.42, xkbcommon 0.8.
LIMITS = {
    "GLIBC": (2, 28),
    "GLIBCXX": (3, 4, 25),
    "CXXABI": (1, 3, 11),
    "GCC": (7, 0, 0),
    "NSS": (3, 42),
    "NSSUTIL": (3, 42),
    "V": (0, 8, 0),
}
_VERNEED = 0x6FFFFFFE  # SHT_GNU_verneed (Linux Standard Base, "Symbol Versioning")


def asked_versions(path: Path) -> Iterator[str]:
    """The versions of symbols that an ELF file of 64 bits needs from others; none of any other file."""
    with path.open("rb") as stream:
        if stream.read(5) != b"\x7fELF\x02":
            return
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield from _asked(data)


def _asked(data: mmap.mmap) -> Iterator[str]:
    (start,) = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    # name, type, flags, address, offset, size, link, info, …
    sections = [struct.unpack_from("<IIQQQQII", data, start + number * size) for number in range(count)]
    for _name, kind, _flags, _address, offset, _size, link, files in sections:
        if kind != _VERNEED:
            continue
        texts = sections[link][4]
        at = offset
        for _file in range(files):
            _version, symbols, _name, first, step = struct.unpack_from("<HHIII", data, at)
            symbol = at + first
            for _symbol in range(symbols):
                _hash, _flags, _other, name, further = struct.unpack_from("<IHHII", data, symbol)
                end = data.find(b"\0", texts + name)
                yield data[texts + name : end].decode("ascii", "replace")
                symbol += further
            at += step


def beyond(version: str) -> bool:
    """Whether a version such as GLIBC_2.29 is later than the oldest system's; families without a limit never are."""
    family, _line, number = version.partition("_")
    if family not in LIMITS or not re.fullmatch(r"\d+(\.\d+)*", number):
        return False
    return tuple(map(int, number.split("."))) > LIMITS[family]


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else ROOT / ".venv"
    found: dict[str, list[str]] = defaultdict(list)
    binaries = 0
    for path in sorted((folder / "lib").rglob("*")):
        if path.is_symlink() or not path.is_file() or path.stat().st_size < 64:
            continue
        versions = set(asked_versions(path))
        binaries += bool(versions)
        for one in filter(beyond, versions):
            found[one].append(str(path.relative_to(folder)))
    for version, places in sorted(found.items()):
        print(f"{version}: {', '.join(places[:5])}{' …' if len(places) > 5 else ''}")
    print(f"{binaries} binaries; {'nothing' if not found else 'the above'} asks for more than Debian 10 has.")
    return 1 if found or not binaries else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
