"""Words in a household's remark that its register has fields for (resources/rules/remark_words.toml).

A word that is denied says nothing: 无行动不便人员. In doubt it counts: who comes once for nothing has lost little.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from geohazard_desktop.domain.help_needed import Help
from geohazard_desktop.domain.rule_file import read_rules

FILE = "remark_words.toml"


def walking_words(text: str) -> tuple[str, ...]:
    """The words of `text` that say that somebody can't walk alone, each once, in the file's order; where there are
    none, those that leave it open (残疾, 骨折): they say no more than the others do."""
    return _found("walking", text) or _found("walking", text, "open")


def slow_words(text: str) -> tuple[str, ...]:
    """The words of `text` that say that somebody walks slowly, or is a baby; none where it says that one needs help."""
    return () if walking_words(text) else _found("walking", text, "slow")


def walking_help(text: str, registered: Help = Help.UNKNOWN) -> Help:
    """The help that somebody needs by a remark and by what is `registered`, the graver of the two. A word that leaves
    open whether an arm is enough (轮椅) is answered by a register that says so, one that leaves open whether he can
    walk (残疾) by any."""
    if registered is Help.CARRIED or not walking_words(text):
        return registered
    if not _found("walking", text):
        return Help.ON_AN_ARM if registered is Help.UNKNOWN else registered
    said, rules = _denied("walking").sub("。", text), read_rules(FILE).table("walking")
    carried, doubtful = rules.texts("carried"), rules.texts("doubtful")
    found = set()
    for one in sorted({*rules.texts("words"), *carried, *doubtful}, key=len, reverse=True):
        if one in said:  # 半失能 is no 失能, but beside it may stand another who is
            found.add(one)
            said = said.replace(one, "。")
    if found & set(carried) or (not registered.helped and found & set(doubtful)):
        return Help.CARRIED
    return registered if registered.helped else Help.ON_AN_ARM


def by_whom(remark: str, kind: str = "walking") -> tuple[str, tuple[str, ...]]:
    """What a member's remark may say of himself, and what it says of somebody else: 照顾卧床母亲, 母亲卧床."""
    of_others, of_himself = _whose(kind)
    own: list[str] = []
    others: list[str] = []
    for clause in re.split(r"([，。；,;\s])", remark):
        elsewhere = of_others.search(clause)
        if elsewhere is None:
            own.append(clause)
            continue
        again = of_himself.search(clause, elsewhere.end())
        others.append(clause if again is None else clause[: again.start()])
        own += [] if again is None else [clause[again.start() :]]
    return "".join(own), tuple(others)


@cache
def _whose(kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Of a clause of a member's remark: that its words of this `kind` are of somebody he looks after or names, and that
    it goes on to speak of himself."""
    care = read_rules(FILE).table("care")
    words = _said_of(kind)
    kin, said, care_words = _any(care.texts("kin")), _any(words), _any(care.texts("words"))
    before = "".join(f"(?<!{re.escape(one)})" for one in care.texts("not_after"))
    looks_after = f"{before}(?:{care_words})(?!的)(?=.*(?:{said}))(?=.*(?:{kin}))"
    # 母亲卧床, but neither 由母亲照顾 nor 女儿搀扶: with those words it is she who helps, unless she needs it.
    giving = [one for one in care.texts("giving") if one in words]
    needs = f"|(?:{_any(care.texts('needing'))})(?:{_any(giving)})" if giving else ""
    apart = "".join(f"(?<!{re.escape(one)})" for one in care.texts("apart_after"))
    between = f"(?:(?!{_any([*care.texts('words'), *care.texts('himself'), *care.texts('turning')])}|{said}).)*"
    told = f"(?:{_any(one for one in words if one not in giving)}){needs}"
    names = f"{apart}(?:{_any(care.texts('whose'))}){between}(?:{told})"
    himself = f"(?:{_any(care.texts('himself'))}).*(?:{said})"
    return re.compile(f"{looks_after}|{names}"), re.compile(himself)


def says_of_both(text: str) -> bool:
    """Whether a remark says of two at least that they can't walk alone: 夫妻均卧床."""
    return _of_both().search(_denied("walking").sub("。", text)) is not None


def gone_words(text: str) -> tuple[str, ...]:
    """The words of `text` that say that nobody lives there any more."""
    return _found("gone", text)


def hearing_words(text: str) -> tuple[str, ...]:
    """The words of `text` that say that somebody does not hear."""
    return _found("hearing", text)


def absence_words(text: str) -> Mapping[str, tuple[str, ...]]:
    """The words of `text` that say when nobody is at home: "day_out", "night_out", and "absent", where they leave open
    whether all are away or one."""
    return {kind: found for kind in ("day_out", "night_out", "absent") if (found := _found(kind, text))}


def _found(kind: str, text: str, how: str = "words") -> tuple[str, ...]:
    said = _denied(kind).sub("。", text)
    found = [one for one in _words(kind, how) if one in said]
    return tuple(one for one in found if not any(one != other and one in other for other in found))


# Every card asks these of each of its people: what the file says is read and put together once.
@cache
def _words(kind: str, how: str = "words") -> tuple[str, ...]:
    return read_rules(FILE).table(kind).texts(how, optional=how != "words")


@cache
def _said_of(kind: str) -> tuple[str, ...]:
    """All words of a kind, also those that leave it open."""
    return tuple(one for how in ("words", "open", "slow") for one in _words(kind, how))


@cache
def _of_both() -> re.Pattern[str]:
    both, words = read_rules(FILE).table("both"), (*_words("walking"), *_words("walking", "open"))
    aids = read_rules(FILE).table("walking").texts("aids")
    between = f"(?:{_any(both.texts('between'))})*"
    all_of = f"(?:{_any(both.texts('words'))}){between}(?:{_any(words)})"
    helped = _any(one for one in words if one not in aids)
    counted = f"(?:{_any(both.texts('counted'))}){between}(?:{helped})"
    tails = _any(read_rules(FILE).table("denied").texts("tails"))
    listed = f"(?:{helped})(?:{tails})*[:：有\\s]*(?:{_any(both.texts('numbers'))})\\s*[人名位]"
    return re.compile(f"{all_of}|{counted}|{listed}")


@cache
def _denied(kind: str) -> re.Pattern[str]:
    """What of a remark says nothing of its `kind`: denied words with those tied to them, who died, other meanings."""
    table, denied = read_rules(FILE).table(kind), read_rules(FILE).table("denied")
    aids = table.texts("aids", optional=True)
    words, tail = [one for one in _said_of(kind) if one not in aids], f"(?:{_any(denied.texts('tails'))})*"
    before = "".join(f"(?<!{re.escape(one)})" for one in denied.texts("not_after"))
    ended = "|".join(f"(?<={re.escape(one)})" for one in denied.texts("whole")) + "|(?=[，。；,;、\\s]|$)"
    died = f"的老?(?:{_any(denied.texts('persons'))})(?:{_any(denied.texts('died'))})"
    none = f"[:：（(为是\\s]*(?:{_any(denied.texts('none'))})[人名个位户]?(?=[)），。；,;、\\s]|$)"
    patterns = [_any(table.texts("unless")), f"(?:{_any([*words, *aids])})痪?{died}", f"(?:{_any(words)}){tail}{none}"]
    for by, what in ((denied.texts("by"), words), (denied.texts("aids_by"), [*words, *aids])):
        one = f"(?:{_any(what)}){tail}"
        patterns.append(f"{before}(?:{_any(by)}){one}(?:(?:{_any(denied.texts('joins'))}){one}(?:{ended}))*")
    return re.compile("|".join(one for one in patterns if one))  # an empty one would stand for everything


def _any(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
