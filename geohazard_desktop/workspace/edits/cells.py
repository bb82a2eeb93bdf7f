"""Cells of a register: each feature its own value, in one step of the history."""

from collections.abc import Mapping, Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.features import change_values
from geohazard_desktop.workspace.edits.wording import Definitions, called_all, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, Value


def change_cells(definitions: Definitions, changes: Sequence[tuple[Feature, Mapping[str, Value]]]) -> Edit:
    """Set values feature by feature: what a column pasted from a spreadsheet asks for. Each feature comes once.

    Features that have their values already get no delta. Raises EditRefused for the first value that may not stand.
    """
    deltas: list[Delta] = []
    touched: list[Feature] = []
    titles: dict[str, None] = {}
    for feature, values in changes:
        for delta in change_values(definitions, [feature], values).deltas:
            deltas.append(delta)
            touched.append(feature)
            definition = definitions[feature.layer]
            after = delta.after
            for name in values:
                if after is not None and after[name] != feature[name]:
                    titles[definition.by_name[name].title] = None
    named = called_all(definitions, touched or [feature for feature, _values in changes])
    return Edit(_("在登记表里改{name}的{fields}").format(name=led(followed(named)), fields="、".join(titles)), deltas)
