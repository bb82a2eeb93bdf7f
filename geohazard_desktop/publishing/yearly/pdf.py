"""The yearly plan as PDF, set by the office's template from the same plan as the Word document."""

from collections.abc import Iterable, Mapping
from typing import Any

from geohazard_desktop.publishing.typeset.typesetting import typeset
from geohazard_desktop.publishing.yearly.model import (
    Blank,
    Block,
    Figure,
    Heading,
    Paragraph,
    Ref,
    Table,
    Text,
    YearlyPlan,
    heading_numbers,
    label_words,
)

YEARLY_PLAN = "yearly_plan"


def set_pdf(plan: YearlyPlan) -> bytes:
    """The plan as PDF; a character that no font has is printed as 〓. Raises FontMissing, TypesettingFailed."""
    words, pictures = data(plan)
    return typeset(YEARLY_PLAN, words, pictures, title=plan.plain_title, missing="mark")


def data(plan: YearlyPlan) -> tuple[dict[str, Any], dict[str, str]]:
    """What typeset() takes for YEARLY_PLAN: the plan, and the pictures of all figures under names of their own."""
    return _Data(plan).made()


class _Data:
    def __init__(self, plan: YearlyPlan) -> None:
        self._plan = plan
        self._labels = plan.labels()
        self._numbers = {id(one): number for one, number in heading_numbers(plan.blocks)}
        self._pictures: dict[str, str] = {}

    def made(self) -> tuple[dict[str, Any], dict[str, str]]:
        plan = self._plan
        words = {
            "title": self._runs(plan.title),
            "mark": plan.mark,
            "maker": self._runs(plan.maker),
            "day": self._runs(plan.day),
            "cover": [{"label": label, "runs": self._runs(text)} for label, text in plan.cover],
            "schematic": plan.schematic,
            "drafts": list(plan.drafts),
            "parts": [
                {"landscape": part.landscape, "blocks": [self._block(one) for one in part.blocks]}
                for part in plan.parts
            ],
        }
        return {"plan": words}, self._pictures

    def _runs(self, text: Text) -> list[dict[str, Any]]:
        return [{"t": self._shown(one), "blank": isinstance(one, Blank), "ref": isinstance(one, Ref)} for one in text]

    def _shown(self, one: str | Blank | Ref) -> str:
        if isinstance(one, Blank):
            return one.shown
        return label_words(self._labels[one.key]) if isinstance(one, Ref) else one

    def _block(self, one: Block) -> dict[str, Any]:
        if isinstance(one, Heading):
            return {"kind": "heading", "level": one.level, "number": self._numbers[id(one)], "words": one.words}
        if isinstance(one, Paragraph):
            return {"kind": "paragraph", "look": one.look, "runs": self._runs(one.text)}
        label = {"label": label_words(self._labels[one.key]), "caption": one.caption}
        if isinstance(one, Table):
            return label | {
                "kind": "table",
                "columns": [{"title": c.title, "wide": c.wide, "side": c.side} for c in one.columns],
                "rows": [[self._runs(text) for text in row] for row in one.rows],
                "note": one.note or None,
                "total": one.total,
                "small": one.small,
            }
        return label | {"kind": "figure", "picture": self._picture(one)}

    def _picture(self, figure: Figure) -> dict[str, Any]:
        self._pictures |= {f"{figure.key}.{name}": svg for name, svg in figure.images.items()}
        found: dict[str, Any] = _renamed(figure.picture.to_json(), figure.key, figure.images)
        return found


def _renamed(value: Any, key: str, names: Iterable[str]) -> Any:
    """A form's JSON with the names of its pictures made those of this figure."""
    if isinstance(value, Mapping):
        return {
            field: f"{key}.{one}" if field in ("picture", "over") and one in names else _renamed(one, key, names)
            for field, one in value.items()
        }
    return [_renamed(one, key, names) for one in value] if isinstance(value, list) else value
