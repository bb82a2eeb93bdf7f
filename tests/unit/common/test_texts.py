"""Chinese is the source language; another language is a catalogue that an office adds."""

import pytest

from geohazard_desktop.common import texts


@pytest.fixture(autouse=True)
def chinese_again(monkeypatch):
    monkeypatch.setattr(texts, "_catalogue", texts._catalogue)


def test_without_a_catalogue_the_chinese_text_stays(tmp_path):
    texts.install(tmp_path, ["mn"])
    assert texts._("危险区") == "危险区"


def test_a_catalogue_is_used(tmp_path):
    folder = tmp_path / "mn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / f"{texts.DOMAIN}.mo").write_bytes(
        _catalogue({"": "Content-Type: text/plain; charset=UTF-8\n", "危险区": "ᠠᠶᠤᠯ"})
    )
    texts.install(tmp_path, ["mn"])
    assert texts._("危险区") == "ᠠᠶᠤᠯ"
    assert texts._("撤离路线") == "撤离路线"


def _catalogue(words: dict[str, str]) -> bytes:
    """A gettext .mo file (GNU gettext manual, "The Format of GNU MO Files")."""
    import struct

    pairs = sorted((key.encode(), value.encode()) for key, value in words.items())
    count, head = len(pairs), 28
    place = head + 16 * count
    tables: list[bytes] = []
    body = b""
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), place + len(body)))
            body += pair[column] + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, count, head, head + 8 * count, 0, 0) + b"".join(tables) + body
