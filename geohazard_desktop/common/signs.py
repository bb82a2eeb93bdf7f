"""Signs of a text that nothing can show: they come along in what is pasted, and break files or turn words around."""

# Commands that turn the direction of what follows them (Unicode 15, UAX 9: embeddings, overrides, isolates): with one
# of them in it, a name is read otherwise than it was typed.
_TURNS = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])

# What takes no room and joins nothing: zero-width space, marks of direction, word joiner, byte order mark, soft hyphen.
# Joiners (U+200C, U+200D) stay: Mongolian and emoji are written with them.
_UNSEEN = frozenset([0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, *range(0x2060, 0x2065), 0xFEFF])


def unseen(text: str) -> list[str]:
    """The signs of `text` that nobody sees: two names that look alike are not the same with one of them."""
    if text.isprintable():
        return []
    return [one for one in text if ord(one) in _UNSEEN or (not prints(one) and one not in "\n\r\t")]


def without_unseen(text: str) -> str:
    hidden = set(unseen(text))
    return "".join(one for one in text if one not in hidden)


def prints(character: str) -> bool:
    """False for control codes, half surrogates and commands of direction: no paper can show them, no XML may carry
    the first two."""
    code = ord(character)
    control = code < 0x20 or 0x7F <= code < 0xA0
    return not (control or 0xD800 <= code < 0xE000 or code in _TURNS or code in {0xFFFE, 0xFFFF})


def one_line(text: str) -> str:
    """`text` on one line: breaks and tabs are spaces, what does not print is left out."""
    if text.isprintable():  # nearly always, and this is asked for each name of a layer
        return text
    kept = (" " if one in "\n\r\t\v\f" else one for one in text.replace("\r\n", "\n"))
    return "".join(one for one in kept if prints(one))
