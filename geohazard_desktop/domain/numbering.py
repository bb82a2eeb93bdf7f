"""Numbers for people: the district's letters, a letter for the layer, four digits: WD-W-0008."""

import re

DIGITS = 4


def format_number(prefix: str, letter: str, serial: int) -> str:
    """ "WD-W-0008" of ("WD", "W", 8); without a prefix "W-0008". Serials over 9999 get more digits."""
    return "-".join(part for part in (prefix, letter, f"{_positive(serial):0{DIGITS}d}") if part)


def serial_of(text: str, prefix: str, letter: str) -> int | None:
    """The serial of a number in this form and this series, else None: numbers of others are kept, never read."""
    head = "-".join(part for part in (prefix, letter) if part)
    found = re.fullmatch(rf"{re.escape(head)}-(\d{{{DIGITS},}})", text.strip(), re.ASCII)
    return int(found.group(1)) if found else None


def work_card_number(base: str, issue: int) -> str:
    """ "150304040001-G02": the hazard point's number and the holder's two digits (form of this program)."""
    return f"{base}-G{_positive(issue):02d}"


def household_card_number(base: str, serial: int) -> str:
    """ "150304040001-B017": the hazard point's or zone's number and the household's three digits."""
    return f"{base}-B{_positive(serial):03d}"


def _positive(serial: int) -> int:
    if serial < 1:
        raise ValueError(f"a serial begins at 1, not {serial}")
    return serial
