"""Whether what hangs at the door is still right: each subject's last paper against what would be printed today."""

import logging
from collections.abc import Callable, Collection, Mapping

from geohazard_desktop.common.errors import ExportRefused, GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.issuing import paper_of
from geohazard_desktop.publishing.cards.publish import KINDS, CardMaker
from geohazard_desktop.publishing.cards.subjects import subjects_of
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, read_register
from geohazard_desktop.publishing.issues.kept_paper import Paper
from geohazard_desktop.publishing.issues.moved_papers import moved_standings
from geohazard_desktop.publishing.issues.paper_standings import compared, paper_standings, standing_of
from geohazard_desktop.publishing.issues.reached import doors_named, reached_homes
from geohazard_desktop.publishing.issues.standing import AT_DOORS, FAULT, Standing, State
from geohazard_desktop.publishing.issues.touched import Touched
from geohazard_desktop.publishing.product import OptionValue
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.subject_parts import Parts
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

log = logging.getLogger(__name__)
Progress = Callable[[int, int, str], object]


def standings(
    ws: Workspace,
    product: str,
    *,
    uids: Collection[str] | None = None,
    options: Mapping[str, OptionValue] | None = None,
    progress: Progress | None = None,
) -> list[Standing]:
    """How the papers of a product stand, in visiting order: cards of all their subjects, other papers as they were
    issued. `uids`: of these subjects alone. `options`: of what would be printed with them, also of subjects that never
    had one. `product` "": all papers that were issued, of whatever product. Raises ExportRefused for a product whose
    papers are not issued."""
    if not product:
        return _of_all(ws, progress)
    kind = next((one for one in KINDS.values() if one.product == product), None)
    if kind is None:
        other = PRODUCTS.get(product)
        if other is None or not other.registers:
            title = product if other is None else other.title
            raise ExportRefused(_("“{title}”不登记，比不出来。").format(title=title), _("请选一种登记的图、卡、单据。"))
        return paper_standings(ws, other, uids=uids, options=options, progress=progress)
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
    return [*found, *moved_standings(ws, register, product=product, uids=uids)]


def standings_after(
    ws: Workspace, changes: Collection[Touched], *, progress: Progress | None = None
) -> tuple[list[Standing], set[str] | None]:
    """As `standings` of all papers, where nothing but these changes has come since they were compared: of what hangs at
    doors only that is looked at which they can have reached. Of which households that is, comes second: all others
    stand as they stood. None: all were looked at."""
    register = read_register(ws)
    homes = {one.subject for key in AT_DOORS if key in PRODUCTS for one in register.in_force(key)}
    reached = reached_homes(ws, changes, homes)
    if reached is None:
        return _of_all(ws, progress), None
    return _of_all(ws, progress, reached), reached | doors_named(changes)


def _of_all(ws: Workspace, progress: Progress | None, homes: Collection[str] | None = None) -> list[Standing]:
    register = read_register(ws)
    issued = [(key, len(papers)) for key in PRODUCTS if (papers := register.in_force(key))]
    total = sum(count for _key, count in issued)
    found: list[Standing] = []
    done = 0
    for key, count in issued:

        def inner(number: int, _total: int, words: str, before: int = done, most: int = count) -> None:
            if progress is not None:
                progress(before + min(number, most), total, words)

        subjects = {one.subject for one in register.in_force(key)} if PRODUCTS[key].group == "cards" else None
        if homes is not None and key in AT_DOORS:
            subjects = {*homes} if subjects is None else subjects & {*homes}
        try:
            found += standings(ws, key, uids=subjects, progress=inner)
        except (
            Exception
        ) as error:  # the other papers may be wrong: a fault in one kind must not keep that from being seen
            log.exception("papers of %s could not be compared", key)
            found += [_faulty(ws, one, error) for one in register.in_force(key)]
        done += count
    return _in_walk(ws, found)


def _faulty(ws: Workspace, paper: IssuedPaper, error: Exception) -> Standing:
    words = str(error) if isinstance(error, GeohazardError) else FAULT.format(fault=type(error).__name__)
    return standing_of(ws, PRODUCTS[paper.product], paper, State.INCOMPARABLE, [words])


def _in_walk(ws: Workspace, found: list[Standing]) -> list[Standing]:
    """The district's papers first, then by 街道, along one walk past everything that has a paper: what hangs at one
    door or stands at one place comes together."""
    parts = Parts(ws)
    keys = dict.fromkeys((one.layer, one.uid) for one in found if one.layer)
    subjects = [feature for key in keys if (feature := parts.feature(*key)) is not None]
    place = {one.uid: number for number, one in enumerate(parts.in_walk(subjects))}
    last = len(place)  # what is no longer there has no place
    return sorted(found, key=lambda one: place.get(one.uid, last) if one.uid else -1)


def _standing(ws: Workspace, product: str, feature: Feature, today: Paper, last: IssuedPaper | None) -> Standing:
    state, changes = compared(ws, today, last)
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
