"""Whether a sheet, a sign, a notice that was issued is still right: made again with its own options, and compared.

The product itself makes it, up to where it would be set (`IssueOrder.collect`), so that what is compared is what would
be printed.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from geohazard_desktop.analysis.street_register import STREETS, outlined, streets
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.issues.drawn_otherwise import beside_drawing, facts
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper, read_register
from geohazard_desktop.publishing.issues.issuing import Subject
from geohazard_desktop.publishing.issues.kept_paper import (
    KeptPaper,
    Paper,
    inputs_hash,
    kept_paper,
    names_of_both,
    says_the_same,
    without_ground,
    without_issue,
)
from geohazard_desktop.publishing.issues.moved_papers import moved_out, moved_words
from geohazard_desktop.publishing.issues.paper_changes import changes_of
from geohazard_desktop.publishing.issues.sheet_frames import beside_frame, frame_words
from geohazard_desktop.publishing.issues.shown_changes import shown_changes
from geohazard_desktop.publishing.issues.standing import (
    DRAWN,
    DRAWN_BEFORE,
    GROUND_BEFORE,
    OLD_ENTRY,
    Standing,
    State,
    framed_words,
)
from geohazard_desktop.publishing.paper_subjects import paper_subject
from geohazard_desktop.publishing.product import OptionValue, Product
from geohazard_desktop.workspace.workspace import Workspace

Progress = Callable[[int, int, str], object]


def paper_standings(
    ws: Workspace,
    product: Product,
    *,
    uids: Collection[str] | None = None,
    options: Mapping[str, OptionValue] | None = None,
    progress: Progress | None = None,
) -> list[Standing]:
    """As `standings.standings`."""
    from geohazard_desktop.publishing.subject_parts import Parts  # the makers of cards: not on the way to a map

    series = None if options is None else product.issue_order(product.chosen(options)).series
    papers = [
        one
        for one in read_register(ws).in_force(product.key)
        if (series is None or one.series == series) and (uids is None or not one.subject or one.subject in uids)
    ]
    found = {one.key: standing_of(ws, product, one, state, changes) for one, state, changes in _states(
        ws, product, papers, progress)}  # fmt: skip
    parts = Parts(ws)
    order = {one.uid: number for number, one in enumerate(parts.in_order(product.subjects))} if product.subjects else {}
    if series is not None:
        for uid in order:
            feature = parts.feature(product.subjects, uid)
            if feature is not None and (uids is None or uid in uids) and (series, uid) not in found:
                number, street = feature.text("id"), parts.street(feature)
                found[series, uid] = Standing(
                    product.key, feature.layer, uid, number, feature.text("name"), street, State.NEVER, series=series
                )
    return sorted(found.values(), key=lambda one: (order.get(one.uid, -1), one.series))


def _states(
    ws: Workspace, product: Product, papers: Sequence[IssuedPaper], progress: Progress | None
) -> list[tuple[IssuedPaper, State, list[str]]]:
    """Papers that were made with the same options are made again together: the workspace is read once for them."""
    groups: dict[str, list[IssuedPaper]] = {}
    for one in papers:
        groups.setdefault(json.dumps(one.options, sort_keys=True), []).append(one)
    found = []
    done = 0
    for group in groups.values():
        if progress is not None:
            progress(done, len(papers), product.title)
        today = _made_today(ws, product, group, progress, done, len(papers))
        for one in group:
            paper = today.get(one.subject)
            if isinstance(paper, Paper):
                found.append((one, *compared(ws, paper, one)))
            else:
                why = paper if paper is not None and moved_out(ws, one) is None else _gone(ws, one)
                found.append((one, State.WITHDRAWN, [why]))
        done += len(group)
    if progress is not None:
        progress(done, len(papers), "")
    return found


def _made_today(
    ws: Workspace,
    product: Product,
    group: Sequence[IssuedPaper],
    progress: Progress | None,
    done: int,
    total: int,
) -> dict[str, Paper | str]:
    """By subject, the paper as it would be printed now; for all of them the reason, where none can be."""
    known = {one.key for one in product.choices}
    given = dict(group[0].options)
    of = given.pop("uids", None)
    options = {key: value for key, value in given.items() if key in known}
    if product.subjects and of is None:
        wanted = {one.subject for one in group}
        of = None if "" in wanted else [uid for uid in wanted if paper_subject(ws, product.subjects, uid) is not None]
    found: dict[str, Paper | str] = {}

    def collect(subject: Subject, paper: Paper) -> None:
        found[subject.uid] = paper

    def inner(number: int, _total: int, words: str) -> None:
        if progress is not None:
            progress(min(done + number, total), total, words)

    if of == []:
        return found
    try:
        product.publish(ws, Path(product.out), options, uids=of, progress=inner, collect=collect)  # writes nothing
    except ExportRefused as error:
        found |= {one.subject: error.sentence for one in group if one.subject not in found}
    if group[0].options.get("uids"):
        # A list of some points: what is left of them is another list.
        found |= {one.subject: paper for one in group for paper in list(found.values())}
    return found


def _gone(ws: Workspace, paper: IssuedPaper) -> str:
    household = moved_out(ws, paper)
    if household is not None:
        return moved_words(household)
    if paper.subject_layer == STREETS and any(
        one.text("name") == paper.subdistrict and outlined(one) for one in streets(ws)
    ):
        return _("{name}的界线已经载入，请按界线重出一张").format(name=paper.subdistrict)
    there = bool(paper.subject_layer) and paper_subject(ws, paper.subject_layer, paper.subject) is not None
    return _("它已撤销，或不再出这一种") if there else _("它已经不在工作文件里")


def standing_of(ws: Workspace, product: Product, paper: IssuedPaper, state: State, changes: Sequence[str]) -> Standing:
    """How one paper that was issued stands."""
    feature = paper_subject(ws, paper.subject_layer, paper.subject) if paper.subject_layer else None
    who = "" if feature is None else feature.text("head") or feature.text("name")
    return Standing(
        product.key,
        paper.subject_layer,
        paper.subject,
        paper.subject_name,
        who or ("" if paper.subject else _("全区")),
        paper.subdistrict,
        state,
        tuple(changes),
        paper.code,
        paper.version,
        paper.series,
    )


def compared(ws: Workspace, today: Paper, last: IssuedPaper | None) -> tuple[State, list[str]]:
    """The last paper against the one of today, and what is different in words."""
    if last is None:
        return State.NEVER, []
    if not last.printed:
        return State.UNCONFIRMED, [_("登记了第 {version} 版，文件没有写完").format(version=last.version)]
    if not last.inputs_hash:
        return State.INCOMPARABLE, [OLD_ENTRY]
    if last.inputs_hash == inputs_hash(today):
        return State.LATEST, []
    try:
        kept = kept_paper(ws, last.kept)
    except ExportRefused:
        return State.CHANGED, [_("当时的内容没有留在这个文件里，说不出改了什么")]
    same = says_the_same(kept, today)
    return (State.LATEST, []) if same else (State.CHANGED, _changes(ws, last, kept, today))


def _changes(ws: Workspace, last: IssuedPaper, kept: KeptPaper, today: Paper) -> list[str]:
    before, after = without_ground(kept.paper), without_ground(today)
    names = names_of_both(kept, after)
    frame = frame_words(before, after) if before.shows and after.shows else ""
    shown = shown_changes(ws, last, before, after, framed=bool(frame))
    if frame:
        changes = changes_of(beside_frame(before), beside_frame(after), names, shown, named=False)
        return [*changes, frame] if changes else [framed_words(frame, drawn_before=kept.drawn_before)]
    changes = changes_of(before, after, names, shown)
    if changes:
        return changes
    then, now = (beside_drawing(without_issue(one.data, names)) for one in (before, after))
    if then != now:
        return [_("版面上的内容有变")]
    if not kept.drawn_before:
        return [DRAWN]
    then, now = (facts(without_issue(one.data, names)) for one in (before, after))
    return [GROUND_BEFORE if then == now else DRAWN_BEFORE]
