"""What an officer's note on the way from a door (到路口的走法) says of the first direction.

Only what the note opens with counts, and only where it says that one walks there: 出门向左到小路 does, 出门左边是水塔
and 出门向北巷走 do not. Where the note says nothing sure, nobody draws an arrow.
"""

import re

from geohazard_desktop.analysis.relation import compass_degrees

# Out of the house, as people write it; then how one turns; then a word after which it can't be the name of something.
_OUT = r"^(?:走?出了?(?:家|院子?|大|街|房)?门口?|走?出了?院子?|出来)?(?:以后|之后|后)?[，,、；：:\s]*(?:先|就|马上)?"
_LEFT_RIGHT = r"(?:向|往|朝|靠)?(?P<side>[左右])(?:手)?(?:边)?(?P<verb>转|拐|走|行)(?!弯处|弯角|角|道|村|政)"
_TO_A_SIDE = r"(?:向|往|朝)(?P<to>左|右|东南|东北|西南|西北|东|南|西|北)"
_GOES_ON = r"(?=$|[，,。；;、\s（(]|转|拐|走|行|到|过|沿|顺|直|一直|上坡|下坡|再|约|\d)"
_SIDE = re.compile(f"{_OUT}(?:{_LEFT_RIGHT}|{_TO_A_SIDE}{_GOES_ON})")
# 出门 and the like, at the head of a note: nobody has to say it once more.
_LEAVING = re.compile(r"^(?:走?出|从家)")


def first_side(note: str) -> str:
    """左 or 右 as seen coming out of the door, or one of the eight directions (东, 东北 …); "" where it is not said."""
    found = _SIDE.match(note.strip())
    if found is None:
        return ""
    said = found["side"] or found["to"]
    return said if said in "左右" or compass_degrees(said) is not None else ""


def says_leaving(note: str) -> bool:
    """Whether the note itself begins with leaving the house."""
    return _LEAVING.match(note.strip()) is not None
