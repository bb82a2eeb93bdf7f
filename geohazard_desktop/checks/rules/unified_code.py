"""The 统一编号 has its form, this district's code and the type of the point; it is given once."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.hazard import read_unified_code
from geohazard_desktop.workspace.feature import Feature

RULE = "unified_code"
TITLE = _("统一编号不对")


def find(office: Office) -> Iterator[Finding]:
    seen: dict[str, Feature] = {}
    for one in office.features("hazard_point"):
        code = one.text("unified_code").strip()
        fault = _fault(office, one, code, seen)
        if fault and office.is_judged(one):
            yield office.finding(RULE, one, fault)
        elif not fault:
            seen[code] = one


def _fault(office: Office, one: Feature, code: str, seen: dict[str, Feature]) -> str:
    name = office.called(one)
    if not code:
        return _("{name}没有统一编号，请补上。").format(name=name)
    if code in seen:
        return _("{name}的统一编号 {code} 和{other}相同，请核对。").format(
            name=name, code=code, other=office.called(seen[code])
        )
    parts = read_unified_code(code)
    county = office.settings.get("district.code", "")
    if parts is None:
        return _("{name}的统一编号 {code} 不是通常的写法（区划、类型、顺序号共 12 位数字），请核对。").format(
            name=name, code=code
        )
    if county and parts.county != county:
        return _("{name}的统一编号 {code} 不是本区的（本区是 {county}），请核对。").format(
            name=name, code=code, county=county
        )
    if parts.hazard_type and parts.hazard_type != one.text("hazard_type"):
        return _("{name}的统一编号 {code} 里的类型是{type}，登记的却是{own}，请核对。").format(
            name=name, code=code, type=parts.hazard_type, own=one.text("hazard_type") or _("空")
        )
    return ""
