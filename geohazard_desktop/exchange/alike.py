"""Households of a list that are there already under another row: the same head with the same telephone, or at the same
place. What is the same to the last letter is `present.py`'s.

Several households behind one door are many households: a place alone makes nobody alike. Two of one name with as many
people are no one household either: where one has no place, a telephone or an address has to say so, and a household is
one row's only. Whoever is in doubt is added and told: a card too many is seen, a household that is lost is not called.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.codes import numbers_in
from geohazard_desktop.domain.dates import has_come
from geohazard_desktop.domain.endings import ENDED_ON
from geohazard_desktop.exchange.report import Evidence, Problem
from geohazard_desktop.workspace.feature import Delta, Feature, changed
from geohazard_desktop.workspace.workspace import Workspace

# "fill" is "add" where nobody was asked: who has no place and surely is that household gets it, as with the other ways.
Alike = Literal["add", "fill", "skip", "update"]
HOUSEHOLDS = "household"
_GRID_M = 2.0  # places in the same square of this size, or in the next one, are one place
_LEAST_DIGITS = 7  # fewer are no telephone number
_ANOTHER_TABLE = -1  # stands for the row of a household in another table of the file
_NOT_TAKEN = ("id", "source")  # what an update leaves as it is


@dataclass(frozen=True, slots=True)
class Likeness:
    """`row` of the list is like `existing`, or, where that is None, like the earlier row `first`. `why` in words.
    `weak`: one of the two has no place to compare; `apart`: it may be another household and is added in any case."""

    row: int
    existing: Feature | None
    first: int | None
    why: str
    weak: bool = False
    apart: bool = False


class AlikeHouseholds:
    """Compares the households to be imported with those in residence and with the rows before."""

    def __init__(self, ws: Workspace, features: Sequence[Feature | None], earlier: Sequence[Feature] = ()) -> None:
        """`earlier` come in with the features, from another table of the file."""
        self._known: dict[tuple[str, ...], tuple[Feature | None, int | None]] = {}
        for one in ws.table(HOUSEHOLDS):
            if not has_come(one.values.get(ENDED_ON[HOUSEHOLDS])):
                self._take(one, None)
        for one in earlier:
            if one.layer == HOUSEHOLDS:
                self._take(one, _ANOTHER_TABLE)
        self.found: list[Likeness] = []
        self._by_head: dict[str, list[Feature]] = {}
        for one in ws.table(HOUSEHOLDS):
            if not has_come(one.values.get(ENDED_ON[HOUSEHOLDS])):
                self._by_head.setdefault(_plain(one.text("head")), []).append(one)
        self._used = self._sure_of(features)
        for row, feature in enumerate(features):
            if feature is None:
                continue
            like = self._like(row, feature)
            if like is not None:
                self.found.append(like)
            if like is None or like.apart:
                self._take(feature, row)

    def _take(self, feature: Feature, row: int | None) -> None:
        for key in (*_called(feature), *_placed(feature)[:1]):
            self._known.setdefault(key, (feature if row is None else None, row))

    def _sure_of(self, features: Sequence[Feature | None]) -> set[str]:
        """The uids of those there whom a row means without doubt: no other row may have them."""
        keys = (key for one in features if one is not None for key in (*_called(one), *_placed(one)))
        meant = (self._known[key][0] for key in keys if key in self._known)
        return {one.uid for one in meant if one is not None}

    def _like(self, row: int, feature: Feature) -> Likeness | None:
        for keys, why in ((_called(feature), _("户主和电话相同")), (_placed(feature), _("户主相同、在同一个地方"))):
            for key in keys:
                if key in self._known:
                    return Likeness(row, *self._known[key], why)
        doubt: Likeness | None = None
        for one in self._by_head.get(_plain(feature.text("head")), ()):
            said = _one_without_place(one, feature)
            if said == "same" and one.uid not in self._used:
                self._used.add(one.uid)
                return Likeness(row, one, None, _("户主相同，有一边没写位置"), weak=True)
            if said != "other" and doubt is None:
                why = _("户主同名，有一边没写位置") if said == "open" else _("户主相同，但那一户已经对上另一行")
                doubt = Likeness(row, one, None, why, weak=True, apart=True)
        return doubt

    @property
    def count(self) -> int:
        """Rows of which the user says what becomes of them."""
        return sum(not one.apart for one in self.found)

    def _filled(self, features: Sequence[Feature | None], way: Alike) -> set[int]:
        """Rows that give a household its place, whatever becomes of the others: the first for each."""
        rows: dict[str, int] = {}
        for like in self.found:
            feature, there = features[like.row], like.existing
            if there is None or like.apart or (like.weak and way == "add"):
                continue
            if feature is not None and _placed(feature) and not _placed(there):
                rows.setdefault(there.uid, like.row)
        return set(rows.values())

    def sorted_out(
        self, features: list[Feature | None], way: Alike, names: Sequence[str], file: str, problems: list[Problem]
    ) -> tuple[list[Feature | None], list[Delta], dict[int, str]]:
        """The features to be added, the changes of those that are there, and by row who is there already. Each row that
        is not simply added is told."""
        kept, deltas, twins = list(features), [], {}
        updated: dict[str, Feature] = {}
        filled = self._filled(features, way)
        for like in self.found:
            feature = features[like.row]
            assert feature is not None
            told = self._told(like, names, file)
            if like.apart:
                words = told + _("导入成新住户。请核对，是同一户的请删掉一户。")
                problems.append(Problem(names[like.row], words, "note", like.row))
                continue
            if like.existing is not None and like.row in filled:
                self._put(like, feature, kept, updated)
                twins[like.row] = like.existing.uid
                problems.append(Problem(names[like.row], told + _("给它补上了位置。"), "skipped", like.row))
                continue
            if way in ("add", "fill"):
                problems.append(Problem(names[like.row], told + _("照样导入。请核对。"), "note", like.row))
                continue
            kept[like.row] = None
            if like.existing is not None:
                twins[like.row] = like.existing.uid
            if way == "update" and like.existing is not None:
                before = updated.get(like.existing.uid, like.existing)
                updated[like.existing.uid] = _updated(before, feature)
                words = told + _("用文件里的内容更新了它。")
            else:
                words = told + _("没有导入。确实是另一户的，请改选“照样导入”。")
            problems.append(Problem(names[like.row], words, "skipped", like.row))
        for like in self.found:
            old = like.existing
            after = updated.pop(old.uid, None) if old is not None else None
            if old is not None and after is not None and not old.same_as(after):
                deltas.append(changed(old, after))
        return kept, deltas, twins

    @staticmethod
    def _put(like: Likeness, feature: Feature, kept: list[Feature | None], updated: dict[str, Feature]) -> None:
        """A household that came without a place gets it from the corrected list, whatever becomes of the others."""
        assert like.existing is not None
        kept[like.row] = None
        updated[like.existing.uid] = _updated(updated.get(like.existing.uid, like.existing), feature)

    def _told(self, like: Likeness, names: Sequence[str], file: str) -> str:
        if like.existing is not None:
            other = like.existing.text("id") or _("没有编号的一户")
            words = _("{file} {name}：像已有的住户 {other}（{why}），")
            return words.format(file=file, name=names[like.row], other=other, why=like.why)
        assert like.first is not None
        words = _("{file} {name}：和{other}像是同一户（{why}），")
        other = names[like.first] if like.first != _ANOTHER_TABLE else _("另一张表里的一户")
        return words.format(file=file, name=names[like.row], other=other, why=like.why)

    def evidence(self, way: Alike, features: Sequence[Feature | None]) -> list[Evidence]:
        """How many, and what becomes of them."""
        filled = len(self._filled(features, way))
        apart = len(self.found) - self.count
        added = _("{count} 行像已有的住户，照样导入成新住户：一家会有两张卡。请核对。")
        words = {
            "add": added,
            "fill": added,
            "skip": _("{count} 行像已有的住户，跳过。要更新或照样导入，请在上面选。"),
            "update": _("{count} 行像已有的住户，用文件里填了的内容更新它们，不另加一户。"),
        }
        told = (
            (words[way], self.count - filled),
            (_("{count} 行和没有位置的住户是同一户，给它们补上位置。"), filled),
            (_("{count} 行和已有的住户户主同名，不能认定是同一户，导入成新住户。请核对。"), apart),
        )
        return [Evidence("table", one.format(count=count), doubt=True) for one, count in told if count]


def _updated(before: Feature, told: Feature) -> Feature:
    """What the list says goes over what is there; where it says nothing, and its number, all stays."""
    values = {name: value for name, value in told.values.items() if value not in (None, "") and name not in _NOT_TAKEN}
    after = before.with_values(**values)
    return after if told.geometry is None or told.geometry.is_empty else after.with_geometry(told.geometry)


def _one_without_place(one: Feature, other: Feature) -> Literal["same", "open", "other"]:
    """Whether two of one head are one household, of which a list once said no place: a telephone or the address is said
    alike and nothing differs. As many people say nothing: namesakes have families of three too."""
    if _place(one.geometry) is not None and _place(other.geometry) is not None:
        return "other"
    mine, theirs = numbers_in(one.text("phone")), numbers_in(other.text("phone"))
    pairs = [(_plain(one.text(name)), _plain(other.text(name))) for name in ("address", "people")]
    if (mine and theirs and not mine & theirs) or any(a and b and a != b for a, b in pairs):
        return "other"
    # 红旗村 is where all its households live; 红旗村 12 号 is one door.
    return "same" if mine & theirs or (all(pairs[0]) and any(map(str.isdecimal, pairs[0][0]))) else "open"


def _called(feature: Feature) -> list[tuple[str, ...]]:
    head = _plain(feature.text("head"))
    phone = "".join(one for one in feature.text("phone") if one.isdigit())
    return [("phone", head, phone)] if head and len(phone) >= _LEAST_DIGITS else []


def _placed(feature: Feature) -> list[tuple[str, ...]]:
    """The square of its place first, then those around it."""
    head, place = _plain(feature.text("head")), _place(feature.geometry)
    if not head or place is None:
        return []
    column, row = place
    around = [(0, 0), *((a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if (a, b) != (0, 0))]
    return [("place", head, str(column + a), str(row + b)) for a, b in around]


def _place(geometry: BaseGeometry | None) -> tuple[int, int] | None:
    if geometry is None or geometry.is_empty:
        return None
    middle = geometry.centroid
    return int(middle.x // _GRID_M), int(middle.y // _GRID_M)


def _plain(text: str) -> str:
    return "".join(text.split())
