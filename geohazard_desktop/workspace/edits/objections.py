"""意见: what was said about the map, pinned where it was said of; and the office's answer."""

from collections.abc import Sequence
from datetime import date, datetime

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.features import change_values, create_feature
from geohazard_desktop.workspace.edits.wording import Definitions
from geohazard_desktop.workspace.feature import Edit, Feature

OBJECTIONS, AREAS = "objection", "objection_area"
OPEN, TAKEN, DECLINED = "待核", "已采纳", "不采纳"


def pin_objection(
    definitions: Definitions,
    number: str,
    at: BaseGeometry,
    text: str,
    *,
    area: BaseGeometry | None = None,
    role: str = "",
    speaker: str = "",
    street: str = "",
    said_at: datetime,
) -> Edit:
    """A new objection `at` a point, with the `area` it is about. One step. EditRefused without words."""
    words = text.strip()
    if not words:
        raise EditRefused(_("意见还没有写内容。"), _("请写一句话，再记下来。"))
    values = {
        "id": number,
        "text": words,
        "role": role or None,
        "speaker": speaker.strip() or None,
        "street": street or None,
        "said_at": said_at.isoformat(timespec="seconds"),
        "status": OPEN,
    }
    pin = create_feature(definitions, OBJECTIONS, at, values)
    deltas = list(pin.deltas)
    if area is not None:
        about = {"id": number, "objection": deltas[0].uid}
        deltas += create_feature(definitions, AREAS, area, about).deltas
    return Edit(_("记下意见 {number}").format(number=number), deltas)


def answer_objection(
    definitions: Definitions, objections: Sequence[Feature], status: str, answer: str, on: date
) -> Edit:
    """What the office decided. EditRefused for 不采纳 without a reason: whoever spoke is owed one."""
    if status == DECLINED and not answer.strip():
        raise EditRefused(_("不采纳要写明理由。"), _("请写一句理由，再记下来。"))
    values = {
        "status": status,
        "answer": answer.strip() or None,
        "decided_on": None if status == OPEN else on.isoformat(),
    }
    step = change_values(definitions, objections, values)
    numbers = "、".join(one.text("id") for one in objections)
    return Edit(_("意见 {numbers}：{status}").format(numbers=numbers, status=status), step.deltas)
