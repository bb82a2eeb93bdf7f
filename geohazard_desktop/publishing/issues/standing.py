"""How the last paper of a subject stands beside today's data: words and values alone, light to import."""

from dataclasses import dataclass
from enum import StrEnum

from geohazard_desktop.common.texts import _


class State(StrEnum):
    """How a paper stands; the words are the window's."""

    LATEST = _("已是最新")
    CHANGED = _("内容有变")
    UNCONFIRMED = _("未确认打印")
    INCOMPARABLE = _("比不出来")  # nothing was kept of what it said: whether it still holds, nobody can say
    NEVER = _("没发过")
    WITHDRAWN = _("要收回")  # what it is about is gone or lifted, and no paper of it is made any more

    @property
    def to_print(self) -> bool:
        return self not in (State.LATEST, State.WITHDRAWN, State.INCOMPARABLE)


# Products of one household each.
AT_DOORS = ("cards_household", "cards_large", "stickers_household")
# Of a paper that says what it would say today, but whose map looks otherwise: what alone has changed then.
DRAWN = _("图上画的和现在不一样，字没有变")
# The same of a paper that another version of the program drew: where what is laid over the map (the way, the house, the
# steps) differs, and where the picture below alone does.
DRAWN_BEFORE = _("图上画的和现在不一样，字没有变；它是程序以前的版本出的，也可能只是画法不同")
GROUND_BEFORE = _(
    "底图（危险区、房屋、道路等）画的和现在不一样，路线和字没有变；它是程序以前的版本出的，也可能只是画法不同"
)
_FRAMED = _("{frame}，登记的内容没有变")
_FRAMED_BEFORE = _("{frame}，登记的内容没有变；它是程序以前的版本排的")
# Why a paper is INCOMPARABLE, and what to do.
OLD_ENTRY = _("是旧登记，没有核对码，也没有留下当时的内容。请按现在的数据再出一版，以后就比得出来")
FAULT = _("比较时程序出错（{fault}），它还对不对说不出来。请按现在的数据再出一版，并把记录文件发给维护人员")


def framed_words(frame: str, *, drawn_before: bool) -> str:
    """The same of a sheet that shows more or less ground; `frame` says how much."""
    return (_FRAMED_BEFORE if drawn_before else _FRAMED).format(frame=frame)


def _drawn_alone(change: str) -> bool:
    ends = [one.partition("{frame}")[2] for one in (_FRAMED, _FRAMED_BEFORE)]
    return change in (DRAWN, DRAWN_BEFORE, GROUND_BEFORE) or change.endswith(tuple(ends))


@dataclass(frozen=True, slots=True)
class Standing:
    """One subject of a product. `changes` are clauses in words and, like `who`, may be personal. `series` as the
    register counts versions ("map_zone:A3:public"), "" where that is the product's key."""

    product: str
    layer: str
    uid: str
    number: str
    who: str
    subdistrict: str
    state: State
    changes: tuple[str, ...] = ()
    code: str = ""
    version: int = 0
    series: str = ""

    @property
    def drawing(self) -> str:
        """What is to be said where only the drawing is another; "" where words have changed, or nothing has."""
        return self.changes[0] if len(self.changes) == 1 and _drawn_alone(self.changes[0]) else ""

    @property
    def key(self) -> tuple[str, str]:
        """As IssuedPaper.key."""
        return self.series or self.product, self.uid
