"""Which layer lies over which, as an edit of their own styles: one layer is moved, others make room where they must.

What warns stays above: nothing that covers ground is laid over danger zones, ways, signs, points and shelters unless it
was made to lie there, and among themselves these keep their order.
"""

from collections.abc import Sequence

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.style import change_style, style_now
from geohazard_desktop.workspace.feature import Delta, Edit
from geohazard_desktop.workspace.plan_layers import PLAN
from geohazard_desktop.workspace.workspace import Workspace

_DEFAULT = 100.0  # the order of a style that names none
_STEP = 5.0
_LEAST_GAP = 0.01


def drawn_in_order(ws: Workspace) -> list[str]:
    """The layers in use that are drawn, the one on top first."""
    drawn = [one.table for one in ws.in_use() if one.geometry != "none" and one.style]
    return sorted(drawn, key=lambda one: order_of(ws, one))[::-1]  # as they are painted, also where orders are equal


def order_of(ws: Workspace, layer: str) -> float:
    return float(style_now(ws, layer).get("draw_order", _DEFAULT))


def move_layer(ws: Workspace, layer: str, place: int) -> Edit:
    """`layer` at `place` among `drawn_in_order`, 0 being on top. No deltas where it is there already.

    Raises EditRefused where something would lie over what warns, or be laid out of its order."""
    before = drawn_in_order(ws)
    after = [one for one in before if one != layer]
    after.insert(max(0, min(place, len(after))), layer)
    if after == before:
        return Edit("", [])
    _refuse(ws, layer, after)
    at = after.index(layer)
    title = ws.definition(layer).title
    if at + 1 < len(after):
        words = _("图层次序：{title}移到{other}上面").format(title=title, other=ws.definition(after[at + 1]).title)
    else:
        words = _("图层次序：{title}移到最下面").format(title=title)
    deltas: list[Delta] = []
    for one, order in _orders(ws, after, at).items():
        mapping = {**style_now(ws, one), "draw_order": int(order) if order.is_integer() else round(order, 4)}
        deltas += change_style(ws, one, mapping, words).deltas
    return Edit(words, deltas)


def _orders(ws: Workspace, after: Sequence[str], at: int) -> dict[str, float]:
    """The new orders: of the moved layer alone where there is room between its neighbours, else also of those above."""
    below = order_of(ws, after[at + 1]) if at + 1 < len(after) else None
    above = order_of(ws, after[at - 1]) if at else None
    if below is None:
        assert above is not None
        below = max(0.0, above - 2 * _STEP)
        if above - below >= 2 * _LEAST_GAP:
            return {after[at]: (above + below) / 2}
    if above is None:
        return {after[at]: below + _STEP}
    if above - below >= 2 * _LEAST_GAP:
        middle = (above + below) / 2
        return {after[at]: float(round(middle)) if below < round(middle) < above else middle}
    found: dict[str, float] = {}
    last = below
    for one in reversed(after[: at + 1]):
        own = order_of(ws, one)
        if one != after[at] and own > last:
            break
        last += 1.0
        found[one] = last
    return found


def _refuse(ws: Workspace, layer: str, after: Sequence[str]) -> None:
    """What was made to lie over another stays over it where one of the two warns and the lower one covers ground."""
    at = after.index(layer)
    for upper, lower in (*((one, layer) for one in after[:at]), *((layer, one) for one in after[at + 1 :])):
        if upper in PLAN or lower not in PLAN:
            wrong = upper in PLAN and lower in PLAN and _made(ws, upper) < _made(ws, lower)
        else:
            covers = ws.definition(upper).geometry != "point"
            wrong = covers and _made(ws, upper) < _made(ws, lower)
        if wrong:
            raise EditRefused(
                _("{upper}不能画在{lower}上面，会盖住它，图上看不清往哪里撤、哪里危险。").format(
                    upper=ws.definition(upper).title, lower=ws.definition(lower).title
                ),
                _("请放到它下面；要透出下面的内容，可以调不透明度。"),
            )


def _made(ws: Workspace, layer: str) -> float:
    return float(ws.definition(layer).style.get("draw_order", _DEFAULT))
