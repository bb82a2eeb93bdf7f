"""What looks wrong about a telephone number or a 统一编号: doubts to be read beside the field, never a refusal.

An office keeps numbers that no rule foresees; how they are usually built stands in resources/rules/phones.toml and
hazards.toml.
"""

import re

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.hazard import read_unified_code
from geohazard_desktop.domain.rule_file import RuleTable, read_rules

FILE = "phones.toml"


def phone_doubt(text: str) -> str:
    """A sentence where a part of `text` (several numbers may stand in it) can hardly be dialled; "" where all can."""
    rules = read_rules(FILE).table("phone")
    for part in re.split(r"[、,，;；/]|(?<=\d)\s+或\s*(?=\d)", text):
        plain = re.sub(r"[\s\-—－()（）+]", "", part)
        if not plain:
            continue
        if not plain.isdecimal():
            return _("“{text}”里有数字以外的字，请核对电话。").format(text=part.strip())
        if not _can_be_dialled(rules, plain.removeprefix("86") if len(plain) == 13 else plain):
            return _("“{text}”有 {count} 位；手机号是 {mobile} 位，座机带区号 10 到 12 位，请核对。").format(
                text=part.strip(), count=len(plain), mobile=int(rules.number("mobile_digits"))
            )
    return ""


def _can_be_dialled(rules: RuleTable, digits: str) -> bool:
    if digits.startswith("1") and len(digits) == rules.number("mobile_digits"):
        return True
    local = rules.rising("landline_digits", 2)
    if digits.startswith("0"):
        return any(len(digits) == area + one for area in rules.rising("area_code_digits", 2) for one in local)
    return len(digits) in local or len(digits) <= rules.number(
        "short_digits"
    )  # short numbers of the police, of hospitals, of a duty line


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
