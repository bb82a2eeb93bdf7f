"""Households of a list that are there already under another row: the same head with the same telephone, or at the same
place. What is the same to the last letter is `present.py`'s.

Several households behind one door are many households: a place alone makes nobody alike. Two of one name with as many
people are no one household either: where no place says so, a telephone or an address has to, and a household is one
row's only. Of a namesake of whom nothing says so or otherwise somebody is asked (`Namesake`). Whoever is in doubt when
nobody can be asked is added and told: a card too many is seen, a household that is lost is not called.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
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
ADD, SKIP = "add", "skip"  # answers to a namesake, beside the uid of the household that it is
_ANOTHER_TABLE = -1  # stands for the row of a household in another table of the file
_NOT_TAKEN = ("id", "source")  # what an update leaves as it is


@dataclass(frozen=True, slots=True)
class Likeness:
    """`row` of the list is like `existing`, or, where that is None, like the earlier row `first`. `why` in words.
    `weak`: no place says so; `apart`: it may be another household, and somebody has to say whether it is one of
    `candidates`; where there are none it is added and told."""

    row: int
    existing: Feature | None
    first: int | None
    why: str
    weak: bool = False
    apart: bool = False
    candidates: tuple[Feature, ...] = ()


@dataclass(frozen=True, slots=True)
class Namesake:
    """A row called `name` whose head is called as those of `candidates`, households in residence. `answer` is the uid
    of the one it is, ADD or SKIP, "" while nobody has said (it is added and told)."""

    row: int
    name: str
    feature: Feature
    candidates: tuple[Feature, ...]
    answer: str = ""


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
        self.asked: list[Namesake] = []  # of `sorted_out`
        self._asking = False  # somebody is asked about them
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
        open_ones: list[Feature] = []
        taken: tuple[Feature, str] | None = None
        for one in self._by_head.get(_plain(feature.text("head")), ()):
            said = _one_household(one, feature)
            if said == "same" and one.uid not in self._used:
                self._used.add(one.uid)
                why = _("户主和住址相同") if _both_placed(one, feature) else _("户主相同，有一边没写位置")
                return Likeness(row, one, None, why, weak=True)
            if said != "other" and one.uid in self._used:
                taken = taken or (one, _("户主相同，但那一户已经对上另一行"))
            elif said == "open":
                open_ones.append(one)
        if open_ones:
            first = open_ones[0]
            why = _why_open(first, feature)
            return Likeness(row, first, None, why, weak=True, apart=True, candidates=tuple(open_ones))
        return None if taken is None else Likeness(row, taken[0], None, taken[1], weak=True, apart=True)

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
        self,
        features: list[Feature | None],
        way: Alike,
        names: Sequence[str],
        file: str,
        problems: list[Problem],
        answers: Mapping[str, str] | None,
    ) -> tuple[list[Feature | None], list[Delta], dict[int, str]]:
        """The features to be added, the changes of those that are there, and by row who is there already. Each row that
        is not simply added is told. `answers` say of namesakes, by the row's name, which household they are; None
        where nobody can be asked."""
        self._asking = answers is not None
        kept = list(features)
        twins: dict[int, str] = {}
        updates = _Updates()
        filled = self._filled(features, way)
        for like in sorted(self.found, key=lambda one: (one.apart, one.row)):
            feature = features[like.row]
            assert feature is not None
            told = self._told(like, names, file)
            if like.apart:
                meant, problem = self._as_answered(like, feature, names, file, answers or {}, set(twins.values()))
                problems.append(problem)
                if meant is not None:
                    twins[like.row] = meant.uid
                    updates.put(meant, feature)
                if problem.kind == "skipped":
                    kept[like.row] = None
                continue
            if like.existing is not None and like.row in filled:
                # It came without a place and gets it from the corrected list, whatever becomes of the others.
                kept[like.row] = None
                updates.put(like.existing, feature)
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
                updates.put(like.existing, feature)
                words = told + _("用文件里的内容更新了它。")
            else:
                words = told + _("没有导入。确实是另一户的，请改选“照样导入”。")
            problems.append(Problem(names[like.row], words, "skipped", like.row))
        return kept, updates.deltas(), twins

    def _as_answered(
        self,
        like: Likeness,
        feature: Feature,
        names: Sequence[str],
        file: str,
        answers: Mapping[str, str],
        there: Collection[str],
    ) -> tuple[Feature | None, Problem]:
        """What becomes of a namesake: the household that it is, if any, and the sentence; "skipped" adds none.
        `there` are those that other rows are."""
        name = names[like.row]
        answer = answers.get(name, "")
        meant = next((one for one in like.candidates if one.uid == answer), None)
        if meant is not None and meant.uid in there:
            answer, meant = "", None  # two rows can't be one household
        if like.candidates:
            self.asked.append(Namesake(like.row, name, feature, like.candidates, answer))
        told = self._told(like if meant is None else replace(like, existing=meant), names, file)
        if meant is not None:
            return meant, Problem(name, told + _("按您选的，用文件里的内容更新了它。"), "skipped", like.row)
        if answer == SKIP:
            return None, Problem(name, told + _("按您选的，没有导入。"), "skipped", like.row)
        words = _("导入成新住户。请核对，是同一户的请删掉一户。")
        if like.candidates and answer == ADD:
            words = _("按您选的，是另一户，导入成新住户。")
        elif like.candidates and self._asking:
            words = _("请选是不是同一户。")
        return None, Problem(name, told + words, "note", like.row)

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
        """How many, and what becomes of them. Namesakes are counted after `sorted_out`."""
        filled = len(self._filled(features, way))
        answered = sum(bool(one.answer) for one in self.asked)
        waiting = len(self.asked) - answered if self._asking else 0
        apart = len(self.found) - self.count - answered - waiting
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
            (_("{count} 行和已有的住户户主同名，是不是同一户，请在上面选；选好才能导入。"), waiting),
            (_("{count} 行和已有的住户户主同名，照您选的办。"), answered),
        )
        return [Evidence("table", one.format(count=count), doubt=True) for one, count in told if count]


class _Updates:
    """Households as they will be, and as they are."""

    def __init__(self) -> None:
        self._ends: dict[str, tuple[Feature, Feature]] = {}

    def put(self, there: Feature, told: Feature) -> None:
        old, now = self._ends.get(there.uid, (there, there))
        self._ends[there.uid] = (old, _updated(now, told))

    def deltas(self) -> list[Delta]:
        return [changed(old, new) for old, new in self._ends.values() if not old.same_as(new)]


def _updated(before: Feature, told: Feature) -> Feature:
    """What the list says goes over what is there; where it says nothing, and its number, all stays."""
    values = {name: value for name, value in told.values.items() if value not in (None, "") and name not in _NOT_TAKEN}
    after = before.with_values(**values)
    return after if told.geometry is None or told.geometry.is_empty else after.with_geometry(told.geometry)


def _one_household(one: Feature, other: Feature) -> Literal["same", "open", "other"]:
    """Whether two of one head are one household where no place says so: a telephone or the address is said alike and
    nothing differs. As many people say nothing: namesakes have families of three too, and families grow. Without a
    head's name only what is the same says anything."""
    mine, theirs = numbers_in(one.text("phone")), numbers_in(other.text("phone"))
    here, there = _plain(one.text("address")), _plain(other.text("address"))
    if (mine and theirs and not mine & theirs) or (here and there and here not in there and there not in here):
        return "other"
    if mine & theirs:
        return "same"
    # 红旗村 is where all its households live; 红旗村 12 号 may be one door, 红旗村 2 组 is thirty. A number alone does
    # not tell them apart: two places, or families of other sizes, may be namesakes of one 组, and somebody is asked.
    if here and here == there and any(map(str.isdecimal, here)):
        return "open" if _both_placed(one, other) or _other_size(one, other) else "same"
    if not _plain(one.text("head")) and _both_placed(one, other):
        return "other"
    return "open"


def _why_open(there: Feature, feature: Feature) -> str:
    same_address = bool(there.text("address")) and _plain(there.text("address")) == _plain(feature.text("address"))
    if _both_placed(there, feature):
        return _("户主同名，住址写得相同，位置不同") if same_address else _("户主同名，位置不同")
    if same_address and _other_size(there, feature):
        return _("户主同名，住址写得相同，人数不同，有一边没写位置")
    return _("户主同名，有一边没写位置")


def _other_size(one: Feature, other: Feature) -> bool:
    mine, theirs = one["people"], other["people"]
    return mine is not None and theirs is not None and mine != theirs


def _both_placed(one: Feature, other: Feature) -> bool:
    return _place(one.geometry) is not None and _place(other.geometry) is not None


def _called(feature: Feature) -> list[tuple[str, ...]]:
    """One key for each telephone of the cell: a list may have one of two."""
    head = _plain(feature.text("head"))
    numbers = sorted(one for one in numbers_in(feature.text("phone")) if len(one) >= _LEAST_DIGITS)
    return [("phone", head, one) for one in numbers] if head else []


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
