"""A household's way as its large print and its door sticker show it: arrows, signs of landmarks, one short sentence."""

from dataclasses import replace

from geohazard_desktop.analysis.directions import Step, turn_words
from geohazard_desktop.analysis.evacuation import HouseholdWay
from geohazard_desktop.analysis.relation import compass_degrees
from geohazard_desktop.cartography.symbol_files import symbol_or_question
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.cards.forms import WayStep
from geohazard_desktop.publishing.form_fields import Words
from geohazard_desktop.workspace.edits.wording import led

OTHER = "其他"  # the sign of a landmark of no kind


def way_step(step: Step, words: Words) -> WayStep:
    """A step with its arrow: `heading` for a dial, `turn` for a turn as one walks, also out of the door."""
    heading = compass_degrees(step.direction) if step.turn is None else None
    turn = None if step.turn is None else round(step.turn)
    return WayStep(
        words=words,
        metres=step.metres or None,
        direction=step.direction,
        turn=turn,
        turn_words=_turn_words(step),
        heading=heading,
        strip_arrow=heading if turn is None else turn,
        place=None if step.landmark is None else step.landmark.text("name"),
        straight=step.straight,
        noted=step.noted,
    )


def _turn_words(step: Step) -> str | None:
    if step.turn is None:
        return None
    if step.noted:
        return _("出门向左") if step.turn < 0 else _("出门向右")
    return turn_words(step.turn)


def with_signs(steps: tuple[WayStep, ...], way: HouseholdWay) -> tuple[tuple[WayStep, ...], dict[str, str]]:
    """The steps with the names of pictures of their landmarks' kinds, and these pictures."""
    signs: dict[str, str] = {}
    found = []
    for step, origin in zip(steps, way.steps, strict=True):
        name = "" if origin.landmark is None else f"landmark/{origin.landmark.text('kind') or OTHER}"
        symbol, problem = symbol_or_question(name) if name else (None, "")
        if symbol is None or problem:
            found.append(step)
            continue
        signs[name] = symbol.picture(10.0, 0.0)[0]
        found.append(replace(step, sign=name))
    return tuple(found), signs


def by_places(way: HouseholdWay) -> tuple[str, ...]:
    """Sentences short enough for the largest print, the longest first: what one passes where one turns, the goal,
    metres."""
    names = [one.landmark.text("name") for one in way.steps[:-1] if one.landmark is not None]
    goal = way.shelter.text("name") if way.shelter is not None else ""
    reached = _("到{goal}").format(goal=led(goal)) if goal else ""
    passed = _("先后经过{names}") if len(names) > 1 else _("经过{names}")
    parts = [passed.format(names="、".join(names))] if names else []
    total = _("共约 {m} 米。").format(m=way.metres_rounded) if way.metres_rounded else ""
    told = [[*parts, reached], [reached], []]
    sentences = ["，".join(filter(None, one)) + _("。") + total if any(one) else total for one in told]
    return tuple(dict.fromkeys(sentences))


def out_of_door(way: HouseholdWay) -> WayStep | None:
    """The first step as the sticker shows it, without an officer's words, which may name neighbours; None where nothing
    says on which side of the door it leads."""
    if not way.steps:
        return None
    step = way_step(way.steps[0], None)
    return replace(step, place=None) if step.strip_arrow is not None else None
