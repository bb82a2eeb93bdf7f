"""Numbers for people: the district's letters, a letter for the layer, four digits: WD-W-0008."""

import re

DIGITS = 4


def format_number(prefix: str, letter: str, serial: int) -> str:
    """ "WD-W-0008" of ("WD", "W", 8); without a prefix "W-0008". Serials over 9999 get more digits."""
    return "-".join(part for part in (prefix, letter, f"{serial:0{DIGITS}d}") if part)


def serial_of(text: str, prefix: str, letter: str) -> int | None:
    """The serial of a number in this form and this series, else None."""
    head = "-".join(part for part in (prefix, letter) if part)
    found = re.fullmatch(rf"{re.escape(head)}-(\d{{{DIGITS},}})", text.strip(), re.ASCII)
    return int(found.group(1)) if found else None
