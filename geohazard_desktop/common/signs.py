"""Signs of a text that nothing can show: they come along in what is pasted, and break files or turn words around."""

# Commands that turn the direction of what follows them (Unicode 15, UAX 9: embeddings, overrides, isolates): with one
# of them in it, a name is read otherwise than it was typed.
_TURNS = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


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
