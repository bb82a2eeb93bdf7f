"""The 街道 a feature names is the one it lies in: cards are sorted and handed out by it."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office, shaped
from geohazard_desktop.common.texts import _

RULE = "place_names"
TITLE = _("街道与位置不符")


def find(office: Office) -> Iterator[Finding]:
    streets = [one for one, _shape in shaped(office.features("subdistrict")) if one.text("name").strip()]
    if not streets:
        return
    names = {one.text("name").strip() for one in streets}
    for definition in office.layers:
        field = definition.by_name.get("subdistrict")
        if field is None or definition.geometry == "none" or definition.table == "subdistrict":
            continue
        for one, shape in shaped(list(office.judged(definition.table))):
            found = {street.text("name").strip() for street in office.meeting("subdistrict", shape)}
            typed = one.text("subdistrict").strip()
            if not found or typed in found:
                continue
            if typed and typed not in names and any(typed in name or name in typed for name in found):
                continue  # 滨河 for 滨河街道: people understand
            where = "、".join(sorted(found))
            word = (
                _("{name}登记在{typed}，位置却在{where}，请核对。")
                if typed
                else _("{name}没有填{title}，按位置是{where}。")
            )
            sentence = word.format(name=office.called(one), typed=typed, where=where, title=field.title)
            fix = "street_by_place" if len(found) == 1 else ""
            yield office.finding(RULE, one, sentence, about="subdistrict", fix=fix)
