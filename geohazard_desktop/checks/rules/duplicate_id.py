"""A number belongs to one feature of its layer."""

from collections import Counter
from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Feature, Value

RULE = "duplicate_id"
TITLE = _("编号重复")
_FEW = 4  # numbers that are looked up one by one: each look goes through the whole layer


def find(office: Office) -> Iterator[Finding]:
    for definition in office.layers:
        seen: dict[str, list[Feature]] = {}
        for one in _numbered(office, definition.table):
            seen.setdefault(one.text("id").strip(), []).append(one)
        for number, features in seen.items():
            for one in features[1:] if len(features) > 1 else ():
                if not office.is_judged(one) and not office.is_judged(features[0]):
                    continue
                sentence = _("{title}的编号 {number} 用了 {count} 次，请给后画的另编一个。").format(
                    title=definition.title, number=number, count=len(features)
                )
                fix = "next_number" if definition.letter else ""
                yield office.finding(RULE, one, sentence, others=(features[0],), fix=fix)


def _numbered(office: Office, layer: str) -> Iterator[Feature]:
    """Features whose numbers count: all with a number; when a few are judged, all that bear one of their numbers."""
    if office.focus is None:
        table = office.table(layer)
        numbers = [str(number or "").strip() for number in table.columns.get("id", ())]
        often = {number for number, count in Counter(numbers).items() if number and count > 1}
        yield from (table.feature(index) for index, number in enumerate(numbers) if number in often)
        return
    own: set[Value] = {one["id"] for one in office.judged(layer) if one.text("id").strip()}
    if len(own) <= _FEW:
        for number in own:
            yield from office.ws.find(layer, "id", number)
        return
    table = office.ws.table(layer, fields=["id"])
    twice = own & {number for number, count in Counter(table.column("id")).items() if count > 1}
    uids = [uid for uid, number in zip(table.uids, table.column("id"), strict=True) if number in twice]
    yield from office.ws.table(layer, uids=uids)
