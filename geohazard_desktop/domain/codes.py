"""What looks wrong about a telephone number or a 统一编号: doubts to be read beside the field, never a refusal.

An office keeps numbers that no rule foresees; how they are usually built stands in resources/rules/phones.toml and
hazards.toml.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.hazard import read_unified_code
from geohazard_desktop.domain.rule_file import read_rules

FILE = "phones.toml"


@dataclass(frozen=True, slots=True)
class PhoneFault:
    """A number that can hardly be dialled, as it was written, and why, as a clause that does not repeat it."""

    written: str
    why: str


def phone_faults(text: str) -> list[PhoneFault]:
    """What is wrong with the numbers in `text` (several may be parted by 、 , ; / or 或); [] where nothing is."""
    form = _phone_form()
    found = []
    for part in _parts(text):
        why = form.fault(bare_number(part))
        if why:
            found.append(PhoneFault(part.strip(), why))
    return found


def phone_doubt(text: str) -> str:
    """A sentence about the first number in `text` that can hardly be dialled; "" where all can."""
    faults = phone_faults(text)
    return _("“{text}”{why}，请核对。").format(text=faults[0].written, why=faults[0].why) if faults else ""


_LEAST_DIGITS = 7  # of a whole number; fewer are the code of a place, or a part


def says_no_phone(text: str) -> bool:
    """Whether a list says by a word that there is no number: 无, 没有电话."""
    return re.sub(r"[\s()。]", "", unicodedata.normalize("NFKC", text)) in _words_for_none()


def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a cell, each bare, with its extension (0473-2000000转801) where one is written."""
    return frozenset(bare for part in _parts(text) if any(map(str.isdecimal, bare := bare_number(part))))


def _parts(text: str) -> list[str]:
    marked = re.split(r"[、,;/\n\r]|(?<=\d)\s*或\s*(?=\d)", unicodedata.normalize("NFKC", text))
    return [one for part in marked for one in _apart(part)]


def _apart(part: str) -> list[str]:
    """Numbers between which only a blank stands: each word is whole, or the digits are several mobiles."""
    words = part.split()
    if len(words) > 1 and all(sum(map(str.isdecimal, one)) >= _LEAST_DIGITS for one in words):
        return words
    form, bare = _phone_form(), re.sub(r"[\s\-]", "", part)
    pieces = [bare[at : at + form.mobile_digits] for at in range(0, len(bare), form.mobile_digits)]
    return pieces if len(pieces) > 1 and all(map(form.mobile.fullmatch, pieces)) else [part]


def bare_number(text: str) -> str:
    """A number without what people put between its digits, and without the country's 86."""
    plain = re.sub(r"[\s\-\u2010-\u2015\u2212()+]", "", unicodedata.normalize("NFKC", text))
    return plain[2:] if len(plain) == 13 and plain.startswith("86") else plain


@dataclass(frozen=True, slots=True)
class _PhoneForm:
    mobile: re.Pattern[str]
    mobile_digits: int
    landline: re.Pattern[str]
    local: re.Pattern[str]
    emergency: tuple[str, ...]
    service: re.Pattern[str]

    def fault(self, number: str) -> str:
        if not number or number in self.emergency:
            return ""
        if not number.isdecimal():
            return _("里有数字以外的字")
        if any(one.fullmatch(number) for one in (self.mobile, self.landline, self.service)):
            return ""
        if self.local.fullmatch(number):
            return _("没有区号，用手机打不通；座机请写成“区号-号码”")
        if number.startswith("1") and len(number) == self.mobile_digits:
            return _("不像手机号：手机号以 13 到 19 开头")
        return _("有 {count} 位；手机号是 {mobile} 位，座机要带区号，紧急电话如 {emergency}").format(
            count=len(number), mobile=self.mobile_digits, emergency="、".join(self.emergency)
        )


@cache
def _words_for_none() -> frozenset[str]:
    return frozenset(read_rules(FILE).table("phone").texts("none"))


@cache
def _phone_form() -> _PhoneForm:
    table = read_rules(FILE).table("phone")

    def pattern(key: str) -> re.Pattern[str]:
        try:
            return re.compile(table.text(key))
        except re.error as error:
            raise table.fault(key) from error

    return _PhoneForm(
        pattern("mobile"),
        int(table.number("mobile_digits", least=1)),
        pattern("landline"),
        pattern("local"),
        table.texts("emergency"),
        pattern("service"),
    )


def unified_code_doubt(text: str, district_code: str = "", hazard_type: str = "") -> str:
    """A sentence where a 统一编号 is built unusually, belongs to another district or speaks of another hazard."""
    if not text.strip():
        return ""
    code = read_unified_code(text)
    if code is None:
        return _("统一编号通常是 12 位数字（6 位区划代码、2 位灾种、4 位序号），这里不是，请核对。")
    if district_code and code.county != district_code[: len(code.county)]:
        return _("前 6 位是 {found}，本区的代码是 {code}，请核对。").format(found=code.county, code=district_code[:6])
    if hazard_type and code.hazard_type and code.hazard_type != hazard_type:
        return _("第 7、8 位 {kind} 表示{named}，这里的灾害类型是{hazard}，请核对。").format(
            kind=code.type_code, named=code.hazard_type, hazard=hazard_type
        )
    return ""
