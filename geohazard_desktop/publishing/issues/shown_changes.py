"""Which of the features that a paper was made from are others since it was issued: read back from the history.

A value is told where it stands on the paper, a shape by how far it moved.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.quantities import registered
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper
from geohazard_desktop.publishing.issues.kept_paper import Paper
from geohazard_desktop.publishing.issues.told_changes import map_words, texts_of, told_change
from geohazard_desktop.workspace.edits.card_issues import REGISTER
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.history import StepFilter
from geohazard_desktop.workspace.workspace import Workspace

_MOST_NAMED = 4
_NEAR = 1.0  # metres below which no number is told

Shown = Mapping[str, tuple[str, str]]


def shown_features(ws: Workspace, features: Iterable[Feature], most: int = 3000) -> Shown:
    """What Paper.shows keeps of the features on it: "layer uid" with the name and a digest. Nothing personal, in
    neither profile; {} for more than `most`, of which nobody could be told which one changed."""
    found: dict[str, Feature] = {}
    for one in features:
        found.setdefault(f"{one.layer} {one.uid}", one)
        if len(found) > most:
            return {}
    return {key: (_name(one), _digest(ws, one)) for key, one in found.items()}


def shown_changes(
    ws: Workspace, issued: IssuedPaper, before: Paper, after: Paper, *, framed: bool = False
) -> list[str]:
    """Clauses on the features of a paper; none where it keeps none. `framed`: the paper has another frame, so that
    what was there before is not new for having come into sight, and what is there as it was is not gone."""
    if not before.shows or not after.shows:
        return []
    both = [
        key for key in after.shows if key in before.shows and list(before.shows[key])[1] != list(after.shows[key])[1]
    ]
    told = [*_other(ws, issued, before, after, both)]
    come = [one for one in after.shows if one not in before.shows]
    gone = [one for one in before.shows if one not in after.shows]
    if framed:
        known = _then(ws, issued, come)
        come = [one for one in come if one not in known]
        gone = [one for one in gone if not _as_it_was(ws, one, before)]
    for words, ones, shows in (
        (_("新增{title}：{names}"), come, after.shows),
        (_("少了{title}：{names}"), gone, before.shows),
    ):
        told += _listed(ws, words, ones, shows)
    return told


def _as_it_was(ws: Workspace, key: str, before: Paper) -> bool:
    feature = ws.feature(*key.split(" ", 1))
    return feature is not None and _digest(ws, feature) == list(before.shows[key])[1]


def _other(ws: Workspace, issued: IssuedPaper, before: Paper, after: Paper, keys: list[str]) -> Iterator[str]:
    then = _then(ws, issued, keys)
    old_words, new_words = _words(before), _words(after)
    drawn = dict(before.pictures) != dict(after.pictures)
    unknown = []
    for key in keys:
        was, now = then.get(key), ws.feature(*key.split(" ", 1))
        if was is None or now is None or _digest(ws, was) != list(before.shows[key])[1]:
            unknown.append(key)  # the history does not reach back to what was printed
            continue
        what = f"{ws.definition(now.layer).title}{_spaced(_name(was))}"
        yield from _values(ws, what, was, now, old_words, new_words)
        if drawn and was.geometry is not None and now.geometry is not None:
            yield from _moved(what, was.geometry, now.geometry)
    yield from _listed(ws, _("{title}有变：{names}"), unknown, after.shows)


def _then(ws: Workspace, issued: IssuedPaper, keys: list[str]) -> dict[str, Feature]:
    """The features as they were when the paper was entered."""
    steps = ws.history_page(ws.steps(StepFilter(layer=REGISTER, uid=issued.row.uid)), 1)
    if not steps or not keys:
        return {}
    pairs = [(layer, uid) for layer, _space, uid in (one.partition(" ") for one in keys)]
    found = ws.features_after(pairs, steps[0])
    return {f"{layer} {uid}": one for (layer, uid), one in found.items() if one is not None}


def _values(ws: Workspace, what: str, was: Feature, now: Feature, old_words: str, new_words: str) -> Iterator[str]:
    definition = ws.definition(now.layer)
    for field in definition.fields:
        old, new = was[field.name], now[field.name]
        if definition.is_personal(field.name) or old == new:
            continue
        before, after = _said(ws, field, old), _said(ws, field, new)
        if _stands(before, old_words) or _stands(after, new_words):
            yield told_change(_("{what}的{field}").format(what=what, field=field.title), before, after)


def _said(ws: Workspace, field: Any, value: Value) -> str:
    if value in (None, ""):
        return ""
    if field.type == "reference":
        feature = ws.feature(field.target, str(value)) if field.target in ws.definitions else None
        return "" if feature is None else _name(feature)
    return registered(value) if isinstance(value, float) else str(value)


def _stands(text: str, words: str) -> bool:
    """Whether a value can be read on the paper, not merely its figures within a longer number."""
    return bool(text) and re.search(rf"(?<![\d.]){re.escape(text)}(?![\d.])", words) is not None


def _words(paper: Paper) -> str:
    """All words of a paper, its maps' included."""
    return "\n".join([*texts_of(paper.data), *map_words(paper)])


def _moved(what: str, old: BaseGeometry, new: BaseGeometry) -> Iterator[str]:
    if old.equals_exact(new):
        return
    metres = old.hausdorff_distance(new)
    far = _("约 {metres} 米").format(metres=round(metres)) if metres >= _NEAR else _("不到 1 米")
    words = {0: _("{what}的位置挪了{far}"), 1: _("{what}的线最多挪了{far}"), 2: _("{what}的边界最多挪了{far}")}
    yield words[shapely.get_dimensions(new)].format(what=what, far=far)


def _listed(ws: Workspace, words: str, keys: list[str], shows: Mapping[str, Any]) -> Iterator[str]:
    by_layer: dict[str, list[str]] = {}
    for key in keys:
        by_layer.setdefault(key.partition(" ")[0], []).append(str(next(iter(shows[key]))))
    for layer, names in by_layer.items():
        known = [one for one in names if one][:_MOST_NAMED]
        more = _("等 {count} 个").format(count=len(names)) if len(names) > len(known) and known else ""
        named = "、".join(known) + more if known else _("{count} 个").format(count=len(names))
        title = ws.definitions[layer].title if layer in ws.definitions else layer
        yield words.format(title=title, names=named)


def _spaced(name: str) -> str:
    return f" {name} " if name.isascii() and name else f"“{name}”" if name else ""


def _name(feature: Feature) -> str:
    """Of a household its number: its public values hold no other name."""
    return feature.text("name") or feature.text("id") or feature.text("number")


def _digest(ws: Workspace, feature: Feature) -> str:
    definition = ws.definition(feature.layer)
    public = {name: value for name, value in feature.values.items() if not definition.is_personal(name)}
    shape = b"" if feature.geometry is None else shapely.to_wkb(feature.geometry)
    values = sorted((name, str(value)) for name, value in public.items() if value not in (None, ""))
    return hashlib.blake2b(repr(values).encode("utf-8", "surrogatepass") + shape, digest_size=8).hexdigest()
