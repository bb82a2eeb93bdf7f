"""What a command is, what it needs, and the five steps of the job.

A command names its needs; where one is not met, the need itself says in one sentence why and what to do first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geohazard_desktop.common.texts import _


@dataclass(frozen=True, slots=True)
class Situation:
    """What enabling a command depends on. Made anew by the window whenever something of it changes."""

    has_workspace: bool = False
    read_only_reason: str = ""
    selected: int = 0
    selected_layers: frozenset[str] = frozenset()
    undo_words: str | None = None
    redo_words: str | None = None
    others_words: str | None = None  # the newest step, which another program made
    drawing: bool = False
    placeable: bool = False  # one feature of a point layer is selected
    layer_drawable: bool = False
    layer_has_features: bool = False
    layer_styled: bool = False
    findings: int = 0
    measured: int = 0


def _workspace(now: Situation) -> str:
    return "" if now.has_workspace else _("先打开或新建一个工作文件。")


def _writable(now: Situation) -> str:
    return _workspace(now) or now.read_only_reason


def _selection(now: Situation) -> str:
    return _workspace(now) or ("" if now.selected else _("先在图上选中要素。"))


def _selection_writable(now: Situation) -> str:
    return _writable(now) or _selection(now)


def _households_writable(now: Situation) -> str:
    return _writable(now) or ("" if now.selected_layers == {"household"} else _("先在图上或登记表里选中住户。"))


def _shelters_writable(now: Situation) -> str:
    return _writable(now) or ("" if now.selected_layers == {"shelter"} else _("先在图上选中避险安置点。"))


def _placeable(now: Situation) -> str:
    return _writable(now) or ("" if now.placeable else _("先选中一个住户、设施、隐患点这样的点，只选一个。"))


def _undo(now: Situation) -> str:
    if now.drawing:
        return ""  # the pen's, in a workspace that is only read too
    return _writable(now) or ("" if now.undo_words or now.others_words else _("还没有可以撤销的一步。"))


def _redo(now: Situation) -> str:
    if now.drawing:
        return "" if now.redo_words else _("这一笔没有退掉的点，不用放回。")
    return _writable(now) or ("" if now.redo_words else _("没有撤销过，不用重做。"))


def _drawing(now: Situation) -> str:
    return _workspace(now) or ("" if now.drawing else _("现在没有在画。"))


def _layer_drawable(now: Situation) -> str:
    return _writable(now) or ("" if now.layer_drawable else _("在左边选一个可以画的图层，比如危险区。"))


def _layer_features(now: Situation) -> str:
    return _workspace(now) or ("" if now.layer_has_features else _("左边选中的图层里还没有要素。"))


def _layer_styled(now: Situation) -> str:
    return _workspace(now) or ("" if now.layer_styled else _("在左边选一个有图形的图层，比如危险区。"))


def _measured(now: Situation) -> str:
    return _workspace(now) or ("" if now.measured else _("图上没有量过的，先用量测工具（键 M）。"))


def _findings(now: Situation) -> str:
    return _workspace(now) or ("" if now.findings else _("没有检查结果，先按 F9 全部检查。"))


NEEDS: Mapping[str, Callable[[Situation], str]] = {
    "": lambda _now: "",
    "workspace": _workspace,
    "writable": _writable,
    "selection": _selection,
    "selection_writable": _selection_writable,
    "households_writable": _households_writable,
    "shelters_writable": _shelters_writable,
    "placeable": _placeable,
    "undo": _undo,
    "redo": _redo,
    "drawing": _drawing,
    "layer_drawable": _layer_drawable,
    "layer_features": _layer_features,
    "layer_styled": _layer_styled,
    "findings": _findings,
    "measured": _measured,
}


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `stages` maps a stage key to the group of its toolbar in which the command stands."""

    id: str
    text: str
    menu: str = ""
    icon: str = ""
    shortcut: str = ""
    needs: str = ""
    tip: str = ""
    stages: Mapping[str, int] | None = None
    kind: str = "do"  # do | tool (one of them is active) | switch (on or off)
    caption: str = ""  # under the icon, when shorter than `text`
    more: tuple[str, ...] = ()  # further shortcuts
    family: str = ""  # commands of one family share a button of the toolbar, which shows the one used last

    def reason(self, now: Situation) -> str:
        """Why the command can't be used now; "" when it can."""
        return NEEDS[self.needs](now)

    @property
    def label(self) -> str:
        return self.caption or self.text.rstrip("…")


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the five steps of the job."""

    key: str
    text: str
    hint: str
    card: str
    card_note: str


STAGES: Sequence[Stage] = (
    Stage("layers", _("图层"), _("看全区的图层，导入新的"), _("载入图层"), _("易发区、河道、采空区、住户")),
    Stage("zones", _("危险区"), _("画危险区"), _("画危险区"), _("边画边看户数、险情等级")),
    Stage("routes", _("撤离路线"), _("画撤离路线、安置点和标志"), _("画撤离路线"), _("到安置点，三种步行时间")),
    Stage("checks", _("检查"), _("找出会印错的地方"), _("检查"), _("会印错的地方，逐条定位")),
    Stage("publish", _("出图与发卡"), _("警示图、明白卡、网页"), _("出图与发卡"), _("警示图和两种防灾明白卡")),
)

MENUS: Sequence[tuple[str, str]] = (
    ("file", _("文件")),
    ("edit", _("编辑")),
    ("view", _("视图")),
    ("layer", _("图层")),
    ("draw", _("绘制")),
    ("shape", _("改形")),
    ("check", _("检查")),
    ("publish", _("出图")),
    ("tools", _("工具")),
    ("help", _("帮助")),
)

# Stages in which the tools of every map stand.
MAP_STAGES: Mapping[str, int] = dict.fromkeys(("layers", "zones", "routes", "checks"), 0)
