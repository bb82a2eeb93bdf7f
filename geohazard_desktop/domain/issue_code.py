"""核对码: the short code of its own on every sheet and card, made to be read out over the telephone.

Seven characters and a check character in two groups of four, "K7M4-RT9X". The 23 characters leave out what is taken for
another on paper (0 O, 1 I L, 2 Z, 5 S, 8 B, 6 G, U V) or by ear (D, Q). 23 is prime: the sum of the places' weights
1 to 8 times the characters' values is a multiple of 23, so a single wrong character and a swap of any two (neighbours
among them) always give a sum that is none.
"""

import re
import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from geohazard_desktop.common.texts import _

ALPHABET = "23456789ACEFHJKMNPRTWXY"
LENGTH = 8
_GROUP = 4
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
# What people type for a character of ours that is not in the alphabet: what it is most often taken for.
_LOOKS_LIKE = {"Z": "2", "S": "5", "B": "8", "G": "6", "V": "Y", "U": "Y", "D": "P", "Q": "9", "L": "4"}
_PRINTED = re.compile(rf"(?<![A-Z0-9])[{ALPHABET}]{{{_GROUP}}}-[{ALPHABET}]{{{_GROUP}}}(?![A-Z0-9])")
_BETWEEN = set(" 　-—–－_·.．,，")


@dataclass(frozen=True, slots=True)
class ReadCode:
    """What was typed or scanned. `code` is "K7M4-RT9X" where it is a code, else ""; `fault` then says why not, and
    `near` are the codes that one wrong character or one swap would turn into it, likeliest first."""

    code: str
    fault: str = ""
    near: tuple[str, ...] = ()


def is_code(text: str) -> bool:
    """Whether `text` is a code as it is printed."""
    plain = text.replace("-", "", 1) if text[_GROUP : _GROUP + 1] == "-" else ""
    return len(plain) == LENGTH and set(plain) <= set(ALPHABET) and _sum(plain) == 0


def make_code(payload: str) -> str:
    """The printed code of seven characters of the alphabet."""
    if len(payload) != LENGTH - 1 or not set(payload) <= set(ALPHABET):
        raise ValueError(f"a code is made of {LENGTH - 1} characters of {ALPHABET}, not of {payload!r}")
    # The last place's weight is LENGTH; its inverse modulo 23 turns the rest's sum into the check character.
    value = -_sum(payload) * pow(LENGTH, -1, len(ALPHABET)) % len(ALPHABET)
    return _grouped(payload + ALPHABET[value])


def new_code(taken: Callable[[str], bool], choose: Callable[[str], str] = secrets.choice) -> str:
    """A code that is not `taken`. Drawn by lot out of 23⁷, so that copies of a workspace don't draw the same ones."""
    while True:
        code = make_code("".join(choose(ALPHABET) for _place in range(LENGTH - 1)))
        if not taken(code):
            return code


def read_code(text: str, known: Collection[str] = ()) -> ReadCode:
    """A code as people type it: small letters, spaces, full width, without the stroke; or a scanned text with a code in
    it. `known` are the register's codes, to say which one a mistyped code may be."""
    plain = _plain(text)
    scanned = _within(text)
    if scanned:
        return ReadCode(scanned)
    if not plain:
        return ReadCode("", _("请输入核对码，印在图和卡的下面，像 K7M4-RT9X。"))
    strange = [(place, sign) for place, sign in enumerate(plain, 1) if sign not in _VALUE]
    if len(plain) != LENGTH:
        fault = _("核对码是 {length} 个字，这里有 {count} 个。").format(length=LENGTH, count=len(plain))
        return ReadCode("", fault, tuple(one for one in _of_other_length(plain) if one in known))
    near = tuple(one for one in _close(plain) if one in known)
    if strange:
        place, sign = strange[0]
        guess = _LOOKS_LIKE.get(sign, "")
        fault = _("第 {place} 个字“{sign}”不对，核对码里没有这个字。").format(place=place, sign=sign)
        if guess and not near:
            fault += _("会不会是“{guess}”？").format(guess=guess)
        return ReadCode("", fault, near)
    code = _grouped(plain)
    return ReadCode(code) if _sum(plain) == 0 else ReadCode("", _mistyped(code, near), near)


def _mistyped(code: str, near: tuple[str, ...]) -> str:
    if not near:
        return _("核对码 {code} 有字抄错了，和校验字对不上。请再念一遍。").format(code=code)
    places = [
        number for number, (one, other) in enumerate(zip(_plain(code), _plain(near[0]), strict=True), 1) if one != other
    ]
    if len(places) == 1:
        place = places[0]
        return _("第 {place} 个字“{sign}”看着不对，像是“{meant}”。").format(
            place=place, sign=_plain(code)[place - 1], meant=_plain(near[0])[place - 1]
        )
    return _("第 {one} 个字和第 {two} 个字像是写颠倒了。").format(one=places[0], two=places[1])


def _close(plain: str) -> Iterator[str]:
    """Codes that differ in one character or by one swap of neighbours."""
    for place in range(LENGTH):
        guess = _LOOKS_LIKE.get(plain[place], "")
        for sign in dict.fromkeys((*guess, *ALPHABET)):
            changed = plain[:place] + sign + plain[place + 1 :]
            if changed != plain and set(changed) <= set(ALPHABET) and _sum(changed) == 0:
                yield _grouped(changed)
    for place in range(LENGTH - 1):
        swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        if swapped != plain and set(swapped) <= set(ALPHABET) and _sum(swapped) == 0:
            yield _grouped(swapped)


def _of_other_length(plain: str) -> Iterator[str]:
    """Codes of which one character was left out or said twice."""
    if len(plain) == LENGTH - 1:
        tries = (plain[:place] + sign + plain[place:] for place in range(LENGTH) for sign in ALPHABET)
    elif len(plain) == LENGTH + 1:
        tries = (plain[:place] + plain[place + 1 :] for place in range(LENGTH + 1))
    else:
        return
    for one in dict.fromkeys(tries):
        if set(one) <= set(ALPHABET) and _sum(one) == 0:
            yield _grouped(one)


def _within(text: str) -> str:
    """The code in a scanned text that holds more than it, "" for none."""
    return next((one for one in _PRINTED.findall(text.upper()) if is_code(one)), "")


def _plain(text: str) -> str:
    """Capital letters and digits of half width, without what stands between the groups."""
    found = []
    for sign in text.strip().upper():
        half = chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign
        if half not in _BETWEEN and sign not in _BETWEEN:
            found.append(half.upper())
    return "".join(found)


def _grouped(plain: str) -> str:
    return f"{plain[:_GROUP]}-{plain[_GROUP:]}"


def _sum(plain: str) -> int:
    return sum(weight * _VALUE[sign] for weight, sign in enumerate(plain, 1)) % len(ALPHABET)
