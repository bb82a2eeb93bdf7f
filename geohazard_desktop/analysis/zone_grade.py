"""How grave the 险情 of a danger zone is, as form, lists, cards and sheets say it: one judgement by the one number of
who must move (must_move.py) and the zone's loss.

Form and register may give two grades. The graver one is used, and what the form alone would give is said beside it.
"""

from dataclasses import dataclass

from geohazard_desktop.analysis.must_move import MustMove, must_move
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.grade import Judgement, danger_grade, grades, roman
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ZoneGrade:
    """`judged` rests on `need` and the loss, None where nothing is known; `by_form` on the typed number alone."""

    need: MustMove
    judged: Judgement | None
    by_form: Judgement | None

    @property
    def complete(self) -> bool:
        """Whether no number lacks that could make it graver. At the top grade nothing can."""
        if self.judged is None:
            return False
        whole = self.judged.complete and self.need.typed is not None and not self.need.at_least
        return whole or self.judged.grade == grades()[-1]

    @property
    def certain(self) -> str | None:
        """The grade for a cell that holds one word; None, which is a line, where it might be graver."""
        return self.judged.grade if self.judged is not None and self.complete else None

    def words(self) -> str | None:
        """小型（Ⅳ级）; 不低于… where a number lacks that could make it graver."""
        if self.judged is None:
            return None
        words = _("{grade}（{roman}级）").format(grade=self.judged.grade, roman=roman(self.judged.grade))
        return words if self.complete else _("不低于{words}").format(words=words)

    def doubt(self) -> str:
        """险情等级按登记的 118 人是中型，按填的 90 人只是小型: where the two numbers give two grades; else ""."""
        if self.judged is None or self.by_form is None or self.judged.grade == self.by_form.grade:
            return ""
        return _("险情等级按登记的 {counted} 人是{grade}，按填的 {typed} 人只是{other}").format(
            counted=self.need.counted, grade=self.judged.grade, typed=self.need.typed, other=self.by_form.grade
        )


def zone_grade(ws: Workspace, zone: Feature, need: MustMove | None = None) -> ZoneGrade:
    """The grade of a zone; `need` is given by who has it already."""
    need = must_move(ws, zone) if need is None else need
    loss = _number(zone["potential_loss_wan"])
    by_form = None if need.typed is None else danger_grade(need.typed, loss)
    return ZoneGrade(need, danger_grade(need.graded, loss), by_form)


def ungraded_words(grade: ZoneGrade | None) -> str:
    """Why a paper has a line for 险情等级: nobody registers it, it is judged. "" where it was; None: of no zone."""
    if grade is None:
        return _("没有属于它的危险区，险情等级没有判定（按危险区的需转移人数和潜在损失判），图上留了横线手写。")
    if grade.judged is None:
        return _("险情等级没有判定：危险区的需转移人数和潜在损失都没有。图上留了横线手写。")
    return ""


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
