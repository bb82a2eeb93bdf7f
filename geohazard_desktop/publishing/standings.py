"""Whether what hangs at the door is still right: each subject's last paper against what would be printed today."""

from collections.abc import Callable, Collection

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.card_issuing import paper_of
from geohazard_desktop.publishing.card_subjects import subjects_of
from geohazard_desktop.publishing.cards import KINDS, CardMaker
from geohazard_desktop.publishing.issue_register import IssuedPaper, read_register
from geohazard_desktop.publishing.kept_paper import Paper, inputs_hash, kept_paper
from geohazard_desktop.publishing.paper_changes import changes_of
from geohazard_desktop.publishing.standing import Standing, State
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

Progress = Callable[[int, int, str], object]


def standings(
    ws: Workspace, product: str, *, uids: Collection[str] | None = None, progress: Progress | None = None
) -> list[Standing]:
    """How the papers of a product of cards stand, in visiting order. Raises ExportRefused for another product."""
    kind = next((one for one in KINDS.values() if one.product == product), None)
    if kind is None:
        raise ExportRefused(_("“{product}”不按户发，比不出来。").format(product=product), _("请选一种明白卡。"))
    if kind.layer not in ws.definitions:
        return []
    maker = CardMaker(ws)
    register = read_register(ws)
    found = []
    subjects = subjects_of(maker.facts, kind.layer, uids=uids)
    for number, one in enumerate(subjects):
        if progress is not None:
            progress(number, len(subjects), one.text("id"))
        today = paper_of(kind.make(maker, one))
        found.append(_standing(ws, product, one, today, register.latest(product, one.uid)))
    return found


def _standing(ws: Workspace, product: str, feature: Feature, today: Paper, last: IssuedPaper | None) -> Standing:
    state, changes = _compared(ws, today, last)
    return Standing(
        product,
        feature.layer,
        feature.uid,
        feature.text("id"),
        feature.text("head") or feature.text("name"),
        feature.text("subdistrict"),
        state,
        tuple(changes),
        "" if last is None else last.code,
        0 if last is None else last.version,
    )


def _compared(ws: Workspace, today: Paper, last: IssuedPaper | None) -> tuple[State, list[str]]:
    if last is None:
        return State.NEVER, []
    if not last.printed:
        return State.UNCONFIRMED, [_("登记了第 {version} 版，文件没有写完").format(version=last.version)]
    if not last.inputs_hash:
        return State.CHANGED, [_("上一版没有核对码，也没有留下当时的内容，比不出来")]
    if last.inputs_hash == inputs_hash(today):
        return State.LATEST, []
    try:
        before = kept_paper(ws, last.kept).paper
    except ExportRefused:
        return State.CHANGED, [_("当时的内容没有留在这个文件里，说不出改了什么")]
    return State.CHANGED, changes_of(before, today) or [_("版面上的内容有变")]
