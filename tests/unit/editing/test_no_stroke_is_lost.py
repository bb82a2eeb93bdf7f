"""Random hands: whatever is done with whatever tool, the file holds what was told, nothing invalid, nothing less.

A model follows what the workspace tells. After each step the file must hold exactly that; a feature may vanish only
where somebody took it away; a refused step changes nothing. In the end the journal is undone to an empty file and all
of it is done again.
"""

from dataclasses import dataclass, field

from desk import COLLEAGUE, EAST, NORTH, Desk, at, press_key
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from shapely import box

from geohazard_desktop.common.errors import GeohazardError, UndoRefused
from geohazard_desktop.editing.all_ways import make_ways
from geohazard_desktop.editing.copies import Foreign
from geohazard_desktop.editing.delete import delete_selection
from geohazard_desktop.editing.draw import DrawTool
from geohazard_desktop.editing.measure import MeasureTool
from geohazard_desktop.editing.move import MoveTool, nudge
from geohazard_desktop.editing.paste import PasteTool
from geohazard_desktop.editing.select import SelectTool
from geohazard_desktop.editing.shape_options import OptionsTool
from geohazard_desktop.editing.shape_tools import SHAPE_TOOLS
from geohazard_desktop.editing.tool import Button, Key, KeyPress, Modifier, Tool
from geohazard_desktop.editing.turn import RotateTool, ScaleTool
from geohazard_desktop.editing.typed import Ground, read_typed
from geohazard_desktop.editing.vertex import VertexTool
from geohazard_desktop.workspace.edits import change_values, create_feature, delete_features, move_features
from geohazard_desktop.workspace.feature import Delta, Feature
from geohazard_desktop.workspace.workspace import Workspace

LAYERS = ("danger_zone", "evacuation_route", "shelter")
WAYS = [key for key in make_ways() if key != "corners"]
PLAIN = {
    "select": SelectTool,
    "vertices": VertexTool,
    "move": MoveTool,
    "rotate": RotateTool,
    "scale": ScaleTool,
    "measure": MeasureTool,
}
TYPED = ("120", "@50<30", "@30,40", "<90", f"{EAST + 100} {NORTH + 60}", "没有这样的数")
NUMBERS = ("15", "1.2", "", "十")

places = st.tuples(st.integers(0, 16).map(lambda one: one * 20.0), st.integers(0, 12).map(lambda one: one * 20.0))
modifiers = st.sampled_from([Modifier.NONE, Modifier.NONE, Modifier.SHIFT, Modifier.CONTROL])
keys = st.sampled_from(["Enter", "Enter", "Backspace", "Delete", "Escape", "Left", "Up"])
clicks = st.tuples(st.just("click"), places, modifiers)
drags = st.tuples(st.just("drag"), places, places)
steps = st.one_of(
    clicks,
    clicks,
    clicks,
    drags,
    st.tuples(st.just("double"), places),
    st.tuples(st.just("key"), keys),
    st.tuples(st.just("draw"), st.sampled_from(LAYERS), st.sampled_from(["corners", "corners", *WAYS])),
    st.tuples(st.just("take_up"), st.sampled_from([*PLAIN, *SHAPE_TOOLS, "paste"])),
    st.tuples(st.just("switch"), st.sampled_from(["snapping", "sharing", "avoiding"])),
    st.tuples(st.just("type_in"), st.sampled_from(TYPED)),
    st.tuples(st.just("numbers"), st.sampled_from(NUMBERS)),
    st.tuples(st.sampled_from(["undo", "undo", "redo", "delete", "apply", "all", "full_disk", "reopen"])),
    st.tuples(st.just("colleague"), st.sampled_from(["moves", "names", "deletes", "draws"])),
)


@dataclass
class Hand:
    """One officer at a desk, and what the file must hold."""

    desk: Desk
    tool: Tool = field(init=False)
    model: dict[Key, Feature] = field(default_factory=dict)
    on: dict[str, bool] = field(default_factory=lambda: {"snapping": True, "sharing": False, "avoiding": False})
    shared_file: bool = False
    may_vanish: bool = False

    def __post_init__(self) -> None:
        self.desk.ws.subscribe(self.told)
        self.draw("danger_zone", "corners")

    def told(self, deltas: list[Delta]) -> None:
        for one in deltas:
            if one.layer not in LAYERS:
                continue
            if one.after is None:
                assert self.may_vanish, one
                self.model.pop((one.layer, one.uid), None)
            else:
                self.model[one.layer, one.uid] = one.after
        if hasattr(self, "tool"):
            self.tool.follow(deltas)

    def context(self, layer: str = "danger_zone"):
        context = self.desk.context(layer, snapping=True)
        context.snapping, context.sharing, context.avoiding = (
            self.on[key] for key in ("snapping", "sharing", "avoiding")
        )
        return context

    def take(self, tool: Tool) -> None:
        if hasattr(self, "tool"):
            self.tool.cancel()
        self.tool = tool

    def draw(self, layer: str, way: str) -> None:
        self.take(DrawTool(self.context(layer), way=make_ways()[way]))

    # -- what a hand can do: a method for each name of `steps` --------------------------------------------------------

    def do(self, step) -> None:
        name, *what = step
        getattr(self, name)(*what)

    def click(self, place, held) -> None:
        self.tool.move(at(*place, Button.NONE, held))
        self.tool.press(at(*place, Button.LEFT, held))
        self.tool.release(at(*place, Button.LEFT, held))

    def drag(self, start, end) -> None:
        self.tool.press(at(*start))
        self.tool.move(at(*end))
        self.tool.preview()
        self.tool.release(at(*end))

    def double(self, place) -> None:
        self.tool.double_click(at(*place))

    def key(self, name) -> None:
        if not press_key(self.tool, name) and isinstance(self.tool, SelectTool):
            nudge(self.tool.context, KeyPress(name))

    def take_up(self, name) -> None:
        if name == "paste":
            copied = Foreign("polygon", box(EAST, NORTH, EAST + 40, NORTH + 40), {}, "危险区")
            self.take(PasteTool(self.context(), [copied], lambda *_: None, lambda: self.draw("shelter", "corners")))
        else:
            self.take({**PLAIN, **SHAPE_TOOLS}[name](self.context()))

    def switch(self, name) -> None:
        self.on[name] = not self.on[name]
        setattr(self.tool.context, name, self.on[name])

    def numbers(self, text) -> None:
        told = self.tool.numbers()
        if told is not None:
            self.refusable(lambda: self.tool.take_numbers({one.key: text for one in told.fields}))

    def undo(self) -> None:
        self.may_vanish = True
        if self.desk.ws.undo_words() is not None:
            self.refusable(self.desk.ws.undo)

    def redo(self) -> None:
        self.may_vanish = True
        if self.desk.ws.redo_words() is not None:
            self.refusable(self.desk.ws.redo)

    def delete(self) -> None:
        self.may_vanish = True
        if self.desk.selection:
            delete_selection(self.context())

    def apply(self) -> None:
        if isinstance(self.tool, OptionsTool):
            self.tool.apply()

    def all(self) -> None:
        self.desk.select(list(self.model)[:3])

    def full_disk(self) -> None:
        self.desk.refuse = True
        before = self.desk.all_shapes()
        press_key(self.tool, "Enter")
        assert same(self.desk.all_shapes(), before)
        self.desk.refuse = False

    def reopen(self) -> None:
        self.tool.cancel()
        self.desk.reopen()
        self.desk.ws.subscribe(self.told)
        self.draw("danger_zone", "corners")

    def type_in(self, text: str) -> None:
        if isinstance(self.tool, DrawTool | MeasureTool):
            stroke = self.tool

            def take() -> None:
                found = read_typed(text, Ground(self.desk.ws.epsg, self.desk.ws.extent()), stroke)
                if found:
                    stroke.take_typed(found[0])

            self.refusable(take)

    def refusable(self, step) -> None:
        """A refusal is a sentence, and changes nothing."""
        before, refused = self.desk.all_shapes(), ""
        try:
            step()
        except GeohazardError as error:
            refused = str(error)
        assert refused == "" or refused.endswith("。")
        assert not refused or same(self.desk.all_shapes(), before)

    def colleague(self, what: str) -> None:
        """Somebody else writes into the same file; this window looks a moment later."""
        self.shared_file = self.may_vanish = True
        with Workspace.open(self.desk.path, identity=COLLEAGUE) as other:
            found = list(other.table("danger_zone"))
            if what == "draws" or not found:
                shape = box(EAST + 200, NORTH + 200, EAST + 260, NORTH + 230)
                edit = create_feature(other.definitions, "danger_zone", shape, {"id": other.next_number("danger_zone")})
            elif what == "moves":
                edit = move_features(other.definitions, found[:1], 7.0, 3.0)
            elif what == "names":
                edit = change_values(other.definitions, found[:1], {"name": f"同事改的 {len(other.history())}"})
            else:
                edit = delete_features(other.definitions, found[:1])
            other.apply(edit)
        self.desk.ws.poll()

    def check(self) -> None:
        self.tool.preview()
        hint = self.tool.hint()
        assert hint.endswith("。"), hint
        assert same(self.desk.all_shapes(), self.model)
        self.desk.assert_all_valid()
        self.desk.select([one for one in self.desk.selection if one in self.model])
        self.may_vanish = False


def same(one: dict[Key, Feature], other: dict[Key, Feature]) -> bool:
    return one.keys() == other.keys() and all(one[key].same_as(other[key]) for key in one)


def back_to_nothing_and_again(hand: Hand) -> None:
    hand.take(SelectTool(hand.context()))
    hand.may_vanish = True
    ws = hand.desk.ws
    end = hand.desk.all_shapes()
    if hand.shared_file:
        # What others changed is not this officer's to undo; the way back to the first step is.
        oldest = list(ws.steps())[-1]
        try:
            ws.go_back(ws.plan_return(oldest))
        except UndoRefused:
            return
        assert same(hand.desk.all_shapes(), hand.model)
        ws.undo()
        assert same(hand.desk.all_shapes(), end)
        return
    count, undone = 0, ws.redo_words()  # the sequence may have ended with a step taken back
    while ws.undo_words() is not None:
        ws.undo()
        count += 1
    assert hand.desk.all_shapes() == {}
    for _each in range(count):
        ws.redo()
    assert same(hand.desk.all_shapes(), end)
    assert ws.redo_words() == undone


# Not shrunk: each try makes a workspace on disk, and a failing sequence is short enough to read as it is.
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(steps, min_size=10, max_size=45))
def test_random_hands(sequence):
    desk = Desk()
    try:
        hand = Hand(desk)
        begin = [("click", place, Modifier.NONE) for place in ((0.0, 0.0), (120.0, 0.0), (120.0, 100.0))]
        for step in [*begin, *sequence]:
            hand.do(step)
            hand.check()
        back_to_nothing_and_again(hand)
    finally:
        desk.close()
