"""What may mend a finding: an ordinary edit, with what the map shows beforehand and what it costs, in words.

A rule names a repair (`Finding.fix`) where the data themselves say what was meant. The repair is made when somebody
looks at the finding, shown green and dotted with its price, and taken by a person; nothing is mended by itself. Undo
brings the fault back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geohazard_desktop.checks.bench import Bench, Maker, Repair
from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.feature import Edit
from geohazard_desktop.workspace.workspace import Workspace


def repairs() -> dict[str, tuple[str, Maker]]:
    """By the name a rule gives: the words on the button, and what makes the repair."""
    from geohazard_desktop.checks import repair_shapes, repair_values  # not before a finding is in sight

    return {**repair_shapes.REPAIRS, **repair_values.REPAIRS}


def label_of(fix: str) -> str:
    """What the button of a repair says: 去掉重复拐点."""
    return repairs()[fix][0] if fix in repairs() else ""


def repair_of(ws: Workspace, finding: Finding) -> Repair | None:
    """The repair of one finding; None where its rule offers none. Raises EditRefused when it is no longer possible."""
    return _make(Bench(ws), finding) if finding.fix else None


def _make(bench: Bench, finding: Finding) -> Repair:
    _label, make = repairs()[finding.fix]
    return make(bench, finding)


@dataclass(frozen=True, slots=True)
class Batch:
    """All repairs of one kind in one step. `count` are mended, `left` are sentences about those that are not."""

    edit: Edit
    count: int
    outlines: tuple[BaseGeometry, ...]
    left: tuple[str, ...]


def repair_all(ws: Workspace, findings: Iterable[Finding]) -> Batch:
    """The repairs of many findings of one kind, each on what the one before left."""
    bench = Bench(ws)
    count, left = 0, []
    outlines: list[BaseGeometry] = []
    label = ""
    for one in findings:
        try:
            made = _make(bench, one)
        except GeohazardError as error:
            left.append(error.sentence)  # told to the officer with the result; the others are mended
            continue
        if not made.edit.deltas:
            continue  # one of the repairs before did it: two loose ends that met each other
        bench.take(made.edit)
        count, label = count + 1, made.label
        outlines += made.outlines
    words = _("{label}（{count} 处）").format(label=label, count=count)
    return Batch(bench.edit(words), count, tuple(outlines), tuple(left))
