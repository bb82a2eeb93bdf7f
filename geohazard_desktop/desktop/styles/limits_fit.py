"""Whether the limits of a graduated style part this layer's values: a pasted style brings another layer's limits."""

from geohazard_desktop.cartography.class_styles import class_where
from geohazard_desktop.cartography.classes import numbers
from geohazard_desktop.cartography.classes import value_words as shown
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.domain.shape_measures import measure_of


def unfit_limits(draft: StyleDraft) -> tuple[str, str]:
    """(field, sentence) where all values of the graded field fall into one class; ("", "") where the limits part them,
    the style is not graduated, or the values are all alike."""
    wheres = [where for where in map(class_where, draft.rules) if "minimum" in where]
    if not wheres:
        return "", ""
    field = str(wheres[0]["field"])
    bounds = sorted({float(one["minimum"]) for one in wheres if abs(one["minimum"]) < 1e299})
    known, measure = draft.definition.by_name.get(field), measure_of(field)
    title = measure.title if measure is not None else known.title if known is not None else ""
    values = numbers(draft.column(field)) if title else numbers([])
    if not bounds or not len(values) or values[0] == values[-1] or any(values[0] < one <= values[-1] for one in bounds):
        return "", ""
    words = _(
        "分级的界限（{bounds}）不合{title}的数据：“{field}”的 {count} 个数在 {least} 到 {most} 之间，都落在同一级里。"
    )
    return field, words.format(
        bounds=_("、").join(shown(one) for one in bounds),
        title=draft.definition.title,
        field=title,
        count=len(values),
        least=shown(float(values[0])),
        most=shown(float(values[-1])),
    )
