"""What the papers of a household say to whoever can't leave alone: the same on its card, large print and sticker."""

from geohazard_desktop.analysis.whom_to_call import Call
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.household_pace import Pace
from geohazard_desktop.publishing.form_fields import LINE

# The first line of large print and sticker: where nobody needs help; on an arm; with somebody to be carried; where
# nobody in the household can help.
AT_SIGNAL = _("听到信号，马上走")
_ON_AN_ARM = _("听到信号，扶着马上走")
_WHO_CAN = _("听到信号，能走的马上走")
_BE_FETCHED = _("听到信号，先打电话，等人来接")
ASK_THEN_GO = _("听到信号，先打电话问清再走")  # nobody may set out on the paper's word alone (asking.py)
WITHOUT_PHONE = _("敲盆、喊人")  # who has no telephone makes oneself heard, as the card's helper line says
# beside the one walking time of a household that others fetch
FETCHING_NOTE = _("这是来接的人空手走的时间；抬着、推着人走更慢，夜里更慢。")
# The same where nobody in the household hears the signal, and somebody comes who calls them.
_CALLED = {
    AT_SIGNAL: _("有人来叫，马上走"),
    _ON_AN_ARM: _("有人来叫，扶着马上走"),
    _WHO_CAN: _("有人来叫，能走的马上走"),
    _BE_FETCHED: _("等人来接"),
    ASK_THEN_GO: _("有人来叫，问清再走"),
}
FIRST_LINES = (*_CALLED, *_CALLED.values())


SIGNS_ROOM = 64  # characters that the large print's template sets whole, at 15 pt or more on three lines


def at_signal(pace: Pace, call: Call | None) -> str:
    """The first line: a household that nobody can lead out does not set out, it phones and is fetched."""
    if pace.alone:
        line = _BE_FETCHED
    elif pace.carried:
        line = _WHO_CAN
    else:
        line = _ON_AN_ARM if pace.supported else AT_SIGNAL
    return as_called(line, pace, call)


def as_called(line: str, pace: Pace, call: Call | None) -> str:
    """A first line, for a household in which nobody hears where somebody is named who comes: it waits for no signal."""
    return _CALLED[line] if _come_for(pace, call) else line


def headline_words(pace: Pace, route: str, call: Call | None) -> str:
    """The headline of a card's back: what `at_signal` orders, with the route in it (走 7 号路线到五虎山小学). Where
    everybody has to be fetched, the route is for those who come."""
    if pace.alone:
        return _("{first}；来接的人{route}").format(first=at_signal(pace, call), route=route)
    cue = _("有人来叫") if _come_for(pace, call) else _("听到信号")
    if pace.carried:
        return _("{cue}，能走的{route}；走不动的等人来接").format(cue=cue, route=route)
    return (_("{cue}，扶着{route}") if pace.supported else _("{cue}，{route}")).format(cue=cue, route=route)


def _come_for(pace: Pace, call: Call | None) -> bool:
    return pace.unheard and call is not None and call.named


def signs_words(signs: str, *, phone: bool, whole: bool = False) -> str | None:
    """At which signs nobody waits for the signal; `phone`: whoever has to phone before leaving phones. Signs that the
    template can't set in letters for old eyes stand on the card: the line says where, unless the `whole` line is asked
    for, on papers of those who have no card. None where no signs are known."""
    told = "、".join(one.strip("。；; ") for one in signs.splitlines() if one.strip("。；; "))
    if not told:
        return None
    words = _("有这些迹象，不等信号就打电话：{signs}") if phone else _("有这些迹象，不等信号就走：{signs}")
    said = words.format(signs=told)
    if whole or len(said) <= SIGNS_ROOM:
        return said
    elsewhere = _("有另一张明白卡（带表格的）上写的迹象，不等信号就{do}")
    return elsewhere.format(do=_("打电话") if phone else _("走"))


def signs_note(said: str | None, signs: str, number: str) -> str:
    """For the report, where the line of the large print sends the household to its card for the signs."""
    words = _(
        "住户 {number}：前兆迹象太长，大字版上写的是看带表格的明白卡。请把危险区或隐患点的前兆迹象写短些，再重印。"
    )
    return words.format(number=number) if said is not None and signs.splitlines()[0].strip("。；; ") not in said else ""


def unable_words(pace: Pace, *, phone: bool = True) -> str | None:
    """Above a telephone number; None where nobody needs help. `phone`: the household has a telephone, else it is heard
    as its card says (敲盆、喊人)."""
    if not pace.helped:
        return None
    carried = pace.carried or pace.alone
    if phone:
        return _("走不动的人：先打电话，等人来接") if carried else _("扶不动：打电话，等人来接")
    return _("走不动：敲盆、喊人，打电话，等人来接") if carried else _("扶不动：敲盆、喊人，打电话，等人来接")


def unable_sentence(pace: Pace, call: Call | None) -> str | None:
    """The same with the number in it and without a name, for the sticker."""
    if not pace.helped:
        return None
    number = LINE if call is None else call.phone if call.named else _("值班电话")
    words = (
        _("走不动的人：先打 {number}，等人来接") if pace.carried or pace.alone else _("扶不动：打 {number}，等人来接")
    )
    return words.format(number=number)


def pace_words(pace: Pace) -> str:
    """Who the time on the large print and the sticker is for; of a household that is fetched, that it is."""
    return _("等人来接") if pace.walker is None else pace.walker.card_label
