"""What a Chinese name is called on a keyboard: initials and spellings in pinyin, for every list that is searched.

One helper for the register, the finder and 转到, so that one habit of typing works everywhere: "dlh", "dalaihao"
and "da来" all find 达来浩. Readings are taken character by character, all of them (重 is zhong and chong), because a
place is often read against the dictionary, and a search must rather find too much than nothing.
"""

from functools import lru_cache

# A name of eight characters with three readings each would have 6561 initials; nobody types past the first few.
_MOST_INITIALS = 64


@lru_cache(maxsize=32768)
def spellings(character: str) -> tuple[str, ...]:
    """All readings of one character without tones, in lower case ("zhong", "chong"); of others the character itself.

    ü is written v, as input methods have it, and u beside it, as people type it.
    """
    if not "\u3400" <= character <= "\U0003ffff":
        return (character.lower(),)
    from pypinyin import Style, pinyin  # a tenth of a second of import: when a name is first searched

    readings: dict[str, None] = {}
    for reading in pinyin(character, style=Style.NORMAL, heteronym=True, errors="default")[0]:
        readings[reading.lower()] = None
        if "v" in reading:
            readings[reading.lower().replace("v", "u")] = None
    return tuple(readings)


@lru_cache(maxsize=32768)
def initials(text: str) -> frozenset[str]:
    """Every string of first letters `text` may be known by: 重庆 gives zq, cq and tq; "" gives "" alone.

    Characters that are no Chinese ones stay as they are, in lower case; white space is left out. At most 64 strings are
    given, the readings that are usual first.
    """
    found: list[str] = [""]
    for character in text:
        if character.isspace():
            continue
        letters = dict.fromkeys(reading[0] for reading in spellings(character))
        found = [before + letter for before in found for letter in letters][:_MOST_INITIALS]
    return frozenset(found)


@lru_cache(maxsize=65536)
def matches(text: str, typed: str) -> bool:
    """Whether `typed` names a run of `text`: characters themselves, initials, whole spellings, or any mixture of them.

    Case and white space do not count. Nothing typed matches everything. 达来浩 is found by "来浩", "dlh", "lh",
    "dalai" and "da来h"; a spelling may be cut short at any letter.
    """
    wanted = "".join(typed.lower().split())
    name = "".join(text.lower().split())
    if wanted in name:
        return True
    if not wanted.isascii() and not any("\u3400" <= letter <= "\U0003ffff" for letter in wanted):
        return False
    return any(_runs(name, start, wanted) for start in range(len(name)))


def _runs(name: str, start: int, wanted: str) -> bool:
    """Whether `wanted` can be spelt completely from the characters of `name` from `start` on."""
    reached = {0}  # how much of `wanted` is spelt before the character at hand
    for character in name[start:]:
        beyond: set[int] = set()
        for at in reached:
            if wanted.startswith(character, at):
                beyond.add(at + len(character))
            for spelling in spellings(character):
                for length in range(1, len(spelling) + 1):
                    if not wanted.startswith(spelling[:length], at):
                        break
                    beyond.add(at + length)
        if len(wanted) in beyond:
            return True
        if not beyond:
            return False
        reached = beyond
    return False
