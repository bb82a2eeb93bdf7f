"""How the last paper of a subject stands beside today's data: words and values alone, light to import."""

from dataclasses import dataclass
from enum import StrEnum

from geohazard_desktop.common.texts import _


class State(StrEnum):
    """How a paper stands; the words are the window's."""

    LATEST = _("已是最新")
    CHANGED = _("内容有变")
    UNCONFIRMED = _("未确认打印")
    NEVER = _("没发过")

    @property
    def to_print(self) -> bool:
        return self is not State.LATEST


@dataclass(frozen=True, slots=True)
class Standing:
    """One subject of a product. `changes` are clauses in words and, like `who`, may be personal."""

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
